"""Word files of an invented office, to be the pattern of documents: made with python-docx, and bent part by part."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor

from nangkis.outputs.word.template import Template, read_template
from nangkis.parameters.loader import packaged
from nangkis.workspace.reading import word_limits


ROOM_MM = 100
F4_MM = (215, 330)
HOUSE_FONT = "Bookman Old Style"


def png(colour: bytes = b"\x1e\x5a\xa8") -> bytes:
    """Return a picture of one colour, two pixels high and wide."""
    rows = (b"\x00" + colour * 2) * 2

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def house_file(change: Callable[[docx.document.Document], None] = lambda _: None) -> bytes:
    """Return an office's file on F4: a letterhead with a picture, a numbered footer, headings in its own font."""
    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = (Mm(each) for each in F4_MM)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(20), Mm(40), Mm(25)
    head = page.header.paragraphs[0]
    head.add_run().add_picture(io.BytesIO(png()), width=Mm(12))
    page.header.add_paragraph("PEMERINTAH KABUPATEN CONTOH HULU")
    page.footer.paragraphs[0].text = "Jalan Contoh Nomor Satu"
    look = made.styles["Heading 1"].font
    look.name, look.size, look.color.rgb = HOUSE_FONT, Pt(20), RGBColor(0x7A, 0x1F, 0x1F)
    made.add_heading("Rahasia isi lama", 1)
    made.add_paragraph("Teks lama yang tidak boleh ikut.")
    made.add_picture(io.BytesIO(png(b"\x00\x00\x00")), width=Mm(20))
    change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sideways(made: docx.document.Document) -> None:
    """Turn the page."""
    page = made.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width


def bent(content: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """Return the file with parts changed, or added when their bytes are given."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = changes.get(name)
            new.writestr(
                name, old.read(name) if change is None else change(old.read(name)) if callable(change) else change
            )
        for name, added in changes.items():
            if name not in old.namelist():
                assert isinstance(added, bytes)
                new.writestr(name, added)
    return stream.getvalue()


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """Return a change that finds what it replaces, once or more."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode())

    return change


def template_of(content: bytes, folder: Path) -> Template:
    """Write an office's file and read it as a pattern, within the limits that Nangkis comes with."""
    path = folder / "pola.docx"
    path.write_bytes(content)
    return read_template(path, word_limits(packaged()), text_mm=ROOM_MM)
