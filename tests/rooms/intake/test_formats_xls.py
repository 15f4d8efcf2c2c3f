"""Old workbooks (xls): every kind of cell, styles, hidden sheets, merged cells, and files whose name tells nothing."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest
import xlwt

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.hostile.old_workbooks import ole, packed, records
from tests.rooms.intake.files import DAY, read, values, write_book


LIMITS = limits_on(packaged(), DAY)
PERCENT = xlwt.easyxf(num_format_str="0.00%")
CODE_OF_NA = 0x2A
TEXT_OBJECT, CONTINUE = 0x01B6, 0x003C


def saved(book: xlwt.Workbook, folder: Path, name: str = "a.xls") -> Path:
    path = folder / name
    book.save(str(path))
    return path


def one_sheet(book: xlwt.Workbook, folder: Path) -> Sheet:
    (sheet,) = read_sheets(saved(book, folder), LIMITS)
    return sheet


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv", "a.ods"])
def test_a_table_is_read_by_its_content_whatever_the_name(tmp_path: Path, name: str) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for row, cells in enumerate([("Kabupaten/Kota", "Garis Kemiskinan 2020"), ("Kota Palu", 500_000)]):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    (outcome,) = read(saved(book, tmp_path, name))
    assert values(outcome) == {"Kota Palu": 500_000}


def test_a_new_workbook_named_as_an_old_one_is_read_too(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xls", lambda book: book.add_worksheet().write_string(0, 0, "0072"))
    (sheet,) = read_sheets(path, LIMITS)
    assert sheet.columns[0].text.to_list() == ["0072"]


def test_every_kind_of_cell_is_seen_as_in_a_new_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Data é")
    page.write(0, 0, "0072")
    page.write(0, 1, 72.5)
    page.write(0, 2, True)  # noqa: FBT003
    page.write(0, 3, date(2020, 10, 6), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    page.row(0).set_cell_error(4, CODE_OF_NA)
    page.write(0, 5, xlwt.Formula("1+1"))
    page.write(0, 6, 123_456_789_012.35)
    sheet = one_sheet(book, tmp_path)
    assert [column.letter for column in sheet.columns] == ["A", "B", "C", "D", "E", "G"]
    assert [column.text[0] for column in sheet.columns] == ["0072", None, "TRUE", "2020-10-06", "#N/A", None]
    assert (sheet.column("B").number[0], sheet.column("G").number[0]) == (72.5, 123_456_789_012.35)
    assert [(finding.code, finding.at) for finding in sheet.findings] == [("formula-without-value", "Data é!F1")]


def test_percent_formats_are_seen_on_single_numbers_and_on_rows_of_them(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    formats = ("0%", "0.00%", "0.0%", '0.00"%"', "General")
    for column, shown in enumerate(formats):
        page.write(0, column, 0.125, xlwt.easyxf(num_format_str=shown))
        page.write(1, column, 5)  # whole numbers side by side are kept in one record
        page.write(2, column, 7, PERCENT if column != 1 else xlwt.Style.default_style)
    sheet = one_sheet(book, tmp_path)
    seen = [column.percent.to_list() if column.percent is not None else None for column in sheet.columns]
    both, first = [True, False, True], [True, False, False]
    assert seen == [both, first, both, [False, False, True], [False, False, True]]


def test_hidden_sheets_are_seen(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for visibility, name in enumerate(("Data", "Lama", "Sangat lama")):
        page = book.add_sheet(name)
        page.visibility = visibility
        page.write(0, 0, "x")
    sheets = read_sheets(saved(book, tmp_path), LIMITS)
    assert [sheet.hidden for sheet in sheets] == [False, True, True]
    assert [[finding.code for finding in sheet.findings] for sheet in sheets] == [
        [],
        ["sheet-hidden"],
        ["sheet-hidden"],
    ]


def test_cells_merged_down_fill_their_words(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    page.write_merge(0, 1, 0, 1, "a")
    page.write(0, 2, "b")
    page.write(1, 2, "c")
    sheet = one_sheet(book, tmp_path)
    assert sheet.column("A").text.to_list() == ["a", "a"]
    assert [repair.code for repair in sheet.repairs] == ["merged-filled"]


def test_the_words_of_comments_are_kept_for_the_check_of_personal_data(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Data").write(0, 0, "a")
    told = "lihat lampiran — dua"
    first, rest = told[:6].encode("latin-1"), told[6:].encode("utf-16-le")
    note = [
        (TEXT_OBJECT, bytes(10) + struct.pack("<H", len(told)) + bytes(6)),
        (CONTINUE, b"\x00" + first),
        (CONTINUE, b"\x01" + rest),
        (CONTINUE, bytes(16)),
    ]
    taken = records(bytes(book.get_biff_data()))
    path = tmp_path / "a.xls"
    path.write_bytes(ole(packed([*taken[:-1], *note, taken[-1]])))
    (sheet,) = read_sheets(path, LIMITS)
    assert sheet.comments == (told,)
