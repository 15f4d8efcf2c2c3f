"""Reads a PDF back: the manifest attached to it, and the text of its pages.

A PDF has no place to name a figure, so the text is all that can be looked at. The file is a stranger's: pypdf unpacks
no more than the limits allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration, get_configuration
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import StreamObject

from nangkis.outputs.pdf.content import MANIFEST_FILE
from nangkis.vocabulary.refusals import FileRefused


_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024  # bytes: readers allow something before it
_FORMS_PER_PAGE = 64  # pictures that are drawings; ours have a handful on a page
# A broken file makes pypdf stumble in its own code, in these ways.
_STUMBLES = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
    NotImplementedError, EOFError, AssertionError,
)  # fmt: skip


class PdfRefused(FileRefused):
    """The file is not one that can be read back as a PDF."""


@dataclass(frozen=True)
class PdfLimits:
    """How much is read: bytes of the file, pages, the manifest's bytes unpacked; bytes unpacked of one page's text.

    ``pdf_operations`` bounds the time that the text of all pages takes: the marks that draw it.
    """

    pdf_bytes: int
    pdf_pages: int
    pdf_manifest_bytes: int
    pdf_stream_bytes: int
    pdf_operations: int


@dataclass(frozen=True)
class PdfReading:
    """What was found: the manifest or None, and the text of all pages, which is empty for a PDF of pictures."""

    manifest: bytes | None
    text: str


def read_pdf(path: Path, limits: PdfLimits) -> PdfReading:
    """Read the attached manifest and the text. Raises PdfRefused for what is no PDF or is unsafe to open."""
    _check_beginning(path, limits)
    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            if reader.is_encrypted:
                raise PdfRefused("pdf-locked", file=path.name)
            manifest = _manifest(reader, limits)
            return PdfReading(manifest, _text(reader, path, limits) if manifest is not None else "")
    except LimitReachedError as problem:
        raise PdfRefused("pdf-bursts", file=path.name, why=str(problem)) from problem
    except _STUMBLES as problem:
        raise PdfRefused("pdf-damaged", file=path.name, why=type(problem).__name__) from problem


def _check_beginning(path: Path, limits: PdfLimits) -> None:
    if not path.is_file():
        raise PdfRefused("pdf-not-found", file=path.name)
    _check_limit(path, "pdf_bytes", limits.pdf_bytes, path.stat().st_size)
    with path.open("rb") as file:
        if _MAGIC not in file.read(_MAGIC_WITHIN):
            raise PdfRefused("pdf-not-pdf", file=path.name)


def _check_limit(path: Path, limit: str, most: int, found: int) -> None:
    if found > most:
        raise PdfRefused("pdf-too-large", file=path.name, limit=limit, most=most, found=found)


def _manifest(reader: PdfReader, limits: PdfLimits) -> bytes | None:
    """Return the attached file of our name; no other attachment is unpacked."""
    names = _names(reader)
    for name, entry in zip(names[::2], names[1::2], strict=False):
        if name == MANIFEST_FILE:
            with _unpacking_at_most(limits.pdf_manifest_bytes):
                attached = entry.get_object()["/EF"]["/F"]
                return attached.get_data() if isinstance(attached, StreamObject) else None
    return None


def _names(reader: PdfReader) -> list[Any]:
    """Return names and attachments in turn; a tree of names with branches is not of our making."""
    found: Any = reader.root_object
    for step in ("/Names", "/EmbeddedFiles"):
        below = found.get(step)
        if below is None:
            return []
        found = below.get_object()
    return list(found.get("/Names", ()))


def _text(reader: PdfReader, path: Path, limits: PdfLimits) -> str:
    operations = 0

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        _check_limit(path, "pdf_operations", limits.pdf_operations, operations)

    def pages() -> Iterator[str]:
        for page in reader.pages:
            if (contents := page.get_contents()) is not None:
                contents.get_data()  # extract_text takes a page that bursts for an empty one
            yield page.extract_text(visitor_operand_before=count)

    _check_limit(path, "pdf_pages", limits.pdf_pages, len(reader.pages))
    with _unpacking_at_most(limits.pdf_stream_bytes):
        return "\n".join(pages())


def _unpacking_at_most(count: int) -> AbstractContextManager[Configuration]:
    """Let pypdf unpack at most ``count`` bytes of any one stream, however often it is packed."""
    bounds = get_configuration().with_overwrites(
        maximum_declared_stream_length=count,
        array_based_stream_maximum_output_length=count,
        lzw_maximum_output_length=count,
        run_length_maximum_output_length=count,
        zlib_maximum_output_length=count,
        brotli_maximum_output_length=count,
        stream_decoding_work_maximum_length=count,
        xform_maximum_invocations_per_extraction=_FORMS_PER_PAGE,
    )
    return apply_configuration(bounds)
