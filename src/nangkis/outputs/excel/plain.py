"""A plain sheet of one table: heads frozen and filtered, numbers as numbers, text never a formula."""

from __future__ import annotations

import io
from datetime import date

import polars as pl

from nangkis.outputs.excel.book import new_workbook


MOST_ROWS = 1_048_575  # of a sheet, below its head
_WIDEST = 40  # letters


def sheet_bytes(table: pl.DataFrame, *, name: str, as_of: date) -> bytes:
    """Return a workbook with one sheet of this table, its columns as they are called; a missing cell is blank.

    The same table and day give the same bytes. Raises ValueError for more rows than a sheet holds.
    """
    buffer = io.BytesIO()
    with new_workbook(buffer, title=name, as_of=as_of) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _width(table[column]))
        sheet.write_row(0, 0, table.columns, head)
        for number, row in enumerate(table.iter_rows(), start=1):
            if sheet.write_row(number, 0, row) < 0:
                raise ValueError("more rows than a sheet holds")
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, table.height, table.width - 1)
    return buffer.getvalue()


def _width(column: pl.Series) -> float:
    longest = column.cast(pl.String, strict=False).str.len_chars().max()
    return min(_WIDEST, max(10, int(longest) + 2 if isinstance(longest, int) else 10))
