"""Units that a header or a title says: people instead of thousands of them, thousands of rupiah, a year's poverty line.

An indicator is kept in one unit; what is said in another is brought to it, or refused where that would be a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.intake.repairs.numbers import PLACES_MOST
from nangkis.vocabulary.units import Unit


PEOPLE = r"(?<!per )(?<!/)(?<!/ )\b(?:jiwa|orang|people|persons)\b"
MONEY = r"(?:rupiah|rp\b)"
# What the words of a header say of an indicator's unit, by that unit; the first that fits gives the factor.
FACTORS: dict[Unit, tuple[tuple[re.Pattern[str], float], ...]] = {
    Unit.THOUSAND_PEOPLE: (
        (re.compile(rf"\bjuta(?:an)?(?: ?{PEOPLE})"), 1000.0),
        (re.compile(r"\bribu(?:an)?\b|\bthousands?\b|\(000|\bmiskin ribu\b"), 1.0),
        (re.compile(PEOPLE), 0.001),
    ),
    Unit.PEOPLE: (
        (re.compile(rf"\bjuta(?:an)? ?{PEOPLE}|\bmillion ?{PEOPLE}"), 1_000_000.0),
        (re.compile(rf"\bribu(?:an)? ?{PEOPLE}|\bthousand ?{PEOPLE}"), 1000.0),
        (re.compile(PEOPLE), 1.0),
    ),
    Unit.RUPIAH_PER_PERSON_MONTH: (
        (re.compile(rf"\bribu(?:an)? ?{MONEY}|{MONEY}\.? ?ribu(?:an)?\b|{MONEY}\.? ?\(?000\b"), 1000.0),
        (re.compile(rf"\bjuta(?:an)? ?{MONEY}|{MONEY}\.? ?juta(?:an)?\b"), 1_000_000.0),
    ),
    Unit.THOUSAND_RUPIAH_PER_PERSON_YEAR: (
        (re.compile(rf"\bjuta(?:an)? ?{MONEY}|{MONEY}\.? ?juta(?:an)?\b|\bmillion[ _]?(?:rupiah|idr)"), 1000.0),
        (re.compile(rf"\bribu(?:an)? ?{MONEY}|{MONEY}\.? ?ribu(?:an)?\b|\bthousand[ _]?(?:rupiah|idr)"), 1.0),
    ),
}
# Bare in a column's own header, which speaks of nothing else; in a title it may speak of another column.
OWN_FACTORS: dict[Unit, tuple[tuple[re.Pattern[str], float], ...]] = {
    Unit.THOUSAND_PEOPLE: ((re.compile(r"\bjuta(?:an)?\b"), 1000.0),),
    Unit.PEOPLE: (
        (re.compile(r"\bjuta(?:an)?\b|\bmillions?\b"), 1_000_000.0),
        (re.compile(r"\bribu(?:an)?\b|\bthousands?\b|\(000"), 1000.0),
    ),
    Unit.RUPIAH_PER_PERSON_MONTH: (
        (re.compile(r"\bribu(?:an)?\b"), 1000.0),
        (re.compile(r"\bjuta(?:an)?\b"), 1_000_000.0),
    ),
}
# Words that no column of the unit can have.
CONTRADICTIONS = {
    Unit.PERCENT: re.compile(rf"\bribu(?:an)?\b|\bjuta(?:an)?\b|\brupiah\b|\brp\b|{PEOPLE}"),
    Unit.PEOPLE: re.compile(r"%|\bpersen(?:tase)?\b|\bpercent\b|\brupiah\b|\brp\b"),
    Unit.THOUSAND_PEOPLE: re.compile(r"%|\bpersen(?:tase)?\b|\bpercent\b|\brupiah\b|\brp\b"),
    Unit.RUPIAH_PER_PERSON_MONTH: re.compile(r"%|\bpersen(?:tase)?\b|\bpercent\b|\bribu(?:an)? (?:jiwa|orang)\b"),
}
# A poverty line is one person's for one month; how another is to be brought to it, the file does not say.
OTHER_SPANS = re.compile(
    r"(?:\bper|/) ?(?:tahun|thn|year|hari|day|minggu|week|triwulan)\b|\b(?:setahun|tahunan|annual|harian|sehari)\b"
    r"|(?:\bper|/) ?(?:rumah ?tangga|rt|keluarga|household)\b"
)

# How many zeros a table of money leaves away, by the words of its title or header.
ZEROS = (
    (re.compile(rf"\b(?:miliar|milyar)(?:an)? ?{MONEY}|{MONEY}\.? ?\(?(?:miliar|milyar)|\bdalam (?:miliar|milyar)"), 9),
    (re.compile(rf"\bjuta(?:an)? ?{MONEY}|{MONEY}\.? ?\(?juta|\bdalam juta|\(juta(?:an)?\)"), 6),
    (re.compile(rf"\bribu(?:an)? ?{MONEY}|{MONEY}\.? ?\(?(?:ribu|000\b)|\bdalam ribu|\(ribu(?:an)?\)|'000"), 3),
)


@dataclass(frozen=True)
class UnitSaid:
    """What brings values to the indicator's unit: a factor, or ``None`` where none is known; ``words`` said so."""

    factor: float | None
    words: str


def contradicts(own: str, indicator: str | None) -> bool:
    """Say whether a header in small letters says a unit that the indicator cannot have."""
    known = None if indicator is None else indicators().get(indicator)
    pattern = None if known is None else CONTRADICTIONS.get(known.unit)
    return pattern is not None and pattern.search(own) is not None


def in_unit(value: pl.Series, factor: float) -> pl.Series:
    """Return values in the indicator's unit, as the decimals that a person would write."""
    return value if factor == 1 else (value * factor).round(PLACES_MOST)


def unit_said(own: str, titles: str, indicator: str) -> UnitSaid:
    """Return what a column's own header says of the unit, else the titles (both in small letters).

    >>> unit_said("jumlah penduduk miskin (jiwa)", "", "POV.N")
    UnitSaid(factor=0.001, words='jiwa')
    """
    unit = indicators()[indicator].unit
    if unit is Unit.RUPIAH_PER_PERSON_MONTH:
        other = OTHER_SPANS.search(own) or OTHER_SPANS.search(titles)
        if other:
            return UnitSaid(None, other[0].strip())
    usual = FACTORS.get(unit, ())
    for text, table in ((own, (*usual, *OWN_FACTORS.get(unit, ()))), (titles, usual)):
        for pattern, factor in table:
            match = pattern.search(text)
            if match:
                return UnitSaid(factor, match[0].strip())
    return UnitSaid(1.0, "")


def zeros_said(text: str) -> int:
    """Return how many zeros a header or title of a money table says that its amounts leave away, 0 when none.

    Ask the amount's own header first; only when that says 0, the titles above the header.

    >>> zeros_said("Pagu RKPD 2026 (dalam ribu rupiah)"), zeros_said("Pagu (Rp Juta)"), zeros_said("Pagu")
    (3, 6, 0)
    """
    own = " ".join(text.casefold().replace("\u00a0", " ").split())
    return next((zeros for pattern, zeros in ZEROS if pattern.search(own)), 0)
