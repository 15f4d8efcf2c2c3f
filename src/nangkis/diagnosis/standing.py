"""Posisi relatif of every region at once: gap and class against province and nation, and the place in the order."""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

from nangkis.diagnosis.grid import firsts, grid_of
from nangkis.diagnosis.sampling import FLOAT_SLACK, is_beyond
from nangkis.regions.frame import places


NUMBERS = ("value", "error")


def standings(values: pl.DataFrame, courses: pl.DataFrame, *, recent: int, fewest: int, level: float) -> pl.DataFrame:
    """Return where each region stands in the last year of its course.

    Where that year has nothing right above to compare with, the last of the ``recent`` years before that has is taken.

    Args:
        values: as :func:`compared` gives.
        courses: as :func:`nangkis.diagnosis.course.courses` gives.
        recent: how many years back a value may lie.
        fewest: how many regions make a rank.
        level: how sure the range of a place is, 0 to 1.
    Returns: one row of ``values`` per series, with ``newest`` (the last year), and ``place``, ``best``, ``worst`` and
        ``count`` among the regions of the same field and their mean, ``field_mean``; null where they make no rank.
    """
    own = courses.select("since", pl.col("last_year").alias("newest"))[values["series"]]
    told = pl.concat([values.with_columns(fields(values)), own], how="horizontal")
    nearest = pl.when(pl.col("level") == "province").then("nation_class").otherwise("province_class")
    never = pl.col("summed") | (pl.col("level") == "nation")
    newest = pl.col("year") == pl.col("newest")
    is_recent = (pl.col("year") >= pl.col("since")) & (pl.col("newest") - pl.col("year") <= recent)
    candidates = told.filter(newest | (is_recent & never.not_() & nearest.is_not_null()))
    chosen = (
        candidates.with_columns(nearest.is_not_null().alias("comparable"))
        .sort("series", "comparable", "year")
        .filter(pl.col("series").ne_missing(pl.col("series").shift(-1)))
        .drop("comparable", "since")
    )
    asked = pl.col("field").is_in(chosen["field"].drop_nulls().unique().implode())
    of_years = told.select("field", "series", "above", "year", "good", "value", "error").filter(asked)
    return chosen.join(_places(of_years, fewest=fewest, level=level), on=["field", "series"], how="left").drop("field")


def fields(values: pl.DataFrame) -> pl.Series:
    """Return a number for the regions beside each other: of one indicator, period, year and region above them."""
    named = ["indicator", "period", "above"]
    lines = firsts(values, *named)
    alike = lines.unique(maintain_order=True).drop_nulls("above").with_row_index("line")
    line = lines.join(alike, on=named, how="left", maintain_order="left")["line"]
    return grid_of(values).places(line.gather(values["series"])).alias("field")


def _places(beside: pl.DataFrame, *, fewest: int, level: float) -> pl.DataFrame:
    """Return the places in fields, where the field then was that of today's borders."""
    borders = places().filter(pl.col("level") == "province")
    borders = borders.select(pl.col("region").alias("above"), pl.col("comparable_from").alias("field_from"))
    field = (
        beside.filter(pl.col("good") != 0)
        .join(borders, on="above", how="left")
        .filter(pl.col("field_from").is_null() | (pl.col("year") >= pl.col("field_from")))
        .rename({"field": "group", "series": "region"})
    )
    found = ranked(field, level=level).filter(pl.col("count") >= fewest)
    means = field.group_by("group").agg(pl.col("value").mean().alias("field_mean"))
    return found.join(means, on="group").rename({"group": "field", "region": "series"})


def compared(values: pl.DataFrame, *, z: float) -> pl.DataFrame:
    """Return each value beside those of its province and its nation, of the same year and period.

    Args:
        values: as :func:`nangkis.diagnosis.seen.seen` gives.
        z: how many standard errors a difference must pass.
    Returns: ``values`` with, for ``province`` and ``nation``, ``<reference>_value``, ``<reference>_error``,
        ``<reference>_gap`` (own minus reference, in the unit of the indicator), ``<reference>_class`` and
        ``<reference>_tested``; null where the reference has no value of today's borders, for a number of people, and
        for the reference itself.
    """
    lines = firsts(values, "series", "level", "indicator", "period", "region", "province", "nation")
    compares = pl.col("then") & pl.col("summed").not_()
    grid = grid_of(values.select("series", "year", *(pl.when(compares).then(name).alias(name) for name in NUMBERS)))
    columns = [grid.column(name) for name in NUMBERS]
    for above in ("province", "nation"):
        found = grid.places(_series_above(lines, above).gather(values["series"]))
        value, error = (column.gather(found) for column in columns)
        values = values.with_columns(value.alias(f"{above}_value"), error.alias(f"{above}_error"))
        values = _against(values, above, z=z)
    return values


def _series_above(lines: pl.DataFrame, above: str) -> pl.Series:
    """Return the number of the series of each one's province or nation; null where there is none, and for itself."""
    named = ["indicator", "period"]
    others = lines.filter(pl.col("level") == above).select(
        *named, pl.col("region").alias(above), pl.col("series").alias("other")
    )
    found = lines.join(others, on=[*named, above], how="left", maintain_order="left")
    return found.select(pl.when(pl.col("level") != above).then("other")).to_series()


def _against(values: pl.DataFrame, above: str, *, z: float) -> pl.DataFrame:
    value, error, gap, tested, verdict = (f"{above}_{part}" for part in ("value", "error", "gap", "tested", "class"))
    known_errors = pl.col("error").is_not_null() & pl.col(error).is_not_null()
    beside = values.with_columns(
        (pl.col("value") - pl.col(value)).alias(gap), ((pl.col("good") != 0) & known_errors).alias(tested)
    )
    return beside.with_columns(class_of(sign_of(value, error, z=z), gap, tested).alias(verdict))


def sign_of(value: str, error: str, *, z: float) -> pl.Expr:
    """Return 1 where a row's own value lies above another column by more than chance allows, -1 below, else 0."""
    beyond = is_beyond(pl.col("value"), pl.col("error"), pl.col(value), pl.col(error), z=z)
    return (pl.col("value") - pl.col(value)).sign().cast(pl.Int8) * beyond.fill_null(value=False)


def class_of(sign: pl.Expr, gap: str, tested: str) -> pl.Expr:
    """Return the class for a difference: by its sign where it was tested, else the bare side; null without a gap."""
    judged = sign * pl.col("good")
    # A mean of equal numbers may lie beside them by what binary fractions add: equal data are not told apart.
    side = pl.when(pl.col(gap).abs() > FLOAT_SLACK * pl.col("value").abs()).then(pl.col(gap).sign()).otherwise(0)
    by_test = pl.when(judged > 0).then(pl.lit("better")).when(judged < 0).then(pl.lit("worse"))
    by_side = pl.when(side > 0).then(pl.lit("higher")).when(side < 0).then(pl.lit("lower"))
    told = (
        pl.when(pl.col(tested)).then(by_test.otherwise(pl.lit("equal"))).otherwise(by_side.otherwise(pl.lit("equal")))
    )
    return pl.when(pl.col(gap).is_not_null()).then(told)


def ranked(field: pl.DataFrame, *, level: float) -> pl.DataFrame:
    r"""Return ``place``, ``best``, ``worst`` and ``count`` of each row among those of the same group.

    ``best`` is 1 + the number of regions that are surely better, ``worst`` the number of regions minus those that are
    surely worse. A region is compared with all others at once: for the range to hold its true place as often as
    ``level`` says, each of the :math:`n - 1` tests is made at :math:`\text{level}^{1/(n-1)}` (Šidák).

    Args:
        field: rows with ``group``, ``region``, ``good``, ``value`` and ``error``; one for each region of a group.
        level: how sure the range is, 0 to 1.
    Returns: ``group``, ``region`` and the four columns, 1 the best; where nothing is better the highest comes first.
    Source: after Klein, Wright and Wieczorek (2020), Journal of the Royal Statistical Society A 183, 589-606.
    """
    own = field.select("group", "region", "good", "value", "error", pl.len().over("group").alias("count"))
    sureness = {count: _quantile(level, count - 1) for count in own["count"].unique()}
    own = own.with_columns(
        pl.col("count").replace_strict(sureness, return_dtype=pl.Float64).alias("z"),
        pl.int_range(pl.len()).set_sorted().alias("row"),
    )
    others = own.select("group", pl.col("value").alias("value_other"), pl.col("error").alias("error_other"))
    pairs = own.join(others, on="group", maintain_order="left")
    higher = pl.col("value_other") > pl.col("value")
    lower = pl.col("value_other") < pl.col("value")
    better = pl.when(pl.col("good") < 0).then(lower).otherwise(higher)
    worse = pl.when(pl.col("good") < 0).then(higher).otherwise(lower)
    told = is_beyond(
        pl.col("value"), pl.col("error"), pl.col("value_other"), pl.col("error_other"), z=pl.col("z")
    ).fill_null(value=False)
    sides = pairs.select("row", better.alias("better"), (better & told).alias("best"), (worse & told).alias("worst"))
    counted = sides.group_by("row", maintain_order=True).agg(pl.all().sum()).drop("row")
    return pl.concat([own, counted], how="horizontal").select(
        "group",
        "region",
        (1 + pl.col("better")).alias("place"),
        (1 + pl.col("best")).alias("best"),
        (pl.col("count") - pl.col("worst")).alias("worst"),
        "count",
    )


def _quantile(level: float, tests: int) -> float:
    return NormalDist().inv_cdf((1 + level ** (1 / max(tests, 1))) / 2)
