"""Looks through a workbook's XML before anything parses it: sizes, references, error cells, percent formats.

The parser proper aborts its process on a sheet whose only cells are A1 and XFD1048576, loses error cells and does not
tell number formats; so the bytes are searched first, in chunks, under a cap. It is a search, not a parser: a sheet
made to deceive it meets the memory limit of the child process.
"""

from __future__ import annotations

import html
import re
import zipfile
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from nangkis.intake.cells.archives import UNREADABLE, check_sizes
from nangkis.intake.cells.deadline import Deadline
from nangkis.intake.cells.formats import FileBroken, too_large
from nangkis.intake.cells.number_formats import PERCENT_IDS, shows_percent, zeros_of
from nangkis.intake.limits import Limits


CHUNK_BYTES = 2**20
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
DECLARATION = b"<!DOCTYPE"  # entities can be declared only inside one
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
FEW_STYLES = 64  # a search for one of so many numbers is quick; of more, each style found is looked up in the set

ERROR_MARKS = (b't="e"', b"t='e'")
# Every repetition has an end: XML can be written so that an open one runs to the end of a piece from each of its bytes.
CELL = re.compile(rb"<(?:\w{1,9}:)?c\s[^>]{0,512}?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
ERROR_TEXT = re.compile(
    rb"[^>]{0,512}>(?:<[^v][^>]{0,512}>[^<]{0,65536}</[^>]{0,512}>){0,4}<(?:\w{1,9}:)?v>([^<]{1,20})<"
)
TAG_BYTES, FORMULA_BYTES = 512, 65536  # how far before a mark, or a formula's end, its cell may open
FORMULA_END = b"</f>"
EMPTY_FORMULA = re.compile(
    rb"(?:</(?:\w{1,9}:)?f>|<(?:\w{1,9}:)?f[^>]{0,512}/>)"
    rb"(?:<(?:\w{1,9}:)?v\s{0,9}/>|<(?:\w{1,9}:)?v></(?:\w{1,9}:)?v>)?</(?:\w{1,9}:)?c>"
)
FAR_REFERENCE = re.compile(rb' r="(?:[A-Z]{2,}\d+|[A-Z]\d{7,})"')
# References between single quotes are looked at one by one; what is written odder still meets the memory limit.
ODD_REFERENCE = b" r='"
ANY_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,4})(\d{1,9})[\"']")
COMMENTS = re.compile(r"xl/(?:[^/]+/)*(?:threaded)?comments?[^/]*\.xml", re.IGNORECASE)
COMMENT_END = re.compile(rb"</(?:\w{1,9}:)?(?:threaded)?comment>", re.IGNORECASE)
TAG = re.compile(rb"<[^<>]*>")


@dataclass
class PartScan:
    """What was seen in one sheet's XML. Cells are (letter, row)."""

    errors: dict[tuple[str, int], str] = field(default_factory=dict)
    percents: dict[str, array[int]] = field(default_factory=dict)  # rows by letter
    zeros: dict[str, list[tuple[int, tuple[int, int]]]] = field(default_factory=dict)  # row and digits, by letter
    formulas: list[tuple[str, int]] = field(default_factory=list)
    box: tuple[int, int, int, int] | None = None  # first row, first column, last row, last column

    def widen(self, letter: str, row: int) -> None:
        """Take a reference into the rectangle that the parser would have to hold."""
        column = column_number(letter)
        top, left, bottom, right = self.box or (row, column, row, column)
        self.box = (min(top, row), min(left, column), max(bottom, row), max(right, column))


def column_number(letters: str) -> int:
    """Return a column's number counted from 1.

    >>> column_number("XFD")
    16384
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def scan_workbook(path: Path, limits: Limits, deadline: Deadline) -> dict[str, PartScan]:
    """Return what was seen, by sheet name. Raises FileTooLarge or FileBroken, each naming its limit or reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(path, archive, limits)
            parts = _sheet_parts(path, archive, limits)
            styles, zeros = frozenset[bytes](), dict[bytes, tuple[int, int]]()
            if STYLES in archive.namelist():
                styles, zeros = _styles(_parsed(path, _whole(path, archive, STYLES, limits)))
            for name in archive.namelist():
                if name.startswith("xl/sharedStrings"):
                    _whole_is_plain(path, archive, name, deadline)
            scans = {
                part: _scan_part(path, archive, part, styles, zeros, limits=limits, deadline=deadline)
                for part in dict.fromkeys(parts.values())
            }
            return {sheet: scans[part] for sheet, part in parts.items()}
    except UNREADABLE as error:
        raise FileBroken("workbook-broken", file=path.name, why=str(error)) from None


def comments_of(path: Path, limits: Limits) -> tuple[str, ...]:
    """Return the words of each comment of a workbook. Raises as ``scan_workbook`` does."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [_whole(path, archive, name, limits) for name in archive.namelist() if COMMENTS.fullmatch(name)]
    except UNREADABLE as error:
        raise FileBroken("workbook-broken", file=path.name, why=str(error)) from None
    # The words of one comment are cut where their letters change: without the tags they are whole again.
    pieces = (TAG.sub(b"", piece) for part in parts for piece in COMMENT_END.split(part))
    return tuple(html.unescape(piece.decode("utf-8", "replace")) for piece in pieces if piece.strip())


def _sheet_parts(path: Path, archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Return the part of each worksheet by the sheet's name, in the order of the tabs."""
    relations = _parsed(path, _whole(path, archive, RELATIONS, limits))
    targets = {
        relation.get("Id"): _part_name(relation.get("Target", ""))
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    }
    book = _parsed(path, _whole(path, archive, WORKBOOK, limits))
    sheets = [sheet for sheet in book.iter() if sheet.tag.rpartition("}")[2] == "sheet"]
    by_name = {sheet.get("name", ""): targets.get(_relation_id(sheet)) for sheet in sheets}
    if len(by_name) > limits.sheets:
        raise too_large(path, "sheets", limits.sheets, len(by_name))
    return {name: part for name, part in by_name.items() if part is not None}


def _relation_id(sheet: ET.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _whole(path: Path, archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    try:
        size = archive.getinfo(name).file_size
    except KeyError:
        raise FileBroken("workbook-part-missing", file=path.name, part=name) from None
    if size > limits.part_bytes:
        raise too_large(path, "part_bytes", limits.part_bytes, size)
    content = archive.read(name)
    _check_plain(path, content)
    return content


def _parsed(path: Path, content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)  # noqa: S314 - declarations, and so entities, were refused in _whole
    except (ET.ParseError, LookupError, ValueError) as error:
        raise FileBroken("workbook-broken", file=path.name, why=str(error)) from None


def _whole_is_plain(path: Path, archive: zipfile.ZipFile, name: str, deadline: Deadline) -> None:
    for chunk in _chunks(path, archive, name):
        deadline.check()
        _check_plain(path, chunk)


def _check_plain(path: Path, chunk: bytes) -> None:
    """Refuse document type declarations and entities: no office program writes them, and they expand without end."""
    if b"!" in chunk and DECLARATION in chunk:  # a single byte is found many times faster
        raise FileBroken("workbook-declares-entities", file=path.name)
    if chunk.startswith(UTF16_MARKS):
        raise FileBroken("workbook-encoding", file=path.name)


def _styles(root: ET.Element) -> tuple[frozenset[bytes], dict[bytes, tuple[int, int]]]:
    """Return the style numbers whose format shows percent, and those whose format shows zeros that a number has not.

    The latter with the digits that are always shown.
    """
    written = [
        (node.get("numFmtId", "0"), node.get("formatCode", "")) for node in root.iterfind("{*}numFmts/{*}numFmt")
    ]
    percent = PERCENT_IDS | {int(number) for number, code in written if shows_percent(code)}
    zeros = {int(number): digits for number, code in written if (digits := zeros_of(code)) is not None}
    styles = [
        (str(index).encode(), int(node.get("numFmtId", "0")))
        for index, node in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    ]
    of_zeros = {style: zeros[number] for style, number in styles if number in zeros}
    return frozenset(style for style, number in styles if number in percent), of_zeros


def _chunks(path: Path, archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part's XML in pieces that end after a whole cell, or at least after a whole tag."""
    # The longest text of a cell is a fraction of a piece: what has no tag in a whole one was made to be carried along.
    carried = b""
    with archive.open(name) as stream:
        while block := stream.read(CHUNK_BYTES):
            chunk = carried + block
            cut = chunk.rfind(b"</c>") + len(b"</c>")
            if cut < len(b"</c>"):
                cut = chunk.rfind(b">") + 1
            if not cut and len(block) == CHUNK_BYTES:
                raise FileBroken("workbook-broken", file=path.name, why=name)
            yield chunk[:cut]
            carried = chunk[cut:]
    yield carried


def _scan_part(
    path: Path,
    archive: zipfile.ZipFile,
    part: str,
    percent_styles: frozenset[bytes],
    zeros: Mapping[bytes, tuple[int, int]],
    *,
    limits: Limits,
    deadline: Deadline,
) -> PartScan:
    seen = PartScan()
    if part not in archive.namelist():
        raise FileBroken("workbook-part-missing", file=path.name, part=part)
    percent, zero = _cells_of(percent_styles), _cells_of(frozenset(zeros))
    for chunk in _chunks(path, archive, part):
        deadline.check()
        _check_plain(path, chunk)
        _see_references(chunk, seen)
        _check_box(path, seen, limits)
        _see_errors(chunk, seen)
        if len(seen.errors) > limits.error_cells:
            raise too_large(path, "error_cells", limits.error_cells, len(seen.errors))
        if FORMULA_END in chunk:
            seen.formulas.extend(
                _cell_before(chunk, match.start(), FORMULA_BYTES) for match in EMPTY_FORMULA.finditer(chunk)
            )
        if percent is not None:
            _see_percents(chunk, percent, percent_styles, seen)
        if zero is not None:
            _see_zeros(chunk, zero, zeros, seen)
    seen.formulas = [cell for cell in seen.formulas if cell != ("", 0)]
    return seen


def _cells_of(styles: frozenset[bytes]) -> re.Pattern[bytes] | None:
    """Return what finds the cells of these styles; of many styles, what finds every styled cell."""
    if not styles:
        return None
    either = b"|".join(sorted(styles)) if len(styles) <= FEW_STYLES else rb"\d{1,6}"
    styled, place = rb"(?=[^>]{0,512}\bs=\"(" + either + rb")\")", rb"[^>]{0,512}?\br=\"([A-Z]{1,3})(\d{1,7})\""
    return re.compile(rb"<(?:\w{1,9}:)?c " + styled + place)


def _see_percents(chunk: bytes, percent: re.Pattern[bytes], styles: frozenset[bytes], seen: PartScan) -> None:
    for match in percent.finditer(chunk):
        if match[1] in styles:
            seen.percents.setdefault(match[2].decode(), array("I")).append(int(match[3]))


def _see_zeros(chunk: bytes, zero: re.Pattern[bytes], zeros: Mapping[bytes, tuple[int, int]], seen: PartScan) -> None:
    for match in zero.finditer(chunk):
        if match[1] in zeros:
            seen.zeros.setdefault(match[2].decode(), []).append((int(match[3]), zeros[match[1]]))


def _see_references(chunk: bytes, seen: PartScan) -> None:
    """Widen the rectangle; while no reference is beyond column Z, the limit on cells cannot be met."""
    plain = FAR_REFERENCE.search(chunk) is None and not (b"'" in chunk and ODD_REFERENCE in chunk)
    if seen.box is None and plain:
        return
    corner = {(letters, int(row)) for letters, row in ANY_REFERENCE.findall(chunk)}
    seen.widen("A", 1)
    for letters, row in corner:
        seen.widen(letters.decode(), row)


def _check_box(path: Path, seen: PartScan, limits: Limits) -> None:
    if seen.box is None:
        return
    _, _, bottom, right = seen.box
    for limit, most, found in (
        ("rows", limits.rows, bottom),
        ("cells", limits.cells, bottom * right),
        ("columns", limits.columns, right),
    ):
        if found > most:
            raise too_large(path, limit, most, found)


def _see_errors(chunk: bytes, seen: PartScan) -> None:
    for mark in ERROR_MARKS:
        place = chunk.find(mark) if mark[-1:] in chunk else -1
        while place >= 0:
            cell = _cell_before(chunk, place + 1, TAG_BYTES)
            if cell != ("", 0):
                words = ERROR_TEXT.match(chunk, place)
                seen.errors[cell] = words[1].decode("utf-8", "replace") if words else "#ERROR"
            place = chunk.find(mark, place + 1)


def _cell_before(chunk: bytes, place: int, reach: int) -> tuple[str, int]:
    """Return the cell whose tag opens last in the bytes before ``place``; ("", 0) when what opens there is no cell."""
    start = max(0, place - reach)
    opening = max(chunk.rfind(b"<c ", start, place), chunk.rfind(b":c ", start, place))
    if opening < 0:
        return ("", 0)
    opening = chunk.rfind(b"<", start, opening + 1)
    if opening < 0:
        return ("", 0)
    match = CELL.match(chunk, opening)
    return (match[1].decode(), int(match[2])) if match else ("", 0)
