"""Which kind of file this is, by its content and never by its name: an image renamed .xlsx is an image."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from nangkis.intake.limits import Limits
from nangkis.vocabulary.refusals import FileRefused


class FormatRefused(FileRefused):
    """The file is of a kind that intake does not read."""


class FileTooLarge(FileRefused):
    """The file is beyond one of the limits; ``limit`` names it."""


class FileBroken(FileRefused):
    """The file is damaged, locked or not what its head says."""


class Format(StrEnum):
    """What intake reads."""

    XLSX = "xlsx"
    XLS = "xls"
    SPREADSHEETML = "spreadsheetml"
    ODS = "ods"
    FODS = "fods"
    HTML = "html"
    JSON = "json"
    BOUNDARY = "boundary"
    TEXT = "text"


HEAD_BYTES = 4096
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# First bytes of kinds that are not tables, and what people call them.
NOT_TABLES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"%PDF": "PDF",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"PAR1": "Parquet",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
    b"MIME-Version": "MHTML",
}
# Names inside a zip that tell what it holds, in this order.
ZIP_KINDS = {
    "xl/workbook.bin": "XLSB",
    "word/document.xml": "Word",
    "ppt/presentation.xml": "PowerPoint",
    "content.xml": "OpenDocument",
}
ODS_CONTENT, ODS_KIND, ODS_ENCRYPTED = "content.xml", "mimetype", "encrypted-package"
# How a zip of OpenDocument says what it is; a template (ots) begins alike.
ODS_MARK, MARK_BYTES = b"application/vnd.oasis.opendocument.spreadsheet", 64
MARKUP = {b"<?xml": "XML"}
SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
# The first element's name, whatever prefix it carries; what comes before it begins with ? or !.
FIRST_ELEMENT = re.compile(rb"<(?:[a-z][\w.-]{0,99}:)?([a-z][\w.-]{0,99})")
MARKUP_COMMENT = re.compile(rb"<!--.{0,4096}?-->", re.DOTALL)
OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
# The first element of the XML that is read, and the namespace that its head must name.
XML_ROOTS = {b"workbook": (Format.SPREADSHEETML, SPREADSHEETML), b"document": (Format.FODS, OPEN_DOCUMENT)}
# What pages begin with; programs that write .xls by hand often leave out all that stands around the table.
HTML_STARTS = frozenset(
    b"html head body title meta link style script base table caption thead tbody tr header main nav section div center "
    b"form input font span p b i u a br hr img h1 h2 h3 h4".split()
)
# An object with a key, or a list of objects or lists: a csv whose first cell is [1] or {a} is none.
JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[\[{]\s*["\[{])')
# GeoJSON and TopoJSON say what they are near their beginning.
BOUNDARY = re.compile(rb'\s*\{.*?"type"\s*:\s*"(?:FeatureCollection|Topology|Feature)"', re.DOTALL)
SMALLEST_BINARY_SHARE = 0.01
FIRST_PRINTABLE = 0x20


def format_of(path: Path, limits: Limits) -> Format:
    """Return the format of a file. Raises FormatRefused, FileTooLarge or FileBroken, each with a code of its own."""
    _check_name(path)
    if path.is_dir():
        raise FileBroken("file-is-folder", file=path.name)
    if not path.is_file():
        raise FileBroken("file-absent", file=path.name)
    size = path.stat().st_size
    if size == 0:
        raise FileBroken("file-empty", file=path.name)
    if size > limits.bytes:
        raise too_large(path, "bytes", limits.bytes, size)
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(b"PK"):
        return _zip_format(path)
    if head.startswith(OLE2):
        return Format.XLS
    if (markup := _markup_format(head)) is not None:
        return markup
    _refuse_by_head(path, head)
    return _text_format(head)


def _text_format(head: bytes) -> Format:
    if BOUNDARY.match(head.removeprefix(UTF8_MARK)):
        return Format.BOUNDARY
    return Format.JSON if JSON_START.match(head) else Format.TEXT


def _check_name(path: Path) -> None:
    """Refuse a name with bytes that are no letters: no report, manifest or document could carry it."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise FileBroken("file-name-broken", file=ascii(path.name)) from None


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mark = b""
            if ODS_KIND in names:
                with archive.open(ODS_KIND) as stream:
                    mark = stream.read(MARK_BYTES)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise FileBroken("workbook-truncated", file=path.name) from None
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if mark.startswith(ODS_MARK):
        return _ods_format(path, names)
    kind = next((kind for name, kind in ZIP_KINDS.items() if name in names), "ZIP")
    raise _not_read(path, kind)


def _ods_format(path: Path, names: set[str]) -> Format:
    if ODS_ENCRYPTED in names:
        raise FileBroken("workbook-locked", file=path.name)
    if ODS_CONTENT not in names:
        raise FileBroken("workbook-part-missing", file=path.name, part=ODS_CONTENT)
    return Format.ODS


def _refuse_by_head(path: Path, head: bytes) -> None:
    kind = _first(NOT_TABLES, (mark for mark in NOT_TABLES if head.startswith(mark)))
    if kind is None:
        kind = _first(MARKUP, (mark for mark in MARKUP if _markup_text(head).startswith(mark)))
    if kind is None and _is_binary(head):
        kind = "binary"
    if kind is not None:
        raise _not_read(path, kind)


def _markup_format(head: bytes) -> Format | None:
    """Return the format that the first element tells, None where the bytes are no markup that holds tables."""
    text = MARKUP_COMMENT.sub(b"", _markup_text(head)).lstrip()
    if not text.startswith(b"<"):
        return None
    first = FIRST_ELEMENT.search(text)
    name = first[1] if first is not None else b""
    if name in HTML_STARTS:
        return Format.HTML
    kind, space = XML_ROOTS.get(name, (None, b""))
    return kind if space in text else None


def _markup_text(head: bytes) -> bytes:
    """Return the head in small letters as bytes of UTF-8, so that one search serves every encoding of Unicode."""
    encoding = "utf-16" if head.startswith(UTF16_MARKS) else utf16_without_mark(head)
    text = head.decode(encoding, "replace").encode() if encoding else head
    return text.removeprefix(UTF8_MARK).lstrip().lower()


def _first(table: dict[bytes, str], marks: Iterable[bytes]) -> str | None:
    return next((table[mark] for mark in marks), None)


def _is_binary(head: bytes) -> bool:
    """Say whether the bytes hold control characters that no text has; UTF-16 is text full of zero bytes."""
    if head.startswith(UTF16_MARKS) or _looks_like_utf16(head):
        return False
    controls = sum(byte < FIRST_PRINTABLE and byte not in b"\t\n\r\f\x1a" for byte in head)
    return controls > SMALLEST_BINARY_SHARE * len(head)


def _looks_like_utf16(head: bytes) -> bool:
    zeros = (head[0::2].count(0), head[1::2].count(0))
    return max(zeros) > len(head) // 5 and min(zeros) < len(head) // 50 + 1


def utf16_without_mark(head: bytes) -> str | None:
    """Return the codec of UTF-16 text that carries no byte-order mark, or None."""
    if not _looks_like_utf16(head):
        return None
    return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"


def too_large(path: Path, limit: str, most: int, found: int) -> FileTooLarge:
    """Return the refusal of a file beyond a limit; ``limit`` is its name in the limits file."""
    return FileTooLarge("file-too-large", file=path.name, limit=limit, most=most, found=found)


def _not_read(path: Path, kind: str) -> FormatRefused:
    return FormatRefused("format-not-read", file=path.name, kind=kind)
