"""All values of all regions beside what a judgement of them needs: their standing in the catalogue, their error."""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.judging import UNITS
from nangkis.diagnosis.sampling import Design, errors_of_percent, survey_of
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator, indicators
from nangkis.indicators.panel import PREFERRED, PUBLISHED, SERIES
from nangkis.regions.frame import REGENCY, members


GOOD = {Direction.LOWER: -1, Direction.HIGHER: 1, Direction.CONTEXT: 0}
GROWING = frozenset(unit for unit, told in UNITS.items() if told.relative)
KEY = (*SERIES, "year")


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
    "grows": pl.Boolean,  # its pace is told as growth in percent
    "smallest": pl.Float64,  # the smallest meaningful yearly change, in its unit
    "smallest_share": pl.Float64,  # or as a share (0-1) of the value that it starts from
    "sampling": pl.Boolean,
    "survey": pl.String,  # whose households its error rests on; null where none is known
    "units": pl.Float64,  # how many units of its base stand in a household; null for a number of people
    "counts": pl.String,  # the percentage whose people it counts
}


def _traits(one: Indicator) -> tuple[str | int | float | bool | None, ...]:
    change, basis = one.smallest_meaningful_change, one.error
    return (
        one.code,
        GOOD[one.direction],
        one.aggregation is Aggregation.SUM,
        one.unit in GROWING,
        0.0 if change.relative else change.by,
        change.by if change.relative else 0.0,
        one.sampling,
        survey_of(one),
        None if basis is None else basis.units_per_household,
        None if basis is None else basis.percent,
    )


def _with_errors(known: pl.DataFrame, design: Design) -> pl.DataFrame:
    rows = known.join(_households(known, design), on=["region", "year", "survey"], how="left", nulls_equal=True)
    asked = rows["households"] * rows["units"]
    rows = rows.with_columns(
        errors_of_percent(rows["value"], asked, design_effect=design.design_effect).alias("by_share")
    )
    shares = rows.filter(pl.col("units").is_not_null()).select(
        pl.col("indicator").alias("counts"), *KEY[1:], (pl.col("by_share") / pl.col("value")).alias("relative")
    )
    counted = rows.join(shares, on=["counts", *KEY[1:]], how="left")
    relative = pl.when(pl.col("relative").is_finite()).then(pl.col("value") * pl.col("relative"))
    error = pl.when(pl.col("sampling").not_()).then(0.0).otherwise(pl.coalesce("by_share", relative))
    return counted.with_columns(pl.when(pl.col("value").is_not_null()).then(error).alias("error")).drop(
        "households", "by_share", "relative", "units", "counts", "survey"
    )


def _households(known: pl.DataFrame, design: Design) -> pl.DataFrame:
    """Return how many households each survey samples by region and year: in a province, those of its regencies."""
    asked = known.select("region", "level", "year").unique()
    rows = [(str(survey), one.regency, one.nation) for survey, one in design.households.items()]
    surveys = pl.DataFrame(
        rows, schema={"survey": pl.String, "regency": pl.Float64, "nation": pl.Float64}, orient="row"
    )
    counted = asked.join(members("province", asked["year"]), on=["region", "year"], how="left")
    of_level = (
        pl.when(pl.col("level") == "nation")
        .then("nation")
        .when(pl.col("level") == "province")
        .then(pl.col("members") * pl.col("regency"))
        .otherwise("regency")
    )
    return counted.join(surveys, how="cross").select("region", "year", "survey", of_level.alias("households"))
