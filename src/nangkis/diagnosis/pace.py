"""Laju terhadap target of every region at once: its pace beside the one that a target needs, and when it arrives."""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.course import on_scale, per_year_told
from nangkis.indicators.panel import SERIES


def paces(paced: pl.DataFrame, targets: pl.DataFrame, *, z: float) -> pl.DataFrame:
    r"""Return the pace that each target needs from the last value on, and whether the region's own pace is enough.

    .. math:: \text{needed} = \frac{T - y}{t_T - t}

    Both paces are ranges. The own one holds the interval of the slope (:func:`nangkis.diagnosis.course.slopes`) and
    what the sampling errors of both ends allow; the needed one follows from the last value and its error.

    Args:
        paced: the courses, as :func:`nangkis.diagnosis.course.courses` gives.
        targets: ``indicator``, ``region``, ``target`` (in the unit of the indicator) and ``target_year``.
        z: how many standard errors a range has to each side.
    Returns: one row per target and series with a good direction and enough years: ``target``, ``target_year``,
        ``last_year``, ``last_value``, ``needed``, ``pace``, ``pace_worst`` and ``pace_best`` (in the unit per year, or
        percent per year of what is told as growth), ``arrival``, ``arrival_first`` and ``arrival_last`` (the years to
        which the paces lead; null when never), ``tested`` (False without errors: the ranges then are of the line only)
        and ``verdict``: ``reached`` or ``reached-unsure`` (the last value is there), ``passed`` (its year is over),
        ``enough``, ``too-slow``, ``away`` (even the best pace leads elsewhere) or ``unsure``.
    """
    told = paced.filter((pl.col("good") != 0) & pl.col("movement").is_not_null())
    ahead = (pl.col("target_year") - pl.col("last_year")).cast(pl.Float64)
    both = told.join(targets, on=["indicator", "region"]).with_columns(
        on_scale("target").alias("aim"), on_scale("last_value").alias("now"), _relative().alias("off")
    )
    both = both.with_columns(
        ((pl.col("aim") - pl.col("now")) * pl.col("good")).alias("missing"),
        pl.when(ahead > 0).then(ahead).alias("ahead"),
    )
    judged = both.with_columns(*_own_pace(z)).with_columns(
        _verdict(z).alias("verdict"), *(_arrival(name) for name in ("pace", "best", "worst"))
    )
    return _in_words(judged)


def _in_words(judged: pl.DataFrame) -> pl.DataFrame:
    """Return the columns as they are told: what was compared as a logarithm becomes percent per year."""
    return judged.select(
        *SERIES,
        "target",
        "target_year",
        "last_year",
        "last_value",
        per_year_told((pl.col("aim") - pl.col("now")) / pl.col("ahead")).alias("needed"),
        per_year_told(pl.col("pace")).alias("pace"),
        per_year_told(pl.col("worst")).alias("pace_worst"),
        per_year_told(pl.col("best")).alias("pace_best"),
        pl.col("arrival_pace").alias("arrival"),
        pl.col("arrival_best").alias("arrival_first"),
        pl.col("arrival_worst").alias("arrival_last"),
        pl.col("off").is_not_null().alias("tested"),
        "verdict",
    )


def _relative() -> pl.Expr:
    """Return the error of the last value on the scale on which paces are compared."""
    return pl.when("grows").then(pl.col("last_error") / pl.col("last_value")).otherwise("last_error")


def _own_pace(z: float) -> tuple[pl.Expr, ...]:
    """Return the pace, the worst and the best that the data allow, on the scale on which paces are compared."""
    slope, low, high = (_compared(name) for name in ("slope", "slope_low", "slope_high"))
    relative = pl.when("grows").then(pl.col("change_error") / pl.col("last_value")).otherwise("change_error")
    half = (z * relative / (pl.col("last_year") - pl.col("first_year"))).fill_null(0)
    lowest, highest = pl.min_horizontal(low, slope - half), pl.max_horizontal(high, slope + half)
    rises = pl.col("good") > 0
    return (
        slope.alias("pace"),
        pl.when(rises).then(lowest).otherwise(highest).alias("worst"),
        pl.when(rises).then(highest).otherwise(lowest).alias("best"),
    )


def _compared(name: str) -> pl.Expr:
    return pl.when("grows").then((1 + pl.col(name) / 100).log()).otherwise(name)


def _arrival(name: str) -> pl.Expr:
    """Return the first year in which a pace has led to the target; null when it leads elsewhere, or is there."""
    towards = (pl.col(name) * pl.col("good") > 0) & (pl.col("missing") > 0)
    years = ((pl.col("aim") - pl.col("now")) / pl.col(name)).ceil()
    year = pl.when(towards).then(pl.col("last_year") + years).cast(pl.Int64, strict=False)
    return year.alias(f"arrival_{name}")


def _verdict(z: float) -> pl.Expr:
    good, half = pl.col("good"), z * pl.col("off").fill_null(0)
    there = pl.col("missing") <= 0
    hardest, easiest = ((pl.col("missing") + side * half) / pl.col("ahead") for side in (1, -1))
    return (
        pl.when(there & (pl.col("missing").abs() > half))
        .then(pl.lit("reached"))
        .when(there)
        .then(pl.lit("reached-unsure"))
        .when(pl.col("ahead").is_null())
        .then(pl.lit("passed"))
        .when(pl.col("worst") * good >= hardest)
        .then(pl.lit("enough"))
        .when(pl.col("best") * good <= 0)
        .then(pl.lit("away"))
        .when(pl.col("best") * good < easiest)
        .then(pl.lit("too-slow"))
        .otherwise(pl.lit("unsure"))
    )
