"""Postures of the tests' own making, as intake would hand them to the lake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from nangkis.budget.posture_accounts import posture_rules_on
from nangkis.budget.posture_schema import KIND, SCHEMA
from nangkis.budget.postures.panel import PosturePanel, panel_of
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.lake.snapshot import TABLE
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged


TODAY = date(2026, 11, 24)
AGAM, PADANG = "kemendagri-2025:13.06", "kemendagri-2025:13.71"
Amounts = Mapping[str, tuple[int | None, int | None]]  # account -> budget and realised, whole rupiah

# A small year whose sums hold: revenue 1,000, spending 1,050, financing 60 less 10; it leaves 40 when realised so.
YEAR: Amounts = {
    "4": (1000, 990),
    "4.1": (150, 140),
    "4.1.01": (60, 55),
    "4.1.02": (90, 85),
    "4.2": (800, 800),
    "4.2.01": (800, 800),
    "4.3": (50, 50),
    "4.2.02": (40, 45),
    "4.3.01": (10, 5),
    "5": (1050, 1000),
    "5-pegawai": (400, 390),
    "5.1.01": (400, 390),
    "5-barang-jasa": (250, 240),
    "5.1.02": (250, 240),
    "5-modal": (200, 180),
    "5.2": (200, 180),
    "5-lainnya": (200, 190),
    "5.1.05": (20, 20),
    "5.3": (10, 5),
    "5.4.02": (170, 165),
    "6": (50, 50),
    "6.1": (60, 60),
    "6.1.01": (60, 60),
    "6.2": (10, 10),
    "6.2.02": (10, 10),
}


def posture_frame(
    amounts: Amounts,
    *,
    region: str = AGAM,
    year: int = 2024,
    half_sen: int = 0,
    missing: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """A posture; amounts in rupiah, each known to ``half_sen``."""
    marks, called = missing or {}, names or {}
    rows = [
        (
            *(region, year, account, called.get(account, account)),
            *(None if rupiah is None else rupiah * 100 for rupiah in both),
            *(None if rupiah is None else half_sen for rupiah in both),
            marks.get(account, "blank" if None in both else None),
            *("csv", row, "B"),
        )
        for row, (account, both) in enumerate(amounts.items(), start=2)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def panel(*frames: pl.DataFrame) -> PosturePanel:
    """The panel of some postures, each its own table."""
    rows = pl.concat(frame.with_columns(pl.lit(f"posture-{n}").alias(TABLE)) for n, frame in enumerate(frames))
    return panel_of(rows, posture_rules_on(packaged(), TODAY), packaged().on("akun_postur", TODAY).use)


def accept_posture(
    lake: Lake, frame: pl.DataFrame, *, at: datetime = datetime(2026, 11, 1, tzinfo=UTC)
) -> TableManifest:
    region, year = frame.select("region", "year").row(0)
    name = f"postur-{region[-5:]}-{year}-{at.day}.csv"
    lake.folder.mkdir(parents=True, exist_ok=True)
    source = Path(lake.folder.parent / name)
    source.write_bytes(frame.write_json().encode())
    reading = Reading(
        kind=KIND, title=f"Postur {year}", owner=region, layout="djpk_posture", layout_version=1, sheet="csv",
        cell_range=f"A1:C{frame.height + 1}", frame=frame, rows_in=frame.height + 1, rows_frame=1,
        rows_accepted=frame.height, rows_refused=0, findings=(), about={"year": str(year)},
    )  # fmt: skip
    return lake.accept(reading, source_file=source, at=at, by="Sari", supersedes=None)
