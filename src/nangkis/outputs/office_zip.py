"""The door for Office files of strangers: zip archives of XML parts, Word documents and workbooks alike.

No more is unpacked than the limits allow, and XML with a document type is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from nangkis.outputs.xml_tree import Element
from nangkis.vocabulary.refusals import FileRefused


_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # a file of before 2007, or one with a password
_ZIP_MAGIC = b"PK"


@dataclass(frozen=True)
class OfficeLimits:
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
class Refusals:
    """How one kind of file is refused: the class, and its code for each reason."""

    refused: type[FileRefused]
    not_found: str
    too_large: str
    old_or_locked: str
    other_kind: str
    damaged: str
    packed_too_tightly: str
    with_document_type: str


@dataclass(frozen=True)
class Parts:
    """The parts of an archive that passed the door."""

    path: Path
    archive: zipfile.ZipFile
    limits: OfficeLimits
    refusals: Refusals

    def parsed(self, name: str) -> Element:
        """Return a part as XML. Raises the kind's refusal for one that is too large, broken or unsafe."""
        refusals, limits = self.refusals, self.limits
        _check_limit(self.path, refusals, "xml_bytes", limits.xml_bytes, self.archive.getinfo(name).file_size)
        content = self.archive.read(name)
        marks = content.count(b"<") + content.count(b"=")
        _check_limit(self.path, refusals, "xml_marks", limits.xml_marks, marks)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as problem:
            raise refusals.refused(refusals.damaged, file=self.path.name, why=f"{name}: {problem}") from problem
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusals.refused(refusals.with_document_type, file=self.path.name, part=name)
        return root


@contextmanager
def opened_parts(path: Path, limits: OfficeLimits, refusals: Refusals) -> Iterator[Parts]:
    """Open an Office file; what breaks while it is read is refused as damage. Raises the kind's refusals."""
    _check_beginning(path, limits, refusals)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path, limits, refusals)
            yield Parts(path, archive, limits, refusals)
    # zipfile raises RuntimeError for a part with a password and NotImplementedError for an unknown packing.
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError, ValueError) as problem:
        raise refusals.refused(refusals.damaged, file=path.name, why=str(problem)) from problem


def _check_beginning(path: Path, limits: OfficeLimits, refusals: Refusals) -> None:
    if not path.is_file():
        raise refusals.refused(refusals.not_found, file=path.name)
    _check_limit(path, refusals, "bytes", limits.bytes, path.stat().st_size)
    with path.open("rb") as file:
        beginning = file.read(len(_OLE_MAGIC))
    if beginning == _OLE_MAGIC:
        raise refusals.refused(refusals.old_or_locked, file=path.name)
    if not beginning.startswith(_ZIP_MAGIC):
        raise refusals.refused(refusals.other_kind, file=path.name)


def _check_sizes(archive: zipfile.ZipFile, path: Path, limits: OfficeLimits, refusals: Refusals) -> None:
    # A part never unpacks to more than its entry says: zipfile stops there and then finds the checksum wrong.
    parts = archive.infolist()
    _check_limit(path, refusals, "parts", limits.parts, len(parts))
    _check_limit(path, refusals, "unpacked_bytes", limits.unpacked_bytes, sum(part.file_size for part in parts))
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > limits.unpacked_free_bytes and ratio > limits.unpacked_ratio:
            values = {"part": part.filename, "most": limits.unpacked_ratio, "found": ratio}
            raise refusals.refused(refusals.packed_too_tightly, file=path.name, **values)


def _check_limit(path: Path, refusals: Refusals, limit: str, most: int, found: int) -> None:
    if found > most:
        raise refusals.refused(refusals.too_large, file=path.name, limit=limit, most=most, found=found)
