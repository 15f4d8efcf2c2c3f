"""The data sheet: one row per figure, with what its own origin says of it in a column each, to filter and pivot."""

from __future__ import annotations

from typing import Any

from nangkis.content.catalogue import template
from nangkis.outputs import tokens
from nangkis.outputs.excel.book import Book, Sheet
from nangkis.outputs.excel.page import set_page
from nangkis.outputs.words import writable
from nangkis.vocabulary.figures import Figure, Scalar, Selection
from nangkis.vocabulary.sources import column_letter


DATA_NAME = "nk_data"
# The columns of the sheet, as the catalogue names them under excel.data, and their widths in letters.
COLUMNS = {
    "id": 13,
    "key": 44,
    "home": 30,
    "region": 24,
    "year": 9,
    "stage": 14,
    "indicator": 18,
    "office": 44,
    "program": 14,
    "sub-kegiatan": 44,
    "place": 28,
    "value": 22,
    "unit": 26,
    "printed": 22,
    "method": 28,
}
# Which columns of the lake fill a column of the sheet: a code and its name stand in one, where both were chosen by.
_OF_LAKE = {
    "region": ("region",),
    "year": ("year",),
    "stage": ("stage",),
    "indicator": ("indicator",),
    "office": ("office_code", "office_name"),
    "program": ("program_code",),
    "sub-kegiatan": ("sub_kegiatan_code", "sub_kegiatan_name"),
    "place": ("place",),
}
# Lines of a budget are chosen at one of these levels: a sum of some chosen at one and others at another is of neither.
_LEVELS = frozenset(("program_code", "sub_kegiatan_code", "sub_kegiatan_name"))
_ASIDE = 1  # empty columns between the rows and the sentence that is printed in their stead
_RIGHT = frozenset(("year", "value", "printed"))
_AFTER_NUMBER = frozenset(("stage", "unit", "method"))


def write_data(book: Book, sheet: Sheet, homes: dict[str, tuple[Figure, str]]) -> None:
    """Write one row per figure; ``homes`` has each figure with the table or section where it first stands."""
    book.columns(sheet, *COLUMNS.values())
    for column, name in enumerate(COLUMNS):
        look = book.look(bold=True, bg_color=tokens.MIST, bottom=1, **_aligned(name))
        sheet.write_string(0, column, template(f"excel.data.{name}", book.language), look)
    looks = [book.look(**_aligned(name)) for name in COLUMNS]
    for row, (figure, home) in enumerate(homes.values(), start=1):
        _write_row(book, sheet, row, figure, home, looks=looks)
    last, width = len(homes), len(COLUMNS)
    area = f"$A$1:${column_letter(width - 1)}${last + 1}"
    book.workbook.define_name(DATA_NAME, f"='{sheet.get_name()}'!{area}")
    sheet.autofilter(0, 0, max(last, 1), width - 1)
    sheet.ignore_errors({"number_stored_as_text": area.replace("$", "")})
    sheet.freeze_panes(1, 0)
    _keep_off_paper(book, sheet, width + _ASIDE)


def _keep_off_paper(book: Book, sheet: Sheet, column: int) -> None:
    """Print one sentence instead of dozens of pages in tiny letters, which are there to filter and to pivot."""
    said = template("excel.data.off-paper", book.language)
    sheet.set_column(column, column, len(said))  # one line, for the heads stand in the same row
    sheet.write_string(0, column, said, book.look())
    sheet.print_area(0, column, 0, column)
    set_page(sheet, landscape=True)


def _write_row(book: Book, sheet: Sheet, row: int, figure: Figure, home: str, *, looks: list[Any]) -> None:
    chosen = {column for selection in figure.origin.inputs for column, _ in selection.where}
    said: dict[str, Scalar | None] = {
        "id": figure.id,
        "key": figure.key,
        "home": home,
        "unit": template(f"unit.{figure.unit}.head", book.language),
        "printed": book.printed(figure)[0],
        "method": str(figure.origin.method),
        **{
            name: _told(figure.origin.inputs, columns)
            for name, columns in _OF_LAKE.items()
            if not chosen.isdisjoint(columns)
        },
    }
    for column, (name, look) in enumerate(zip(COLUMNS, looks, strict=True)):
        value = said.get(name)
        if name == "value":
            book.unnamed(sheet, row, column, figure)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, look)
        elif value is not None:
            sheet.write_string(row, column, writable(value), look)


def _aligned(name: str) -> dict[str, Any]:
    if name in _RIGHT:
        return {"align": "right"}
    return {"align": "left", "indent": int(name in _AFTER_NUMBER)}


def _told(inputs: tuple[Selection, ...], columns: tuple[str, ...]) -> Scalar | None:
    """Return the one value of a column of the sheet, a code and its name as one text; None when there is none."""
    values = [value for column in columns if (value := _agreed(inputs, column)) is not None]
    if len(values) > 1:
        return " ".join(map(str, values))
    return values[0] if values else None


def _agreed(inputs: tuple[Selection, ...], column: str) -> Scalar | None:
    """Return the one value on which all selections that name a column of the lake agree, else None."""
    found: set[Scalar] = set()
    for selection in inputs:
        chosen = dict(selection.where)
        found.update(chosen.get(column, ()))
        if column in _LEVELS and column not in chosen and chosen.keys() & _LEVELS:
            return None
    return found.pop() if len(found) == 1 else None
