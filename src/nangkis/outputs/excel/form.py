"""A sheet for people to fill: explanation above, drop-downs in the open cells, everything else as it was computed."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from nangkis.outputs.excel.book import Sheet, new_workbook
from nangkis.outputs.excel.heights import row_height, text_lines


_WIDEST = 48  # letters
_OPEN = "#FFF6DB"  # the ground of the cells to fill
_HEAD_HEIGHT = 32  # points: two lines
_A4 = 9
_SIZE = 10  # points of the letters


def form_bytes(
    table: pl.DataFrame,
    *,
    name: str,
    as_of: date,
    above: Sequence[str],
    open_columns: Sequence[str],
    choices: Mapping[str, Sequence[str]],
    hidden_columns: Sequence[str] = (),
) -> bytes:
    """Return a workbook with one sheet of this table, its columns as they are called.

    ``open_columns`` are for people to fill; a cell of ``choices`` takes one of its words only. ``above`` are the lines
    over the header; ``hidden_columns`` are for the program that reads the sheet back. The same table and day give the
    same bytes. Raises ValueError for more rows than a sheet holds.
    """
    buffer = io.BytesIO()
    top = len(above)
    with new_workbook(buffer, title=name, as_of=as_of) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"valign": "top", "text_wrap": True})
        marked = book.add_format({"valign": "top", "text_wrap": True, "bg_color": _OPEN, "border": 1})
        whole = book.add_format({"valign": "top", "num_format": "#,##0"})
        for row, line in enumerate(above):
            sheet.write_string(row, 0, line)
        _set_sizes(sheet, top, table, choices, hidden_columns)
        for place, column in enumerate(table.columns):
            look = marked if column in open_columns else whole if table.schema[column].is_integer() else plain
            sheet.write_string(top, place, column, head)
            for row, value in enumerate(table[column].to_list(), start=top + 1):
                if sheet.write(row, place, value, look) < 0:
                    raise ValueError("more rows than a sheet holds")
            if column in choices and table.height:
                rule = {"validate": "list", "source": list(choices[column])}
                sheet.data_validation(top + 1, place, top + table.height, place, rule)
        _set_up(sheet, top, table)
    return buffer.getvalue()


def _set_up(sheet: Sheet, top: int, table: pl.DataFrame) -> None:
    """Keep the header in sight and on every page, one page wide, and let people filter."""
    sheet.set_row(top, _HEAD_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)
    if table.height:
        sheet.autofilter(top, 0, top + table.height, table.width - 1)


def _set_sizes(
    sheet: Sheet, top: int, table: pl.DataFrame, choices: Mapping[str, Sequence[str]], hidden: Sequence[str]
) -> None:
    """Make columns as wide as their words, to a limit, and rows as high as these words then need."""
    widths = [_width(table[column], choices.get(column, ())) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, widths[place], None, {"hidden": column in hidden})
    for row, height in enumerate(_heights(table.drop(hidden), widths), start=top + 1):
        sheet.set_row(row, height)


def _heights(table: pl.DataFrame, widths: Sequence[float]) -> Iterator[float]:
    """Yield how high each row must be for its words: LibreOffice leaves rows as low as the file says."""
    for cells in table.iter_rows():
        texts = [(text, width) for text, width in zip(cells, widths, strict=False) if isinstance(text, str)]
        yield row_height(max((text_lines(text, width, size=_SIZE) for text, width in texts), default=1), _SIZE)


def _width(column: pl.Series, words: Sequence[str]) -> float:
    longest = max(map(len, (*column.cast(pl.String, strict=False).drop_nulls(), *words)), default=0)
    return min(_WIDEST, max(14, longest + 2))
