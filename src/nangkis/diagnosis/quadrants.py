"""Kuadran: two indicators at once, each above or below the value of the province or the nation."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nangkis.diagnosis.sampling import is_beyond


def quadrants(standings: pl.DataFrame, pairs: Sequence[tuple[str, str]], *, reference: str, z: float) -> pl.DataFrame:
    """Return in which quadrant each region lies.

    Args:
        standings: one row per indicator and region, as :func:`nangkis.diagnosis.standing.standings` gives.
        pairs: two indicators each, the first along, the second upward.
        reference: ``province`` or ``nation``: whose value cuts. Numbers of people are cut at the mean of the regions
            beside each other, for a province's total is no measure of one region.
        z: how many standard errors a value must lie from the cut.
    Returns: one row per pair and region with both: ``x``, ``y``, ``region``, ``above``, and for each axis its
        ``_year``, ``_value``, ``_cut`` and ``_side`` (``better``, ``worse``, or ``higher`` and ``lower`` where nothing
        is better; ``unsure`` where the data cannot tell), and ``sure`` (both sides are told).
    """
    sides = _sides(standings, reference, z=z)
    asked = pl.DataFrame(list(pairs), schema={"x": pl.String, "y": pl.String}, orient="row")
    x, y = (_axis(sides, name) for name in ("x", "y"))
    both = asked.join(x, on="x", maintain_order="left").join(y.drop("above"), on=["y", "region"], maintain_order="left")
    sure = (pl.col("x_side") != "unsure") & (pl.col("y_side") != "unsure")
    return both.with_columns(sure.alias("sure"))


def _axis(sides: pl.DataFrame, name: str) -> pl.DataFrame:
    told = (pl.col(part).alias(f"{name}_{part}") for part in ("year", "value", "cut", "side"))
    return sides.select(pl.col("indicator").alias(name), "region", "above", *told)


def _sides(standings: pl.DataFrame, reference: str, *, z: float) -> pl.DataFrame:
    cut = pl.when("summed").then("field_mean").otherwise(f"{reference}_value")
    error = pl.when("summed").then(0.0).otherwise(f"{reference}_error")
    known = standings.with_columns(cut.alias("cut"), error.alias("cut_error")).filter(pl.col("cut").is_not_null())
    beyond = is_beyond(pl.col("value"), pl.col("error"), pl.col("cut"), pl.col("cut_error"), z=z)
    higher = pl.col("value") > pl.col("cut")
    good = pl.col("good") * pl.when(higher).then(1).otherwise(-1)
    side = (
        pl.when(beyond.fill_null(value=False).not_())
        .then(pl.lit("unsure"))
        .when(good > 0)
        .then(pl.lit("better"))
        .when(good < 0)
        .then(pl.lit("worse"))
        .when(higher)
        .then(pl.lit("higher"))
        .otherwise(pl.lit("lower"))
    )
    return known.with_columns(side.alias("side"))
