"""What people decided on proposed matches: every decision is kept, and the latest one holds."""

from __future__ import annotations

import polars as pl

from nangkis.budget.nomenclature.codes import compatible, government_digit
from nangkis.budget.nomenclature.schema import DECISION, DECISION_SCHEMA, Verdict
from nangkis.lake.snapshot import Snapshot


SOURCE = ["from_code", "from_government"]
PAIR = [*SOURCE, "to_code", "to_government"]


def all_decisions(snapshot: Snapshot, before: str, after: str) -> pl.DataFrame:
    """Return every decision between two versions, also those that a later one replaced, in the order of their time."""
    every = snapshot.frame(DECISION, DECISION_SCHEMA)
    between = (pl.col("from_version") == before) & (pl.col("to_version") == after)
    return every.filter(between).sort("at", "_table", "_row", maintain_order=True).collect()


def in_force(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the decisions that hold: for each pair the latest, and for each code one match or none at the most.

    A match that is accepted, or refused altogether, takes the place of the match that the code had before.
    """
    ordered = decisions.with_row_index("_order")
    latest = ordered.unique(PAIR, keep="last", maintain_order=True)
    settled = latest.filter(pl.col("verdict") != Verdict.REJECTED).unique(SOURCE, keep="last", maintain_order=True)
    rejected = latest.filter(pl.col("verdict") == Verdict.REJECTED)
    return pl.concat([settled, rejected]).sort("_order").drop("_order")


def decision_flaws(decisions: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> pl.Series:
    """Return, for each decision, the code of what is wrong with it; null where nothing is.

    ``before`` and ``after`` are the sub kegiatan of both lists. A match joins codes that are there, of the same
    government digit and of governments that may be the same; a code has one match at the most.
    """
    accepted = pl.col("verdict") == Verdict.ACCEPTED
    here = before.select(pl.col("code").alias("from_code"), pl.col("government").alias("from_government"))
    there = after.select(pl.col("code").alias("to_code"), pl.col("government").alias("to_government"))
    known = _is_in(decisions, here, SOURCE)
    reached = _is_in(decisions, there, ["to_code", "to_government"])
    fits = (government_digit(pl.col("from_code")) == government_digit(pl.col("to_code"))) & compatible(
        "from_government", "to_government"
    )
    settles = pl.col("verdict") != Verdict.REJECTED
    flaw = (
        pl.when(~known)
        .then(pl.lit("decision-source-unknown"))
        .when(accepted & ~reached)
        .then(pl.lit("decision-target-unknown"))
        .when(accepted & ~fits)
        .then(pl.lit("decision-crosses-governments"))
        .when(settles & (pl.when(settles).then(1).sum().over(SOURCE) > 1))
        .then(pl.lit("decision-twice"))
    )
    return decisions.select(flaw.alias("flaw")).to_series()


def _is_in(decisions: pl.DataFrame, held: pl.DataFrame, keys: list[str]) -> pl.Series:
    marked = held.unique().with_columns(pl.lit(value=True).alias("held"))
    joined = decisions.join(marked, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return joined["held"].fill_null(value=False)
