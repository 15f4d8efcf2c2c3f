"""SpreadsheetML 2003: places, kinds of cells, styles, hidden sheets, exact amounts, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nangkis.intake.cells.exact import exact_number
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import FileRefused
from tests.rooms.intake.files import DAY, read, values


LIMITS = limits_on(packaged(), DAY)
SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def book(inside: str, *, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}<?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SPACE}" xmlns:ss="{SPACE}">{inside}</Workbook>'
    )


def sheet(rows: str, *, name: str = "Data", after: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{after}</Worksheet>'


def row(*cells: str) -> str:
    return f"<Row>{''.join(cells)}</Row>"


def cell(words: object, kind: str = "String", **attributes: object) -> str:
    given = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{given}><Data ss:Type="{kind}">{words}</Data></Cell>'


def sheets_of(folder: Path, text: str, *, name: str = "a.xls", encoding: str = "utf-8") -> tuple[Sheet, ...]:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_sheets(path, LIMITS)


def refusal_of(folder: Path, text: str) -> tuple[str, object]:
    with pytest.raises(FileRefused) as refused:
        sheets_of(folder, text)
    return refused.value.code, refused.value.values.get("limit")


@pytest.mark.parametrize("name", ["a.xls", "a.xml", "a.xlsx", "a.csv"])
def test_a_table_is_read_by_its_content_whatever_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    head = row(cell("Kabupaten/Kota"), cell("Garis Kemiskinan 2020"))
    path.write_text(book(sheet(head + row(cell("Kota Palu"), cell(500_000, "Number")))), encoding="utf-8")
    (outcome,) = read(path)
    assert values(outcome) == {"Kota Palu": 500_000}


def test_rows_and_cells_stand_where_their_index_says(tmp_path: Path) -> None:
    rows = (
        '<Row ss:Index="5"><Cell/>' + cell("a", Index=3) + cell("b") + "</Row>" + '<Row ss:Span="2"/>' + row(cell("c"))
    )
    (read_back,) = sheets_of(tmp_path, book(sheet(rows)))
    assert read_back.rows.to_list() == [5, 9]
    assert [column.letter for column in read_back.columns] == ["A", "C", "D"]
    assert read_back.column("A").text.to_list() == [None, "c"]
    assert read_back.column("D").text.to_list() == ["b", None]


def test_cells_merged_across_push_the_next_cell_and_merged_down_fill_words(tmp_path: Path) -> None:
    rows = row(cell("a", MergeAcross=1, MergeDown=1), cell("b")) + row(cell("c", Index=3))
    (read_back,) = sheets_of(tmp_path, book(sheet(rows)))
    assert read_back.column("A").text.to_list() == ["a", "a"]
    assert read_back.column("C").text.to_list() == ["b", "c"]
    assert [repair.code for repair in read_back.repairs] == ["merged-filled"]


def test_every_kind_of_cell_is_seen_as_in_a_workbook(tmp_path: Path) -> None:
    rows = row(
        cell("0072", "String"),
        cell("72.5", "Number"),
        cell("1", "Boolean"),
        cell("2020-10-06T00:00:00.000", "DateTime"),
        cell("#N/A", "Error"),
        '<Cell ss:Formula="=1+1"/>',
        '<Cell><ss:Data ss:Type="String" xmlns="urn:html">te<B>bal</B> &amp; &#233;</ss:Data></Cell>',
    )
    (read_back,) = sheets_of(tmp_path, book(sheet(rows)))
    texts = [column.text[0] for column in read_back.columns]
    assert texts == ["0072", None, "TRUE", "2020-10-06", "#N/A", "tebal & é"]
    assert read_back.column("B").number[0] == 72.5
    (finding,) = read_back.findings
    assert (finding.code, finding.at) == ("formula-without-value", "Data!F1")


def test_percent_formats_are_seen_on_cells_rows_columns_and_parents(tmp_path: Path) -> None:
    styles = (
        '<Styles><Style ss:ID="Default"><NumberFormat/></Style>'
        '<Style ss:ID="p"><NumberFormat ss:Format="0.00%"/></Style><Style ss:ID="q" ss:Parent="p"/>'
        '<Style ss:ID="n"><NumberFormat ss:Format="0.00&quot;%&quot;"/></Style></Styles>'
    )
    rows = (
        '<Column ss:Index="4" ss:StyleID="p"/>'
        + row(*(cell(0.5, "Number", StyleID=style) for style in ("p", "q", "n")), cell(0.5, "Number"))
        + f'<Row ss:StyleID="p">{cell(0.5, "Number")}{cell(0.5, "Number", StyleID="n")}</Row>'
    )
    (read_back,) = sheets_of(tmp_path, book(styles + sheet(rows)))
    seen = [column.percent.to_list() if column.percent is not None else None for column in read_back.columns]
    assert seen == [[True, True], [True, False], None, [True, False]]


def test_hidden_sheets_and_comments_are_seen(tmp_path: Path) -> None:
    options = "<WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions>"
    note = '<Cell><Data ss:Type="String">a</Data><Comment><ss:Data>lihat <B>lampiran</B></ss:Data></Comment></Cell>'
    shown, hidden = sheets_of(tmp_path, book(sheet(row(note)) + sheet(row(cell("x")), name="Lama", after=options)))
    assert (shown.hidden, hidden.hidden) == (False, True)
    assert shown.comments == ("lihat lampiran",)
    assert [finding.code for finding in hidden.findings] == ["sheet-hidden"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_unicode_encoding_gives_the_same_cells(tmp_path: Path, encoding: str) -> None:
    text = book(sheet(row(cell("Kecamatan é")))).replace('version="1.0"', f'version="1.0" encoding="{encoding[:6]}"')
    (read_back,) = sheets_of(tmp_path, text.replace("utf-8-", "utf-8"), encoding=encoding)
    assert read_back.columns[0].text.to_list() == ["Kecamatan é"]


@pytest.mark.parametrize(
    "written",
    [
        "1209471396990.6",
        "0.1",
        "123456789012345.65",
        "70368744177664.09",
        "999999999999999.99",
        "9007199254740993",
        "-5.25",
    ],
)
def test_a_number_never_loses_a_sen_or_a_digit(written: str) -> None:
    value = exact_number(written)
    if isinstance(value, float):
        whole = int(value)
        assert Decimal(whole) * 100 + round((value - whole) * 100) == Decimal(written) * 100
    else:
        assert value == written


def test_measures_with_many_decimals_stay_numbers() -> None:
    assert exact_number("12.345678901234567") == 12.345678901234567
    assert exact_number("1.5E+3") == 1500
    assert exact_number("1,5") is None


def test_elements_nested_without_end_harm_nothing(tmp_path: Path) -> None:
    (read_back,) = sheets_of(tmp_path, book(sheet(row(cell("<b>" * 9000 + "a" + "</b>" * 9000)))))
    assert read_back.columns[0].text.to_list() == ["a"]


ENTITIES = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("text", "code", "limit"),
    [
        (book(sheet(row(cell("&d;"))), before=ENTITIES), "workbook-declares-entities", None),
        (book(sheet(row(cell("a"))))[:-20], "workbook-broken", None),
        (book(sheet('<Row ss:Index="2000000">' + cell("a") + "</Row>")), "file-too-large", "rows"),
        (book(sheet(row(cell("a", Index=2000)))), "file-too-large", "columns"),
        (book(sheet(row(cell("a", Index="9" * 400)))), "workbook-broken", None),
        (book(sheet('<Row ss:Index="3"/><Row ss:Index="2"/>')), "workbook-broken", None),
        (book("".join(sheet("", name=str(number)) for number in range(65))), "file-too-large", "sheets"),
        (book(""), "workbook-without-sheets", None),
        ('<?xml version="1.0"?><laporan/>', "format-not-read", None),
    ],
    ids=["entities", "cut", "far row", "far column", "absurd", "backwards", "sheets", "no sheet", "other"],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str, code: str, limit: str | None) -> None:
    assert refusal_of(tmp_path, text) == (code, limit)
