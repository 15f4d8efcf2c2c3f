"""What each source says of a line, in one form; which source is believed; and where a lower one says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl

from nangkis.budget.rules import Tag
from nangkis.budget.tagging.schema import WHOLE


class TagOrigin(StrEnum):
    """Who says what a line is."""

    DECISION = "keputusan"
    LIST = "daftar"
    OFFICIAL = "resmi"
    RULES = "aturan"
    CLASSIFIER = "klasifikasi"


class HeldBecause(StrEnum):
    """Why a line waits for a person."""

    NO_RULE = "no-rule"
    RULES_DIFFER = "rules-differ"  # two rules of the same order give different answers
    RULE = "rule"  # a rule says that a person must decide
    LISTS_DIFFER = "lists-differ"  # the region's lists give it different strategies
    INCOMPLETE = "incomplete"  # it is named as poverty spending, and no source knows the strategy
    DECIDED = "decided"  # a person has put it off


KEY = "_key"
# One row per key and part: every source speaks in these columns. ``share`` in ten-thousandths, ``table`` where from.
CLAIM = pl.Schema(
    {
        KEY: pl.UInt32(),
        "origin": pl.String(),
        "part": pl.Int32(),
        "tag": pl.String(),
        "dimension": pl.String(),
        "strategy": pl.String(),
        "directness": pl.String(),
        "share": pl.Int32(),
        "reason": pl.String(),
        "reason_en": pl.String(),
        "confidence": pl.String(),
        "rule": pl.String(),
        "held_because": pl.String(),
        "_tag_table": pl.String(),
    }
)
ATTRIBUTES = ("dimension", "strategy", "directness")
REST = ("Sisa di luar bagian yang ditandai", "The rest, outside the parts that are tagged")
_SPEAKS = pl.col("tag").is_in([Tag.TAGGED.value, Tag.NOT_RELEVANT.value])


def claimed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what a source says, in the columns of CLAIM; one part and the whole line where it says no share."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in CLAIM.items() if name not in frame.columns]
    full = frame.with_columns(missing).select(list(CLAIM)).cast(CLAIM)
    return full.with_columns(pl.col("part").fill_null(1), pl.col("share").fill_null(WHOLE))


def believed(claims: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return what holds of each key, from claims in order of authority: CLAIM and ``conflict``.

    The first source that speaks decides. What it leaves open (a list knows no dimension, an official tag no strategy)
    is filled from the next that tags the line too, and ``rule`` names both. A tagged line without a strategy is held.
    Shares of one key add up to WHOLE: what a decision leaves over is a part of its own, not relevant. ``conflict``
    tells the lower sources that say another tag or strategy, such as ``aturan:tidak-relevan``; null where none does.
    """
    ranked = [claim.with_columns(pl.lit(rank, pl.Int32()).alias("_rank")) for rank, claim in enumerate(claims)]
    every = pl.concat(ranked).sort(KEY, "_rank", "part")
    first = pl.col("_rank") == pl.col("_rank").min().over(KEY)
    winners, lower = every.filter(first), every.filter(~first)
    told = _with_rest(_held_without_strategy(_filled(winners, every)))
    return told.join(_conflicts(winners, lower), on=KEY, how="left", maintain_order="left").drop("_rank")


def _filled(winners: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    """Fill what the winner leaves open from the next sources that tag the line."""
    tagging = every.filter(pl.col("tag") == Tag.TAGGED)
    known = tagging.group_by(KEY, maintain_order=True).agg(
        *(pl.col(name).drop_nulls().first().alias(f"_next:{name}") for name in ATTRIBUTES),
        pl.col("rule").drop_nulls().unique(maintain_order=True).str.join(" + ").alias("_rules"),
    )
    joined = winners.join(known, on=KEY, how="left", maintain_order="left")
    fills = pl.col("tag") == Tag.TAGGED
    adds = fills & pl.any_horizontal(
        pl.col(name).is_null() & pl.col(f"_next:{name}").is_not_null() for name in ATTRIBUTES
    )
    return joined.with_columns(
        pl.when(adds).then("_rules").otherwise("rule").alias("rule"),
        *(pl.when(fills).then(pl.coalesce(name, f"_next:{name}")).otherwise(name).alias(name) for name in ATTRIBUTES),
    ).drop("_rules", *(f"_next:{name}" for name in ATTRIBUTES))


def _held_without_strategy(told: pl.DataFrame) -> pl.DataFrame:
    lacks = (pl.col("tag") == Tag.TAGGED) & pl.col("strategy").is_null()
    return told.with_columns(
        pl.when(lacks).then(pl.lit(Tag.HELD.value)).otherwise("tag").alias("tag"),
        pl.when(lacks).then(pl.lit(HeldBecause.INCOMPLETE.value)).otherwise("held_because").alias("held_because"),
        *(pl.when(~lacks).then(name).alias(name) for name in ("dimension", "directness")),
    )


def _with_rest(told: pl.DataFrame) -> pl.DataFrame:
    """Add, to keys whose parts leave something over, the rest as a part that is not for the poor."""
    over = pl.lit(WHOLE, pl.Int32()) - pl.col("share").sum().over(KEY)
    last = told.with_columns(over.cast(pl.Int32).alias("_over")).filter(
        pl.col("_over") > 0, pl.col("part") == pl.col("part").max().over(KEY)
    )
    rest = last.with_columns(
        pl.col("part") + 1,
        pl.col("_over").alias("share"),
        pl.lit(Tag.NOT_RELEVANT.value).alias("tag"),
        pl.lit(REST[0]).alias("reason"),
        pl.lit(REST[1]).alias("reason_en"),
        *(pl.lit(None, pl.String()).alias(name) for name in (*ATTRIBUTES, "held_because")),
    ).drop("_over")
    return pl.concat([told, rest]).sort(KEY, "part")


def _conflicts(winners: pl.DataFrame, lower: pl.DataFrame) -> pl.DataFrame:
    said = winners.filter(_SPEAKS).select(KEY, pl.col("tag").alias("_tag"), pl.col("strategy").alias("_strategy"))
    alike = (pl.col("tag") == pl.col("_tag")) & (
        pl.col("strategy").is_null() | pl.col("_strategy").is_null() | (pl.col("strategy") == pl.col("_strategy"))
    )
    differing = (
        lower.filter(_SPEAKS)
        .join(said, on=KEY)
        .group_by(KEY, "_rank", "origin", "tag", "strategy")
        .agg(alike.any().alias("alike"))
        .filter(~pl.col("alike"))
        .sort(KEY, "_rank", "tag", "strategy")
    )
    words = pl.format("{}:{}", "origin", pl.concat_str("tag", "strategy", separator="/", ignore_nulls=True))
    return differing.group_by(KEY, maintain_order=True).agg(words.str.join("; ").alias("conflict"))
