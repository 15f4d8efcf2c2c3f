"""OpenDocument spreadsheets made to harm, or harmed on the way: by name, the bytes, the refusal and its limit."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable


MIB = 2**20
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = ("office", "table", "text", "style", "drawing")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ENTITIES = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]>'
LOCKED = b'<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data m:checksum="a"/></m:file-entry></m:manifest>'


def content(tables: str, *, styles: str = "", before: str = "", root: str = "document-content") -> bytes:
    """The XML of a spreadsheet around its tables."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:{root} {SPACES} {CALC}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{root}>"
    ).encode()


def ods(xml: bytes, *, kind: str = KIND, manifest: bytes | None = b"<manifest/>") -> bytes:
    """The zip around a content.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", kind, zipfile.ZIP_STORED)
        target.writestr("content.xml", xml)
        if manifest is not None:
            target.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def table(rows: str, *, name: str = "Data", more: str = "") -> str:
    """A sheet around its rows."""
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def row(*cells: str, repeated: int = 1) -> str:
    """A row around its cells."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def words(text: str, *, repeated: int = 1, more: str = "", inside: str = "") -> str:
    """A cell of words."""
    given = f'office:value-type="string" table:number-columns-repeated="{repeated}" {more}'
    return f"<table:table-cell {given}>{inside}<text:p>{text}</text:p></table:table-cell>"


def number(value: object, shown: str, *, kind: str = "float", more: str = "") -> str:
    """A cell of a number."""
    given = f'office:value-type="{kind}" office:value="{value}" {more}'
    return f"<table:table-cell {given}><text:p>{shown}</text:p></table:table-cell>"


def of_rows(*rows: str) -> bytes:
    """A spreadsheet of one sheet."""
    return ods(content(table("".join(rows))))


def small() -> bytes:
    """A small honest spreadsheet."""
    return of_rows(row(words("OPD"), words("Sub Kegiatan"), number(1000, "1.000")))


def liar() -> bytes:
    """An archive whose directory says that the content is ten bytes long."""
    raw = bytearray(small())
    size = raw.rindex(b"content.xml") - 46 + 24
    raw[size : size + 4] = (10).to_bytes(4, "little")
    return bytes(raw)


def many_filled_sheets() -> bytes:
    """Forty sheets of a million cells each, in a few bytes."""
    tables = "".join(table(row(words("a"), repeated=MIB), name=str(place)) for place in range(40))
    return ods(content(tables))


def many_spaces() -> bytes:
    """A cell of ten thousand elements that stand for 999,999,999 spaces each."""
    return of_rows(row(words("a" + '<text:s text:c="999999999"/>' * 10_000 + "b")))


OPEN_DOCUMENTS: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    "bom ulang.ods": (lambda: of_rows(row(words("a", repeated=1000), repeated=10**6)), "file-too-large", "cells"),
    "banyak terisi.ods": (many_filled_sheets, "file-too-large", "cells"),
    "baris jauh.ods": (lambda: of_rows(row(repeated=MIB), row(words("a"))), "file-too-large", "rows"),
    "kolom jauh.ods": (lambda: of_rows(row(words("a", repeated=16384))), "file-too-large", "columns"),
    "ulang tak terhingga.ods": (lambda: of_rows(row(words("a"), repeated=10**20)), "workbook-broken", None),
    "spasi.ods": (many_spaces, "layout-unknown", None),
    "bom.ods": (lambda: ods(content(" " * (200 * MIB))), "file-too-large", "unpacked_ratio"),
    "pembohong.ods": (liar, "workbook-broken", None),
    "terpotong.ods": (lambda: small()[:400], "workbook-truncated", None),
    "xml terpotong.ods": (lambda: ods(content(table(row(words("a"))))[:-60]), "workbook-broken", None),
    "entitas.ods": (
        lambda: ods(content(table(row(words("&d;"))), before=ENTITIES)),
        "workbook-declares-entities",
        None,
    ),
    "kata sandi.ods": (lambda: ods(b"\x00garbage", manifest=LOCKED), "workbook-locked", None),
    "tanpa daftar.ods": (lambda: ods(content(""), manifest=None), "workbook-part-missing", None),
    "tanpa lembar.ods": (lambda: ods(content("")), "workbook-without-sheets", None),
    "banyak lembar.ods": (
        lambda: ods(content("".join(table("", name=str(place)) for place in range(65)))),
        "file-too-large",
        "sheets",
    ),
    "tabel dalam tabel.ods": (lambda: of_rows(table("") * 2), "workbook-broken", None),
    "sel dalam sel.ods": (lambda: of_rows(row(words("", inside=words("a")))), "workbook-broken", None),
    "bersarang.ods": (
        lambda: of_rows(row(words("<text:span>" * 50_000 + "a" + "</text:span>" * 50_000))),
        "layout-unknown",
        None,
    ),
    "surat.ods": (lambda: ods(b"<a/>", kind="application/vnd.oasis.opendocument.text"), "format-not-read", None),
    "datar terpotong.fods": (lambda: content(table(row(words("a"))), root="document")[:-60], "workbook-broken", None),
}
