"""Perkembangan antar waktu over changing borders: the old whole of a divided region, and today's part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.diagnosis.course import courses
from nangkis.diagnosis.judged import Judged
from nangkis.diagnosis.judging import Absent
from nangkis.diagnosis.seen import seen
from nangkis.diagnosis.trend import Cut, Trend, change_of
from nangkis.indicators.border_facts import Series, Uses, Within, series_within
from nangkis.indicators.borders import BACK_CAST, ITSELF, LACKING, UNTOLD, UNWEIGHTED, has_whole
from nangkis.indicators.catalogue import Aggregation, Indicator, MethodBreak
from nangkis.indicators.facts import Fact
from nangkis.regions.families import OLD, Family, family_of
from nangkis.regions.register import Place, place, regencies


# Why a whole has no value in a year, as sentences of the catalogue.
REASONS: Mapping[str | None, str] = {
    LACKING: "absent.whole-lacking",
    UNWEIGHTED: "absent.whole-unweighted",
    BACK_CAST: "absent.whole-back-cast",
    UNTOLD: "absent.whole-untold",
}


@dataclass(frozen=True)
class OverBorders:
    """A divided region's indicator over the years, in borders that stay the same.

    ``old`` are the values of the whole, ``course`` which way they went; ``today`` those of the region within its
    borders of today from before it was divided on, or why there are none.
    """

    indicator: Indicator
    place: Place
    family: Family
    old: tuple[Within, ...]
    today: tuple[Within, ...] | Absent
    course: Trend | None

    @property
    def period(self) -> str:
        """The part of the year that all values are of."""
        return self.old[0].fact.period

    @property
    def root(self) -> Place:
        """What the whole was before it was divided."""
        return place(self.family.root)

    @property
    def divided_from(self) -> int:
        """The first year whose figures tell the parts apart."""
        return self.family.divided_from


def over_borders(judged: Judged, indicator: Indicator, here: Place) -> OverBorders | Absent | None:
    """Return the series over changing borders; Absent when none can be made, None where nothing lies before a split."""
    family = family_of(here.region)
    period = judged.facts.period_of(indicator.code, here.region)
    if family is None or not _speaks_before(judged, indicator, family, period):
        return None
    if not has_whole(indicator):
        return Absent("absent.no-whole")
    rules = judged.rules
    series = series_within(
        judged.facts, family, indicator.code, period,
        fewest=rules.fewest_years, weight_error=rules.weight_error, uses=Uses(rules.weights, rules.fewest),
    )  # fmt: skip
    today = _today(judged, indicator, series, here)
    if isinstance(today, Absent) and (reason := _broken_off(series)):
        return Absent(REASONS[reason])
    return OverBorders(indicator, here, family, series.old, today, _course(judged, indicator, series))


def _broken_off(series: Series) -> str | None:
    """Return why a whole has no value on one of the two sides of the split; None where it has on both."""
    since = series.family.divided_from
    for side in ([one for one in series.old if (one.fact.year < since) is before] for before in (True, False)):
        if all(one.fact.value is None for one in side):
            return (side[-1].reason if side else None) or LACKING
    return None


def _today(judged: Judged, indicator: Indicator, series: Series, here: Place) -> tuple[Within, ...] | Absent:
    """Return the values within the borders of today where they reach further back than the region's own."""
    told = series.today[here.region]
    before = [one for one in told if one.fact.year < series.family.settled_from(here.region)]
    if any(one.fact.value is not None for one in before):
        return told
    if before:
        return Absent(REASONS[before[-1].reason])
    if indicator.aggregation is Aggregation.SUM:
        return Absent("absent.part-few-years", {"fewest": judged.rules.years_needed})
    return Absent("absent.part-unknown")


def _speaks_before(judged: Judged, indicator: Indicator, family: Family, period: str) -> bool:
    """Say whether a table holds a value of the whole from before it was divided."""
    known = judged.facts.series(indicator.code, family.root, period)
    return any(fact.value is not None and fact.year < family.divided_from for fact in known)


def _course(judged: Judged, indicator: Indicator, series: Series) -> Trend | None:
    """Return which way the whole went, over the years that one method made; None where it has no value."""
    known = [one for one in series.old if one.fact.value is not None]
    if not known:
        return None
    period, rules = known[0].fact.period, judged.rules
    breaks = judged.facts.method_breaks(indicator, period)
    values = _values(judged, indicator, series.family, known)
    told = pl.DataFrame(
        [(indicator.code, period, one.year) for one in breaks],
        schema={"indicator": pl.String, "period": pl.String, "break": pl.Int32},
        orient="row",
    )
    row = courses(values, told, z=rules.design.z, level=rules.design.level, fewest=rules.fewest_years).row(
        0, named=True
    )
    facts = tuple(one.fact for one in known)
    kept = tuple(fact for fact in facts if fact.year >= row["since"])
    cut = _cut([one for one in breaks if one.year == row["since"]], facts)
    uses = () if cut is None else tuple(one.rule for one in cut.methods if one.rule is not None)
    change = change_of(row, kept, rules)
    return Trend(indicator, place(series.family.root), facts, kept, cut, change, (rules.fewest, *uses))


def _cut(methods: Sequence[MethodBreak], facts: Sequence[Fact]) -> Cut | None:
    if not methods or facts[0].year >= methods[0].year:
        return None
    return Cut(methods[0].year, (), tuple(methods))


def _values(judged: Judged, indicator: Indicator, family: Family, known: Sequence[Within]) -> pl.DataFrame:
    r"""Return the values of the whole with what a course is computed from, their errors combined.

    .. math:: SE = \sqrt{\sum_i (w_i SE_i)^2 + d^2}

    with *w* the weight of each part (1 in a sum) and *d* half the range that uncertain weights allow.
    """
    rows = [
        (one.fact.year, unit, weight, one.fact.value, _half_range(one), _scale(family, one))
        for one in known
        for unit, weight in one.parts
    ]
    numbers = dict.fromkeys(("weight", "whole", "spread", "scale"), pl.Float64())
    schema = pl.Schema({"year": pl.Int32(), "region": pl.String(), **numbers})
    parts = pl.DataFrame(rows, schema=schema, orient="row")
    beside = [] if indicator.error is None or indicator.error.percent is None else [indicator.error.percent]
    panel = judged.facts.panel.filter(
        pl.col("indicator").is_in([indicator.code, *beside]),
        pl.col("period") == known[0].fact.period,
        pl.col("region").is_in(parts["region"].unique().implode()),
    )
    own = seen(panel, design=judged.rules.design).filter(pl.col("indicator") == indicator.code)
    error = ((pl.col("weight") * pl.col("error")).pow(2).sum() + pl.col("spread").first().pow(2)).sqrt()
    traits = ("indicator", "period", "good", "grows", "smallest", "smallest_share")
    return (
        parts.join(own, on=["region", "year"])
        .group_by("year", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in traits),
            pl.col("whole").first().alias("value"),
            pl.when(pl.col("error").null_count() == 0).then(error * pl.col("scale").first()).alias("error"),
        )
        # Not the root's own code: its breaks are those of the borders of today, and the whole has none of them.
        .with_columns(pl.lit(f"{family.root}/{OLD}").alias("region"), pl.lit(0).alias("series"))
        .sort("year")
    )


def _half_range(one: Within) -> float:
    return 0.0 if one.low is None or one.high is None else (float(one.high.value) - float(one.low.value)) / 2


def _scale(family: Family, one: Within) -> float:
    """Return what an error is multiplied by: a province before it was divided was sampled in more regencies.

    A published error knows of them.
    """
    if one.kind != ITSELF or not family.of_provinces or one.fact.standard_error is not None:
        return 1.0
    return float((len(regencies(family.root)) / sum(len(regencies(member)) for member in family.members)) ** 0.5)
