"""The dimensions of real regions on the table of 514 regencies, 2010-2018, and the growth of the provinces."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Empty, Paragraph, Table, figures_of_block, values_of_block
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.dimension_exhibits import dimension_blocks
from nangkis.diagnosis.issues import issue_blocks
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.dimensions import Dimension
from nangkis.intake.request import Request
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions.register import place
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.figures import Figure
from tests.real.test_diagnosis_real import ON, imported


PANEL = "02_indikator/kabkota/DERIVED_miranti_repaired_514_2010_2018.csv"
SPLIT = 2015  # from when on Morowali has the borders of today


@pytest.fixture(scope="module")
def snapshot(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    lake = Lake(tmp_path_factory.mktemp("lake"))
    imported(lake, shared_data / PANEL, Request(codes=CodeSystem.parse("bps-2020")))
    return lake.snapshot()


@pytest.fixture(scope="module")
def panel(shared_data: Path) -> dict[str, dict[int, dict[str, str]]]:
    """The rows of the file by code and year, read by another reader."""
    with (shared_data / PANEL).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, dict[int, dict[str, str]]] = {}
    for row in rows:
        found.setdefault(row["bps_2020"], {})[int(row["tahun"])] = row
    return found


def diagnosed(snapshot: Snapshot, code: str) -> Diagnosis:
    here = place(Region.parse(f"bps-2020:{code}")).region
    return diagnose(snapshot, here, parameters=packaged(), on=ON, codes=list(indicators()))


def row_of(blocks: tuple[Block, ...], indicator: str) -> tuple[object, ...]:
    (table,) = (block for block in blocks if isinstance(block, Table))
    name = indicators()[indicator].name["id"]
    return next(row.cells for row in table.rows if spoken(row.cells[0], "id").startswith(name))  # type: ignore[arg-type]


def test_growth_in_morowali_stands_with_its_last_value_and_pace_since_the_split(
    snapshot: Snapshot, panel: dict[str, dict[int, dict[str, str]]]
) -> None:
    growth = {year: float(row["pertumbuhan_pdrb"]) for year, row in panel["7203"].items()}
    found = diagnosed(snapshot, "7203")
    cells = row_of(dimension_blocks(found, Dimension.ECONOMY), "ECO.LPE")
    value, pace = (cell.value for cell in cells if isinstance(cell, Figure))

    assert value == growth[2018]
    assert float(pace) == pytest.approx((growth[2018] - growth[SPLIT]) / (2018 - SPLIT))
    assert [problem.indicator for problem in found.problems if problem.indicator.startswith("ECO.")] == (
        ["ECO.LPE"] if growth[2018] < growth[SPLIT] else []
    )


def test_every_dimension_of_many_regions_is_told_and_every_figure_has_its_table(
    snapshot: Snapshot, panel: dict[str, dict[int, dict[str, str]]]
) -> None:
    held = {manifest.id for manifest in snapshot.manifests}

    for code in sorted(panel)[::60]:
        found = diagnosed(snapshot, code)
        for dimension in Dimension:
            blocks = dimension_blocks(found, dimension)
            first = blocks[0]
            assert isinstance(first, Empty | Paragraph)
            assert not isinstance(first, Paragraph) or first.sentences
            assert all(
                spoken(value, language)
                for block in blocks
                for value in values_of_block(block)
                for language in LANGUAGES
            )
            figures = [figure for block in blocks for figure in figures_of_block(block)]
            assert {cell.table for figure in figures for cell in figure.origin.inputs} <= held
        assert bool(issue_blocks(found)) is bool(found.problems)
