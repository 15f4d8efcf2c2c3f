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
from nangkis.intake.layouts.settled import settle
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.regions.names import Resolution, resolve_names
from nangkis.regions.register import Level, Place, place
from nangkis.regions.spelling import Word, written
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


# Also what a marked workbook, or a second download of a file, has in its name.
NOT_NAMES = re.compile(
    r"\b(?:apbd|postur|realisasi|anggaran|data|djpk|desember|tahun|ditandai|marked|(?:19|20)[0-9]{2})\b|–|\([0-9]+\)"
)
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
    told: list[Finding] = []
    here = _region(sheet, titles, request, told)
    year_in = words.year_reader(**rules.thresholds.years)
    content = year_in(" ".join(titles))
    year = settle(sheet, "year", content=content, said=request.year, of_name=year_in, told=told)
    system, prefix = rules.posture.without_budget
    under_prefix = here.region.system.name == system and here.region.digits.startswith(prefix)
    if under_prefix or here.level not in WITH_A_BUDGET:
        raise SheetRefused(
            "posture-region-without-budget", file=sheet.file, sheet=sheet.name, name=here.name, region=str(here.region)
        )
    return PostureContext(here, year, tuple(told))


def _region(sheet: Sheet, titles: Sequence[str], request: Request, told: list[Finding]) -> Place:
    found = {region for title in titles if (region := region_in(title)) is not None}
    content = found.pop() if len(found) == 1 else None
    said = place(request.region).region if request.region is not None else None
    return place(
        settle(sheet, "region", content=content, said=said, of_name=lambda _: _by_file_name(sheet, request), told=told)
    )


def _by_file_name(sheet: Sheet, request: Request) -> Region | None:
    """Return the region that the file's name means beside the others of its import. Raises SheetRefused for several."""
    name = name_in(sheet.file)
    names = tuple(sorted({*map(name_in, request.batch), name}))
    resolution = _resolved(names)[names.index(name)]
    here = resolution.place
    wanted = LEVEL_OF.get(written(name).word) if written(name).word else None  # type: ignore[arg-type]
    if here is not None and resolution.how in SURE and wanted in (None, here.level):
        return here.region
    if resolution.how == "ambiguous" or here is not None:
        shown = "; ".join(f"{meant.name} ({meant.region})" for meant in resolution.candidates)
        raise SheetRefused("posture-region-ambiguous", file=sheet.file, sheet=sheet.name, name=name, candidates=shown)
    return None


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
