"""A sheet's cells written again at their own addresses, the flawed ones coloured, signed and commented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass, field

from nangkis.intake.cells.sheet import FORMULA_MARK, Column, Sheet
from nangkis.intake.marked.book import Book, Look, Page
from nangkis.intake.marked.marks import SIGNS, Mark
from nangkis.intake.marked.places import Place, address, column_index, places_in
from nangkis.vocabulary.findings import Severity


COMMENTS = 65_000  # in one workbook: Excel's own end is somewhat above
COLOURS = {  # paper and edge
    Severity.ERROR: ("#FBE3DE", "#B3432B"),
    Severity.WARNING: ("#FFF1CC", "#8A6D1F"),
    Severity.NOTE: ("#E3EEF9", "#1E5AA8"),
}
_ROWS_AT_ONCE = 2_000
_WIDTHS = (9, 48)
_COMMENT_WIDTH, _LINE_LETTERS, _LINE_HEIGHT = 320, 48, 17  # pixels, letters, pixels

# What a cell holds, and whether its number is shown as percent.
Value = tuple[str | float | None, bool]


@dataclass
class Cells:
    """Writes sheet after sheet into a workbook."""

    book: Book
    comments: int = 0
    uncommented: int = 0
    _looks: dict[tuple[Severity | None, bool], Look] = field(default_factory=dict)

    def write(self, page: Page, sheet: Sheet, marks: Mapping[Place, Mark]) -> None:
        """Write a sheet's cells, row by row from the top: what the writer keeps is one row."""
        self._prepare(page, sheet)
        unknown = _formulas(sheet)
        waiting = sorted(marks)
        at = 0
        for row, cells in _rows(sheet):
            while at < len(waiting) and waiting[at][0] < row:
                self._blank(page, waiting[at], marks, unknown)
                at += 1
            for column, value in cells:
                self._cell(page, (row, column), value, marks.get((row, column)))
            filled = {column for column, _ in cells}
            while at < len(waiting) and waiting[at][0] == row:
                if waiting[at][1] not in filled:
                    self._blank(page, waiting[at], marks, unknown)
                at += 1
        for place in waiting[at:]:
            self._blank(page, place, marks, unknown)

    def _prepare(self, page: Page, sheet: Sheet) -> None:
        for column in sheet.columns:
            longest = column.label.head(_ROWS_AT_ONCE).str.len_chars().quantile(0.9) or 0
            index = column_index(column.letter)
            page.set_column(index, index, min(max(_WIDTHS[0], int(longest) + 3), _WIDTHS[1]))
        if sheet.height and sheet.columns:
            page.ignore_errors({"number_stored_as_text": f"A1:{sheet.columns[-1].letter}{sheet.rows[-1]}"})

    def _cell(self, page: Page, place: Place, value: Value, mark: Mark | None) -> None:
        held, percent = value
        look = self._look(mark.severity if mark else None, percent=percent)
        if isinstance(held, str):
            self.book.text(page, *place, held, look)
        elif held is not None:
            self.book.number(page, *place, held, look)
        if mark is not None:
            self._comment(page, place, mark)

    def _blank(self, page: Page, place: Place, marks: Mapping[Place, Mark], unknown: AbstractSet[Place]) -> None:
        """Mark a blank cell; one whose formula has no value says so, or its flaw would be gone with the formula."""
        look = self._look(marks[place].severity, percent=False)
        if place in unknown:
            self.book.text(page, *place, FORMULA_MARK, look)
        else:
            page.write_blank(*place, None, look)
        self._comment(page, place, marks[place])

    def _comment(self, page: Page, place: Place, mark: Mark) -> None:
        if not mark.comment:
            return
        if self.comments >= COMMENTS:
            self.uncommented += 1
            return
        self.comments += 1
        lines = sum(1 + len(line) // _LINE_LETTERS for line in mark.comment.split("\n"))
        height = min(max(4, lines + 1), 30) * _LINE_HEIGHT
        size = {"width": _COMMENT_WIDTH, "height": height}
        page.write_comment(address(place), mark.comment, {"author": "Nangkis", **size})

    def _look(self, severity: Severity | None, *, percent: bool) -> Look:
        key = severity, percent
        if key not in self._looks:
            self._looks[key] = self._made(severity, percent=percent)
        return self._looks[key]

    def _made(self, severity: Severity | None, *, percent: bool) -> Look:
        number = "0.00%" if percent else "General"
        if severity is None:
            return self.book.look(num_format=number) if percent else None
        sign = f'"{SIGNS[severity]} "'
        paper, edge = COLOURS[severity]
        shown = f"{sign}{number};{sign}-{number};{sign}{number};{sign}@"
        return self.book.look(num_format=shown, bg_color=paper, border=1, border_color=edge)


def _formulas(sheet: Sheet) -> AbstractSet[Place]:
    """Return the cells whose formula has no value in the file."""
    told = [finding.cells for finding in sheet.findings if finding.code == "formula-without-value"]
    return {place for cells in told for place in places_in(cells)}


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, Value]]]]:
    """Yield each row that is not blank, counted from 0, with its filled cells from left to right."""
    indices = [column_index(column.letter) for column in sheet.columns]
    for start in range(0, sheet.height, _ROWS_AT_ONCE):
        rows = sheet.rows.slice(start, _ROWS_AT_ONCE).to_list()
        values = [_values(column, start) for column in sheet.columns]
        for offset, row in enumerate(rows):
            cells = ((index, column[offset]) for index, column in zip(indices, values, strict=True))
            yield row - 1, [cell for cell in cells if cell[1][0] is not None]


def _values(column: Column, start: int) -> list[Value]:
    texts = column.text.slice(start, _ROWS_AT_ONCE).to_list()
    numbers = column.number.slice(start, _ROWS_AT_ONCE).to_list()
    shown = column.percent
    percents = [False] * len(texts) if shown is None else shown.slice(start, _ROWS_AT_ONCE).to_list()
    held = zip(texts, numbers, percents, strict=True)
    return [(number if text is None else text, text is None and bool(percent)) for text, number, percent in held]
