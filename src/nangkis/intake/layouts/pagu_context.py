"""Region, year and stage of a budget sheet: from its content, else as said, else from the file's name (told)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from nangkis.budget.schema import Stage
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.layouts.settled import settle
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.regions.names import resolve_names
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


T = TypeVar("T")
REGION_WORDS = re.compile(
    r"\b(?:kabupaten|kab\.?|kota|provinsi)\s+[^\W\d_][\w'.-]*(?:\s+[^\W\d_][\w'.-]*){0,3}", re.IGNORECASE
)

# A sheet named RKPD below the title "Perubahan RKPD" contradicts nothing: the one name contains the other.
CONTAINS: Mapping[object, object] = {Stage.RKPD_P: Stage.RKPD, Stage.P_APBD: Stage.APBD, Stage.RAPBD: Stage.APBD}


@dataclass(frozen=True)
class PaguContext:
    """What holds for every line of the sheet, and what was found while looking for it."""

    region: Region
    year: int
    stage: Stage
    findings: tuple[Finding, ...]


def read_context(
    sheet: Sheet, header_row: int, letters: Mapping[str, str], request: Request, rules: Rules
) -> PaguContext:
    """Return region, year and stage. Raises SheetRefused when one is unsaid, or content and request contradict."""
    titles = [cell for row in sheet.head(header_row) for cell in row if cell]
    seek = _Seek(sheet, (*titles, sheet.name), header_row, letters)
    year_in = words.year_reader(**rules.thresholds.years)
    region = seek.find("region", region_in, request.region and place(request.region).region)
    year = seek.find("year", year_in, request.year)
    stage = seek.find("stage", words.stage_in, request.stage)
    return PaguContext(region, year, stage, tuple(seek.findings))


def settled_region(sheet: Sheet, titles: Iterable[str], request: Request, told: list[Finding]) -> Region:
    """Return the one region that titles name, else as said, else of the file's name. Raises as ``settle`` does."""
    found = {region for title in titles if (region := region_in(title)) is not None}
    content = found.pop() if len(found) == 1 else None
    said = None if request.region is None else place(request.region).region
    return settle(sheet, "region", content=content, said=said, of_name=region_in, told=told)


def region_in(text: str) -> Region | None:
    """Return the one region that a title or file name gives with its word (Kabupaten, Kota, Provinsi), else None."""
    found = {region for match in REGION_WORDS.finditer(text.replace("_", " ")) if (region := _longest(match[0]))}
    return found.pop() if len(found) == 1 else None


def _longest(phrase: str) -> Region | None:
    parts = phrase.split()
    for length in range(len(parts), 1, -1):
        name = " ".join(parts[:length])
        for system in ("kemendagri", "contoh"):
            resolution = resolve_names([name], system=system)[0]
            if resolution.place is not None:
                return resolution.place.region
    return None


class _Seek:
    """Looks for one thing after another, in the order of the design, and refuses a contradiction."""

    def __init__(self, sheet: Sheet, titles: tuple[str, ...], header_row: int, letters: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._titles = titles
        self._header_row = header_row
        self._letters = letters
        self.findings: list[Finding] = []

    def find(self, what: str, look: Callable[[str], T | None], said: T | None) -> T:
        content = self._in_column(what, look)
        if content is None:
            content = self._in_titles(look)
        return settle(self._sheet, what, content=content, said=said, of_name=look, told=self.findings)

    def _in_titles(self, look: Callable[[str], T | None]) -> T | None:
        found = {value for title in self._titles if (value := look(title)) is not None}
        found -= {general for special, general in CONTAINS.items() if special in found}
        return found.pop() if len(found) == 1 else None

    def _in_column(self, what: str, look: Callable[[str], T | None]) -> T | None:
        """Read a column of its own (Tahun, Tahapan): one answer for all rows, or a refusal."""
        letter = self._letters.get(what)
        if letter is None:
            return None
        cells = self._sheet.column(letter).label.slice(self._header_row + 1).drop_nulls().unique(maintain_order=True)
        found = {value for cell in cells.to_list() if (value := look(cell)) is not None}
        if len(found) > 1:
            several = ", ".join(sorted(map(str, found)))
            raise SheetRefused(
                "several-in-one-sheet", file=self._sheet.file, sheet=self._sheet.name, what=what, found=several
            )
        return found.pop() if found else None
