"""Files made to harm, or harmed on the way: by name, the bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import xlsxwriter

from tests.hostile.old_workbooks import OLD_WORKBOOKS
from tests.hostile.opendocuments import OPEN_DOCUMENTS
from tests.hostile.webpages import WEB_PAGES


MIB = 2**20
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
ROWS = "<row r='1'><c r='A1'><v>1</v></c></row>"
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    '<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>'
)


def honest_workbook(sheets: int = 1) -> bytes:
    """A workbook with a small table on each sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number in range(sheets):
        page = book.add_worksheet(f"S{number}")
        page.write_row(0, 0, ["OPD", "Sub Kegiatan", "Pagu"])
    book.close()
    return buffer.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """The honest workbook with other XML as its first sheet."""
    return with_parts({SHEET: xml})


def with_parts(parts: dict[str, bytes]) -> bytes:
    """The honest workbook with other parts, or further ones."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(honest_workbook())) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys((*source.namelist(), *parts)):
            target.writestr(name, parts[name] if name in parts else source.read(name))
    return buffer.getvalue()


def large_styles() -> bytes:
    """Styles of 17 MiB beside noise, so that the workbook as a whole does not unpack to suspiciously much."""
    noise = random.Random(1).randbytes(200_000)  # noqa: S311 - noise, no secret
    return with_parts({STYLES: b"<styleSheet>" + b" " * (17 * MIB) + b"</styleSheet>", "xl/media/noise.bin": noise})


def endless_tags(piece: bytes) -> bytes:
    """A sheet of many openings and hardly an end: a careless search reads on from each of them to the end."""
    percent = b'<styleSheet><cellXfs><xf numFmtId="9"/></cellXfs></styleSheet>'
    sheet = b"<worksheet><sheetData>" + piece * (3 * MIB // len(piece)) + b"></worksheet>"
    return with_parts({SHEET: sheet, STYLES: percent})


def sheet_xml(inside: str, *, before: str = "") -> bytes:
    """A worksheet's XML around rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{inside}</sheetData></worksheet>'.encode()
    )


def corners() -> bytes:
    """Two cells as far apart as a sheet allows: the parser would hold 17 thousand million cells."""
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_sheet(sheet_xml(first + last))


def hidden_corners() -> bytes:
    """The same corners, written so that the quick search does not see them: the child's memory limit has to."""
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>'
    return with_sheet(sheet_xml(first + last))


def bomb() -> bytes:
    """A sheet of 200 MiB that packs into some 200 KiB."""
    return with_sheet(sheet_xml(ROWS) + b" " * (200 * MIB))


def liar() -> bytes:
    """An archive whose directory says that the sheet is ten bytes long."""
    raw = bytearray(with_sheet(sheet_xml(ROWS)))
    place = raw.rindex(b"xl/worksheets/sheet1.xml")
    size = place - 46 + 24  # the uncompressed size in the central directory's entry
    raw[size : size + 4] = (10).to_bytes(4, "little")
    return bytes(raw)


def without(name: str) -> bytes:
    """The honest workbook with one part left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest_workbook())) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
    return buffer.getvalue()


def archive_of(name: str) -> bytes:
    """A zip with one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr(name, "x")
    return buffer.getvalue()


def without_sheets() -> bytes:
    """A workbook whose list of sheets is empty."""
    book = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    return with_parts({"xl/workbook.xml": book})


def ragged() -> bytes:
    """A row of 1,024 cells and many rows of one: 100,000 cells, a hundred million in the rectangle around them."""
    return b"," * 1023 + b"\n" + b"1\n" * 100_000


def many_merges() -> bytes:
    """3,000 cells merged over a million rows each, in a sheet of two rows."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>a</t></is></c></row>' for row in (1, 2))
    merges = "".join(f'<mergeCell ref="A{1 + number % 2}:A104857{number % 10}"/>' for number in range(3000))
    xml = sheet_xml(rows).replace(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())
    return with_sheet(xml)


def many_percent_styles() -> bytes:
    """65,000 styles of percent, and 50,000 cells in them."""
    styles = b"<styleSheet><cellXfs>" + b'<xf numFmtId="9"/>' * 65_000 + b"</cellXfs></styleSheet>"
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" s="{row}"><v>1</v></c>' for letter in "ABCDE") + "</row>"
        for row in range(1, 10_001)
    )
    return with_parts({STYLES: styles, SHEET: sheet_xml(cells)})


# Name of the file, its bytes, the code of the refusal, and the limit that it names.
HOSTILE: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    **OLD_WORKBOOKS,
    **OPEN_DOCUMENTS,
    **WEB_PAGES,
    "kosong.xlsx": (lambda: b"", "file-empty", None),
    "terpotong.xlsx": (lambda: honest_workbook()[:3000], "workbook-truncated", None),
    "bom.xlsx": (bomb, "file-too-large", "unpacked_ratio"),
    "pembohong.xlsx": (liar, "workbook-broken", None),
    "ujung.xlsx": (corners, "file-too-large", "cells"),
    "ujung tersembunyi.xlsx": (hidden_corners, "file-needs-memory", "memory_bytes"),
    "entitas.xlsx": (lambda: with_sheet(sheet_xml(ROWS, before=LAUGHS)), "workbook-declares-entities", None),
    "utf16.xlsx": (lambda: with_sheet(sheet_xml(ROWS).decode().encode("utf-16")), "workbook-encoding", None),
    "tanpa lembar.xlsx": (lambda: without("xl/worksheets/sheet1.xml"), "workbook-part-missing", None),
    "tanpa hubungan.xlsx": (lambda: without("xl/_rels/workbook.xml.rels"), "workbook-part-missing", None),
    "xml rusak.xlsx": (lambda: with_sheet(b"<worksheet><sheetData><row"), "workbook-broken", None),
    "tanpa akhir.xlsx": (lambda: with_sheet(b"<worksheet>" + b"a" * (3 * MIB)), "workbook-broken", None),
    "sel tanpa akhir.xlsx": (lambda: endless_tags(b'<c s="0" t="e" '), "workbook-broken", None),
    "rumus tanpa akhir.xlsx": (lambda: endless_tags(b"<f </f>"), "workbook-broken", None),
    "kesalahan beruntun.xlsx": (lambda: endless_tags(b'<a>t="e"</a>'), "workbook-broken", None),
    "gaya besar.xlsx": (large_styles, "file-too-large", "part_bytes"),
    "gabungan.xlsx": (many_merges, "layout-unknown", None),
    "gaya persen.xlsx": (many_percent_styles, "layout-unknown", None),
    "tanpa satu lembar.xlsx": (without_sheets, "workbook-without-sheets", None),
    "banyak lembar.xlsx": (lambda: honest_workbook(65), "file-too-large", "sheets"),
    "gambar.xlsx": (lambda: PNG, "format-not-read", None),
    "lembar.ods": (lambda: archive_of("content.xml"), "format-not-read", None),
    "surat.xlsx": (lambda: archive_of("word/document.xml"), "format-not-read", None),
    "sejuta kolom.csv": (lambda: b"," * 999_999 + b"\n", "file-too-large", "columns"),
    "segitiga.csv": (ragged, "file-too-large", "cells"),
    "biner.csv": (lambda: bytes(range(256)) * 20, "format-not-read", None),
    "nol.csv": (lambda: b"Provinsi,2020\nAceh,1\n" * 400 + b"\x00", "text-broken", None),
    "petik.csv": (lambda: b'nama,nilai\n"Aceh,1\nRiau,2\n', "csv-quotes", None),
    "utf16 terpotong.csv": (lambda: "nama;nilai\n".encode("utf-16") + b"\x41", "text-broken", None),
}
