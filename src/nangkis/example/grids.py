"""Grids of cells as the bytes of a csv file or a workbook; the same grid gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

import xlsxwriter

from nangkis.example.places import FICTIONAL


Cell = str | int | float | None
Grid = list[list[Cell]]
# A workbook says when it was made; a fixed moment keeps two runs equal to the byte.
MADE_AT = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - the format has no time zone


@dataclass(frozen=True)
class Dialect:
    """How a csv file is written."""

    delimiter: str = ","
    encoding: str = "utf-8-sig"
    newline: str = "\n"


@dataclass(frozen=True)
class Worksheet:
    """A sheet of a workbook; the first row is merged over ``merged`` columns when there are any."""

    name: str
    grid: Grid
    merged: int = 0
    hidden: bool = False


def csv_bytes(grid: Grid, dialect: Dialect) -> bytes:
    """Return a csv file without an end of line after its last row, as downloads have it."""
    out = io.StringIO()
    csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.newline).writerows(grid)
    text = out.getvalue().removesuffix(dialect.newline)
    return text.encode(dialect.encoding)


def workbook_bytes(sheets: Iterable[Worksheet]) -> bytes:
    """Return an xlsx file."""
    out = io.BytesIO()
    with open_workbook(out, {"in_memory": True}) as book:
        for sheet in sheets:
            _add_sheet(book, sheet)
    return out.getvalue()


def open_workbook(target: IO[bytes] | str, options: dict[str, Any]) -> Any:
    """Return a new workbook, marked as fictional, that says a fixed moment of making."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    book.set_properties({"title": FICTIONAL, "comments": FICTIONAL, "created": MADE_AT})
    return book


def write_row(page: Any, row: int, cells: Sequence[Cell]) -> None:
    """Write one row, counted from 0; empty cells are left out."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            page.write_string(row, column, cell)
        elif cell is not None:
            page.write_number(row, column, cell)


def _add_sheet(book: Any, sheet: Worksheet) -> None:
    page = book.add_worksheet(sheet.name)
    for row, cells in enumerate(sheet.grid):
        write_row(page, row, cells)
    if sheet.merged:
        page.merge_range(0, 0, 0, sheet.merged - 1, sheet.grid[0][0])
    if sheet.hidden:
        page.hide()


def hundredths(value: int) -> str:
    """Return hundredths as a plain decimal without needless zeros, as published tables have it.

    >>> hundredths(85159), hundredths(30600), hundredths(7990)
    ('851.59', '306', '79.9')
    """
    return f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".")


def comma_decimal(cell: Cell) -> Cell:
    """Return a number as text with a decimal comma and two decimals: ``8,90``, ``1.234.567,00``."""
    if isinstance(cell, int):
        return f"{dotted_thousands(cell)},00"
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return cell


def dotted_thousands(cell: Cell) -> Cell:
    """Return a whole number as text with dots: ``1.234.567``."""
    return f"{int(cell):,}".replace(",", ".") if cell is not None else None
