"""The diagnosis of one region: every indicator's position and trend, and the problems that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from nangkis.diagnosis.answers import Answers, answers
from nangkis.diagnosis.determinants import Government, Node, acting, trees
from nangkis.diagnosis.drivers import Drivers, drivers
from nangkis.diagnosis.figures import implied_people
from nangkis.diagnosis.judged import Judged, judge
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import NEVER_COMPARED, Comparison, Position, position
from nangkis.diagnosis.rules import Rules, Target, rules_on
from nangkis.diagnosis.trend import Change, Trend, trend
from nangkis.indicators.catalogue import Direction, Indicator, indicators
from nangkis.indicators.dimensions import Dimension, dimension_of
from nangkis.indicators.facts import Facts, facts
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.regions import register
from nangkis.regions.register import Place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.findings import Finding


class Reason(StrEnum):
    """Why an indicator is a problem, the gravest first."""

    WORSE_THAN_PROVINCE = "worse-than-province"
    WORSE_THAN_NATION = "worse-than-nation"
    WORSENING = "worsening"
    ABOVE_TARGET = "above-target"


@dataclass(frozen=True)
class Problem:
    """An indicator that needs an answer, and why; ``year`` is that of the value that it rests on.

    ``target`` is the national target that it lies above, where that is among the reasons. ``is_old``: the value is no
    longer recent on the day of the diagnosis.
    """

    indicator: str
    reasons: tuple[Reason, ...]
    place: Place
    year: int
    target: Target | None = None
    is_old: bool = False


class Aspect(StrEnum):
    """What of an indicator could not be judged."""

    REFERENCE = "reference"  # against the province or the nation
    COURSE = "course"  # over the years
    WHOLE = "whole"  # at all


@dataclass(frozen=True)
class Unjudged:
    """What might make an indicator a problem, had it been judged, and why it was not.

    ``reference`` is what it was not compared with, ``year`` that of the value; None where they do not apply.
    """

    aspect: Aspect
    indicator: str
    place: Place
    year: int | None
    reference: Place | None
    why: Absent


@dataclass(frozen=True)
class Implied:
    """The population that the number of poor people and their percentage imply, in thousands."""

    year: int
    figure: Figure


@dataclass(frozen=True)
class Diagnosis:
    """What the data say of one region. ``positions`` and ``trends`` are in the catalogue's order of indicators.

    ``answers`` holds the further answers by indicator, ``drivers`` what stands behind those that have a tree, ``acts``
    who may act on those that stand in one. ``problems`` come by dimension, and in each those first that call loudest.
    ``silent`` names the indicators of which nothing can be said, each with its reason; ``unjudged`` what of the
    others could not be judged. ``judged`` and ``tables`` are what the answer was read from, on a day.
    """

    region: Place
    positions: tuple[Position, ...]
    trends: tuple[Trend, ...]
    silent: tuple[tuple[Indicator, Absent], ...]
    answers: Mapping[str, Answers]
    drivers: Mapping[str, Drivers]
    acts: Mapping[str, tuple[Government, ...]]
    problems: tuple[Problem, ...]
    unjudged: tuple[Unjudged, ...]
    findings: tuple[Finding, ...]
    implied_population: Implied | None
    judged: Judged
    tables: Mapping[str, TableManifest]
    on: date

    @property
    def facts(self) -> Facts:
        """What the lake holds."""
        return self.judged.facts

    @property
    def rules(self) -> Rules:
        """The rules that were in force."""
        return self.judged.rules

    def is_old(self, year: int) -> bool:
        """Say whether values of a year are no longer recent on the day of the diagnosis."""
        return self.on.year - year > self.rules.recent_years

    @property
    def main(self) -> Diagnosis:
        """What is said of the indicators that a plan is judged by."""
        return self.only([one.code for one in indicators().values() if one.diagnosed])

    def only(self, codes: Collection[str]) -> Diagnosis:
        """Return what is said of some of the indicators."""
        return replace(
            self,
            positions=tuple(stand for stand in self.positions if stand.indicator.code in codes),
            trends=tuple(course for course in self.trends if course.indicator.code in codes),
            silent=tuple((one, absent) for one, absent in self.silent if one.code in codes),
            answers=MappingProxyType({code: one for code, one in self.answers.items() if code in codes}),
            drivers=MappingProxyType({code: one for code, one in self.drivers.items() if code in codes}),
            problems=tuple(problem for problem in self.problems if problem.indicator in codes),
            unjudged=tuple(one for one in self.unjudged if one.indicator in codes),
        )


def diagnose(
    snapshot: Snapshot, region: Region, *, parameters: Parameters, on: date, codes: Sequence[str] | None = None
) -> Diagnosis:
    """Return the diagnosis of a region from the tables of a snapshot, under the rules in force on a day.

    ``codes`` are the indicators asked for; by default those that a plan is judged by. Raises RegionUnknown for a code
    that no list has.
    """
    place, known = register.place(region), facts(snapshot, parameters=parameters, on=on)
    planted = trees(parameters, on)
    asked = [one for one in indicators().values() if (one.diagnosed if codes is None else one.code in codes)]
    judged = judge(known, rules_on(parameters, on), codes=[one.code for one in asked], region=region)
    positions: list[Position] = []
    trends: list[Trend] = []
    silent: list[tuple[Indicator, Absent]] = []
    for indicator in asked:
        course = trend(judged, indicator, place)
        if isinstance(course, Absent):
            silent.append((indicator, course))
            continue
        trends.append(course)
        stand = position(judged, indicator, place)
        if isinstance(stand, Position):
            positions.append(stand)
    return Diagnosis(
        region=place,
        positions=tuple(positions),
        trends=tuple(trends),
        silent=tuple(silent),
        answers=MappingProxyType({course.indicator.code: answers(judged, course) for course in trends}),
        drivers=MappingProxyType(_drivers(planted, positions, trends)),
        acts=acting(planted),
        problems=tuple(sorted(_problems(positions, trends, rules=judged.rules, on=on), key=_loudness)),
        unjudged=tuple(_unjudged(positions, trends, silent, place)),
        findings=known.findings,
        implied_population=_implied(known, place),
        judged=judged,
        tables=MappingProxyType({manifest.id: manifest for manifest in snapshot.manifests}),
        on=on,
    )


def _drivers(planted: Mapping[str, Node], positions: Sequence[Position], trends: Sequence[Trend]) -> dict[str, Drivers]:
    stands = {stand.indicator.code: stand for stand in positions}
    courses = {course.indicator.code: course for course in trends}
    return {
        code: drivers(stands[code].indicator, stands[code].place, tree, stands, courses)
        for code, tree in planted.items()
        if code in stands
    }


def _problems(positions: list[Position], trends: list[Trend], *, rules: Rules, on: date) -> Iterator[Problem]:
    courses = {course.indicator.code: course.change for course in trends}
    for stand in positions:
        if reasons := tuple(reasons_for(stand, courses[stand.indicator.code], rules=rules)):
            target = rules.target if Reason.ABOVE_TARGET in reasons else None
            is_old = on.year - stand.fact.year > rules.recent_years
            yield Problem(stand.indicator.code, reasons, stand.place, stand.fact.year, target, is_old)


def _loudness(problem: Problem) -> tuple[int, bool, int, int]:
    """Order problems by dimension, and in each: recent before old, many reasons before few, the gravest first.

    Problems that are alike in that stay in the catalogue's order.
    """
    dimensions, reasons = list(Dimension), list(Reason)
    first = min(reasons.index(reason) for reason in problem.reasons)
    return dimensions.index(dimension_of(problem.indicator)), problem.is_old, -len(problem.reasons), first


def reasons_for(stand: Position, change: Change | Absent, *, rules: Rules) -> Iterator[Reason]:
    """Yield why an indicator is a problem: only what the data show, never that something is not shown yet.

    A number of people is one only when it grows: it follows the size of the region.
    """
    if stand.indicator.direction is Direction.CONTEXT:
        return
    movement = change.verdict if isinstance(change, Change) else None
    shown = [
        (_class(stand.province) is Class.WORSE, Reason.WORSE_THAN_PROVINCE),
        (_class(stand.nation) is Class.WORSE, Reason.WORSE_THAN_NATION),
        (movement is Movement.WORSENING, Reason.WORSENING),
        (is_above_target(stand, rules), Reason.ABOVE_TARGET),
    ]
    yield from (reason for holds, reason in shown if holds)


def is_above_target(stand: Position, rules: Rules) -> bool:
    """Say whether a region's value lies above the national target by more than chance allows; its latest value too."""
    target = rules.target
    if target is None or stand.indicator.code != target.indicator:
        return False
    told = [(stand.fact, stand.error)] + ([] if stand.newer is None else [(stand.newer.fact, stand.newer.error)])
    if any(error is None for _, error in told):
        return False
    return all(fact.number - target.at_most > rules.design.z * error.size for fact, error in told if error is not None)


def _unjudged(
    positions: list[Position], trends: list[Trend], silent: list[tuple[Indicator, Absent]], place: Place
) -> Iterator[Unjudged]:
    courses = {course.indicator.code: course for course in trends}
    for stand in positions:
        if stand.indicator.direction is not Direction.CONTEXT:
            yield from _not_compared(stand)
            yield from _not_followed(courses[stand.indicator.code])
    for indicator, absent in silent:
        if indicator.direction is not Direction.CONTEXT:
            yield Unjudged(Aspect.WHOLE, indicator.code, place, None, None, absent)


def _not_compared(stand: Position) -> Iterator[Unjudged]:
    here = stand.place.region
    for against, above_of in ((stand.province, register.province_of), (stand.nation, register.nation_of)):
        if isinstance(against, Absent) and against.code not in NEVER_COMPARED:
            reference = register.place(above_of(here))
            yield Unjudged(Aspect.REFERENCE, stand.indicator.code, stand.place, stand.fact.year, reference, against)


def _not_followed(course: Trend) -> Iterator[Unjudged]:
    change = course.change
    if isinstance(change, Change) and change.tested:
        return
    absent = change if isinstance(change, Absent) else Absent("absent.untested")
    yield Unjudged(Aspect.COURSE, course.indicator.code, course.place, course.comparable[-1].year, None, absent)


def _class(comparison: Comparison | Absent) -> Class | None:
    return comparison.verdict if isinstance(comparison, Comparison) else None


def _implied(known: Facts, place: Place) -> Implied | None:
    for share in (one for one in indicators().values() if one.counted_by is not None):
        count = share.counted_by or ""
        year = known.latest_year(count, place.region)
        poor = known.value(count, place.region, year) if year is not None else None
        percent = known.value(share.code, place.region, year) if year is not None else None
        if year is None or poor is None or percent is None or poor.value is None or not percent.value:
            continue
        return Implied(year, implied_people(poor, percent))
    return None
