"""How the value of many regions follows from theirs: sums of people, never the mean of regions."""

from __future__ import annotations

import polars as pl


def implied_population(poor: pl.Series, percent: pl.Series) -> pl.Series:
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


def percent_of_population(poor: pl.Series, percent: pl.Series) -> float:
    r"""Return the percentage of poor people in all regions together.

    .. math:: P_0 = 100 \cdot \frac{\sum q_i}{\sum q_i / (P_{0,i} / 100)}

    Args:
        poor: number of poor people in each region, any unit; at least one region.
        percent: percentage of poor people in each, above 0.
    Returns: between the smallest and the largest ``percent``.
    Source: domain note 10.11: the mean of the regions is wrong (Papua 2025: 24.66 against 19.16).

    >>> percent_of_population(pl.Series([10.0, 10.0]), pl.Series([20.0, 5.0]))
    8.0
    """
    return 100 * float(poor.sum()) / float(implied_population(poor, percent).sum())
