"""How far the rounding of published numbers can move what is computed from them, and which digits that leaves."""

from __future__ import annotations

import polars as pl

from nangkis.indicators.aggregates import implied_population


# Binary fractions must not cost a decimal: a bound of 0.01 allows two of them.
SLACK = 1 - 1e-9
LEAST = 1e-9  # an uncertainty below this is none


def half_unit(places: pl.Expr) -> pl.Expr:
    """Return half of the last printed place: how far a number may lie from the one that was rounded.

    >>> pl.select(half_unit(pl.lit(2))).item()
    0.005
    """
    return 0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64))


def of_sum(places: pl.Expr) -> pl.Expr:
    """Return how far the sum of a group of rounded numbers may lie from that of the exact ones."""
    return half_unit(places).sum()


def of_share(counted: pl.Expr, percent: pl.Expr, *, counted_places: pl.Expr, places: pl.Expr) -> pl.Expr:
    r"""Return how far the percentage of a group may be moved by the rounding of its parts, in percentage points.

    .. math:: \sum_i \left| \frac{\partial P}{\partial q_i} \right| h_{q,i}
        + \left| \frac{\partial P}{\partial p_i} \right| h_{p,i}, \quad
        P = 100 \frac{\sum q_i}{N}, \quad N = \sum \frac{100 q_i}{p_i}

    Args:
        counted: *q*, the people counted in each part, any unit.
        percent: *p*, their percentage in each part, above 0.
        counted_places: decimals of ``counted``.
        places: decimals of ``percent``.
    """
    people = implied_population(counted, percent)
    share = 100 * counted.sum() / people.sum()
    by_count = (100 / people.sum()) * (1 - share / percent).abs() * half_unit(counted_places)
    by_percent = (share / people.sum()) * (people / percent) * half_unit(places)
    return (by_count + by_percent).sum()


def places_within(finest: pl.Expr, rounding: pl.Expr, half_width: pl.Expr) -> pl.Expr:
    """Return the decimals that a number can bear: none whose unit the rounding passes.

    Of an estimate (``half_width``, else null) no decimal after that of the first digit of its uncertainty.

    >>> pl.select(places_within(pl.lit(2), pl.lit(0.012), pl.lit(None, pl.Float64))).item()
    1
    """
    borne = -(rounding * SLACK).clip(LEAST).log10().ceil()
    told = -half_width.clip(LEAST).log10().floor()
    return pl.min_horizontal(finest.cast(pl.Float64), borne.clip(0, 9), told.clip(0, 9)).cast(pl.Int8)
