"""Reads SpreadsheetML 2003, the XML that Excel called "XML Spreadsheet" and portals serve as .xls or .xml."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from nangkis.intake.cells.deadline import Deadline, deadline_for
from nangkis.intake.cells.exact import exact_number
from nangkis.intake.cells.formats import FileBroken, too_large
from nangkis.intake.cells.grid import Grid
from nangkis.intake.cells.markup import count_of, feed, local, pieces_of
from nangkis.intake.cells.merged import with_merged_filled
from nangkis.intake.cells.number_formats import shows_percent, zeros_of
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits


VISIBLE = "SheetVisible"
MIDNIGHT = ("T00:00:00.000", "T00:00:00")


def read_spreadsheetml(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets in the order of their tabs.

    Raises FileTooLarge (rows, columns, cells, sheets, seconds) or FileBroken (not well formed, entities, no sheet).
    """
    deadline = deadline_for(path, limits)
    book = _Book(path, limits)
    feed(path, pieces_of(path), book, deadline)
    if not book.grids:
        raise FileBroken("workbook-without-sheets", file=path.name)
    first, *others = (_finished(grid, limits, deadline) for grid in book.grids)
    return (replace(first, comments=tuple(book.comments)), *others)


def _finished(grid: Grid, limits: Limits, deadline: Deadline) -> Sheet:
    deadline.check()
    return with_merged_filled(grid.sheet(), limits, deadline)


@dataclass
class _Cell:
    """The cell that is open: its place, whether its style shows percent or zeros, and what its Data holds."""

    row: int
    column: int
    percent: bool
    zeros: tuple[int, int] | None
    formula: bool
    kind: str = ""


@dataclass
class _Book:
    """Takes the parts of the file: styles, then sheets of rows of cells. Attributes are known by their local names."""

    path: Path
    limits: Limits
    grids: list[Grid] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    _percents: set[str] = field(default_factory=set)
    _zeros: dict[str, tuple[int, int]] = field(default_factory=dict)  # digits that are always shown, by style
    _style: str = ""
    _row: int = 0
    _column: int = 0  # of the next cell, from 0
    _row_span: int = 0
    _row_style: str | None = None
    _column_styles: dict[int, str] = field(default_factory=dict)
    _next_column: int = 0
    _cell: _Cell | None = None
    _in_comment: bool = False
    _words: list[str] | None = None

    def __post_init__(self) -> None:
        self._opens = {
            "Style": self._open_style,
            "NumberFormat": self._open_format,
            "Worksheet": self._open_sheet,
            "Table": self._open_table,
            "Column": self._open_column,
            "Row": self._open_row,
            "Cell": self._open_cell,
            "Data": self._open_data,
            "Comment": self._open_comment,
            "Visible": self._open_visible,
        }
        self._closes = {
            "Data": self._close_data,
            "Cell": self._close_cell,
            "Comment": self._close_comment,
            "Visible": self._close_visible,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        opens = self._opens.get(local(tag))
        if opens is not None:
            opens({local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        closes = self._closes.get(local(tag))
        if closes is not None:
            closes()

    def data(self, words: str) -> None:
        """Take text: only that of a Data, or of a sheet's visibility, is waited for."""
        if self._words is not None:
            self._words.append(words)

    def _open_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("ID", "")
        parent = attributes.get("Parent", "")
        if parent in self._percents:
            self._percents.add(self._style)
        if parent in self._zeros:
            self._zeros[self._style] = self._zeros[parent]

    def _open_format(self, attributes: dict[str, str]) -> None:
        shown = attributes.get("Format", "")
        (self._percents.add if shows_percent(shown) else self._percents.discard)(self._style)
        self._zeros.pop(self._style, None)
        if (zeros := zeros_of(shown)) is not None:
            self._zeros[self._style] = zeros

    def _open_sheet(self, attributes: dict[str, str]) -> None:
        self.grids.append(Grid(self.path, attributes.get("Name", str(len(self.grids) + 1)), self.limits))
        if len(self.grids) > self.limits.sheets:
            raise too_large(self.path, "sheets", self.limits.sheets, len(self.grids))
        self._row, self._row_span, self._next_column = 0, 0, 0
        self._column_styles = {}

    def _open_table(self, attributes: dict[str, str]) -> None:
        """Refuse a table that begins elsewhere than at A1: no office program writes one, and addresses must be true."""
        for name in ("TopCell", "LeftCell"):
            if (place := count_of(self.path, attributes, name, 1)) > 1:
                raise self._broken(name, place)

    def _open_column(self, attributes: dict[str, str]) -> None:
        first = count_of(self.path, attributes, "Index", self._next_column + 1) - 1
        self._next_column = first + 1 + count_of(self.path, attributes, "Span", 0)
        if (style := attributes.get("StyleID")) is not None:
            for column in range(max(0, first), min(self._next_column, self.limits.columns)):
                self._column_styles[column] = style

    def _open_row(self, attributes: dict[str, str]) -> None:
        expected = self._row + self._row_span + 1
        self._row = count_of(self.path, attributes, "Index", expected)
        if self._row < expected:
            raise self._broken("Row", self._row)
        self._row_span = count_of(self.path, attributes, "Span", 0)
        self._column, self._row_style = 0, attributes.get("StyleID")

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if not self.grids:
            raise self._broken("Cell", self._row)
        column = count_of(self.path, attributes, "Index", self._column + 1) - 1
        if column < self._column:
            raise self._broken("Cell", column + 1)
        across, down = (count_of(self.path, attributes, name, 0) for name in ("MergeAcross", "MergeDown"))
        if across or down:
            self.grids[-1].merged.append((self._row, column, self._row + down, column + across))
        self._column = column + across + 1
        style = attributes.get("StyleID") or self._row_style or self._column_styles.get(column, "Default")
        zeros = self._zeros.get(style)
        self._cell = _Cell(self._row, column, style in self._percents, zeros, "Formula" in attributes)

    def _open_data(self, attributes: dict[str, str]) -> None:
        self._words = []
        if self._cell is not None and not self._in_comment:
            self._cell.kind = attributes.get("Type", "String")

    def _open_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _open_visible(self, _: dict[str, str]) -> None:
        self._words = []

    def _close_data(self) -> None:
        words = "".join(self._words or ())
        self._words = None
        if self._in_comment:
            self.comments.append(words)
        elif self._cell is not None:
            self._put(self._cell, words)

    def _put(self, cell: _Cell, words: str) -> None:
        value: str | float = words
        if cell.kind == "Number":
            number = exact_number(words)
            value = words if number is None else number
        elif cell.kind == "Boolean":
            value = "TRUE" if words.strip() == "1" else "FALSE"
        elif cell.kind == "DateTime":
            value = next((words.removesuffix(end) for end in MIDNIGHT if words.endswith(end)), words)
        elif cell.kind == "Error":
            value = words if words.startswith("#") else "#ERROR"
        if cell.zeros is not None and isinstance(value, float):
            self.grids[-1].put_shown(cell.row, cell.column, value, cell.zeros)
            return
        self.grids[-1].put(cell.row, cell.column, value, percent=cell.percent and isinstance(value, float))

    def _close_cell(self) -> None:
        if self._cell is not None and self._cell.formula and not self._cell.kind:
            self.grids[-1].empty_formulas.append((self._cell.row, self._cell.column))
        self._cell = None

    def _close_comment(self) -> None:
        self._in_comment = False

    def _close_visible(self) -> None:
        shown = "".join(self._words or ()).strip()
        self._words = None
        if self.grids and shown:
            self.grids[-1].hidden = shown != VISIBLE

    def _broken(self, what: str, found: object) -> FileBroken:
        return FileBroken("workbook-broken", file=self.path.name, why=f"{what} {found}")
