"""In which lists of the nomenclature the matrix's codes are found: a code means nothing without its version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nangkis.content.sentences import Sentence, sentence
from nangkis.parameters.dated import Parameter, Parameters
from nangkis.planning.authority import RULE as LEVELS
from nangkis.vocabulary.figures import Label


PROGRAMMES = "nama_program"


@dataclass(frozen=True)
class Versions:
    """The list of programmes and that of levels of government in force; None on a day before them."""

    programmes: Parameter | None
    levels: Parameter | None


def versions_of(parameters: Parameters, on: date) -> Versions:
    """Return the lists in force on a day."""
    return Versions(parameters.in_force(PROGRAMMES, on), parameters.in_force(LEVELS, on))


def version_notes(versions: Versions, programmes: Iterable[str], unplaced: Iterable[str]) -> Iterator[Sentence]:
    """Say in which version codes were found, and which are in none; ``unplaced`` are kegiatan of no known level."""
    listed, levels = versions.programmes, versions.levels
    if listed is None or levels is None:
        yield sentence("planning.matrix.note.version.none")
        return
    title, place = listed.source.labels
    levels_title, _ = levels.source.labels
    yield sentence(
        "planning.matrix.note.version",
        title=title,
        place=place,
        since=Label(str(listed.in_force_from.year)),
        levels=levels_title,
        levels_since=Label(str(levels.in_force_from.year)),
    )
    absent = sorted(set(programmes) - set(listed.value))
    for code, found in (("programmes", absent), ("kegiatan", sorted(unplaced))):
        if found:
            yield sentence(f"planning.matrix.note.version.{code}", codes=Label(", ".join(found)))
