"""Web pages saved as .xls or .html: tables, spans, exact numbers, percent, encodings, and words outside of cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import FileRefused
from tests.hostile.webpages import row
from tests.rooms.intake.files import DAY, read, refusal, values


LIMITS = limits_on(packaged(), DAY)
NIK = "90" + "0101" + "410190" + "0002"  # of the fictional province, put together on the spot
PHONE = "0812" + "3456" + "7890"


def sheets_of(folder: Path, text: str, *, encoding: str = "utf-8") -> tuple[Sheet, ...]:
    path = folder / "a.xls"
    path.write_bytes(text.encode(encoding))
    return read_sheets(path, LIMITS)


def cells(sheet: Sheet) -> list[list[str | float | None]]:
    """The rows, texts as texts and numbers as numbers."""
    columns = [
        [text if number is None else number for text, number in zip(column.text, column.number, strict=True)]
        for column in sheet.columns
    ]
    return [list(found) for found in zip(*columns, strict=True)]


def table(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


@pytest.mark.parametrize("name", ["a.xls", "a.html", "a.xlsx", "a.csv"])
@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>',
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>',
        "\r\n<!-- laporan -->\n<style>td {color: red}</style><center>",
        "",
    ],
    ids=["page", "xhtml", "office", "style", "bare"],
)
def test_a_table_is_read_by_its_content_whatever_the_name(tmp_path: Path, name: str, before: str) -> None:
    path = tmp_path / name
    rows = table(row("Kabupaten/Kota", "Garis Kemiskinan 2020"), row("Kota Palu", "500000"))
    path.write_text(before + rows, encoding="utf-8")
    (outcome,) = read(path)
    assert values(outcome) == {"Kota Palu": 500_000}


def test_cells_over_several_columns_and_rows_push_the_others(tmp_path: Path) -> None:
    rows = (
        "<tr><td rowspan=2>a</td><td colspan='2'>b</td><td>c</td></tr>",
        "<tr><td>d</td><td rowspan=2>e<td>f</tr>",
        "<tr><td>g</td><td>h</td><td>i</td></tr>",
    )
    (sheet,) = sheets_of(tmp_path, table(*rows))
    assert cells(sheet) == [["a", "b", None, "c"], ["a", "d", "e", "f"], ["g", "h", "e", "i"]]
    assert [repair.code for repair in sheet.repairs] == ["merged-filled", "merged-filled"]


def test_tables_within_cells_are_sheets_of_their_own_and_blank_ones_none(tmp_path: Path) -> None:
    inner = table(row("x", "y"))
    text = table("<tr><td>" + inner + "</td></tr>") + table("<tr><td>&nbsp;</td></tr>") + table(row("judul", inner))
    sheets = sheets_of(tmp_path, text)
    assert [sheet.name for sheet in sheets] == ["html 1", "html 2", "html 3"]
    assert [cells(sheet) for sheet in sheets] == [[["x", "y"]], [["judul"]], [["x", "y"]]]


def test_every_kind_of_cell_is_seen_as_in_a_workbook(tmp_path: Path) -> None:
    rows = (
        "<tr><td>0072</td><td x:num='1209471396990.60'>1.209.471.396.991</td><td x:num='123456789012345.65'>1E+14</td>"
        "<td x:num='0.125'>12,5%</td><td>12,5%</td><td x:num>7</td><td>#N/A</td>"
        "<td sdval='0' sdnum='1033;'>#DIV/0!</td>"
        "<td>te<b>bal</b> &amp;\n  &eacute;<br>baris<p>dua</p></td></tr>"
    )
    (sheet,) = sheets_of(tmp_path, table(rows))
    assert cells(sheet) == [
        [
            "0072",
            1_209_471_396_990.6,
            "123456789012345.65",
            0.125,
            "12,5%",
            "7",
            "#N/A",
            "#DIV/0!",
            "tebal & é\nbaris\ndua",
        ]
    ]
    assert [column.letter for column in sheet.columns if column.percent is not None] == ["D"]


@pytest.mark.parametrize("hiding", ["hidden", 'style="color: red; DISPLAY : none"'])
def test_hidden_tables_are_seen(tmp_path: Path, hiding: str) -> None:
    shown, hidden = sheets_of(tmp_path, table(row("a")) + table(row("b")).replace("<table", f"<table {hiding}"))
    assert (shown.hidden, hidden.hidden) == (False, True)
    assert [finding.code for finding in hidden.findings] == ["sheet-hidden"]


@pytest.mark.parametrize(
    ("declared", "encoding", "told"),
    [
        ("<meta charset='utf-8'>", "utf-8", True),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252", True),
        ("<meta charset=iso-8859-1>", "cp1252", True),
        ("<meta charset=punycode>", "utf-8", True),
        ("", "utf-8", True),
        ("", "utf-8-sig", True),
        ("<meta charset=utf-8>", "utf-16", True),
        ("", "utf-16-le", True),
        ("", "cp1252", False),
        ("<meta charset=utf-8>", "cp1252", False),
    ],
)
def test_the_encoding_is_told_by_a_mark_or_declared_or_repaired(
    tmp_path: Path, declared: str, encoding: str, *, told: bool
) -> None:
    text = f"<html><head>{declared}</head>{table(row('Kecamatan é – “dua”'))}</html>"
    (sheet,) = sheets_of(tmp_path, text, encoding=encoding)
    assert cells(sheet) == [["Kecamatan é – “dua”"]]
    assert [repair.code for repair in sheet.repairs] == ([] if told else ["encoding"])


@pytest.mark.parametrize(
    "around",
    [
        f"<p>{NIK}</p>",
        f"<p>{NIK[:6]}<b>{NIK[6:]}</b></p>",
        f"<!-- {NIK} -->",
        f'<input value="{NIK}">',
        f'<a href="tel:{PHONE}">hubungi</a>',
        f"<script>var orang = '{NIK}';</script>",
        f"<table><tr><td>a<textarea>{NIK}</textarea></td></tr></table>",
        f"<table><tr><td title='{NIK}'>a</td></tr></table>",
        f"<table><caption>{NIK}</caption><tr><td>a</td></tr></table>",
    ],
)
def test_personal_numbers_outside_of_cells_keep_the_file_out(tmp_path: Path, around: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(around + table(row("OPD", "Pagu")), encoding="utf-8")
    outcomes = read(path)
    assert {refusal(outcome) for outcome in outcomes} == {"personal-data-in-comments"}
    assert NIK not in str(outcomes)


def test_a_page_that_ends_after_its_tables_is_whole(tmp_path: Path) -> None:
    (sheet,) = sheets_of(tmp_path, "<html><body>" + table(row("a")) + "<p>sumber: BPS")
    assert cells(sheet) == [["a"]]


def test_a_table_that_never_ends_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        sheets_of(tmp_path, table(row("a"), row("b")).removesuffix("</table>"))
    assert refused.value.code == "html-cut"
