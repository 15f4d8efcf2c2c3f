"""The marked workbook: the cells as read, every finding at its cell, and nothing that runs."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.messages import plain_finding
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.marked import cells as marked_cells
from nangkis.intake.marked.book import CELL_LETTERS, tab_name
from nangkis.intake.marked.places import places_of
from nangkis.intake.marked.workbook import marked_workbook_bytes
from nangkis.vocabulary.findings import Finding, Severity
from tests.rooms.intake.files import codes, read, write_book
from tests.rooms.intake.marking import grouped, limits, marked, opened, outcome, sheet_of, table, warning


HOSTILE = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1}", "https://example.org/", "internal:A1", "mailto:a@b.c",
    "007", "<r><t>x</t></r>", "<r></c><c r='Z9'><f>1+1</f></c></r>", "a\x07b", "_x0041_", " tepi ", "dua\nbaris",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_is_a_comment_at_its_very_cell_and_a_line_that_leads_there(
    tmp_path: Path, language: Language
) -> None:
    path = table(tmp_path)
    (read_once,) = read(path)
    book = opened(marked(path, language))
    first, cells = book.worksheets
    (sheet,) = read_sheets(path, limits())
    links = {link.location for row in first.iter_rows() for cell in row if (link := cell.hyperlink)}
    said = {cell.value for row in first.iter_rows() for cell in row}
    placed = 0
    for finding in read_once.findings:
        plain = plain_finding(finding, language)
        assert {plain["says"], plain["do"], plain["at"]} <= said
        for row, column in places_of(finding.at, sheet):
            cell = cells.cell(row + 1, column + 1)
            assert cell.comment is not None
            assert plain["says"] in cell.comment.text
            assert plain["do"] in cell.comment.text
            assert cell.fill.fgColor.rgb not in {"00000000", "FFFFFFFF"}
            assert any(sign in cell.number_format for sign in "■▲●")  # colour is not alone
            placed += 1
        if places := places_of(finding.at, sheet):
            assert f"'{cells.title}'!{cells.cell(places[0][0] + 1, places[0][1] + 1).coordinate}" in links
    assert placed >= 2
    commented = {cell.coordinate for row in cells.iter_rows() for cell in row if cell.comment}
    expected = {p for finding in read_once.findings for p in places_of(finding.at, sheet)}
    assert commented == {cells.cell(row + 1, column + 1).coordinate for row, column in expected}
    assert first.title == {"id": "Temuan", "en": "Findings"}[language]


def test_values_stand_at_their_own_addresses_and_can_be_read_again(tmp_path: Path) -> None:
    draw = random.Random(3)  # noqa: S311 - sums, no secrets
    rows = sorted(draw.sample(range(2, 400), 60))
    numbers = [draw.choice([draw.random(), draw.randint(0, 10**15), 0.1 + 0.2, -draw.random() * 1e-7]) for _ in rows]

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Isi")
        for row, number in zip(rows, numbers, strict=True):
            page.write_string(row, 1, f"nama {row}")
            page.write_number(row, 3, number)
            page.write_number(row, 5, 0.1038, book.add_format({"num_format": "0.00%"}))

    path = write_book(tmp_path / "a.xlsx", fill)
    (before,) = read_sheets(path, limits())
    copied = tmp_path / "b.xlsx"
    copied.write_bytes(
        marked_workbook_bytes((before,), (outcome(before, warning("Isi!D")),), language="id", limits=limits())
    )
    _, after = read_sheets(copied, limits())
    assert after.rows.to_list() == before.rows.to_list()
    assert [column.letter for column in after.columns] == [column.letter for column in before.columns]
    for old, new in zip(before.columns, after.columns, strict=True):
        assert new.text.to_list() == old.text.to_list()
        assert new.number.to_list() == old.number.to_list()
        assert (new.percent is None) == (old.percent is None)


def test_nothing_runs_whatever_a_text_looks_like() -> None:
    sheet = sheet_of(HOSTILE)
    content = marked_workbook_bytes((sheet,), (outcome(sheet, warning("Data!A1")),), language="id", limits=limits())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in text or "<f " in text for name, text in parts.items() if "worksheets" in name)
    assert not any('TargetMode="External"' in text for text in parts.values())
    cells = opened(content).worksheets[1]
    read_back = [cells.cell(row, 1).value for row in range(1, len(HOSTILE) + 1)]
    plain = [text for text in HOSTILE if "\x07" not in text and "_x0041_" not in text]
    assert [value for value in read_back if value in plain] == plain
    assert {cells.cell(row, 1).data_type for row in range(1, len(HOSTILE) + 1)} <= {"s", "inlineStr"}


def test_columns_and_ranges_are_marked_at_their_head_and_blank_cells_too() -> None:
    sheet = sheet_of([None, "kepala", "x", None, "y"])
    ats = ("Data!A", "Data!A4:A9", "Data!C1", "Data!B7, B9, …", "Data", "Lain!A3")
    content = marked_workbook_bytes((sheet,), (outcome(sheet, *map(warning, ats)),), language="en", limits=limits())
    cells = opened(content).worksheets[1]
    found = {cell.coordinate for row in cells.iter_rows() for cell in row if cell.comment}
    assert found == {"A2", "A4", "C1", "B7", "B9"}


def test_several_findings_share_a_comment_and_the_gravest_gives_the_colour() -> None:
    sheet = sheet_of(["x"])
    grave = Finding("formula-without-value", Severity.ERROR, "Data!A1", {"count": 2})
    content = marked_workbook_bytes(
        (sheet,), (outcome(sheet, warning("Data!A1"), grave),), language="id", limits=limits()
    )
    cell = opened(content).worksheets[1]["A1"]
    assert cell.comment is not None
    assert cell.comment.text.index("■ Salah") < cell.comment.text.index("▲ Periksa")
    assert cell.fill.fgColor.rgb == "FFFBE3DE"


def test_a_refused_sheet_tells_its_refusal_first_and_hidden_sheets_stay_hidden(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Lain").write_row(0, 0, ["a", "b"])
        secret = book.add_worksheet("Rahasia")
        secret.write_row(0, 0, ["isi tersembunyi", 1])
        secret.hide()

    path = write_book(tmp_path / "a.xlsx", fill)
    assert [each.refusal.code if each.refusal else None for each in read(path)] == ["layout-unknown", None]
    content = marked(path)
    book = opened(content)
    assert [(page.title, page.sheet_state) for page in book.worksheets] == [
        ("Temuan", "visible"),
        ("Lain", "visible"),
        ("Rahasia", "hidden"),
    ]
    assert [[cell.value for cell in row] for row in book["Rahasia"].iter_rows()] == [["isi tersembunyi", 1]]
    assert not any(cell.comment or cell.fill.fill_type for row in book["Rahasia"].iter_rows() for cell in row)
    said = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {"Rahasia", "Tersembunyi: tidak dibaca; disalin dan tetap tersembunyi", "Ditolak"} <= set(said)
    links = [link.location for row in book.worksheets[0].iter_rows() for cell in row if (link := cell.hyperlink)]
    assert not any("Rahasia" in str(location) for location in links)


def book_of_formulas(folder: Path) -> Path:
    """A workbook, as a program writes it that computes nothing, with a blank row of formulas and a sheet of one."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Isi"
    for line in (["Kabupaten/Kota", "Garis Kemiskinan 2020"], ["Kab. Morowali", "=1+1"], ["Kota Palu", 505_000]):
        page.append(line)
    page["B7"] = "=SUM(B2:B3)"
    book.create_sheet("Rumus")["C4"] = "=1+1"
    path = folder / "rumus.xlsx"
    book.save(path)
    return path


def test_formulas_without_a_value_are_still_such_when_the_marked_workbook_is_read(tmp_path: Path) -> None:
    path = book_of_formulas(tmp_path)
    before = read(path)
    copied = tmp_path / "ditandai.xlsx"
    copied.write_bytes(marked(path))
    _, *after = read(copied)
    book = openpyxl.load_workbook(copied)
    assert [book["Isi"][at].value for at in ("B2", "B3", "B7")] == ["#FORMULA?", 505_000, "#FORMULA?"]
    assert book["Rumus"]["C4"].value == "#FORMULA?"
    assert book["Isi"]["B2"].comment is not None
    told = [[each for each in sheet.findings if each.code == "formula-without-value"] for sheet in before]
    assert [[each.at for each in findings] for findings in told] == [["Isi!B2, B7"], ["Rumus!C4"]]
    again = [[each for each in sheet.findings if each.code == "formula-without-value"] for sheet in after]
    assert again == told
    assert [[cells.rows for each in findings for cells in each.cells] for findings in again] == [
        [cells.rows for each in findings for cells in each.cells] for findings in told
    ]
    assert [codes(sheet) for sheet in after] == [codes(sheet) for sheet in before]
    assert [sheet.rows_in for sheet in after] == [sheet.rows_in for sheet in before]


def test_the_mark_of_a_formula_is_known_in_every_kind_of_workbook(tmp_path: Path) -> None:
    cells = "".join(f"<Row><Cell><Data>{words}</Data></Cell></Row>" for words in ("a", "#FORMULA?"))
    (tmp_path / "a.xml").write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet Name="Data"><Table>{cells}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    (sheet,) = read_sheets(tmp_path / "a.xml", limits())
    assert sheet.height == 1
    assert [(finding.code, finding.at) for finding in sheet.findings] == [("formula-without-value", "Data!A2")]


def test_the_limits_of_excel_are_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_cells, "COMMENTS", 2)
    sheet = sheet_of(["x" * (CELL_LETTERS + 5), "b", "c"])
    findings = [warning(f"Data!A{row}") for row in (1, 2, 3)] + [warning("Data!A1")] * 400
    book = opened(marked_workbook_bytes((sheet,), (outcome(sheet, *findings),), language="en", limits=limits()))
    first, cells = book.worksheets
    assert len(cells["A1"].value) == CELL_LETTERS
    assert len(cells["A1"].comment.text) <= 8_000
    assert [bool(cells[f"A{row}"].comment) for row in (1, 2, 3)] == [True, True, False]
    said = " ".join(str(cell.value) for row in first.iter_rows() for cell in row)
    assert "Texts longer than a cell of Excel can hold: 1." in said
    assert "Excel's limit was reached: 1." in said


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    sheets = [sheet_of(["a"], name=name) for name in ("Temuan", "A/B*?" + "x" * 40, "A-B--" + "x" * 40, "History", "'")]
    outcomes = [outcome(sheet, warning(f"{sheet.name}!A1")) for sheet in sheets]
    book = opened(marked_workbook_bytes(sheets, outcomes, language="id", limits=limits()))
    names = book.sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert all(0 < len(name) <= 31 for name in names)
    links = {link.location for row in book.worksheets[0].iter_rows() for cell in row if (link := cell.hyperlink)}
    assert {link.rpartition("!")[0].strip("'") for link in links} == set(names[1:])
    assert len(tab_name("\N{GRINNING FACE}" * 20, set()).encode("utf-16-le")) // 2 <= 31


def test_the_findings_have_a_head_that_stays_a_filter_and_their_numbers_of_cells() -> None:
    sheet = sheet_of(["x"] * 40)
    formulas = Finding("formula-without-value", Severity.WARNING, "Data!A1, A2", {"count": 9})
    ats = ("Data!A7", "Data", "Data!A", "Data!A3:A9")
    told = [grouped(sheet, range(10, 21)), formulas, *map(warning, ats)]
    content = marked_workbook_bytes((sheet,), (outcome(sheet, *told),), language="id", limits=limits())
    page = opened(content).worksheets[0]
    (head,) = [row for row in page.iter_rows(max_col=5) if row[0].value == "Bobot"]
    assert [cell.value for cell in head] == ["Bobot", "Sel", "Jumlah sel", "Keterangan", "Yang perlu dilakukan"]
    assert page.freeze_panes == f"A{head[0].row + 1}"
    assert page.auto_filter.ref == f"A{head[0].row}:E{head[0].row + len(told)}"
    lines = page.iter_rows(min_row=head[0].row + 1, max_row=head[0].row + len(told), values_only=True)
    counts = {str(line[1]): line[2] for line in lines}
    assert counts == {told[0].at: 11, "Data!A1, A2": 9, "Data!A7": 1} | dict.fromkeys(ats[1:], "–")
