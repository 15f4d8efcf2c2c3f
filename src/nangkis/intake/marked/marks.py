"""What is marked in a sheet: for each flawed cell its gravest severity and the words of its comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nangkis.content.catalogue import Language
from nangkis.content.messages import fill, plain_finding, plain_refusal
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.marked.places import Place, cells_named, names_cells, of_sheet, places_in, places_of
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.findings import ColumnCells, Finding, Severity


# Colour is never alone: each sign is in Arial, and stands before the value by the cell's number format.
SIGNS = {
    Severity.ERROR: "\N{BLACK SQUARE}",
    Severity.WARNING: "\N{BLACK UP-POINTING TRIANGLE}",
    Severity.NOTE: "\N{BLACK CIRCLE}",
}
_COMMENT_LETTERS = 8_000  # what a person may still read; Excel's own end is 32,767


@dataclass(frozen=True)
class Told:
    """A finding, or the refusal of a sheet, in the words of one language.

    ``count`` is how many cells it concerns; None where that is a column, a sheet or a file.
    """

    severity: Severity
    at: str
    says: str
    do: str
    count: int | None = None
    cells: tuple[ColumnCells, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One flawed cell; its comment may be empty."""

    severity: Severity
    comment: str


def told_of(outcome: SheetOutcome, language: Language) -> list[Told]:
    """Return the refusal and the findings of a sheet, gravest first."""
    ordered = sorted(outcome.findings, key=lambda finding: list(Severity).index(finding.severity))
    told = [_told(plain_finding(each, language), cells_of(each), each.cells) for each in ordered]
    if outcome.refusal is not None:
        told.insert(0, _told(plain_refusal(outcome.refusal, language, at=outcome.sheet or outcome.file)))
    return told


def _told(plain: Mapping[str, str], count: int | None = None, cells: tuple[ColumnCells, ...] = ()) -> Told:
    return Told(Severity(plain["severity"]), plain["at"], plain["says"], plain["do"], count, cells)


def cells_of(finding: Finding) -> int | None:
    """Return how many cells a finding concerns; None where it is of a column, a range or a sheet."""
    if finding.cells:
        return sum(len(cells.rows) for cells in finding.cells)
    named, said = cells_named(finding.at), finding.values.get("count")
    if named is None:
        return None
    return max(named, said) if named > 1 and isinstance(said, int) else named


def marks_of(sheet: Sheet, told: Iterable[Told], language: Language, *, commented: int) -> dict[Place, Mark]:
    """Return the marked cells of a sheet; ``told`` is gravest first, and so is each comment.

    Each finding marks all its cells, and comments on the first ones, at most ``commented``.
    """
    marks: dict[Place, Mark] = {}
    for each in told:
        words = shortened(_comment(each, sheet, language), _COMMENT_LETTERS)
        first, further = Mark(each.severity, words), Mark(each.severity, "")  # one object for many cells
        places = places_in(each.cells) if each.cells and of_sheet(each.at, sheet) else places_of(each.at, sheet)
        for count, place in enumerate(places):
            mark = first if count < commented else further
            marks[place] = _both(marks[place], mark) if place in marks else mark
    return marks


def _both(held: Mark, mark: Mark) -> Mark:
    """Return a mark that was held already with another one, which is not graver."""
    if not mark.comment:
        return held
    comment = f"{held.comment}\n\n{mark.comment}" if held.comment else mark.comment
    return Mark(held.severity, shortened(comment, _COMMENT_LETTERS))


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
