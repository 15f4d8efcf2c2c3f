"""Reads a Word file back after people and programs have edited it: each figure's text, and the manifest.

The file is a stranger's: no more is unpacked than the limits allow, and XML with a document type is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nangkis.outputs.office_zip import OfficeLimits, Refusals, opened_parts
from nangkis.outputs.word.found import figure_texts
from nangkis.outputs.word.manifest import unwrapped
from nangkis.outputs.word.relations import main_part
from nangkis.vocabulary.refusals import FileRefused


class WordRefused(FileRefused):
    """The file is not one that can be read back as a Word document."""


_REFUSALS = Refusals(
    WordRefused,
    not_found="word-not-found",
    too_large="word-too-large",
    old_or_locked="word-old-or-locked",
    other_kind="word-not-word",
    damaged="word-damaged",
    packed_too_tightly="word-packed-too-tightly",
    with_document_type="word-with-document-type",
)


@dataclass(frozen=True)
class WordReading:
    """What was found: (figure id, text as it stands now) per occurrence in reading order, and the manifest or None.

    A figure whose control and bookmark were deleted is not there; one that was copied is there twice.
    """

    texts: tuple[tuple[str, str], ...]
    manifest: bytes | None


def read_word(path: Path, limits: OfficeLimits) -> WordReading:
    """Read every figure's text and the manifest. Raises WordRefused for what is no Word file or is unsafe to open."""
    with opened_parts(path, limits, _REFUSALS) as parts:
        body = parts.parsed(main_part(parts))
        names = (name for name in parts.archive.namelist() if name.startswith("customXml/") and name.endswith(".xml"))
        manifest = unwrapped(parts.parsed(name) for name in names)
    return WordReading(tuple(figure_texts(body)), manifest)
