"""Perkembangan antar waktu: which way a region's value goes, over the years that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import expm1, log

import polars as pl

from nangkis.diagnosis.judging import UNITS, Absent, Movement, movement_of
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.sampling import SamplingError, difference_signs, error_of
from nangkis.indicators.catalogue import Direction, Indicator, MethodBreak
from nangkis.indicators.facts import Fact, Facts
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


def theil_sen(year: pl.Series, value: pl.Series) -> float:
    r"""Return the median slope over all pairs of years; one outlying year hardly moves it.

    .. math:: \operatorname{median}_{i<j} \frac{y_j - y_i}{t_j - t_i}

    Args:
        year: distinct years, at least two, in any order.
        value: the value of each, in any unit; the answer is in that unit per year.
    Source: Sen (1968), Journal of the American Statistical Association 63, 1379-1389.

    >>> theil_sen(pl.Series([2015, 2016, 2018]), pl.Series([10.0, 9.0, 7.0]))
    -1.0
    """
    points = pl.DataFrame({"t": year, "y": value})
    pairs = points.join(points, how="cross", suffix="_later").filter(pl.col("t") < pl.col("t_later"))
    slopes = pairs.select((pl.col("y_later") - pl.col("y")) / (pl.col("t_later") - pl.col("t")))
    return float(slopes.to_series().median())  # type: ignore[arg-type]  # two distinct years give a number


def yearly_change(first: float, last: float, years: int) -> float:
    """Return the change per year in the value's own unit.

    >>> yearly_change(15.0, 13.0, 4)
    -0.5
    """
    return (last - first) / years


def yearly_growth(first: float, last: float, years: int) -> float:
    """Return the growth in percent per year that leads from one value above 0 to another.

    >>> round(yearly_growth(100.0, 121.0, 2), 9)
    10.0
    """
    return 100 * expm1(log(last / first) / years)


def breaks_of(methods: Sequence[MethodBreak], place: Place) -> tuple[Cut, ...]:
    """Return the years from which a region's values are not comparable with earlier ones, in order."""
    borders: dict[int, list[Split]] = {}
    for split in splits_of(place.region):
        borders.setdefault(split.comparable_from, []).append(split)
    years = sorted({*borders, *(one.year for one in methods)})
    return tuple(
        Cut(year, tuple(borders.get(year, ())), tuple(one for one in methods if one.year == year)) for year in years
    )


def trend(facts: Facts, indicator: Indicator, place: Place, *, rules: Rules) -> Trend | Absent:
    """Return a region's series and its verdict; Absent when no table holds a value of it."""
    period = facts.period_of(indicator.code, place.region)
    series = facts.series(indicator.code, place.region, period)
    known = tuple(fact for fact in series if fact.value is not None)
    if not known:
        return absence(series[-1], place, series[-1].year) if series else Absent("absent.no-data", {"place": place})
    breaks = breaks_of(facts.method_breaks(indicator, period), place)
    cuts = [cut for cut in breaks if cut.year <= known[-1].year]
    since = cuts[-1].year if cuts else known[0].year
    comparable = tuple(fact for fact in known if fact.year >= since)
    cut = cuts[-1] if known[0].year < since else None
    return Trend(
        indicator=indicator,
        place=place,
        facts=series,
        comparable=comparable,
        cut=cut,
        change=_change(facts, indicator, comparable, rules=rules),
        uses=(rules.fewest, *_rules_of(cut)),
    )


def _rules_of(cut: Cut | None) -> tuple[ParameterUse, ...]:
    methods = () if cut is None else cut.methods
    return tuple(method.rule for method in methods if method.rule is not None)


def _change(facts: Facts, indicator: Indicator, comparable: tuple[Fact, ...], *, rules: Rules) -> Change | Absent:
    if len(comparable) < rules.fewest_years:
        return Absent("absent.few-years", {"fewest": rules.years_needed})
    first, last = comparable[0], comparable[-1]
    before, after = (error_of(fact, facts=facts, design=rules.design) for fact in (first, last))
    error = None if before is None or after is None else (before.size**2 + after.size**2) ** 0.5
    tested = indicator.direction is not Direction.CONTEXT and error is not None
    sign = difference_signs(*_column(last, after), *_column(first, before), z=rules.design.z)[0]
    per_year = yearly_change(first.number, last.number, last.year - first.year)
    smallest = indicator.smallest_meaningful_change.at(first.number)
    verdict = movement_of(sign, per_year=per_year, smallest=smallest, indicator=indicator, tested=tested)
    yearly, slope = _paces(indicator, comparable)
    return Change(first, last, last.number - first.number, error, yearly, slope, verdict, tested)


def _column(fact: Fact, error: SamplingError | None) -> tuple[pl.Series, pl.Series]:
    return pl.Series([fact.number]), pl.Series([None if error is None else error.size], dtype=pl.Float64)


def _paces(indicator: Indicator, comparable: tuple[Fact, ...]) -> tuple[float, float]:
    years = pl.Series([fact.year for fact in comparable])
    values = pl.Series([fact.number for fact in comparable])
    first, last, span = values[0], values[-1], years[-1] - years[0]
    if UNITS[indicator.unit].relative:
        return yearly_growth(first, last, span), 100 * expm1(theil_sen(years, values.log()))
    return yearly_change(first, last, span), theil_sen(years, values)
