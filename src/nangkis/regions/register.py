"""Which place a code means, in which system and edition, and what lies above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from nangkis.regions import invented, villages
from nangkis.regions.table import CANONICAL, CONTOH, KEMENDAGRI, NATION, SYSTEMS, Entry, entries
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.refusals import RequestRefused


class Level(StrEnum):
    """What kind of region a place is."""

    NATION = "nation"
    PROVINCE = "province"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    DESA = "desa"


@dataclass(frozen=True)
class Place:
    """A region that exists: its code in the canonical system, the official name, its level and what it lies in.

    Kabupaten and kota carry the word in their name (``Kabupaten Morowali``); provinces, kecamatan and desa do not.
    """

    region: Region
    name: str
    level: Level
    parent: Region | None


class RegionUnknown(RequestRefused):
    """No list that Nangkis knows has this code."""


class RegionNotInSystem(RequestRefused):
    """A region has no code in the system that was asked for."""


_LEVEL_BY_PARTS = {1: Level.PROVINCE, 3: Level.KECAMATAN, 4: Level.DESA}
_NEAREST_SHOWN = 3
_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


@lru_cache(maxsize=4096)
def place(region: Region) -> Place:
    """Return the place that a code means, its code in ``kemendagri-2025`` (or ``contoh-2026``).

    Raises RegionUnknown, with the nearest known codes, for a code or an edition that is on no list; kecamatan and
    desa are known in ``kemendagri-2025``, and in ``contoh-2026`` where they are invented.

    >>> place(Region.parse("bps-2020:7203")).name
    'Kabupaten Morowali'
    """
    if region.system not in SYSTEMS:
        known = ", ".join(str(system) for system in SYSTEMS)
        raise RegionUnknown("region-edition-unknown", region=str(region), system=str(region.system), known=known)
    written = as_written(region)
    canonical = _canonical_codes().get(written)
    if canonical is not None:
        return _places()[canonical]
    found = _village(written) if region.system in (KEMENDAGRI, CONTOH) else None
    if found is None:
        raise RegionUnknown("region-unknown", region=str(region), nearest=_nearest(written))
    return found


def in_system(region: Region, system: CodeSystem) -> Region:
    """Return the code of a nation, province, kabupaten or kota in another system or edition.

    Raises RegionNotInSystem when it has none there, such as Papua Selatan in 2020.
    """
    here = place(region)
    if here.region.system == system and here.level not in (Level.KECAMATAN, Level.DESA):
        return here.region  # the governments of benchmarks stand in no table of codes
    codes = _codes_by_system().get(here.region)
    code = None if codes is None else codes.get(system)
    if code is None:
        raise RegionNotInSystem("region-not-in-system", region=str(here.region), name=here.name, system=str(system))
    return Region(system, code)


@lru_cache(maxsize=1024)
def children(region: Region) -> tuple[Place, ...]:
    """Return the places one level down, in code order; nothing below a desa, or below a fictional kabupaten."""
    here = place(region)
    if here.level in (Level.NATION, Level.PROVINCE):
        return _children_by_parent()[here.region]
    if here.region.system != KEMENDAGRI:
        return ()  # one fictional kabupaten has kecamatan: to count them would tell of a province with no more of them
    return tuple(_placed(code, name) for code, name in villages.below(here.region.digits))


def beside(region: Region) -> tuple[Place, ...]:
    """Return the places of the same level below what lies right above a region, itself among them."""
    here = place(region)
    return (here,) if here.parent is None else children(here.parent)


def province_of(region: Region) -> Region:
    """Return the province that a region lies in, or is. Raises RegionNotInSystem for a nation."""
    here = place(region)
    if here.level is Level.NATION:
        raise RegionNotInSystem("region-without-province", region=str(here.region), name=here.name)
    return Region(here.region.system, here.region.digits[:2])


def nation_of(region: Region) -> Region:
    """Return the nation that a region lies in, or is."""
    return Region(place(region).region.system, NATION)


def regencies(province_or_nation: Region) -> tuple[Place, ...]:
    """Return every kabupaten and kota of a province or a nation, in code order; of a kabupaten or kota, itself."""
    here = place(province_or_nation)
    if here.level is Level.NATION:
        return tuple(regency for province in children(here.region) for regency in children(province.region))
    return children(here.region) if here.level is Level.PROVINCE else (here,)


def registered(system: CodeSystem) -> tuple[Place, ...]:
    """Return nation, provinces, kabupaten and kota of a canonical system, each parent before its children."""
    return tuple(found for found in _places().values() if found.region.system == system)


def is_fictional(region: Region) -> bool:
    """Say whether a region is one of the invented province that Nangkis teaches and tests with."""
    return region.system.name == CONTOH.name


def canonical(name: str) -> CodeSystem:
    """Return the system that places are kept in for a system's name: ``bps`` and ``kemendagri`` share one."""
    return CANONICAL[CodeSystem.parse(name).name]


def as_written(region: Region) -> Region:
    """Return the code as its own list writes it: ``72.06`` at Kemendagri, ``7203`` at BPS, ``7200`` being a province.

    >>> str(as_written(Region.parse("kemendagri:7206")))
    'kemendagri-2025:72.06'
    """
    if "." in region.digits and not _DOTTED.fullmatch(region.digits):
        return region  # 7.206 is a number with a thousands mark, 91.2 has lost a zero: neither is mended here
    bare = region.digits.replace(".", "")
    if region.system.name == "bps":
        return Region(region.system, bare[:2] if len(bare) == len("7200") and bare.endswith("00") else bare)
    parts = (bare[:2], bare[2:4], bare[4:6], bare[6:])
    return Region(region.system, ".".join(part for part in parts if part))


def _placed(digits: str, name: str, system: CodeSystem = KEMENDAGRI) -> Place:
    if digits == NATION:
        return Place(Region(system, digits), name, Level.NATION, None)
    above, _, _ = digits.rpartition(".")
    kind = Level.KOTA if name.startswith("Kota ") else Level.KABUPATEN
    level = _LEVEL_BY_PARTS.get(digits.count(".") + 1, kind)
    return Place(Region(system, digits), name, level, Region(system, above or NATION))


def _village(written: Region) -> Place | None:
    known = invented.names() if written.system == CONTOH else None
    name = villages.name_of(written.digits) if known is None else known.get(written.digits)
    return None if name is None else _placed(written.digits, name, written.system)


def _nearest(written: Region) -> str:
    """Name the known codes of the same system that share the longest beginning with this one."""
    known = [code for code in _canonical_codes() if code.system == written.system] + _siblings(written)
    ranked = sorted(known, key=lambda code: (-_shared(code.digits, written.digits), code.digits))
    return ", ".join(f"{code.digits} {place(code).name}" for code in ranked[:_NEAREST_SHOWN])


def _siblings(written: Region) -> list[Region]:
    above = Region(written.system, written.digits.rpartition(".")[0] or NATION)
    if above.digits.count(".") == 0 or above == written:
        return []
    try:
        return [here.region for here in children(above)]
    except RegionUnknown:
        return []


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


@cache
def _places() -> MappingProxyType[Region, Place]:
    found = (_placed(entry.digits, entry.name, entry.system) for entry in entries())
    return MappingProxyType({here.region: here for here in found})


@cache
def _canonical_codes() -> MappingProxyType[Region, Region]:
    return MappingProxyType({code: _home(entry) for entry in entries() for code in _all_codes(entry)})


@cache
def _codes_by_system() -> MappingProxyType[Region, MappingProxyType[CodeSystem, str]]:
    return MappingProxyType({_home(entry): MappingProxyType(dict(entry.codes)) for entry in entries()})


@cache
def _children_by_parent() -> MappingProxyType[Region, tuple[Place, ...]]:
    found: dict[Region, list[Place]] = {here.region: [] for here in _places().values()}
    for here in _places().values():
        if here.parent is not None:
            found[here.parent].append(here)
    return MappingProxyType({parent: _in_code_order(below) for parent, below in found.items()})


def _in_code_order(found: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(found, key=lambda here: here.region.digits))


def _home(entry: Entry) -> Region:
    return Region(entry.system, entry.digits)


def _all_codes(entry: Entry) -> Iterable[Region]:
    return (Region(system, digits) for system, digits in entry.codes.items())
