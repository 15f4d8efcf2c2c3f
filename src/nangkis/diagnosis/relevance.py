"""Relevansi of every region at once: its line and that of its province, or the nation, laid side by side.

Changes of neighbouring regions are correlated by construction, so that no verdict rests on a correlation (domain note
10.12): each line has its own test, and the two answers are laid side by side.
"""

from __future__ import annotations

import polars as pl

from nangkis.diagnosis.course import LINE, comparable, courses_of, on_scale
from nangkis.indicators.panel import SERIES


REFERENCES = ("province", "nation")


def relevance(values: pl.DataFrame, paced: pl.DataFrame, *, z: float, level: float, fewest: int) -> pl.DataFrame:
    """Return the movement of each series beside that of what lies above it, over the years that both have.

    Args:
        values: as :func:`nangkis.diagnosis.standing.compared` gives.
        paced: the courses, as :func:`nangkis.diagnosis.course.courses` gives.
        z: how many standard errors a change must pass.
        level: how sure an interval is, 0 to 1.
        fewest: how many common years are needed.
    Returns: one row per series and ``reference`` (province, nation) with enough common years: ``first_year``,
        ``last_year``, ``years``, ``own_movement``, ``own_slope``, ``reference_movement``, ``reference_slope`` and
        ``together``: ``same`` (both improve, or both worsen), ``opposite``, ``apart`` (one moves, the other hardly),
        ``steady`` (neither moves) or ``unsure``; null where nothing is better.
    """
    beside = [f"{reference}_{part}" for reference in REFERENCES for part in ("value", "error")]
    is_beside = pl.any_horizontal(pl.col(f"{reference}_value").is_not_null() for reference in REFERENCES)
    rows = comparable(values.select(*LINE, *beside, "above").filter(is_beside & pl.col("above").is_not_null()), paced)
    pairs = []
    for reference in REFERENCES:
        value, error = f"{reference}_value", f"{reference}_error"
        own = rows.filter(pl.col(value).is_not_null())
        other = own.with_columns(pl.col(value).alias("value"), pl.col(error).alias("error"))
        other = other.with_columns(on_scale("value").alias("y"))
        line, above = (courses_of(one, z=z, level=level, fewest=fewest) for one in (own, other))
        pair = line.with_columns(above[name].alias(f"{name}_above") for name in ("movement", "slope"))
        pairs.append(pair.with_columns(pl.lit(reference).alias("reference")))
    return _told(pl.concat(pairs).filter(pl.col("movement").is_not_null()))


def _told(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        *SERIES,
        "reference",
        "first_year",
        "last_year",
        "years",
        pl.col("movement").alias("own_movement"),
        pl.col("slope").alias("own_slope"),
        pl.col("movement_above").alias("reference_movement"),
        pl.col("slope_above").alias("reference_slope"),
        pl.when(pl.col("good") != 0).then(_together()).alias("together"),
    )


def _together() -> pl.Expr:
    own, other = pl.col("movement"), pl.col("movement_above")
    untold = own.is_in(_UNTOLD) | other.is_in(_UNTOLD)
    return (
        pl.when(untold)
        .then(pl.lit("unsure"))
        .when((own == "steady") & (other == "steady"))
        .then(pl.lit("steady"))
        .when(own == other)
        .then(pl.lit("same"))
        .when((own == "steady") | (other == "steady"))
        .then(pl.lit("apart"))
        .otherwise(pl.lit("opposite"))
    )


# Rising and falling are the sides of a change that was not tested.
_UNTOLD = ["unsure", "rising", "falling"]
