"""Tags of the official nomenclature: which of them speak of poverty, and of which lines."""

from __future__ import annotations

from datetime import date

import polars as pl

from nangkis.budget.matching import RuleRefused, plain_code
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.claims import KEY, TagOrigin
from nangkis.budget.tagging.decisions import CODE
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameters


NOMENCLATURE = "nomenclature"
# The columns of that table that tags are read from; ``tags`` are parted by "; ".
READ = pl.Schema({"level": pl.String(), "code": pl.String(), "tags": pl.String(), "valid_from": pl.Int32()})
PARTED_BY = "; "
SUB_KEGIATAN = "sub-kegiatan"
ENTRY_KEYS = {"label", "reason"}
SAYS = pl.Schema(
    {CODE: pl.String(), "rule": pl.String(), "reason": pl.String(), "reason_en": pl.String(), "_tag_table": pl.String()}
)


def official_says(snapshot: Snapshot, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return, by plain code, the official tags that mean poverty (SAYS); none where no nomenclature has any.

    The newest nomenclature with tags is read, whatever the budget's year: older ones have none. Which tags count stands
    in ``penandaan_label_resmi``; raises RuleRefused for an entry of it with other keys.
    """
    rows = snapshot.frame(NOMENCLATURE, READ).filter(pl.col("level") == SUB_KEGIATAN, pl.col("tags").is_not_null())
    tagged = rows.select(*READ, TABLE).collect()
    newest = tagged.filter(pl.col("valid_from").fill_null(0) == pl.col("valid_from").fill_null(0).max())
    pairs = newest.select(
        "code", pl.col("tags").str.split(PARTED_BY).alias("label"), pl.col(TABLE).alias("_tag_table")
    ).explode("label")
    return says(pairs, parameters, on)


def says(pairs: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return what pairs of ``code`` and ``label``, with their ``_tag_table``, say of poverty, by plain code: SAYS."""
    found = (
        pairs.join(_labels(parameters, on), on="label")
        .with_columns(plain_code(pl.col("code")).alias(CODE))
        .sort(CODE, "label")
        .group_by(CODE, maintain_order=True)
        .agg(
            pl.col("label").unique(maintain_order=True).str.join(", ").alias("rule"),
            pl.col("reason", "reason_en", "_tag_table").first(),
        )
    )
    return found.select(list(SAYS)).cast(SAYS)


def official_claims(keys: pl.DataFrame, official: pl.DataFrame) -> pl.DataFrame:
    """Return what official tags say of the keys: that a line is poverty spending, never by which strategy.

    Two digits of the older nomenclature and four of the newer are one code.
    """
    return keys.select(KEY, CODE).join(official, on=CODE).with_columns(
        pl.lit(TagOrigin.OFFICIAL.value).alias("origin"),
        pl.lit(Tag.TAGGED.value).alias("tag"),
        pl.lit("seen").alias("confidence"),
    )  # fmt: skip


def _labels(parameters: Parameters, on: date) -> pl.DataFrame:
    rows = []
    for entry in parameters.on("penandaan_label_resmi", on).value:
        name = str(entry.get("label", entry))
        if wrong := (set(entry) ^ ENTRY_KEYS) or (set(entry["reason"]) ^ {"id", "en"}):
            raise RuleRefused("rule-keys", rule=name, keys=", ".join(sorted(wrong)))
        rows.append((name, entry["reason"]["id"], entry["reason"]["en"]))
    return pl.DataFrame(rows, schema=dict.fromkeys(("label", "reason", "reason_en"), pl.String()), orient="row")
