"""What a file must say: from its content, else as the user said, else from its name, which is told (design rule 2)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from nangkis.indicators.catalogue import indicators
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.request import Request
from nangkis.vocabulary.findings import Finding, Severity


T = TypeVar("T")
OPTIONS = {"region": "--region", "year": "--year", "stage": "--stage", "nomenclature": "--nomenclature"}


def settle(
    sheet: Sheet,
    what: str,
    *,
    content: T | None,
    said: T | None,
    of_name: Callable[[str], T | None],
    told: list[Finding],
) -> T:
    """Return what a sheet must say; ``of_name`` looks for it in the file's name without its ending.

    What the name gave is added to ``told``, and so is another year than the one taken.
    Raises SheetRefused when content and user contradict, or nobody says it.
    """
    if content is not None and said is not None and content != said:
        raise contradiction(sheet, what, said=said, found=content)
    settled = content if content is not None else said
    if settled is None:
        return _by_name(sheet, what, of_name(Path(sheet.file).stem), told)
    if what == "year":  # the region of a name may be ambiguous, and its stage the one of another document
        _tell_other_name(sheet, what, of_name(Path(sheet.file).stem), settled, told)
    return settled


def indicator_said(sheet: Sheet, request: Request) -> str | None:
    """Return the indicator that the user said. Raises SheetRefused for one that the catalogue does not have."""
    said = request.indicator
    if said is not None and said not in indicators():
        raise SheetRefused("indicator-unknown", file=sheet.file, said=said, known=", ".join(indicators()))
    return said


def contradiction(sheet: Sheet, what: str, *, said: object, found: object) -> SheetRefused:
    """Return the refusal of a sheet that says something else than the user."""
    return SheetRefused(
        "request-contradicts", file=sheet.file, sheet=sheet.name, what=what, said=str(said), found=str(found)
    )


def _tell_other_name(sheet: Sheet, what: str, named: object, taken: object, told: list[Finding]) -> None:
    if named is not None and named != taken:
        values: dict[str, object] = {"file": sheet.file, "what": what, "named": str(named), "taken": str(taken)}
        told.append(Finding("file-name-differs", Severity.NOTE, sheet.name, values))


def _by_name(sheet: Sheet, what: str, found: T | None, told: list[Finding]) -> T:
    if found is None:
        raise SheetRefused("unsaid", file=sheet.file, sheet=sheet.name, what=what, option=OPTIONS[what])
    values: dict[str, object] = {"file": sheet.file, "what": what, "found": str(found)}
    told.append(Finding("taken-from-file-name", Severity.WARNING, sheet.name, values))
    return found
