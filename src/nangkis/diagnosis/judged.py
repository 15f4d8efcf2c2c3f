"""The verdicts on every region as tables, computed once; position and trend of one region are read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from nangkis.diagnosis.course import courses
from nangkis.diagnosis.effectiveness import effectiveness
from nangkis.diagnosis.pace import paces
from nangkis.diagnosis.peers import beside_peers, nearest
from nangkis.diagnosis.relevance import relevance
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.seen import KEY, numbered, seen
from nangkis.diagnosis.standing import compared, standings
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Facts
from nangkis.indicators.panel import SERIES
from nangkis.regions.register import Level, Place, nation_of, place, province_of
from nangkis.vocabulary.codes import Region


# The tables whose rows are looked up by series.
BY_SERIES = ("courses", "standings", "alignments", "lines", "paces", "beside")
Verdict = Mapping[str, Any]  # a row of one of the tables, by the names of its columns


@dataclass(frozen=True)
class Judged:
    """What was computed of some regions, each table as its module says: ``values`` by value, the others by series.

    ``alignments`` (relevansi) has a row for each reference of a series, ``paces`` for each target, ``peers`` for each
    region and peer; ``beside`` says how a series stands to its peers.
    """

    facts: Facts
    rules: Rules
    values: pl.DataFrame
    courses: pl.DataFrame
    standings: pl.DataFrame
    alignments: pl.DataFrame
    lines: pl.DataFrame
    paces: pl.DataFrame
    peers: pl.DataFrame
    beside: pl.DataFrame

    def value(self, indicator: str, region: Region, period: str, year: int) -> Verdict | None:
        """Return the row of a value, or None where there is none."""
        return self._values.get((indicator, str(region), period, year))

    def row(self, table: str, indicator: str, region: Region) -> Verdict | None:
        """Return the first of the rows of a table for a region's series, or None where there is none."""
        return next(iter(self.rows(table, indicator, region)), None)

    def rows(self, table: str, indicator: str, region: Region) -> tuple[Verdict, ...]:
        """Return the rows of a table for a region's series in the period that counts for it."""
        return self._tables[table].get((indicator, str(region), self.facts.period_of(indicator, region)), ())

    @cached_property
    def _values(self) -> Mapping[tuple[Any, ...], Verdict]:
        return {tuple(row[name] for name in KEY): row for row in self.values.iter_rows(named=True)}

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[tuple[Any, ...], tuple[Verdict, ...]]]:
        return {name: _by_series(getattr(self, name)) for name in BY_SERIES}


def judge(facts: Facts, rules: Rules, *, codes: Sequence[str], region: Region | None = None) -> Judged:
    """Return the verdicts on all regions, or on one with those beside and above it and its peers."""
    beside = set(_beside(codes)) - set(codes)
    panel = facts.panel.filter(pl.col("indicator").is_in([*codes, *beside]))
    peers = nearest(facts.panel, rules.likeness, None if region is None else [region])
    if region is not None:
        panel = panel.filter(_around(place(region)) | pl.col("region").is_in(peers["peer"].implode()))
    known = seen(panel, design=rules.design)
    if beside:
        known = numbered(known.filter(pl.col("indicator").is_in(codes)))
    methods = _methods(facts, codes)
    z, level, fewest = rules.design.z, rules.design.level, rules.fewest_years
    values = compared(known, z=z)
    paced = courses(values, methods, z=z, level=level, fewest=fewest)
    return Judged(
        facts=facts,
        rules=rules,
        values=values,
        courses=paced,
        standings=standings(values, paced, recent=rules.recent_years, fewest=rules.fewest_regions, level=level),
        alignments=relevance(values, paced, z=z, level=level, fewest=fewest),
        lines=effectiveness(values, paced, z=z, fewest=fewest),
        paces=paces(paced, _targets(paced, rules), z=z),
        peers=peers,
        beside=beside_peers(values, peers, paced, z=z),
    )


def _targets(paced: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Return the national target for every region that has a course of its indicator."""
    target = rules.target
    aim = pl.lit(None, pl.Float64) if target is None else pl.lit(target.at_most)
    year = pl.lit(None, pl.Int32) if target is None else pl.lit(target.year, pl.Int32)
    asked = paced.filter(pl.col("indicator") == ("" if target is None else target.indicator))
    return asked.select("indicator", "region", aim.alias("target"), year.alias("target_year")).unique()


def _beside(codes: Sequence[str]) -> list[str]:
    """The error of a number of people follows from their percentage, that of a mean gap from the mean of its square."""
    bases = [basis for code in codes if (basis := indicators()[code].error) is not None]
    return [code for basis in bases for code in (basis.percent, basis.squared) if code is not None]


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
        for period in indicators()[code].possible_periods
        for one in facts.method_breaks(indicators()[code], period)
    ]
    return pl.DataFrame(rows, schema={"indicator": pl.String, "period": pl.String, "break": pl.Int32}, orient="row")


def _by_series(table: pl.DataFrame) -> Mapping[tuple[Any, ...], tuple[Verdict, ...]]:
    found: dict[tuple[Any, ...], list[Verdict]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(tuple(row[name] for name in SERIES), []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}
