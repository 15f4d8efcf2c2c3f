"""One real regency, from its files to its plan: Kabupaten Morowali (Kemendagri 72.06, BPS 7203)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from nangkis.budget.schema import Stage
from nangkis.diagnosis import methods
from nangkis.intake.request import Request as ImportRequest
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.figures import Figure
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.making import Made, write_document
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.record import Request
from nangkis.workspace.tracing import trace
from nangkis.workspace.verifying import verify


MOROWALI = "kemendagri-2025:72.06"
NOON, TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC), date(2026, 11, 24)
P0 = {
    2010: 20.27, 2011: 18.85, 2012: 17.25, 2013: 15.92, 2014: 14.97, 2015: 15.8, 2016: 15.13, 2017: 14.55, 2018: 14.34,
}  # fmt: skip

# Every way in which several years become one number.
OF_A_COURSE = {
    methods.CHANGE, methods.YEARLY_CHANGE, methods.YEARLY_GROWTH, methods.THEIL_SEN, methods.THEIL_SEN_GROWTH,
    methods.EXPECTED_BY_LINE, methods.DISTANCE_FROM_LINE, methods.PACE_RANGE, methods.ARRIVAL,
}  # fmt: skip


@dataclass(frozen=True)
class Morowali:
    """The workspace with Morowali's files in it."""

    workspace: Workspace
    wide: tuple[Imported, ...]
    lines: tuple[Imported, ...]
    provinces: tuple[Imported, ...]
    pagu: tuple[Imported, ...]
    made: Made


@pytest.fixture(scope="module")
def morowali(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Morowali:
    folder = tmp_path_factory.mktemp("morowali")
    workspace = open_workspace(folder)

    def take(paths: list[Path], said: ImportRequest) -> tuple[Imported, ...]:
        return import_files(workspace, paths, rules=ImportRules(said), at=NOON, on=TODAY, by="Sri")

    indicators = shared_data / "02_indikator"
    wide = take(
        [indicators / "kabkota" / "miranti_p0_514_2010_2018_wide.csv"], ImportRequest(codes=CodeSystem("bps", 2020))
    )
    lines = take(sorted((indicators / "kabkota" / "garis_kemiskinan_2011_2025").glob("Garis*.csv")), ImportRequest())
    provinces = take(sorted((indicators / "provinsi" / "bps_miskin_provinsi_2015_2025").glob("*.csv")), ImportRequest())
    pagu = take(
        [shared_data / "03_apbd" / "sipd_morowali" / "contoh-import-rkpd-pagu.xlsx"],
        ImportRequest(region=Region.parse(MOROWALI), year=2021, stage=Stage.RKPD),
    )
    request = Request("rpkd", MOROWALI, "id", TODAY, None, None, None)
    return Morowali(workspace, wide, lines, provinces, pagu, write_document(workspace, request, folder / "dokumen"))


def rows(workspace: Workspace, imported: Imported) -> pl.DataFrame:
    assert imported.table is not None, imported.outcome.refusal
    return workspace.lake.rows(imported.table.id)


def test_p0_of_nine_years_arrives_under_the_right_region(morowali: Morowali) -> None:
    found = rows(morowali.workspace, morowali.wide[0]).filter(region=MOROWALI)

    assert dict(zip(found["year"], found["value"], strict=True)) == P0


def test_all_fifteen_poverty_line_files_import_with_no_row_lost(morowali: Morowali) -> None:
    assert len(morowali.lines) == 15
    for imported in morowali.lines:
        outcome = imported.outcome
        assert (outcome.rows_in, outcome.rows_frame, outcome.rows_accepted, outcome.rows_refused) == (555, 3, 552, 0)
        assert rows(morowali.workspace, imported)["region"].n_unique() == 514 + 38


def test_the_pagu_sheet_counts_and_adds_to_the_rupiah(morowali: Morowali) -> None:
    outcome, table = morowali.pagu[0].outcome, rows(morowali.workspace, morowali.pagu[0])
    amount = table["amount_sen"]

    assert (outcome.rows_in, outcome.rows_frame, outcome.rows_accepted, outcome.rows_refused) == (2191, 1, 2190, 0)
    assert ((amount > 0).sum(), (amount == 0).sum(), amount.null_count()) == (1333, 41, 816)
    assert amount.sum() == 1_535_759_496_336 * 100
    support = table.filter(pl.col("program_code").str.ends_with(".01"))
    assert support["amount_sen"].sum() == 636_446_549_927 * 100
    empty = next(finding for finding in outcome.findings if finding.values.get("count") == 816)
    assert "C2" in empty.at


def test_the_shifted_national_row_of_2018_is_not_accepted(morowali: Morowali) -> None:
    faulty = next(item for item in morowali.provinces if "2018" in item.outcome.file)

    assert any(str(finding.values.get("value", "")).startswith("25674") or "F36" in finding.at
               for finding in faulty.outcome.findings)  # fmt: skip
    nation = rows(morowali.workspace, faulty).filter(region="kemendagri-2025:00", indicator="POV.P0", period="maret")
    assert nation["value"].to_list() == [None]


def test_the_plan_holds_and_each_number_leads_to_its_cell(morowali: Morowali) -> None:
    assert verify(morowali.workspace, morowali.made.path).holds
    figure = next(
        name for name, kept in morowali.made.record.figures.items() if kept.figure.key == f"POV.P0/2018/{MOROWALI}"
    )

    found = trace(morowali.workspace, morowali.made.path, figure)

    cell = found.inputs[0].cells[0]
    assert (found.kept.text, cell.value, cell.cell) == ("14,34", 14.34, "K389")  # line 389 of the file, ninth year
    assert found.inputs[0].manifest is not None
    assert found.inputs[0].manifest.source.name == "miranti_p0_514_2010_2018_wide.csv"


def years_of(figure: Figure) -> set[int]:
    """The years of the cells that a figure was computed from."""
    pairs = (pair for selection in figure.origin.inputs for pair in selection.where)
    return {int(year) for column, values in pairs if column == "year" for year in values}


def morowali_keys(morowali: Morowali) -> list[str]:
    return [kept.figure.key for kept in morowali.made.record.figures.values()]


def test_no_sentence_compares_across_the_split_of_2013(morowali: Morowali) -> None:
    courses = {
        kept.figure.key: kept.figure
        for kept in morowali.made.record.figures.values()
        if kept.figure.origin.method in OF_A_COURSE
    }
    told = {key.rpartition("/")[2] for key in courses}
    years = {key: years_of(figure) for key, figure in courses.items()}

    assert told >= {"change", "yearly", "slope", "own", "best", "worst", "expected"}
    of_years = {key for key in morowali_keys(morowali) if key.startswith(("trend/", "line/", "pace/"))}
    assert {key for key in of_years if not key.endswith("/needed")} == set(courses)  # one value needs a pace
    assert all(years.values())
    assert {key: found for key, found in years.items() if min(found) < 2015} == {}


def test_the_plan_opens_in_libreoffice_with_all_its_chapters(
    morowali: Morowali, soffice: str, pdftoppm: str, tmp_path: Path
) -> None:
    assert pdftoppm
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(morowali.made.path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    pdf = next(tmp_path.glob("*.pdf"))
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout

    for title in ("Pendahuluan", "Kondisi Umum Daerah", "Profil Kemiskinan Daerah", "Prioritas Program",
                  "Lokasi Prioritas", "Kaidah Pelaksanaan"):  # fmt: skip
        assert title in text
    assert "1.535.759.496.336" in text
    assert "14,34" in text
