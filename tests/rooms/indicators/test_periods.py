"""Which of two series of an indicator counts for a region, when tables of both exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.tree import Table
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.every import verdicts
from nangkis.diagnosis.exhibits import diagnosis_blocks
from nangkis.diagnosis.judged import judge
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.facts import facts
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, said, trend_of
from tests.rooms.indicators.lakes import Row, accept


HERE = "contoh-2026:90.01"
RLS = "EDU.RLS"


def rows(years: range, first: float | str) -> list[Row]:
    return [
        (RLS, HERE, year, first if isinstance(first, str) else first + 0.1 * number)
        for number, year in enumerate(years)
    ]


def lake_of(folder: Path, *tables: tuple[str, list[Row]]) -> Snapshot:
    lake = Lake(folder)
    for day, (period, table) in enumerate(tables, start=1):
        accept(lake, table, period=period, day=day, title=f"Rata-rata Lama Sekolah {day}")
    return lake.snapshot()


def found_in(snapshot: Snapshot) -> Diagnosis:
    return diagnose(snapshot, Region.parse(HERE), parameters=packaged(), on=ON, codes=[RLS])


OLD, NEW = ("tahun", rows(range(2010, 2019), 7.0)), ("maret", rows(range(2018, 2026), 8.0))


@pytest.mark.parametrize("tables", [(OLD, NEW), (NEW, OLD)])
def test_the_series_that_goes_on_longest_counts_whichever_came_first(
    tmp_path: Path, tables: tuple[tuple[str, list[Row]], ...]
) -> None:
    course = trend_of(found_in(lake_of(tmp_path, *tables)), RLS)

    assert {fact.period for fact in course.facts} == {"maret"}
    assert [fact.year for fact in course.comparable] == list(range(2018, 2026))


def test_of_series_that_end_in_one_year_the_first_of_the_catalogue_counts(tmp_path: Path) -> None:
    table: list[Row] = [(code, HERE, 2025, value) for code, value in (("POV.P0", 12.0), ("POV.GK", 500000.0))]
    known = facts(lake_of(tmp_path, ("september", table), ("maret", table)), parameters=packaged(), on=ON)

    assert {known.period_of(code, Region.parse(HERE)) for code in ("POV.P0", "POV.GK")} == {"maret"}


def test_a_series_without_any_value_never_stands_before_one_with_values(tmp_path: Path) -> None:
    empty = ("tahun", rows(range(2020, 2026), "dots"))
    snapshot = lake_of(tmp_path, empty, ("maret", rows(range(2015, 2019), 7.0)))
    known = facts(snapshot, parameters=packaged(), on=ON)

    (row,) = verdicts(judge(known, rules_on(packaged(), ON), codes=[RLS]), [RLS]).rows(named=True)

    assert (row["period"], row["year"], row["why"]) == ("maret", 2018, None)
    assert known.period_of(RLS, Region.parse(HERE)) == "maret"
    assert known.other_periods(RLS, Region.parse(HERE)) == ()


def test_the_sheet_of_all_regions_and_the_diagnosis_of_one_take_the_same_series(tmp_path: Path) -> None:
    found = found_in(lake_of(tmp_path, OLD, NEW))

    (row,) = verdicts(judge(found.facts, found.rules, codes=[RLS]), [RLS]).rows(named=True)

    assert (row["period"], row["year"]) == ("maret", 2025)
    assert trend_of(found, RLS).comparable[-1].period == "maret"


def test_the_other_series_is_named_and_not_joined(tmp_path: Path) -> None:
    found = found_in(lake_of(tmp_path, OLD, NEW))

    notes = [note for block in diagnosis_blocks(found) if isinstance(block, Table) for note in block.notes]
    (told,) = {said(note) for note in notes if note.code == "trend.note.other-series"}
    assert "sampai dengan tahun 2018" in told
    assert all(said(note, language) for note in notes for language in LANGUAGES)
