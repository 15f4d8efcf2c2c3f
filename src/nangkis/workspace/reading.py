"""Opening a document that Nangkis made, perhaps edited since: its record, and what each figure reads now."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from nangkis.outputs.word.reading import WordLimits, read_word
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.workspace.opened import Workspace
from nangkis.workspace.record import Record, read_record


class DocumentWithoutRecord(RequestRefused):
    """The file carries no record: it was not made by Nangkis, or the record was removed."""


@dataclass(frozen=True)
class ReadDocument:
    """A document's record, and (figure id, text as it stands now) per occurrence in reading order."""

    record: Record
    texts: tuple[tuple[str, str], ...]


def read_document(workspace: Workspace, path: Path) -> ReadDocument:
    """Read a document back. Raises DocumentWithoutRecord, or the reader's refusal of a broken or unsafe file."""
    reading = read_word(path, word_limits(workspace.parameters))
    if reading.manifest is None:
        raise DocumentWithoutRecord("document-without-record", file=path.name)
    return ReadDocument(read_record(reading.manifest), reading.texts)


def word_limits(parameters: Parameters) -> WordLimits:
    """Return how much of a Word file is read.

    The newest limits hold whatever day the document says: they guard the machine that opens it.
    """
    value = parameters.on("batas_dokumen", date.max).value
    return WordLimits(**{field.name: int(value[field.name]) for field in fields(WordLimits)})
