"""The lock of a year: the tags as they stood, which nothing but opening it again changes."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.budget.tagging.decisions import with_plain
from nangkis.budget.tagging.schema import LOCK_KIND, LOCKS
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.refusals import RequestRefused


class TagsLocked(RequestRefused):
    """The year is locked: no decision is taken on it until it is opened again."""


class TagsNotLocked(RequestRefused):
    """A year that is not locked cannot be opened."""


@dataclass(frozen=True)
class Lock:
    """Who locked the year, when and why; ``rows`` are LOCKS with the table and plain code and name, as claims."""

    table: str
    stage: str
    by: str
    at: str
    why: str
    rows: pl.DataFrame


def lock_in_force(snapshot: Snapshot, region: Region, year: int) -> Lock | None:
    """Return the lock of a region's year; None where there is none, or where it was opened again."""
    rows = snapshot.frame(LOCK_KIND, LOCKS).filter(pl.col("region") == str(region), pl.col("year") == year)
    found = rows.sort("at", TABLE, "_row").collect()
    if found.is_empty():
        return None
    latest = found.filter(pl.struct("at", TABLE) == pl.struct("at", TABLE).last())
    head = latest.row(0, named=True)
    if not head["locked"]:
        return None
    kept = with_plain(latest).with_columns(pl.col(TABLE).alias("_tag_table"))
    return Lock(head[TABLE], head["stage"], head["by"], head["at"], head["why"], kept)


def latest_lock_table(snapshot: Snapshot, region: Region, year: int) -> str | None:
    """Return the table that last locked or opened the year: the one that the next replaces; None for none."""
    rows = snapshot.frame(LOCK_KIND, LOCKS).filter(pl.col("region") == str(region), pl.col("year") == year)
    tables = rows.sort("at", TABLE).select(TABLE).collect()[TABLE]
    return None if tables.is_empty() else str(tables[-1])
