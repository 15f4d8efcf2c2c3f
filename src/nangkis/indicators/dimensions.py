"""The dimensions of a region's life that indicators tell of; the catalogue holds one file for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from nangkis.indicators.catalogue import Indicator, by_file


class Dimension(StrEnum):
    """What an indicator tells of, in the order in which a plan takes them up."""

    CONSUMPTION = "konsumsi"
    EDUCATION = "pendidikan"
    HEALTH = "kesehatan"
    INFRASTRUCTURE = "infrastruktur-dasar"
    FOOD = "ketahanan-pangan"
    WORK = "ketenagakerjaan"
    ECONOMY = "ekonomi"
    PROTECTION = "perlindungan-sosial"
    DEVELOPMENT = "pembangunan-manusia"
    PEOPLE = "kependudukan"


# The one file that does not bear the name of its dimension: what else is told of consumption than poverty itself.
_ELSEWHERE = {"konsumsi_lain": Dimension.CONSUMPTION}


@cache
def members() -> Mapping[Dimension, tuple[Indicator, ...]]:
    """Return the indicators of each dimension, in the catalogue's order."""
    found: dict[Dimension, list[Indicator]] = {dimension: [] for dimension in Dimension}
    for name, entries in by_file().items():
        found[_ELSEWHERE.get(name) or Dimension(name.replace("_", "-"))].extend(entries.values())
    return MappingProxyType({dimension: tuple(own) for dimension, own in found.items()})


def dimension_of(code: str) -> Dimension:
    """Return the dimension of an indicator of the catalogue."""
    return _by_code()[code]


@cache
def _by_code() -> Mapping[str, Dimension]:
    return {one.code: dimension for dimension, own in members().items() for one in own}
