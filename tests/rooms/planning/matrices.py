"""The matrix of a region from files of its own making, and what its tables say."""

from __future__ import annotations

from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Cell, Missing, Table
from nangkis.documents.materials import gather
from nangkis.parameters.loader import packaged
from nangkis.planning.matrix import Matrix, matrix_of
from nangkis.workspace.opened import Workspace
from tests.rooms.planning.imports import REGION, TODAY


SOCIAL, HOUSING = "1.06.0.00.0.00.01.0000 Dinas Sosial", "1.04.0.00.0.00.01.0000 Dinas Perumahan"
AID = "1.06.05.2.02.0006 Fasilitasi Bantuan Sosial Kesejahteraan Keluarga"  # directly
WATER = "1.03.03.2.01.0028 Pembangunan Sistem Penyediaan Air Minum (SPAM) Jaringan Perpipaan"  # indirectly
PLANNED = "S1;Menurunnya kemiskinan;{code};Perlindungan Sosial;{name};%;8;8;8;8;8;9;9;9;9;9;9;9"
DETAILS = "OPD;Sub Kegiatan;Pagu;Indikator Keluaran;Target;Sumber Dana"


def made(workspace: Workspace, *, years: tuple[int, ...] = (), year: int = 2026) -> Matrix:
    snapshot = workspace.lake.snapshot()
    found = gather(snapshot, REGION, years=years, year=year, stage=None, parameters=packaged(), on=TODAY)
    assert found.budget is not None
    return matrix_of(
        snapshot,
        found.diagnosis,
        found.ties,
        found.budget,
        plan=found.ceilings,
        locations=found.locations,
        plan_years=found.plan_years,
        parameters=packaged(),
        on=TODAY,
    )


def tables_of(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def told(cell: Cell, language: str = "id") -> str:
    return spoken(cell.reason if isinstance(cell, Missing) else cell, language, bare=True)  # type: ignore[arg-type]


def heads(table: Table) -> list[str]:
    return [spoken(column.title, "id") for column in table.columns]


def notes(table: Table) -> list[str]:
    return [note.code.removeprefix("planning.") for note in table.notes]


def plan_row(of: str, code: str = "1.06.05", name: str = "Keluarga data") -> str:
    return f"{of.replace(' ', ';', 1)};{PLANNED.format(code=code, name=name)}"
