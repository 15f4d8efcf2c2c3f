"""Opening a document that Nangkis made, perhaps edited since: its record, and what each figure reads now."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TypeVar

from nangkis.content.numbers import MINUS
from nangkis.outputs.excel.reading import read_excel
from nangkis.outputs.office_zip import OfficeLimits
from nangkis.outputs.pdf.reading import PdfLimits, read_pdf
from nangkis.outputs.word.reading import read_word
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.formats import WRITERS, Format, format_of
from nangkis.workspace.opened import Workspace
from nangkis.workspace.record import Record, read_record


L = TypeVar("L", OfficeLimits, PdfLimits)
_MOST_NAMED = 3  # files of a folder
_NUMBER = re.compile(rf"{MINUS}?\d+(?:[.,]\d+)*")


class DocumentWithoutRecord(RequestRefused):
    """The file carries no record: it was not made by Nangkis, or the record was removed."""


class DocumentIsFolder(RequestRefused):
    """A folder was named where a document should be: which of its files is meant is not guessed."""


@dataclass(frozen=True)
class ReadDocument:
    """A document's record, and (figure id, text as it stands now) per occurrence in reading order.

    ``is_located``: each figure was found at its place. A PDF names no places: its texts say only that the number is
    printed somewhere, as often as it should be; where it is not, the texts of its figures are left out.
    """

    record: Record
    texts: tuple[tuple[str, str], ...]
    is_located: bool = True


def read_document(workspace: Workspace, path: Path) -> ReadDocument:
    """Read a document back. Raises DocumentIsFolder, DocumentWithoutRecord, or a broken or unsafe file's."""
    if path.is_dir():
        endings = {writer.ending for writer in WRITERS.values()}
        inside = sorted(each.name for each in path.iterdir() if each.suffix.lower() in endings)
        raise DocumentIsFolder("document-is-folder", folder=str(path), inside="; ".join(inside[:_MOST_NAMED]) or "—")
    kind = format_of(path)
    if kind is Format.PDF:
        return _read_pdf(workspace, path)
    read = read_excel if kind is Format.EXCEL else read_word
    reading = read(path, word_limits(workspace.parameters))
    return ReadDocument(_record(reading.manifest, path), reading.texts)


def _read_pdf(workspace: Workspace, path: Path) -> ReadDocument:
    reading = read_pdf(path, pdf_limits(workspace.parameters))
    record = _record(reading.manifest, path)
    return ReadDocument(record, tuple(_printed(record, reading.text)), is_located=False)


def _record(manifest: bytes | None, path: Path) -> Record:
    if manifest is None:
        raise DocumentWithoutRecord("document-without-record", file=path.name)
    return read_record(manifest)


def _printed(record: Record, text: str) -> list[tuple[str, str]]:
    """Return the figures whose number stands in the text as often as all figures that read so are printed."""
    found = Counter(_NUMBER.findall(text))
    wanted: Counter[str] = Counter()
    for kept in record.figures.values():
        wanted[kept.text] += kept.times
    return [
        (name, kept.text)
        for name, kept in record.figures.items()
        if found[kept.text] >= wanted[kept.text]
        for _ in range(min(kept.times, found[kept.text]))
    ]


def word_limits(parameters: Parameters) -> OfficeLimits:
    """Return how much of a Word file or a workbook is read."""
    return _limits(parameters, OfficeLimits)


def pdf_limits(parameters: Parameters) -> PdfLimits:
    """Return how much of a PDF is read."""
    return _limits(parameters, PdfLimits)


def _limits(parameters: Parameters, kind: type[L]) -> L:
    """The newest limits hold whatever day the document says: they guard the machine that opens it."""
    value = parameters.on("batas_dokumen", date.max).value
    return kind(**{field.name: int(value[field.name]) for field in fields(kind)})
