"""Old workbooks (xls) made to harm, or harmed on the way: by name, the bytes, the refusal and its limit."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import xlwt
from xlwt.CompoundDoc import XlsDoc


SECTOR = 512
DIMENSIONS, FILEPASS, SHARED_TEXT, BOF, BOUNDSHEET, SST = 0x0200, 0x002F, 0x00FD, 0x0809, 0x0085, 0x00FC
WORKBOOK = "Workbook".encode("utf-16-le")


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream."""
    buffer = io.BytesIO()
    XlsDoc().save(buffer, stream)
    raw = buffer.getvalue()
    told = name.encode("utf-16-le")
    entry = raw.index(WORKBOOK)
    head = told.ljust(64, b"\x00") + struct.pack("<H", len(told) + 2)
    return raw[:entry] + head + raw[entry + len(head) :]


def stream_of(sheets: int = 1) -> bytes:
    """The records of a small workbook, out of their container."""
    book = xlwt.Workbook()
    for number in range(sheets):
        page = book.add_sheet(f"S{number}")
        for column, words in enumerate(["OPD", "Sub Kegiatan", 1000.5]):
            page.write(0, column, words)
    return bytes(book.get_biff_data())


def records(stream: bytes) -> list[tuple[int, bytes]]:
    """The records of a stream."""
    found, place = [], 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        found.append((kind, stream[place + 4 : place + 4 + size]))
        place += 4 + size
    return found


def packed(taken: list[tuple[int, bytes]]) -> bytes:
    """The stream of these records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in taken)


def with_record(kind: int, body: bytes) -> bytes:
    """The small workbook with another body in each record of a kind, as long as the old one."""
    changed = [(found, body + old[len(body) :] if found == kind else old) for found, old in records(stream_of())]
    return ole(packed(changed))


def with_password() -> bytes:
    """A workbook that says that what follows is encrypted."""
    first, *others = records(stream_of())
    return ole(packed([first, (FILEPASS, bytes(54)), *others]))


def begins_without_end() -> bytes:
    """A sheet in which 100,000 others begin, and none ends."""
    stream = stream_of()
    start = stream.rindex(struct.pack("<H", BOF) + b"\x10\x00")
    return ole(stream[:start] + stream[start : start + 20] * 100_000)


def going_in_circles() -> bytes:
    """A container whose every sector follows itself, so that its directory never ends."""
    raw = bytearray(ole(stream_of()))
    (table,) = struct.unpack_from("<I", raw, 76)
    start = (table + 1) * SECTOR
    raw[start : start + SECTOR] = struct.pack("<128I", *range(128))
    return bytes(raw)


def tables_in_circles() -> bytes:
    """A container whose list of tables follows itself."""
    raw = bytearray(ole(stream_of()))
    struct.pack_into("<II", raw, 68, 0, 0xFFFFFFF0)
    raw[2 * SECTOR - 4 : 2 * SECTOR] = bytes(4)
    return bytes(raw)


def same_names() -> bytes:
    """A workbook of two sheets with one name."""
    return ole(stream_of(2).replace(b"\x00S1", b"\x00S0"))


OLD_WORKBOOKS: dict[str, tuple[Callable[[], bytes], str, str | None]] = {
    "kata sandi.xlsx": (lambda: ole(stream_of(), "EncryptedPackage"), "workbook-locked", None),
    "kata sandi.xls": (with_password, "workbook-locked", None),
    "lama terpotong.xls": (lambda: ole(stream_of())[:3000], "workbook-truncated", None),
    "kepala saja.xls": (lambda: ole(stream_of())[:8] + bytes(600), "workbook-truncated", None),
    "catatan terpotong.xls": (lambda: ole(stream_of()[:-30]), "workbook-truncated", None),
    "bukan catatan.xls": (lambda: ole(b"\x09\x08\x04\x00" + bytes(5000)), "workbook-broken", None),
    "luas.xls": (
        lambda: with_record(DIMENSIONS, struct.pack("<IIHH", 0, 2**20, 0, 1000)),
        "file-too-large",
        "cells",
    ),
    "kolom jauh.xls": (lambda: with_record(SHARED_TEXT, struct.pack("<HH", 0, 65534)), "file-too-large", "columns"),
    "banyak teks.xls": (lambda: with_record(SST, struct.pack("<II", 2**31, 2**31 - 1)), "layout-nearly-known", None),
    "tanpa akhir.xls": (begins_without_end, "workbook-truncated", None),
    "berputar.xls": (going_in_circles, "workbook-truncated", None),
    "tabel berputar.xls": (tables_in_circles, "workbook-truncated", None),
    "nama sama.xls": (same_names, "workbook-broken", None),
    "jauh.xls": (lambda: with_record(BOUNDSHEET, struct.pack("<I", 2**31)), "workbook-truncated", None),
    "banyak lembar.xls": (lambda: ole(stream_of(65)), "file-too-large", "sheets"),
    "surat lama.xls": (lambda: ole(stream_of(), "WordDocument"), "format-not-read", None),
    "entah apa.xls": (lambda: ole(stream_of(), "Contents"), "format-not-read", None),
}
