"""A marked workbook that an office mends and sends back: the marks disturb nothing, and our own sheet is no data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.intake.limits import limits_on
from nangkis.intake.marked.written import Marking, write_marked
from nangkis.intake.reading import SheetOutcome
from nangkis.intake.report import as_text
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace
from tests.rooms.intake import test_posture as posture, test_rkpd_print as rkpd
from tests.rooms.intake.files import DAY, accepted, codes, read


HULU = Region.parse("contoh:90.05")
SAID: dict[str, Any] = {"region": HULU, "year": 2026, "stage": Stage.RKPD}
PAGU = """OPD;Sub Kegiatan;Pagu
1.01.0.00.0.00.01.0000 Dinas Pendidikan;1.01.02.2.01.0001 Ruang Kelas;1.000.000
1.01.0.00.0.00.01.0000 Dinas Pendidikan;1.01.02.2.01.0002 Buku;5OO.000
"""
POVERTY = "Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400.000\nMorowalli;1\nKota Palu;505\nSumber: BPS;\n"
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def text(name: str, content: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def rkpd_book(folder: Path) -> Path:
    """A printed RKPD of which a subtotal, a code and an office are wrong."""
    wrong: dict[int, dict[str, Any]] = {
        id(rkpd.PROGRAM): {"I": 1},
        id(rkpd.BOOKS): {"D": None},
        id(rkpd.CLASSROOMS): {"L": 7},
    }
    good = rkpd.changed(rkpd.CLASSROOMS, E=3)
    return rkpd.book(folder, [*(rkpd.changed(row, **wrong.get(id(row), {})) for row in rkpd.BODY), good])


FILES: dict[str, tuple[Callable[[Path], Path], dict[str, Any]]] = {
    "rkpd_print": (rkpd_book, {}),
    "sipd_pagu": (text("pagu.csv", PAGU), SAID),
    "djpk_posture": (text("APBD_Kota_Kediri_2021.csv", posture.POSTURE), {}),
    "bps_table": (text("tabel.csv", POVERTY), {}),
}


def marked(path: Path, language: Language, **said: Any) -> Path:
    """Return the marked workbook of a file."""
    limits = limits_on(packaged(), DAY)
    written = write_marked(path, read(path, **said), Marking(path.parent / "tanda", language), limits=limits)
    assert written is not None
    return written


def data_of(outcomes: tuple[SheetOutcome, ...]) -> list[SheetOutcome]:
    return [outcome for outcome in outcomes if not outcome.aside]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", FILES)
def test_a_marked_workbook_is_read_as_the_file_that_it_was_made_of(
    tmp_path: Path, layout: str, language: Language
) -> None:
    write, said = FILES[layout]
    path = write(tmp_path)
    before, again = (data_of(read(file, **said)) for file in (path, marked(path, language, **said)))

    assert len(before) == len(again) == 1
    for one, other in zip(before, again, strict=True):
        assert one.layout == other.layout == layout
        assert (one.rows_in, one.rows_frame, one.rows_refused) == (other.rows_in, other.rows_frame, other.rows_refused)
        assert sorted(codes(one)) == sorted(codes(other))
        assert accepted(one).frame.drop("_sheet").equals(accepted(other).frame.drop("_sheet"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_of_findings_is_set_aside_with_a_note(tmp_path: Path, language: Language) -> None:
    path = text("pagu.csv", PAGU)(tmp_path)
    ours, _ = outcomes = read(marked(path, language, **SAID), **SAID)

    assert (ours.reading, ours.refusal, ours.rows_refused, ours.rows_frame) == (None, None, 0, ours.rows_in)
    assert ours.rows_in > 0
    assert codes(ours) == ["sheet-of-findings"]
    assert "bukan data" in as_text(outcomes, "id", {})


def test_a_workbook_marked_again_has_one_sheet_of_findings_and_its_first_name(tmp_path: Path) -> None:
    path = text("pagu.csv", PAGU)(tmp_path)
    once = marked(path, "id", **SAID)
    twice = marked(once, "id", **SAID)

    assert twice.name == once.name
    assert openpyxl.load_workbook(twice).sheetnames == openpyxl.load_workbook(once).sheetnames


def taken(workspace: Workspace, path: Path, supersedes: str | None = None) -> tuple[Imported, ...]:
    marking = Marking(path.parent / "tanda", "id")
    rules = ImportRules(Request(**SAID), supersedes=supersedes, marking=marking)
    return import_files(workspace, [path], rules=rules, at=MOMENT, on=DAY, by="Sri")


def test_a_cell_mended_in_the_marked_workbook_replaces_the_table(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "kerja")
    (first,) = taken(workspace, text("pagu.csv", PAGU)(tmp_path))
    assert first.table is not None
    assert first.marked is not None
    assert (first.outcome.rows_accepted, codes(first.outcome)) == (1, ["letter-in-number"])

    book = openpyxl.load_workbook(first.marked)
    cell = book.worksheets[1]["C3"]
    assert cell.comment is not None
    cell.value = 500_000
    book.save(first.marked)
    ours, second = taken(workspace, first.marked, supersedes=first.table.id)

    assert (ours.table, ours.outcome.refusal) == (None, None)
    assert second.table is not None, second.outcome.refusal
    assert second.outcome.rows_refused == 0
    assert [table.id for table in workspace.lake.live()] == [second.table.id]
    rows = workspace.lake.rows(second.table.id)
    assert rows["amount_sen"].to_list() == [1_000_000 * SEN_PER_RUPIAH, 500_000 * SEN_PER_RUPIAH]


def test_the_manifest_keeps_the_first_cells_of_a_finding_and_not_all_of_them(tmp_path: Path) -> None:
    head, office = PAGU.splitlines()[0], PAGU.splitlines()[1].partition(";")[0]
    lines = [f"{office};1.01.02.2.01.{number:04} Kegiatan {number};" for number in range(1, 9)]
    filled = f"{office};1.01.02.2.01.0009 Kegiatan;1.000.000"
    path = text("pagu.csv", "\n".join([head, *lines, filled]))(tmp_path)
    workspace = open_workspace(tmp_path / "kerja")
    (first,) = taken(workspace, path)
    assert first.table is not None
    (blank,) = [finding for finding in first.outcome.findings if finding.code == "amount-blank"]
    (kept,) = [finding for finding in workspace.lake.manifest(first.table.id).findings if finding.code == blank.code]
    assert [list(cells.rows) for cells in blank.cells] == [list(range(2, 10))]
    assert kept == blank
    assert (kept.cells, '"cells"' in first.table.to_json()) == ((), False)
