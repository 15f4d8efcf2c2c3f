"""All values of all regions beside what a judgement of them needs: their standing in the catalogue, their error."""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.grid import firsts
from nangkis.diagnosis.judging import UNITS
from nangkis.diagnosis.sampling import Design, errors_of_gap, errors_of_percent, survey_of
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator, indicators
from nangkis.indicators.panel import PREFERRED, PUBLISHED, SERIES
from nangkis.regions.frame import REGENCY, members


GOOD = {Direction.LOWER: -1, Direction.HIGHER: 1, Direction.CONTEXT: 0}
GROWING = frozenset(unit for unit, told in UNITS.items() if told.relative)
KEY = (*SERIES, "year")


def seen(panel: pl.DataFrame, *, design: Design) -> pl.DataFrame:
    """Return the values of a panel with what the catalogue knows of each indicator, and their standard errors.

    Args:
        panel: as :func:`nangkis.indicators.panel.panel` gives.
        design: how the survey is drawn.
    Returns: the rows with a value, with ``good`` (1: higher is better, -1: lower is, 0: neither), ``summed`` (a number
        that adds up), ``above`` (the province of a regency, the nation of a province), ``then`` (False where the
        borders of that year were others), and ``error``, in the unit of the value: the published one, else 0 for what
        is no sample estimate, else an approximation, null where none is known; ``series`` numbers the series from 0.
    """
    rows = numbered(panel.filter(pl.col("value").is_not_null()))
    series = _series(rows, design)
    same_borders = pl.col("comparable_from").is_null() | (pl.col("year") >= pl.col("comparable_from"))
    computed = (pl.col("method") != PUBLISHED) & (pl.col("method") != PREFERRED)
    known = pl.concat(
        [rows.with_columns((same_borders | computed).alias("then")), series[rows["series"]]], how="horizontal"
    )
    return _with_errors(known, design)


def numbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Return sorted rows with the number of their series in ``series``, from 0."""
    return rows.with_columns(pl.struct(SERIES).rle_id().alias("series"))


def _series(rows: pl.DataFrame, design: Design) -> pl.DataFrame:
    """Return what holds for all years of each series: the traits of its indicator, what lies above, who was asked."""
    traits = pl.DataFrame([_traits(one) for one in indicators().values()], schema=_TRAITS, orient="row")
    level = pl.col("level")
    above = pl.when(level == REGENCY).then("province").when(level == "province").then("nation")
    surveys = {str(survey): (one.regency, one.nation) for survey, one in design.households.items()}
    in_regency, in_nation = (
        pl.col("survey").replace_strict({name: both[place] for name, both in surveys.items()}, return_dtype=pl.Float64)
        for place in (0, 1)
    )
    placed = firsts(rows, "indicator", "level", "province", "nation").with_columns(above.alias("above"))
    return (
        placed.join(traits, on="indicator", how="left", maintain_order="left")
        .with_columns(pl.when(level == "nation").then(in_nation).otherwise(in_regency).alias("households"))
        .drop("indicator", "level", "province", "nation", "survey")
    )


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
    "squares": pl.String,  # what is the mean square of that whose mean it is
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
        None if basis is None else basis.squared,
    )


def _with_errors(known: pl.DataFrame, design: Design) -> pl.DataFrame:
    rows = known.with_columns((known["households"] * _members(known) * known["units"]).alias("asked"))
    by_share = errors_of_percent(rows["value"], rows["asked"], design_effect=design.design_effect)
    rows = rows.with_columns(
        pl.when(pl.col("squares").is_null()).then(by_share).alias("by_share"), _by_gap(rows, design)
    )
    rows = rows.with_columns(pl.coalesce("standard_error", "by_share").alias("of_share"))
    relative = _of_other(rows, "counts", pl.col("of_share") / pl.col("value"))
    counted = pl.when(relative.is_finite()).then(pl.col("value") * relative)
    approximate = pl.when(pl.col("sampling").not_()).then(0.0).otherwise(pl.coalesce("by_share", "by_gap", counted))
    told = rows.with_columns(pl.coalesce("standard_error", approximate).alias("error"))
    return told.drop("households", "asked", "by_share", "by_gap", "of_share", "units", "counts", "squares")


def _by_gap(rows: pl.DataFrame, design: Design) -> pl.Series:
    squared = _of_other(rows, "squares", pl.col("value"))
    if not squared.count():
        return squared.alias("by_gap")
    return errors_of_gap(rows["value"], squared, rows["asked"], design_effect=design.design_effect).alias("by_gap")


def _members(known: pl.DataFrame) -> pl.Series:
    """Return how many regencies a province had in the year of each row, 1 for other rows: each is sampled by itself."""
    provinces = known.select("region", "year", "level").with_row_index("row").filter(pl.col("level") == "province")
    counted = provinces.join(members("province", provinces["year"]), on=["region", "year"], how="left")
    many = pl.repeat(1.0, known.height, eager=True)
    return many.scatter(counted["row"], counted["members"])


def _of_other(rows: pl.DataFrame, named: str, told: pl.Expr) -> pl.Series:
    """Return what is told of the indicator that each row names, for its region, period and year; null elsewhere."""
    others = rows[named].unique().drop_nulls()
    wanted = rows.with_row_index("row").filter(pl.col(named).is_not_null()).select("row", named, *KEY[1:])
    known = rows.filter(pl.col("indicator").is_in(others.implode()))
    found = wanted.join(
        known.select(pl.col("indicator").alias(named), *KEY[1:], told.alias("told")), on=[named, *KEY[1:]]
    )
    return pl.repeat(None, rows.height, dtype=pl.Float64, eager=True).scatter(found["row"], found["told"])
