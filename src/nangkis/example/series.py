"""The figures of the fictional province, from a seed, in whole numbers: no float can round differently elsewhere.

Shares of poor people are hundredths of a percent, people are persons, lines are rupiah per person per month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from nangkis.example.places import CHILD, LAST_YEAR, NATION, PARENT, PLACES, PROVINCE_CODE, TYPICAL, YEARS, Place


Key = tuple[str, int]  # code of the region, year
HUNDREDTHS = 10_000  # hundredths of a percent in a whole
PERSONS_PER_STEP = 10  # thousands of people are published with two decimals
LINE_YEARS = range(2018, LAST_YEAR + 1)
COUNT_YEARS = range(2023, LAST_YEAR + 1)
PANDEMIC_YEAR, PANDEMIC_RISE = 2021, 34
# Cells whose last decimal is a zero, which a typist takes for the letter O.
ROUND_CELLS = frozenset({("90.08", 2019)})


@dataclass(frozen=True)
class Series:
    """Published figures by region and year; ``september`` is the share of the province and the nation only."""

    share: Mapping[Key, int]
    people: Mapping[Key, int]
    poor: Mapping[Key, int]
    line: Mapping[Key, int]
    september: Mapping[Key, int]


def half_up(numerator: int, denominator: int) -> int:
    """Return the quotient of two positive whole numbers, rounded half up.

    >>> half_up(5, 2), half_up(7, 3)
    (3, 2)
    """
    return (2 * numerator + denominator) // (2 * denominator)


def make_series(generator: Random) -> Series:
    """Return the figures of all regions; the same state of the generator gives the same figures."""
    people = {(place.code, year): _people(place, year) for place in (*PLACES, NATION) for year in YEARS}
    share = _shares(generator, people)
    poor = {key: poor_people(share[key], people=people[key]) for key in people}
    _add_province(share, people, poor)
    line = _lines(generator, people)
    september = {
        (code, year): share[code, year] - generator.randint(8, 40)
        for code in (PROVINCE_CODE, NATION.code)
        for year in COUNT_YEARS
    }
    return Series(share=share, people=people, poor=poor, line=line, september=september)


def poor_people(share: int, *, people: int) -> int:
    """Return how many persons a share is, in steps of ten as published."""
    return half_up(share * people, HUNDREDTHS * PERSONS_PER_STEP) * PERSONS_PER_STEP


def _people(place: Place, year: int) -> int:
    return half_up(place.people_2012 * (HUNDREDTHS + place.growth * (year - YEARS.start)), HUNDREDTHS)


def _shares(generator: Random, people: Mapping[Key, int]) -> dict[Key, int]:
    share: dict[Key, int] = {}
    for place in (*PLACES, NATION):
        for year in YEARS:
            rise = PANDEMIC_RISE if year == PANDEMIC_YEAR else 0
            course = place.share_2012 + place.yearly * (year - YEARS.start)
            share[place.code, year] = course + rise + generator.randint(-14, 14)
    for year in YEARS:
        share[TYPICAL, year] = _others(share, people, year) + 9 * (LAST_YEAR - year)
    # The panel was published after the split and filled backwards with the parent's values.
    share |= {(CHILD, year): share[PARENT, year] for year in (2012, 2013, 2014)}
    share |= {key: half_up(share[key], 10) * 10 for key in ROUND_CELLS}
    return share


def _others(share: Mapping[Key, int], people: Mapping[Key, int], year: int) -> int:
    codes = [place.code for place in PLACES if place.code != TYPICAL]
    return half_up(
        sum(share[code, year] * people[code, year] for code in codes), sum(people[code, year] for code in codes)
    )


def _add_province(share: dict[Key, int], people: dict[Key, int], poor: dict[Key, int]) -> None:
    """Give the province the sum of the poor over the sum of the people: not the mean of its regions."""
    for year in YEARS:
        key = (PROVINCE_CODE, year)
        people[key] = sum(people[place.code, year] for place in PLACES)
        poor[key] = sum(poor[place.code, year] for place in PLACES)
        share[key] = half_up(poor[key] * HUNDREDTHS, people[key])


def _lines(generator: Random, people: Mapping[Key, int]) -> dict[Key, int]:
    line: dict[Key, int] = {}
    for place in (*PLACES, NATION):
        amount = half_up(place.line_2018 * (1000 + generator.randint(-6, 6)), 1000)
        for year in LINE_YEARS:
            line[place.code, year] = amount
            amount = half_up(amount * (1050 + generator.randint(-12, 12)), 1000)
    for year in LINE_YEARS:
        weighted = sum(line[place.code, year] * people[place.code, year] for place in PLACES)
        line[PROVINCE_CODE, year] = half_up(weighted, people[PROVINCE_CODE, year])
    return line
