"""Codes whose zeros stand in the number format of their cell."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.hostile.opendocuments import content, number, ods, row as line_of, table
from tests.rooms.intake.files import DAY, accepted, codes, read, write_book
from tests.rooms.intake.test_sipd22 import ROW, SAID


EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def fill_codes(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("P0")
    shown = book.add_format({"num_format": "00.00"})
    page.write_row("A1", ["Kode", "Kabupaten/Kota", "Persentase Penduduk Miskin 2024"])
    for row, (code, name, value) in enumerate(
        [(72.06, "Kab. Morowali", 12.5), (72.10, "Kab. Sigi", 11.25), (72.71, "Kota Palu", 6.5)], start=1
    ):
        page.write_number(row, 0, code, shown)
        page.write_string(row, 1, name)
        page.write_number(row, 2, value, shown)


def test_the_zeros_that_a_format_shows_belong_to_the_code_and_are_told(tmp_path: Path) -> None:
    (outcome,) = read(write_book(tmp_path / "kode.xlsx", fill_codes))
    frame = accepted(outcome).frame
    assert frame["region"].to_list() == [f"kemendagri-2025:72.{part}" for part in ("06", "10", "71")]
    assert frame["value"].to_list() == [12.5, 11.25, 6.5]
    told = [repair for repair in outcome.repairs if repair.code == "zeros-shown"]
    assert (told[0].at, told[0].values["shown"]) == ("P0!A3", "72.10")


@pytest.mark.parametrize(
    ("held", "written", "expected"),
    [(12, "0000", "0012"), (7, "000", "007"), (1.1, "00.00", "01.10")],
)
def test_leading_zeros_are_kept(tmp_path: Path, held: float, written: str, expected: str) -> None:

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("a").write_number(0, 0, held, book.add_format({"num_format": written}))

    (sheet,) = read_sheets(write_book(tmp_path / "a.xlsx", fill), limits_on(packaged(), DAY))
    assert sheet.columns[0].text.to_list() == [expected]


def spreadsheetml(path: Path) -> Path:
    """Codes with the format's zeros by a cell's style, by a style with a parent, and of a plain style."""
    styles = (
        '<Style ss:ID="k"><NumberFormat ss:Format="00.00"/></Style><Style ss:ID="anak" ss:Parent="k"/>'
        '<Style ss:ID="biasa" ss:Parent="k"><NumberFormat ss:Format="0.00"/></Style>'
    )
    given = [("k", 72.1), ("anak", 1.5), ("biasa", 1.5), ("k", 72.71)]
    cells = "".join(
        f'<Row><Cell ss:StyleID="{style}"><Data ss:Type="Number">{number}</Data></Cell></Row>'
        for style, number in given
    )
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{EXCEL}" xmlns:ss="{EXCEL}"><Styles>{styles}</Styles>'
        f'<Worksheet ss:Name="a"><Table>{cells}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    return path


def opendocument(path: Path) -> Path:
    """The same in OpenDocument, a style of the column and one of the row among them."""
    spaces = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    digits = f'<number:number {spaces} number:min-integer-digits="%s" number:decimal-places="2" %s/>'
    formats = "".join(
        f'<number:number-style {spaces} style:name="{name}">{inside}</number:number-style>'
        for name, inside in [
            ("N1", digits % (2, "")),
            ("N2", digits % (1, "")),
            ("N3", digits % (2, 'number:grouping="true"')),
            ("N4", digits % (2, "") + f"<number:text {spaces}>%</number:text>"),
            ("N5", digits % (2, 'number:min-decimal-places="0"')),
        ]
    )
    named = [("k", 'style:data-style-name="N1"'), ("anak", 'style:parent-style-name="k"')]
    named += [(f"n{number}", f'style:data-style-name="N{number}"') for number in (2, 3, 4, 5)]
    styles = "".join(f'<style:style style:name="{name}" style:family="table-cell" {more}/>' for name, more in named)
    lines = [("", 72.1), ("anak", 1.5), ("n2", 1.5), ("", 72.71), ("n3", 1.5), ("n4", 1.5), ("n5", 1.5)]
    rows = "".join(
        line_of(number(held, "x", more=f'table:style-name="{style}"' if style else "")) for style, held in lines
    )
    column = '<table:table-column table:number-columns-repeated="16384" table:default-cell-style-name="k"/>'
    path.write_bytes(ods(content(table(column + rows, name="a"), styles=formats + styles)))
    return path


def old(path: Path) -> Path:
    """The same in an old workbook."""
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for at, (shown, held) in enumerate([("00.00", 72.1), ("00.00", 1.5), ("0.00", 1.5), ("00.00", 72.71)]):
        page.write(at, 0, held, xlwt.easyxf(num_format_str=shown))
    book.save(str(path))
    return path


@pytest.mark.parametrize("write", [spreadsheetml, opendocument, old])
def test_the_zeros_are_read_from_every_kind_of_workbook(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    (sheet,) = read_sheets(write(tmp_path / "a"), limits_on(packaged(), DAY))
    (column,) = sheet.columns
    assert column.text.to_list()[:4] == ["72.10", "01.50", None, None]
    assert column.number.to_list()[:4] == [None, None, 1.5, 72.71]
    assert set(column.number.to_list()[4:]) <= {1.5}
    (repair,) = sheet.repairs
    assert (repair.code, repair.at, repair.count, repair.values["shown"]) == ("zeros-shown", "a!A1, A2", 2, "72.10")


def test_three_decimals_stay_a_number_because_their_text_may_be_thousands(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("a").write_number(0, 0, 12.5, book.add_format({"num_format": "00.000"}))

    (sheet,) = read_sheets(write_book(tmp_path / "a.xlsx", fill), limits_on(packaged(), DAY))
    assert sheet.columns[0].number.to_list() == [12.5]


def test_a_budget_row_whose_code_of_funds_has_its_zeros_in_the_format_is_accepted(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Sheet1")
        page.write_row(0, 0, list(ROW))
        for at, shown in enumerate(["00.00", "General"], start=1):
            page.write_row(at, 0, list(ROW.values()))
            page.write_number(at, list(ROW).index("kode_sumber_dana"), 12.1, book.add_format({"num_format": shown}))

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill), **SAID)
    assert accepted(outcome).frame["fund_code"].to_list() == ["12.10"]
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert codes(outcome).count("fund-code-by-excel") == 1


def test_zeros_of_the_common_styles_of_an_opendocument_are_read(tmp_path: Path) -> None:
    space = 'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    common = (
        f'<number:number-style {space} style:name="N1">'
        '<number:number number:min-integer-digits="2" number:decimal-places="2"/></number:number-style>'
    )
    styles = '<style:style style:name="k" style:family="table-cell" style:data-style-name="N1"/>'
    cells = line_of(number(72.1, "72,10", more='table:style-name="k"'))
    path = tmp_path / "a.ods"
    path.write_bytes(ods(content(table(cells), styles=styles)))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("styles.xml", content("<text:p>kepala halaman</text:p>", styles=common))
    (sheet,) = read_sheets(path, limits_on(packaged(), DAY))
    assert sheet.columns[0].text.to_list() == ["72.10"]
    assert sheet.comments == ()
