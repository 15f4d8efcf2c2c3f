"""Every split of the register on the real tables: what its old whole and its parts go on as."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import spoken
from nangkis.content.tree import Document, Missing, Paragraph, Table, figures_of_document, values_of_block
from nangkis.diagnosis.border_words import border_blocks
from nangkis.diagnosis.borders import OverBorders, over_borders
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.judging import Movement
from nangkis.diagnosis.poverty_gap import PovertyGap, poverty_gap
from nangkis.diagnosis.trend import Change
from nangkis.indicators.catalogue import indicators
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions.families import Family, families
from nangkis.regions.register import is_fictional, place
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.units import Unit
from tests.rooms.indicators.lakes import Row, accept


ON = date(2026, 11, 1)
FAMILIES = [family for family in families() if not is_fictional(family.root)]
COLUMNS = {"POV.P0": "p0", "POV.N": "miskin_ribu", "POV.P1": "p1", "POV.P2": "p2"}


def of_2025(folder: Path) -> list[Row]:
    with (folder / "kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        (code, str(place(Region.parse(f"bps-2025:{row['bps_2025']}")).region), 2025, float(row[column]))
        for row in rows
        for code, column in COLUMNS.items()
    ]


@pytest.fixture(scope="module")
def snapshot(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """P0 of 2010-2018, P0, N, P1, P2 and the poverty line of 2025, the population, and the provinces of 2015-2025."""
    folder, lake = shared_data / "02_indikator", Lake(tmp_path_factory.mktemp("lake"))
    accept(lake, of_2025(folder), layout="indicator_wide")
    bps = Request(codes=CodeSystem.parse("bps-2020"))
    files = [
        (folder / "kabkota" / name, bps) for name in ("miranti_p0_514_2010_2018_wide.csv", "grdp_pop_514_2000_2017.csv")
    ]
    files += [(file, Request()) for file in sorted((folder / "provinsi/bps_miskin_provinsi_2015_2025").glob("*.csv"))]
    files += [(file, Request()) for file in (folder / "kabkota/garis_kemiskinan_2011_2025").glob("Garis*2025.csv")]
    for file, request in files:
        for outcome in read_file(file, request, parameters=packaged(), on=ON):
            assert outcome.reading is not None, file
            lake.accept(outcome.reading, source_file=file, at=datetime(2026, 11, 1, tzinfo=UTC), by="Ratna")
    return lake.snapshot()


def of(snapshot: Snapshot, code: str) -> Diagnosis:
    return diagnose(snapshot, Region.parse(code), parameters=packaged(), on=ON)


def whole(found: Diagnosis, indicator: str) -> OverBorders:
    told = over_borders(found.judged, indicators()[indicator], found.region)
    assert isinstance(told, OverBorders)
    return told


def values(told: OverBorders) -> dict[int, float | None]:
    return {one.fact.year: one.fact.value for one in told.old}


@pytest.fixture(scope="module")
def morowali(snapshot: Snapshot) -> Diagnosis:
    return of(snapshot, "kemendagri:72.06")


def test_old_morowali_goes_on_from_2010_to_2025(morowali: Diagnosis) -> None:
    found = values(whole(morowali, "POV.P0"))

    assert [found[year] for year in range(2010, 2015)] == [20.27, 18.85, 17.25, 15.92, 14.97]
    assert found[2015] == pytest.approx((15.80 * 113_130 + 16.91 * 117_670) / (113_130 + 117_670))
    assert found[2018] is None  # neither the number of poor people nor the population of that year is in any table
    poor, people = 13.65 + 14.78, 13.65 / 0.1038 + 14.78 / 0.1039
    assert found[2025] == pytest.approx(100 * poor / people, abs=0.01)


def test_its_course_is_that_of_march_only(morowali: Diagnosis) -> None:
    course = whole(morowali, "POV.P0").course

    assert course is not None
    assert isinstance(course.change, Change)
    assert (course.change.first.year, course.change.last.year) == (2015, 2025)
    assert course.change.verdict is Movement.IMPROVING


def test_the_population_of_morowali_was_computed_again_by_its_source(snapshot: Snapshot) -> None:
    found = diagnose(snapshot, Region.parse("kemendagri:72.06"), parameters=packaged(), on=ON, codes=["DEM.POP"])

    (paragraph,) = border_blocks(found, found.trends[0])
    assert isinstance(paragraph, Paragraph)
    assert spoken(paragraph.sentences[0], "id").endswith(
        "menghitung ulang angka sebelum pemekaran dalam batas sekarang."
    )


def test_old_papua_of_2025_is_the_sum_of_its_four_provinces(snapshot: Snapshot) -> None:
    found = of(snapshot, "kemendagri:91")

    poor, share = values(whole(found, "POV.N")), whole(found, "POV.P0")
    four = [
        found.facts.value("POV.N", Region.parse(f"kemendagri-2025:{code}"), 2025) for code in ("91", "93", "94", "95")
    ]
    assert poor[2025] == pytest.approx(sum(one.number for one in four if one is not None))
    assert poor[2023] == 915.15
    assert share.course is not None
    assert isinstance(share.course.change, Change)
    assert share.course.change.change == pytest.approx(25.47 - 28.17, abs=0.01)
    assert share.course.change.verdict is Movement.IMPROVING


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.root.digits)
def test_every_value_of_every_split_is_right_or_says_why_it_is_missing(snapshot: Snapshot, family: Family) -> None:
    for member in family.members:
        found = of(snapshot, str(member))
        blocks = [block for course in found.trends for block in border_blocks(found, course)]
        for table in (block for block in blocks if isinstance(block, Table)):
            for row in table.rows:
                assert all(isinstance(cell, Figure | Missing) for cell in row.cells[1:])
        assert all(
            spoken(value, language) for block in blocks for value in values_of_block(block) for language in LANGUAGES
        )
        if blocks and isinstance(blocks[0], Paragraph):
            title = blocks[0].sentences[0]
            assert figures_of_document(Document(title, title, tuple(blocks))) is not None


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.root.digits)
def test_the_whole_of_a_split_lies_between_its_parts(snapshot: Snapshot, family: Family) -> None:
    found = of(snapshot, str(family.root))
    told = over_borders(found.judged, indicators()["POV.P0"], found.region)
    if not isinstance(told, OverBorders):
        return
    for one in told.old:
        parts = [found.facts.value("POV.P0", Region.parse(unit), one.fact.year) for unit, _ in one.parts]
        known = [part.value for part in parts if part is not None and part.value is not None]
        if one.fact.value is not None:
            assert min(known) - 0.005 <= one.fact.value <= max(known) + 0.005


def test_the_gap_of_morowali_is_ten_billion_a_year(morowali: Diagnosis) -> None:
    told = poverty_gap(morowali)

    assert isinstance(told, PovertyGap)
    rupiah = 1.07 / 100 * 603_022 * 12 * 13_650 / 0.1038
    assert told.gap.unit is Unit.BILLION_RUPIAH
    assert told.gap.value == pytest.approx(rupiah / 1e9)
    assert round(float(told.gap.value), told.gap.places) == 10.2
