"""The marked workbook: the cells as read, every finding at its cell, nothing that runs, no personal data."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from nangkis.cli.main import app
from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.messages import plain_finding
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet, formulas_without_value, from_columns
from nangkis.intake.checks.listing import collected, of_rows, one_finding
from nangkis.intake.checks.personal import PersonalDataFound
from nangkis.intake.limits import Limits, limits_on
from nangkis.intake.marked import cells as marked_cells
from nangkis.intake.marked.book import CELL_LETTERS, tab_name
from nangkis.intake.marked.places import places_of
from nangkis.intake.marked.workbook import marked_workbook_bytes
from nangkis.intake.marked.written import Marking, write_marked
from nangkis.intake.reading import SheetOutcome
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.refusals import FileRefused
from nangkis.vocabulary.sources import cell_at
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace
from tests.rooms.intake.files import DAY, codes, read, write_book


TABLE = "Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400.000\nMorowalli;1\nKota Palu;505\nSumber: BPS;\n"
NIK = "900101" + "010190" + "0001"
HOSTILE = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1}", "https://example.org/", "internal:A1", "mailto:a@b.c",
    "007", "<r><t>x</t></r>", "<r></c><c r='Z9'><f>1+1</f></c></r>", "a\x07b", "_x0041_", " tepi ", "dua\nbaris",
]  # fmt: skip


def limits() -> Limits:
    return limits_on(packaged(), DAY)


def marked(path: Path, language: Language = "id") -> bytes:
    return marked_workbook_bytes(read_sheets(path, limits()), read(path), language=language, limits=limits())


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table(folder: Path, text: str = TABLE, name: str = "tabel.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def outcome(sheet: Sheet, *findings: Finding, refusal: FileRefused | None = None) -> SheetOutcome:
    rows = sheet.height
    return SheetOutcome(sheet.file, sheet.name, None, None, refusal, rows, rows, 0, 0, findings, ())


def sheet_of(texts: Sequence[str | None], numbers: Sequence[float | None] | None = None, name: str = "Data") -> Sheet:
    text = pl.Series(texts, dtype=pl.String)
    number = pl.Series(numbers or [None] * len(texts), dtype=pl.Float64)
    return from_columns(file="a.xlsx", name=name, first_row=1, first_column=0, columns=[(text, number, None)])


def warning(at: str) -> Finding:
    return Finding("formula-without-value", Severity.WARNING, at, {"count": 1})


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


def test_personal_data_on_a_hidden_sheet_keep_the_file_from_being_marked(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Lain").write_row(0, 0, ["a", "b"])
        secret = book.add_worksheet("Rahasia")
        secret.write_string(0, 0, NIK)
        secret.hide()

    path = write_book(tmp_path / "a.xlsx", fill)
    assert write_marked(path, read(path), Marking(tmp_path / "tanda", "id"), limits=limits()) is None


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


def test_a_file_with_personal_data_is_never_written(tmp_path: Path) -> None:
    path = table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n")
    folder = tmp_path / "tanda"
    assert write_marked(path, read(path), Marking(folder, "id"), limits=limits()) is None
    assert not folder.exists()
    with pytest.raises(PersonalDataFound):
        marked(path)


def test_personal_data_that_came_after_the_reading_is_not_written_either(tmp_path: Path) -> None:
    path = table(tmp_path)
    outcomes = read(path)
    table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n")
    assert write_marked(path, outcomes, Marking(tmp_path / "tanda", "id"), limits=limits()) is None
    assert not (tmp_path / "tanda").exists()


def test_a_file_that_could_not_be_opened_gives_its_findings_alone(tmp_path: Path) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 bukan buku kerja")
    outcomes = read(path)
    assert outcomes[0].refusal is not None
    written = write_marked(path, outcomes, Marking(tmp_path / "tanda", "en"), limits=limits())
    assert written is not None
    assert written.name == "rusak – marked.xlsx"
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == ["Findings"]
    assert any("rusak.xlsx" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_same_content_gives_the_same_bytes_and_a_corrected_workbook_is_not_written_over(tmp_path: Path) -> None:
    path = table(tmp_path)
    marking = Marking(tmp_path, "id")
    first = write_marked(path, read(path), marking, limits=limits())
    assert first is not None
    assert first == write_marked(path, read(path), marking, limits=limits())
    first.write_bytes(b"disunting")
    second = write_marked(path, read(path), marking, limits=limits())
    assert second is not None
    assert second.name == "tabel – ditandai (2).xlsx"
    assert first.read_bytes() == b"disunting"


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


def grouped(sheet: Sheet, rows: Sequence[int]) -> Finding:
    series = pl.Series(rows, dtype=pl.Int32)
    (found,) = one_finding("line-twice", Severity.NOTE, sheet, "A", rows=series, limits=limits())
    return found


def coloured(page: Worksheet) -> list[int]:
    return [cell.row for (cell,) in page.iter_rows(max_col=1) if "●" in cell.number_format]


def test_a_finding_of_many_cells_colours_every_one_and_comments_on_the_first_ones() -> None:
    draw = random.Random(57)  # noqa: S311 - sums, no secrets
    rows = sorted(draw.sample(range(1, 301), 57))
    sheet = sheet_of([None if row in rows else "x" for row in range(1, 301)])
    told = grouped(sheet, rows)
    first, cells = opened(marked_workbook_bytes((sheet,), (outcome(sheet, told),), language="id", limits=limits()))
    commented = [cell.row for (cell,) in cells.iter_rows(max_col=1) if cell.comment]
    assert coloured(cells) == rows
    assert commented == rows[: limits().findings_of_a_kind]
    said = [cell.value for row in first.iter_rows() for cell in row if cell.value is not None]
    assert 57 in said
    assert any("komentar hanya pada 20 sel pertama" in str(value) for value in said)


def test_the_cells_beyond_the_findings_listed_one_by_one_are_coloured_too() -> None:
    sheet = sheet_of(["x"] * 90)
    rows = range(2, 80)
    each = [Finding("row-unreadable", Severity.NOTE, cell_at("Data", "A", row), {"name": "x"}) for row in rows]
    kept = collected(each, sheet="Data", limits=limits())
    assert (len(kept), kept[-1].code) == (limits().findings_of_a_kind + 1, "more-of-a-kind")
    content = marked_workbook_bytes((sheet,), (outcome(sheet, *kept),), language="id", limits=limits())
    assert coloured(opened(content).worksheets[1]) == list(rows)


def test_all_cells_of_a_finding_are_for_marking_alone() -> None:
    sheet = sheet_of(["x"] * 9)
    found = grouped(sheet, [2, 3, 5, 7, 8, 9])
    assert [(cells.column, list(cells.rows)) for cells in found.cells] == [("A", [2, 3, 5, 7, 8, 9])]
    assert found == Finding("line-twice", Severity.NOTE, "Data!A2, A3, A5, A7, A8, …", {"count": 6})


def test_a_finding_of_rows_in_several_columns_marks_those_of_its_own_sheet() -> None:
    places = [("Data", "B", 2), ("Data", "C", 2), ("[lain.csv]csv", "B", 9), ("Data", "B", 7)]
    rows = pl.DataFrame(places, schema=["_sheet", "_col", "_row"], orient="row")
    found = of_rows("zero-for-missing", Severity.WARNING, rows, limits(), {"count": 4})
    assert [(cells.column, list(cells.rows)) for cells in found.cells] == [("B", [2, 7]), ("C", [2])]
    # A cell of another file is told with it: without, it would be taken for one of this sheet.
    assert found.at == "Data!B2, C2, B7, [lain.csv]csv!B9"
    assert places_of(found.at, sheet_of(["x"] * 9)) == ((1, 1), (1, 2), (6, 1))


def test_every_formula_without_a_value_is_marked() -> None:
    cells = [("B", row) for row in range(2, 10)]
    found = formulas_without_value("Data", cells, limits())
    assert found.at == "Data!B2, B3, B4, B5, B6"
    assert [(each.column, list(each.rows)) for each in found.cells] == [("B", list(range(2, 10)))]


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


def test_a_hundred_thousand_rows_are_marked() -> None:
    rows = 100_000
    numbers = pl.Series(range(rows), dtype=pl.Float64)
    blank = pl.Series([None] * rows, dtype=pl.String)
    sheet = from_columns(file="a", name="Data", first_row=1, first_column=0, columns=[(blank, numbers, None)])
    content = marked_workbook_bytes(
        (sheet,), (outcome(sheet, warning(f"Data!A{rows}")),), language="id", limits=limits()
    )
    page = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[1]
    assert sum(row[0] for row in page.iter_rows(values_only=True)) == rows * (rows - 1) // 2


def test_a_finding_of_a_hundred_thousand_cells_stays_small() -> None:
    rows = 100_000
    sheet = sheet_of(["x"] * rows)
    told = grouped(sheet, range(1, rows + 1))
    assert sum(cells.rows.itemsize * len(cells.rows) for cells in told.cells) == 4 * rows
    content = marked_workbook_bytes((sheet,), (outcome(sheet, told),), language="id", limits=limits())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        cells = package.read("xl/worksheets/sheet2.xml")
        comments = package.read("xl/comments1.xml")
    assert len(set(re.findall(rb'<c r="A[0-9]+" s="([0-9]+)"', cells))) == 1
    assert len(re.findall(rb'<c r="A[0-9]+" s=', cells)) == rows
    assert comments.count(b"<comment ") == limits().findings_of_a_kind


def test_an_import_writes_one_marked_workbook_for_each_file(tmp_path: Path) -> None:
    good, personal = table(tmp_path), table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n", "orang.csv")
    rules = ImportRules(Request(), marking=Marking(tmp_path / "tanda", "id"))
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    workspace = open_workspace(tmp_path / "kerja")
    first, second = import_files(workspace, [good, personal], rules=rules, at=moment, on=DAY, by="Sri")
    assert first.marked == tmp_path / "tanda" / "tabel – ditandai.xlsx"
    assert second.marked is None
    assert [path.name for path in (tmp_path / "tanda").iterdir()] == ["tabel – ditandai.xlsx"]


def test_the_command_says_where_the_marked_workbooks_are(tmp_path: Path) -> None:
    good, personal = table(tmp_path), table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n", "orang.csv")
    words = ["import", str(good), str(personal), "-w", str(tmp_path), "--check-only", "--marked", str(tmp_path / "m")]
    told = CliRunner().invoke(app, words).stdout
    plain = json.loads(CliRunner().invoke(app, [*words, "--json", "--lang", "en"]).stdout)
    without = json.loads(CliRunner().invoke(app, [*words[:-2], "--json"]).stdout)
    assert f"Buku kerja bertanda: {tmp_path / 'm' / 'tabel – ditandai.xlsx'}" in told
    assert "Berkas orang.csv tidak dibuatkan buku kerja bertanda" in told
    assert [sheet["marked"] for sheet in plain] == [str(tmp_path / "m" / "tabel – marked.xlsx"), None]
    assert all("marked" not in sheet for sheet in without)
