"""The numbers of many series in one column, year by year: another year of a series is a place in it, not a join."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Grid:
    """Where the number of each series and year stands: ``wide`` years from ``first`` on, for one series after another.

    ``rows`` have a ``series``, counted from 0, and a ``year`` each, no two the same.
    """

    rows: pl.DataFrame
    first: int
    wide: int

    def column(self, name: str) -> pl.Series:
        """Return a column of the rows at their places; null at the places that have no row."""
        numbers, places = self.rows[name], self.places(self.rows["series"])
        size = 0 if numbers.is_empty() else self.wide * (1 + int(str(self.rows["series"].max())))
        return pl.repeat(None, size, dtype=numbers.dtype, eager=True).scatter(places, numbers)

    def places(self, series: pl.Series) -> pl.Series:
        """Return where each row's year stands in another series; null where that is null."""
        return series.cast(pl.Int64) * self.wide + (self.rows["year"] - self.first)


def grid_of(rows: pl.DataFrame) -> Grid:
    """Return the grid of the ``series`` and ``year`` of rows."""
    if rows.is_empty():
        return Grid(rows, 0, 0)
    first, last = (int(str(end)) for end in (rows["year"].min(), rows["year"].max()))
    return Grid(rows, first, last - first + 1)


def by_series(rows: pl.DataFrame) -> pl.dataframe.group_by.GroupBy:
    """Return rows that are sorted by ``series`` in the groups of each, in order."""
    return rows.with_columns(pl.col("series").set_sorted()).group_by("series", maintain_order=True)


def firsts(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Return some columns of the first row of each series, of rows that are sorted by ``series``."""
    return rows.select(columns).filter(rows["series"].ne_missing(rows["series"].shift(1)))
