"""One sheet per table: title, frozen and repeated heads, filters, native numbers; reasons, notes and sources below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nangkis.content.catalogue import template
from nangkis.content.sentences import Run, Sentence, runs
from nangkis.content.tree import Cell, Marked, Missing, Row, Table
from nangkis.outputs import tokens
from nangkis.outputs.excel.book import Book, Sheet
from nangkis.outputs.excel.page import WAY_BACK, set_page
from nangkis.outputs.reasons import DASH, Reasons
from nangkis.outputs.widths import column_widths
from nangkis.vocabulary.figures import Figure, Ordinal


HEAD = 2  # the row of the heads, counted from 0
_LETTERS_PER_POINT = 1 / 5.3
_UPRIGHT_MM, _SIDEWAYS_MM = 170.0, 257.0
_GAP = 3  # letters between the words of two columns
_WIDEST = 80  # letters of a column
_MANY = 7  # columns, from which the first stays in sight


def write_table(book: Book, sheet: Sheet, described: Table, number: str) -> None:
    """Fill a sheet with a table; ``number`` is its caption's, such as ``Tabel 3.1``."""
    width_mm = _SIDEWAYS_MM if described.landscape or len(described.columns) > _MANY else _UPRIGHT_MM
    widths = [points * _LETTERS_PER_POINT + _GAP for points in column_widths(described, book.language, width_mm)]
    widths = [min(width, _WIDEST) for width in widths]
    book.columns(sheet, *widths)
    columns, letters = len(widths), sum(widths)
    title = [f"{number}  ", *runs(described.title, book.language)]
    book.across(sheet, 0, columns, title, letters=letters, bold=True, font_size=12, font_color=tokens.NILA)
    sheet.write_url(1, 0, WAY_BACK.format(template("excel.index", book.language)), book.look(font_color=tokens.NILA),
                    template("excel.back", book.language))  # fmt: skip
    book.space(sheet, 1)
    for place, column in enumerate(described.columns):
        align: dict[str, Any] = {"align": "right"} if column.numeric else {"align": "left", "indent": int(place > 0)}
        book.text(sheet, HEAD, place, runs(column.title, book.language), **(_HEAD_LOOK | align))
    book.space(sheet, HEAD)
    reasons = Reasons()
    for place, row in enumerate(described.rows, start=HEAD + 1):
        _write_row(book, sheet, place, row, described, reasons=reasons)
    last = HEAD + len(described.rows)
    _write_below(book, sheet, last + 2, described, reasons=reasons, letters=letters)
    sheet.autofilter(HEAD, 0, max(last, HEAD + 1), columns - 1)
    sheet.freeze_panes(HEAD + 1, 1 if columns > _MANY else 0)
    sheet.repeat_rows(HEAD)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    set_page(sheet, landscape=True)


_HEAD_LOOK: dict[str, Any] = {
    "bold": True,
    "bg_color": tokens.MIST,
    "bottom": 1,
    "border_color": tokens.QUIET,
    "valign": "vcenter",
}


def _write_row(book: Book, sheet: Sheet, place: int, row: Row, described: Table, *, reasons: Reasons) -> None:
    look: dict[str, Any] = {"bottom": 1, "bottom_color": tokens.RULE, "bold": row.emphasis, "valign": "vcenter"}
    for column, cell in enumerate(row.cells):
        _write_cell(
            book, sheet, (place, column), cell, reasons=reasons, look=look, is_number=described.columns[column].numeric
        )
    book.space(sheet, place)


def _write_cell(
    book: Book, sheet: Sheet, at: tuple[int, int], cell: Cell, *, reasons: Reasons, look: dict[str, Any],
    is_number: bool,
) -> None:  # fmt: skip
    align: dict[str, Any] = {"align": "right"} if is_number else {"align": "left", "indent": int(at[1] > 0)}
    match cell:
        case Missing():
            raised = book.look(font_script=1)
            made = book.look(**look, **align)
            sheet.write_rich_string(*at, DASH, raised, reasons.letter(cell.reason), made)
        case Marked():
            sign = book.look(font_color=tokens.VERDICT_COLOURS[cell.verdict])
            said = (f"{tokens.VERDICT_SIGNS[cell.verdict]} ", *runs(cell.words, book.language))
            book.text(sheet, *at, said, sign=sign, **look, **align)
        case Figure():
            book.number(sheet, *at, cell, **look, **align)
        case Ordinal():
            sheet.write_number(*at, int(cell.text), book.look(num_format="0", **look, **align))
        case _:
            book.write(sheet, *at, cell, **look, **align)


def _write_below(book: Book, sheet: Sheet, start: int, described: Table, *, reasons: Reasons, letters: float) -> None:
    language = book.language
    lines: list[Iterable[Run]] = [(f"{letter}  ", *runs(reason, language)) for letter, reason in reasons]
    lines += [
        _after(template("outputs.note", language), place, note, book) for place, note in enumerate(described.notes)
    ]
    lines += source_lines(book, described.sources)
    for place, line in enumerate(lines, start=start):
        book.across(sheet, place, len(described.columns), line, letters=letters, font_size=9, font_color=tokens.QUIET)


def _after(word: str, place: int, said: Sentence, book: Book) -> Iterable[Run]:
    return (f"{word}: " if place == 0 else "", *runs(said, book.language))


def source_lines(book: Book, sources: tuple[Sentence, ...]) -> list[Iterable[Run]]:
    """Return the line of sources, or nothing."""
    if not sources:
        return []
    line: list[Run] = [f"{template('outputs.source', book.language)}: "]
    for place, source in enumerate(sources):
        line += ["; "] if place else []
        line += runs(source, book.language)
    return [line]
