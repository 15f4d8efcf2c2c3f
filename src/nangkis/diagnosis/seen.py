"""All values of all regions beside what a judgement of them needs: their standing in the catalogue, their error."""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.judging import UNITS
from nangkis.diagnosis.sampling import Design, errors_of_percent
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator, indicators
from nangkis.indicators.panel import PREFERRED, PUBLISHED
from nangkis.regions.frame import REGENCY, places
from nangkis.vocabulary.units import Unit


GOOD = {Direction.LOWER: -1, Direction.HIGHER: 1, Direction.CONTEXT: 0}
GROWING = frozenset(unit for unit, told in UNITS.items() if told.relative)
CELL = ("indicator", "year", "period")
KEY = ("indicator", "region", "period", "year")


def seen(panel: pl.DataFrame, *, design: Design) -> pl.DataFrame:
    """Return the panel with what the catalogue knows of each indicator, and the standard error of each value.

    Args:
        panel: as :func:`nangkis.indicators.panel.panel` gives.
        design: how the survey is drawn.
    Returns: the panel with ``good`` (1: higher is better, -1: lower is, 0: neither), ``summed`` (a number that adds
        up), ``above`` (the province of a regency, the nation of a province), ``then`` (False where the borders of that
        year were others), and ``error``, in the unit of the value: 0 for what is no sample estimate, null where none
        is known.
    """
    traits = pl.DataFrame([_traits(one) for one in indicators().values()], schema=_TRAITS, orient="row")
    same_borders = pl.col("comparable_from").is_null() | (pl.col("year") >= pl.col("comparable_from"))
    known = panel.join(traits, on="indicator", maintain_order="left").with_columns(
        pl.when(pl.col("level") == REGENCY)
        .then("province")
        .when(pl.col("level") == "province")
        .then("nation")
        .alias("above"),
        (same_borders | pl.col("method").is_in([PUBLISHED, PREFERRED]).not_()).alias("then"),
    )
    return _with_errors(known, design).sort(KEY)


_TRAITS = {
    "indicator": pl.String,
    "good": pl.Int8,
    "summed": pl.Boolean,
    "sampling": pl.Boolean,
    "percent": pl.Boolean,
    "counts": pl.String,  # the percentage whose people it counts
    "grows": pl.Boolean,  # its pace is told as growth in percent
    "smallest": pl.Float64,  # the smallest meaningful yearly change, in its unit
    "smallest_share": pl.Float64,  # or as a share (0-1) of the value that it starts from
}


def _traits(one: Indicator) -> tuple[str | int | float | bool | None, ...]:
    shares = {other.counted_by: other.code for other in indicators().values() if other.counted_by is not None}
    change = one.smallest_meaningful_change
    return (
        one.code,
        GOOD[one.direction],
        one.aggregation is Aggregation.SUM,
        one.sampling,
        one.unit is Unit.PERCENT,
        shares.get(one.code),
        one.unit in GROWING,
        0.0 if change.relative else change.by,
        change.by if change.relative else 0.0,
    )


def _with_errors(known: pl.DataFrame, design: Design) -> pl.DataFrame:
    rows = known.join(_households(known, design), on=["region", "year"], how="left")
    rows = rows.with_columns(
        errors_of_percent(rows["value"], rows["households"], design_effect=design.design_effect).alias("by_share")
    )
    shares = rows.filter("percent").select(
        pl.col("indicator").alias("counts"), *KEY[1:], (pl.col("by_share") / pl.col("value")).alias("relative")
    )
    counted = rows.join(shares, on=["counts", *KEY[1:]], how="left")
    relative = pl.when(pl.col("relative").is_finite()).then(pl.col("value") * pl.col("relative"))
    error = pl.when(pl.col("sampling").not_()).then(0.0).when("percent").then("by_share").otherwise(relative)
    return counted.with_columns(pl.when(pl.col("value").is_not_null()).then(error).alias("error")).drop(
        "households", "by_share", "relative", "percent", "counts"
    )


def _households(known: pl.DataFrame, design: Design) -> pl.DataFrame:
    """Return how many sampled households each region and year rests on: a province has its regencies' together."""
    regencies = places().filter(pl.col("level") == REGENCY).select(pl.col("province").alias("region"), "own_from")
    asked = known.select("region", "level", "year").unique()
    members = asked.join(regencies, on="region").filter(
        pl.col("own_from").is_null() | (pl.col("year") >= pl.col("own_from"))
    )
    counted = members.group_by("region", "year").agg(pl.len().alias("members"))
    return asked.join(counted, on=["region", "year"], how="left").select(
        "region",
        "year",
        pl.when(pl.col("level") == "nation")
        .then(design.households_nation)
        .when(pl.col("level") == "province")
        .then(pl.col("members") * design.households_regency)
        .otherwise(design.households_regency)
        .alias("households"),
    )
