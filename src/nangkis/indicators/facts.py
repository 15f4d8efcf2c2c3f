"""What the lake holds of an indicator: one value per region, year and period, with the cells that it came from.

A province or the nation without a published value gets the sum over its regencies, never their mean, and only when
every regency has what the sum needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import polars as pl

from nangkis.indicators.catalogue import Aggregation, Indicator, MethodBreak, indicators
from nangkis.indicators.choice import KEY, chosen_rows
from nangkis.indicators.panel import SERIES, SHARE_OF_REGENCIES, SUM_OF_REGENCIES, counting_periods, panel
from nangkis.indicators.selections import merged
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.regions import register, splits
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.findings import Finding


MARCH = "maret"
COMPUTED = frozenset({SUM_OF_REGENCIES, SHARE_OF_REGENCIES})


@dataclass(frozen=True)
class Fact:
    """One value of an indicator, in its unit, or the reason why there is none.

    ``places`` are the decimals that the source gives; ``losers`` the cells of other tables that say otherwise.
    ``standard_error`` is what its source published, in its unit.
    ``month_known`` is False where the value may be of another month than its table says. ``borders`` names those of
    another time (:mod:`nangkis.regions.families`) where the value was computed within them, and no table publishes it.
    """

    indicator: str
    region: Region
    year: int
    period: str
    month_known: bool
    value: float | None
    places: int
    missing: str | None
    method: Method
    selections: tuple[Selection, ...]
    losers: tuple[Selection, ...] = ()
    standard_error: float | None = None
    parameters: tuple[ParameterUse, ...] = ()
    borders: str | None = None

    @property
    def error_selections(self) -> tuple[Selection, ...]:
        """The cell of the published standard error; none where none was."""
        if self.standard_error is None:
            return ()
        return tuple(replace(cell, column="standard_error") for cell in self.selections)

    @property
    def key(self) -> str:
        """What the figure of this fact is called, the same in every run."""
        period = "" if self.period == MARCH else f"/{self.period}"
        borders = "" if self.borders is None else f"/{self.borders}-borders"
        return f"{self.indicator}/{self.year}{period}/{self.region}{borders}"

    @property
    def number(self) -> float:
        """The value; asking a missing one is a bug."""
        if self.value is None:
            raise ValueError(f"{self.key} is missing: {self.missing}")
        return self.value

    @property
    def figure(self) -> Figure:
        """The value as a figure with its origin; a loser is among the inputs, for it was weighed too."""
        origin = Origin(self.method, (*self.selections, *self.losers), self.parameters)
        return Figure(self.key, self.number, indicators()[self.indicator].unit, self.places, origin)


@dataclass(frozen=True)
class Facts:
    """All facts of a snapshot. ``chosen`` has one row per indicator, region, year and period, sorted by them.

    ``march_since`` gives, by indicator, the first year whose values are certainly of March, by the rule ``march``.
    """

    chosen: pl.DataFrame
    findings: tuple[Finding, ...]
    preference: ParameterUse
    march_since: Mapping[str, int]
    march: ParameterUse

    def value(self, indicator: str, region: Region, year: int, period: str = MARCH) -> Fact | None:
        """Return the published value, else the one that the regencies add up to, else why it is missing, else None."""
        row = self._years(indicator, region, period).get(year)
        return None if row is None else self._fact(row, region)

    def series(self, indicator: str, region: Region, period: str = MARCH) -> tuple[Fact, ...]:
        """Return the facts of all years for which any table speaks of the region, or its regencies add up to one."""
        return tuple(self._fact(row, region) for row in self._years(indicator, region, period).values())

    def latest_year(self, indicator: str, region: Region, period: str = MARCH) -> int | None:
        """Return the last year with a value, or None."""
        years = [fact.year for fact in self.series(indicator, region, period) if fact.value is not None]
        return max(years, default=None)

    def period_of(self, indicator: str, region: Region) -> str:
        """Return the period of the series that counts (:func:`nangkis.indicators.panel.counting_periods`)."""
        period, _ = self._periods.get((indicator, str(region)), (indicators()[indicator].possible_periods[0], ()))
        return period

    def other_periods(self, indicator: str, region: Region) -> tuple[str, ...]:
        """Return the periods of further series of the region, which are not joined to the one that counts."""
        _, others = self._periods.get((indicator, str(region)), ("", ()))
        return tuple(others)

    def method_breaks(self, indicator: Indicator, period: str) -> tuple[MethodBreak, ...]:
        """Return from when on a series is made another way: what the catalogue knows, and the month of the survey."""
        since = self.march_since.get(indicator.code) if period == MARCH else None
        month = () if since is None else (MethodBreak(since, "break.survey-month", self.march),)
        return (*indicator.method_breaks, *month)

    def month_known(self, indicator: str, year: int, period: str) -> bool:
        """Say whether the values of a year are certainly of the month that their tables say."""
        return period != MARCH or year >= self.march_since.get(indicator, year)

    @cached_property
    def panel(self) -> pl.DataFrame:
        """Every value and every total, as :func:`nangkis.indicators.panel.panel` gives."""
        return panel(self.chosen)

    @cached_property
    def _periods(self) -> Mapping[tuple[str, str], tuple[str, Sequence[str]]]:
        found = counting_periods(self.panel).iter_rows()
        return {(indicator, region): (period, others) for indicator, region, period, others in found}

    @cached_property
    def _places(self) -> Mapping[tuple[str, str, str], tuple[int, int]]:
        """Where in the panel each series begins, and how many years it has."""
        series = self.panel.with_row_index().group_by(SERIES, maintain_order=True)
        found = series.agg(pl.col("index").first(), pl.len()).iter_rows()
        return {(indicator, region, period): (first, many) for indicator, region, period, first, many in found}

    def _years(self, indicator: str, region: Region, period: str) -> dict[int, dict[str, Any]]:
        first, many = self._places.get((indicator, str(region), period), (0, 0))
        return {row["year"]: row for row in self.panel[first : first + many].iter_rows(named=True)}

    def _fact(self, row: dict[str, Any], region: Region) -> Fact:
        computed = row["method"] in COMPUTED
        losers = row["losers"] or ()
        cells = self._cells_of_regencies(row, region) if computed else [_selection(row, row[TABLE])]
        return Fact(
            indicator=row["indicator"],
            region=region,
            year=row["year"],
            period=row["period"],
            month_known=self.month_known(row["indicator"], row["year"], row["period"]),
            value=row["value"],
            places=row["places"],
            missing=row["missing"],
            method=Method(row["method"], 1),
            selections=merged(cells) if computed else tuple(cells),
            losers=tuple(_selection(row, table) for table in losers),
            standard_error=row["standard_error"],
            parameters=(self.preference,) if losers or row["weighed"] else (),
        )

    def _cells_of_regencies(self, row: dict[str, Any], region: Region) -> Iterator[Selection]:
        """Yield the cells that a total was added up from, the losing ones too: they were weighed."""
        for code in _needed(row["indicator"]):
            for member in members_in(region, row["year"]):
                own = self._years(code, member, row["period"])[row["year"]]
                yield from (_selection(own, table) for table in (own[TABLE], *(own["losers"] or ())))


def facts(snapshot: Snapshot, *, parameters: Parameters, on: date) -> Facts:
    """Return what the snapshot's tables say, by the rules in force on a day: which source counts, which month it is."""
    preference, march = parameters.on("source_preference", on), parameters.on("bulan_survei_pasti", on)
    chosen, findings = chosen_rows(snapshot, preference.value)
    since = {indicator: int(year) for indicator, year in march.value.items()}
    return Facts(chosen, findings, preference.use, since, march.use)


def members_in(region: Region, year: int | None) -> Sequence[Region]:
    """Return the regencies that a province or the nation consisted of in a year (None: today); none for a regency.

    Before its founding a regency is part of its parent, whatever a back-filled table says of it.
    """
    here = register.place(region)
    if here.level not in {register.Level.PROVINCE, register.Level.NATION}:
        return ()
    regencies = [place.region for place in register.regencies(region)]
    return [code for code in regencies if year is None or not founding_after(code, year)]


@cache
def founding_after(region: Region, year: int) -> splits.Split | None:
    """Return the founding after which a region first has figures of its own, where a year lies before that.

    What a table holds of the region then is its parent's, filled backwards; and its own regencies lay elsewhere.
    """
    foundings = (split for split in splits.splits_of(region) if split.child == region)
    return next((split for split in foundings if year < split.first_own_year), None)


def _needed(indicator: str) -> tuple[str, ...]:
    rule = indicators()[indicator]
    if rule.aggregation is Aggregation.SHARE_OF_POPULATION and rule.counted_by is not None:
        return rule.counted_by, indicator
    return (indicator,) if rule.aggregation is Aggregation.SUM else ()


def _selection(row: dict[str, Any], table: str) -> Selection:
    return Selection(table, tuple((column, (row[column],)) for column in KEY), "value")
