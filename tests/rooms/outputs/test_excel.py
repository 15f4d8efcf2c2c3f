"""Excel workbooks: native numbers, names, links, and what is read back after an edit."""

from __future__ import annotations

import io
import math
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from nangkis.content.catalogue import LANGUAGES, Language, has
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.tree import Block, Column, Document, Heading, Paragraph, Row, Table, figures_of_document
from nangkis.outputs.excel.reading import ExcelReading, ExcelRefused, read_excel
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.words import short_title
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure, Label
from nangkis.vocabulary.units import Unit
from nangkis.workspace.reading import word_limits
from tests.rooms.outputs.sample import MONEY, POVERTY, document, figure, said, small_table


CALC = any(Path("/usr/lib/libreoffice/program").glob("libsclo.so"))
DAY = date(2026, 11, 24)
MANIFEST = '{"figures": {"a": "1 < 2 & é"}}'.encode()


def written(tree: Document, folder: Path, *, language: Language = "id", manifest: bytes = MANIFEST) -> Path:
    path = folder / "RPKD.xlsx"
    path.write_bytes(excel_bytes(tree, language=language, manifest=manifest, as_of=DAY))
    return path


def read_back(path: Path) -> ExcelReading:
    return read_excel(path, word_limits(packaged()))


def of(*blocks: Block) -> Document:
    return Document(said("Judul"), said("Anak judul"), blocks)


def drawn_only(tree: Document) -> dict[str, int]:
    printed = occurrences(tree)
    return {name: 1 for name in figures_of_document(tree) if not printed[name]}


def test_the_record_lies_on_a_sheet_that_no_menu_brings_back(tmp_path: Path) -> None:
    path = written(document(), tmp_path)

    sheets = openpyxl.load_workbook(path).worksheets

    assert [sheet.title for sheet in sheets if sheet.sheet_state == "veryHidden"] == ["nangkis"]
    assert "hidden" not in {sheet.sheet_state for sheet in sheets}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_read_back_as_it_was_printed(language: Language, tmp_path: Path) -> None:
    tree = document()

    reading = read_back(written(tree, tmp_path, language=language))

    figures = figures_of_document(tree)
    assert Counter(name for name, _ in reading.texts) == occurrences(tree) + Counter(drawn_only(tree))
    assert dict(reading.texts) == {name: print_figure(each, language) for name, each in figures.items()}
    assert reading.manifest == MANIFEST


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (excel_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY) for _ in range(2))

    assert first == second


def test_a_manifest_longer_than_many_cells_comes_back_whole(tmp_path: Path) -> None:
    long = bytes(range(256)) * 4_000

    assert read_back(written(of(), tmp_path, manifest=long)).manifest == long


def test_another_reader_finds_numbers_where_the_names_point(tmp_path: Path) -> None:
    path = written(document(), tmp_path)
    book = openpyxl.load_workbook(path)

    cells = {
        name: book[sheet][place.replace("$", "")]
        for name, defined in book.defined_names.items()
        if name.startswith("nk_") and name != "nk_data"
        for sheet, place in defined.destinations
    }

    of_table = [
        cell for name, cell in cells.items() if name.startswith(f"nk_{POVERTY.id}") and "Tabel" in cell.parent.title
    ]
    assert {cell.value for cell in of_table} == {12.58}
    assert {cell.number_format for cell in of_table} == {"#,##0.00;\\−#,##0.00"}
    assert len(cells) == sum(occurrences(document()).values())


def test_a_second_reader_sees_every_figure_on_the_data_sheet(tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(str(written(document(), tmp_path))).get_sheet_by_name("Data").to_python()

    value = rows[0].index("Nilai")
    values = {row[0]: row[value] for row in rows[1:]}
    figures = figures_of_document(document())
    assert set(values) == set(figures)
    assert all(values[name] == float(on_paper(each)) for name, each in figures.items())


def test_money_keeps_its_sen_in_the_cell_and_shows_whole_rupiah(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(document(), tmp_path))
    head, *rows = book["Data"].iter_rows(values_only=True)
    (row,) = [dict(zip(head, row, strict=True)) for row in rows if row[0] == MONEY.id]

    assert row["Nilai"] == 1_535_759_496_336.49
    assert row["Tercetak"] == "1.535.759.496.336"


def test_sheets_are_frozen_filtered_and_repeat_their_heads(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(document(), tmp_path))["Tabel 3.1"]

    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D7"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape"


def test_every_row_is_high_enough_for_its_words(tmp_path: Path) -> None:
    """LibreOffice shows rows as high as the file says: a low one would print one line of text over the next."""
    long = " ".join(f"Dinas {number} yang namanya panjang" for number in range(30))
    rows = (Row((Label(long), POVERTY)), Row((Label("Dinas"), POVERTY)))
    table = Table(said(long), (Column(Label(long[:90]), 3), Column(Label("Nilai"), 1, numeric=True)), rows)
    book = openpyxl.load_workbook(written(of(Paragraph((said(long),)), table), tmp_path))

    low = [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible" and sheet.title != "Data"
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and (sheet.row_dimensions[cell.row].height or 12.75) < 12 * lines_of(cell, whole_width(sheet, cell))
    ]
    assert low == []


def test_no_word_of_a_table_touches_a_rule(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(document(), tmp_path))["Tabel 3.1"]
    rows = range(3, 3 + 1 + len(small_table().rows))

    assert {sheet.cell(row, 1).alignment.vertical for row in rows} == {"center"}
    assert all(sheet.row_dimensions[row].height >= 12.8 + 5 for row in rows)


def lines_of(cell: Any, width: float) -> int:
    """About how many lines a text takes, if anything too few: letters are narrower than digits on average."""
    return math.ceil(len(cell.value) * 0.85 / width)


def whole_width(sheet: Any, cell: Any) -> float:
    across = next((area for area in sheet.merged_cells.ranges if cell.coordinate in area), None)
    columns = [column for _, column in across.top] if across else [cell.column]
    return math.fsum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)


def test_a_long_marking_leaves_the_title_above_every_page_whole(tmp_path: Path) -> None:
    """A page header holds 255 letters with its codes; XlsxWriter leaves a longer one out."""
    tree = replace(document(), marking=(said("Bukan & belum " * 30),))
    header = openpyxl.load_workbook(written(tree, tmp_path))["Tabel 3.1"].oddHeader.left.text

    marking, title = header.strip().split("\n")
    assert marking.startswith("Bukan && belum")
    assert marking.endswith("…")
    assert title == short_title(tree, "id")


def test_sheets_of_text_are_no_wider_than_the_paper(tmp_path: Path) -> None:
    """A single column wider than the page is cut off at its edge: no program makes it smaller."""
    book = openpyxl.load_workbook(written(document(), tmp_path))

    for name in ("Daftar Isi", "Naskah"):
        sheet = book[name]
        letters = sum(each.width for each in sheet.column_dimensions.values())
        points = (210 / 25.4 - sheet.page_margins.left - sheet.page_margins.right) * 72
        assert letters * 7 * 0.75 <= points


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "http://x.example", "_x0041_", "{=1}"]
)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    table = Table(said("Judul"), (Column(Label(text), 1),), (Row((Label(text),)),))
    path = written(of(Heading(1, None, Label(text)), Paragraph((said(text, POVERTY),)), table), tmp_path)

    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"http" in sheet.split(b"sheetData", 1)[1] for sheet in sheets)
    assert openpyxl.load_workbook(path)["Tabel 1" if "Tabel 1" in openpyxl.load_workbook(path).sheetnames else "Tabel"]
    assert read_back(path).texts == ((POVERTY.id, "12,58"),)


def test_a_missing_value_is_a_dash_with_its_reason_below(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(of(small_table()), tmp_path))["Tabel 1"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]

    assert texts.count("—a") == 2
    assert texts.count("—b") == 1
    assert any(text.startswith("a  Angka tahun ini belum diterbitkan") for text in texts)
    assert any(re.match("[●■○] ", text) for text in texts)


def edited(path: Path, change: Callable[[openpyxl.Workbook], None]) -> ExcelReading:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read_back(path)


def test_an_edited_number_is_seen(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Tabel 1"]["B4"].value = 12.59

    reading = edited(written(of(small_table()), tmp_path), change)

    # The cell says otherwise now; the data sheet's row contradicts it and is shown too.
    assert [text for name, text in reading.texts if name == POVERTY.id] == ["12,59", "12,58"]


def test_an_edited_sentence_is_followed_word_by_word(tmp_path: Path) -> None:
    tree = of(Paragraph((said("Pada tahun", "2025", "sebesar", POVERTY, "di sini."),)))

    def change(book: openpyxl.Workbook) -> None:
        cell = book["Naskah"]["A1"]
        cell.value = cell.value.replace("Pada tahun", "Sepanjang seluruh tahun").replace("12,58", "13,58")

    assert (POVERTY.id, "13,58") in edited(written(tree, tmp_path), change).texts


def test_a_number_deleted_with_its_row_is_gone(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.defined_names[f"nk_{POVERTY.id}"].attr_text = "#REF!"

    assert POVERTY.id not in dict(edited(written(of(small_table()), tmp_path), change).texts)


def test_the_data_sheet_may_be_sorted(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Data"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for place, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(place, column).value = value

    path = written(of(small_table()), tmp_path)

    assert Counter(name for name, _ in edited(path, change).texts) == occurrences(of(small_table()))


def test_a_format_cannot_hide_another_number(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Tabel 1"]["B4"].value = 99.5
        book["Tabel 1"]["B4"].number_format = '"12,58"'

    texts = edited(written(of(small_table()), tmp_path), change).texts

    assert (POVERTY.id, "99,5") in texts


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
def test_figures_and_manifest_survive_libreoffice(soffice: str, tmp_path: Path) -> None:
    path = written(document(), tmp_path)
    out = tmp_path / "again"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    assert read_back(out / path.name) == read_back(path)


def test_a_number_of_more_digits_than_excel_keeps_is_not_shown_wrong(tmp_path: Path) -> None:
    huge: Figure = figure("huge", 123_456_789_012_345_678, Unit.COUNT, 0)
    tree = of(Table(said("Judul"), (Column(Label("A"), 1, numeric=True),), (Row((huge,)),)))

    assert read_back(written(tree, tmp_path)).texts == ((huge.id, "123.456.789.012.345.678"),)


def refused(path: Path) -> str:
    with pytest.raises(ExcelRefused) as caught:
        read_back(path)
    assert has(f"refusal.{caught.value.code}")
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "excel-not-excel"), (b"PK", "excel-damaged"), (b"a;b", "excel-not-excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "excel-old-or-locked"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_by_name(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)

    assert refused(path) == code


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("xl/workbook.xml", lambda _: b" " * 20_000_000, "excel-packed-too-tightly"),
        ("xl/workbook.xml", lambda text: text[:-30], "excel-damaged"),
        ("xl/workbook.xml", lambda text: text.replace(b"?>", b"?><!DOCTYPE x>", 1), "excel-with-document-type"),
        ("xl/worksheets/sheet1.xml", lambda text: re.sub(rb"<v>\d+</v>", b"<v>99999</v>", text), "excel-damaged"),
        ("_rels/.rels", lambda _: b"<x/>", "excel-not-excel"),
    ],
)
def test_a_hostile_part_is_refused(part: str, change: Callable[[bytes], bytes], code: str, tmp_path: Path) -> None:
    parts = parts_of(excel_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY))
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)

    assert refused(path) == code
