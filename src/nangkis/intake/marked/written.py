"""The marked workbook of a file, written into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.messages import fill
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.personal import PersonalDataFound, refuse_personal_data
from nangkis.intake.limits import Limits
from nangkis.intake.marked.workbook import marked_workbook_bytes
from nangkis.intake.reading import SheetOutcome
from nangkis.lake.files import write_whole_bytes
from nangkis.vocabulary.refusals import FileRefused


_NAME_LETTERS = 120  # of 255 bytes that a file's name may have


@dataclass(frozen=True)
class Marking:
    """Where marked workbooks go, and in which language."""

    folder: Path
    language: Language


def write_marked(path: Path, outcomes: Sequence[SheetOutcome], marking: Marking, *, limits: Limits) -> Path | None:
    """Write the marked workbook of a file that was read, and return where; None for a file with personal data.

    The cells are read once more, so that an import without marks keeps none in memory. What stands in the folder
    already is never written over, because people correct marked workbooks: another content gets another name.
    Raises OSError when the folder cannot be written.
    """
    try:
        sheets = _sheets(path, outcomes, limits)
        refuse_personal_data(sheets, limits)  # the file may have changed since
        content = marked_workbook_bytes(sheets, outcomes, language=marking.language, limits=limits)
    except PersonalDataFound:
        return None
    marking.folder.mkdir(parents=True, exist_ok=True)
    name = fill("marked.file", marking.language, name=_unmarked(path.stem)[:_NAME_LETTERS])
    target, count = marking.folder / f"{name}.xlsx", 1
    while target.exists():
        if target.is_file() and target.read_bytes() == content:
            return target
        count += 1
        target = marking.folder / f"{name} ({count}).xlsx"
    write_whole_bytes(target, content)
    return target


def _unmarked(stem: str) -> str:
    """Return a file's name without what an earlier marking added to it."""
    for language in LANGUAGES:
        stem = stem.removesuffix(fill("marked.file", language, name=""))
    return stem


def _sheets(path: Path, outcomes: Sequence[SheetOutcome], limits: Limits) -> tuple[Sheet, ...]:
    if not any(outcome.sheet for outcome in outcomes):
        return ()
    try:
        return read_sheets(path, limits)
    except FileRefused:  # it was there a moment ago; its findings are still worth telling
        return ()
