"""Fiscal space as far as a posture tells it, and classes of fiscal capacity by dated limits."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from nangkis.budget.posture_accounts import PostureRules
from nangkis.budget.postures.terms import Ratio, ratios, terms
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


@dataclass(frozen=True)
class SpaceRule:
    """The components of fiscal space; ``left_out`` are those that no posture parts from the rest."""

    ratio: Ratio
    left_out: tuple[str, ...]
    use: ParameterUse


def space_rule(parameters: Parameters, accounts: PostureRules, on: date) -> SpaceRule:
    """Return the components in force on a day. Raises TermsRefused for what is no account."""
    found = parameters.on("ruang_fiskal", on)
    known = [account.code for account in accounts.accounts]
    above, below = (terms(found.value[part], known=known, rule=found.name) for part in ("terms", "below"))
    return SpaceRule(Ratio("fiscal-space", above, below), tuple(found.value["left_out"]), found.use)


def fiscal_space(amounts: pl.DataFrame, rule: SpaceRule) -> pl.DataFrame:
    """Return fiscal space over revenue: an upper bound, as what is left out would be taken away too.

    Returns as :func:`nangkis.budget.postures.terms.ratios`.
    """
    return ratios(amounts, [rule.ratio])


def capacity_limits(parameters: Parameters, on: date) -> Mapping[str, tuple[tuple[str, Decimal | None], ...]]:
    """Return by level of region the classes from high to low, with the ratio above which each begins.

    A level without limits that were read in a text is not there, nor is any on a day for which no map holds.
    """
    found = parameters.in_force("kapasitas_fiskal_kelas", on)
    value = {} if found is None else found.value
    return {
        str(level): tuple((str(e["class"]), Decimal(e["above"]) if e["above"] else None) for e in classes)
        for level, classes in value.items()
    }


def capacity_classes(
    indices: pl.DataFrame, limits: Mapping[str, tuple[tuple[str, Decimal | None], ...]]
) -> pl.DataFrame:
    """Return the class of each published ratio of fiscal capacity (RKFD).

    The ratio is to the mean of all regions of a level, so that no class follows from the postures of some of them.

    Args:
        indices: ``region``, ``level`` (as the register says it), ``ratio``.
        limits: as :func:`capacity_limits` gives.
    Returns: with ``class``, or null and ``why``: ``no-limits`` (of this level and year) or ``no-ratio``.
    """
    named = pl.lit(None, pl.String)
    for level, classes in limits.items():
        for name, above in reversed(classes):
            inside = pl.col("level") == level
            inside = inside if above is None else inside & (pl.col("ratio") > float(above))
            named = pl.when(inside & pl.col("ratio").is_not_null()).then(pl.lit(name)).otherwise(named)
    without = ~pl.col("level").is_in(list(limits))
    return indices.with_columns(
        named.alias("class"),
        pl.when(pl.col("ratio").is_null())
        .then(pl.lit("no-ratio"))
        .when(without)
        .then(pl.lit("no-limits"))
        .alias("why"),
    )


def implied_limits(published: pl.DataFrame, order: tuple[str, ...]) -> pl.DataFrame:
    """Return between which ratios the limits of published classes must lie, for comparison with dated ones.

    Args:
        published: ``ratio`` and ``class``, of regions of one level and year.
        order: the classes from low to high.
    Returns: one row per pair of neighbouring classes that are there: ``lower``, ``upper``, ``highest_of_lower``,
        ``lowest_of_upper``, ``apart`` (false: no limit can part them, some ratio or class is wrong).
    """
    ends = {
        name: (group["ratio"].min(), group["ratio"].max())
        for (name,), group in published.group_by("class", maintain_order=True)
    }
    there = [name for name in order if name in ends]
    rows = [(low, high, ends[low][1], ends[high][0]) for low, high in itertools.pairwise(there)]
    schema = {"lower": pl.String, "upper": pl.String, "highest_of_lower": pl.Float64, "lowest_of_upper": pl.Float64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns((pl.col("highest_of_lower") < pl.col("lowest_of_upper")).alias("apart"))
