"""A workbook in the making: cells of text and numbers, and a defined name for every figure in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any

import xlsxwriter

from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Run, Value, runs
from nangkis.outputs.excel.heights import HIGHEST, row_height, text_lines
from nangkis.outputs.excel.numbers import cell_number, number_format
from nangkis.outputs.tokens import WORD_FONT
from nangkis.outputs.words import writable
from nangkis.vocabulary.figures import Figure, Number
from nangkis.vocabulary.sources import column_letter
from nangkis.vocabulary.units import Unit


_USUAL_HEIGHT = 15.0  # points of a row of which nothing is said
_LINE_HEIGHT = 13.0  # points of a row of one line
_SPACE = 5.0  # points, above and below together
MOST_LETTERS = 32_767  # of a cell; XlsxWriter leaves a longer text out without a word
_CUT = "\N{HORIZONTAL ELLIPSIS}"
Sheet = Any  # XlsxWriter has no types of its own
_FONT = {"font_name": WORD_FONT, "font_size": 10}
_BASE = {**_FONT, "valign": "top"}
_NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A column's width is counted in digits of this font: where it is missing, its metric twin gives the same pages.
_USUAL_CELL = {
    "default_format_properties": _FONT,
    "default_row_height": 17,  # pixels, as are those of the column
    "default_column_width": 64,
}
_LONGEST_PROPERTY = 255  # letters


def new_workbook(stream: IO[bytes], *, title: str, as_of: date) -> Any:
    """Return a workbook whose texts stay texts, and whose day of making is ``as_of``, not the clock's."""
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True, **_NO_GUESSING, **_USUAL_CELL})
    made = datetime.combine(as_of, time())
    workbook.set_properties({"title": title[:_LONGEST_PROPERTY], "author": "Nangkis", "created": made})
    return workbook


@dataclass(frozen=True)
class Framed:
    """Where a figure stands inside a cell's text: from ``start`` on, ``length`` letters."""

    name: str
    start: int
    length: int
    text: str


@dataclass
class Book:
    """What all sheets of one workbook share: its formats, the names of its figures, and the texts that hold some."""

    workbook: Any
    language: Language
    framed: list[Framed] = field(default_factory=list)
    _printed: dict[tuple[Number, Unit, int], tuple[str, float | None]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _looks: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    _widths: dict[tuple[str, int], float] = field(default_factory=dict)
    _heights: dict[tuple[str, int], float] = field(default_factory=dict)

    def columns(self, sheet: Sheet, *widths: float) -> None:
        """Set the widths of the first columns, in letters; the heights of their rows follow from them."""
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
            self._widths[sheet.get_name(), place] = width

    def look(self, **properties: Any) -> Any:
        """Return a format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(_BASE | properties)
        return self._looks[key]

    def printed(self, figure: Figure) -> tuple[str, float | None]:
        """Return a figure as paper shows it, and the number that a cell shows so, if one does; worked out once."""
        key = figure.value, figure.unit, figure.places
        found = self._printed.get(key)
        if found is None:
            text = print_figure(figure, self.language)
            found = self._printed[key] = text, cell_number(figure, text, self.language)
        return found

    def write(self, sheet: Sheet, row: int, column: int, value: Value, /, *, bare: bool = True, **look: Any) -> None:
        """Write a value: one figure as a number, anything else as text that Excel never takes for a formula."""
        pieces = list(runs(value, self.language, bare=bare))
        if len(pieces) == 1 and isinstance(only := pieces[0], Figure):
            self.number(sheet, row, column, only, **look)
        else:
            self.text(sheet, row, column, pieces, **look)

    def number(self, sheet: Sheet, row: int, column: int, figure: Figure, /, **look: Any) -> None:
        """Write a figure as a number and name its cell."""
        self.unnamed(sheet, row, column, figure, **look)
        self._name(sheet, row, column, figure.id)

    def unnamed(self, sheet: Sheet, row: int, column: int, figure: Figure, /, **look: Any) -> None:
        """Write a figure as a number; as text only where Excel would show other digits than are printed."""
        text, number = self.printed(figure)
        if number is None:
            sheet.write_string(row, column, text, self.look(**{"align": "right"} | look))
        else:
            made = self.look(**{"num_format": number_format(figure.places), "align": "right"} | look)
            sheet.write_number(row, column, number, made)

    def text(
        self, sheet: Sheet, row: int, column: int, pieces: Iterable[Run], /, *, sign: Any = None, letters: float = 0,
        **look: Any,
    ) -> None:  # fmt: skip
        """Write a text and name its cell once for each figure in it; its row gets high enough for it.

        ``sign`` is the format of its first letter; ``letters`` is how wide it may be, if not as its column.
        """
        text, spans = "", []
        for piece in _shortened([each if isinstance(each, Figure) else _cell_text(each) for each in pieces], self):
            said = self.printed(piece)[0] if isinstance(piece, Figure) else piece
            if isinstance(piece, Figure):
                spans.append((piece.id, len(text), len(said)))
            text += said
        made = self.look(text_wrap=True, **look)
        self.fit(sheet, row, column, text, letters=letters, **look)
        if sign is None or len(text) < 2:  # noqa: PLR2004 - a letter and its sign
            sheet.write_string(row, column, text, made)
        else:
            sheet.write_rich_string(row, column, sign, text[0], made, text[1:], made)
        for figure_id, start, length in spans:
            self.framed.append(Framed(self._name(sheet, row, column, figure_id), start, length, text))

    def across(
        self, sheet: Sheet, row: int, columns: int, pieces: Iterable[Run], *, letters: float, **look: Any
    ) -> None:
        """Write a text over several columns, ``letters`` wide together, in a row that is high enough for it."""
        if columns > 1:
            sheet.merge_range(row, 0, row, columns - 1, "", self.look(text_wrap=True, **look))
        self.text(sheet, row, 0, pieces, letters=letters, **look)

    def fit(self, sheet: Sheet, row: int, column: int, text: str, /, *, letters: float = 0, **look: Any) -> None:
        """Make a row high enough for a text in it: LibreOffice leaves rows as low as the file says."""
        size, at = look.get("font_size", _BASE["font_size"]), (sheet.get_name(), row)
        within = (letters or self._widths.get((sheet.get_name(), column), 0)) - look.get("indent", 0)
        lines = text_lines(text, within, size=size, bold=look.get("bold", False)) if within > 0 else 1
        height = row_height(lines, size)
        if height > max(self._heights.get(at, 0), _USUAL_HEIGHT):
            self._heights[at] = height
            sheet.set_row(row, height)

    def space(self, sheet: Sheet, row: int) -> None:
        """Give a row of a table room above and below its texts, which stand in its middle: none touches a rule."""
        at = sheet.get_name(), row
        self._heights[at] = min(HIGHEST, max(self._heights.get(at, 0), _LINE_HEIGHT) + _SPACE)
        sheet.set_row(row, self._heights[at])

    def _name(self, sheet: Sheet, row: int, column: int, figure_id: str) -> str:
        self._counts[figure_id] += 1
        count = self._counts[figure_id]
        name = f"nk_{figure_id}" + (f"_{count}" if count > 1 else "")
        self.workbook.define_name(name, f"='{sheet.get_name()}'!${column_letter(column)}${row + 1}")
        return name


def _cell_text(text: str) -> str:
    return writable(text).replace("\r", "\n")


def _shortened(pieces: list[Run], book: Book) -> list[Run]:
    """Return what fits one cell: words are cut off where they are longest, figures are not."""
    said = (book.printed(each)[0] if isinstance(each, Figure) else each for each in pieces)
    over = sum(map(_letters, said)) - MOST_LETTERS
    while over > 0:
        words = [(_letters(each), place, each) for place, each in enumerate(pieces) if isinstance(each, str)]
        length, place, longest = max(words, default=(0, 0, ""))
        if length <= len(_CUT):
            raise ValueError("the figures of one cell alone are longer than a cell may be")
        kept = _first(longest, max(0, length - over - len(_CUT))) + _CUT
        pieces[place] = kept
        over -= length - _letters(kept)
    return pieces


def _letters(text: str) -> int:
    """Count as Excel does: a letter beyond the first plane is two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _first(text: str, letters: int) -> str:
    return text.encode("utf-16-le")[: letters * 2].decode("utf-16-le", "ignore")
