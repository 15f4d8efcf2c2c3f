"""Cells as they are: encodings, delimiters, addresses, error cells, percent formats, dates, merged and hidden."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.rooms.intake.files import DAY, accepted, codes, read, read_text, values, write_book


LIMITS = limits_on(packaged(), DAY)
TABLE = "Kabupaten/Kota,Garis Kemiskinan 2020\nKab. Morowali,400000\nKota Palu,500000\n"


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_sheets(path, LIMITS)
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_delimiter_and_line_end_gives_the_same_cells(
    tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    text = (TABLE + "Catatan: ±1,\n").replace(",", delimiter).replace("\n", newline)
    outcome = read_text(tmp_path, text, encoding=encoding)
    assert values(outcome) == {"Kab. Morowali": 400_000, "Kota Palu": 500_000}
    assert outcome.rows_in == 4
    assert (outcome.repairs != ()) == (encoding == "latin-1")


def test_quoted_cells_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('nama,nilai\n"Kab.\nMorowali","1,5"\n\nPalu,2\n', encoding="utf-8")
    sheet = only_sheet(path)
    assert sheet.rows.to_list() == [1, 2, 4]
    assert sheet.column("A").text.to_list() == ["nama", "Kab.\nMorowali", "Palu"]
    assert sheet.column("B").text.to_list() == ["nilai", "1,5", "2"]


def test_addresses_stay_true_when_rows_and_columns_before_are_blank(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write(4, 2, "Kab. Morowali")
        page.write(9, 30, 5)

    sheet = only_sheet(write_book(tmp_path / "a.xlsx", fill))
    assert sheet.rows.to_list() == [5, 10]
    assert [column.letter for column in sheet.columns] == ["C", "AE"]
    assert sheet.cell_range == "C5:AE10"


def test_error_cells_are_told_and_their_value_is_missing(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Kabupaten/Kota", "Garis Kemiskinan 2020", "Garis Kemiskinan 2021"])
        page.write_row(1, 0, ["Kab. Morowali", 400_000, 410_000])
        page.write(2, 0, "Kota Palu")
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        page.write(2, 2, 500_000)

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    (finding,) = [found for found in outcome.findings if found.code == "cell-error"]
    assert (finding.at, finding.values["cell"]) == ("Data!B3", "#DIV/0!")
    lost = accepted(outcome).frame.filter(accepted(outcome).frame["missing"] == "unreadable")
    assert lost.select("_row", "_col").row(0) == (3, "B")


def test_percent_format_is_read_as_it_is_shown(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        percent = book.add_format({"num_format": "0.00%"})
        page.write_row(0, 0, ["Kabupaten/Kota", "Persentase Penduduk Miskin 2020"])
        page.write(1, 0, "Kab. Morowali")
        page.write(1, 1, 0.1038, percent)
        page.write_row(2, 0, ["Kota Palu", 6.8])

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    assert values(outcome) == {"Kab. Morowali": 10.38, "Kota Palu": 6.8}
    assert [repair.code for repair in outcome.repairs] == ["percent-format"]


def test_dates_are_not_numbers(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Kabupaten/Kota", "Persentase Penduduk Miskin 2020"])
        page.write(1, 0, "Kab. Morowali")
        page.write_datetime(1, 1, dt.datetime(2020, 10, 6), book.add_format({"num_format": "d-mmm"}))  # noqa: DTZ001
        page.write_row(2, 0, ["Kota Palu", 6.8])

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    (finding,) = [found for found in outcome.findings if found.code == "number-is-date"]
    assert (finding.at, finding.values["cell"]) == ("Data!B2", "2020-10-06")


def test_formulas_without_a_stored_value_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Data"
    page.append(["Kabupaten/Kota", "Garis Kemiskinan 2020"])
    page.append(["Kab. Morowali", "=400000+1"])
    page.append(["Kota Palu", 500_000])
    book.save(tmp_path / "a.xlsx")
    (outcome,) = read(tmp_path / "a.xlsx")
    (finding,) = [found for found in outcome.findings if found.code == "formula-without-value"]
    assert (finding.at, finding.values["count"]) == ("Data!B2", 1)


def test_words_of_merged_cells_hold_for_the_rows_below_and_numbers_do_not(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Pagu")
        page.write_row(0, 0, ["OPD", "Sub Kegiatan", "Pagu"])
        page.merge_range(1, 0, 2, 0, "1.01.0.00.0.00.01.0000 Dinas Pendidikan")
        page.write_row(1, 1, ["1.01.02.2.01.0001 Satu"])
        page.write_row(2, 1, ["1.01.02.2.01.0002 Dua"])
        page.merge_range(1, 2, 2, 2, 1000)

    path = write_book(tmp_path / "Kabupaten Contoh Hulu RKPD 2026.xlsx", fill)
    (outcome,) = read(path)
    frame = accepted(outcome).frame
    assert frame["office_code"].to_list() == ["1.01.0.00.0.00.01.0000"] * 2
    assert frame["amount_sen"].to_list() == [100_000, None]
    assert "merged-filled" in [repair.code for repair in outcome.repairs]


def test_hidden_and_empty_sheets_are_not_read_and_hidden_ones_are_told(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Kosong")
        page = book.add_worksheet("Lama")
        page.write_row(0, 0, ["Kabupaten/Kota", "Garis Kemiskinan 2020"])
        page.write_row(1, 0, ["Kab. Morowali", 1])
        page.hide()

    empty, hidden = read(write_book(tmp_path / "a.xlsx", fill))
    assert (empty.reading, empty.refusal, empty.rows_in) == (None, None, 0)
    assert (hidden.reading, hidden.refusal, hidden.rows_in, hidden.rows_frame) == (None, None, 2, 2)
    assert codes(hidden) == ["sheet-hidden"]


@pytest.mark.parametrize("suffix", [".txt", ".xlsx", ".xls", ""])
def test_the_content_decides_and_not_the_name(tmp_path: Path, suffix: str) -> None:
    assert values(read_text(tmp_path, TABLE, name=f"tabel{suffix}"))["Kota Palu"] == 500_000
