"""The further answers on an indicator of a region: relevansi, efektivitas, laju terhadap target, daerah pembanding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from nangkis.diagnosis.judged import Judged, Verdict
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import reference_value
from nangkis.diagnosis.rules import Target
from nangkis.diagnosis.trend import Trend
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator
from nangkis.indicators.facts import Fact
from nangkis.regions import register
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.codes import Region


class Together(StrEnum):
    """Do two lines go the same way? SAME: both improve, or both worsen. APART: one moves, the other hardly."""

    SAME = "same"
    OPPOSITE = "opposite"
    APART = "apart"
    STEADY = "steady"
    UNSURE = "unsure"


class Arrival(StrEnum):
    """Is a pace enough for a target? REACHED: the value is there; PASSED: the target's year is over."""

    REACHED = "reached"
    REACHED_UNSURE = "reached-unsure"
    PASSED = "passed"
    ENOUGH = "enough"
    TOO_SLOW = "too-slow"
    AWAY = "away"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Alignment:
    """A region's line beside that of its province or the nation, over the years that both have."""

    reference: Place
    own: tuple[Fact, ...]
    others: tuple[Fact, ...]
    own_movement: Movement
    movement: Movement
    together: Together


@dataclass(frozen=True)
class OwnLine:
    """The last value beside the one that the line through the years ``before`` leads to; in the indicator's unit."""

    fact: Fact
    before: tuple[Fact, ...]
    expected: float
    expected_error: float | None
    distance: float
    verdict: Class
    tested: bool


@dataclass(frozen=True)
class Pace:
    """The pace that a target needs beside the region's own, per year; ``worst`` and ``best`` are what the data allow.

    ``arrival``, ``first`` and ``last`` are the years to which pace, best and worst lead; None when never.
    """

    target: Target
    facts: tuple[Fact, ...]
    needed: float | None
    pace: float
    worst: float
    best: float
    arrival: int | None
    first: int | None
    last: int | None
    verdict: Arrival
    tested: bool


@dataclass(frozen=True)
class Beside:
    """A region's value beside the mean of its peers, of the same year. ``traits`` are what makes them alike."""

    fact: Fact
    peers: tuple[Fact, ...]
    traits: tuple[str, ...]
    mean: float
    verdict: Class
    tested: bool


@dataclass(frozen=True)
class Answers:
    """What else is said of an indicator; each answer, or why there is none. ``pace`` is None where no target is set."""

    indicator: Indicator
    place: Place
    relevance: tuple[Alignment | Absent, ...]
    effectiveness: OwnLine | Absent
    pace: Pace | Absent | None
    peers: Beside | Absent


def answers(judged: Judged, course: Trend) -> Answers:
    """Return the further answers on a series that has a course."""
    return Answers(
        indicator=course.indicator,
        place=course.place,
        relevance=tuple(_alignments(judged, course)),
        effectiveness=_own_line(judged, course),
        pace=_pace(judged, course),
        peers=_beside(judged, course),
    )


def _alignments(judged: Judged, course: Trend) -> Iterator[Alignment | Absent]:
    indicator, here = course.indicator, course.place
    if indicator.aggregation is Aggregation.SUM or here.level is Level.NATION:
        return
    rows = {row["reference"]: row for row in judged.rows("alignments", indicator.code, here.region)}
    above = {"province": register.province_of, "nation": register.nation_of}
    for reference, find in above.items():
        if reference == here.level:
            continue
        row = rows.get(reference)
        if row is None or row["together"] is None:
            yield _unaligned(judged, indicator)
            continue
        yield _alignment(judged, course, register.place(find(here.region)), row)


def _unaligned(judged: Judged, indicator: Indicator) -> Absent:
    if indicator.direction is Direction.CONTEXT:
        return Absent("absent.nothing-better")
    return Absent("absent.few-years", {"fewest": judged.rules.years_needed})


def _alignment(judged: Judged, course: Trend, reference: Place, row: Verdict) -> Alignment:
    own, others = [], []
    for fact in course.comparable:
        other = reference_value(judged.facts, fact.indicator, reference, fact.year, fact.period)
        if isinstance(other, Fact):
            own.append(fact)
            others.append(other)
    return Alignment(
        reference,
        tuple(own),
        tuple(others),
        Movement(row["own_movement"]),
        Movement(row["reference_movement"]),
        Together(row["together"]),
    )


def _own_line(judged: Judged, course: Trend) -> OwnLine | Absent:
    row = judged.row("lines", course.indicator.code, course.place.region)
    if row is None:
        return Absent("absent.few-years-before", {"fewest": judged.rules.years_needed})
    return OwnLine(
        fact=course.comparable[-1],
        before=course.comparable[:-1],
        expected=row["expected"],
        expected_error=row["expected_error"],
        distance=row["distance"],
        verdict=Class(row["class"]),
        tested=row["tested"],
    )


def _pace(judged: Judged, course: Trend) -> Pace | Absent | None:
    target = judged.rules.target
    if target is None or target.indicator != course.indicator.code:
        return None
    row = judged.row("paces", course.indicator.code, course.place.region)
    if row is None:
        return Absent("absent.few-years", {"fewest": judged.rules.years_needed})
    return Pace(
        target=target,
        facts=course.comparable,
        needed=row["needed"],
        pace=row["pace"],
        worst=row["pace_worst"],
        best=row["pace_best"],
        arrival=row["arrival"],
        first=row["arrival_first"],
        last=row["arrival_last"],
        verdict=Arrival(row["verdict"]),
        tested=row["tested"],
    )


def _beside(judged: Judged, course: Trend) -> Beside | Absent:
    if course.indicator.aggregation is Aggregation.SUM:
        return Absent("absent.size-of-region")
    fact = course.comparable[-1]
    row = judged.row("beside", course.indicator.code, course.place.region)
    if row is None or row["count"] < judged.rules.fewest_regions:
        return Absent("absent.few-peers", {"fewest": judged.rules.regions_needed, "year": str(fact.year)})
    return Beside(
        fact=fact,
        peers=tuple(_of_peers(judged, fact)),
        traits=tuple(code for code, _ in judged.rules.likeness.traits if _has_trait(judged, fact.region, code)),
        mean=row["mean"],
        verdict=Class(row["class"]),
        tested=row["tested"],
    )


def _of_peers(judged: Judged, fact: Fact) -> Iterator[Fact]:
    """Yield the values of the peers, the nearest first."""
    for peer in judged.peers.filter(pl.col("region") == str(fact.region))["peer"]:
        own = judged.facts.value(fact.indicator, Region.parse(peer), fact.year, fact.period)
        if own is not None and own.value is not None:
            yield own


def _has_trait(judged: Judged, region: Region, code: str) -> bool:
    return judged.facts.latest_year(code, region, judged.facts.period_of(code, region)) is not None
