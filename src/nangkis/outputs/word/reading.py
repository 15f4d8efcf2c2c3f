"""Reads a Word file back after people and programs have edited it: each figure's text, and the manifest.

The file is a stranger's: no more is unpacked than the limits allow, and XML with a document type is refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import etree

from nangkis.outputs.word.found import figure_texts
from nangkis.outputs.word.manifest import unwrapped
from nangkis.outputs.word.xml import Element
from nangkis.vocabulary.refusals import FileRefused


_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # a .doc of before 2007, or a file with a password
_ZIP_MAGIC = b"PK"
_ROOT_RELATIONS = "_rels/.rels"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class WordRefused(FileRefused):
    """The file is not one that can be read back as a Word document."""


@dataclass(frozen=True)
class WordLimits:
    """How much is read: bytes of the file, bytes of all parts unpacked, and parts; of one XML part, bytes and marks.

    ``xml_marks`` bounds the memory that a parsed part takes: each element and attribute has one of the marks < and =.
    ``unpacked_ratio``, unpacked bytes per packed byte, is asked only of a part of more than ``unpacked_free_bytes``.
    """

    bytes: int
    unpacked_bytes: int
    unpacked_ratio: int
    unpacked_free_bytes: int
    parts: int
    xml_bytes: int
    xml_marks: int


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
            parsed = partial(_parsed, archive, path=path, limits=limits)
            body = parsed(_main_part(archive, path, parsed))
            names = (name for name in archive.namelist() if name.startswith("customXml/") and name.endswith(".xml"))
            manifest = unwrapped(parsed(name) for name in names)
    # zipfile raises RuntimeError for a part with a password and NotImplementedError for an unknown packing.
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, ValueError) as problem:
        raise WordRefused("word-damaged", file=path.name, why=str(problem)) from problem
    return WordReading(tuple(figure_texts(body)), manifest)


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


def _main_part(archive: zipfile.ZipFile, path: Path, parsed: Callable[[str], Element]) -> str:
    if _ROOT_RELATIONS in archive.namelist():
        for relation in parsed(_ROOT_RELATIONS).iter(_RELATION):
            target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            if relation.get("Type", "").endswith("/officeDocument") and target in archive.namelist():
                return target
    raise WordRefused("word-not-word", file=path.name)


def _parsed(archive: zipfile.ZipFile, name: str, *, path: Path, limits: WordLimits) -> Element:
    _check_limit(path, "xml_bytes", limits.xml_bytes, archive.getinfo(name).file_size)
    content = archive.read(name)
    _check_limit(path, "xml_marks", limits.xml_marks, content.count(b"<") + content.count(b"="))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise WordRefused("word-damaged", file=path.name, why=f"{name}: {problem}") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise WordRefused("word-with-document-type", file=path.name, part=name)
    return root
