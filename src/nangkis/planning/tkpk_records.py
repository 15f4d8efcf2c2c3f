"""What a person has put on record of a TKPK's documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.planning.tkpk_schema import KIND, SCHEMA, TkpkItem
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.sources import cell_at


@dataclass(frozen=True)
class TkpkRecord:
    """One document on record: its number and date, and the file and cell that say so; ``year`` None where unsaid."""

    item: TkpkItem
    year: int | None
    number: str
    dated: date
    attached: str | None
    manifest: TableManifest
    cell: str


def tkpk_records(snapshot: Snapshot, region: Region, on: date) -> tuple[TkpkRecord, ...]:
    """Return a region's records of documents dated up to a day, the latest first."""
    rows = snapshot.frame(KIND, SCHEMA).filter(pl.col("region") == str(region), pl.col("dated") <= on)
    found = rows.sort("dated", TABLE, "_row", descending=[True, False, False]).collect()
    manifests = {manifest.id: manifest for manifest in snapshot.of_kind(KIND)}
    return tuple(
        TkpkRecord(
            item=TkpkItem(row["item"]),
            year=row["year"],
            number=row["number"],
            dated=row["dated"],
            attached=row["attached"],
            manifest=manifests[row[TABLE]],
            cell=cell_at(row["_sheet"], row["_col"], row["_row"]),
        )
        for row in found.iter_rows(named=True)
    )
