"""Files of a region's own making, taken in as an office would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from nangkis.budget.schema import Stage
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace


REGION = Region.parse("kemendagri-2025:72.06")
NOON, TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 24)
PLAN_HEADER = (
    "kode_skpd;nama_skpd;kode_sasaran;sasaran;kode_program;nama_program;indikator;satuan;target_awal;target_1;target_2;"
    "target_3;target_4;target_5;target_akhir;pagu_1;pagu_2;pagu_3;pagu_4;pagu_5"
)
PLACES_HEADER = "Kode Wilayah;Nama Wilayah;Tahun;Desil 1;Desil 2;Desil 3;Desil 4;Jumlah Keluarga;FSVA;Status IDM"


def take(folder: Path, name: str, lines: Sequence[str], said: Request | None = None) -> Workspace:
    """Write the lines of a file and take it in."""
    workspace = open_workspace(folder / "kerja")
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    rules = ImportRules(said or Request())
    (done,) = import_files(workspace, [folder / name], rules=rules, at=NOON, on=TODAY, by="Sri")
    assert done.table is not None, done.outcome.refusal
    return workspace


def take_budget(
    folder: Path,
    *lines: str,
    year: int = 2026,
    stage: Stage = Stage.RKPD,
    header: str = "OPD;Sub Kegiatan;Pagu",
    region: Region = REGION,
) -> Workspace:
    """Take in the lines of a year's budget."""
    return take(folder, f"pagu {stage} {year}.csv", (header, *lines), Request(region=region, year=year, stage=stage))


def take_plan(folder: Path, *lines: str, first_year: int = 2025) -> Workspace:
    """Take in the lines of an RPJMD."""
    return take(folder, f"rpjmd {first_year}.csv", (PLAN_HEADER, *lines), Request(region=REGION, year=first_year))


def take_places(folder: Path, *lines: str, name: str = "desil.csv") -> Workspace:
    """Take in kecamatan or desa: code, name, year, families of deciles one to four, all families, FSVA, IDM."""
    return take(folder, name, (PLACES_HEADER, *lines))
