"""Real files: no row is lost, sums are exact, and a second reader (csv module, openpyxl) counts and reads the same."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from nangkis.budget.schema import Stage
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH


LINES = "02_indikator/kabkota/garis_kemiskinan_2011_2025"
PROVINCES = "02_indikator/provinsi/bps_miskin_provinsi_2015_2025"
P0_WIDE = "02_indikator/kabkota/miranti_p0_514_2010_2018_wide.csv"
PAGU = "03_apbd/sipd_morowali/contoh-import-rkpd-pagu.xlsx"
MOROWALI = "kemendagri-2025:72.06"
SAMPLED_EVERY = 37


def read_only_sheet(path: Path, **said: Any) -> SheetOutcome:
    """Read a file of one sheet."""
    (outcome,) = read_file(path, Request(**said), parameters=packaged(), on=date(2026, 11, 5))
    return outcome


def csv_rows(path: Path) -> list[list[str]]:
    """The second reader of csv: every record, as the standard library reads it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def count_filled(rows: list[list[Any]]) -> int:
    """How many rows hold anything but spaces."""
    return sum(any(cell is not None and str(cell).strip() for cell in row) for row in rows)


def check_csv(path: Path, outcome: SheetOutcome) -> None:
    """Rows are all accounted for, and sampled values stand where the table says that they do."""
    rows = csv_rows(path)
    assert outcome.refusal is None
    assert outcome.rows_in == count_filled(rows)
    assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    assert outcome.reading is not None
    filled = outcome.reading.frame.filter(pl.col("value").is_not_null())
    for value in filled.gather_every(SAMPLED_EVERY).iter_rows(named=True):
        cell = rows[value["_row"] - 1][ord(value["_col"]) - ord("A")]
        assert float(cell) == value["value"]


@pytest.mark.parametrize("year", range(2011, 2026))
def test_every_poverty_line_file_comes_in_with_no_row_lost(shared_data: Path, year: int) -> None:
    (path,) = (shared_data / LINES).glob(f"*{year}*.csv")
    outcome = read_only_sheet(path)
    check_csv(path, outcome)
    assert (outcome.layout, outcome.rows_accepted, outcome.rows_refused) == ("bps_table", 552, 0)
    assert outcome.reading is not None
    assert set(outcome.reading.frame["year"]) == {year}
    assert outcome.reading.frame["region"].n_unique() == 552
    assert outcome.reading.owner == "kemendagri-2025:00"


def test_the_poverty_line_of_morowali_stands_in_its_cell(shared_data: Path) -> None:
    (path,) = (shared_data / LINES).glob("*2018*.csv")
    outcome = read_only_sheet(path)
    assert outcome.reading is not None
    (row,) = outcome.reading.frame.filter(pl.col("region") == MOROWALI).to_dicts()
    assert csv_rows(path)[row["_row"] - 1] == ["Morowali", str(int(row["value"]))]


@pytest.mark.parametrize("year", range(2015, 2026))
def test_every_province_file_comes_in_with_its_dots_as_missing(shared_data: Path, year: int) -> None:
    (path,) = (shared_data / PROVINCES).glob(f"*{year}.csv")
    outcome = read_only_sheet(path)
    check_csv(path, outcome)
    assert outcome.reading is not None
    dots = sum(cell == "..." for row in csv_rows(path) for cell in row)
    assert outcome.reading.frame.filter(pl.col("missing") == "dots").height == dots
    assert outcome.rows_refused == 0


@pytest.mark.parametrize(("year", "cell", "indicator"), [(2018, "25674.58", "POV.P0"), (2022, "505", "POV.GK")])
def test_the_shifted_national_row_is_found(shared_data: Path, year: int, cell: str, indicator: str) -> None:
    (path,) = (shared_data / PROVINCES).glob(f"*{year}.csv")
    outcome = read_only_sheet(path)
    (finding,) = [finding for finding in outcome.findings if finding.code == "value-implausible"]
    assert (finding.values["cell"], finding.values["indicator"]) == (cell, indicator)
    assert outcome.reading is not None
    (lost,) = outcome.reading.frame.filter(pl.col("missing") == "implausible").to_dicts()
    assert (lost["name_read"], lost["value"]) == ("Indonesia", None)


def test_p0_of_514_regions_and_9_years_comes_in_by_bps_codes(shared_data: Path) -> None:
    outcome = read_only_sheet(shared_data / P0_WIDE, codes=CodeSystem.parse("bps-2020"))
    check_csv(shared_data / P0_WIDE, outcome)
    assert outcome.reading is not None
    assert outcome.reading.frame.height == 514 * 9
    morowali = outcome.reading.frame.filter((pl.col("region") == MOROWALI) & (pl.col("year") == 2010))
    assert csv_rows(shared_data / P0_WIDE)[morowali["_row"][0] - 1][1] == "7203"


def test_the_code_that_lost_a_digit_is_read_by_its_name_and_told(shared_data: Path) -> None:
    outcome = read_only_sheet(shared_data / P0_WIDE, codes=CodeSystem.parse("bps-2020"))
    (finding,) = [finding for finding in outcome.findings if finding.code == "region-code-by-name"]
    assert (finding.values["code"], finding.values["name"]) == ("911", "Manokwari Selatan")


def test_codes_said_to_be_of_the_wrong_system_are_refused_with_the_right_one(shared_data: Path) -> None:
    outcome = read_only_sheet(shared_data / P0_WIDE, codes=CodeSystem.parse("kemendagri-2025"))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "codes-of-another-system"
    assert "bps-2020" in str(outcome.refusal.values["fitting"])
    assert outcome.rows_accepted == 0


def test_one_code_that_lost_a_digit_does_not_hide_the_system_of_the_others(shared_data: Path) -> None:
    outcome = read_only_sheet(shared_data / P0_WIDE)
    check_csv(shared_data / P0_WIDE, outcome)
    (inferred,) = [repair for repair in outcome.repairs if repair.code == "codes-inferred"]
    assert inferred.values["system"] == "bps-2020"
    assert outcome.rows_accepted == 514
    (finding,) = [finding for finding in outcome.findings if finding.code == "region-code-by-name"]
    assert finding.values["code"] == "911"


def test_the_pagu_of_morowali_adds_up_to_the_rupiah(shared_data: Path) -> None:
    said = {"region": Region.parse("kemendagri:72.06"), "year": 2021, "stage": Stage.RKPD}
    outcome = read_only_sheet(shared_data / PAGU, **said)
    assert (outcome.layout, outcome.rows_in, outcome.rows_frame, outcome.rows_accepted) == ("sipd_pagu", 2191, 1, 2190)
    assert outcome.reading is not None
    frame = outcome.reading.frame
    assert frame["amount_sen"].sum() == 1_535_759_496_336 * SEN_PER_RUPIAH
    support = frame.filter(pl.col("program_code").str.ends_with(".01"))
    assert support["amount_sen"].sum() == 636_446_549_927 * SEN_PER_RUPIAH
    assert frame.filter(pl.col("amount_sen") > 0).height == 1333
    assert frame.filter(pl.col("amount_sen") == 0).height == 41
    assert frame.filter(pl.col("missing") == "blank").height == 816
    (blank,) = [finding for finding in outcome.findings if finding.code == "amount-blank"]
    assert blank.values["count"] == 816


def test_a_second_reader_finds_the_same_amounts_in_the_same_cells(shared_data: Path) -> None:
    said = {"region": Region.parse("kemendagri:72.06"), "year": 2021, "stage": Stage.RKPD}
    outcome = read_only_sheet(shared_data / PAGU, **said)
    sheet = openpyxl.load_workbook(shared_data / PAGU, read_only=True).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert count_filled(rows) == outcome.rows_in
    assert outcome.reading is not None
    for line in outcome.reading.frame.iter_rows(named=True):
        amount = rows[line["_row"] - 1][ord(line["_col"]) - ord("A")]
        assert line["amount_sen"] == (None if amount is None else amount * SEN_PER_RUPIAH)
        assert str(rows[line["_row"] - 1][1]).startswith(line["sub_kegiatan_code"])


def test_pagu_without_a_year_asks_for_the_option(shared_data: Path) -> None:
    outcome = read_only_sheet(shared_data / PAGU, region=Region.parse("kemendagri:72.06"), stage=Stage.RKPD)
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.values["option"]) == ("unsaid", "--year")
