"""The two years that the matrix plans to the rupiah: which they are, what they lack, and that both are checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
from nangkis.content.tree import Bullets, Paragraph
from nangkis.documents.materials import gather
from nangkis.parameters.loader import packaged
from nangkis.planning.ceiling_exhibits import ceiling_blocks
from nangkis.planning.matrix_exhibits import matrix_blocks
from tests.rooms.planning.imports import REGION, TODAY, take_budget, take_plan
from tests.rooms.planning.matrices import (
    AID,
    DETAILS,
    HOUSING,
    SOCIAL,
    WATER,
    heads,
    made,
    plan_row,
    tables_of,
    told,
)


REGISTER = "1.06.05.2.02.0001 Pendataan Fakir Miskin"


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (TODAY, 2026),
        (date(2025, 1, 31), 2026),
        (date(2027, 1, 1), 2027),
        (date(2030, 1, 1), 2027),  # all are past: the latest
    ],
)
def test_the_first_year_to_plan_stands_with_the_next_one_beside_it(tmp_path: Path, day: date, year: int) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    snapshot = take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027).lake.snapshot()
    found = gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=day)

    assert found.budget is not None
    assert found.budget.lines.year == year


def test_a_next_year_without_a_budget_is_not_said_to_be_planned_otherwise(tmp_path: Path) -> None:
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};9"), years=tuple(range(2025, 2030)))
    _, money, _ = tables_of(matrix_blocks(own))

    assert [told(cell) for cell in money.rows[1].cells[4:]] == [
        "anggaran tahun itu belum diunggah", "9", "anggaran tahun itu belum diunggah",
        *["tahun ini direncanakan pada tingkat program"] * 2,
    ]  # fmt: skip


def test_a_next_year_in_several_stages_is_told_as_that(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027)
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};7", year=2027, stage=Stage.APBD), years=(2026, 2027))
    _, money, _ = tables_of(matrix_blocks(own))

    assert (
        told(money.rows[1].cells[-1]) == "anggaran tahun itu diunggah dalam beberapa tahap, dan tidak disebut yang mana"
    )


def test_an_earlier_budget_that_is_held_is_said_not_to_be_used(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027), years=(2026, 2027), year=2027)
    _, money, _ = tables_of(matrix_blocks(own))

    assert told(money.rows[1].cells[-2]) == "anggaran tahun itu tidak dipakai di sini"


@pytest.mark.parametrize(
    ("first", "second", "years"), [(9, 9, []), (10, 9, ["2026"]), (9, 10, ["2027"]), (10, 10, ["2026", "2027"])]
)
def test_the_ceiling_holds_for_each_year_shown(tmp_path: Path, first: int, second: int, years: list[str]) -> None:
    take_plan(tmp_path, plan_row(SOCIAL))  # 9 in each year
    take_budget(tmp_path, f"{SOCIAL};{AID};{first}")
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};{second}", year=2027))
    blocks = ceiling_blocks(own)

    said = [spoken(block.sentences[0], "id") for block in blocks if isinstance(block, Paragraph)]
    assert [year for text in said for year in ("2026", "2027") if f"tahun {year}" in text] == years
    assert sum(isinstance(block, Bullets) for block in blocks) == len(years)
    assert not ceiling_blocks(replace(own, later=None)) or first > 9


def test_what_only_the_later_year_proposes_has_its_row_and_its_ceiling_checked(tmp_path: Path) -> None:
    take_plan(tmp_path, plan_row(SOCIAL), plan_row(HOUSING, "1.03.03", "Air minum"))  # 9 in each year
    take_budget(tmp_path, f"{SOCIAL};{AID};9")
    later = (f"{SOCIAL};{AID};8", f"{SOCIAL};{REGISTER};1", f"{HOUSING};{WATER};10")
    own = made(take_budget(tmp_path, *later, year=2027), years=(2026, 2027))
    blocks = matrix_blocks(own)
    _, _, money, reach = tables_of(blocks)

    assert [[told(cell) for cell in (row.cells[0], *row.cells[4:])] for row in money.rows if not row.emphasis] == [
        ["1.03.03.2.01.0028", "tidak ada dalam anggaran tahun itu", "10"],
        ["1.06.05.2.02.0001", "tidak ada dalam anggaran tahun itu", "1"],
        ["1.06.05.2.02.0006", "9", "8"],
    ]
    assert [told(row.cells[0])[:7] for row in reach.rows] == ["1.03.03", "1.06.05"]
    (over,) = (told(item) for block in blocks if isinstance(block, Bullets) for item in block.items)
    assert "1.03.03" in over


def test_the_target_of_the_first_year_is_not_that_of_a_sub_kegiatan_of_the_later_one(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};9;Keluarga dibantu;30 KK;DAU", header=DETAILS)
    own = made(take_budget(tmp_path, f"{HOUSING};{WATER};10;Sambungan rumah;20 unit;DAU", header=DETAILS, year=2027))
    _, money, _ = tables_of(matrix_blocks(own))

    assert [[told(cell) for cell in row.cells[2:5]] for row in money.rows if not row.emphasis] == [
        ["Sambungan rumah", "unit", "tidak ada dalam anggaran tahun itu"],
        ["Keluarga dibantu", "KK", "30"],
    ]


def test_a_first_year_that_proposes_nothing_leaves_no_table_of_problems_without_rows(tmp_path: Path) -> None:
    take_budget(tmp_path, f"{SOCIAL};{AID};0")
    own = made(take_budget(tmp_path, f"{SOCIAL};{AID};8", year=2027), years=(2026, 2027))
    tables = tables_of(matrix_blocks(own))

    assert all(table.rows for table in tables)
    assert "8" in {told(row.cells[-1]) for table in tables for row in table.rows}


@pytest.mark.parametrize(
    ("header", "line", "wanted"),
    [
        ("OPD;Sub Kegiatan;Pagu", "9", ["Keluaran dan target"]),
        ("OPD;Sub Kegiatan;Pagu;Target", "9;30 KK", ["Keluaran", "Satuan", "Target 2026"]),
        (DETAILS, "9;Keluarga dibantu;30 KK;DAU", ["Keluaran", "Satuan", "Target 2026"]),
    ],
)
def test_output_unit_and_target_share_a_column_where_no_line_tells_any(
    tmp_path: Path, header: str, line: str, wanted: list[str]
) -> None:
    _, money, _ = tables_of(matrix_blocks(made(take_budget(tmp_path, f"{SOCIAL};{AID};{line}", header=header))))

    assert heads(money) == ["Kode", "Program dan sub kegiatan", *wanted, "Dana atau batas", "Pagu 2026 (Rp)"]
    assert {len(row.cells) for row in money.rows} == {len(money.columns)}
