"""Groups of a posture against their parts, and what accounts were called over the years."""

from __future__ import annotations

import polars as pl

from nangkis.budget.postures.panel import KEY, SEN, PosturePanel, State


def sum_gaps(panel: PosturePanel) -> pl.DataFrame:
    """Return each printed group beside the signed sum of its parts, as they are used.

    Returns: KEY, ``account`` (the group), ``whole``, ``parts`` and ``gap`` (whole less parts; exact sen, Int128),
        ``slack`` (how far rounding may bring them apart), ``count`` of parts that are told, ``differs``.
        A group whose parts are not told, or not all of them, has no gap.
    """
    groups = _as_printed(panel).filter(pl.col("sen").is_not_null())
    used = panel.amounts.filter(pl.col("parent").is_not_null() & (pl.col("state") != State.NOTHING))
    parts = used.group_by(*KEY, pl.col("parent").alias("account")).agg(
        (pl.col("sen") * pl.col("sign")).sum().alias("parts"),
        pl.col("half").fill_null(0).sum().alias("parts_half"),
        pl.col("sen").count().alias("count"),
    )
    beside = groups.join(parts, on=[*KEY, "account"], maintain_order="left").filter(pl.col("count") > 0)
    told = beside.with_columns(
        pl.col("sen").alias("whole"),
        (pl.col("sen") - pl.col("parts")).alias("gap"),
        (pl.col("half") + pl.col("parts_half")).alias("slack"),
    )
    return told.select(
        *KEY,
        "account",
        "whole",
        "parts",
        "gap",
        "slack",
        "count",
        (pl.col("gap").abs() > pl.col("slack")).alias("differs"),
    )


def labels(panel: PosturePanel) -> pl.DataFrame:
    """Return how the accounts are called: ``account``, ``label`` as read, ``years`` in which it is so, ``unified``."""
    names = {account.code: account.labels[0] for account in panel.rules.accounts}
    return (
        panel.printed.filter(pl.col("account").is_not_null())
        .group_by("account", pl.col("account_name").alias("label"))
        .agg(pl.col("year").unique().sort().alias("years"))
        .with_columns(pl.col("account").replace_strict(names, return_dtype=pl.String).alias("unified"))
        .sort("account", "label")
    )


def _as_printed(panel: PosturePanel) -> pl.DataFrame:
    """The amounts as the files print them: financing of 0 over parts that are there is a difference that is told."""
    long = pl.concat(
        panel.printed.filter(pl.col("account").is_not_null()).select(
            "region",
            "year",
            pl.lit(basis).alias("basis"),
            "account",
            pl.col(f"{column}_sen").cast(SEN).alias("sen"),
            pl.col(f"{column}_resolution_sen").cast(SEN).fill_null(0).alias("half"),
        )
        for basis, column in (("budget", "budget"), ("realised", "realised"))
    )
    return long.sort(*KEY, "account")
