"""A finding of many cells marks them all in the workbook, however many they are."""

from __future__ import annotations

import io
import random
import re
import zipfile

import openpyxl
import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from nangkis.intake.cells.sheet import formulas_without_value, from_columns
from nangkis.intake.checks.listing import collected, of_rows
from nangkis.intake.marked.places import places_of
from nangkis.intake.marked.workbook import marked_workbook_bytes
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at
from tests.rooms.intake.marking import grouped, limits, opened, outcome, sheet_of, warning


def coloured(page: Worksheet) -> list[int]:
    return [cell.row for (cell,) in page.iter_rows(max_col=1) if "●" in cell.number_format]


def test_a_finding_of_many_cells_colours_every_one_and_comments_on_the_first_ones() -> None:
    draw = random.Random(57)  # noqa: S311 - sums, no secrets
    rows = sorted(draw.sample(range(1, 301), 57))
    sheet = sheet_of([None if row in rows else "x" for row in range(1, 301)])
    told = grouped(sheet, rows)
    first, cells = opened(marked_workbook_bytes((sheet,), (outcome(sheet, told),), language="id", limits=limits()))
    commented = [cell.row for (cell,) in cells.iter_rows(max_col=1) if cell.comment]
    assert coloured(cells) == rows
    assert commented == rows[: limits().findings_of_a_kind]
    said = [cell.value for row in first.iter_rows() for cell in row if cell.value is not None]
    assert 57 in said
    assert any("komentar hanya pada 20 sel pertama" in str(value) for value in said)


def test_the_cells_beyond_the_findings_listed_one_by_one_are_coloured_too() -> None:
    sheet = sheet_of(["x"] * 90)
    rows = range(2, 80)
    each = [Finding("row-unreadable", Severity.NOTE, cell_at("Data", "A", row), {"name": "x"}) for row in rows]
    kept = collected(each, sheet="Data", limits=limits())
    assert (len(kept), kept[-1].code) == (limits().findings_of_a_kind + 1, "more-of-a-kind")
    content = marked_workbook_bytes((sheet,), (outcome(sheet, *kept),), language="id", limits=limits())
    assert coloured(opened(content).worksheets[1]) == list(rows)


def test_all_cells_of_a_finding_are_for_marking_alone() -> None:
    sheet = sheet_of(["x"] * 9)
    found = grouped(sheet, [2, 3, 5, 7, 8, 9])
    assert [(cells.column, list(cells.rows)) for cells in found.cells] == [("A", [2, 3, 5, 7, 8, 9])]
    assert found == Finding("line-twice", Severity.NOTE, "Data!A2, A3, A5, A7, A8, …", {"count": 6})


def test_a_finding_of_rows_in_several_columns_marks_those_of_its_own_sheet() -> None:
    places = [("Data", "B", 2), ("Data", "C", 2), ("[lain.csv]csv", "B", 9), ("Data", "B", 7)]
    rows = pl.DataFrame(places, schema=["_sheet", "_col", "_row"], orient="row")
    found = of_rows("zero-for-missing", Severity.WARNING, rows, limits(), {"count": 4})
    assert [(cells.column, list(cells.rows)) for cells in found.cells] == [("B", [2, 7]), ("C", [2])]
    # A cell of another file is told with it: without, it would be taken for one of this sheet.
    assert found.at == "Data!B2, C2, B7, [lain.csv]csv!B9"
    assert places_of(found.at, sheet_of(["x"] * 9)) == ((1, 1), (1, 2), (6, 1))


def test_every_formula_without_a_value_is_marked() -> None:
    cells = [("B", row) for row in range(2, 10)]
    found = formulas_without_value("Data", cells, limits())
    assert found.at == "Data!B2, B3, B4, B5, B6"
    assert [(each.column, list(each.rows)) for each in found.cells] == [("B", list(range(2, 10)))]


def test_a_hundred_thousand_rows_are_marked() -> None:
    rows = 100_000
    numbers = pl.Series(range(rows), dtype=pl.Float64)
    blank = pl.Series([None] * rows, dtype=pl.String)
    sheet = from_columns(file="a", name="Data", first_row=1, first_column=0, columns=[(blank, numbers, None)])
    content = marked_workbook_bytes(
        (sheet,), (outcome(sheet, warning(f"Data!A{rows}")),), language="id", limits=limits()
    )
    page = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[1]
    assert sum(row[0] for row in page.iter_rows(values_only=True)) == rows * (rows - 1) // 2


def test_a_finding_of_a_hundred_thousand_cells_stays_small() -> None:
    rows = 100_000
    sheet = sheet_of(["x"] * rows)
    told = grouped(sheet, range(1, rows + 1))
    assert sum(cells.rows.itemsize * len(cells.rows) for cells in told.cells) == 4 * rows
    content = marked_workbook_bytes((sheet,), (outcome(sheet, told),), language="id", limits=limits())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        cells = package.read("xl/worksheets/sheet2.xml")
        comments = package.read("xl/comments1.xml")
    assert len(set(re.findall(rb'<c r="A[0-9]+" s="([0-9]+)"', cells))) == 1
    assert len(re.findall(rb'<c r="A[0-9]+" s=', cells)) == rows
    assert comments.count(b"<comment ") == limits().findings_of_a_kind
