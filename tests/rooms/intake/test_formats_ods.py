"""OpenDocument spreadsheets: every kind of cell, repeats, percent, hidden sheets, comments, and exact amounts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.hostile.opendocuments import content, number, ods, row, table, words
from tests.rooms.intake.files import DAY, read, values, write_book


LIMITS = limits_on(packaged(), DAY)
HIDING = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'


def sheets_of(folder: Path, *tables: str, flat: bool = False) -> tuple[Sheet, ...]:
    path = folder / "a.ods"
    inside = "".join(tables)
    path.write_bytes(content(inside, styles=HIDING, root="document") if flat else ods(content(inside, styles=HIDING)))
    return read_sheets(path, LIMITS)


def typed(attributes: str, shown: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


@pytest.mark.parametrize("name", ["a.ods", "a.xls", "a.xlsx", "a.csv"])
@pytest.mark.parametrize("flat", [False, True])
def test_a_table_is_read_by_its_content_whatever_the_name(tmp_path: Path, name: str, *, flat: bool) -> None:
    head = row(words("Kabupaten/Kota"), words("Garis Kemiskinan 2020"))
    inside = table(head + row(words("Kota Palu"), number(500_000, "500.000")))
    path = tmp_path / name
    path.write_bytes(content(inside, root="document") if flat else ods(content(inside)))
    (outcome,) = read(path)
    assert values(outcome) == {"Kota Palu": 500_000}


@pytest.mark.parametrize("flat", [False, True])
def test_every_kind_of_cell_is_seen_as_in_a_workbook(tmp_path: Path, *, flat: bool) -> None:
    error = 'calcext:value-type="error" office:value-type="string" office:string-value=""'
    cells = row(
        words("0072"),
        number("72.5", "72,5"),
        typed('office:value-type="boolean" office:boolean-value="true"', "BENAR"),
        typed('office:value-type="date" office:date-value="2020-10-06T00:00:00"', "06/10/20"),
        typed('office:value-type="time" office:time-value="PT7H30M00S"', "7.30"),
        number("1209471396990.60", "1.209.471.396.991", kind="currency"),
        number("123456789012345.65", "123.456.789.012.346"),
        typed(f'table:formula="of:=1/0" {error}', "#DIV/0!"),
        typed(f'table:formula="of:=Z(" {error}', "Err:508"),
        typed('table:formula="of:=NA()" office:value-type="float" office:value="0"', "#N/A"),
        typed('table:formula="of:=1+1"'),
    )
    (sheet,) = sheets_of(tmp_path, table(cells), flat=flat)
    texts = [column.text[0] for column in sheet.columns]
    exact = "123456789012345.65"
    seen = ["0072", None, "TRUE", "2020-10-06", "07:30:00", None, exact, "#DIV/0!", "#ERROR", "#N/A"]
    assert texts == seen
    assert [sheet.column(letter).number[0] for letter in "BF"] == [72.5, 1_209_471_396_990.6]
    assert [(finding.code, finding.at) for finding in sheet.findings] == [("formula-without-value", "Data!K1")]


def test_words_keep_their_lines_and_spaces(tmp_path: Path) -> None:
    text = 'te<text:span>bal</text:span> &amp; é<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p><text:p>e'
    (sheet,) = sheets_of(tmp_path, table(row(words(text))))
    assert sheet.columns[0].text[0] == "tebal & é  b\tc\nd\ne"


def test_repeated_cells_and_rows_stand_where_an_office_program_shows_them(tmp_path: Path) -> None:
    rows = (
        row(words("a", repeated=2), "<table:table-cell/>", number(1, "1"))
        + row("<table:table-cell table:number-columns-repeated='16384'/>", repeated=3)
        + f"<table:table-header-rows>{row(number(0.5, '50%', kind='percentage'), words('b'), repeated=2)}"
        + "</table:table-header-rows>"
        + row("<table:table-cell table:number-columns-repeated='16384'/>", repeated=1_048_570)
    )
    (sheet,) = sheets_of(tmp_path, table(rows))
    assert sheet.rows.to_list() == [1, 5, 6]
    assert [column.letter for column in sheet.columns] == ["A", "B", "D"]
    assert sheet.column("B").text.to_list() == ["a", "b", "b"]
    assert sheet.column("A").number.to_list() == [None, 0.5, 0.5]
    shown = sheet.column("A").percent
    assert shown is not None
    assert shown.to_list() == [False, True, True]


def test_hidden_sheets_and_copies_of_other_files_sheets_are_seen(tmp_path: Path) -> None:
    cell = row(words("x"))
    link = '<table:table-source xmlns:x="x" table:table-name="Lain"/>'
    linked = f"<table:dde-links><table:dde-link>{table(cell, name='Tautan')}</table:dde-link></table:dde-links>"
    sheets = sheets_of(
        tmp_path,
        table(cell),
        table(cell, name="Lama", more=' table:style-name="h"'),
        table(link + cell, name="Lain"),
        linked,
    )
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("Data", False),
        ("Lama", True),
        ("Lain", True),
        ("Tautan", True),
    ]
    assert [finding.code for finding in sheets[1].findings] == ["sheet-hidden"]


def test_words_of_comments_and_drawings_are_no_cells_but_are_checked_for_personal_data(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>lihat <text:span>lam</text:span>piran</text:p></office:annotation>"
    shape = "<drawing:frame><drawing:text-box><text:p>bagan</text:p></drawing:text-box></drawing:frame>"
    (sheet,) = sheets_of(
        tmp_path, table(f"<table:shapes>{shape}</table:shapes>" + row(words("a", inside=note + shape)))
    )
    assert sheet.columns[0].text.to_list() == ["a"]
    assert sheet.comments == ("bagan", "lihat lampiran", "bagan")


def test_cells_merged_down_fill_their_words(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    spanned = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    rows = row(words("a", more=spanned), covered, words("b")) + row(covered, covered, words("c"))
    (sheet,) = sheets_of(tmp_path, table(rows))
    assert sheet.column("A").text.to_list() == ["a", "a"]
    assert sheet.column("C").text.to_list() == ["b", "c"]
    assert [repair.code for repair in sheet.repairs] == ["merged-filled"]


@pytest.mark.parametrize("kind", ["ods", "fods", "xls"])
def test_what_libreoffice_writes_is_read_as_the_workbook_that_it_was(tmp_path: Path, soffice: str, kind: str) -> None:
    def fill(book: object) -> None:
        shown = book.add_format({"num_format": "0.00%"})  # type: ignore[attr-defined]
        page, hidden = (book.add_worksheet(name) for name in ("Data é", "Lama"))  # type: ignore[attr-defined]
        page.write_row(0, 0, ["0072", 1_209_471_396_990.6])
        page.write_number(1, 1, 0.125, shown)
        page.write_formula(2, 1, "=1/0", value="#DIV/0!")
        page.merge_range(2, 0, 3, 0, "gabung")
        page.write_comment(0, 0, "lihat lampiran")
        page.write_number(3, 1, 7)
        hidden.write_string(2, 2, "x")
        hidden.hide()

    path = write_book(tmp_path / "a.xlsx", fill)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(path)]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    before, after = read_sheets(path, LIMITS), read_sheets(tmp_path / f"a.{kind}", LIMITS)
    assert [_seen(sheet) for sheet in after] == [_seen(sheet) for sheet in before]
    assert any("lihat lampiran" in words for words in after[0].comments)


def _seen(sheet: Sheet) -> tuple[object, ...]:
    cells = [
        (
            column.letter,
            column.text.to_list(),
            column.number.to_list(),
            None if column.percent is None else column.percent.to_list(),
        )
        for column in sheet.columns
    ]
    return sheet.name, sheet.hidden, sheet.rows.to_list(), cells, [repair.code for repair in sheet.repairs]
