"""Whether a budget was shifted in the year of the orders to do so (refocusing), by signs that a posture shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from nangkis.budget.postures.panel import Basis
from nangkis.budget.postures.terms import at_least, at_most
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


UNFORESEEN, CAPITAL, SPENDING = "5.3", "5-modal", "5"


@dataclass(frozen=True)
class RefocusingRule:
    """In which years, and from which ratios on; shares are 0 to 1."""

    years: frozenset[int]
    unforeseen_times: Decimal
    unforeseen_share: Decimal
    capital_most: Decimal
    use: ParameterUse


def refocusing_rule(parameters: Parameters, on: date) -> RefocusingRule:
    """Return the rule in force on a day."""
    found = parameters.on("refocusing_2020", on)
    value = found.value
    return RefocusingRule(
        frozenset(map(int, value["years"])),
        Decimal(value["unforeseen_times"]),
        Decimal(value["unforeseen_share"]),
        Decimal(value["capital_most"]),
        found.use,
    )


def refocusing(amounts: pl.DataFrame, rule: RefocusingRule) -> pl.DataFrame:
    """Return the signs of every region and year.

    Returns: ``region``, ``year``, ``unforeseen_budget``, ``unforeseen_realised``, ``capital_budget``,
        ``capital_realised``, ``spending_realised`` (exact sen, Int128), ``unforeseen_up`` and ``capital_down`` (the two
        signs; null where an account is unknown) and ``class``: ``shifted`` (both, in a year of the orders), ``partly``
        (one of them), ``no-sign``, ``other-year``, or null where they cannot be told.
    """
    wide = _beside(amounts)
    up = at_least(pl.col("unforeseen_realised"), pl.col("unforeseen_budget"), rule.unforeseen_times) & at_least(
        pl.col("unforeseen_realised"), pl.col("spending_realised"), rule.unforeseen_share
    )
    down = at_most(pl.col("capital_realised"), pl.col("capital_budget"), rule.capital_most)
    signs = wide.with_columns(up.alias("unforeseen_up"), down.alias("capital_down"))
    count = pl.col("unforeseen_up").cast(pl.Int8) + pl.col("capital_down").cast(pl.Int8)
    named = count.replace_strict({0: "no-sign", 1: "partly", 2: "shifted"}, default=None, return_dtype=pl.String)
    other = ~pl.col("year").is_in(list(rule.years))
    return signs.with_columns(pl.when(other).then(pl.lit("other-year")).otherwise(named).alias("class"))


def _beside(amounts: pl.DataFrame) -> pl.DataFrame:
    names = {UNFORESEEN: "unforeseen", CAPITAL: "capital", SPENDING: "spending"}
    own = amounts.filter(pl.col("account").is_in(list(names))).select(
        "region",
        "year",
        (pl.col("account").replace_strict(names, return_dtype=pl.String) + "_" + pl.col("basis")).alias("name"),
        pl.col("sen").cast(pl.Int128),
    )
    wide = own.pivot(on="name", index=["region", "year"], values="sen", maintain_order=True)
    columns = [f"{name}_{basis}" for name in names.values() for basis in Basis]
    absent = (pl.lit(None, pl.Int128).alias(column) for column in columns if column not in wide.columns)
    return wide.with_columns(absent).select("region", "year", *columns)
