"""Chapters II to IV take up every dimension in its section, and its problems down to the targets and the monitoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.sentences import spoken
from nangkis.content.tree import Block, Document, Heading, Table, values_of_block
from nangkis.lake.store import Lake
from tests.rooms.documents.test_rpkd import rpkd
from tests.rooms.indicators.lakes import Row, accept


REGION = "contoh:90.01"
# Of each section one indicator; unemployment and growth lag behind the province.
VALUES = {
    "DEM.POP": (90000.0, 1000000.0),
    "ECO.LPE": (2.0, 5.0),
    "EMP.TPT": (20.0, 5.0),
    "DEV.IPM": (70.0, 71.0),
    "POV.P0": (10.0, 10.0),
    "POV.GINI": (0.3, 0.3),
    "EDU.HLS": (12.0, 13.0),
    "HLT.BIDAN": (80.0, 70.0),
    "INF.JAL": (60.0, 50.0),
    "FOD.IKP": (70.0, 70.0),
    "SOC.PKH": (40.0, 30.0),
}
PERIODS = {"EMP.": "agustus", "POV.": "maret"}


@pytest.fixture
def document(tmp_path: Path) -> Document:
    lake = Lake(tmp_path)
    for code, (own, above) in VALUES.items():
        rows: list[Row] = [
            (code, f"contoh-2026:{here}", 2025, value) for here, value in (("90.01", own), ("90", above))
        ]
        accept(lake, rows, title=code, period=PERIODS.get(code[:4], "tahun"))
    return rpkd(tmp_path, REGION)


def section(document: Document, number: str) -> list[Block]:
    """Return the blocks of a section, up to the next one."""
    found: list[Block] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            inside = block.number is not None and block.number.text == number
        elif inside:
            found.append(block)
    return found


def told(blocks: list[Block]) -> str:
    return "\n".join(spoken(value, "id") for block in blocks for value in values_of_block(block))


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("2.2", ["Jumlah penduduk"]),
        ("2.3", ["Pertumbuhan ekonomi"]),
        ("2.4", ["Tingkat pengangguran terbuka"]),
        ("2.5", ["Indeks pembangunan manusia"]),
        ("3.1", ["Persentase penduduk miskin", "Rasio gini"]),
        (
            "3.2",
            ["Harapan lama sekolah", "Desa dengan bidan", "Jalan dalam kondisi baik", "Indeks ketahanan pangan"],
        ),
        ("3.3", ["Cakupan PKH"]),
    ],
)
def test_each_section_has_the_table_of_its_dimension(document: Document, number: str, names: list[str]) -> None:
    blocks = section(document, number)

    assert [name for name in names if name not in told(blocks)] == []
    assert any(isinstance(block, Table) for block in blocks)


def test_basic_services_stand_under_a_heading_each(document: Document) -> None:
    titles = [spoken(block.title, "id") for block in section(document, "3.2") if isinstance(block, Heading)]

    assert titles == ["Pendidikan", "Kesehatan", "Infrastruktur dasar", "Ketahanan pangan"]


def test_a_problem_of_any_dimension_goes_down_to_targets_and_monitoring(document: Document) -> None:
    issues, targets, watched = (told(section(document, number)) for number in ("3.5", "4.1", "6.1"))

    for name in ("Tingkat pengangguran terbuka", "Pertumbuhan ekonomi"):
        assert name in issues
        assert name in targets
        assert name in watched
    assert "Desa dengan bidan" not in watched  # better than the province: no problem, and no measure of plans
    assert "Tanpa masalah menurut indikator yang dapat dinilai: kesehatan, infrastruktur dasar" in issues


def test_a_plan_with_every_dimension_is_the_same_each_time(tmp_path: Path, document: Document) -> None:
    assert rpkd(tmp_path, REGION) == document
