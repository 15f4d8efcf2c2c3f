"""The register's own tables: nation, provinces and kabupaten/kota with their code in every edition.

``data/SOURCES.md`` says where each fact comes from. Kecamatan and desa are in :mod:`nangkis.regions.villages`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from nangkis.vocabulary.codes import CodeSystem


KEMENDAGRI = CodeSystem("kemendagri", 2025)
CONTOH = CodeSystem("contoh", 2026)
CANONICAL = {"kemendagri": KEMENDAGRI, "bps": KEMENDAGRI, "contoh": CONTOH}
NATION = "00"
_COLUMNS = {
    "kemendagri_2025": KEMENDAGRI,
    "kemendagri_2020": CodeSystem("kemendagri", 2020),
    "bps_2025": CodeSystem("bps", 2025),
    "bps_2020": CodeSystem("bps", 2020),
    "contoh_2026": CONTOH,
}
SYSTEMS = tuple(_COLUMNS.values())


@dataclass(frozen=True)
class Entry:
    """One region of the tables: its canonical system and code, its name, its code in each edition that has one."""

    system: CodeSystem
    digits: str
    name: str
    codes: Mapping[CodeSystem, str]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the room's csv files."""
    text = (resources.files("nangkis.regions") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def entries() -> tuple[Entry, ...]:
    """Return nation, provinces and kabupaten/kota of both canonical systems, each parent before its children."""
    return tuple(_read())


def _read() -> Iterator[Entry]:
    nation = {system: NATION for system in SYSTEMS if system != CONTOH}
    yield Entry(KEMENDAGRI, NATION, "Indonesia", nation)
    for file, system in (("provinces.csv", KEMENDAGRI), ("kabkota.csv", KEMENDAGRI), ("contoh.csv", CONTOH)):
        for row in rows(file):
            codes = {edition: row[column] for column, edition in _COLUMNS.items() if row.get(column)}
            yield Entry(system, codes[system], row["name"], codes)
