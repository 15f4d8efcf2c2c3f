"""The words of judgement that position and trend share, and how a reason for silence is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nangkis.regions.register import Place
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.units import Unit


class Class(StrEnum):
    """Where a value stands against another. HIGHER and LOWER: no better or worse was judged."""

    BETTER = "better"
    EQUAL = "equal"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"


class Movement(StrEnum):
    """Which way a series went. RISING and FALLING: no better or worse was judged."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    UNSURE = "unsure"
    STEADY = "steady"
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True)
class Absent:
    """Why something is not said: the sentence's code and the places, years, laws and figures that fill it."""

    code: str
    values: Mapping[str, str | Place | Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Units:
    """In which units a difference and a yearly change of a unit are told. ``relative``: as growth in percent."""

    difference: Unit
    yearly: Unit
    relative: bool


UNITS: Mapping[Unit, Units] = {
    Unit.PERCENT: Units(Unit.PERCENTAGE_POINTS, Unit.PERCENTAGE_POINTS_PER_YEAR, relative=False),
    Unit.THOUSAND_PEOPLE: Units(Unit.THOUSAND_PEOPLE, Unit.THOUSAND_PEOPLE_PER_YEAR, relative=False),
    Unit.RUPIAH_PER_PERSON_MONTH: Units(Unit.RUPIAH_PER_PERSON_MONTH, Unit.PERCENT_PER_YEAR, relative=True),
}
