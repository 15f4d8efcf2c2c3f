"""Efektivitas of every region at once: the last value beside the one that the region's own trend line leads to.

Of the indicator's course only: what a budget has done is another question (domain note 10.14).
"""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.course import LINE, comparable
from nangkis.diagnosis.grid import by_series
from nangkis.diagnosis.standing import class_of, sign_of
from nangkis.indicators.panel import SERIES


# The scale of a normal distribution is 1.4826 times its median absolute deviation.
SCALE_OF_MEDIAN = 1.4826


def effectiveness(values: pl.DataFrame, paced: pl.DataFrame, *, z: float, fewest: int) -> pl.DataFrame:
    r"""Return the last value of each series beside the line through the years before it.

    The line is that of Theil and Sen: the median slope *b*, and the median of :math:`y - bt`. Its value in the last
    year *t* is as uncertain as a fitted line is:

    .. math:: s^2 = \sigma^2 \left(\frac{1}{n} + \frac{(t - \bar t)^2}{\sum (t_i - \bar t)^2}\right)

    with the larger of two for :math:`\sigma`: what the values scatter about the line, and their sampling errors.

    Args:
        values: as :func:`nangkis.diagnosis.standing.compared` gives.
        paced: the courses, as :func:`nangkis.diagnosis.course.courses` gives.
        z: how many standard errors the distance must pass.
        fewest: how many years before the last the line needs.
    Returns: one row per series with enough years: ``last_year``, ``value``, ``error``, ``line_first``, ``line_last``
        and ``line_years`` (of the line), ``expected`` and ``expected_error``, ``distance`` (value minus expected), all
        in the unit of the indicator, ``tested`` and ``class``. Indicators told as growth have their line in logarithms.
    """
    rows = comparable(values.select(LINE), paced).with_columns(
        pl.when("grows").then(pl.col("error") / pl.col("value")).otherwise("error").alias("y_error")
    )
    before = rows.filter(pl.col("year") < pl.col("last_year"))
    line = _line(before, paced).filter(pl.col("line_years") >= fewest)
    last = rows.filter(pl.col("year") == pl.col("last_year")).join(line, on="series")
    return _judged(_expected(last), z=z)


def _line(before: pl.DataFrame, paced: pl.DataFrame) -> pl.DataFrame:
    """Return for each series the line, its mean year and spread of years, and the scatter about it."""
    rest = before.with_columns(paced["slope_before"].gather(before["series"]).alias("slope"))
    rest = rest.with_columns((pl.col("y") - pl.col("slope") * pl.col("year")).alias("rest"))
    intercept = by_series(rest).agg(pl.col("rest").median().alias("intercept"))
    rest = rest.with_columns(intercept["intercept"].gather(rest["series"].rle_id()))
    off = rest.with_columns((pl.col("rest") - pl.col("intercept")).abs().alias("off"))
    # Sums of whole numbers are exact: the spread of the years is their sum of squares less that of their mean.
    n, year = pl.len().cast(pl.Int64), pl.col("year").cast(pl.Int64)
    return by_series(off).agg(
        pl.col("slope", "intercept").first(),
        (pl.col("off").median() * SCALE_OF_MEDIAN).alias("scatter"),
        pl.col("y_error").pow(2).mean().sqrt().alias("asked"),
        pl.col("y_error").null_count().alias("unknown"),
        year.mean().alias("middle"),
        ((n * (year * year).sum() - year.sum() ** 2) / n).alias("spread"),
        pl.col("year").min().alias("line_first"),
        pl.col("year").max().alias("line_last"),
        pl.len().alias("line_years"),
    )


def _expected(last: pl.DataFrame) -> pl.DataFrame:
    year = pl.col("year").cast(pl.Float64)
    sigma = pl.max_horizontal("scatter", "asked")
    far = 1 / pl.col("line_years") + (year - pl.col("middle")).pow(2) / pl.col("spread")
    line = pl.col("intercept") + pl.col("slope") * year
    told = last.with_columns(pl.when("grows").then(line.exp()).otherwise(line).alias("expected"))
    error = pl.when(pl.col("unknown") == 0).then(sigma * far.sqrt())
    return told.with_columns(pl.when("grows").then(error * pl.col("expected")).otherwise(error).alias("expected_error"))


def _judged(last: pl.DataFrame, *, z: float) -> pl.DataFrame:
    known = pl.col("error").is_not_null() & pl.col("expected_error").is_not_null()
    judged = last.with_columns(
        (pl.col("value") - pl.col("expected")).alias("distance"), ((pl.col("good") != 0) & known).alias("tested")
    )
    return judged.select(
        *SERIES,
        "last_year",
        "value",
        "error",
        "line_first",
        "line_last",
        "line_years",
        "expected",
        "expected_error",
        "distance",
        "tested",
        class_of(sign_of("expected", "expected_error", z=z), "distance", "tested").alias("class"),
    )
