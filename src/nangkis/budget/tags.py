"""Poverty tags that the rules propose, line by line, each with the rule and its reason."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from nangkis.budget.lines import LineClass
from nangkis.budget.rules import RuleTable, Tag


# A rule sees nothing else of a line, so lines that share these share their tag.
SEEN = ("bidang_code", "program_code", "kegiatan_code", "sub_kegiatan_code", "sub_kegiatan_name")

TAG_COLUMNS = (
    "tag", "dimension", "strategy", "directness", "reason", "reason_en", "confidence", "rule", "held_because",
)  # fmt: skip


class HeldBecause(StrEnum):
    """Why a line waits for a person."""

    NO_RULE = "no-rule"
    RULES_DIFFER = "rules-differ"  # two rules of the same order give different answers
    RULE = "rule"  # a rule says that a person must decide


def with_tags(lines: pl.DataFrame, table: RuleTable | None) -> pl.DataFrame:
    """Return the lines with what the rules propose; where there are no rules (None), nothing, and nothing held.

    Added columns: ``tag`` (Tag; null outside the base, that is for classes other than ``program``), ``dimension``,
    ``strategy``, ``directness`` (null unless tagged), ``rule`` (its id; several, joined, when they differ; null when
    none matches), ``reason`` and ``reason_en`` (of that rule), ``confidence``, ``held_because`` (HeldBecause).
    """
    if table is None:
        return lines.with_columns(pl.lit(None, pl.String()).alias(name) for name in TAG_COLUMNS)
    keys = lines.filter(pl.col("class") == LineClass.PROGRAM).select(SEEN).unique(maintain_order=True)
    keys = keys.with_row_index("_key")
    proposed = keys.join(_proposals(keys, table), on="_key", how="left").drop("_key")
    held = pl.col("tag") == Tag.HELD
    proposed = proposed.with_columns(
        pl.col("tag").fill_null(Tag.HELD.value),
        pl.when(pl.col("rule").is_null())
        .then(pl.lit(HeldBecause.NO_RULE.value))
        .when(held & pl.col("differ"))
        .then(pl.lit(HeldBecause.RULES_DIFFER.value))
        .when(held)
        .then(pl.lit(HeldBecause.RULE.value))
        .alias("held_because"),
    ).drop("differ")
    return lines.join(proposed, on=list(SEEN), how="left", nulls_equal=True, maintain_order="left")


def _proposals(keys: pl.DataFrame, table: RuleTable) -> pl.DataFrame:
    """Return, per key that a rule matches, what the first matching order says."""
    rules = _rules_frame(table)
    none = pl.DataFrame(schema={"_key": keys.schema["_key"], "place": pl.Int64()})
    hits = [
        keys.filter(rule.pattern.condition).select("_key", pl.lit(place, dtype=pl.Int64).alias("place"))
        for place, rule in enumerate(table.rules)
    ]
    first = (
        pl.concat([none, *hits])
        .join(rules, on="place")
        .filter(pl.col("order") == pl.col("order").min().over("_key"))
        .sort("_key", "place")
        .group_by("_key", maintain_order=True)
        .agg(
            pl.col("outcome").n_unique().gt(1).alias("differ"),
            pl.col("rule").unique(maintain_order=True).alias("rules"),
            pl.exclude("outcome", "rule", "order", "place").first(),
        )
    )
    return _hold_where_rules_differ(first)


def _hold_where_rules_differ(first: pl.DataFrame) -> pl.DataFrame:
    agreed = pl.col("rules").list.first()
    empty_when_differing = ("dimension", "strategy", "directness", "reason", "reason_en", "confidence")
    return first.with_columns(
        pl.when("differ").then(pl.col("rules").list.join(" / ")).otherwise(agreed).alias("rule"),
        pl.when("differ").then(pl.lit(Tag.HELD.value)).otherwise("tag").alias("tag"),
        *(pl.when(~pl.col("differ")).then(name).alias(name) for name in empty_when_differing),
    ).drop("rules")


def _rules_frame(table: RuleTable) -> pl.DataFrame:
    rows = [
        (
            place, rule.order, rule.outcome, rule.id, rule.tag.value, rule.dimension, rule.strategy, rule.directness,
            rule.reason.text, rule.reason.english, rule.confidence.value,
        )
        for place, rule in enumerate(table.rules)
    ]  # fmt: skip
    names = ["rule", "tag", "dimension", "strategy", "directness", "reason", "reason_en", "confidence"]
    numbers = {"place": pl.Int64(), "order": pl.Int64(), "outcome": pl.String()}
    return pl.DataFrame(rows, schema={**numbers, **dict.fromkeys(names, pl.String())}, orient="row")
