"""The process that sets a PDF: it stays within its limits, leaves nothing behind, and its end is told by name."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.content.catalogue import has
from nangkis.content.tree import Column, Document, Row, Table
from nangkis.outputs.pdf import typesetting
from nangkis.outputs.pdf.typesetting import PdfNotSet, TemplateError, TypesettingLimits, typeset
from nangkis.vocabulary.figures import Label
from tests.rooms.outputs.pdf_files import LIMITS, made
from tests.rooms.outputs.sample import document, said
from tests.rooms.outputs.word_files import DAY


SMALL = 100 * 2**20  # bytes: much less than a table of 1,500 rows takes, and more than Typst needs to begin


def script(folder: Path, lines: str) -> Path:
    path = folder / "child.py"
    path.write_text(lines, encoding="utf-8")
    return path


def of_template(folder: Path, lines: str) -> bytes:
    (folder / "template.typ").write_text(lines, encoding="utf-8")
    return typeset(folder, as_of=DAY, limits=LIMITS)


def test_this_process_never_loads_typst() -> None:
    assert made(document(), language="id").startswith(b"%PDF-")
    assert "typst" not in sys.modules


def test_a_document_that_takes_too_long_is_stopped_and_told(tmp_path: Path) -> None:
    slow = "#{ for i in range(100000) { for j in range(10000) { let n = i + j } } }"
    (tmp_path / "template.typ").write_text(slow, encoding="utf-8")
    with pytest.raises(PdfNotSet) as caught:
        typeset(tmp_path, as_of=DAY, limits=replace(LIMITS, seconds=1))

    assert (caught.value.code, caught.value.values) == ("pdf-too-slow", {"most": 1})
    assert not (tmp_path / "document.pdf").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces the limit on memory")
def test_a_document_that_needs_too_much_memory_is_told() -> None:
    rows = tuple(Row(tuple(Label(f"{row}.{column}") for column in range(8))) for row in range(1500))
    table = Table(said("Pagu"), tuple(Column(Label("Kolom"), 1) for _ in range(8)), rows)
    with pytest.raises(PdfNotSet) as caught:
        made(Document(said("Judul"), said("Anak judul"), (table,)), language="id", limits=TypesettingLimits(60, SMALL))

    assert caught.value.code == "pdf-child-ended"
    assert has("refusal.pdf-child-ended")
    assert caught.value.values["most"] == SMALL


@pytest.mark.parametrize("end", ["os._exit(9)", "os.abort()", "raise MemoryError", "sys.exit('anything')"])
def test_a_child_that_ends_early_is_told(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "CHILD", script(tmp_path, f"import os, sys\n{end}\n"))
    with pytest.raises(PdfNotSet, match="pdf-child-ended"):
        made(document(), language="id")


def test_a_killed_child_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(typesetting, "CHILD", script(tmp_path, "import time\ntime.sleep(60)\n"))
    with pytest.raises(PdfNotSet, match="pdf-too-slow"):
        made(document(), language="id", limits=replace(LIMITS, seconds=1))

    assert [path.name for path in tmp_path.iterdir()] == ["child.py"]


def test_what_typst_refuses_is_a_fault_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="anything at all"):
        of_template(tmp_path, '#set document(title: "a")\n#panic("anything at all")')


def test_the_child_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    inside = tmp_path / "dalam"
    inside.mkdir()
    (tmp_path / "rahasia.txt").write_text("sandi", encoding="utf-8")
    with pytest.raises(TemplateError, match="escape the project root"):
        of_template(inside, '#set document(title: "a")\n#read("../rahasia.txt")')
