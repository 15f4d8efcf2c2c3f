"""The words of judgement that position and trend share, and how a reason for silence is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nangkis.indicators.catalogue import Direction, Indicator
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
_GOOD_SIGN = {Direction.LOWER: -1, Direction.HIGHER: 1}


def class_of(sign: int, gap: float, *, indicator: Indicator, tested: bool) -> Class:
    """Return the class for a difference: ``sign`` as the test gives it, ``gap`` as it is.

    Where nothing is better (a poverty line) or no error is known, only the side is told.
    """
    good = _GOOD_SIGN.get(indicator.direction)
    if good is None or not tested:
        return _side(gap, Class.HIGHER, Class.EQUAL, Class.LOWER)
    return _side(sign * good, Class.BETTER, Class.EQUAL, Class.WORSE)


def movement_of(sign: int, *, per_year: float, smallest: float, indicator: Indicator, tested: bool) -> Movement:
    """Return the movement for a change: ``sign`` as the test gives it, ``per_year`` and ``smallest`` in one unit.

    A change below the smallest meaningful one is STEADY ("praktis tetap"), whether chance explains it or not; a larger
    one that chance explains is UNSURE.
    """
    good = _GOOD_SIGN.get(indicator.direction)
    if per_year == 0 or abs(per_year) < smallest:
        return Movement.STEADY
    if good is not None and tested and sign == 0:
        return Movement.UNSURE
    if good is None or not tested:
        return Movement.RISING if per_year > 0 else Movement.FALLING
    return Movement.IMPROVING if sign * good > 0 else Movement.WORSENING


def _side(number: float, above: Class, equal: Class, below: Class) -> Class:
    return above if number > 0 else below if number < 0 else equal
