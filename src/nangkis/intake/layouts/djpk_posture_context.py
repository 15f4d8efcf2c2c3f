"""Region and year of a posture: from its titles, else as said, else from the file's name (told).

The ministry of finance numbers regions in an order of its own (province selector, region selector). Such numbers in a
file's name are never read as a code: 12 is Kota Padang there, and Kabupaten Pasaman Barat at Kemendagri.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.pagu_context import region_in
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.regions.names import Resolution, resolve_names
from nangkis.regions.register import Level, Place, place
from nangkis.regions.spelling import Word, written
from nangkis.vocabulary.findings import Finding, Severity


NOT_NAMES = re.compile(r"\b(?:apbd|postur|realisasi|anggaran|data|djpk|desember|tahun|(?:19|20)[0-9]{2})\b")
LEVEL_OF = {Word.KOTA: Level.KOTA, Word.KABUPATEN: Level.KABUPATEN, Word.PROVINCE: Level.PROVINCE}
WITH_A_BUDGET = (Level.PROVINCE, Level.KABUPATEN, Level.KOTA)
SURE = ("exact", "spelling", "kota-in-batch")


@dataclass(frozen=True)
class PostureContext:
    """What holds for every account of the sheet, and what was found while looking for it."""

    place: Place
    year: int
    findings: tuple[Finding, ...]


def read_context(sheet: Sheet, titles: Sequence[str], request: Request, rules: Rules) -> PostureContext:
    """Return region and year. Raises SheetRefused when one is unsaid, contradicts, or has no budget of its own."""
    here, by_name = _region(sheet, titles, request)
    year, year_by_name = _year(sheet, titles, request, rules)
    told = {"region": (by_name, str(here.region)), "year": (year_by_name, str(year))}
    findings = tuple(
        Finding(
            "taken-from-file-name", Severity.WARNING, sheet.name, {"file": sheet.file, "what": what, "found": found}
        )
        for what, (is_told, found) in told.items()
        if is_told
    )
    system, prefix = rules.posture.without_budget
    under_prefix = here.region.system.name == system and here.region.digits.startswith(prefix)
    if under_prefix or here.level not in WITH_A_BUDGET:
        raise SheetRefused(
            "posture-region-without-budget", file=sheet.file, sheet=sheet.name, name=here.name, region=str(here.region)
        )
    return PostureContext(here, year, findings)


def _region(sheet: Sheet, titles: Sequence[str], request: Request) -> tuple[Place, bool]:
    found = {region for title in titles if (region := region_in(title)) is not None}
    content = place(found.pop()) if len(found) == 1 else None
    said = place(request.region) if request.region is not None else None
    if content is not None and said is not None and content.region != said.region:
        raise _contradiction(sheet, "region", str(said.region), str(content.region))
    if content is not None or said is not None:
        return content or said or _by_file_name(sheet, request), False
    return _by_file_name(sheet, request), True


def _by_file_name(sheet: Sheet, request: Request) -> Place:
    """Return the region that the file's name means beside the others of its import. Raises SheetRefused."""
    name = name_in(sheet.file)
    names = tuple(sorted({*map(name_in, request.batch), name}))
    resolution = _resolved(names)[names.index(name)]
    here = resolution.place
    wanted = LEVEL_OF.get(written(name).word) if written(name).word else None  # type: ignore[arg-type]
    if here is not None and resolution.how in SURE and wanted in (None, here.level):
        return here
    if resolution.how == "ambiguous" or here is not None:
        shown = "; ".join(f"{meant.name} ({meant.region})" for meant in resolution.candidates)
        raise SheetRefused("posture-region-ambiguous", file=sheet.file, sheet=sheet.name, name=name, candidates=shown)
    raise SheetRefused("unsaid", file=sheet.file, sheet=sheet.name, what="region", option="--region")


def name_in(file: str) -> str:
    """Return what a file's name says besides the year and words that every such file has.

    >>> name_in("APBD_Kota_Kediri_2021.csv")
    'kota kediri'
    """
    stem = Path(file).stem.replace("_", " ").replace("-", " ").casefold()
    return " ".join(NOT_NAMES.sub(" ", stem).split())


@lru_cache(maxsize=8)
def _resolved(names: tuple[str, ...]) -> tuple[Resolution, ...]:
    """Return what the names of a batch mean; a fictional region only where no name is a real one."""
    real = resolve_names(names)
    if any(found.candidates and found.how != "unknown" for found in real):
        return real
    fictional = resolve_names(names, system="contoh")
    return fictional if any(found.place for found in fictional) else real


def _year(sheet: Sheet, titles: Sequence[str], request: Request, rules: Rules) -> tuple[int, bool]:
    bounds = {"earliest": rules.thresholds.earliest_year, "latest": rules.thresholds.latest_year}
    content = words.years_in(" ".join(titles), **bounds)
    if len(content) == 1:
        if request.year not in (None, content[0]):
            raise _contradiction(sheet, "year", str(request.year), str(content[0]))
        return content[0], False
    if request.year is not None:
        return request.year, False
    by_name = words.years_in(Path(sheet.file).stem, **bounds)
    if len(by_name) == 1:
        return by_name[0], True
    raise SheetRefused("unsaid", file=sheet.file, sheet=sheet.name, what="year", option="--year")


def _contradiction(sheet: Sheet, what: str, said: str, found: str) -> SheetRefused:
    return SheetRefused("request-contradicts", file=sheet.file, sheet=sheet.name, what=what, said=said, found=found)
