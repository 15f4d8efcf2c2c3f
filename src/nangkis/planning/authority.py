"""Whose affair a kegiatan is: a kabupaten may propose what belongs to the province, not plan it as its own."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from nangkis.parameters.dated import Parameters
from nangkis.regions.register import Level


RULE = "kewenangan_kegiatan"
_PART = 3  # of 1.01.02.2.01, counted from 0
_OWN = {Level.PROVINCE: "province", Level.KABUPATEN: "regency", Level.KOTA: "regency"}


class Authority(StrEnum):
    """Whose affair a kegiatan is, seen from a region."""

    OWN = "own"
    PROVINCE = "province"
    REGENCY = "regency"
    SPECIAL = "special"  # of a region with special autonomy
    UNKNOWN = "unknown"


def authority_levels(parameters: Parameters, on: date) -> dict[str, str]:
    """Return the level of government by the fourth part of a kegiatan code; empty on a day before the rule."""
    rule = parameters.in_force(RULE, on)
    # Before the rule no code says whose affair it is.
    return {} if rule is None else {str(part): str(level) for part, level in rule.value.items()}


def authority_of(kegiatan_code: str | None, level: Level, levels: dict[str, str]) -> Authority:
    """Return whose affair a kegiatan is, for a region of this level.

    >>> authority_of("1.01.02.1.01", Level.KABUPATEN, {"1": "province", "2": "regency"})
    <Authority.PROVINCE: 'province'>
    >>> authority_of("1.01.02.2.01", Level.KABUPATEN, {"1": "province", "2": "regency"})
    <Authority.OWN: 'own'>
    """
    parts = (kegiatan_code or "").split(".")
    found = levels.get(parts[_PART]) if len(parts) > _PART else None
    if found is None:
        return Authority.UNKNOWN
    return Authority.OWN if found == _OWN.get(level) else Authority(found)
