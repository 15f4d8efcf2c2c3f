"""Morowali's RKPD of 2021 and its revision for the education office, side by side; and the mark of the incentive."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from nangkis.budget.comparison import by_change, compared, losers
from nangkis.budget.lines import with_class
from nangkis.budget.rules import tag_rules
from nangkis.budget.schema import Stage
from nangkis.budget.score import incentive_score, score_rule, with_added
from nangkis.budget.tags import with_tags
from nangkis.parameters.loader import packaged
from tests.real.test_budget_real import MOROWALI, TOTAL
from tests.rooms.budget.budgets import TODAY
from tests.rooms.intake.files import accepted, read


FOLDER = "03_apbd/sipd_morowali"
PRINTED = 276_991_923_922  # the row TOTAL of the print


@pytest.fixture(scope="module")
def rkpd(shared_data: Path) -> pl.DataFrame:
    workbook = shared_data / FOLDER / "contoh-import-rkpd-pagu.xlsx"
    return accepted(read(workbook, region=MOROWALI, year=2021, stage=Stage.RKPD)[0]).frame


@pytest.fixture(scope="module")
def revised(shared_data: Path) -> pl.DataFrame:
    return accepted(read(shared_data / FOLDER / "contoh-import-rkpd.xls")[0]).frame


def test_support_of_the_education_office_moved_to_culture_and_is_not_called_cut(
    rkpd: pl.DataFrame, revised: pl.DataFrame
) -> None:
    moved = compared(rkpd, revised).filter(pl.col("change") == "moved-support")

    assert moved.height == 19
    assert moved["code_before"].str.slice(0, 7).unique().to_list() == ["1.01.01"]
    assert moved["code_after"].str.slice(0, 7).unique().to_list() == ["2.22.01"]
    salaries = moved.filter(code_before="1.01.01.2.02.01")
    assert salaries.select(pl.col("before", "after") // 100).rows() == [(162_626_603_818, 142_586_749_683)]


def test_both_stages_add_to_what_their_files_say_and_other_offices_are_not_cut(
    rkpd: pl.DataFrame, revised: pl.DataFrame
) -> None:
    found = compared(rkpd, revised)

    sums = {
        row["change"]: (row["count"], (row["before"] or 0) // 100) for row in by_change(found).iter_rows(named=True)
    }
    assert (found["before"].sum(), found["after"].sum()) == (TOTAL * 100, PRINTED * 100)
    assert sums["office-only-before"] == (1824, 1_257_789_846_803)
    assert {name: count for name, (count, _) in sums.items() if name != "office-only-before"} == {
        "same": 2, "raised": 25, "cut": 27, "moved-support": 19, "new": 22, "dropped": 14, "unknown": 34,
    }  # fmt: skip
    assert losers(found).select(pl.col("difference") // 100).rows() == [(PRINTED - 277_969_649_533,)]


def test_a_billion_more_is_worth_two_and_a_half_times_as_much_where_it_reaches_people(rkpd: pl.DataFrame) -> None:
    rule = score_rule(packaged(), TODAY)
    tagged = with_tags(with_class(rkpd, packaged(), TODAY), tag_rules(packaged(), TODAY))

    mark = incentive_score(tagged, rule)
    direct, support = (with_added(mark, rule, sen=10**11, to=to) for to in ("langsung", "penunjang"))

    assert mark.spending == TOTAL * 100
    assert not mark.accounts_known  # a pagu file has none: travel may be inside
    assert 0 < mark.value < 50
    assert (direct.value - mark.value) / (support.value - mark.value) == 50 / 20
