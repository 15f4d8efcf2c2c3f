"""Real borders: all 514 kabupaten and kota become a map, the lakes and forests between them do not."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.content.charts import Area, Map, Shade
from nangkis.content.sentences import sentence
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.store import Lake
from nangkis.outputs.charts import chart_svg
from nangkis.parameters.loader import packaged
from nangkis.regions.boundaries import borders_of
from nangkis.regions.register import regencies
from nangkis.vocabulary.codes import CodeSystem, Region
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.units import Unit


DAY = date(2026, 11, 5)
REGENCIES = "DERIVED_kabkota_hdx_bps2020_simplified_12pct.topojson"
NATION, PROVINCE = Region.parse("kemendagri:00"), Region.parse("kemendagri:72")
MEGABYTE = 1_000_000


def read(path: Path, codes: CodeSystem | None = None) -> SheetOutcome:
    (outcome,) = read_file(path, Request(codes=codes), parameters=packaged(), on=DAY)
    assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    return outcome


@pytest.fixture(scope="module")
def borders(shared_data: Path) -> Path:
    return shared_data / "05_batas"


@pytest.fixture(scope="module")
def lake(borders: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    found = Lake(tmp_path_factory.mktemp("lake"))
    reading = read(borders / REGENCIES, CodeSystem("bps", 2020)).reading
    assert reading is not None
    found.accept(reading, source_file=borders / REGENCIES, at=datetime(2026, 11, 5, tzinfo=UTC), by="Ibu Ratna")
    return found


@pytest.mark.parametrize("file", [REGENCIES, "DERIVED_kabkota_hdx_bps2020_simplified_4pct.topojson"])
def test_all_regencies_are_accepted_and_the_eight_that_are_none_refused(borders: Path, file: str) -> None:
    outcome = read(borders / file, CodeSystem("bps", 2020))

    assert (outcome.rows_accepted, outcome.rows_refused) == (514, 8)  # lakes, reservoirs and a forest
    assert outcome.reading is not None
    assert outcome.reading.frame["region"].n_unique() == 514
    assert not any(finding.code in {"border-changed", "border-regions-missing"} for finding in outcome.findings)


@pytest.mark.parametrize(
    "file", ["indonesia-38-provinces.geojson", "indonesia-38-provinces.topo.json", "big_adm1_38prov_simplified.geojson"]
)
def test_all_provinces_are_told_by_name_where_codes_are_shared_or_absent(borders: Path, file: str) -> None:
    outcome = read(borders / file)

    assert (outcome.rows_accepted, outcome.rows_refused) == (38, 0)
    shared = [finding for finding in outcome.findings if finding.code == "border-codes-repeated"]
    assert len(shared) == (0 if file.startswith("big") else 1)  # the other two give 91 to four provinces


@pytest.mark.parametrize(("whole", "count", "most"), [(PROVINCE, 13, 1), (NATION, 514, 2)])
def test_a_map_of_real_borders_is_small_enough_to_hand_out(lake: Lake, whole: Region, count: int, most: int) -> None:
    places = regencies(whole)
    found = borders_of(lake.snapshot(), [here.region for here in places]).outlines
    words = sentence("outputs.heading", number=Label("–"), title=Label("–"))
    areas = tuple(Area(Label(here.name), Shade.MIDDLE, None, words, found[here.region]) for here in places)
    start = time.perf_counter()

    svg = chart_svg(Map(Unit.PERCENT, (), areas, named=whole == PROVINCE), language="id")

    assert len(areas) == count
    assert len(svg.encode()) < most * MEGABYTE
    assert time.perf_counter() - start < 20  # 1 to 3 seconds on a machine of its own
