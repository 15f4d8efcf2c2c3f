"""People's decisions on tags: which hold, and which lines each is about."""

from __future__ import annotations

import polars as pl

from nangkis.budget.matching import plain_code
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.claims import KEY, HeldBecause, TagOrigin
from nangkis.budget.tagging.schema import DECISION_KIND, DECISIONS
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.vocabulary.codes import Region


CODE, NAME = "_code", "_plain_name"
OFFICE = "office_code"


def with_plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``_code`` and ``_plain_name``: code and name of a sub kegiatan without what only writing differs in."""
    return frame.with_columns(
        plain_code(pl.col("sub_kegiatan_code")).alias(CODE), plain_text(pl.col("sub_kegiatan_name")).alias(NAME)
    )


def plain_text(text: pl.Expr) -> pl.Expr:
    """Return a name's small letters and digits, nothing between them; empty for none."""
    return text.fill_null("").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", "")


def decisions_in_force(snapshot: Snapshot, region: Region, year: int) -> pl.DataFrame:
    """Return the decisions that hold: DECISIONS with the table and the plain code and name; those taken back are gone.

    Of one key (code, name, office) the latest holds, with all its parts.
    """
    rows = snapshot.frame(DECISION_KIND, DECISIONS).filter(pl.col("region") == str(region), pl.col("year") == year)
    found = with_plain(rows.collect()).sort("at", TABLE, "_row")
    office = pl.col(OFFICE).fill_null("")
    keys = [CODE, NAME, office]
    moment = pl.struct("at", TABLE)
    latest = found.filter(moment == moment.last().over(keys))
    return latest.filter(pl.col("tag").is_not_null()).sort(CODE, NAME, office, "part")


def decision_claims(keys: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return what the decisions say of the keys: one for the lines of an office goes before one for every office.

    Args:
        keys: one row per key: ``_key``, ``_code``, ``_plain_name`` and, where decisions or locks name offices,
            ``office_code``.
        decisions: rows with ``_code``, ``_plain_name``, ``office_code`` and the columns of a claim, ``_table``.
    """
    general = keys.select(KEY, CODE, NAME).join(decisions.filter(pl.col(OFFICE).is_null()), on=[CODE, NAME])
    if OFFICE not in keys.columns:
        return general
    own = keys.select(KEY, CODE, NAME, OFFICE).join(
        decisions.filter(pl.col(OFFICE).is_not_null()), on=[CODE, NAME, OFFICE]
    )
    return pl.concat([own.select(general.columns), general.join(own, on=KEY, how="anti")])


def as_claims(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return decisions with the columns by which a claim says its origin: the role is part of the ``rule``."""
    return decisions.with_columns(
        pl.lit(TagOrigin.DECISION.value).alias("origin"),
        pl.when(pl.col("tag") == Tag.HELD).then(pl.lit(HeldBecause.DECIDED.value)).alias("held_because"),
        pl.col("reason").alias("reason_en"),
        pl.lit("seen").alias("confidence"),
        pl.format("{}, {}", "by", pl.col("at").str.head(10)).alias("rule"),
        pl.col(TABLE).alias("_tag_table"),
    )
