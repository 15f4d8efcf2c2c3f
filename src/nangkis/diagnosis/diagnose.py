"""The diagnosis of one region: every indicator's position and trend, and the problems that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.methods import IMPLIED_POPULATION
from nangkis.diagnosis.position import Comparison, Position, position
from nangkis.diagnosis.rules import Rules, rules_on
from nangkis.diagnosis.trend import Change, Trend, trend
from nangkis.indicators.aggregates import implied_population
from nangkis.indicators.catalogue import Direction, Indicator, indicators
from nangkis.indicators.facts import Facts, facts
from nangkis.indicators.selections import merged
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.regions import register
from nangkis.regions.register import Place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Origin
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.units import Unit


class Reason(StrEnum):
    """Why an indicator is a problem, the gravest first."""

    WORSE_THAN_PROVINCE = "worse-than-province"
    WORSE_THAN_NATION = "worse-than-nation"
    WORSENING = "worsening"
    NOT_YET_BETTER = "not-yet-better"  # neither shown to be better than the province nor shown to improve
    NOT_YET_IMPROVING = "not-yet-improving"  # not shown to improve, and with nothing to be compared with


@dataclass(frozen=True)
class Problem:
    """An indicator that needs an answer, and why; ``year`` is that of the value that it rests on."""

    indicator: str
    reasons: tuple[Reason, ...]
    place: Place
    year: int


@dataclass(frozen=True)
class Implied:
    """The population that the number of poor people and their percentage imply, in thousands."""

    year: int
    figure: Figure


@dataclass(frozen=True)
class Diagnosis:
    """What the data say of one region. ``positions`` and ``trends`` are in the catalogue's order of indicators.

    ``silent`` names the indicators of which nothing can be said, each with its reason. ``facts``, ``rules``
    and ``tables`` are what the answer was computed from.
    """

    region: Place
    positions: tuple[Position, ...]
    trends: tuple[Trend, ...]
    silent: tuple[tuple[Indicator, Absent], ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    implied_population: Implied | None
    facts: Facts
    rules: Rules
    tables: Mapping[str, TableManifest]


def diagnose(snapshot: Snapshot, region: Region, *, parameters: Parameters, on: date) -> Diagnosis:
    """Return the diagnosis of a region from the tables of a snapshot, under the rules in force on a day.

    Raises RegionUnknown for a code that no list has.
    """
    place, known = register.place(region), facts(snapshot, parameters=parameters, on=on)
    rules = rules_on(parameters, on)
    positions, trends, silent = [], [], []
    for indicator in indicators().values():
        course = trend(known, indicator, place, rules=rules)
        if isinstance(course, Absent):
            silent.append((indicator, course))
            continue
        trends.append(course)
        stand = position(known, indicator, place, course.comparable[-1].year, rules=rules)
        if isinstance(stand, Position):
            positions.append(stand)
    return Diagnosis(
        region=place,
        positions=tuple(positions),
        trends=tuple(trends),
        silent=tuple(silent),
        problems=tuple(_problems(positions, trends)),
        findings=known.findings,
        implied_population=_implied(known, place),
        facts=known,
        rules=rules,
        tables=MappingProxyType({manifest.id: manifest for manifest in snapshot.manifests}),
    )


def _problems(positions: list[Position], trends: list[Trend]) -> Iterator[Problem]:
    courses = {course.indicator.code: course.change for course in trends}
    for stand in positions:
        if reasons := tuple(reasons_for(stand, courses[stand.indicator.code])):
            yield Problem(stand.indicator.code, reasons, stand.place, stand.fact.year)


def reasons_for(stand: Position, change: Change | Absent) -> Iterator[Reason]:
    """Yield why an indicator is a problem; nothing where nothing is better, or all is shown to go well."""
    if stand.indicator.direction is Direction.CONTEXT:
        return
    province, nation = _class(stand.province), _class(stand.nation)
    movement = change.verdict if isinstance(change, Change) else None
    grave = [
        (province is Class.WORSE, Reason.WORSE_THAN_PROVINCE),
        (nation is Class.WORSE, Reason.WORSE_THAN_NATION),
        (movement is Movement.WORSENING, Reason.WORSENING),
    ]
    found = [reason for holds, reason in grave if holds]
    yield from found
    if found or (province is None and movement is None):  # silence of the data is no problem of the region
        return
    if province is not Class.BETTER and movement is not Movement.IMPROVING:
        yield Reason.NOT_YET_IMPROVING if province is None else Reason.NOT_YET_BETTER


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
        people = float(implied_population(pl.Series([poor.value]), pl.Series([percent.value]))[0])
        cells = merged((*poor.selections, *poor.losers, *percent.selections, *percent.losers))
        origin = Origin(IMPLIED_POPULATION, cells, tuple(dict.fromkeys((*poor.parameters, *percent.parameters))))
        return Implied(
            year, Figure(f"implied-population/{year}/{place.region}", people, Unit.THOUSAND_PEOPLE, 1, origin)
        )
    return None
