"""Reads a Word file back after people and programs have edited it: each figure's text, and the manifest.

The file is a stranger's: no more is unpacked than the limits allow, and XML with a document type is refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from nangkis.outputs.word.controls import BOOKMARK_NAME, CONTROL_NAME
from nangkis.outputs.word.manifest import unwrapped
from nangkis.outputs.word.xml import NAMESPACES, Element, qualified
from nangkis.vocabulary.refusals import FileRefused


_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # a .doc of before 2007, or a file with a password
_ZIP_MAGIC = b"PK"
_ROOT_RELATIONS = "_rels/.rels"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HIDDEN_TEXT = tuple(qualified(name) for name in ("w:del", "w:moveFrom", "mc:Fallback"))


class WordRefused(FileRefused):
    """The file is not one that can be read back as a Word document."""


@dataclass(frozen=True)
class WordLimits:
    """How much is read: bytes of the file, bytes of all parts unpacked, and parts.

    ``unpacked_ratio``, unpacked bytes per packed byte, is asked only of a part of more than ``unpacked_free_bytes``.
    """

    bytes: int
    unpacked_bytes: int
    unpacked_ratio: int
    unpacked_free_bytes: int
    parts: int


@dataclass(frozen=True)
class WordReading:
    """What was found: (figure id, text as it stands now) per occurrence in reading order, and the manifest or None.

    A figure whose control and bookmark were deleted is not there; one that was copied is there twice.
    """

    texts: tuple[tuple[str, str], ...]
    manifest: bytes | None


def read_word(path: Path, limits: WordLimits) -> WordReading:
    """Read every figure's text and the manifest. Raises WordRefused for what is no Word file or is unsafe to open."""
    _check_beginning(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path, limits)
            body = _parsed(archive, _main_part(archive, path), path)
            names = (name for name in archive.namelist() if name.startswith("customXml/") and name.endswith(".xml"))
            manifest = unwrapped(_parsed(archive, name, path) for name in names)
    # zipfile raises RuntimeError for a part with a password and NotImplementedError for an unknown packing.
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, ValueError) as problem:
        raise WordRefused("word-damaged", file=path.name, why=str(problem)) from problem
    return WordReading(tuple(figure_texts(body)), manifest)


def figure_texts(body: Element) -> Iterator[tuple[str, str]]:
    """Yield each figure's text in reading order: by the name of its control, else by its bookmark."""
    reader = _Reader()
    for part in body.iter(*_HANDLERS):
        if not _is_hidden(part):
            _HANDLERS[str(part.tag)](reader, part)
    for each in reader.found:
        if each.counts:
            yield each.figure_id, "".join(each.pieces)


@dataclass
class _Found:
    figure_id: str
    pieces: list[str] = field(default_factory=list)
    by_bookmark: bool = False
    replaced: bool = False

    @property
    def counts(self) -> bool:
        """A bookmark without text is what deleting a number leaves behind."""
        return not self.replaced and bool(self.pieces or not self.by_bookmark)


@dataclass
class _Reader:
    found: list[_Found] = field(default_factory=list)
    bookmarks: dict[str, _Found] = field(default_factory=dict)

    def control(self, part: Element) -> None:
        figure_id = _control_id(part)
        if figure_id is None:
            return
        for each in self.bookmarks.values():
            each.replaced = each.replaced or each.figure_id == figure_id
        asks_for_text = part.find("w:sdtPr/w:showingPlcHdr", NAMESPACES) is not None
        texts = () if asks_for_text else part.iterfind("w:sdtContent//w:t", NAMESPACES)
        self.found.append(_Found(figure_id, [text.text or "" for text in texts if not _is_hidden(text)]))

    def start(self, part: Element) -> None:
        match = BOOKMARK_NAME.fullmatch(part.get(qualified("name"), ""))
        if match is None:
            return
        entry = _Found(match[1], by_bookmark=True)
        entry.replaced = any(_control_id(above) == match[1] for above in part.iterancestors(qualified("sdt")))
        self.bookmarks[part.get(qualified("id"), "")] = entry
        self.found.append(entry)

    def end(self, part: Element) -> None:
        self.bookmarks.pop(part.get(qualified("id"), ""), None)

    def text(self, part: Element) -> None:
        for each in self.bookmarks.values():
            each.pieces.append(part.text or "")


_HANDLERS: dict[str, Callable[[_Reader, Element], None]] = {
    qualified("sdt"): _Reader.control,
    qualified("bookmarkStart"): _Reader.start,
    qualified("bookmarkEnd"): _Reader.end,
    qualified("t"): _Reader.text,
}


def _control_id(control: Element) -> str | None:
    for name in ("alias", "tag"):
        named = control.find(f"w:sdtPr/w:{name}", NAMESPACES)
        match = CONTROL_NAME.fullmatch(named.get(qualified("val"), "")) if named is not None else None
        if match:
            return match[1]
    return None


def _is_hidden(part: Element) -> bool:
    return any(above.tag in _HIDDEN_TEXT for above in part.iterancestors())


def _check_beginning(path: Path, limits: WordLimits) -> None:
    if not path.is_file():
        raise WordRefused("word-not-found", file=path.name)
    _check_limit(path, "bytes", limits.bytes, path.stat().st_size)
    with path.open("rb") as file:
        beginning = file.read(len(_OLE_MAGIC))
    if beginning == _OLE_MAGIC:
        raise WordRefused("word-old-or-locked", file=path.name)
    if not beginning.startswith(_ZIP_MAGIC):
        raise WordRefused("word-not-word", file=path.name)


def _check_sizes(archive: zipfile.ZipFile, path: Path, limits: WordLimits) -> None:
    # A part never unpacks to more than its entry says: zipfile stops there and then finds the checksum wrong.
    parts = archive.infolist()
    _check_limit(path, "parts", limits.parts, len(parts))
    _check_limit(path, "unpacked_bytes", limits.unpacked_bytes, sum(part.file_size for part in parts))
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > limits.unpacked_free_bytes and ratio > limits.unpacked_ratio:
            most, found = limits.unpacked_ratio, ratio
            raise WordRefused("word-packed-too-tightly", file=path.name, part=part.filename, most=most, found=found)


def _check_limit(path: Path, limit: str, most: int, found: int) -> None:
    if found > most:
        raise WordRefused("word-too-large", file=path.name, limit=limit, most=most, found=found)


def _main_part(archive: zipfile.ZipFile, path: Path) -> str:
    if _ROOT_RELATIONS in archive.namelist():
        for relation in _parsed(archive, _ROOT_RELATIONS, path).iter(_RELATION):
            target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            if relation.get("Type", "").endswith("/officeDocument") and target in archive.namelist():
                return target
    raise WordRefused("word-not-word", file=path.name)


def _parsed(archive: zipfile.ZipFile, name: str, path: Path) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as problem:
        raise WordRefused("word-damaged", file=path.name, why=f"{name}: {problem}") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise WordRefused("word-with-document-type", file=path.name, part=name)
    return root
