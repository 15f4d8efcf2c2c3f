"""A position held against what was asked for: the class, the regions and the line follow; nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.charts import SortedBars
from nangkis.content.tree import Marked, Paragraph, Picture, Table
from nangkis.diagnosis.against import ComparisonMeaningless, check_against, held_against
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks, diagnosis_summary, position_picture
from nangkis.diagnosis.position import Against
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.worlds import ON, codes_in, diagnosed, drawn, said
from tests.rooms.indicators.lakes import accept


# 90.01 stands at the province (20), far above the nation (10) and above its peers, 90.02 to 90.06, who spend alike.
WORLD = """
      | POV.P0 2025
00    | 10.00
90    | 20.00
90.01 | 20.00
90.02 | 8.00
90.03 | 9.00
90.04 | 10.00
90.05 | 11.00
90.06 | 12.00
90.07 | 40.00
90.08 | 41.00
"""
SPENDING = """
      | DEV.PKD 2025
90.01 | 8000
90.02 | 8001
90.03 | 8002
90.04 | 8003
90.05 | 8004
90.06 | 8005
90.07 | 20000
90.08 | 20001
"""


def world(folder: Path) -> Diagnosis:
    lake = Lake(folder)
    accept(lake, drawn(WORLD))
    accept(lake, drawn(SPENDING), title="Pengeluaran", period="tahun")
    return diagnose(lake.snapshot(), Region.parse("contoh:90.01"), parameters=packaged(), on=ON)


def lead_codes(folder: Path, against: Against) -> list[str]:
    found = held_against(world(folder), against)
    (summary,) = diagnosis_summary(found)
    assert isinstance(summary, Paragraph)
    return codes_in(summary.sentences[0])


@pytest.mark.parametrize(
    ("against", "standing"),
    [
        (Against.PROVINCE, "class.province.equal"),
        (Against.NATION, "class.nation.worse"),
        (Against.PEERS, "class.peers.worse"),
    ],
)
def test_the_class_in_the_lead_is_against_what_was_asked_for(tmp_path: Path, against: Against, standing: str) -> None:
    assert standing in lead_codes(tmp_path, against)


def test_against_the_nation_every_row_of_the_table_says_its_class_against_it(tmp_path: Path) -> None:
    found = held_against(world(tmp_path), Against.NATION)

    (table,) = [
        one for one in diagnosis_blocks(found) if isinstance(one, Table) and one.title.code == "position.table"
    ][:1]

    told = {row.cells[0]: codes_in(row.cells[3].words) for row in table.rows if isinstance(row.cells[3], Marked)}
    assert told[Label("Kabupaten Contoh Barat")] == ["class.nation.worse"]
    assert told[Label("Kabupaten Contoh Selatan")] == ["class.nation.equal"]


def test_against_peers_the_bars_are_the_peers_and_the_line_is_their_mean(tmp_path: Path) -> None:
    found = held_against(world(tmp_path), Against.PEERS)

    picture = position_picture(found, "POV.P0")

    assert picture is not None
    assert isinstance(picture.chart, SortedBars)
    assert [float(bar.figure.value) for bar in picture.chart.bars] == [8, 9, 10, 11, 12, 20]
    (line,) = picture.chart.lines
    assert line.role == "peers"
    assert float(line.figure.value) == pytest.approx((8 + 9 + 10 + 11 + 12) / 5)
    table = next(one for one in diagnosis_blocks(found) if isinstance(one, Table))
    assert "paling mirip dengan Kabupaten Contoh Barat menurut kelompok pulau" in said(table.notes[0])
    assert len(table.rows) == 5 + 1 + 1


def test_a_region_without_peers_says_why_and_shows_no_others(tmp_path: Path) -> None:
    found = held_against(diagnosed(tmp_path, "      | POV.P0 2025\n90.01 | 20.00\n90.02 | 8.00"), Against.PEERS)

    assert [one for one in diagnosis_blocks(found) if isinstance(one, Picture)] == []
    (summary,) = diagnosis_summary(found)
    assert isinstance(summary, Paragraph)
    assert [one.code for one in summary.sentences][:2] == ["position.lead.alone", "peers.none"]


@pytest.mark.parametrize(
    ("region", "against", "codes", "refused"),
    [
        ("contoh:90", Against.PROVINCE, [], "against-of-province"),
        ("contoh:90", Against.PEERS, [], "against-of-province"),
        ("contoh:00", Against.NATION, [], "against-nation-itself"),
        ("contoh:90.01", Against.PEERS, ["POV.N"], "against-of-count"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(region: str, against: Against, codes: list[str], refused: str) -> None:
    with pytest.raises(ComparisonMeaningless) as refusal:
        check_against(place(Region.parse(region)), against, codes)
    assert refusal.value.code == refused
    check_against(place(Region.parse("contoh:90")), Against.NATION, ["POV.P0"])
