"""Reads the tables of a web page, which portals and old programs serve as .xls or .html: one sheet for each table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree

from nangkis.intake.cells.deadline import Deadline, deadline_for
from nangkis.intake.cells.delimited import MARKS
from nangkis.intake.cells.exact import exact_number
from nangkis.intake.cells.formats import HEAD_BYTES, FileBroken, too_large, utf16_without_mark
from nangkis.intake.cells.grid import Grid
from nangkis.intake.cells.merged import with_merged_filled
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Repair


SHEET_NAME = "html"
CHUNK_CHARACTERS = 2**18
END = "nangkis reached the end of the page"  # a comment put after the last byte: it must come, and outside of tables
DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,20})", re.IGNORECASE)
# Further codecs of Python are no encodings of pages. What is declared as western letters is what Windows writes.
CODECS = re.compile(r"windows-125\d|cp125\d|iso-8859-\d{1,2}|macintosh|utf-8", re.IGNORECASE)
WESTERN, WESTERN_NAMES = "cp1252", {"iso-8859-1", "us-ascii"}
NO_CELL = frozenset({"comment", "script", "style", "textarea", "select", "template"})
LINES = frozenset({"br", "p", "div", "li", "tr"})
HIDING = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)
ERROR = re.compile(r"#(?:N/A|[A-Z]{1,9}/?[0-9]?[!?])")
# Where Excel and LibreOffice keep the number behind what a cell shows.
EXACT = ("x:num", "sdval")
SPAN_MOST = 1000  # as browsers read it
ROWS_MOST = 65534  # as browsers read it; 0 is all that follow
FEWEST_DIGITS = 10  # an attribute with fewer holds no number of a person
INLINE = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})


def read_webpage(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return one sheet for each table that has cells, in their order; tables within cells are tables of their own.

    Raises FileTooLarge (rows, columns, cells, sheets, seconds) or FileBroken (no table, a table that never ends).
    """
    deadline = deadline_for(path, limits)
    text, encoding, declared = _decoded(path)
    page = _Page(path, limits)
    _feed(text, page, deadline)
    if not page.ended:
        raise FileBroken("html-cut", file=path.name)
    filled = [grid for grid in page.grids if not grid.is_blank]
    if not filled:
        raise FileBroken("html-without-table", file=path.name)
    if len(filled) > limits.sheets:
        raise too_large(path, "sheets", limits.sheets, len(filled))
    sheets = []
    for place, grid in enumerate(filled, 1):
        deadline.check()
        grid.name = SHEET_NAME if len(filled) == 1 else f"{SHEET_NAME} {place}"
        sheets.append(with_merged_filled(grid.sheet(), limits, deadline))
    first = replace(sheets[0], comments=tuple(page.aside))
    if not declared:
        repair = Repair("encoding", first.name, 1, {"encoding": encoding})
        first = replace(first, repairs=(repair, *first.repairs))
    return (first, *sheets[1:])


def _decoded(path: Path) -> tuple[str, str, bool]:
    """Return the page's text, its encoding, and whether the page tells it: by a mark, or by what it declares."""
    raw = path.read_bytes()
    marked = next((name for mark, name in MARKS if raw.startswith(mark)), None) or utf16_without_mark(raw[:HEAD_BYTES])
    said = DECLARED.search(raw[:HEAD_BYTES])
    name = said[1].decode("ascii", "replace").lower() if said else ""
    declared = WESTERN if name in WESTERN_NAMES else name if CODECS.fullmatch(name) else "utf-8"
    encoding = marked or declared
    try:
        text, told = raw.decode(encoding), True
    except UnicodeDecodeError:
        if marked is not None:
            raise FileBroken("text-broken", file=path.name, encoding=marked) from None
        text, told = raw.decode(WESTERN, "replace"), encoding == WESTERN
    if "\x00" in text:
        raise FileBroken("text-broken", file=path.name, encoding=encoding)
    return text, encoding if told else WESTERN, told


def _feed(text: str, page: _Page, deadline: Deadline) -> None:
    target: Any = page
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    for start in range(0, len(text), CHUNK_CHARACTERS):
        deadline.check()
        parser.feed(text[start : start + CHUNK_CHARACTERS].encode("utf-8", "replace"))
    parser.feed(f"<!--{END}-->".encode())
    parser.close()


@dataclass
class _Table:
    """A table that is open: where its next cell stands, and which columns cells above it still fill."""

    grid: Grid
    row: int = 0
    column: int = 0
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # first and last column, last row
    taken: set[int] = field(default_factory=set)
    holds_until: int = 0  # the row after which what is taken changes
    cell: _Cell | None = None

    def next_row(self) -> None:
        """Begin a row."""
        self.row, self.column = self.row + 1, 0
        self.grid.reach(self.row, 0)
        if self.row <= self.holds_until:
            return
        self.spans = [span for span in self.spans if span[2] >= self.row]
        self.holds_until = min((last for _, _, last in self.spans), default=ROWS_MOST * ROWS_MOST)
        self.taken = {column for left, right, _ in self.spans for column in range(left, right + 1)}

    def place(self, across: int, down: int) -> int:
        """Return the column of the next cell, and keep what it fills."""
        while self.column in self.taken:
            self.column += 1
        column = self.column
        self.grid.reach(self.row, column + across - 1)
        if down > 1:
            self.spans.append((column, column + across - 1, self.row + down - 1))
            self.holds_until = self.row
        if across > 1 or down > 1:
            self.grid.merged.append((self.row, column, self.row + down - 1, column + across - 1))
        self.column += across
        return column


@dataclass
class _Cell:
    """A cell that is open: its column, the number behind it, and what it shows."""

    column: int
    exact: str
    words: list[str] = field(default_factory=list)

    def value(self) -> tuple[str | float, bool]:
        """Return what the cell holds, blank text where it is blank, and whether a number is shown as percent."""
        shown = "".join(self.words)
        lines = (" ".join(line.split()) for line in shown.split("\n")) if "\n" in shown else (" ".join(shown.split()),)
        shown = "\n".join(filter(None, lines))
        number = exact_number(self.exact)
        if number is None or ERROR.fullmatch(shown):
            return shown, False
        return number, shown.endswith("%") and isinstance(number, float)


class _Page:
    """Takes the parts of a page. Words outside of cells are kept aside: they are stored with the file too."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.grids: list[Grid] = []
        self.aside: list[str] = []
        self.ended = False
        self._path, self._limits = path, limits
        self._tables: list[_Table] = []
        self._no_cell = 0
        self._outside: list[str] = []
        self._opens = {"table": self._open_table, "tr": self._open_row, "td": self._open_cell, "th": self._open_cell}
        self._closes = {"table": self._close_table, "td": self._close_cell, "th": self._close_cell}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the opening of an element."""
        if attributes:
            self._keep_aside(attributes)
        self._break(tag)
        if tag in NO_CELL:
            self._no_cell += 1
        opens = self._opens.get(tag)
        if opens is not None:
            opens(attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in NO_CELL:
            self._no_cell -= 1
        self._break(tag)
        closes = self._closes.get(tag)
        if closes is not None:
            closes()

    def data(self, words: str) -> None:
        """Take text; line ends of the source are spaces."""
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None and not self._no_cell:
            cell.words.append(words.replace("\n", " "))
        else:
            self._outside.append(words)

    def comment(self, words: str) -> None:
        """Take a comment; the last one is our own, and tells that no table is cut off."""
        if words == END:
            self.ended = not self._tables
        else:
            self.aside.append(words)

    def close(self) -> None:
        """Take the end of the page."""
        self._break("html")

    def _keep_aside(self, attributes: dict[str, str]) -> None:
        self.aside.extend(
            value
            for name, value in attributes.items()
            if len(value) >= FEWEST_DIGITS and name not in EXACT and sum(map(str.isdigit, value)) >= FEWEST_DIGITS
        )

    def _break(self, tag: str) -> None:
        """End the line of a cell where a page shows a new one; words outside of cells go on through letters' tags."""
        if tag in LINES and self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.words.append("\n")
        if tag not in INLINE and self._outside:
            words, self._outside = "".join(self._outside), []
            if words.strip():
                self.aside.append(words)

    def _open_table(self, attributes: dict[str, str]) -> None:
        hidden = "hidden" in attributes or HIDING.search(attributes.get("style", "")) is not None
        grid = Grid(self._path, SHEET_NAME, self._limits, hidden=hidden)
        self.grids.append(grid)
        self._tables.append(_Table(grid))

    def _close_table(self) -> None:
        if self._tables:
            self._tables.pop()

    def _open_row(self, _: dict[str, str]) -> None:
        if self._tables:
            self._tables[-1].next_row()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        if not table.row:
            table.next_row()
        table.cell = _spanning(table, attributes) if attributes else _Cell(table.place(1, 1), "")

    def _close_cell(self) -> None:
        if not self._tables or (cell := self._tables[-1].cell) is None:
            return
        table = self._tables[-1]
        table.cell = None
        value, percent = cell.value()
        table.grid.put(table.row, cell.column, value, percent=percent)


def _spanning(table: _Table, attributes: dict[str, str]) -> _Cell:
    across = _span(attributes.get("colspan", ""), SPAN_MOST) or 1
    down = _span(attributes.get("rowspan", ""), ROWS_MOST)
    exact = next((attributes[name] for name in EXACT if attributes.get(name)), "")
    return _Cell(table.place(across, ROWS_MOST if down == 0 else down), exact)


def _span(written: str, most: int) -> int:
    """Return over how many columns or rows a cell goes; 1 where it is no count."""
    plain = written.strip()
    return min(most, int(plain[:9])) if plain.isascii() and plain.isdigit() else 1
