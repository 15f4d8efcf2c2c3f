"""What the RPJMD promises for the problems found stands in chapters IV and VI, and leads to its cell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Empty, Missing, Table
from nangkis.documents.closing import monitoring
from nangkis.documents.materials import Materials, gather
from nangkis.documents.programmes import targets
from nangkis.example import names
from nangkis.example.province import example_files
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Ordinal
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


REGION = Region.parse("contoh:90.05")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FILES = example_files(seed=2026, language="id")


def materials(folder: Path, *files: str) -> Materials:
    """Take in some files of the example province."""
    for name in files:
        (folder / name).write_bytes(FILES[name])
    workspace = open_workspace(folder / "kerja")
    paths = [folder / name for name in files]
    rules = ImportRules(Request(region=None))
    for done in import_files(workspace, paths, rules=rules, at=NOON, on=NOON.date(), by="Sri"):
        assert done.outcome.refusal is None, done.outcome.refusal
    return gather(workspace.lake.snapshot(), REGION, year=None, stage=None, parameters=packaged(), on=NOON.date())


def table_of(blocks: tuple[Block, ...]) -> Table:
    (table,) = (block for block in blocks if isinstance(block, Table))
    return table


@pytest.fixture(scope="module")
def with_plan(tmp_path_factory: pytest.TempPathFactory) -> Materials:
    return materials(tmp_path_factory.mktemp("plan"), names.WIDE, names.RPJMD)


def test_each_problem_has_its_base_the_nations_target_and_those_of_the_plan(with_plan: Materials) -> None:
    table = table_of(targets(with_plan))

    assert [spoken(column.title, "id") for column in table.columns][-5:] == ["2025", "2026", "2027", "2028", "2029"]
    (row,) = table.rows  # the percentage of the poor is the one problem of these files
    assert [spoken(cell, "id", bare=True) for cell in row.cells[-5:]] == ["16,5", "15,7", "14,9", "14,1", "13,3"]  # type: ignore[arg-type]
    assert all(isinstance(cell, Figure) for cell in row.cells[-5:])
    base, base_year, nation, nation_year = row.cells[2:6]
    assert [spoken(base, "id", bare=True), spoken(nation, "id", bare=True)] == ["17,28", "5"]  # type: ignore[arg-type]
    assert isinstance(base, Figure)
    assert isinstance(nation, Figure)
    assert (base_year, nation_year) == (Ordinal(2025), Ordinal(2029))
    assert not any(isinstance(block, Empty) for block in targets(with_plan))


def test_the_last_target_is_what_is_watched(with_plan: Materials) -> None:
    table = table_of(monitoring(with_plan))

    assert [spoken(cell, "id", bare=True) for cell in table.rows[0].cells] == [  # type: ignore[arg-type]
        "Persentase penduduk miskin", "persen", "17,28", "2025", "13,3", "2029",
    ]  # fmt: skip
    assert [type(cell) for cell in table.rows[0].cells[2:]] == [Figure, Ordinal, Figure, Ordinal]
    assert any("program RPJMD" in spoken(source, "id") for source in table.sources)


def test_without_a_plan_both_say_what_is_wanted(tmp_path: Path) -> None:
    found = materials(tmp_path, names.WIDE)
    blocks = targets(found)

    assert isinstance(table_of(blocks).rows[0].cells[-1], Missing)
    assert "RPJMD" in spoken(next(block for block in blocks if isinstance(block, Empty)).do, "id")
    assert isinstance(table_of(monitoring(found)).rows[0].cells[-1], Missing)
