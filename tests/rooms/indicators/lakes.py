"""A lake of indicator tables for tests, written as short rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from nangkis.indicators.schema import KIND, PUBLISHED_ERROR, SCHEMA
from nangkis.lake.manifest import Reading
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake


# What a table has whose file gives no standard errors.
PLAIN = pl.Schema({name: dtype for name, dtype in SCHEMA.items() if name not in PUBLISHED_ERROR})
# indicator, region, year, value (None: missing, a text: why it is missing)
Row = tuple[str, str, int, float | str | None]


def accept(
    lake: Lake,
    rows: Iterable[Row],
    *,
    title: str = "Persentase Penduduk Miskin",
    layout: str = "bps_table",
    period: str = "maret",
    day: int = 1,
    places: int = 2,
    errors: Mapping[tuple[str, str, int], float] | None = None,
    named: bool = True,
) -> str:
    """Put rows into the lake as one table, and return its id.

    The table names its regions unless ``named`` is False.
    ``errors`` are the published standard errors by indicator, region and year; they stand in the column to the right.
    """
    told = errors or {}
    frame = pl.DataFrame(
        [
            {
                "indicator": indicator,
                "region": region,
                "name_read": region if named else "",
                "year": year,
                "period": period,
                "value": value if isinstance(value, float) else None,
                "places": places,
                "missing": None if isinstance(value, float) else (value or "blank"),
                "_sheet": "Sheet1",
                "_row": number,
                "_col": "B",
                "standard_error": told.get((indicator, region, year)),
                "_error_col": "C",
            }
            for number, (indicator, region, year, value) in enumerate(rows, start=2)
        ],
        schema=SCHEMA,
    )
    frame = frame if errors else frame.drop(PUBLISHED_ERROR)
    lake.folder.mkdir(parents=True, exist_ok=True)
    source = lake.folder / f"{title}.csv"
    source.write_text(frame.write_csv(), encoding="utf-8")
    reading = Reading(
        kind=KIND,
        title=title,
        owner="kemendagri-2025:00",
        layout=layout,
        layout_version=1,
        sheet="Sheet1",
        cell_range="A1:B2",
        frame=frame,
        rows_in=frame.height,
        rows_frame=0,
        rows_accepted=frame.height,
        rows_refused=0,
        about={"indicators": title, "years": "", "place": ""},
    )
    return lake.accept(reading, source_file=source, at=datetime(2026, 11, day, tzinfo=UTC), by="Ratna").id


def snapshot_of(folder: Path, rows: Iterable[Row]) -> Snapshot:
    """Return a snapshot of one table with these rows."""
    lake = Lake(folder)
    accept(lake, rows)
    return lake.snapshot()
