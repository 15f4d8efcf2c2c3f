"""Perkembangan antar waktu of every region at once: from when years compare, and which way they go."""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.grid import by_series
from nangkis.diagnosis.sampling import is_beyond
from nangkis.diagnosis.slopes import slopes
from nangkis.indicators.panel import SERIES
from nangkis.regions.splits import every_split


# What a course is computed from; ``series`` numbers the series from 0, in whose order the rows are, then by year.
LINE = ("series", *SERIES, "year", "value", "error", "good", "grows", "smallest", "smallest_share")


def since(values: pl.DataFrame, methods: pl.DataFrame) -> pl.DataFrame:
    """Return from when the years of each series compare with its last: the last break up to then.

    Args:
        values: rows with ``series``, ``indicator``, ``region``, ``period`` and ``year``, each with a value.
        methods: ``indicator``, ``period`` and ``break``, the years from which a series is made another way.
    Returns: one row per series, in order: ``series``, ``last_year`` and ``since``, the first year where there is no
        break.
    """
    borders = pl.DataFrame(
        [(str(here), split.comparable_from) for split in every_split() for here in (split.child, split.parent)],
        schema={"region": pl.String, "break": pl.Int32},
        orient="row",
    )
    series = by_series(values.select("series", *SERIES, "year")).agg(
        *(pl.col(name).first() for name in SERIES),
        pl.col("year").first().alias("first_year"),
        pl.col("year").last().alias("last_year"),
    )
    breaks = pl.concat(
        [
            series.join(methods, on=["indicator", "period"]).select("series", "last_year", "break"),
            series.join(borders, on="region").select("series", "last_year", "break"),
        ]
    )
    last = breaks.filter(pl.col("break") <= pl.col("last_year")).group_by("series").agg(pl.col("break").max())
    return series.join(last, on="series", how="left", maintain_order="left").select(
        "series", "last_year", pl.coalesce("break", "first_year").alias("since")
    )


def courses(values: pl.DataFrame, methods: pl.DataFrame, *, z: float, level: float, fewest: int) -> pl.DataFrame:
    """Return how each series went over its comparable years.

    Args:
        values: rows of :func:`nangkis.diagnosis.seen.seen` with a value, their series numbered.
        methods: as for :func:`since`.
        z: how many standard errors a change must pass.
        level: how sure the interval of the slope is, 0 to 1.
        fewest: how many years a course needs.
    Returns: one row per series, in order: ``series``, ``since``, ``years`` (how many compare), ``first_year`` and
        ``last_year`` with their ``_value`` and ``_error``, ``change`` (last minus first), ``change_error``, ``yearly``
        and ``slope`` with ``slope_low`` and ``slope_high`` (in the unit per year, or percent per year where ``grows``),
        ``tested`` and ``movement``; what lies behind ``since`` counts for nothing. From ``change`` on null where years
        are too few. ``slope_before`` is the slope without the last year, of logarithms where ``grows``.
    """
    rows = comparable(values.select(LINE), since(values, methods))
    return courses_of(rows, z=z, level=level, fewest=fewest)


def comparable(values: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Return the values of comparable years with ``since`` and ``last_year``, as ``series`` says them of each.

    ``y`` is the value, or its logarithm where paces are told as growth.
    """
    told = (series[name].gather(values["series"]).alias(name) for name in ("since", "last_year"))
    rows = values.with_columns(told).filter(pl.col("year") >= pl.col("since"))
    return rows.with_columns(on_scale("value").alias("y"))


def on_scale(name: str) -> pl.Expr:
    """Return a column on the scale on which paces are compared: as it is, or its logarithm where it ``grows``."""
    return pl.when("grows").then(pl.col(name).log()).otherwise(name)


def courses_of(rows: pl.DataFrame, *, z: float, level: float, fewest: int) -> pl.DataFrame:
    """Return how series went as :func:`courses` says, over rows that :func:`comparable` gives."""
    ends = by_series(rows).agg(
        *(pl.col(name).first() for name in (*SERIES, "since", "good", "grows", "smallest", "smallest_share")),
        pl.len().alias("years"),
        *(pl.col(name).first().alias(f"first_{name}") for name in ("year", "value", "error", "y")),
        *(pl.col(name).last().alias(f"last_{name}") for name in ("year", "value", "error", "y")),
    )
    paced = ends.join(slopes(rows, level=level), on="series", how="left", maintain_order="left")
    return _judged(_paced(paced, fewest), z=z).drop("first_y", "last_y")


def _paced(ends: pl.DataFrame, fewest: int) -> pl.DataFrame:
    enough = pl.col("years") >= fewest
    per_year = (pl.col("last_y") - pl.col("first_y")) / (pl.col("last_year") - pl.col("first_year"))
    errors = (pl.col("first_error").pow(2) + pl.col("last_error").pow(2)).sqrt()
    told = {
        "change": pl.col("last_value") - pl.col("first_value"),
        "change_error": errors,
        "yearly": per_year_told(per_year),
        **{name: per_year_told(pl.col(name)) for name in ("slope", "slope_low", "slope_high")},
    }
    return ends.with_columns(pl.when(enough).then(expression).alias(name) for name, expression in told.items())


def per_year_told(per_year: pl.Expr) -> pl.Expr:
    """Return a pace as it is told: growth of a logarithm in percent per year."""
    return pl.when("grows").then(100 * (per_year.exp() - 1)).otherwise(per_year)


def _judged(paced: pl.DataFrame, *, z: float) -> pl.DataFrame:
    beyond = is_beyond(
        pl.col("last_value"), pl.col("last_error"), pl.col("first_value"), pl.col("first_error"), z=z
    ).fill_null(value=False)
    per_year = pl.col("change") / (pl.col("last_year") - pl.col("first_year"))
    smallest = pl.max_horizontal("smallest", pl.col("smallest_share") * pl.col("first_value").abs())
    tested = (pl.col("good") != 0) & pl.col("change_error").is_not_null()
    better = per_year.sign() * pl.col("good") > 0
    movement = (
        pl.when((per_year == 0) | (per_year.abs() < smallest))
        .then(pl.lit("steady"))
        .when(tested & beyond.not_())
        .then(pl.lit("unsure"))
        .when(tested & better)
        .then(pl.lit("improving"))
        .when(tested)
        .then(pl.lit("worsening"))
        .when(per_year > 0)
        .then(pl.lit("rising"))
        .otherwise(pl.lit("falling"))
    )
    return paced.with_columns(
        tested.alias("tested"), pl.when(pl.col("change").is_not_null()).then(movement).alias("movement")
    )
