"""Budgets by account in SIPD's 22 columns: each level's code and name, and what Excel does to codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nangkis.budget.schema import Stage
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from tests.rooms.intake.files import accepted, codes, read, read_text, refusal, write_book


SAID: dict[str, Any] = {"region": Region.parse("contoh:90.05"), "stage": Stage.APBD}
ROW: dict[str, str | float] = {
    "tahun": "2026",
    "kode_urusan": "1",
    "nama_urusan": "Urusan Wajib",
    "kode_skpd": "1.06.0.00.0.00.01.0000",
    "nama_skpd": "Dinas Sosial",
    "kode_sub_unit": "1.06.0.00.0.00.01.0001",
    "nama_sub_unit": "Panti",
    "kode_bidang_urusan": "1.06",
    "nama_bidang_urusan": "Sosial",
    "kode_program": "1.06.04",
    "nama_program": "Rehabilitasi Sosial",
    "kode_kegiatan": "1.06.04.2.01",
    "nama_kegiatan": "Rehabilitasi Dasar",
    "kode_sub_kegiatan": "1.06.04.2.01.0001",
    "nama_sub_kegiatan": "Penyediaan Permakanan",
    "kode_sumber_dana": "1.1.01",
    "nama_sumber_dana": "PAD",
    "kode_rekening": "5.1.02.01.01.0025",
    "nama_rekening": "Belanja Kertas",
    "kode_standar_harga": "1.1.7.01",
    "nama_standar_harga": "Kertas",
    "pagu": "1000",
}


def text(*rows: dict[str, str | float], header: tuple[str, ...] = tuple(ROW)) -> str:
    lines = [header, *([str(cell) for cell in (ROW | row).values()] for row in rows)]
    return "\n".join(";".join(line) for line in lines) + "\n"


def read_rows(folder: Path, *rows: dict[str, str | float], **said: Any) -> SheetOutcome:
    return read_text(folder, text(*rows), **(SAID | said))


def read_workbook(folder: Path, *rows: dict[str, str | float]) -> SheetOutcome:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Sheet1")
        page.write_row(0, 0, list(ROW))
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, list((ROW | row).values()))

    (outcome,) = read(write_book(folder / "a.xlsx", fill), **SAID)
    return outcome


def test_each_account_is_a_line_with_all_its_levels(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {})

    reading = accepted(outcome)
    (row,) = reading.frame.to_dicts()
    assert outcome.layout == "sipd_22"
    assert {key: row[key] for key in row if key in ("year", "stage", "amount_sen", "unit_code")} == {
        "year": 2026,
        "stage": "apbd",
        "amount_sen": 1000 * SEN_PER_RUPIAH,
        "unit_code": "1.06.0.00.0.00.01.0001",
    }
    assert (row["program_code"], row["program_name"]) == ("1.06.04", "Rehabilitasi Sosial")
    assert (row["account_code"], row["account_name"]) == ("5.1.02.01.01.0025", "Belanja Kertas")
    assert (row["fund_code"], row["fund_name"]) == ("1.1.01", "PAD")
    assert codes(outcome) == ["columns-not-read"]  # the two columns of price standards


def test_headers_may_be_printed_with_spaces_and_capitals(tmp_path: Path) -> None:
    header = tuple(name.replace("_", " ").title() for name in ROW)
    outcome = read_text(tmp_path, text({}, header=header), **SAID)
    assert outcome.layout == "sipd_22"
    assert accepted(outcome).frame.equals(accepted(read_rows(tmp_path, {})).frame)


def test_the_year_is_that_of_its_column_and_another_one_said_is_refused(tmp_path: Path) -> None:
    assert refusal(read_rows(tmp_path, {}, year=2025)) == "request-contradicts"
    assert accepted(read_rows(tmp_path, {}, year=2026)).about["year"] == "2026"


def test_two_years_in_one_sheet_are_refused(tmp_path: Path) -> None:
    assert refusal(read_rows(tmp_path, {}, {"tahun": "2025"})) == "several-in-one-sheet"


@pytest.mark.parametrize("unsaid", ["region", "stage"])
def test_region_and_stage_are_asked_for(tmp_path: Path, unsaid: str) -> None:
    assert refusal(read_rows(tmp_path, {}, **{unsaid: None})) == "unsaid"


@pytest.mark.parametrize("blank", ["kode_rekening", "nama_rekening"])
def test_a_row_without_its_account_is_refused_with_a_finding(tmp_path: Path, blank: str) -> None:
    outcome = read_rows(tmp_path, {}, {blank: ""})
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert "account-blank" in codes(outcome)


def test_an_account_that_is_no_whole_code_is_refused(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {}, {"kode_rekening": "5.1.02"})
    assert outcome.rows_refused == 1
    assert "account-code-malformed" in codes(outcome)


def test_a_parent_that_does_not_hold_its_child_is_told(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {}, {"kode_program": "1.06.05"})
    assert outcome.rows_accepted == 2
    (found,) = (finding for finding in outcome.findings if finding.code == "parent-code-differs")
    assert (found.at, found.values["code_of"], found.values["found"]) == ("csv!J3", "program", "1.06.05")


def test_a_code_with_two_names_is_told(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {}, {"nama_rekening": "Belanja Lain", "nama_program": "Program Lain"})
    found = [finding for finding in outcome.findings if finding.code == "code-with-several-names"]
    assert [finding.values["code_of"] for finding in found] == ["program", "account"]


def test_an_account_that_stands_twice_is_noted_and_not_merged(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {}, {}, {"kode_rekening": "5.1.02.01.01.0026", "nama_rekening": "Tinta"})
    (found,) = (finding for finding in outcome.findings if finding.code == "account-twice")
    assert (outcome.rows_accepted, found.values["count"]) == (3, 1)


def test_a_total_that_differs_is_told(tmp_path: Path) -> None:
    total: dict[str, str | float] = {**dict.fromkeys(ROW, ""), "nama_skpd": "TOTAL", "pagu": "3000"}
    outcome = read_rows(tmp_path, {}, {"kode_rekening": "5.1.02.01.01.0026", "nama_rekening": "Tinta"}, total)
    assert "total-differs" in codes(outcome)  # 1,000 + 1,000 is not 3,000
    assert accepted(outcome).frame_rows == {"1": "heading", "4": "total"}


def test_a_number_or_date_that_excel_made_of_a_parents_code_is_mended_where_certain(tmp_path: Path) -> None:
    outcome = read_workbook(tmp_path, {"kode_urusan": 1, "kode_bidang_urusan": 1.06, "kode_program": "2004-06-01"})
    assert outcome.rows_accepted == 1
    assert "parent-code-differs" not in codes(outcome)
    assert [repair.at for repair in outcome.repairs if repair.code == "code-by-excel"] == ["Sheet1!J2"]


def test_a_code_of_which_nothing_is_certain_any_more_is_refused(tmp_path: Path) -> None:
    outcome = read_workbook(tmp_path, {}, {"kode_sumber_dana": 1.1}, {"kode_sumber_dana": "2001-01-01"})
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 2)
    assert "fund-code-by-excel" in codes(outcome)


@pytest.mark.parametrize(
    ("account", "group"),
    [("4.1.01.06.01.0001", "revenue"), ("6.1.01.01.01.0001", "financing"), ("7.1.01.01.01.0001", "other")],
)
def test_an_account_that_is_no_spending_is_refused_by_what_it_is(tmp_path: Path, account: str, group: str) -> None:
    outcome = read_rows(tmp_path, {}, {"kode_rekening": account, "nama_rekening": "Pajak Hotel", "pagu": "9000"})
    (finding,) = [each for each in outcome.findings if each.code == "account-not-spending"]

    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert accepted(outcome).frame["amount_sen"].to_list() == [1000 * SEN_PER_RUPIAH]
    assert finding.values["account_group"] == group
    assert finding.at.endswith("R3")


def test_a_sheet_of_revenue_alone_is_refused_by_name(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, {"kode_rekening": "4.1.01.06.01.0001"})

    assert refusal(outcome) == "no-row-accepted"
    assert outcome.refusal is not None
    first = outcome.refusal.values["first"]
    assert isinstance(first, Finding)
    assert first.code == "account-not-spending"


def test_location_output_and_target_are_kept_where_the_file_says_them(tmp_path: Path) -> None:
    more: dict[str, str | float] = {
        "nama_lokasi": "Kec. Satu", "indikator_sub_kegiatan": "Orang yang dilayani", "target_sub_kegiatan": "40 orang",
    }  # fmt: skip
    outcome = read_text(tmp_path, text(more, header=(*ROW, *more)), **SAID)
    (row,) = accepted(outcome).frame.to_dicts()

    assert (row["location_name"], row["output_indicator"], row["output_target"]) == tuple(more.values())
    assert "columns-not-read" in codes(outcome)  # the price standards
