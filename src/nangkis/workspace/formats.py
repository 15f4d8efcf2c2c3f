"""The formats that a document is written in. Which file is of which is told by its content, never by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from nangkis.content.catalogue import Language
from nangkis.content.tree import Document
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.outputs.pdf.document import pdf_bytes
from nangkis.outputs.pdf.typesetting import TypesettingLimits
from nangkis.outputs.word.document import word_bytes
from nangkis.parameters.dated import Parameters
from nangkis.workspace.record import Record


class Format(StrEnum):
    """A kind of file that a document can be."""

    WORD = "word"
    PDF = "pdf"
    EXCEL = "excel"


class Renderer(Protocol):
    """Makes a file from a document's content."""

    def __call__(self, document: Document, *, language: Language, manifest: bytes, as_of: date) -> bytes:
        """Return the file; the same content gives the same bytes."""


@dataclass(frozen=True)
class Written:
    """How a format is written: the ending of its files, and what renders them under the limits of the parameters."""

    ending: str
    renderer: Callable[[Parameters], Renderer]

    def make(self, document: Document, record: Record, parameters: Parameters) -> bytes:
        """Return the file of a document with its record in it."""
        asked = record.request
        render = self.renderer(parameters)
        return render(document, language=asked.language, manifest=record.to_bytes(), as_of=asked.as_of)


def typesetting_limits(parameters: Parameters) -> TypesettingLimits:
    """Return the newest limits, whatever day the document says: they guard the machine that writes it."""
    value = parameters.on("batas_penulisan", date.max).value
    return TypesettingLimits(**{field.name: int(value[field.name]) for field in fields(TypesettingLimits)})


def _pdf_renderer(parameters: Parameters) -> Renderer:
    return partial(pdf_bytes, limits=typesetting_limits(parameters))


WRITERS: Mapping[Format, Written] = {
    Format.WORD: Written(".docx", lambda _: word_bytes),
    Format.PDF: Written(".pdf", _pdf_renderer),
    Format.EXCEL: Written(".xlsx", lambda _: excel_bytes),
}
_PDF_MAGIC, _PDF_MAGIC_WITHIN = b"%PDF-", 1024  # bytes: readers allow something before it
_BIGGEST_LISTING = 100 * 2**20  # bytes of a file whose parts are listed; each reader then has its own limit


def format_of(path: Path) -> Format:
    """Return the format that a file's content shows; what is neither a PDF nor a workbook is left to Word's reader."""
    if not path.is_file() or path.stat().st_size > _BIGGEST_LISTING:
        return Format.WORD
    with path.open("rb") as file:
        if _PDF_MAGIC in file.read(_PDF_MAGIC_WITHIN):
            return Format.PDF
    try:
        with zipfile.ZipFile(path) as archive:
            return Format.EXCEL if "xl/workbook.xml" in archive.namelist() else Format.WORD
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return Format.WORD
