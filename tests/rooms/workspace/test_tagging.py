"""The review of tags goes out as a workbook and comes back with decisions: all of them, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.schema import Stage
from nangkis.budget.tagging.locks import TagsLocked, TagsNotLocked
from nangkis.budget.tagging.schema import DECISION_KIND
from nangkis.cli.main import app
from nangkis.content.messages import finding_words
from nangkis.intake.tag_review import ReviewRefused
from nangkis.lake.store import Lake
from nangkis.vocabulary.refusals import FileRefused
from nangkis.workspace.answering import budget_of
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.tagging import Decided, RoleMissing, lock_tags, open_tags, take_decisions
from tests.rooms.budget.budgets import (
    CENDANA,
    EDUCATION,
    HEALTH,
    SMALL,
    TODAY,
    Line,
    accept,
    budget_frame,
    budget_reading,
)
from tests.rooms.budget.tagged import BOS, KITS, MORNING


LINES: tuple[Line, ...] = (*SMALL, (HEALTH, "1.02.02.2.02.33", "Operasional Pelayanan Puskesmas", 90))
TEACHERS = "1.01.02.2.01.26"
CLINIC = "1.02.02.2.02.33"
Cells = Mapping[str, Any]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    frame = budget_frame(LINES)
    reading = budget_reading(frame)
    about = {**reading.about, "place": "Kabupaten Cendana"}
    source = tmp_path / "pagu.xlsx"
    source.write_bytes(b"pagu")
    Lake(tmp_path / "ws" / "lake").accept(replace(reading, about=about), source_file=source, at=MORNING, by="Sari")
    return open_workspace(tmp_path / "ws")


def analysis_of(workspace: Workspace) -> BudgetAnalysis:
    return budget_of(workspace, CENDANA, 2026, stage=Stage.RKPD, on=TODAY)


def written(workspace: Workspace, name: str = "penandaan.xlsx", language: str = "id") -> Path:
    path = workspace.folder / name
    words = ["tag", str(CENDANA), "2026", "--review", str(path), "-w", str(workspace.folder), "--lang", language]
    done = CliRunner().invoke(app, [*words, "--as-of", TODAY.isoformat()])
    assert done.exit_code == 0, done.output
    return path


def filled(path: Path, *rows: tuple[str, Cells], copies: tuple[tuple[str, Cells], ...] = ()) -> Path:
    """Fill cells by code and header, as LibreOffice would; ``copies`` of a row go below the last one."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if row[0].value in ("Kode", "Code"))
    column = {cell.value: cell.column for cell in head}
    line = {str(sheet.cell(row, 1).value): row for row in range(head[0].row + 1, sheet.max_row + 1)}
    for code, values in copies:
        last = sheet.max_row + 1
        for place in range(1, sheet.max_column + 1):
            sheet.cell(last, place, sheet.cell(line[code], place).value)
        for name, value in values.items():
            sheet.cell(last, column[name]).value = value
    for code, values in rows:
        for name, value in values.items():
            sheet.cell(line[code], column[name]).value = value
    book.save(path)
    return path


def decide(workspace: Workspace, path: Path, *, hour: int = 0, by: str = "Sekretariat TKPK") -> Decided:
    at = MORNING + timedelta(hours=hour)
    return take_decisions(workspace, analysis_of(workspace), path, by=by, at=at, on=TODAY)


def held(workspace: Workspace, code: str) -> list[tuple[Any, ...]]:
    rows = analysis_of(workspace).frame.filter(pl.col("sub_kegiatan_code") == code)
    return list(rows.select("tag", "origin", "strategy", "amount_sen").iter_rows())


TAGGED = {
    "Keputusan": "ditandai",
    "Dimensi": "Pendidikan",
    "Strategi (keputusan)": "1 – Pengurangan beban pengeluaran masyarakat",
    "Kelangsungan": "langsung",
    "Alasan keputusan": "Untuk murid miskin",
}


def test_the_sheet_starts_with_the_most_money_and_offers_words(workspace: Workspace) -> None:
    sheet = openpyxl.load_workbook(written(workspace)).active
    assert sheet is not None

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "Kode")
    amounts = [row[3] for row in rows[head + 1 :]]
    assert amounts == [90, 60, 40, 30, 7, None]  # programme 01 and village transfers are not there
    assert len(sheet.data_validations.dataValidation) == 4
    hidden = [name for name, one in sheet.column_dimensions.items() if one.hidden]
    assert hidden == ["Q", "R", "S"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_unchanged_workbook_decides_nothing(workspace: Workspace, language: str) -> None:
    done = decide(workspace, written(workspace, language=language))

    assert (done.table, done.decided, done.refused, done.findings) == (None, 0, 0, ())


def test_a_filled_row_becomes_a_decision_and_no_other_does(workspace: Workspace) -> None:
    done = decide(workspace, filled(written(workspace), (BOS[0], TAGGED)))

    assert done.table is not None
    rows = workspace.lake.rows(done.table.id)
    assert rows.select("sub_kegiatan_code", "tag", "strategy", "share", "reason", "by", "replaces").rows() == [
        (BOS[0], "ditandai", "1", 10_000, "Untuk murid miskin", "Sekretariat TKPK", None)
    ]
    assert held(workspace, BOS[0]) == [("ditandai", "keputusan", "1", 60_00)]
    assert held(workspace, CLINIC)[0][1] == "aturan"
    manifest = workspace.lake.manifest(done.table.id)
    assert manifest.rows_in == manifest.rows_frame + manifest.rows_accepted + manifest.rows_refused
    assert manifest.rows_accepted == 1


def test_the_next_workbook_shows_the_decision_and_leaves_it_in_force(workspace: Workspace) -> None:
    first = decide(workspace, filled(written(workspace), (BOS[0], TAGGED)))
    again = written(workspace, "lagi.xlsx")
    unchanged = decide(workspace, again, hour=1)
    changed = decide(workspace, filled(again, (BOS[0], {"Keputusan": "cabut keputusan"})), hour=2)

    assert (unchanged.table, unchanged.findings) == (None, ())
    assert changed.table is not None
    assert first.table is not None
    assert workspace.lake.rows(changed.table.id)["replaces"].to_list() == [first.table.id]
    assert held(workspace, BOS[0])[0][:2] == ("ditangguhkan", "aturan")


def test_accepting_takes_what_is_proposed_with_its_reason(workspace: Workspace) -> None:
    done = decide(workspace, filled(written(workspace), (KITS[0], {"Keputusan": "terima usulan"})))

    assert done.table is not None
    row = workspace.lake.rows(done.table.id).row(0, named=True)
    assert (row["tag"], row["strategy"], row["directness"], row["dimension"]) == (
        "ditandai", "1", "langsung", "pendidikan",
    )  # fmt: skip
    assert row["reason"].startswith("Perlengkapan dan biaya")


def test_a_copied_row_divides_the_line_to_the_sen(workspace: Workspace) -> None:
    half = {**TAGGED, "Bagian (persen)": 33.33}
    other = {**TAGGED, "Strategi (keputusan)": "3", "Bagian (persen)": 33.33}
    done = decide(workspace, filled(written(workspace), (TEACHERS, half), copies=((TEACHERS, other),)))

    assert (done.decided, done.findings) == (2, ())
    # of 3.000 sen: 999.9, 999.9 and 1000.2: the two spare sen go to the largest remainders
    parts = held(workspace, TEACHERS)
    assert parts == [
        ("ditandai", "keputusan", "1", 10_00),
        ("ditandai", "keputusan", "3", 10_00),
        ("tidak-relevan", "keputusan", None, 10_00),
    ]
    assert decide(workspace, written(workspace, "lagi.xlsx"), hour=1).table is None


def test_a_decision_for_an_office_is_for_its_lines_only(workspace: Workspace) -> None:
    one = {**TAGGED, "Hanya kode perangkat daerah": EDUCATION[0]}
    wrong = {**TAGGED, "Hanya kode perangkat daerah": "9.99"}
    done = decide(workspace, filled(written(workspace), (BOS[0], one), (CLINIC, wrong)))

    assert (done.decided, [finding.code for finding in done.findings]) == (1, ["tag-office-unknown"])
    assert held(workspace, BOS[0]) == [("ditandai", "keputusan", "1", 60_00)]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({**TAGGED, "Keputusan": "mungkin"}, "tag-word-unknown", "K"),
        ({**TAGGED, "Dimensi": "Olahraga"}, "tag-word-unknown", "L"),
        ({**TAGGED, "Strategi (keputusan)": "4"}, "tag-word-unknown", "M"),
        ({**TAGGED, "Kelangsungan": None}, "tag-decision-incomplete", "N"),
        ({**TAGGED, "Alasan keputusan": "   "}, "tag-reason-missing", "P"),
        ({**TAGGED, "Bagian (persen)": 0}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Bagian (persen)": 0.5}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Bagian (persen)": 101}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Bagian (persen)": -20}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Bagian (persen)": 33.333}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Bagian (persen)": "separuh"}, "tag-share-unreadable", "O"),
        ({**TAGGED, "Keputusan": "tidak relevan"}, "tag-decision-too-much", "L"),
        ({"Keputusan": "terima usulan"}, "tag-nothing-to-accept", "K"),
        ({"Keputusan": "cabut keputusan"}, "tag-reason-missing", "P"),
        ({**TAGGED, "Kode": "9.99.99.2.01.01"}, "tag-line-unknown", "A"),
        ({**TAGGED, "(keadaan)": "0"}, "tag-review-stale", "K"),
    ],
)
def test_a_flawed_row_is_told_with_its_cell_and_not_taken(
    workspace: Workspace, cells: Cells, code: str, column: str
) -> None:
    done = decide(workspace, filled(written(workspace), (BOS[0], cells), (KITS[0], {"Keputusan": "terima usulan"})))

    (finding,) = done.findings
    assert (finding.code, finding.at) == (code, f"Penandaan!{column}7")
    assert (done.decided, done.refused) == (1, 1)  # the good row beside it is taken
    assert all("{" not in text for text in finding_words(finding, "id"))
    assert held(workspace, BOS[0])[0][1] == "aturan"


def test_shares_over_the_whole_line_are_taken_together_or_not_at_all(workspace: Workspace) -> None:
    most = {**TAGGED, "Bagian (persen)": 60}
    done = decide(workspace, filled(written(workspace), (BOS[0], most), copies=((BOS[0], most),)))

    assert ([finding.code for finding in done.findings], done.table) == (["tag-shares-over"], None)


def test_a_reason_without_a_verdict_is_told_and_a_cleared_verdict_stays_in_force(workspace: Workspace) -> None:
    alone = decide(workspace, filled(written(workspace), (BOS[0], {"Alasan keputusan": "?"})))
    decide(workspace, filled(written(workspace, "b.xlsx"), (BOS[0], TAGGED)))
    cleared = decide(workspace, filled(written(workspace, "c.xlsx"), (BOS[0], {"Keputusan": None})), hour=1)

    assert [finding.code for finding in alone.findings] == ["tag-decision-without-verdict"]
    assert [finding.code for finding in cleared.findings] == ["tag-decision-cleared"]
    assert held(workspace, BOS[0])[0][1] == "keputusan"


def test_a_workbook_from_before_another_decision_is_out_of_date(workspace: Workspace) -> None:
    old, new = written(workspace, "lama.xlsx"), written(workspace, "baru.xlsx")
    decide(workspace, filled(new, (BOS[0], TAGGED)))
    late = decide(workspace, filled(old, (BOS[0], {"Keputusan": "tidak relevan", "Alasan keputusan": "x"})), hour=1)

    assert ([finding.code for finding in late.findings], late.table) == (["tag-review-stale"], None)
    assert held(workspace, BOS[0])[0][:2] == ("ditandai", "keputusan")


def test_the_same_workbook_sent_twice_decides_once(workspace: Workspace) -> None:
    path = filled(written(workspace), (BOS[0], TAGGED))
    decide(workspace, path)
    again = decide(workspace, path, hour=1)

    assert again.table is None
    assert len([one for one in workspace.lake.live() if one.kind == DECISION_KIND]) == 1


def _not_excel(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 not a workbook")


def _without_state(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active.delete_cols(17, 3)
    book.save(path)


def _emptied(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active.delete_rows(1, book.active.max_row)
    book.save(path)


def _with_a_persons_number(path: Path) -> None:
    filled(path, (BOS[0], {**TAGGED, "Alasan keputusan": "usul warga 7206014107900001"}))


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "0" * 50_000_000)


@pytest.mark.parametrize("spoil", [_not_excel, _without_state, _emptied, _with_a_persons_number, _bomb])
def test_a_spoilt_workbook_is_refused_by_name_and_decides_nothing(
    workspace: Workspace, spoil: Callable[[Path], None]
) -> None:
    path = written(workspace)
    spoil(path)

    with pytest.raises(FileRefused) as caught:
        decide(workspace, path)

    assert path.name in str(caught.value)
    assert not [one for one in workspace.lake.live() if one.kind == DECISION_KIND]


def test_a_budget_file_is_no_review(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "lain.csv"
    path.write_text("Kode,Nama,Pagu\n1,2,3\n", encoding="utf-8")

    with pytest.raises(ReviewRefused):
        decide(workspace, path)


@pytest.mark.parametrize("by", ["", "  ", "7206014107900001"])
def test_a_decision_needs_a_role_and_no_persons_number(workspace: Workspace, by: str) -> None:
    with pytest.raises(RoleMissing):
        decide(workspace, written(workspace), by=by)


def test_a_locked_year_keeps_its_tags_and_takes_no_decision_until_it_is_opened(workspace: Workspace) -> None:
    decide(workspace, filled(written(workspace), (BOS[0], TAGGED)))
    path = filled(written(workspace, "b.xlsx"), (CLINIC, TAGGED))
    before = analysis_of(workspace)
    lock_tags(workspace, before, by="Ketua TKPK", why="RAT ditetapkan", at=MORNING + timedelta(hours=1))
    locked = analysis_of(workspace)

    columns = ["tag", "origin", "dimension", "strategy", "directness", "reason", "rule", "share", "held_because"]
    assert locked.frame.select(columns).equals(before.frame.select(columns))
    with pytest.raises(TagsLocked) as caught:
        decide(workspace, path, hour=2)
    assert caught.value.values["why"] == "RAT ditetapkan"
    with pytest.raises(TagsLocked):
        lock_tags(workspace, locked, by="Ketua TKPK", why="lagi", at=MORNING)
    open_tags(workspace, locked, by="Ketua TKPK", why="salah strategi", at=MORNING + timedelta(hours=3))
    with pytest.raises(TagsNotLocked):
        open_tags(workspace, analysis_of(workspace), by="Ketua TKPK", why="lagi", at=MORNING)
    # The lock is part of what a row was when it was shown no more than anything else: the sheet still fits.
    assert decide(workspace, path, hour=4).decided == 1
    assert held(workspace, CLINIC) == [("ditandai", "keputusan", "1", 90_00)]


def test_a_locked_tag_does_not_follow_a_changed_rule(workspace: Workspace) -> None:
    lock_tags(workspace, analysis_of(workspace), by="Ketua TKPK", why="RAT ditetapkan", at=MORNING)
    folder = workspace.folder / "parameters"
    folder.mkdir()
    source = Path(__file__).parents[3] / "src" / "nangkis" / "parameters" / "data" / "penandaan_aturan.yaml"
    rules = source.read_text(encoding="utf-8")
    (folder / source.name).write_text(
        rules.replace("id: biaya-pribadi-murid, order: 20", "id: biaya-pribadi-murid, order: 99")
    )

    assert held(open_workspace(workspace.folder), KITS[0]) == [("ditandai", "aturan", "1", 40_00)]


def test_a_line_that_came_after_the_lock_is_still_proposed(workspace: Workspace) -> None:
    lock_tags(workspace, analysis_of(workspace), by="Ketua TKPK", why="RAT ditetapkan", at=MORNING)
    later: tuple[Line, ...] = ((EDUCATION, "1.01.02.2.02.28", "Pengadaan Perlengkapan Siswa", 10),)
    accept(workspace.lake, budget_frame(later, stage="apbd"), name="apbd.xlsx")

    found = budget_of(workspace, CENDANA, 2026, stage=Stage.APBD, on=TODAY)
    assert found.frame.select("tag", "origin").row(0) == ("ditandai", "aturan")


def test_a_plan_made_with_decisions_lists_their_table_and_every_number_holds(workspace: Workspace) -> None:
    half = {**TAGGED, "Bagian (persen)": 50}
    off = {"Keputusan": "ditangguhkan", "Alasan keputusan": "Menunggu data"}
    done = decide(workspace, filled(written(workspace), (BOS[0], half), (CLINIC, off)))
    folder = workspace.folder / "keluar"
    words = ["rpkd", str(CENDANA), "--year", "2026", "--out", str(folder), "-w", str(workspace.folder)]
    made = CliRunner().invoke(app, [*words, "--period", "2026-2030", "--as-of", TODAY.isoformat()])
    assert made.exception is None, repr(made.exception)
    (document,) = folder.iterdir()
    verified = CliRunner().invoke(app, ["verify", str(document), "-w", str(workspace.folder), "--json"])

    assert (made.exit_code, verified.exit_code) == (0, 0), made.output + verified.output
    assert done.table is not None
    (record,) = workspace.runs_folder.glob("*/record.json")
    assert done.table.id in record.read_text(encoding="utf-8")
