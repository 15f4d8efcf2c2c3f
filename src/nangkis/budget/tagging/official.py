"""Tags of the official nomenclature: which of them speak of poverty, and of which lines."""

from __future__ import annotations

from datetime import date

import polars as pl

from nangkis.budget.matching import RuleRefused
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.claims import KEY, TagOrigin
from nangkis.budget.tagging.decisions import CODE, NAME, with_plain
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameters


# What is read of the table of codes. Its room stands on the analysis of budgets, and so on this one: it is not asked.
NOMENCLATURE = "nomenclature"
READ = pl.Schema(
    {"level": pl.String(), "code": pl.String(), "name": pl.String(), "tags": pl.String(), "valid_from": pl.Int32()}
)
SUB_KEGIATAN = "sub-kegiatan"
TAG_PARTS = "; "  # between two tags of one code
ENTRY_KEYS = {"label", "reason"}
SAYS = pl.Schema(
    {
        CODE: pl.String(),
        NAME: pl.String(),
        "rule": pl.String(),
        "reason": pl.String(),
        "reason_en": pl.String(),
        "_tag_table": pl.String(),
    }
)


def official_says(snapshot: Snapshot, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return, by plain code and name, the official tags that mean poverty (SAYS); none where no nomenclature has any.

    The newest nomenclature with tags is read, whatever the budget's year: older ones have none. Which tags count stands
    in ``penandaan_label_resmi``; raises RuleRefused for an entry of it with other keys.
    """
    rows = snapshot.frame(NOMENCLATURE, READ).filter(pl.col("level") == SUB_KEGIATAN, pl.col("tags").is_not_null())
    tagged = rows.select("code", "name", "tags", "valid_from", TABLE).collect()
    newest = tagged.filter(pl.col("valid_from").fill_null(0) == pl.col("valid_from").fill_null(0).max())
    pairs = newest.select(
        "code", "name", pl.col("tags").str.split(TAG_PARTS).alias("label"), pl.col(TABLE).alias("_tag_table")
    ).explode("label")
    return says(pairs, parameters, on)


def says(pairs: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return what pairs of a sub kegiatan (``code``, ``name``) and a ``label`` say of poverty: SAYS.

    ``_tag_table`` of the pairs is kept.
    """
    found = (
        pairs.join(_labels(parameters, on), on="label")
        .rename({"code": "sub_kegiatan_code", "name": "sub_kegiatan_name"})
        .pipe(with_plain)
        .sort(CODE, NAME, "label")
        .group_by(CODE, NAME, maintain_order=True)
        .agg(
            pl.col("label").unique(maintain_order=True).str.join(", ").alias("rule"),
            pl.col("reason", "reason_en", "_tag_table").first(),
        )
    )
    return found.select(list(SAYS)).cast(SAYS)


def official_claims(keys: pl.DataFrame, official: pl.DataFrame) -> pl.DataFrame:
    """Return what official tags say of the keys: that a line is poverty spending, never by which strategy.

    Two digits of the older nomenclature and four of the newer are one code, and a code whose name has changed since may
    be another sub kegiatan: code and name must both be the same.
    """
    return keys.select(KEY, CODE, NAME).join(official, on=[CODE, NAME]).with_columns(
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
