"""What a year leaves (SiLPA), and whether the next year opens with it."""

from __future__ import annotations

from decimal import Decimal

import polars as pl

from nangkis.budget.posture_accounts import FINANCING, REVENUE, SPENDING
from nangkis.budget.postures.panel import Basis, PosturePanel
from nangkis.budget.postures.terms import Terms, at_most, summed


LEFT: Terms = {REVENUE: 1, SPENDING: -1, FINANCING: 1}


def left_over(panel: PosturePanel) -> pl.DataFrame:
    r"""Return what each region's realised year leaves, and what its next year opens with.

    .. math:: L_t = R_t - S_t + F_t, \qquad O_{t+1} = L_t

    Returns: ``region``, ``year``, ``left`` and ``opening`` (of the next year; exact sen, Int128), ``gap`` (opening less
        left), ``slack`` (how far rounding may bring them apart), ``class``: ``same``, ``small`` (below the share that
        audits correct), ``large``, or null with ``why``: ``account-unknown`` or ``no-next-year``.
    """
    realised = panel.amounts.filter(pl.col("basis") == Basis.REALISED)
    sums = summed(realised, {"left": LEFT, "opening": {panel.rules.opening: 1}})
    left = _of(sums, "left")
    opening = _of(sums, "opening").with_columns(pl.col("year") - 1, there=True)
    both = left.join(opening, on=["region", "year"], how="left", maintain_order="left").with_columns(
        (pl.col("opening") - pl.col("left")).alias("gap"), (pl.col("left_half") + pl.col("opening_half")).alias("slack")
    )
    return both.with_columns(_class(panel.rules.silpa_share).alias("class"), _why().alias("why")).select(
        "region", "year", "left", "opening", "gap", "slack", "class", "why"
    )


def _of(sums: pl.DataFrame, name: str) -> pl.DataFrame:
    own = sums.filter(pl.col("name") == name)
    return own.select("region", "year", pl.col("sen").alias(name), pl.col("half").alias(f"{name}_half"))


def _class(share: Decimal) -> pl.Expr:
    larger = pl.max_horizontal(pl.col("left").abs(), pl.col("opening").abs())
    return (
        pl.when(pl.col("gap").is_null())
        .then(None)
        .when(pl.col("gap").abs() <= pl.col("slack"))
        .then(pl.lit("same"))
        .when(at_most(pl.col("gap").abs(), larger, share))
        .then(pl.lit("small"))
        .otherwise(pl.lit("large"))
    )


def _why() -> pl.Expr:
    return (
        pl.when(pl.col("there").is_null())
        .then(pl.lit("no-next-year"))
        .when(pl.col("gap").is_null())
        .then(pl.lit("account-unknown"))
    )
