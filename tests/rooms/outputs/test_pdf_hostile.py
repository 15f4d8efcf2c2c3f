"""PDFs of strangers: each that cannot or must not be read is refused by name."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from nangkis.outputs.pdf.content import MANIFEST_FILE
from nangkis.outputs.pdf.reading import PdfLimits, PdfRefused, read_pdf
from nangkis.parameters.loader import packaged
from nangkis.workspace.reading import pdf_limits
from tests.rooms.outputs.pdf_files import made
from tests.rooms.outputs.sample import document
from tests.rooms.outputs.word_files import MANIFEST


LIMITS = pdf_limits(packaged())
OURS = made(document(), language="id")


def refused(content: bytes, folder: Path, limits: PdfLimits = LIMITS) -> str:
    path = folder / "RPKD.pdf"
    path.write_bytes(content)
    with pytest.raises(PdfRefused) as caught:
        read_pdf(path, limits)
    assert caught.value.values["file"] == "RPKD.pdf"
    return caught.value.code


def rewritten(*, manifest: bytes | None = MANIFEST, page: bytes = b"", locked: bool = False) -> bytes:
    """Return a PDF of another program, perhaps with something in it that should not be."""
    writer = PdfWriter()
    added = writer.add_blank_page(200, 200)
    if page:
        stream = DecodedStreamObject()
        stream.set_data(page)
        added[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if manifest is not None:
        writer.add_attachment(MANIFEST_FILE, manifest)
        for each in writer._objects:
            if isinstance(each, DecodedStreamObject) and each.get_data() == manifest:
                packed = each.flate_encode()
                writer._objects[writer._objects.index(each)] = packed
    if locked:
        writer.encrypt("rahasia", algorithm="RC4-128")
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


def test_our_own_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.pdf"
    path.write_bytes(OURS)

    reading = read_pdf(path, LIMITS)

    assert reading.manifest == MANIFEST
    assert "Profil Kemiskinan Daerah" in reading.text


def test_a_pdf_without_our_attachment_has_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(rewritten(manifest=None))

    assert read_pdf(path, LIMITS).manifest is None


@pytest.mark.parametrize("length", [9, 400, len(OURS) // 2, len(OURS) - 400])
def test_a_file_that_breaks_off_is_damaged(length: int, tmp_path: Path) -> None:
    assert refused(OURS[:length], tmp_path) == "pdf-damaged"


@pytest.mark.parametrize("content", [b"", b"Kode;Nama\n", b"\x00" * 5000, b"PK\x03\x04"])
def test_what_is_no_pdf_is_not_read(content: bytes, tmp_path: Path) -> None:
    assert refused(content, tmp_path) == "pdf-not-pdf"


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(PdfRefused, match="pdf-not-found"):
        read_pdf(tmp_path / "tidak ada.pdf", LIMITS)


def test_a_password_is_told(tmp_path: Path) -> None:
    assert refused(rewritten(locked=True), tmp_path) == "pdf-locked"


def test_a_giant_attachment_is_not_unpacked(tmp_path: Path) -> None:
    bomb = rewritten(manifest=b"0" * (LIMITS.pdf_manifest_bytes + 1))

    assert len(bomb) < 200_000
    assert refused(bomb, tmp_path) == "pdf-bursts"


def test_a_page_that_bursts_is_not_unpacked(tmp_path: Path) -> None:
    bomb = rewritten(page=b" " * (LIMITS.pdf_stream_bytes + 1))

    assert len(bomb) < 200_000
    assert refused(bomb, tmp_path) == "pdf-bursts"


@pytest.mark.parametrize(("limit", "most"), [("pdf_bytes", len(OURS) - 1), ("pdf_pages", 7), ("pdf_operations", 1000)])
def test_each_limit_refuses(limit: str, most: int, tmp_path: Path) -> None:
    assert refused(OURS, tmp_path, replace(LIMITS, **{limit: most})) == "pdf-too-large"


def test_flipped_bytes_are_refused_by_name_or_read(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.pdf"
    for place in range(0, len(OURS), len(OURS) // 60):
        path.write_bytes(OURS[:place] + bytes([OURS[place] ^ 0x55]) + OURS[place + 1 :])
        with contextlib.suppress(PdfRefused):  # and nothing else comes out
            read_pdf(path, LIMITS)
