"""How the value of many regions follows from theirs: sums of people, never the mean of regions."""

from __future__ import annotations

from typing import TypeVar

import polars as pl


Column = TypeVar("Column", pl.Series, pl.Expr)


def implied_population(poor: Column, percent: Column) -> Column:
    r"""Return the population that a number of poor people and their percentage imply, in the unit of ``poor``.

    .. math:: N = \frac{q}{P_0 / 100}

    Args:
        poor: number of poor people, any unit.
        percent: percentage of poor people, above 0 (a region without poor people implies no population: infinity).
    Source: domain note 10.10. It is the population that Susenas weighs up to; the projection and the civil register
        differ from it.

    >>> implied_population(pl.Series([10.0]), pl.Series([20.0])).to_list()
    [50.0]
    """
    return poor / (percent / 100)


def percent_of_population(poor: pl.Expr, percent: pl.Expr) -> pl.Expr:
    r"""Return the percentage of poor people in all regions of a group together.

    .. math:: P_0 = 100 \cdot \frac{\sum q_i}{\sum q_i / (P_{0,i} / 100)}

    Args:
        poor: number of poor people in each region, any unit; at least one region.
        percent: percentage of poor people in each, above 0.
    Returns: between the smallest and the largest ``percent``.
    Source: domain note 10.11: the mean of the regions is wrong (Papua 2025: 24.66 against 19.16).

    >>> two = pl.DataFrame({"poor": [10.0, 10.0], "percent": [20.0, 5.0]})
    >>> two.select(percent_of_population(pl.col("poor"), pl.col("percent"))).item()
    8.0
    """
    return 100 * poor.sum() / implied_population(poor, percent).sum()
