"""The verdicts on every region as tables, computed once; position and trend of one region are read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from nangkis.diagnosis.course import courses
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.seen import KEY, seen
from nangkis.diagnosis.standing import compared, standings
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Facts
from nangkis.regions.register import Level, Place, nation_of, place, province_of
from nangkis.vocabulary.codes import Region


Verdict = Mapping[str, Any]  # a row of one of the tables, by the names of its columns


@dataclass(frozen=True)
class Judged:
    """What was computed of some regions: ``values`` by value, ``courses`` and ``standings`` by series.

    The columns are those of :func:`nangkis.diagnosis.standing.compared`, :func:`nangkis.diagnosis.course.courses` and
    :func:`nangkis.diagnosis.standing.standings`.
    """

    facts: Facts
    rules: Rules
    values: pl.DataFrame
    courses: pl.DataFrame
    standings: pl.DataFrame

    def value(self, indicator: str, region: Region, period: str, year: int) -> Verdict | None:
        """Return the row of a value, or None where there is none."""
        return self._values.get((indicator, str(region), period, year))

    def course(self, indicator: str, region: Region) -> Verdict | None:
        """Return the course of a region's series in the period that counts for it, or None without any value."""
        return self._courses.get((indicator, str(region), self.facts.period_of(indicator, region)))

    def standing(self, indicator: str, region: Region) -> Verdict | None:
        """Return where a region stands in the period that counts for it, or None without any value."""
        return self._standings.get((indicator, str(region), self.facts.period_of(indicator, region)))

    @cached_property
    def _values(self) -> Mapping[tuple[Any, ...], Verdict]:
        return _by(self.values, KEY)

    @cached_property
    def _courses(self) -> Mapping[tuple[Any, ...], Verdict]:
        return _by(self.courses, KEY[:3])

    @cached_property
    def _standings(self) -> Mapping[tuple[Any, ...], Verdict]:
        return _by(self.standings, KEY[:3])


def judge(facts: Facts, rules: Rules, *, codes: Sequence[str], region: Region | None = None) -> Judged:
    """Return the verdicts on all regions, or on one and those beside and above it, in some indicators."""
    panel = facts.panel.filter(pl.col("indicator").is_in([*codes, *_beside(codes)]))
    if region is not None:
        panel = panel.filter(_around(place(region)))
    known = seen(panel, design=rules.design)
    known = known.filter(pl.col("indicator").is_in(codes))
    values = compared(known.filter(pl.col("value").is_not_null()), known, z=rules.design.z)
    paced = courses(
        values, _methods(facts, codes), z=rules.design.z, level=rules.design.level, fewest=rules.fewest_years
    )
    stood = standings(values, paced, recent=rules.recent_years, fewest=rules.fewest_regions, level=rules.design.level)
    return Judged(facts, rules, values, paced, stood)


def _beside(codes: Sequence[str]) -> list[str]:
    """The error of a number of people follows from their percentage."""
    return [one.code for one in indicators().values() if one.counted_by in codes]


def _around(here: Place) -> pl.Expr:
    nation = str(nation_of(here.region))
    if here.level in (Level.NATION, Level.PROVINCE):
        return (pl.col("nation") == nation) & (pl.col("level") != "regency")
    province = str(province_of(here.region))
    return pl.col("region").is_in([nation, province]) | (pl.col("province") == province)


def _methods(facts: Facts, codes: Sequence[str]) -> pl.DataFrame:
    """Return the years from which each series is made another way."""
    rows = [
        (code, period, one.year)
        for code in codes
        for period in (*indicators()[code].periods, "tahun")
        for one in facts.method_breaks(indicators()[code], period)
    ]
    return pl.DataFrame(
        sorted(set(rows)), schema={"indicator": pl.String, "period": pl.String, "break": pl.Int32}, orient="row"
    )


def _by(table: pl.DataFrame, key: Sequence[str]) -> Mapping[tuple[Any, ...], Verdict]:
    return {tuple(row[name] for name in key): row for row in table.iter_rows(named=True)}
