"""A small table, as intake would hand it to the lake."""

from __future__ import annotations

import polars as pl

from nangkis.lake.manifest import Reading


def reading(values: dict[str, float], *, year: int = 2024) -> Reading:
    rows = [
        {"region": region, "year": year, "value": value, "_sheet": "Sheet1", "_row": row, "_col": "B"}
        for row, (region, value) in enumerate(values.items(), start=2)
    ]
    return Reading(
        kind="indicator",
        title="Persentase penduduk miskin",
        owner="contoh-2026:90",
        layout="bps_table",
        layout_version=1,
        sheet="Sheet1",
        cell_range=f"A1:B{len(rows) + 1}",
        frame=pl.DataFrame(rows),
        rows_in=len(rows) + 1,
        rows_frame=1,
        rows_accepted=len(rows),
        rows_refused=0,
    )
