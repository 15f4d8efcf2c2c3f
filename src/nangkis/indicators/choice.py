"""Which of several live tables counts for a fact: the reviewed preference, then the later accepted one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import KIND, SCHEMA
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at


KEY = ("indicator", "region", "year", "period")
# BPS prints a dash where a region has no such value; the other marks say that this table does not know.
SAID_TO_BE_NONE = Missing.DASH.value
# The numbers are written with a few decimals: what binary fractions add to a difference lies far below this share.
FLOAT_SLACK = 1e-9


def chosen_rows(snapshot: Snapshot, preference: Sequence[str]) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return one row for each fact that the snapshot holds, and what its tables contradict each other in.

    A value counts before a cell that could not be read; among values, and dashes, the layout that ``preference`` names
    first; of one layout a value before a dash, then the later accepted table. ``losers`` lists the tables whose value
    differs by more than half the last printed place of the coarser one.
    """
    rows = _ranked_rows(snapshot, preference)
    chosen = rows.unique(subset=KEY, keep="first", maintain_order=True)
    both = rows.join(chosen, on=KEY, suffix="_won").filter(pl.col(TABLE) != pl.col(f"{TABLE}_won"))
    differing, denied = beyond_rounding(both), _denied(both)
    losers = differing.group_by(KEY).agg(pl.col(TABLE).unique().sort().alias("losers"))
    manifests = {manifest.id: manifest for manifest in snapshot.manifests}
    findings = [*_told(differing, manifests, "indicator-sources-differ"), *_told(denied, manifests, "indicator-denied")]
    return chosen.join(losers, on=KEY, how="left").sort(KEY), tuple(findings)


def _ranked_rows(snapshot: Snapshot, preference: Sequence[str]) -> pl.DataFrame:
    rows = snapshot.frame(KIND, SCHEMA).collect().join(_tables(snapshot, preference), on=TABLE, how="left")
    unreadable = pl.col("value").is_null() & (pl.col("missing") != SAID_TO_BE_NONE)
    return rows.with_columns(places_as_fine(TABLE).alias("places")).sort(
        unreadable, "rank", pl.col("value").is_null(), "accepted_at", TABLE, "_row", "_col",
        descending=[False, False, False, True, False, False, False],
    )  # fmt: skip


def _tables(snapshot: Snapshot, preference: Sequence[str]) -> pl.DataFrame:
    rank = {layout: place for place, layout in enumerate(preference)}
    found = [
        (manifest.id, rank.get(manifest.layout, len(rank)), manifest.accepted_at.timestamp())
        for manifest in snapshot.of_kind(KIND)
    ]
    schema = {TABLE: pl.String, "rank": pl.Int32, "accepted_at": pl.Float64}
    return pl.DataFrame(found, schema=schema, orient="row")


def places_as_fine(*table: str) -> pl.Expr:
    """Return the decimals of a value, ``table`` telling its table.

    Files drop the last zeros (15.80 is written 15.8): a column is as fine as its finest.
    """
    known = {code: indicator.places for code, indicator in indicators().items()}
    finest = pl.col("places").max().over(*table, "indicator")
    return pl.min_horizontal(
        finest, pl.col("indicator").replace_strict(known, default=None, return_dtype=pl.Int8)
    ).fill_null(0)


def beyond_rounding(both: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose ``value`` and ``value_won`` differ by more than half the last place of the coarser one."""
    gap = (pl.col("value") - pl.col("value_won")).abs()
    half = 0.5 * pl.lit(10.0).pow(-pl.min_horizontal("places", "places_won").cast(pl.Float64))
    return both.with_columns(gap.alias("gap")).filter(gap > half + FLOAT_SLACK * pl.col("value_won").abs())


def _denied(both: pl.DataFrame) -> pl.DataFrame:
    """Rows with a value where the table that counts says that there is none: such as a regency before its founding."""
    said = (pl.col("missing_won") == SAID_TO_BE_NONE) & pl.col("value").is_not_null()
    return both.filter(said).with_columns(pl.lit(None, pl.Float64).alias("gap"))


def _told(rows: pl.DataFrame, manifests: Mapping[str, TableManifest], code: str) -> list[Finding]:
    """One finding for each pair of tables and indicator, at its largest difference."""
    found = []
    pairs = ("indicator", f"{TABLE}_won", TABLE)
    first = rows.sort([*pairs, "gap", *KEY[1:]], descending=[False, False, False, True, False, False, False])
    for (_, won, lost), group in first.group_by(pairs, maintain_order=True):
        at = group.row(0, named=True)
        values = {
            "indicator": at["indicator"],
            "region": at["name_read"] or place(Region.parse(at["region"])).name,
            "year": str(at["year"]),
            "kept": manifests[str(won)].title,
            "kept_file": manifests[str(won)].source.name,
            "kept_table": str(won),
            "kept_value": at["value_won"],
            "other": manifests[str(lost)].title,
            "other_file": manifests[str(lost)].source.name,
            "other_value": at["value"],
            "count": group.height,
        }
        cell = cell_at(at["_sheet"], at["_col"], at["_row"])
        found.append(Finding(code, Severity.WARNING, cell, values))
    return found
