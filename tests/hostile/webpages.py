"""Web pages with tables, made to harm, or harmed on the way: by name, the bytes, the refusal and its limit."""

from __future__ import annotations

from collections.abc import Callable


def page(rows: str) -> bytes:
    """A page of one table."""
    return f"<html><body><table>{rows}</table></body></html>".encode()


def row(*cells: str, more: str = "") -> str:
    """A row of a table."""
    return f"<tr>{''.join(f'<td{more}>{cell}</td>' for cell in cells)}</tr>"


def many_spans() -> bytes:
    """Cells that each claim a thousand columns and all the rows that follow."""
    return page("<tr>" + "<td rowspan=0 colspan=1000>" * 50_000 + "</tr>")


def spans_in_every_row() -> bytes:
    """A thousand cells that go on over a hundred thousand rows."""
    return page(row(*["a"] * 1000, more=" rowspan=65534") + "<tr>" * 20_000)


WEB_PAGES: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    "laman.xls": (lambda: page(row("1")), "layout-unknown", None),
    "laman terpotong.xls": (lambda: page(row("OPD", "Pagu") + row("a", "1"))[:-30], "html-cut", None),
    "atribut terpotong.xls": (lambda: page(row("OPD"))[:-40] + b'<td title="', "html-cut", None),
    "tanpa tabel.xls": (lambda: b"<html><body><p>Sesi berakhir</p></body></html>", "html-without-table", None),
    "tabel kosong.xls": (lambda: page(""), "html-without-table", None),
    "laman biner.xls": (lambda: page(row("a\x00b")), "text-broken", None),
    "laman utf16.xls": (lambda: b"\xff\xfe" + page(row("a")).decode().encode("utf-16-le") + b"a", "text-broken", None),
    "banyak tabel.xls": (lambda: page(row("a")) * 65, "file-too-large", "sheets"),
    "banyak kolom.html": (lambda: page(row(*["a"] * 1025)), "file-too-large", "columns"),
    "rentang.html": (many_spans, "file-too-large", "columns"),
    "rentang baris.html": (spans_in_every_row, "layout-unknown", None),
    "banyak baris.html": (lambda: page("<tr>" * (2**20 + 2)), "file-too-large", "rows"),
    "tabel bersarang.html": (lambda: b"<table><tr><td>" * 50_000, "html-cut", None),
    "huruf bersarang.html": (lambda: page(row("<b>" * 50_000 + "a")), "layout-unknown", None),
    "entitas.html": (
        lambda: b'<!DOCTYPE html [<!ENTITY b "c"><!ENTITY d "&b;&b;">]>' + page(row("&d;" * 10_000)),
        "layout-unknown",
        None,
    ),
    "komentar tanpa akhir.html": (lambda: page("<!--" * 200_000), "html-cut", None),
}
