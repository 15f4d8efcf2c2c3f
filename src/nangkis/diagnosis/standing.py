"""Posisi relatif of every region at once: gap and class against province and nation, and the place in the order."""

from __future__ import annotations

from statistics import NormalDist

import polars as pl

from nangkis.diagnosis.sampling import is_beyond
from nangkis.indicators.panel import CELL, SERIES
from nangkis.regions.frame import places


FIELD = (*CELL, "above")  # the regions beside each other: of one indicator, year, period and region above them


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
    told = values.join(courses.select(*SERIES, "since", "last_year"), on=SERIES)
    nearest = pl.when(pl.col("level") == "province").then("nation_class").otherwise("province_class")
    never = pl.col("summed") | (pl.col("level") == "nation")
    newest = pl.col("year") == pl.col("last_year")
    is_recent = (pl.col("year") >= pl.col("since")) & (pl.col("last_year") - pl.col("year") <= recent)
    candidates = told.filter(newest | (is_recent & never.not_() & nearest.is_not_null()))
    chosen = (
        candidates.with_columns(nearest.is_not_null().alias("comparable"))
        .sort(*SERIES, "comparable", "year")
        .group_by(SERIES, maintain_order=True)
        .last()
        .drop("comparable", "since")
        .rename({"last_year": "newest"})
    )
    return chosen.join(_places(values, chosen, fewest=fewest, level=level), on=[*FIELD, "region"], how="left")


def _places(values: pl.DataFrame, chosen: pl.DataFrame, *, fewest: int, level: float) -> pl.DataFrame:
    """Return the places in the fields of the chosen years, where the field then was that of today's borders."""
    borders = places().filter(pl.col("level") == "province")
    borders = borders.select(pl.col("region").alias("above"), pl.col("comparable_from").alias("field_from"))
    field = (
        values.join(chosen.select(FIELD).unique(), on=FIELD)
        .filter(pl.col("good") != 0)
        .join(borders, on="above", how="left")
        .filter(pl.col("field_from").is_null() | (pl.col("year") >= pl.col("field_from")))
        .sort(FIELD)
        .with_columns(pl.struct(FIELD).rle_id().alias("group"))
    )
    found = ranked(field, level=level).filter(pl.col("count") >= fewest)
    means = field.group_by("group", *FIELD).agg(pl.col("value").mean().alias("field_mean"))
    return means.join(found, on="group").drop("group")


def compared(values: pl.DataFrame, known: pl.DataFrame, *, z: float) -> pl.DataFrame:
    """Return each value beside those of its province and its nation, of the same year and period.

    Args:
        values: rows of :func:`nangkis.diagnosis.seen.seen` with a value.
        known: the rows among which the references are found.
        z: how many standard errors a difference must pass.
    Returns: ``values`` with, for ``province`` and ``nation``, ``<reference>_value``, ``<reference>_error``,
        ``<reference>_gap`` (own minus reference, in the unit of the indicator), ``<reference>_class`` and
        ``<reference>_tested``; null where the reference has no value of today's borders, for a number of people, and
        for the reference itself.
    """
    for above in ("province", "nation"):
        values = _against(values, known, above, z=z)
    return values


def _against(values: pl.DataFrame, known: pl.DataFrame, above: str, *, z: float) -> pl.DataFrame:
    value, error, gap, tested, verdict = (f"{above}_{part}" for part in ("value", "error", "gap", "tested", "class"))
    told = pl.col("value").is_not_null() & pl.col("then") & pl.col("summed").not_()
    references = known.filter(told & (pl.col("level") == above)).select(
        *CELL, pl.col("region").alias(above), pl.col("value").alias(value), pl.col("error").alias(error)
    )
    beside = values.join(references, on=[*CELL, above], how="left", maintain_order="left")
    own = pl.col("level") == "nation"
    beside = beside.with_columns(pl.when(own.not_()).then(name).alias(name) for name in (value, error))
    difference = pl.col("value") - pl.col(value)
    known_errors = pl.col("error").is_not_null() & pl.col(error).is_not_null()
    beside = beside.with_columns(difference.alias(gap), ((pl.col("good") != 0) & known_errors).alias(tested))
    return beside.with_columns(class_of(sign_of(value, error, z=z), gap, tested).alias(verdict))


def sign_of(value: str, error: str, *, z: float) -> pl.Expr:
    """Return 1 where a row's own value lies above another column by more than chance allows, -1 below, else 0."""
    beyond = is_beyond(pl.col("value"), pl.col("error"), pl.col(value), pl.col(error), z=z)
    return (pl.col("value") - pl.col(value)).sign().cast(pl.Int8) * beyond.fill_null(value=False)


def class_of(sign: pl.Expr, gap: str, tested: str) -> pl.Expr:
    """Return the class for a difference: by its sign where it was tested, else the bare side; null without a gap."""
    judged, side = sign * pl.col("good"), pl.col(gap).sign()
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
    pairs = own.join(own.drop("good", "count"), on="group", suffix="_other").with_columns(
        pl.col("count").replace_strict(sureness, return_dtype=pl.Float64).alias("z")
    )
    higher = pl.col("value_other") > pl.col("value")
    lower = pl.col("value_other") < pl.col("value")
    better = pl.when(pl.col("good") < 0).then(lower).otherwise(higher)
    worse = pl.when(pl.col("good") < 0).then(higher).otherwise(lower)
    told = is_beyond(
        pl.col("value"), pl.col("error"), pl.col("value_other"), pl.col("error_other"), z=pl.col("z")
    ).fill_null(value=False)
    return pairs.group_by("group", "region").agg(
        (1 + better.sum()).alias("place"),
        (1 + (better & told).sum()).alias("best"),
        (pl.len() - (worse & told).sum()).alias("worst"),
        pl.len().alias("count"),
    )


def _quantile(level: float, tests: int) -> float:
    return NormalDist().inv_cdf((1 + level ** (1 / max(tests, 1))) / 2)
