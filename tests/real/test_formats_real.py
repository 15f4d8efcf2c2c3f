"""Real files of every format: each number equals what another reader finds in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged


LIMITS = limits_on(packaged(), date(2026, 11, 24))
SUMBAR = "03_apbd/djpk_sumbar_2018_2025"
FILES_OF_SUMBAR = 152
SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
Cells = dict[tuple[int, int], str | Decimal]


def test_every_number_of_all_postures_is_the_one_that_the_file_writes(shared_data: Path) -> None:
    files = sorted((shared_data / SUMBAR).glob("pemda-*.xml"))
    assert len(files) == FILES_OF_SUMBAR
    for path in files:
        sheets = read_sheets(path, LIMITS)
        tables = ET.parse(path).getroot().findall(f"{SPACE}Worksheet")  # noqa: S314 - an official file of our own
        assert [sheet.name for sheet in sheets] == [table.get(f"{SPACE}Name") for table in tables]
        for sheet, table in zip(sheets, tables, strict=True):
            assert _as_read(sheet) == dict(_as_written(table)), path.name


def _as_written(table: ET.Element) -> Iterator[tuple[tuple[int, int], str | Decimal]]:
    for row, cells in enumerate(table.iter(f"{SPACE}Row"), 1):
        for column, cell in enumerate(cells.findall(f"{SPACE}Cell")):
            data = cell.find(f"{SPACE}Data")
            if data is not None and (data.text or "").strip():
                words = data.text or ""
                yield (row, column), Decimal(words) if data.get(f"{SPACE}Type") == "Number" else words


def _as_read(sheet: Sheet) -> Cells:
    """The cells as read: a number is the shortest decimal that its float stands for."""
    found: Cells = {}
    for column in sheet.columns:
        place = ord(column.letter) - ord("A")
        pairs = zip(sheet.rows.to_list(), column.text.to_list(), column.number.to_list(), strict=True)
        for row, text, number in pairs:
            if number is not None:
                found[row, place] = Decimal(repr(number))
            elif text is not None:
                found[row, place] = text
    return found


def test_the_page_of_a_posture_that_the_portal_serves_is_one_sheet(shared_data: Path) -> None:
    path = shared_data / SUMBAR / "pemda-01-2020-desember.html"
    (sheet,) = read_sheets(path, LIMITS)
    text = path.read_text(encoding="utf-8")
    table = text[text.index("<table") : text.index("</table>")]
    rows = [f"<tr{row}" for row in table.split("<tr")[1:]]  # the portal writes <tr/> for the end of a row
    shown = [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", row)).split()) for row in rows]
    assert sheet.head(sheet.height)[0] == ["Akun", "Anggaran/Pagu", "Realisasi", "%"]
    assert [" ".join(filter(None, row)) for row in sheet.head(sheet.height)] == [row for row in shown if row]


def test_the_old_workbook_of_morowali_is_read_whole(shared_data: Path) -> None:
    sheets = read_sheets(shared_data / "03_apbd/sipd_morowali/contoh-import-rkpd.xls", LIMITS)
    assert [(sheet.name, sheet.cell_range, sheet.height) for sheet in sheets] == [
        ("Sheet1", "A2:L247", 245),
        ("Sheet2", "A1:B67", 67),
    ]
    assert len(sheets[0].merged) == 315
    assert not any(sheet.hidden or sheet.findings for sheet in sheets)
