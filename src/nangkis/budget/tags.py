"""Poverty tags of budget lines, each with the source that says so and its reason."""

from __future__ import annotations

import polars as pl

from nangkis.budget.lines import LineClass
from nangkis.budget.rules import RuleTable, Tag
from nangkis.budget.tagging.claims import CLAIM, KEY, HeldBecause, TagOrigin, believed, claimed
from nangkis.budget.tagging.decisions import OFFICE, with_plain
from nangkis.budget.tagging.evidence import Evidence
from nangkis.budget.tagging.shares import LINE, split_sen


# A rule sees nothing else of a line, so lines that share these share their tag; decisions may see the office too.
SEEN = ("bidang_code", "program_code", "kegiatan_code", "sub_kegiatan_code", "sub_kegiatan_name")
TAGS = pl.Schema({**{name: kind for name, kind in CLAIM.items() if name != KEY}, "conflict": pl.String()})


def with_tags(lines: pl.DataFrame, table: RuleTable | None, evidence: Evidence | None = None) -> pl.DataFrame:
    """Return the lines with their tags; where there are no rules (None), nothing is tagged and nothing held.

    Added columns: ``tag`` (Tag; null outside the base, that is for classes other than ``program``), ``origin``
    (TagOrigin; null when no source speaks), ``dimension``, ``strategy``, ``directness`` (null unless tagged), ``rule``
    (what of the source says so: a rule's id, a decision's role and day; several, joined, when they differ), ``reason``
    and ``reason_en``, ``confidence``, ``held_because`` (HeldBecause), ``conflict`` (lower sources that say otherwise),
    ``part`` and ``share`` (ten-thousandths of the line), ``_tag_table`` (the table of a decision, list or official
    tag).

    A line whose decision has several parts becomes one row for each, with its part of the amount: no sen is lost.
    Without ``evidence`` only the rules speak.
    """
    if table is None:
        return lines.with_columns(pl.lit(None, kind).alias(name) for name, kind in TAGS.items())
    key_columns = [*SEEN, OFFICE] if evidence is not None and evidence.names_offices else list(SEEN)
    base = lines.filter(pl.col("class") == LineClass.PROGRAM)
    keys = base.select(key_columns).unique(maintain_order=True).with_row_index(KEY)
    proposed = claimed(rule_claims(keys, table))
    claims = [proposed] if evidence is None else evidence.claims(with_plain(keys), proposed)
    told = keys.join(believed([*claims, _waiting(keys)]), on=KEY).drop(KEY)
    tagged = lines.with_row_index(LINE).join(
        told, on=key_columns, how="left", nulls_equal=True, maintain_order="left_right"
    )
    return split_sen(tagged).drop(LINE)


def rule_claims(keys: pl.DataFrame, table: RuleTable) -> pl.DataFrame:
    """Return, per key that a rule matches, what the first matching order says: columns of CLAIM."""
    rules = _rules_frame(table)
    none = pl.DataFrame(schema={KEY: keys.schema[KEY], "place": pl.Int64()})
    hits = [
        keys.filter(rule.pattern.condition).select(KEY, pl.lit(place, dtype=pl.Int64).alias("place"))
        for place, rule in enumerate(table.rules)
    ]
    first = (
        pl.concat([none, *hits])
        .join(rules, on="place")
        .filter(pl.col("order") == pl.col("order").min().over(KEY))
        .sort(KEY, "place")
        .group_by(KEY, maintain_order=True)
        .agg(
            pl.col("outcome").n_unique().gt(1).alias("differ"),
            pl.col("rule").unique(maintain_order=True).alias("rules"),
            pl.exclude("outcome", "rule", "order", "place").first(),
        )
    )
    return _hold_where_rules_differ(first)


def _waiting(keys: pl.DataFrame) -> pl.DataFrame:
    """Return what holds where no source speaks: the line waits for a person."""
    held = keys.select(
        KEY, pl.lit(Tag.HELD.value).alias("tag"), pl.lit(HeldBecause.NO_RULE.value).alias("held_because")
    )
    return claimed(held)


def _hold_where_rules_differ(first: pl.DataFrame) -> pl.DataFrame:
    agreed = pl.col("rules").list.first()
    empty_when_differing = ("dimension", "strategy", "directness", "reason", "reason_en", "confidence")
    held = pl.col("tag") == Tag.HELD
    return first.with_columns(
        pl.when("differ").then(pl.col("rules").list.join(" / ")).otherwise(agreed).alias("rule"),
        pl.when("differ").then(pl.lit(Tag.HELD.value)).otherwise("tag").alias("tag"),
        *(pl.when(~pl.col("differ")).then(name).alias(name) for name in empty_when_differing),
        pl.when("differ")
        .then(pl.lit(HeldBecause.RULES_DIFFER.value))
        .when(held)
        .then(pl.lit(HeldBecause.RULE.value))
        .alias("held_because"),
        pl.lit(TagOrigin.RULES.value).alias("origin"),
    ).drop("rules", "differ")


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
