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
    """In which units a difference and a yearly change of a unit are told. ``relative``: as growth in percent.

    ``places`` are the decimals that a yearly change needs: a Gini ratio moves in its third.
    """

    difference: Unit
    yearly: Unit
    relative: bool
    places: int = 2


UNITS: Mapping[Unit, Units] = {
    Unit.PERCENT: Units(Unit.PERCENTAGE_POINTS, Unit.PERCENTAGE_POINTS_PER_YEAR, relative=False),
    Unit.THOUSAND_PEOPLE: Units(Unit.THOUSAND_PEOPLE, Unit.THOUSAND_PEOPLE_PER_YEAR, relative=False),
    Unit.PEOPLE: Units(Unit.PEOPLE, Unit.PERCENT_PER_YEAR, relative=True),
    Unit.RUPIAH_PER_MONTH: Units(Unit.RUPIAH_PER_MONTH, Unit.PERCENT_PER_YEAR, relative=True),
    Unit.RUPIAH_PER_PERSON_MONTH: Units(Unit.RUPIAH_PER_PERSON_MONTH, Unit.PERCENT_PER_YEAR, relative=True),
    Unit.THOUSAND_RUPIAH_PER_PERSON_YEAR: Units(
        Unit.THOUSAND_RUPIAH_PER_PERSON_YEAR, Unit.PERCENT_PER_YEAR, relative=True
    ),
    Unit.RUPIAH_PER_KILOGRAM: Units(Unit.RUPIAH_PER_KILOGRAM, Unit.PERCENT_PER_YEAR, relative=True),
    Unit.INDEX: Units(Unit.INDEX_POINTS, Unit.INDEX_POINTS_PER_YEAR, relative=False),
    Unit.RATIO: Units(Unit.INDEX_POINTS, Unit.INDEX_POINTS_PER_YEAR, relative=False, places=4),
    Unit.YEARS: Units(Unit.YEARS, Unit.YEARS_PER_YEAR, relative=False),
    Unit.PER_1000_LIVE_BIRTHS: Units(Unit.PER_1000_LIVE_BIRTHS, Unit.PER_1000_LIVE_BIRTHS_PER_YEAR, relative=False),
    Unit.PER_100000_LIVE_BIRTHS: Units(
        Unit.PER_100000_LIVE_BIRTHS, Unit.PER_100000_LIVE_BIRTHS_PER_YEAR, relative=False
    ),
    Unit.DEPENDENTS_PER_100: Units(Unit.DEPENDENTS_PER_100, Unit.DEPENDENTS_PER_100_PER_YEAR, relative=False),
    Unit.BIRTHS_PER_WOMAN: Units(Unit.BIRTHS_PER_WOMAN, Unit.BIRTHS_PER_WOMAN_PER_YEAR, relative=False),
    Unit.TONNES_PER_HECTARE: Units(Unit.TONNES_PER_HECTARE, Unit.TONNES_PER_HECTARE_PER_YEAR, relative=False),
    Unit.PUPILS_PER_TEACHER: Units(Unit.PUPILS_PER_TEACHER, Unit.PUPILS_PER_TEACHER_PER_YEAR, relative=False),
    Unit.HOUSES: Units(Unit.HOUSES, Unit.HOUSES_PER_YEAR, relative=False, places=0),
    Unit.HECTARES: Units(Unit.HECTARES, Unit.HECTARES_PER_YEAR, relative=False),
    Unit.PRIORITY_CLASS: Units(Unit.CLASSES, Unit.CLASSES_PER_YEAR, relative=False),
}
