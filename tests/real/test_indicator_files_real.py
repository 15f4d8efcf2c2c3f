"""Real tables of many indicators and long ones: no row is lost, and a second reader (csv, openpyxl) counts the same."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import CodeSystem


FOLDER = "02_indikator"
EVERYBODY = ("Jumlah", "Perkotaan+Perdesaan", "")
BPS_2020 = {"codes": CodeSystem.parse("bps-2020")}


def outcomes(path: Path, **said: Any) -> tuple[SheetOutcome, ...]:
    """Read a file; the rows of every sheet are all accounted for."""
    found = read_file(path, Request(**said), parameters=packaged(), on=date(2026, 11, 5))
    for outcome in found:
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    return found


def records(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The second reader: the standard library's, without rows that hold nothing."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=delimiter))
    return [row for row in rows if any(cell and cell.strip() for cell in row.values() if isinstance(cell, str))]


@pytest.mark.parametrize(
    ("name", "said", "delimiter"),
    [
        ("kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv", {}, ","),
        ("kabkota/klasifikasi_kemiskinan_514_2021.csv", {}, ";"),
        ("kabkota/DERIVED_miranti_repaired_514_2010_2018.csv", {}, ","),
        ("kabkota/grdp_pc_514_2000_2024.csv", {}, ","),
        ("provinsi/bps-stable32-canonical-observations.csv", {}, ","),
        ("provinsi/bps-current38-province-panel-long.csv", {}, ","),
        ("sumbar/bps-canonical-observations.csv", BPS_2020, ","),
    ],
)
def test_every_row_of_a_clean_table_is_accepted(
    shared_data: Path, name: str, said: dict[str, Any], delimiter: str
) -> None:
    path = shared_data / FOLDER / name

    (outcome,) = outcomes(path, **said)

    assert outcome.refusal is None
    assert outcome.rows_accepted + outcome.rows_refused == len(records(path, delimiter))
    assert outcome.rows_refused == 0


@pytest.mark.parametrize(("name", "indicator"), [("var-192-long.csv", "POV.P0"), ("var-98-long.csv", "POV.GINI")])
def test_only_rows_about_all_people_are_accepted(shared_data: Path, name: str, indicator: str) -> None:
    path = shared_data / FOLDER / "provinsi" / name

    (outcome,) = outcomes(path)

    everybody = [row for row in records(path) if row["bps_turvar_label"] in EVERYBODY]
    assert outcome.reading is not None
    assert outcome.rows_accepted == len(everybody)
    assert outcome.reading.about["indicators"] == indicator
    assert sorted(outcome.reading.frame["value"].to_list()) == sorted(float(row["value"]) for row in everybody)


@pytest.mark.parametrize("name", ["bps-expansion-canonical-observations.csv", "bps-milestone4-batch1-observations.csv"])
def test_rows_of_measures_that_are_no_indicator_are_refused_and_counted(shared_data: Path, name: str) -> None:
    path = shared_data / FOLDER / "sumbar" / name

    (outcome,) = outcomes(path, **BPS_2020)

    told = [finding for finding in outcome.findings if finding.code == "row-indicator-unknown"]
    by_measure = {str(finding.values["seen"]): finding.values["count"] for finding in told}
    counts = {measure: sum(row["indicator_id"] == measure for row in records(path)) for measure in by_measure}
    assert by_measure == counts
    assert outcome.rows_refused == sum(counts.values())
    assert outcome.rows_accepted + outcome.rows_refused == len(records(path))


def test_rows_whose_code_and_name_contradict_are_refused_and_named(shared_data: Path) -> None:
    path = shared_data / FOLDER / "kabkota/grdp_pop_514_2000_2017.csv"

    (outcome,) = outcomes(path, **BPS_2020)

    errors = [finding for finding in outcome.findings if finding.code == "region-code-contradicts-name"]
    assert len(errors) == outcome.rows_refused
    assert outcome.rows_accepted + outcome.rows_refused == len(records(path))


def test_codes_without_names_need_their_system_said(shared_data: Path) -> None:
    (outcome,) = outcomes(shared_data / FOLDER / "sumbar/bps-canonical-observations.csv")

    assert outcome.refusal is not None
    assert outcome.refusal.code == "codes-unsaid"


def test_source_codes_that_contradict_the_register_are_told(shared_data: Path) -> None:
    (outcome,) = outcomes(shared_data / FOLDER / "kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv")

    (told,) = [finding for finding in outcome.findings if finding.code == "codes-of-column-differ"]
    assert "kode_sumber" not in str(told.values)
    assert told.at.startswith("csv!G")


def test_the_long_sheet_of_the_workbook_of_provinces_comes_in(shared_data: Path) -> None:
    path = shared_data / FOLDER / "provinsi/fondasi_data_kemiskinan_2015_2025.xlsx"
    book = openpyxl.load_workbook(path, read_only=True)

    by_name = {outcome.sheet: outcome for outcome in outcomes(path)}

    for sheet in ("Panel_March", "Poverty_Raw", "Indicators_Long"):
        rows = sum(any(cell is not None for cell in row) for row in book[sheet].iter_rows(values_only=True))
        assert by_name[sheet].rows_in == rows
        assert by_name[sheet].reading is not None
