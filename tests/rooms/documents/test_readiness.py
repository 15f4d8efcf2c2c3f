"""The readiness sheet says what can be seen in the tables, and calls nothing missing that no table can show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
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
NAMED = "Koordinasi Penanggulangan Kemiskinan Daerah"
OTHER = "5.01.5.05.0.00.01.0000 Bappeda;5.01.02.2.01.0001 Penyusunan RKPD;1000"
RPJMD_HEADER = "nama_skpd;kode_program;indikator;satuan;" + ";".join(
    f"{what}_{year}" for what in ("target", "pagu") for year in range(1, 6)
)
RPJMD = "Dinas Sosial;1.06.05;Keluarga terdata;%;90;90;90;90;90;100;100;100;100;100"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLANNING = "5.01.5.05.0.00.01.0000 Bappeda;5.01.02.2.01.0007 {name};{amount}"


def sheet_of(folder: Path, name: str, *, amount: str = "520000000", rpjmd_from: int | None = None) -> tuple[Block, ...]:
    """Import a budget with one line of planning of this name, and an RPJMD when its first year is given."""
    workspace = open_workspace(folder / "kerja")
    (folder / "pagu.csv").write_text(
        f"{HEADER}\n{PLANNING.format(name=name, amount=amount)}\n{OTHER}\n", encoding="utf-8"
    )
    (folder / "rpjmd.csv").write_text(f"{RPJMD_HEADER}\n{RPJMD}\n", encoding="utf-8")
    said = {"pagu.csv": Request(region=REGION, year=2026, stage=Stage.RKPD)}
    if rpjmd_from is not None:
        said["rpjmd.csv"] = Request(region=REGION, year=rpjmd_from)
    for file, request in said.items():
        rules = ImportRules(request)
        (done,) = import_files(workspace, [folder / file], rules=rules, at=NOON, on=NOON.date(), by="Sri")
        assert done.table is not None, done.outcome.refusal
    snapshot = workspace.lake.snapshot()
    return readiness(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=NOON.date()))


def statuses(blocks: tuple[Block, ...]) -> list[Verdict]:
    (table,) = (block for block in blocks if isinstance(block, Table))
    marks = [row.cells[-1] for row in table.rows]
    return [mark.verdict for mark in marks if isinstance(mark, Marked)]


def test_a_line_that_names_poverty_under_planning_is_seen(tmp_path: Path) -> None:
    said = statuses(sheet_of(tmp_path, NAMED))

    unsure, lacks = Verdict.UNSURE, Verdict.WORSE
    # decree, agenda, budget line (whose it is a person must say), RPJMD (not imported), RPKD (this draft), RAT, LP2KD
    assert said == [unsure, unsure, unsure, lacks, unsure, unsure, unsure]


def test_a_line_without_an_amount_is_no_budget_line_yet(tmp_path: Path) -> None:
    (table,) = (block for block in sheet_of(tmp_path, NAMED, amount="") if isinstance(block, Table))
    (mark,) = (cell for cell in table.rows[2].cells if isinstance(cell, Marked))

    assert spoken(mark.words, "id") == f"ada baris tanpa nilai: {NAMED}"


@pytest.mark.parametrize(
    ("first_year", "verdict"),
    [(2025, Verdict.BETTER), (2022, Verdict.BETTER), (2021, Verdict.WORSE), (2027, Verdict.WORSE)],
)
def test_an_rpjmd_of_other_years_is_not_the_one_in_force(tmp_path: Path, first_year: int, verdict: Verdict) -> None:
    assert statuses(sheet_of(tmp_path, NAMED, rpjmd_from=first_year))[3] is verdict


def test_a_budget_without_such_a_line_is_told(tmp_path: Path) -> None:
    assert statuses(sheet_of(tmp_path, "Koordinasi Penyusunan Dokumen Perencanaan"))[2] is Verdict.WORSE


def test_without_any_budget_nothing_is_said_of_an_imported_one(tmp_path: Path) -> None:
    snapshot = open_workspace(tmp_path / "kerja").lake.snapshot()
    (table,) = (
        block
        for block in readiness(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=NOON.date()))
        if isinstance(block, Table)
    )
    (mark,) = (cell for cell in table.rows[2].cells if isinstance(cell, Marked))

    assert mark.verdict is Verdict.UNSURE
    assert spoken(mark.words, "id") == "anggaran daerah ini tidak ada di ruang kerja; lampirkan buktinya"
