"""One document in every format: computed once, with one record, told apart by content and checked alike."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

from nangkis.content.sentences import Sentence, figures_in
from nangkis.content.tree import Table
from nangkis.workspace.formats import WRITERS, Format, format_of
from nangkis.workspace.making import Made, make_document, write_document
from nangkis.workspace.opened import tables_of
from nangkis.workspace.reading import DocumentIsFolder, DocumentWithoutRecord, read_document
from nangkis.workspace.tracing import trace
from nangkis.workspace.verifying import Seal, Verdict, verify
from tests.rooms.workspace.conftest import Example


@dataclass(frozen=True)
class All:
    """The example's plan in every format."""

    example: Example
    made: Made

    def path(self, kind: Format) -> Path:
        paths = (self.made.path, *self.made.others)
        return next(path for path in paths if path.suffix == WRITERS[kind].ending)


@pytest.fixture(scope="module")
def written(example: Example, tmp_path_factory: pytest.TempPathFactory) -> All:
    request, folder = example.made.record.request, tmp_path_factory.mktemp("semua")
    return All(example, write_document(example.workspace, request, folder, formats=tuple(WRITERS)))


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_carries_the_same_record(written: All, kind: Format) -> None:
    read = read_document(written.example.workspace, written.path(kind))

    assert read.record == written.example.made.record
    assert {name for name, _ in read.texts} >= {name for name, kept in read.record.figures.items() if kept.times}
    assert all(read.record.figures[name].text == text for name, text in read.texts)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_fresh_document_holds_in_every_format(written: All, kind: Format) -> None:
    found = verify(written.example.workspace, written.path(kind))

    assert found.holds
    assert found.is_located == (kind is not Format.PDF)


def test_no_number_of_a_table_stands_inside_words(written: All) -> None:
    """A spreadsheet must be able to add and sort what a table holds."""
    request, workspace = written.made.record.request, written.example.workspace
    blocks = make_document(workspace, request, tables_of(workspace)).blocks
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells]

    assert not [cell for cell in cells if isinstance(cell, Sentence) and any(figures_in(cell))]


def test_years_classes_and_strategies_are_numbers_in_excel(written: All) -> None:
    book = openpyxl.load_workbook(written.path(Format.EXCEL))
    wanted = {"Tahun", "Tahun awal", "Tahun target", "Tahun akhir", "FSVA", "Kelas", "Strategi"}
    tables = [sheet for sheet in book.worksheets if sheet.title.startswith("Tabel")]
    columns = [column for sheet in tables for column in sheet.iter_cols(min_row=3, values_only=True)]

    assert {head for head, *below in columns if any(isinstance(value, int) for value in below)} >= wanted
    assert not [value for head, *below in columns if head in wanted for value in below if str(value).isdigit()
                and isinstance(value, str)]  # fmt: skip


def test_a_folder_is_no_document_and_its_documents_are_named(written: All, tmp_path: Path) -> None:
    folder = written.made.path.parent

    with pytest.raises(DocumentIsFolder) as refused:
        verify(written.example.workspace, folder)
    with pytest.raises(DocumentIsFolder) as empty:
        trace(written.example.workspace, tmp_path, "abc")

    assert refused.value.code == "document-is-folder"
    assert refused.value.values["folder"] == str(folder)
    assert all(path.name in str(refused.value.values["inside"]) for path in (written.made.path, *written.made.others))
    assert empty.value.values["inside"] == "—"


@pytest.mark.parametrize("kind", WRITERS)
def test_a_figure_is_traced_from_every_format(written: All, kind: Format) -> None:
    name = next(iter(written.made.record.figures))

    assert trace(written.example.workspace, written.path(kind), name).inputs


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_is_known_by_its_content_not_by_its_name(written: All, kind: Format, tmp_path: Path) -> None:
    path = tmp_path / "rencana.tmp"
    shutil.copy(written.path(kind), path)

    assert format_of(path) is kind
    assert verify(written.example.workspace, path).holds


def test_each_format_is_told_before_it_is_written_and_written_once(example: Example, tmp_path: Path) -> None:
    told: list[Format] = []
    asked = (Format.PDF, Format.WORD, Format.PDF)

    made = write_document(example.workspace, example.made.record.request, tmp_path, formats=asked, progress=told.append)

    assert told == [Format.PDF, Format.WORD]
    assert [path.suffix for path in (made.path, *made.others)] == [".pdf", ".docx"]


def test_a_number_that_the_pdf_lacks_is_said_to_be_edited(written: All) -> None:
    """A record with a number that is printed nowhere: as after an editor's change, which leaves the record."""
    workspace, path = written.example.workspace, written.path(Format.PDF)
    record = read_document(workspace, path).record
    name, kept = next((name, kept) for name, kept in record.figures.items() if kept.times and len(kept.text) > 5)
    figures = {**record.figures, name: replace(kept, text="98.765.432,1")}

    from tests.rooms.outputs.pdf_files import made  # noqa: PLC0415 - used once
    from tests.rooms.outputs.sample import document  # noqa: PLC0415 - used once

    forged = replace(record, figures=figures).to_bytes()
    path = path.with_name("lain.pdf")
    path.write_bytes(made(document(), language="id", manifest=forged, as_of=record.request.as_of))
    found = verify(workspace, path)

    assert found.seal is Seal.FALSIFIED
    assert next(each for each in found.figures if each.id == name).verdict is Verdict.EDITED


def test_a_pdf_of_another_program_has_no_record(written: All, tmp_path: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415 - used once

    path = tmp_path / "surat.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)

    with pytest.raises(DocumentWithoutRecord):
        verify(written.example.workspace, path)
