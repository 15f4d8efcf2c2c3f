"""Fictional regions that no list holds: the desa of the example, and for benchmarks a nation's governments.

A code means one of them when it is asked for; nothing lists them as parts of the fictional nation, whose figures are
those of one province.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType

from nangkis.regions.table import rows


# Numbers that neither Kemendagri nor BPS gives to a province; as many provinces, kabupaten and kota as Indonesia has.
PROVINCES = tuple(f"{number:02d}" for number in chain(range(1, 11), range(22, 31), range(37, 51), range(54, 59)))
REGENCIES = 514


@cache
def governments() -> Mapping[str, str]:
    """Return the names of the regions of benchmarks by code, each province before what lies in it."""
    found: dict[str, str] = {}
    fewest, more = divmod(REGENCIES, len(PROVINCES))
    for position, province in enumerate(PROVINCES):
        found[province] = f"Contoh Uji {province}"
        for number in range(1, fewest + (position < more) + 1):
            code = f"{province}.{number:02d}"
            found[code] = f"Kabupaten Contoh Uji {code}"
    return MappingProxyType(found)


@cache
def names() -> Mapping[str, str]:
    """Return the names of all fictional regions that no list holds, by code."""
    desa = {row["contoh_2026"]: row["name"] for row in rows("contoh_desa.csv")}
    return MappingProxyType({**desa, **governments()})
