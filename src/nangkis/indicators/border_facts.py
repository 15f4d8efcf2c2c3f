"""Values within borders of another time as facts: each with the cells of every addend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.indicators.borders import ESTIMATE, ITSELF, MEAN, SHARE, SUM, within_borders
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Fact, Facts
from nangkis.indicators.selections import merged
from nangkis.regions.families import OLD, TODAY, Family
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse


METHODS: Mapping[str, Method] = {
    SUM: Method("sum-of-parts", 1),
    SHARE: Method("share-of-parts", 1),
    MEAN: Method("mean-of-parts", 1),
    ESTIMATE: Method("part-carried-back", 1),
}
WEIGHT_RANGE, PART_RANGE = Method("range-by-weights", 1), Method("range-by-parts", 1)
ROUNDING, WEIGHT_ERROR = Method("rounding-of-parts", 1), Method("weight-error", 1)
Row = Mapping[str, Any]  # of :func:`nangkis.indicators.borders.within_borders`


@dataclass(frozen=True)
class Within:
    """The value of one year within borders of another time, or ``reason`` why there is none.

    ``kind`` says how it was made (:mod:`nangkis.indicators.borders`); ``low`` and ``high`` are what an estimate may be
    instead, None for what is none. ``rounding`` is how far the rounding of its parts can move it, in its unit;
    ``parts`` the regions it is made of, each with its weight.
    """

    fact: Fact
    kind: str | None
    reason: str | None
    low: Figure | None
    high: Figure | None
    rounding: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Series:
    """What one indicator is within the borders of a family: of the whole (``old``), and of each member (``today``)."""

    family: Family
    old: tuple[Within, ...]
    today: Mapping[Region, tuple[Within, ...]]


def series_within(
    facts: Facts, family: Family, indicator: str, period: str, *, fewest: int, weight_error: float, uses: Uses
) -> Series:
    """Return an indicator's values within the old borders of a family, and within those of today.

    ``fewest`` and ``weight_error`` are as for :func:`nangkis.indicators.borders.within_borders`, by the rules ``uses``.
    """
    found = within_borders(facts.panel, [family], codes=[indicator], fewest=fewest, weight_error=weight_error)
    rows = found.filter(pl.col("period") == period).rows(named=True)
    told = _Telling(facts, family, rows, uses)
    return Series(
        family,
        tuple(told.within(row) for row in rows if row["borders"] == OLD),
        {member: tuple(told.within(row) for row in told.of_member(member)) for member in family.members},
    )


@dataclass(frozen=True)
class Uses:
    """The rules behind a range: how far weights may be off, and how many years must tell how a part moves."""

    weights: ParameterUse
    fewest: ParameterUse


@dataclass(frozen=True)
class _Telling:
    """Makes facts of the rows of one indicator."""

    facts: Facts
    family: Family
    rows: Sequence[Row]
    uses: Uses

    def of_member(self, member: Region) -> list[Row]:
        return [row for row in self.rows if row["borders"] == TODAY and row["region"] == str(member)]

    def within(self, row: Row) -> Within:
        fact = self._fact(row)
        low, high = (self._bound(row, fact, name) for name in ("low", "high"))
        parts = tuple((part["unit"], part["weight"]) for part in row["parts"])
        return Within(fact, row["kind"], row["reason"], low, high, row["rounding"], parts)

    def _fact(self, row: Row) -> Fact:
        if row["kind"] == ITSELF:
            return self._known(row["indicator"], row["parts"][0]["unit"], row["year"], row["period"])
        kind, region = row["kind"], Region.parse(row["region"])
        addends = self._addends(row)
        uses = (self.uses.fewest,) if kind == ESTIMATE else ()
        return Fact(
            indicator=row["indicator"],
            region=region,
            year=row["year"],
            period=row["period"],
            month_known=self.facts.month_known(row["indicator"], row["year"], row["period"]),
            value=row["value"],
            places=row["places"],
            missing=row["reason"],
            method=METHODS[kind or SUM],
            selections=merged(cell for one in addends for cell in (*one.selections, *one.losers)),
            parameters=tuple(dict.fromkeys((*(use for one in addends for use in one.parameters), *uses))),
            borders=row["borders"],
        )

    def _bound(self, row: Row, fact: Fact, name: str) -> Figure | None:
        if row[name] is None:
            return None
        by_weights = row["kind"] == MEAN
        cells = merged(cell for one in self._addends(row, every=True) for cell in (*one.selections, *one.losers))
        uses = (*fact.parameters, *([self.uses.weights] if by_weights else []))
        origin = Origin(WEIGHT_RANGE if by_weights else PART_RANGE, cells, tuple(dict.fromkeys(uses)))
        return Figure(f"{fact.key}/{name}", row[name], indicators()[fact.indicator].unit, fact.places, origin)

    def _addends(self, row: Row, *, every: bool = False) -> list[Fact]:
        """Return the facts that a value follows from; ``every`` year of a part, where its range is asked for."""
        if row["kind"] == ESTIMATE:
            return self._shares(row, every=every)
        rule, units = indicators()[row["indicator"]], [part["unit"] for part in row["parts"]]
        own = [self._known(row["indicator"], unit, row["year"], row["period"]) for unit in units]
        if row["kind"] == SHARE and rule.counted_by is not None:
            return [*own, *(self._known(rule.counted_by, unit, row["year"], row["period"]) for unit in units)]
        if row["kind"] == MEAN and rule.weighted_by is not None:
            return [*own, *(self._weight(rule.weighted_by, unit, row["year"]) for unit in units)]
        return own

    def _shares(self, row: Row, *, every: bool) -> list[Fact]:
        """Return the whole of the year, then what tells a part of it: own value and whole of the years with both."""
        old = {one["year"]: one for one in self.rows if one["borders"] == OLD and one["value"] is not None}
        own = self.of_member(Region.parse(row["region"]))
        both = [one for one in own if one["kind"] != ESTIMATE and one["value"] is not None and one["year"] in old]
        chosen = both if every else both[:1]
        told = [addend for one in chosen for pair in (one, old[one["year"]]) for addend in self._addends(pair)]
        return [*self._addends(old[row["year"]]), *told]

    def _weight(self, code: str, unit: str, year: int) -> Fact:
        found = (self.facts.value(code, Region.parse(unit), year, period) for period in _periods(code))
        return next(fact for fact in found if fact is not None and fact.value is not None)

    def _known(self, code: str, unit: str, year: int, period: str) -> Fact:
        fact = self.facts.value(code, Region.parse(unit), year, period)
        if fact is None:
            raise ValueError(f"no fact behind {code} of {unit} in {year}")
        return fact


def _periods(code: str) -> Iterable[str]:
    return indicators()[code].possible_periods
