"""Promises of all verdicts together, from values to classes, for any values whatever."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from polars.testing import assert_frame_equal

from nangkis.diagnosis.judged import Judged, judge
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.facts import Facts
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.vocabulary.codes import CodeSystem, Region
from tests.rooms.diagnosis.worlds import ON, PROVINCE
from tests.rooms.intake.files import accepted, read_text


P0 = "POV.P0"
REGIONS = [str(place.region) for place in register.regencies(Region.parse("contoh-2026:90"))][:5]
YEARS = range(2018, 2024)
TABLES = ("values", "courses", "standings", "alignments", "lines", "paces", "peers", "beside")
ORDER = {"worse": 0, "equal": 1, "better": 2}
SCHEMA: dict[str, Any] = {
    "indicator": pl.String, "region": pl.String, "year": pl.Int32, "period": pl.String, "value": pl.Float64,
    "places": pl.Int8, "missing": pl.String, "standard_error": pl.Float64, "_table": pl.String,
    "losers": pl.List(pl.String),
}  # fmt: skip

percents = st.integers(100, 4900).map(lambda hundredths: hundredths / 100)
lines = st.lists(percents, min_size=len(YEARS), max_size=len(YEARS))
worlds = st.lists(lines, min_size=len(REGIONS) + 1, max_size=len(REGIONS) + 1)  # the province's last
few = settings(max_examples=8)  # each judges a world of its own


def chosen(world: list[list[float]]) -> pl.DataFrame:
    rows = [
        (P0, region, year, "maret", value, 2, None, None, "t", None)
        for region, line in zip((*REGIONS, PROVINCE), world, strict=True)
        for year, value in zip(YEARS, line, strict=True)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def judged(table: pl.DataFrame) -> Judged:
    march, preference = packaged().on("bulan_survei_pasti", ON), packaged().on("source_preference", ON)
    return judge(Facts(table, (), preference.use, {}, march.use), rules_on(packaged(), ON), codes=[P0])


@few
@given(worlds, st.integers(0, 1000))
def test_no_verdict_depends_on_the_order_of_rows(world: list[list[float]], seed: int) -> None:
    table = chosen(world)
    order = list(range(table.height))
    Random(seed).shuffle(order)  # noqa: S311 - any order will do

    one, other = judged(table), judged(table[order])

    for name in TABLES:
        assert_frame_equal(getattr(one, name), getattr(other, name), check_row_order=name == "values")


@few
@given(worlds, st.integers(1, 99))
def test_a_better_last_value_never_worsens_a_class_or_a_place(world: list[list[float]], hundredths: int) -> None:
    own, *others = world
    better = [[*own[:-1], own[-1] - hundredths / 100], *others]

    before, after = (
        judged(chosen(one)).standings.filter(region=REGIONS[0]).row(0, named=True) for one in (world, better)
    )

    assert ORDER[after["province_class"]] >= ORDER[before["province_class"]]
    assert after["place"] <= before["place"]
    assert after["worst"] <= before["worst"]


@few
@given(worlds)
def test_the_provinces_own_value_has_no_gap_and_its_equals_are_equal(world: list[list[float]]) -> None:
    *regions, province = world

    found = judged(chosen([province, *regions[1:], province]))

    row = found.standings.filter(region=REGIONS[0]).row(0, named=True)
    assert (row["province_gap"], row["province_class"]) == (0, "equal")
    (line,) = found.alignments.filter(region=REGIONS[0], reference="province").rows(named=True)
    assert line["own_slope"] == line["reference_slope"]  # its movement may be surer: a province asks more households


@few
@given(worlds)
def test_regions_of_the_same_data_are_never_told_apart(world: list[list[float]]) -> None:
    one, _, *others = world

    found = judged(chosen([one, one, *others]))

    for name in ("standings", "courses", "lines", "paces", "beside"):
        rows = getattr(found, name).sort("region").drop("series", strict=False)
        first, second = (rows.filter(region=region).drop("region") for region in REGIONS[:2])
        assert_frame_equal(first, second)


PLACES = [register.place(Region.parse(f"kemendagri:{digits}")) for digits in ("72.01", "72.06", "72.12", "72.71")]
BPS = CodeSystem.parse("bps-2025")
PER_UNIT = {"ribu jiwa": 1000, "jiwa": 1, "juta jiwa": 1_000_000}


@pytest.mark.parametrize("unit", list(PER_UNIT))
def test_no_value_depends_on_the_codes_or_the_unit_of_its_file(tmp_path: Path, unit: str) -> None:
    people = [16_110, 23_800, 5_430, 184_430]
    own = written(tmp_path, [place.region.digits for place in PLACES], people, "ribu jiwa")
    other = written(tmp_path, [register.in_system(place.region, BPS).digits for place in PLACES], people, unit)

    assert own["value"].to_list() == pytest.approx([number / 1000 for number in people])
    assert_frame_equal(own, other, abs_tol=1e-6)


def written(folder: Path, codes: list[str], people: list[int], unit: str) -> pl.DataFrame:
    """Return what is read of a file of numbers of poor people that gives regions by these codes, in this unit."""
    rows = [
        f"{code},{place.name},{number / PER_UNIT[unit]}"
        for code, place, number in zip(codes, PLACES, people, strict=True)
    ]
    head = f"kode,kabupaten/kota,Jumlah Penduduk Miskin 2024 ({unit})"
    return accepted(read_text(folder, "\n".join([head, *rows, ""]))).frame.select(
        "indicator", "region", "year", "value"
    )


def test_nothing_is_compared_with_itself() -> None:
    nation = [(P0, "contoh-2026:00", year, "maret", 10.0, 2, None, None, "t", None) for year in YEARS]
    world = pl.concat([chosen([[12.0] * 6] * 6), pl.DataFrame(nation, schema=SCHEMA, orient="row")])

    found = {row["region"]: row for row in judged(world).standings.iter_rows(named=True)}

    assert (found[PROVINCE]["province_class"], found["contoh-2026:00"]["nation_class"]) == (None, None)
    assert found[PROVINCE]["nation_class"] is not None
