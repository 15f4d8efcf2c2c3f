"""How much of a region's budget stands under codes of a version: directly, by a decision, by a proposal, or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from nangkis.budget.nomenclature.codes import OWN_BIDANG, is_support, without_bidang
from nangkis.budget.nomenclature.crosswalk import CrosswalkRules, Rule, Standing, propose
from nangkis.budget.nomenclature.decisions import in_force
from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import Government, Verdict
from nangkis.budget.sums import SEN


class Covered(StrEnum):
    """How a code of a budget stands to a version, from the surest to the least."""

    DIRECT = "direct"  # code and name
    DECIDED = "decided"  # a person accepted its match
    PROPOSED = "proposed"  # one match is proposed
    AMBIGUOUS = "ambiguous"  # several are
    OTHER_NAME = "other-name"  # the code is there, with a name that is not like it
    WITHOUT = "without"  # a person decided that it has no match
    NONE = "none"


COVERAGE = pl.Schema(
    {
        "code": pl.String(),
        "name": pl.String(),
        "covered": pl.String(),  # Covered
        "rule": pl.String(),  # of the proposal; null otherwise
        "to_code": pl.String(),  # null of ambiguous ones and of what is not covered
        "to_name": pl.String(),
        "lines": pl.UInt32(),
        "sen": pl.Int128(),  # exact; null when no line has an amount
    }
)


@dataclass(frozen=True)
class Side:
    """Whose budget it is, and by which version its codes were written: what decisions are looked up by."""

    government: Government
    version: str | None  # None when it is not known: then no decision is


def coverage(
    lines: pl.DataFrame, target: CodeList, decisions: pl.DataFrame, *, side: Side, rules: CrosswalkRules
) -> pl.DataFrame:
    """Return each code and name of a budget once, as COVERAGE, the largest sums first.

    Args:
        lines: budget lines with ``sub_kegiatan_code``, ``sub_kegiatan_name``, ``kegiatan_code`` and ``amount_sen``.
        target: the version asked for.
        decisions: those from the version by which the budget was written to the one asked for, as in_force takes them.
        side: whose budget it is.
        rules: of proposals.
    """
    codes = _codes(lines)
    subs = target.subs.filter((pl.col("government") == side.government.value).fill_null(value=True))
    asked = codes.with_columns(pl.lit(side.government.value).alias("government"))
    told = _direct(codes, subs, rules).join(_decided(decisions, side), on="code", how="left", maintain_order="left")
    told = told.join(_proposed(asked, subs, rules), on="_line", how="left", maintain_order="left")
    told = told.with_columns(_covered().alias("covered"))
    matched = pl.col("covered")
    ends = [
        pl.when(matched == each).then(f"{each}_code") for each in (Covered.DIRECT, Covered.DECIDED, Covered.PROPOSED)
    ]
    told = told.with_columns(
        pl.coalesce(ends).alias("to_code"),
        pl.when(matched.is_in([Covered.PROPOSED, Covered.AMBIGUOUS])).then("rule").alias("rule"),
    )
    names = subs.select(pl.col("code").alias("to_code"), pl.col("name").alias("to_name")).unique("to_code")
    told = told.join(names, on="to_code", how="left", maintain_order="left")
    return told.sort("sen", "code", descending=[True, False], nulls_last=True).select(list(COVERAGE)).cast(COVERAGE)


def _codes(lines: pl.DataFrame) -> pl.DataFrame:
    named = lines.with_columns(pl.col("sub_kegiatan_name").fill_null("").alias("name"))
    grouped = named.group_by(pl.col("sub_kegiatan_code").alias("code"), "name", maintain_order=True).agg(
        pl.col("kegiatan_code").first().alias("kegiatan"),
        pl.col("kegiatan_name").drop_nulls().first(),
        pl.len().alias("lines"),
        pl.when(pl.col("amount_sen").count() > 0).then(SEN.sum()).alias("sen"),
    )
    return grouped.with_row_index("_line")


def _direct(codes: pl.DataFrame, subs: pl.DataFrame, rules: CrosswalkRules) -> pl.DataFrame:
    """Return codes with ``there``: the version has the code, that of a support programme as X.XX perhaps."""
    code = pl.col("code")
    general = pl.when(is_support(code, rules.support)).then(pl.lit(f"{OWN_BIDANG}.") + without_bidang(code))
    known = subs["code"].unique().implode()
    found = pl.when(code.is_in(known)).then(code).when(general.is_in(known)).then(general)
    return codes.with_columns(found.alias("direct_code"))


def _decided(decisions: pl.DataFrame, side: Side) -> pl.DataFrame:
    """Return what was decided on each code of this government; of one with several decisions, none."""
    ours = pl.col("from_government").eq_missing(side.government.value) | pl.col("from_government").is_null()
    held = in_force(decisions).filter((pl.col("verdict") != Verdict.REJECTED) & ours)
    several = pl.len().over("from_code") > 1
    return held.filter(~several).select(
        pl.col("from_code").alias("code"), "verdict", pl.col("to_code").alias("decided_code")
    )


def _proposed(asked: pl.DataFrame, subs: pl.DataFrame, rules: CrosswalkRules) -> pl.DataFrame:
    """Return the first proposal of each line, and how it stands."""
    found = propose(asked.unique(["code", "name"], maintain_order=True), subs, rules)
    first = found.group_by("from_code", "from_name", maintain_order=True).first()
    lines = asked.select("_line", "code", "name")
    told = lines.join(first, left_on=["code", "name"], right_on=["from_code", "from_name"], maintain_order="left")
    return told.select("_line", "rule", "standing", pl.col("to_code").alias("proposed_code"))


def _covered() -> pl.Expr:
    """Return how a line stands: a person's word before the code itself, that before a proposal."""
    single = pl.col("standing") == Standing.SINGLE
    named = pl.col("rule").is_in([Rule.SAME, Rule.OWN_BIDANG])
    return (
        pl.when(pl.col("verdict") == Verdict.ACCEPTED)
        .then(pl.lit(Covered.DECIDED.value))
        .when(pl.col("verdict") == Verdict.WITHOUT)
        .then(pl.lit(Covered.WITHOUT.value))
        .when(pl.col("direct_code").is_not_null() & named)
        .then(pl.lit(Covered.DIRECT.value))
        .when(single)
        .then(pl.lit(Covered.PROPOSED.value))
        .when(pl.col("standing") == Standing.AMBIGUOUS)
        .then(pl.lit(Covered.AMBIGUOUS.value))
        .when(pl.col("direct_code").is_not_null())
        .then(pl.lit(Covered.OTHER_NAME.value))
        .otherwise(pl.lit(Covered.NONE.value))
    )
