"""Reads OpenDocument spreadsheets: ods, a zip, and fods, one XML file. Repeated cells and rows meet the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from nangkis.intake.cells.archives import part_pieces
from nangkis.intake.cells.deadline import Deadline, deadline_for
from nangkis.intake.cells.exact import exact_number
from nangkis.intake.cells.formats import FileBroken, too_large
from nangkis.intake.cells.grid import Grid
from nangkis.intake.cells.markup import count_of, feed, pieces_of
from nangkis.intake.cells.merged import with_merged_filled
from nangkis.intake.cells.number_formats import zeros_of
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits


CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
ENCRYPTED = b":encryption-data"
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT, STYLE, DRAWING, NUMBER = (
    SPACE % name for name in ("office", "table", "text", "style", "drawing", "datastyle")
)
KIND_SHOWN = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
NUMBERS = frozenset({"float", "percentage", "currency"})
VALUES = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}
ERROR = re.compile(r"#(?:N/A|[A-Z]{1,9}/?[0-9]?[!?])|Err:\d{3}")
DURATION = re.compile(r"PT(\d{1,9})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,9})?S")
DIGITS = re.compile(r"[0-9]|1[0-2]")
NUMBER_STYLES = frozenset({STYLE + "style", *(NUMBER + name for name in ("number-style", "number", "text"))})
DEFAULT_STYLE = TABLE + "default-cell-style-name"
MIDNIGHT = "T00:00:00"
SPACES_MOST = 100  # of one element that stands for several spaces
Value = str | float


def read_ods(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of an ods file in the order of their tabs.

    Raises FileTooLarge (rows, columns, cells, sheets, unpacked bytes, ratio, seconds) or FileBroken (a password,
    entities).
    """
    deadline = deadline_for(path, limits)
    if any(ENCRYPTED in piece for piece in _overlapping(part_pieces(path, MANIFEST, limits))):
        raise FileBroken("workbook-locked", file=path.name)
    book = _Book(path, limits, deadline)
    try:
        feed(path, part_pieces(path, STYLES, limits), _StylesPart(book), deadline)
    except FileBroken as broken:
        if broken.code != "workbook-part-missing":  # a spreadsheet may do without
            raise
    return _read(path, part_pieces(path, CONTENT, limits), limits, deadline, book)


def read_fods(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of a flat OpenDocument file. Raises as ``read_ods`` does."""
    deadline = deadline_for(path, limits)
    return _read(path, pieces_of(path), limits, deadline, _Book(path, limits, deadline))


def _overlapping(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Yield the pieces, each with the end of the one before, so that what is searched is cut by no border."""
    before = b""
    for piece in pieces:
        yield before + piece
        before = piece[-len(ENCRYPTED) :]


def _read(path: Path, pieces: Iterable[bytes], limits: Limits, deadline: Deadline, book: _Book) -> tuple[Sheet, ...]:
    feed(path, pieces, book, deadline)
    if not book.grids:
        raise FileBroken("workbook-without-sheets", file=path.name)
    sheets = []
    for grid in book.grids:
        deadline.check()
        sheets.append(with_merged_filled(grid.sheet(), limits, deadline))
    return (replace(sheets[0], comments=tuple(book.comments)), *sheets[1:])


@dataclass
class _Cell:
    """The cell that is open, and the paragraphs that it shows."""

    attributes: dict[str, str]
    repeated: int
    paragraphs: list[str] = field(default_factory=list)

    def value(self) -> tuple[Value, bool]:
        """Return what the cell holds, blank text where it is blank, and whether it is shown as percent."""
        shown = "\n".join(self.paragraphs)
        kind = self.attributes.get(OFFICE + "value-type", "string")
        formula = TABLE + "formula" in self.attributes
        if self.attributes.get(KIND_SHOWN) == "error" or (formula and ERROR.fullmatch(shown)):
            return (shown if shown.startswith("#") else "#ERROR"), False
        if kind in NUMBERS:
            written = self.attributes.get(OFFICE + "value", "")
            number = exact_number(written)
            value = (written or shown) if number is None else number
            return value, kind == "percentage" and isinstance(value, float)
        written = self.attributes.get(OFFICE + VALUES.get(kind, "string-value"), "")
        return _as_shown_elsewhere(kind, written) or shown, False

    @property
    def lacks_value(self) -> bool:
        """Say whether a formula has no result in the file."""
        kind = self.attributes.get(OFFICE + "value-type")
        return kind is None and TABLE + "formula" in self.attributes and not any(self.paragraphs)


def _as_shown_elsewhere(kind: str, written: str) -> str:
    """Return a value as the other formats give it: a day without midnight, 07:30:00, TRUE."""
    if kind == "boolean":
        return written.upper()
    if kind == "time" and (parts := DURATION.fullmatch(written)) is not None:
        return ":".join(part.zfill(2) for part in parts.groups())
    return written.removesuffix(MIDNIGHT) if kind == "date" else written


@dataclass
class _ZeroStyles:
    """Which styles of cells show zeros that a number has not: a style names a format, or its parent's."""

    formats: dict[str, tuple[int, int]] = field(default_factory=dict)  # digits before and after the point
    styles: dict[str, str] = field(default_factory=dict)  # the format of each style
    _format: str = ""
    _parts: list[str] = field(default_factory=list)  # of the format that is open, as Excel writes them

    def open_format(self, attributes: dict[str, str]) -> None:
        """Take the opening of a format."""
        self._format, self._parts = attributes.get(STYLE + "name", ""), []

    def take_digits(self, attributes: dict[str, str]) -> None:
        """Take the digits of the open format; those that are shown only where there are any are no zeros."""
        whole, least = (attributes.get(NUMBER + name, "0") for name in ("min-integer-digits", "decimal-places"))
        least = attributes.get(NUMBER + "min-decimal-places", least)
        fixed = least == attributes.get(NUMBER + "decimal-places", "0")
        plain = fixed and attributes.get(NUMBER + "grouping") != "true" and NUMBER + "display-factor" not in attributes
        counts = [int(count) if DIGITS.fullmatch(count) else 0 for count in (whole, least)]
        self._parts.append(".".join("0" * count for count in counts if count) if plain else "?")

    def take_words(self, _: dict[str, str]) -> None:
        """Take words beside the digits: what is shown is then no plain code."""
        self._parts.append("?")

    def close_format(self) -> None:
        """Keep the format if it shows zeros and nothing else."""
        if (zeros := zeros_of("".join(self._parts))) is not None:
            self.formats[self._format] = zeros
        else:
            self.formats.pop(self._format, None)  # of the same name in the part that was read before

    def open_style(self, name: str, attributes: dict[str, str]) -> None:
        """Take a style of cells: its own format, or its parent's."""
        parent = self.styles.get(attributes.get(STYLE + "parent-style-name", ""), "")
        self.styles[name] = attributes.get(STYLE + "data-style-name", parent)

    def of(self, style: str) -> tuple[int, int] | None:
        """Return the digits that a style always shows; None for most styles."""
        return self.formats.get(self.styles.get(style, "")) if self.formats else None


@dataclass
class _Book:
    """Takes the parts of the file: styles of tables, then tables of rows of cells of paragraphs."""

    path: Path
    limits: Limits
    deadline: Deadline
    grids: list[Grid] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    _hiding: set[str] = field(default_factory=set)
    _style: str = ""
    _zeros: _ZeroStyles = field(default_factory=_ZeroStyles)
    _column_styles: list[str] = field(default_factory=list)
    _row_style: str = ""
    _linked: int = 0
    _grid: Grid | None = None
    _row: int = 0
    _rows_repeated: int = 1
    _column: int = 0  # of the next cell, from 0
    _filled: list[tuple[int, Value, bool, str]] = field(default_factory=list)
    _cells: int = 0
    _cell: _Cell | None = None
    _aside: int = 0  # inside so many annotations and drawings: their words are no cell's
    _paragraphs: int = 0
    _words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._opens = {
            STYLE + "style": self._open_style,
            STYLE + "table-properties": self._open_table_style,
            NUMBER + "number-style": self._zeros.open_format,
            NUMBER + "number": self._zeros.take_digits,
            NUMBER + "text": self._zeros.take_words,
            TABLE + "dde-links": self._open_links,
            TABLE + "table": self._open_table,
            TABLE + "table-source": self._open_source,
            TABLE + "table-column": self._open_column,
            TABLE + "table-row": self._open_row,
            TABLE + "table-cell": self._open_cell,
            TABLE + "covered-table-cell": self._open_cell,
            OFFICE + "annotation": self._open_aside,
            TEXT + "p": self._open_paragraph,
            TEXT + "h": self._open_paragraph,
            TEXT + "s": self._open_spaces,
            TEXT + "tab": self._open_tab,
            TEXT + "line-break": self._open_line,
        }
        self._closes = {
            NUMBER + "number-style": self._zeros.close_format,
            TABLE + "dde-links": self._close_links,
            TABLE + "table": self._close_table,
            TABLE + "table-row": self._close_row,
            TABLE + "table-cell": self._close_cell,
            TABLE + "covered-table-cell": self._close_cell,
            OFFICE + "annotation": self._close_aside,
            TEXT + "p": self._close_paragraph,
            TEXT + "h": self._close_paragraph,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        opens = self._opens.get(tag)
        if opens is not None:
            opens(attributes)
        elif tag.startswith(DRAWING):
            self._aside += 1

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        closes = self._closes.get(tag)
        if closes is not None:
            closes()
        elif tag.startswith(DRAWING):
            self._aside -= 1

    def data(self, words: str) -> None:
        """Take text: only that of a paragraph is waited for."""
        if self._paragraphs:
            self._words.append(words)

    def _open_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(STYLE + "name", "")
        if attributes.get(STYLE + "family") == "table-cell":
            self._zeros.open_style(self._style, attributes)

    def _open_table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(TABLE + "display") == "false":
            self._hiding.add(self._style)

    def _open_links(self, _: dict[str, str]) -> None:
        self._linked += 1

    def _close_links(self) -> None:
        self._linked -= 1

    def _open_table(self, attributes: dict[str, str]) -> None:
        if self._grid is not None:
            raise self._broken("table:table")
        name = attributes.get(TABLE + "name", str(len(self.grids) + 1))
        hidden = bool(self._linked) or attributes.get(TABLE + "style-name") in self._hiding
        self._grid = Grid(self.path, name, self.limits, hidden=hidden)
        self.grids.append(self._grid)
        if len(self.grids) > self.limits.sheets:
            raise too_large(self.path, "sheets", self.limits.sheets, len(self.grids))
        self._row, self._rows_repeated, self._column, self._filled = 0, 1, 0, []
        self._column_styles = []

    def _close_table(self) -> None:
        self._grid = None

    def _open_source(self, _: dict[str, str]) -> None:
        """Hide the copy that is kept of another file's sheet: no office program shows it."""
        if self._grid is not None:
            self._grid.hidden = True

    def _open_column(self, attributes: dict[str, str]) -> None:
        repeated = max(1, count_of(self.path, attributes, TABLE + "number-columns-repeated", 1))
        room = max(0, self.limits.columns - len(self._column_styles))
        self._column_styles.extend([attributes.get(DEFAULT_STYLE, "")] * min(repeated, room))

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._rows_repeated = max(1, count_of(self.path, attributes, TABLE + "number-rows-repeated", 1))
        self._column, self._filled, self._row_style = 0, [], attributes.get(DEFAULT_STYLE, "")

    def _close_row(self) -> None:
        """Put the row's cells as often as the row is repeated: blank rows only move on, however many they are."""
        if self._filled and self._grid is not None:
            self._grid.reach(self._row + self._rows_repeated, 0)
            self._count(len(self._filled) * self._rows_repeated)
            self.deadline.check()
            for column, value, percent, style in self._filled:
                zeros = self._zeros.of(style or self._style_of(column)) if isinstance(value, float) else None
                if zeros is None:
                    self._grid.put(self._row + 1, column, value, percent=percent, rows=self._rows_repeated)
                else:
                    self._grid.put_shown(self._row + 1, column, float(value), zeros, rows=self._rows_repeated)
        self._row += self._rows_repeated

    def _style_of(self, column: int) -> str:
        """Return the style of a cell that names none."""
        return self._row_style or (self._column_styles[column] if column < len(self._column_styles) else "")

    def _count(self, cells: int) -> None:
        """Refuse more cells than a sheet may have, over all the sheets: few bytes can stand for any number of them."""
        self._cells += cells
        if self._cells > self.limits.cells:
            raise too_large(self.path, "cells", self.limits.cells, self._cells)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self._grid is None or self._cell is not None:
            raise self._broken("table:table-cell")
        repeated = max(1, count_of(self.path, attributes, TABLE + "number-columns-repeated", 1))
        across = count_of(self.path, attributes, TABLE + "number-columns-spanned", 1)
        down = count_of(self.path, attributes, TABLE + "number-rows-spanned", 1)
        if across > 1 or down > 1:
            top, left = self._row + 1, self._column
            self._grid.merged.append((top, left, self._row + max(1, down), left + max(1, across) - 1))
        self._cell = _Cell(attributes, repeated)

    def _close_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or self._grid is None:
            return
        value, percent = cell.value()
        if not isinstance(value, str) or value.strip():
            self._grid.reach(self._row + 1, self._column + cell.repeated - 1)
            style = cell.attributes.get(TABLE + "style-name", "")
            self._filled.extend((self._column + index, value, percent, style) for index in range(cell.repeated))
        if cell.lacks_value:
            self._grid.empty_formulas.append((self._row + 1, self._column))
        self._column += cell.repeated

    def _open_aside(self, _: dict[str, str]) -> None:
        self._aside += 1

    def _close_aside(self) -> None:
        self._aside -= 1

    def _open_paragraph(self, _: dict[str, str]) -> None:
        self._paragraphs += 1

    def _open_tab(self, _: dict[str, str]) -> None:
        self.data("\t")

    def _open_line(self, _: dict[str, str]) -> None:
        self.data("\n")

    def _open_spaces(self, attributes: dict[str, str]) -> None:
        self.data(" " * min(SPACES_MOST, count_of(self.path, attributes, TEXT + "c", 1)))

    def _close_paragraph(self) -> None:
        self._paragraphs -= 1
        if self._paragraphs:
            self._words.append("\n")
            return
        words, self._words = "".join(self._words), []
        if self._cell is not None and not self._aside:
            self._cell.paragraphs.append(words)
        elif words.strip():
            self.comments.append(words)

    def _broken(self, what: str) -> FileBroken:
        return FileBroken("workbook-broken", file=self.path.name, why=what)


class _StylesPart:
    """Passes on what the part of common styles says of numbers; its headers and footers are no cells."""

    def __init__(self, book: _Book) -> None:
        self._book = book

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        if tag in NUMBER_STYLES:
            self._book.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in NUMBER_STYLES:
            self._book.end(tag)

    def data(self, words: str) -> None:
        """Take text: none is waited for."""
