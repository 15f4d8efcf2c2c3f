"""Perkembangan antar waktu of every region at once: from when years compare, and which way they go."""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

from nangkis.diagnosis.sampling import is_beyond
from nangkis.indicators.panel import SERIES
from nangkis.regions.splits import every_split


# What a course is computed from.
LINE = (*SERIES, "year", "value", "error", "good", "grows", "smallest", "smallest_share")


def since(values: pl.DataFrame, methods: pl.DataFrame) -> pl.DataFrame:
    """Return from when the years of each series compare with its last: the last break up to then.

    Args:
        values: rows with ``indicator``, ``region``, ``period`` and ``year``, each with a value.
        methods: ``indicator``, ``period`` and ``break``, the years from which a series is made another way.
    Returns: one row per series: ``last_year`` and ``since``, the first year where there is no break.
    """
    borders = pl.DataFrame(
        [(str(here), split.comparable_from) for split in every_split() for here in (split.child, split.parent)],
        schema={"region": pl.String, "break": pl.Int32},
        orient="row",
    )
    series = values.group_by(SERIES).agg(
        pl.col("year").min().alias("first_year"), pl.col("year").max().alias("last_year")
    )
    breaks = pl.concat(
        [
            series.join(methods, on=["indicator", "period"]).select(*SERIES, "last_year", "break"),
            series.join(borders, on="region").select(*SERIES, "last_year", "break"),
        ]
    )
    last = breaks.filter(pl.col("break") <= pl.col("last_year")).group_by(SERIES).agg(pl.col("break").max())
    return series.join(last, on=SERIES, how="left").select(
        *SERIES, "last_year", pl.coalesce("break", "first_year").alias("since")
    )


def courses(values: pl.DataFrame, methods: pl.DataFrame, *, z: float, level: float, fewest: int) -> pl.DataFrame:
    """Return how each series went over its comparable years.

    Args:
        values: rows of :func:`nangkis.diagnosis.seen.seen` with a value.
        methods: as for :func:`since`.
        z: how many standard errors a change must pass.
        level: how sure the interval of the slope is, 0 to 1.
        fewest: how many years a course needs.
    Returns: one row per series: ``since``, ``years`` (how many compare), ``first_year`` and ``last_year`` with their
        ``_value`` and ``_error``, ``change`` (last minus first), ``change_error``, ``yearly`` and ``slope`` with
        ``slope_low`` and ``slope_high`` (in the unit per year, or percent per year where ``grows``), ``tested`` and
        ``movement``; what lies behind ``since`` counts for nothing. From ``change`` on null where years are too few.
    """
    rows = comparable(values.select(LINE), since(values, methods))
    return courses_of(rows, z=z, level=level, fewest=fewest)


def comparable(values: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Return the values of comparable years, sorted, with ``since`` and ``last_year``, as ``series`` says them."""
    since_when = series.select(*SERIES, "since", "last_year")
    rows = values.join(since_when, on=SERIES).filter(pl.col("year") >= pl.col("since"))
    return rows.sort(*SERIES, "year")


def measured(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``series``, a number for each, and ``y``: the value, or its logarithm where paces are told as growth."""
    return rows.with_columns(pl.struct(SERIES).rle_id().alias("series"), on_scale("value").alias("y"))


def on_scale(name: str) -> pl.Expr:
    """Return a column on the scale on which paces are compared: as it is, or its logarithm where it ``grows``."""
    return pl.when("grows").then(pl.col(name).log()).otherwise(name)


def courses_of(rows: pl.DataFrame, *, z: float, level: float, fewest: int) -> pl.DataFrame:
    """Return how each series went, as :func:`courses` says, over rows that :func:`comparable` gives."""
    told = measured(rows)
    ends = told.group_by("series", maintain_order=True).agg(
        *(pl.col(name).first() for name in (*SERIES, "since", "good", "grows", "smallest", "smallest_share")),
        pl.len().alias("years"),
        *(pl.col(name).first().alias(f"first_{name}") for name in ("year", "value", "error", "y")),
        *(pl.col(name).last().alias(f"last_{name}") for name in ("year", "value", "error", "y")),
    )
    paced = ends.join(slopes(told, key="series", level=level), on="series", how="left")
    return _judged(_paced(paced, fewest), z=z).drop("series", "first_y", "last_y")


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


def slopes(values: pl.DataFrame, *, key: str, level: float) -> pl.DataFrame:
    r"""Return the Theil-Sen slope of each series with its interval.

    .. math:: \operatorname{median}_{i<j} \frac{y_j - y_i}{t_j - t_i}

    The interval holds the slopes between two places in their order, by the variance of Kendall's statistic; equal
    values are allowed for. It leaves out the sampling errors of the values.

    Args:
        values: rows with the column ``key``, ``year`` (distinct within a series) and ``y``, not null.
        key: the column that tells series apart.
        level: how sure the interval is, 0 to 1.
    Returns: ``key``, ``slope``, ``slope_low`` and ``slope_high``, in the unit of ``y`` per year; no row for a series
        of one year.
    Source: Sen (1968), Journal of the American Statistical Association 63, 1379-1389, section 3.

    >>> table = pl.DataFrame({"s": 1, "year": [2015, 2016, 2018], "y": [10.0, 9.0, 7.0]})
    >>> slopes(table, key="s", level=0.95)["slope"].to_list()
    [-1.0]
    """
    one = values.select(key, "year", "y", pl.len().over(key, "y").cast(pl.Float64).alias("equal"))
    pairs = (
        one.drop("equal").join(one.drop("equal"), on=key, suffix="_later").filter(pl.col("year") < pl.col("year_later"))
    )
    pace = (pl.col("y_later") - pl.col("y")) / (pl.col("year_later") - pl.col("year"))
    sorted_paces = pairs.group_by(key).agg(pace.sort().alias("paces"), pl.len().alias("pairs"))
    spread = one.group_by(key).agg(
        pl.len().alias("n"), ((pl.col("equal") - 1) * (2 * pl.col("equal") + 5)).sum().alias("tied")
    )
    z = NormalDist().inv_cdf((1 + level) / 2)
    n, many = pl.col("n").cast(pl.Float64), pl.col("pairs").cast(pl.Float64)
    sigma = ((n * (n - 1) * (2 * n + 5) - pl.col("tied")) / 18).sqrt()
    low = ((many - z * sigma) / 2).round(mode="half_to_even").cast(pl.Int64) - 1
    high = ((many + z * sigma) / 2).round(mode="half_to_even").cast(pl.Int64)
    return sorted_paces.join(spread, on=key).select(
        key,
        pl.col("paces").list.median().alias("slope"),
        pl.col("paces").list.get(pl.max_horizontal(low, 0)).alias("slope_low"),
        pl.col("paces").list.get(pl.min_horizontal(high, pl.col("pairs").cast(pl.Int64) - 1)).alias("slope_high"),
    )
