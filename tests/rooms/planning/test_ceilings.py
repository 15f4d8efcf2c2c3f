"""The money of the RPJMD is a ceiling of the programme: shown once, never added, and held against the budget."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.budget.schema import Stage
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Bullets, Empty, Table
from nangkis.documents.materials import gather
from nangkis.documents.programmes import matrix
from nangkis.documents.rpkd import Period, make_rpkd
from nangkis.intake.request import Request as ImportRequest
from nangkis.parameters.loader import packaged
from nangkis.planning.ceilings import ceilings_of
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.making import write_document
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.record import Request
from nangkis.workspace.tracing import follow
from nangkis.workspace.verifying import verify


REGION = Region.parse("kemendagri-2025:72.06")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGU = "OPD;Sub Kegiatan;Pagu\n1.06.0.00.0.00.01.0000 Dinas Sosial;1.06.05.2.02.0001 Pendataan Fakir Miskin;{amount}\n"
HEADER = (
    "kode_skpd;nama_skpd;kode_program;nama_program;indikator;satuan;target_awal;target_1;target_2;target_3;target_4;"
    "target_5;target_akhir;pagu_1;pagu_2;pagu_3;pagu_4;pagu_5"
)
OFFICE = "1.06.0.00.0.00.01.0000;Dinas Sosial;1.06.05;Program Perlindungan Sosial"
# Two indicators of one programme repeat its money; a third leaves it blank.
PLAN = (
    f"{OFFICE};Keluarga terdata;persen;80;82;84;86;88;90;90;100;200;300;400;500",
    f"{OFFICE};Keluarga dibantu;KK;10;20;30;40;50;60;60;100;200;300;400;500",
    f"{OFFICE};Pengaduan selesai;persen;70;75;80;85;90;meningkat;95;;;;;",
)


def imported(folder: Path, *, amount: int, plan: bool = True) -> Workspace:
    """Take in a budget line of 2026 and, when wanted, the plan of 2025-2029."""
    (folder / "pagu.csv").write_text(PAGU.format(amount=amount), encoding="utf-8")
    (folder / "rpjmd.csv").write_text("\n".join((HEADER, *PLAN)) + "\n", encoding="utf-8")
    workspace = open_workspace(folder / "kerja")
    said = {"pagu.csv": ImportRequest(region=REGION, year=2026, stage=Stage.RKPD)}
    if plan:
        said["rpjmd.csv"] = ImportRequest(region=REGION, year=2025)
    for name, request in said.items():
        done = import_files(workspace, [folder / name], rules=ImportRules(request), at=NOON, on=NOON.date(), by="Sri")
        assert done[0].table is not None, done[0].outcome.refusal
    return workspace


def blocks_of(workspace: Workspace) -> tuple[Block, ...]:
    snapshot = workspace.lake.snapshot()
    return matrix(gather(snapshot, REGION, year=None, stage=None, parameters=packaged(), on=NOON.date()))


def five_years(workspace: Workspace) -> tuple[Table, Table]:
    """Return the table of targets and that of money, the second and third of the matrix's four."""
    tables = [block for block in blocks_of(workspace) if isinstance(block, Table)]
    assert len(tables) == 4
    return tables[1], tables[2]


def test_money_stands_once_for_the_programme_and_can_be_traced_to_its_cell(tmp_path: Path) -> None:
    workspace = imported(tmp_path, amount=150)

    targets, money = five_years(workspace)

    assert (len(targets.rows), len(money.rows)) == (3, 2)  # three indicators; the programme and its one sub kegiatan
    figures = [cell for cell in money.rows[0].cells if isinstance(cell, Figure)]
    assert [figure.value for figure in figures] == [100 * 100, 200 * 100, 300 * 100, 400 * 100, 500 * 100]
    traced = [follow(workspace, one) for figure in figures for one in figure.origin.inputs]
    assert [cell.cell for each in traced for cell in each.cells] == ["N2", "O2", "P2", "Q2", "R2"]


@pytest.mark.parametrize(("amount", "over"), [(200, 0), (201, 1)])
def test_a_budget_above_the_ceiling_of_its_year_is_told(tmp_path: Path, amount: int, over: int) -> None:
    bullets = [block for block in blocks_of(imported(tmp_path, amount=amount)) if isinstance(block, Bullets)]
    told = [spoken(item, "id") for block in bullets for item in block.items]

    # The ceiling of 2026, the second year, is Rp200. The plan's other years are above this whole budget: told as well.
    assert sum("terhadap pagu" in item for item in told) == over
    if over:
        assert "Rp201" in told[0]


def test_without_a_plan_the_five_years_say_what_would_fill_them(tmp_path: Path) -> None:
    workspace = imported(tmp_path, amount=150, plan=False)

    assert ceilings_of(workspace.lake.snapshot(), REGION) is None
    (empty,) = (block for block in blocks_of(workspace) if isinstance(block, Empty))
    assert "RPJMD belum ada" in spoken(empty.why, "id")


def test_the_plan_with_its_five_years_holds(tmp_path: Path) -> None:
    workspace = imported(tmp_path, amount=150)
    made = write_document(workspace, Request("rpkd", str(REGION), "id", NOON.date(), None, None, None), tmp_path)

    found = verify(workspace, made.path)

    assert found.holds
    # Five ceilings; three indicators with a start and five targets, one of them a word.
    assert sum(figure.key.startswith("rpjmd/") for figure in found.figures) == 5 + 3 * 6 - 1


@pytest.mark.parametrize(
    ("day", "period", "wanted"),
    [
        ("2026-11-24", None, "tahun 2025–2029 menurut RPJMD"),
        ("2025-01-01", None, "tahun 2025–2029 menurut RPJMD"),
        ("2030-01-01", None, "(periode rencana belum disebut)"),  # the RPJMD at hand has ended
        ("2026-11-24", Period(2026, 2030), "tahun 2026–2030"),
    ],
)
def test_the_cover_has_the_years_of_the_rpjmd_in_force(
    tmp_path: Path, day: str, period: Period | None, wanted: str
) -> None:
    made = make_rpkd(
        imported(tmp_path, amount=150).lake.snapshot(), REGION, period=period, year=None, stage=None,
        parameters=packaged(), on=date.fromisoformat(day),
    )  # fmt: skip

    assert spoken(made.subtitle, "id").endswith(wanted)
