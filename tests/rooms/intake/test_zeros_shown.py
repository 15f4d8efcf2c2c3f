"""Codes whose zeros stand in the number format of their cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.rooms.intake.files import DAY, accepted, read, write_book


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
    ("number", "written", "expected"),
    [(12, "0000", "0012"), (7, "000", "007"), (1.1, "00.00", "01.10")],
)
def test_leading_zeros_are_kept(tmp_path: Path, number: float, written: str, expected: str) -> None:

    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("a").write_number(0, 0, number, book.add_format({"num_format": written}))

    (sheet,) = read_sheets(write_book(tmp_path / "a.xlsx", fill), limits_on(packaged(), DAY))
    assert sheet.columns[0].text.to_list() == [expected]
