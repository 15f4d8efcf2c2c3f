"""What a layout is: a name, a version, how it is recognised, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.refusals import FileRefused


class SheetRefused(FileRefused):
    """A sheet cannot be read: its layout, region, year, stage, indicator or codes are unknown or contradict."""


def nothing_accepted(sheet: Sheet, findings: Iterable[Finding]) -> SheetRefused:
    """Return the refusal of a sheet of which no row is accepted, with the first of what was found."""
    first = next(iter(findings), None)
    if first is None:
        return SheetRefused("no-data-row", file=sheet.file, sheet=sheet.name)
    return SheetRefused("no-row-accepted", file=sheet.file, sheet=sheet.name, first=first)


@dataclass(frozen=True)
class Recognition:
    """How far a sheet is of this layout: ``lacks`` names what is not there: codes of ``word.lacks.<code>``."""

    score: float  # 1: everything is there; 0: nothing is
    lacks: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Nothing is lacking."""
        return not self.lacks


@dataclass(frozen=True)
class Layout:
    """One kind of sheet. ``read`` raises SheetRefused; a new meaning of the same cells needs a new ``version``."""

    name: str
    version: int
    recognise: Callable[[SheetSeen], Recognition]
    read: Callable[[SheetSeen, Request], Reading]


def recognition(found: dict[str, bool]) -> Recognition:
    """Return how much of what a layout needs was found, by the code of each thing."""
    lacks = tuple(code for code, there in found.items() if not there)
    return Recognition(1 - len(lacks) / len(found), lacks)


def check_found(found: Recognition, sheet: Sheet) -> None:
    """Refuse a sheet that lacks anything of what a layout needs. Raises SheetRefused."""
    if not found.complete:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
