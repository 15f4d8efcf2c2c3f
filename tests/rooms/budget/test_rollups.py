"""Roll-ups: every line is counted once, whatever they group by, and no sum loses one sen."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from nangkis.budget.rollups import BUDGET, ROLL_UPS, columns_of, distinct, proposals, roll_up, roll_ups, schema_of
from nangkis.budget.schema import SCHEMA
from nangkis.parameters import loader


ON = date(2026, 11, 24)
POOR, ROADS = "Pendataan Fakir Miskin Cakupan Daerah Kabupaten/Kota", "Pembangunan Jalan"


def line(code: str, name: str | None, sen: int | None, **other: str) -> dict[str, object]:
    bidang, program, kegiatan = code[:4], code[:7], code[:12]
    told = {"region": "contoh-2026:90.05", "year": 2026, "stage": "apbd", "bidang_code": bidang, "_sheet": "csv"}
    codes = {"program_code": program, "kegiatan_code": kegiatan, "sub_kegiatan_code": code, "sub_kegiatan_name": name}
    return {**told, **codes, "amount_sen": sen, "_row": 1, "_col": "V", **other}


#  programme              | sub kegiatan              | sen | the rules say
#  1.06.05 for the poor   | Pendataan Fakir Miskin    | 700 | strategy 1, social protection
#  1.06.05                | the same, another office  |  50 | strategy 1
#  1.03.10 roads          | Pembangunan Jalan         | 900 | held
#  1.03.01 the office     | Pembangunan Jalan         |  20 | outside the base
LINES = pl.DataFrame(
    [
        line("1.06.05.2.02.0001", POOR, 700, office_code="A", account_code="5.1.02.01.01.0001"),
        line("1.06.05.2.02.0001", POOR, 50, office_code="B", account_code="5.2.02.01.01.0001"),
        line("1.03.10.2.01.0005", ROADS, 900, office_code="C", account_code="5.2.04.01.01.0001"),
        line("1.03.01.2.01.0005", ROADS, 20, office_code="C"),
        line("1.03.10.2.01.0006", None, None, office_code="C"),
    ],
    schema=SCHEMA,
)
PROPOSED = proposals(distinct(LINES), loader.packaged(), ON)


def sums(name: str) -> dict[tuple[object, ...], tuple[int, int, int | None]]:
    rows = roll_up(LINES, name, PROPOSED).drop(BUDGET).rows()
    return {row[:-3]: (row[-3], row[-2], None if row[-1] is None else int(row[-1])) for row in rows}


def test_lines_are_summed_by_what_their_codes_begin_with() -> None:
    assert sums("urusan") == {("1",): (5, 4, 700 + 50 + 900 + 20)}
    assert sums("account") == {("5.1",): (1, 1, 700), ("5.2",): (2, 2, 50 + 900), (None,): (2, 1, 20)}
    assert sums("account-jenis")["5.2.04",] == (1, 1, 900)


def test_a_part_without_any_amount_is_not_known_to_be_nothing() -> None:
    assert sums("sub-kegiatan")["1.03.10.2.01.0006",] == (1, 0, None)


def test_what_the_rules_say_of_a_sub_kegiatan_counts_for_all_its_lines() -> None:
    assert sums("strategy")["1.06", "1"] == (2, 2, 700 + 50)
    assert sums("dimension")["perlindungan-sosial",] == (2, 2, 750)
    assert sums("class") == {("program",): (4, 3, 1650), ("penunjang",): (1, 1, 20)}


def test_sums_of_the_largest_amounts_do_not_wrap_around() -> None:
    most = 10**17  # sen: the largest amount that intake accepts
    many = pl.concat([LINES.head(1).with_columns(pl.lit(most).alias("amount_sen"))] * 100)

    assert int(roll_up(many, "region")["amount_sen"][0]) == 100 * most > 2**63


def test_several_roll_ups_are_one_answer_with_a_schema_that_is_known_before() -> None:
    names = list(ROLL_UPS)
    found = roll_ups(LINES.lazy(), names, PROPOSED.lazy()).collect()

    assert found.cast(schema_of(names)).columns == ["roll_up", *columns_of(names), "lines", "valued", "amount_sen"]
    assert found.group_by("roll_up").agg(pl.col("lines").sum())["lines"].to_list() == [5] * len(names)


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.none() | st.integers(-(10**17), 10**17), min_size=1, max_size=30),
    seed=st.randoms(use_true_random=False),
)
@pytest.mark.parametrize("name", ROLL_UPS)
def test_every_roll_up_counts_each_line_once_in_any_order(name: str, amounts: list[int | None], seed: object) -> None:
    picked = [seed.randrange(len(LINES)) for _ in amounts]  # type: ignore[attr-defined]
    lines = LINES[picked].with_columns(pl.Series("amount_sen", amounts, dtype=pl.Int64))
    turned = lines.reverse()

    found = roll_up(lines, name, PROPOSED)

    by = [*BUDGET, *ROLL_UPS[name]]
    assert found.sort(by).equals(roll_up(turned, name, PROPOSED).sort(by))
    assert found["lines"].sum() == len(amounts)
    assert sum(int(sen) for sen in found["amount_sen"] if sen is not None) == sum(sen or 0 for sen in amounts)
    assert found["valued"].sum() == sum(sen is not None for sen in amounts)
