"""A plain sheet of one table: when it was written does not show, and it looks like the other workbooks."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import polars as pl

from nangkis.outputs.excel.plain import sheet_bytes
from nangkis.outputs.tokens import WORD_FONT


TABLE = pl.DataFrame({"Nama": ["Hulu", "=1+1", None], "Nilai": [1.5, None, 3.0]})


def test_a_plain_sheet_says_the_day_of_its_data_not_the_clocks() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet_bytes(TABLE, name="Semua", as_of=date(2026, 1, 5))))

    assert book.properties.created == datetime(2026, 1, 5)  # noqa: DTZ001 - a workbook knows no zones
    assert (book.properties.title, book.properties.creator) == ("Semua", "Nangkis")


def test_a_plain_sheet_keeps_numbers_texts_and_gaps_in_the_font_of_the_other_workbooks() -> None:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(sheet_bytes(TABLE, name="Semua", as_of=date(2026, 1, 5)))).worksheets

    assert list(sheet.iter_rows(values_only=True)) == [("Nama", "Nilai"), ("Hulu", 1.5), ("=1+1", None), (None, 3.0)]
    assert (sheet["A3"].data_type, sheet.auto_filter.ref) == ("s", "A1:B4")
    assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {WORD_FONT}
