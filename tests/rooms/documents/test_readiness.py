"""The readiness sheet says what can be seen in the tables, and calls nothing missing that no table can show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nangkis.budget.schema import Stage
from nangkis.content.tree import Block, Marked, Table, Verdict
from nangkis.documents.materials import gather
from nangkis.documents.readiness import readiness
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


REGION = Region.parse("kemendagri-2025:72.06")
HEADER = "OPD;Sub Kegiatan;Pagu"
PLANNING = "5.01.5.05.0.00.01.0000 Bappeda;5.01.02.2.01.0007 {name};520000000"


def sheet_of(folder: Path, name: str) -> tuple[Block, ...]:
    """Import one budget line of planning with this name, and return the sheet."""
    path = folder / "pagu.csv"
    path.write_text(f"{HEADER}\n{PLANNING.format(name=name)}\n", encoding="utf-8")
    workspace = open_workspace(folder / "kerja")
    rules = ImportRules(Request(region=REGION, year=2026, stage=Stage.RKPD))
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    (done,) = import_files(workspace, [path], rules=rules, at=at, on=at.date(), by="Sri")
    assert done.table is not None, done.outcome.refusal
    snapshot = workspace.lake.snapshot()
    return readiness(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=at.date()))


def statuses(blocks: tuple[Block, ...]) -> list[Verdict]:
    (table,) = (block for block in blocks if isinstance(block, Table))
    marks = [row.cells[-1] for row in table.rows]
    return [mark.verdict for mark in marks if isinstance(mark, Marked)]


def test_a_line_that_names_poverty_under_planning_is_seen(tmp_path: Path) -> None:
    said = statuses(sheet_of(tmp_path, "Koordinasi Penanggulangan Kemiskinan Daerah"))

    unsure, there, lacks = Verdict.UNSURE, Verdict.BETTER, Verdict.WORSE
    # decree, agenda, budget line, RPJMD (not imported), RPKD (this draft), RAT, LP2KD
    assert said == [unsure, unsure, there, lacks, unsure, unsure, unsure]


def test_a_budget_without_such_a_line_is_told(tmp_path: Path) -> None:
    assert statuses(sheet_of(tmp_path, "Koordinasi Penyusunan Dokumen Perencanaan"))[2] is Verdict.WORSE
