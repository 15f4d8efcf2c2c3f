"""What is marked in a sheet: for each flawed cell its gravest severity and the words of its comment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding, plain_refusal
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.marked.places import Place, names_cells, places_of
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.findings import Severity


# Colour is never alone: each sign is in Arial, and stands before the value by the cell's number format.
SIGNS = {
    Severity.ERROR: "\N{BLACK SQUARE}",
    Severity.WARNING: "\N{BLACK UP-POINTING TRIANGLE}",
    Severity.NOTE: "\N{BLACK CIRCLE}",
}
_COMMENT_LETTERS = 8_000  # what a person may still read; Excel's own end is 32,767


@dataclass(frozen=True)
class Told:
    """A finding, or the refusal of a sheet, in the words of one language."""

    severity: Severity
    at: str
    says: str
    do: str


@dataclass(frozen=True)
class Mark:
    """One flawed cell."""

    severity: Severity
    comment: str


def told_of(outcome: SheetOutcome, language: Language) -> list[Told]:
    """Return the refusal and the findings of a sheet, gravest first."""
    plain = [plain_finding(finding, language) for finding in outcome.findings]
    plain.sort(key=lambda each: list(Severity).index(Severity(each["severity"])))
    if outcome.refusal is not None:
        plain.insert(0, plain_refusal(outcome.refusal, language, at=outcome.sheet or outcome.file))
    return [Told(Severity(each["severity"]), each["at"], each["says"], each["do"]) for each in plain]


def marks_of(sheet: Sheet, told: Iterable[Told], language: Language) -> dict[Place, Mark]:
    """Return the marked cells of a sheet; ``told`` is gravest first, and so is each comment."""
    marks: dict[Place, Mark] = {}
    for each in told:
        words = _comment(each, sheet, language)
        for place in places_of(each.at, sheet):
            held = marks.get(place)
            severity, before = (held.severity, f"{held.comment}\n\n") if held else (each.severity, "")
            marks[place] = Mark(severity, shortened(before + words, _COMMENT_LETTERS))
    return marks


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many UTF-16 units, which are what Excel counts; a cut is shown by an ellipsis.

    >>> shortened("abcdef", 4)
    'abc…'
    """
    if len(text) * 2 <= most or len(text.encode("utf-16-le")) // 2 <= most:
        return text
    return text.encode("utf-16-le")[: (most - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _comment(told: Told, sheet: Sheet, language: Language) -> str:
    weight = fill(f"severity.{told.severity}", language)
    where = "" if names_cells(told.at, sheet) or told.at in told.says else f" {told.at}:"
    return f"{SIGNS[told.severity]} {weight}:{where} {told.says}\n{told.do}"
