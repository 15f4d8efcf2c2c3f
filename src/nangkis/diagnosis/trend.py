"""Perkembangan antar waktu: which way a region's value goes, over the years that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nangkis.diagnosis.judged import Judged, Verdict
from nangkis.diagnosis.judging import Absent, Movement
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.rules import Rules
from nangkis.indicators.catalogue import Indicator, MethodBreak
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Place
from nangkis.regions.splits import Split, splits_of
from nangkis.vocabulary.figures import ParameterUse


@dataclass(frozen=True)
class Cut:
    """From ``year`` on values are not comparable with those before: new borders, another method or survey month."""

    year: int
    splits: tuple[Split, ...]
    methods: tuple[MethodBreak, ...]


@dataclass(frozen=True)
class Change:
    """From the first to the last comparable year. ``change`` is last minus first, ``error`` its standard error.

    Only the two ends are tested: samples of neighbouring years are smoothed into each other, so that a line through
    all years would seem surer than it is.
    ``yearly`` and ``slope`` are in the unit of the indicator per year, or percent per year (``judging.UNITS``);
    ``yearly`` joins the two ends, ``slope`` is the median over all pairs of years.
    """

    first: Fact
    last: Fact
    change: float
    error: float | None
    yearly: float
    slope: float
    verdict: Movement
    tested: bool


@dataclass(frozen=True)
class Trend:
    """A region's series of one indicator. ``facts`` are all years that a table speaks of, missing ones too.

    ``comparable`` are those with a value from the last break on; ``cut`` is that break when values lie before it.
    ``uses`` are the dated rules that decide which years are compared, and whether they are enough.
    """

    indicator: Indicator
    place: Place
    facts: tuple[Fact, ...]
    comparable: tuple[Fact, ...]
    cut: Cut | None
    change: Change | Absent
    uses: tuple[ParameterUse, ...]

    @property
    def movement(self) -> Movement | None:
        """Which way the series went by a test; None where none was made."""
        return self.change.verdict if isinstance(self.change, Change) and self.change.tested else None


def breaks_of(methods: Sequence[MethodBreak], place: Place) -> tuple[Cut, ...]:
    """Return the years from which a region's values are not comparable with earlier ones, in order."""
    borders: dict[int, list[Split]] = {}
    for split in splits_of(place.region):
        borders.setdefault(split.comparable_from, []).append(split)
    years = sorted({*borders, *(one.year for one in methods)})
    return tuple(
        Cut(year, tuple(borders.get(year, ())), tuple(one for one in methods if one.year == year)) for year in years
    )


def trend(judged: Judged, indicator: Indicator, place: Place) -> Trend | Absent:
    """Return a region's series and its verdict; Absent when no table holds a value of it."""
    facts = judged.facts
    period = facts.period_of(indicator.code, place.region)
    series = facts.series(indicator.code, place.region, period)
    row = judged.row("courses", indicator.code, place.region)
    if row is None:
        return absence(series[-1], place, series[-1].year) if series else Absent("absent.no-data", {"place": place})
    known = tuple(fact for fact in series if fact.value is not None)
    breaks = breaks_of(facts.method_breaks(indicator, period), place)
    cut = next((cut for cut in breaks if cut.year == row["since"] and known[0].year < cut.year), None)
    comparable = tuple(fact for fact in known if fact.year >= row["since"])
    return Trend(
        indicator=indicator,
        place=place,
        facts=series,
        comparable=comparable,
        cut=cut,
        change=change_of(row, comparable, judged.rules),
        uses=(judged.rules.fewest, *_rules_of(cut)),
    )


def _rules_of(cut: Cut | None) -> tuple[ParameterUse, ...]:
    methods = () if cut is None else cut.methods
    return tuple(method.rule for method in methods if method.rule is not None)


def change_of(row: Verdict, comparable: tuple[Fact, ...], rules: Rules) -> Change | Absent:
    """Return the change over comparable years from a row of courses, or why there is none."""
    if row["movement"] is None:
        return Absent("absent.few-years", {"fewest": rules.years_needed})
    return Change(
        first=comparable[0],
        last=comparable[-1],
        change=row["change"],
        error=row["change_error"],
        yearly=row["yearly"],
        slope=row["slope"],
        verdict=Movement(row["movement"]),
        tested=row["tested"],
    )
