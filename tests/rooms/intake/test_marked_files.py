"""Which files get a marked workbook, under which name: none with personal data, one that was edited is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from nangkis.cli.main import app
from nangkis.intake.checks.personal import PersonalDataFound
from nangkis.intake.marked.written import Marking, write_marked
from nangkis.intake.request import Request
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace
from tests.rooms.intake.files import DAY, read, write_book
from tests.rooms.intake.marking import NIK, limits, marked, table


def test_personal_data_on_a_hidden_sheet_keep_the_file_from_being_marked(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Lain").write_row(0, 0, ["a", "b"])
        secret = book.add_worksheet("Rahasia")
        secret.write_string(0, 0, NIK)
        secret.hide()

    path = write_book(tmp_path / "a.xlsx", fill)
    assert write_marked(path, read(path), Marking(tmp_path / "tanda", "id"), limits=limits()) is None


def test_a_file_with_personal_data_is_never_written(tmp_path: Path) -> None:
    path = table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n")
    folder = tmp_path / "tanda"
    assert write_marked(path, read(path), Marking(folder, "id"), limits=limits()) is None
    assert not folder.exists()
    with pytest.raises(PersonalDataFound):
        marked(path)


def test_personal_data_that_came_after_the_reading_is_not_written_either(tmp_path: Path) -> None:
    path = table(tmp_path)
    outcomes = read(path)
    table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n")
    assert write_marked(path, outcomes, Marking(tmp_path / "tanda", "id"), limits=limits()) is None
    assert not (tmp_path / "tanda").exists()


def test_a_file_that_could_not_be_opened_gives_its_findings_alone(tmp_path: Path) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 bukan buku kerja")
    outcomes = read(path)
    assert outcomes[0].refusal is not None
    written = write_marked(path, outcomes, Marking(tmp_path / "tanda", "en"), limits=limits())
    assert written is not None
    assert written.name == "rusak – marked.xlsx"
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == ["Findings"]
    assert any("rusak.xlsx" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_same_content_gives_the_same_bytes_and_a_corrected_workbook_is_not_written_over(tmp_path: Path) -> None:
    path = table(tmp_path)
    marking = Marking(tmp_path, "id")
    first = write_marked(path, read(path), marking, limits=limits())
    assert first is not None
    assert first == write_marked(path, read(path), marking, limits=limits())
    first.write_bytes(b"disunting")
    second = write_marked(path, read(path), marking, limits=limits())
    assert second is not None
    assert second.name == "tabel – ditandai (2).xlsx"
    assert first.read_bytes() == b"disunting"


def test_an_import_writes_one_marked_workbook_for_each_file(tmp_path: Path) -> None:
    good, personal = table(tmp_path), table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n", "orang.csv")
    rules = ImportRules(Request(), marking=Marking(tmp_path / "tanda", "id"))
    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    workspace = open_workspace(tmp_path / "kerja")
    first, second = import_files(workspace, [good, personal], rules=rules, at=moment, on=DAY, by="Sri")
    assert first.marked == tmp_path / "tanda" / "tabel – ditandai.xlsx"
    assert second.marked is None
    assert [path.name for path in (tmp_path / "tanda").iterdir()] == ["tabel – ditandai.xlsx"]


def test_the_command_says_where_the_marked_workbooks_are(tmp_path: Path) -> None:
    good, personal = table(tmp_path), table(tmp_path, f"Nama;Nomor\nKab. Morowali;{NIK}\n", "orang.csv")
    words = ["import", str(good), str(personal), "-w", str(tmp_path), "--check-only", "--marked", str(tmp_path / "m")]
    told = CliRunner().invoke(app, words).stdout
    plain = json.loads(CliRunner().invoke(app, [*words, "--json", "--lang", "en"]).stdout)
    without = json.loads(CliRunner().invoke(app, [*words[:-2], "--json"]).stdout)
    assert f"Buku kerja bertanda: {tmp_path / 'm' / 'tabel – ditandai.xlsx'}" in told
    assert "Berkas orang.csv tidak dibuatkan buku kerja bertanda" in told
    assert [sheet["marked"] for sheet in plain] == [str(tmp_path / "m" / "tabel – marked.xlsx"), None]
    assert all("marked" not in sheet for sheet in without)
