"""Looks through the records of an old workbook (xls): what its parser does not tell, and what would harm it.

The parser loses error cells, does not tell number formats, and takes memory by what a sheet says of its size; so the
records are walked first. Cells have the same place in BIFF5 and BIFF8; only texts are written differently.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nangkis.intake.cells.deadline import Deadline
from nangkis.intake.cells.formats import FileBroken, FormatRefused, too_large
from nangkis.intake.cells.number_formats import PERCENT_IDS, shows_percent, zeros_of
from nangkis.intake.cells.ole import CompoundFile
from nangkis.intake.cells.scan import PartScan
from nangkis.intake.limits import Limits
from nangkis.vocabulary.sources import column_letter


STREAMS = ("Workbook", "Book")
OTHER_STREAMS = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint"}
ENCRYPTED = "EncryptedPackage"
BIFF8, BIFF5 = 0x0600, 0x0500
BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
FILEPASS, CODEPAGE, BOUNDSHEET, FORMAT, XF = 0x002F, 0x0042, 0x0085, 0x041E, 0x00E0
DIMENSIONS, NOTE, TEXT_OBJECT = 0x0200, 0x001C, 0x01B6
NUMBER, RK, MULTIPLE_RK, BOOLEAN_OR_ERROR, FORMULA = 0x0203, 0x027E, 0x00BD, 0x0205, 0x0006
LABEL, LABEL_SHARED, LABEL_RICH = 0x0204, 0x00FD, 0x00D6
WORKSHEET = 0
CODEPAGES = {0x8000: "mac_roman", 0x8001: "cp1252", 1200: "utf-16-le"}
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
# A formula's result is a number unless its last two bytes say otherwise; then the first byte tells its kind.
NO_NUMBER, ERROR_RESULT, BLANK_RESULT = b"\xff\xff", 2, 3
RECORDS_BETWEEN_CHECKS = 65536
NEVER_IN_TEXT = "\x00"


@dataclass
class _Globals:
    """What stands before the sheets: their names and places, and which formats show percent."""

    biff8: bool
    codec: str = "cp1252"
    tabs: dict[str, int] = field(default_factory=dict)
    percent_formats: set[int] = field(default_factory=lambda: set(PERCENT_IDS))
    zero_formats: dict[int, tuple[int, int]] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)  # the number format of each style

    def text(self, raw: bytes, flags_at: int | None) -> str:
        """Return a text: in BIFF8 a byte of flags tells how wide its letters are, before BIFF8 all are of one byte."""
        if not self.biff8 or flags_at is None:
            return raw.decode(self.codec, "replace")
        wide, letters = raw[flags_at] & 1, raw[flags_at + 1 :]
        return letters.decode("utf-16-le" if wide else "latin-1", "replace")


def scan_xls(path: Path, limits: Limits, deadline: Deadline) -> tuple[dict[str, PartScan], tuple[str, ...]]:
    """Return what was seen by sheet name, in the order of the tabs, and the words of comments and text boxes.

    Raises FormatRefused (another kind of OLE file), FileBroken (cut off, a password) or FileTooLarge.
    """
    stream = _workbook_stream(path)
    try:
        book = _globals(path, stream, limits, deadline)
        scans: dict[str, PartScan] = {}
        comments: list[str] = []
        for name, place in book.tabs.items():
            page = _Page(path, book, limits)
            for kind, body in _records(path, stream, place, deadline):
                page.take(kind, body)
            scans[name] = page.seen
            comments.extend(page.comments)
    except (struct.error, IndexError, LookupError) as error:
        raise FileBroken("workbook-broken", file=path.name, why=str(error)) from None
    return scans, tuple(comments)


def _workbook_stream(path: Path) -> bytes:
    container = CompoundFile(path)
    if ENCRYPTED in container.names:
        raise FileBroken("workbook-locked", file=path.name)
    name = next((name for name in STREAMS if name in container.names), None)
    if name is None:
        kind = next((kind for stream, kind in OTHER_STREAMS.items() if stream in container.names), "OLE")
        raise FormatRefused("format-not-read", file=path.name, kind=kind)
    return container.stream(name)


def _records(path: Path, stream: bytes, place: int, deadline: Deadline) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a begin to its end; what begins and ends within, such as a chart, is passed over."""
    depth = count = 0
    while True:
        if place + 4 > len(stream):
            raise FileBroken("workbook-truncated", file=path.name)
        kind, size = struct.unpack_from("<HH", stream, place)
        body = stream[place + 4 : place + 4 + size]
        place += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            break
        if depth == 1:
            yield kind, body
        count += 1
        if count % RECORDS_BETWEEN_CHECKS == 0:
            deadline.check()
    if not count:
        raise FileBroken("workbook-broken", file=path.name, why=f"{kind:04X}")


def _globals(path: Path, stream: bytes, limits: Limits, deadline: Deadline) -> _Globals:
    (version,) = struct.unpack_from("<H", stream, 4)
    if version not in (BIFF5, BIFF8):
        raise FileBroken("workbook-broken", file=path.name, why=f"{version:04X}")
    book = _Globals(biff8=version == BIFF8)
    for kind, body in _records(path, stream, 0, deadline):
        if kind == FILEPASS:
            raise FileBroken("workbook-locked", file=path.name)
        if kind == CODEPAGE:
            (page,) = struct.unpack_from("<H", body)
            book.codec = CODEPAGES.get(page, f"cp{page}")
        elif kind == BOUNDSHEET:
            _take_tab(path, book, body, limits)
        elif kind in (FORMAT, XF):
            _take_format(book, kind, body)
    return book


def _take_tab(path: Path, book: _Globals, body: bytes, limits: Limits) -> None:
    place, _, kind, _ = struct.unpack_from("<IBBB", body)
    if kind != WORKSHEET:
        return
    name = book.text(body[7:], 0).replace(NEVER_IN_TEXT, "")
    if name in book.tabs:
        raise FileBroken("workbook-broken", file=path.name, why=name)
    book.tabs[name] = place
    if len(book.tabs) > limits.sheets:
        raise too_large(path, "sheets", limits.sheets, len(book.tabs))


def _take_format(book: _Globals, kind: int, body: bytes) -> None:
    if kind == XF:
        book.styles.append(struct.unpack_from("<2xH", body)[0])
        return
    (number,) = struct.unpack_from("<H", body)
    written = book.text(body[4:], 0) if book.biff8 else book.text(body[3:], None)
    (book.percent_formats.add if shows_percent(written) else book.percent_formats.discard)(number)
    if (zeros := zeros_of(written)) is not None:
        book.zero_formats[number] = zeros


class _Page:
    """Takes the records of one sheet."""

    def __init__(self, path: Path, book: _Globals, limits: Limits) -> None:
        self.seen = PartScan()
        self.comments: list[str] = []
        self._path, self._book, self._limits = path, book, limits
        self._percents = {number for number, shown in enumerate(book.styles) if shown in book.percent_formats}
        formats = enumerate(book.styles)
        self._zeros = {number: book.zero_formats[shown] for number, shown in formats if shown in book.zero_formats}
        self._letters_left = 0  # of a text box whose words follow in the next records
        self._corner = (0, 0)  # the last row and the last column, counted from 1
        self._takes = {
            DIMENSIONS: self._dimensions,
            NUMBER: self._number,
            RK: self._number,
            MULTIPLE_RK: self._several_numbers,
            BOOLEAN_OR_ERROR: self._boolean_or_error,
            FORMULA: self._formula,
            LABEL: self._label,
            LABEL_SHARED: self._label,
            LABEL_RICH: self._label,
            NOTE: self._note,
            TEXT_OBJECT: self._text_object,
        }

    def take(self, kind: int, body: bytes) -> None:
        """Take one record."""
        if kind == CONTINUE:
            self._more_words(body)
            return
        self._letters_left = 0
        takes = self._takes.get(kind)
        if takes is not None:
            takes(body)

    def _reach(self, rows: int, columns: int) -> None:
        """Refuse a sheet whose corner is beyond the limits: the parser holds the whole rectangle."""
        self._corner = max(rows, self._corner[0]), max(columns, self._corner[1])
        bottom, right = self._corner
        for limit, most, found in (
            ("rows", self._limits.rows, bottom),
            ("columns", self._limits.columns, right),
            ("cells", self._limits.cells, bottom * right),
        ):
            if found > most:
                raise too_large(self._path, limit, most, found)

    def _dimensions(self, body: bytes) -> None:
        _, rows, _, columns = struct.unpack_from("<IIHH" if self._book.biff8 else "<HHHH", body)
        self._reach(rows, columns)

    def _place(self, body: bytes) -> tuple[int, str, int]:
        row, column, style = struct.unpack_from("<HHH", body)
        if row >= self._corner[0] or column >= self._corner[1]:
            self._reach(row + 1, column + 1)
        return row + 1, column_letter(column), style

    def _label(self, body: bytes) -> None:
        self._place(body)

    def _number(self, body: bytes) -> None:
        row, letter, style = self._place(body)
        self._take_style(row, letter, style)

    def _take_style(self, row: int, letter: str, style: int) -> None:
        if style in self._percents:
            self.seen.percents.setdefault(letter, array("I")).append(row)
        elif style in self._zeros:
            self.seen.zeros.setdefault(letter, []).append((row, self._zeros[style]))

    def _several_numbers(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        count = (len(body) - 6) // 6
        self._reach(row + 1, first + count)
        for index in range(count):
            (style,) = struct.unpack_from("<H", body, 4 + 6 * index)
            self._take_style(row + 1, column_letter(first + index), style)

    def _boolean_or_error(self, body: bytes) -> None:
        row, letter, _ = self._place(body)
        if body[7]:
            self._error(row, letter, body[6])

    def _formula(self, body: bytes) -> None:
        row, letter, _ = self._place(body)
        if body[12:14] != NO_NUMBER:
            self._number(body)
        elif body[6] == ERROR_RESULT:
            self._error(row, letter, body[8])
        elif body[6] == BLANK_RESULT:
            self.seen.formulas.append((letter, row))

    def _error(self, row: int, letter: str, code: int) -> None:
        self.seen.errors[letter, row] = ERRORS.get(code, "#ERROR")
        if len(self.seen.errors) > self._limits.error_cells:
            raise too_large(self._path, "error_cells", self._limits.error_cells, len(self.seen.errors))

    def _note(self, body: bytes) -> None:
        if not self._book.biff8:
            self.comments.append(self._book.text(body[6:], None))

    def _text_object(self, body: bytes) -> None:
        (self._letters_left,) = struct.unpack_from("<10xH", body)
        if self._letters_left:
            self.comments.append("")

    def _more_words(self, body: bytes) -> None:
        if self._letters_left and body:
            words = self._book.text(body, 0)[: self._letters_left]
            self._letters_left -= len(words)
            self.comments[-1] += words
