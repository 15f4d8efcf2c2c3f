"""Postures, worked by hand: shares, growth, money per head, rules of spending, what a year leaves, real money.

The small year (rupiah; budget | realised)::

    4    Pendapatan        1.000 | 990     5      Belanja            1.050 | 1.000
    4.1    PAD               150 | 140     5.1.01   pegawai            400 | 390
    4.2    TKD               800 | 800     5.1.02   barang dan jasa    250 | 240
    4.3    lainnya            50 |  50     5.2      modal              200 | 180
    4.2.02   antar daerah     40 |  45     5.1.05   hibah               20 |  20
    4.3.01   hibah            10 |   5     5.3      tidak terduga       10 |   5
    6    Pembiayaan      60 - 10 | same    5.4.02   bantuan keuangan   170 | 165
"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from nangkis.budget.postures.fiscal import (
    capacity_classes,
    capacity_limits,
    fiscal_space,
    implied_limits,
    space_rule,
)
from nangkis.budget.postures.left_over import left_over
from nangkis.budget.postures.mandatory import mandatory
from nangkis.budget.postures.measures import growth, per_head, revenue_structure, spending_structure
from nangkis.budget.postures.real import DeflatorMissing, in_prices_of
from nangkis.budget.postures.refocusing import refocusing, refocusing_rule
from nangkis.budget.postures.terms import TermsRefused, terms
from nangkis.parameters.loader import packaged
from tests.rooms.budget.postures import AGAM, PADANG, TODAY, YEAR, Amounts, panel, posture_frame


def value(frame: pl.DataFrame, name: str, basis: str = "realised") -> float | None:
    (row,) = frame.filter(name=name, basis=basis).iter_rows(named=True)
    found: float | None = row["value"]
    return found


def test_shares_of_revenue() -> None:
    found = revenue_structure(panel(posture_frame(YEAR)).amounts)

    assert value(found, "own-revenue") == pytest.approx(140 / 990)
    assert value(found, "central-transfers") == pytest.approx(800 / 990)
    # The second reading adds the transfers between regions, which stand under other revenue.
    assert value(found, "all-transfers") == pytest.approx((800 + 45) / 990)
    assert value(found, "other-revenue", "budget") == pytest.approx((50 - 40) / 1000)


def test_shares_of_spending_add_to_the_whole_and_transfers_have_a_class_of_their_own() -> None:
    found = spending_structure(panel(posture_frame(YEAR)).amounts).filter(basis="realised")

    assert value(found, "personnel") == pytest.approx(390 / 1000)
    assert value(found, "transfers-out") == pytest.approx(165 / 1000)
    assert found["above"].sum() == 1000_00


def test_a_share_of_nothing_or_of_what_is_unknown_says_why() -> None:
    nothing: Amounts = {**YEAR, "4": (0, None)}

    frame = posture_frame(nothing, missing={"4": "unreadable"})
    found = revenue_structure(panel(frame).amounts).filter(name="own-revenue")

    assert dict(found.select("basis", "why").iter_rows()) == {"budget": "no-base", "realised": "account-unknown"}


def test_growth_is_from_year_to_year_and_never_across_a_gap() -> None:
    later: Amounts = {**YEAR, "4": (1100, 1089)}

    found = growth(panel(*(posture_frame(a, year=y) for a, y in ((YEAR, 2020), (later, 2021), (later, 2023)))).amounts)

    revenue = found.filter(name="revenue", basis="realised").sort("year")
    assert revenue["value"].to_list() == [None, pytest.approx(1089 / 990 - 1), None]
    assert revenue["why"].to_list() == ["no-year-before", None, "no-year-before"]


def test_money_per_head_names_its_base_and_is_rounded_half_up_to_the_sen() -> None:
    people = pl.DataFrame({"region": [AGAM], "year": [2024], "people": [3.0], "base": ["DEM.POP"]}).cast(
        {"year": pl.Int32}
    )
    two = panel(posture_frame(YEAR), posture_frame(YEAR, region=PADANG)).amounts

    found = per_head(two, people).filter(name="spending", basis="realised")

    assert found.select("base", "sen", "why").rows() == [("DEM.POP", 333_33, None), (None, None, "people-unknown")]


def test_fiscal_space_takes_away_what_a_posture_parts() -> None:
    found = panel(posture_frame(YEAR))
    rule = space_rule(packaged(), found.rules, TODAY)

    space = fiscal_space(found.amounts, rule)

    # revenue - grants - emergency funds - personnel - interest - revenue shares - financial aid
    assert value(space, "fiscal-space") == pytest.approx((990 - 5 - 0 - 390 - 0 - 0 - 165) / 990)
    assert rule.left_out == ("dak", "otsus", "specific-dau")


def test_a_component_that_is_no_account_is_refused() -> None:
    with pytest.raises(TermsRefused):
        terms([{"account": "9.9", "sign": "1"}], known=["4"], rule="ruang_fiskal")


def test_capacity_classes_hold_for_provinces_of_the_year_of_their_map_only() -> None:
    """1,92 itself is not above 1,92."""
    indices = pl.DataFrame(
        {
            "region": ["a", "b", "c", "d"],
            "level": ["province", "province", "kabupaten", "province"],
            "ratio": [1.93, 1.92, 3.0, None],
        }
    )

    in_force = capacity_classes(indices, capacity_limits(packaged(), date(2020, 6, 30)))
    later = capacity_classes(indices, capacity_limits(packaged(), date(2026, 1, 1)))

    assert in_force["class"].to_list() == ["very-high", "high", None, None]
    assert in_force["why"].to_list() == [None, None, "no-limits", "no-ratio"]
    assert later["why"].to_list() == ["no-limits", "no-limits", "no-limits", "no-ratio"]


def test_published_classes_tell_between_which_ratios_their_limits_lie() -> None:
    published = pl.DataFrame({"ratio": [0.8, 1.0, 1.1, 1.3, 1.25], "class": ["low", "medium", "medium", "high", "low"]})

    found = implied_limits(published, ("very-low", "low", "medium", "high"))

    assert found.rows() == [("low", "medium", 1.25, 1.0, False), ("medium", "high", 1.1, 1.3, True)]


def verdicts(year: int, amounts: Amounts = YEAR, known: dict[str, int] | None = None) -> dict[str, str]:
    own = panel(posture_frame(amounts, year=year)).amounts
    rows = [(AGAM, year, "realised", account, rupiah * 100, 0) for account, rupiah in (known or {}).items()]
    schema = ["region", "year", "basis", "account", "sen", "half"]
    more = pl.DataFrame(rows, schema=schema, orient="row") if rows else None
    found = mandatory(own, packaged(), known=more).filter(basis="realised")
    short = pl.col("rule").str.strip_prefix("belanja_wajib_")
    told = found.select(pl.concat_str(short, pl.col("reading"), separator=":", ignore_nulls=True), "verdict")
    return dict(told.iter_rows())


def test_what_a_posture_can_and_cannot_say_of_mandatory_spending() -> None:
    assert verdicts(2024) == {
        "pendidikan:function": "cannot-tell",  # by function, which a posture does not have
        "kesehatan": "not-in-force",  # abolished in August 2023
        "infrastruktur:transfers-left-out": "indication-not-met",  # 180 / (1000 - 165)
        "infrastruktur:whole-spending": "indication-not-met",  # 180 / 1000
        "pegawai:teacher-allowances-left-out": "indication-not-met",  # 390 / 1000, allowances of teachers in it
        "alokasi_dana_desa:of-dau-and-dbh": "cannot-tell",
    }


def test_rules_count_for_the_budgets_that_begin_while_they_hold() -> None:
    assert verdicts(2023)["kesehatan:salaries-left-out-above"] == "cannot-tell"
    assert verdicts(2022)["pegawai"] == "not-in-force"
    assert verdicts(2009)["kesehatan"] == "not-in-force"


def test_an_upper_bound_within_the_limit_is_enough_for_certainty() -> None:
    """300 of 1,000 is exactly thirty percent, which is allowed."""
    thin: Amounts = {**YEAR, "5-pegawai": (400, 300), "5.1.01": (400, 300)}

    assert verdicts(2024, thin)["pegawai:teacher-allowances-left-out"] == "met"


def test_what_is_known_from_elsewhere_makes_a_verdict_exact() -> None:
    known = {"fungsi-pendidikan": 199, "tunjangan-guru-tkd": 90, "add": 80, "dau": 700, "dbh": 99}

    found = verdicts(2024, known=known)

    assert found["pendidikan:function"] == "not-met"  # 199 / 1000
    assert found["pegawai:teacher-allowances-left-out"] == "met"  # (390 - 90) / 1000
    assert found["alokasi_dana_desa:of-dau-and-dbh"] == "met"  # 80 / 799


def test_the_two_readings_of_infrastructure_may_part() -> None:
    known = {"infrastruktur": 335}  # 335/835 = 0.4012; 335/1000

    found = verdicts(2024, known=known)

    assert found["infrastruktur:transfers-left-out"] == "met"
    assert found["infrastruktur:whole-spending"] == "not-met"


def test_a_year_leaves_revenue_less_spending_and_net_financing_and_the_next_opens_with_it() -> None:
    """990 - 1,000 + 50 = 40."""
    opens = {41: "large", 40: "same"}
    for opening, said in opens.items():
        after: Amounts = {**YEAR, "6": (50, opening - 10), "6.1": (60, opening), "6.1.01": (60, opening)}

        first, last = left_over(panel(posture_frame(YEAR), posture_frame(after, year=2025))).iter_rows(named=True)

        assert (first["left"], first["opening"], first["gap"]) == (40_00, opening * 100, (opening - 40) * 100)
        assert first["class"] == said
        assert (last["class"], last["why"]) == (None, "no-next-year")


@pytest.mark.parametrize(
    ("year", "unforeseen", "capital", "said"),
    [
        (2020, 20, 160, "shifted"),  # twice the budget and 2 percent of 1,000; capital exactly at 80 percent
        (2020, 19, 160, "partly"),
        (2020, 20, 161, "partly"),
        (2020, 5, 180, "no-sign"),
        (2021, 20, 160, "other-year"),
    ],
)
def test_refocusing_shows_in_unforeseen_and_capital_spending(
    year: int, unforeseen: int, capital: int, said: str
) -> None:
    rest = 190 - 5 + unforeseen
    amounts: Amounts = {
        **YEAR, "5.3": (10, unforeseen), "5-lainnya": (200, rest), "5-modal": (200, capital), "5.2": (200, capital),
    }  # fmt: skip

    found = refocusing(panel(posture_frame(amounts, year=year)).amounts, refocusing_rule(packaged(), TODAY))

    assert found["class"].to_list() == [said]


def test_real_money_is_in_prices_of_the_base_year() -> None:
    """A line that rose from 400 to 500 makes 1,000 of then worth 1,250 of now."""
    money = pl.DataFrame({"region": [AGAM] * 3, "year": [2022, 2023, 2024], "sen": [1000_00, 1000_00, 1000_00]})
    line = pl.DataFrame({"region": [AGAM] * 2, "year": [2022, 2024], "index": [400.0, 500.0]})

    found = in_prices_of(money, line, base_year=2024, name="garis kemiskinan")

    assert found["real_sen"].to_list() == [1250_00, None, 1000_00]
    assert found["why"].to_list() == [None, "deflator-unknown", None]


def test_without_a_deflator_in_the_base_year_nothing_is_called_real() -> None:
    money = pl.DataFrame({"region": [AGAM], "year": [2022], "sen": [1]})
    line = pl.DataFrame({"region": [AGAM], "year": [2022], "index": [400.0]})

    with pytest.raises(DeflatorMissing):
        in_prices_of(money, line, base_year=2024, name="garis kemiskinan")
