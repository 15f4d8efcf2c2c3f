"""Budgets of the tests' own making, as intake would hand them to the lake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from nangkis.budget.schema import DETAIL, KIND, SCHEMA
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


TODAY = date(2026, 11, 1)
CENDANA = Region.parse("contoh:90.01")
EDUCATION = ("1.01.2.22.0.00.01.0000", "Dinas Pendidikan")
FINANCE = ("5.02.0.00.0.00.01.0000", "Badan Keuangan")
HEALTH = ("1.02.0.00.0.00.01.0000", "Dinas Kesehatan")
SOCIAL = ("1.06.0.00.0.00.01.0000", "Dinas Sosial")

Line = tuple[tuple[str, str], str, str, int | None]

# One line of each kind: the office itself, for the poor, held by a rule, held by none, not for the poor, for the poor
# without an amount, village transfer.
SMALL: tuple[Line, ...] = (
    (EDUCATION, "1.01.01.2.02.01", "Penyediaan Gaji dan Tunjangan ASN", 500),
    (EDUCATION, "1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa", 40),
    (EDUCATION, "1.01.02.2.01.29", "Pengelolaan Dana BOS Sekolah Dasar", 60),
    (EDUCATION, "1.01.02.2.01.26", "Penyediaan Pendidik bagi Sekolah Dasar", 30),
    (EDUCATION, "1.01.03.2.01.04", "Pelatihan Penyusunan Kurikulum", 7),
    (SOCIAL, "1.06.04.2.01.01", "Penyediaan Permakanan", None),
    (FINANCE, "5.02.02.2.04.08", "Analisis Perencanaan dan Penyaluran Bantuan Keuangan", 100),
)


def budget_frame(
    lines: Sequence[Line], *, region: Region = CENDANA, year: int = 2026, stage: str = "rkpd"
) -> pl.DataFrame:
    """A table of lines; amounts in rupiah."""
    rows = []
    for row, ((office_code, office_name), code, name, rupiah) in enumerate(lines, start=2):
        parts = code.split(".")
        prefixes = (".".join(parts[:count]) for count in (2, 3, 5))
        amount = None if rupiah is None else rupiah * 100
        missing = "blank" if rupiah is None else None
        place = (str(region), year, stage, office_code, office_name)
        rows.append((*place, *prefixes, code, name, amount, missing, "Sheet1", row, "C"))
    given = [name for name in SCHEMA if name not in DETAIL]
    detail = (pl.lit(None, pl.String()).alias(name) for name in DETAIL)
    frame = pl.DataFrame(rows, schema={name: SCHEMA[name] for name in given}, orient="row")
    return frame.with_columns(detail).select(list(SCHEMA))


def budget_reading(frame: pl.DataFrame, *, rows_refused: int = 0, findings: tuple[Finding, ...] = ()) -> Reading:
    region, year, stage = frame.select("region", "year", "stage").row(0)
    return Reading(
        kind=KIND,
        title="Pagu",
        owner=region,
        layout="sipd_pagu",
        layout_version=1,
        sheet="Sheet1",
        cell_range=f"A1:C{frame.height + 1}",
        frame=frame,
        rows_in=frame.height + 1 + rows_refused,
        rows_frame=1,
        rows_accepted=frame.height,
        rows_refused=rows_refused,
        findings=findings,
        about={"year": str(year), "stage": stage},
    )


def accept(
    lake: Lake,
    frame: pl.DataFrame,
    *,
    name: str = "pagu.xlsx",
    supersedes: str | None = None,
    rows_refused: int = 0,
    findings: tuple[Finding, ...] = (),
) -> TableManifest:
    lake.folder.mkdir(parents=True, exist_ok=True)
    source = lake.folder.parent / name
    source.write_bytes(frame.write_json().encode())
    at = datetime(2026, 11, 1, tzinfo=UTC)
    reading = budget_reading(frame, rows_refused=rows_refused, findings=findings)
    return lake.accept(reading, source_file=source, at=at, by="Sari", supersedes=supersedes)


def snapshot_of(
    folder: Path, *frames: pl.DataFrame, rows_refused: int = 0, findings: tuple[Finding, ...] = ()
) -> Snapshot:
    lake = Lake(folder / "lake")
    for number, frame in enumerate(frames):
        accept(lake, frame, name=f"pagu-{number}.xlsx", rows_refused=rows_refused, findings=findings)
    return lake.snapshot()
