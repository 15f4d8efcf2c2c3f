"""The pace of many series at once, by Theil and Sen: the median of the slopes of all pairs of years."""

from __future__ import annotations

from itertools import combinations
from statistics import NormalDist

import polars as pl

from nangkis.diagnosis.grid import by_series


SLOPES = ("slope", "slope_low", "slope_high", "slope_before")


def slopes(values: pl.DataFrame, *, level: float) -> pl.DataFrame:
    r"""Return the Theil-Sen slope of each series with its interval.

    .. math:: \operatorname{median}_{i<j} \frac{y_j - y_i}{t_j - t_i}

    The interval holds the slopes between two places in their order, by the variance of Kendall's statistic; equal
    values are allowed for. It leaves out the sampling errors of the values.

    Args:
        values: rows with ``series``, ``year`` (distinct within a series) and ``y``, not null, sorted by series.
        level: how sure the interval is, 0 to 1.
    Returns: ``series``, ``slope``, ``slope_low`` and ``slope_high``, and ``slope_before``, that of the rows before the
        last of each series; all in the unit of ``y`` per year. No row for a series of one year; null where one is left.
    Source: Sen (1968), Journal of the American Statistical Association 63, 1379-1389, section 3.

    >>> table = pl.DataFrame({"series": 1, "year": [2015, 2016, 2018], "y": [10.0, 9.0, 7.0]})
    >>> slopes(table, level=0.95)["slope"].to_list()
    [-1.0]
    """
    own = values.select("series", "year", "y")
    length = by_series(own).len()["len"].gather(own["series"].rle_id())
    # Series of as many years make a table without holes, which takes far less time than one with them.
    parts = [_of_length(own.filter(length == n), n, level=level) for n in length.unique().sort() if n > 1]
    none = pl.DataFrame(schema=pl.Schema({"series": own["series"].dtype, **dict.fromkeys(SLOPES, pl.Float64())}))
    return pl.concat([none, *parts])


def _of_length(rows: pl.DataFrame, n: int, *, level: float) -> pl.DataFrame:
    """Return the slopes of series of ``n`` years each."""
    y, year = ([rows[name].gather_every(n, at) for at in range(n)] for name in ("y", "year"))
    pairs = list(combinations(range(n), 2))
    paces = [((y[late] - y[early]) / (year[late] - year[early])).alias(f"{early}/{late}") for early, late in pairs]
    before = [pace for pace, (_, late) in zip(paces, pairs, strict=True) if late < n - 1]
    whole = _side_by_side(paces)
    told = pl.DataFrame({"series": rows["series"].gather_every(n), "slope": whole.arr.median(), "paces": whole})
    slope_before = _side_by_side(before).arr.median() if before else pl.lit(None, pl.Float64)
    told = told.with_columns(slope_before.alias("slope_before"), _tied(rows, told))
    return _with_interval(told, n, level=level)


def _side_by_side(columns: list[pl.Series]) -> pl.Series:
    """Return the numbers of columns as one array for each row."""
    return pl.DataFrame(columns).select(pl.concat_arr(pl.all())).to_series()


def _tied(rows: pl.DataFrame, told: pl.DataFrame) -> pl.Series:
    r"""Return ``tied``, :math:`\sum t (t - 1) (2 t + 5)` over the groups of *t* equal values in each series."""
    level = told.filter(pl.col("paces").arr.count_matches(0.0) > 0).select("series")
    t = pl.col("len").cast(pl.Float64)
    groups = level.join(rows, on="series").group_by("series", "y").len()
    ties = groups.group_by("series").agg((t * (t - 1) * (2 * t + 5)).sum().alias("tied"))
    return told.select("series").join(ties, on="series", how="left", maintain_order="left")["tied"].fill_null(0)


def _with_interval(told: pl.DataFrame, n: int, *, level: float) -> pl.DataFrame:
    many, z = n * (n - 1) // 2, NormalDist().inv_cdf((1 + level) / 2)
    sigma = ((n * (n - 1) * (2 * n + 5) - pl.col("tied")) / 18).sqrt()
    low = ((many - z * sigma) / 2).round(mode="half_to_even").cast(pl.Int64) - 1
    high = ((many + z * sigma) / 2).round(mode="half_to_even").cast(pl.Int64)
    ends = {"low": pl.max_horizontal(low, 0), "high": pl.min_horizontal(high, many - 1)}
    alike = told.with_columns(**ends).group_by("low", "high")
    return pl.concat(_ends(part, many, int(str(low)), int(str(high))) for (low, high), part in alike)


def _ends(told: pl.DataFrame, many: int, low: int, high: int) -> pl.DataFrame:
    """Return the slopes at two places in their order; to pick them takes less time than to sort all."""
    picked = {
        name: pl.col("paces").arr.agg(pl.element().quantile(place / max(many - 1, 1), "nearest"))
        for name, place in (("slope_low", low), ("slope_high", high))
    }
    return told.with_columns(**picked).select("series", *SLOPES)
