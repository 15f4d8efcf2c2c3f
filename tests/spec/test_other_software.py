"""Slopes, places, own lines and nearest regions against other software's numbers, to the ninth decimal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from statistics import median
from typing import Any

import polars as pl
import pytest
from scipy.spatial import cKDTree
from scipy.stats import norm, rankdata, theilslopes

from nangkis.diagnosis.course import LINE, courses
from nangkis.diagnosis.effectiveness import effectiveness
from nangkis.diagnosis.peers import nearest
from nangkis.diagnosis.rules import rules_on
from nangkis.diagnosis.slopes import slopes
from nangkis.diagnosis.standing import ranked
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.vocabulary.codes import Region
from tests.spec.test_further_answers import LIKENESS, standard


LINE_SCHEMA: dict[str, Any] = dict.fromkeys(LINE, pl.Float64) | {
    "series": pl.UInt32, "indicator": pl.String, "region": pl.String, "period": pl.String, "year": pl.Int32,
    "good": pl.Int8, "grows": pl.Boolean,
}  # fmt: skip


def test_slopes_and_their_intervals_are_those_of_scipy() -> None:
    chance = Random(1968)  # noqa: S311 - a seed, so that the series are the same every time
    series = {
        number: [
            (year, round(chance.gauss(0, 1), chance.randint(0, 3)) + 0.0)  # few decimals: equal values are frequent
            for year in sorted(chance.sample(range(2000, 2030), chance.randint(2, 16)))
        ]
        for number in range(300)
    }
    rows = [(number, *point) for number, points in series.items() for point in points]
    table = pl.DataFrame(rows, schema={"series": pl.Int32, "year": pl.Int32, "y": pl.Float64}, orient="row")

    found = {row["series"]: row for row in slopes(table, level=0.95).iter_rows(named=True)}

    assert set(found) == set(series)
    for number, points in series.items():
        other = theilslopes([y for _, y in points], [year for year, _ in points], 0.95)
        ours = [found[number][name] for name in ("slope", "slope_low", "slope_high")]
        assert ours == pytest.approx([other.slope, other.low_slope, other.high_slope], abs=1e-9)


def test_places_in_an_order_are_the_ranks_of_scipy() -> None:
    chance = Random(2020)  # noqa: S311 - a seed, so that the values are the same every time
    fields = [[round(chance.uniform(5, 15), 1) for _ in range(chance.randint(2, 38))] for _ in range(50)]  # with ties
    rows = [(group, number, -1, value, 1.0) for group, field in enumerate(fields) for number, value in enumerate(field)]
    schema = {"group": pl.Int32, "region": pl.Int32, "good": pl.Int8, "value": pl.Float64, "error": pl.Float64}

    found = ranked(pl.DataFrame(rows, schema=schema, orient="row"), level=0.95).sort("group", "region")

    assert found["place"].to_list() == [place for field in fields for place in rankdata(field, method="min").tolist()]


def test_the_own_line_and_its_scatter_are_those_of_scipy() -> None:
    chance = Random(1950)  # noqa: S311 - a seed, so that the series are the same every time
    years = list(range(2014, 2024))
    series = [
        [20 + chance.gauss(-0.3, 0.2) * step + chance.gauss(0, 1) for step in range(len(years))] for _ in range(50)
    ]
    rows = [
        (number, "X", f"{number:02}", "tahun", year, value, 0.0, -1, False, 0.0, 0.0)
        for number, line in enumerate(series)
        for year, value in zip(years, line, strict=True)
    ]
    table = pl.DataFrame(rows, schema=LINE_SCHEMA, orient="row")
    no_breaks = pl.DataFrame(schema={"indicator": pl.String, "period": pl.String, "break": pl.Int32})
    paced = courses(table, no_breaks, z=1.96, level=0.95, fewest=3)

    found = effectiveness(table, paced, z=1.96, fewest=3).sort("region")

    for line, row in zip(series, found.iter_rows(named=True), strict=True):
        other = theilslopes(line[:-1], years[:-1], method="joint")
        off = [value - other.slope * year - other.intercept for value, year in zip(line, years[:-1], strict=False)]
        scatter = median([abs(one) for one in off]) * 1.4826
        middle = sum(years[:-1]) / 9
        far = 1 / 9 + (2023 - middle) ** 2 / sum((year - middle) ** 2 for year in years[:-1])
        assert row["expected"] == pytest.approx(other.intercept + other.slope * 2023, abs=1e-9)
        assert row["expected_error"] == pytest.approx(scatter * far**0.5, abs=1e-9)


def test_the_quantile_of_a_test_is_that_of_scipy() -> None:
    assert rules_on(packaged(), date(2026, 11, 24)).design.z == pytest.approx(norm.ppf(0.975), abs=1e-9)


def test_the_nearest_regions_are_those_of_a_tree_of_neighbours() -> None:
    chance = Random(2018)  # noqa: S311 - a seed, so that the values are the same every time
    here = [
        str(place.region) for place in register.regencies(Region.parse("kemendagri:35")) if "Kota" not in place.name
    ]
    values = {code: [chance.uniform(1, 100) for _ in here] for code in ("DEM.URBAN", "DEV.PKD")}
    rows = [
        (code, region, 2020, value, "regency")
        for code, column in values.items()
        for region, value in zip(here, column, strict=True)
    ]
    schema = {"indicator": pl.String, "region": pl.String, "year": pl.Int32, "value": pl.Float64, "level": pl.String}
    likeness = replace(LIKENESS, peers=5, traits=(("DEM.URBAN", False), ("DEV.PKD", False)))

    found = nearest(pl.DataFrame(rows, schema=schema, orient="row"), likeness)

    points = list(zip(*(standard(column) for column in values.values()), strict=True))
    distances, places = cKDTree(points).query(points, k=6)
    for number, region in enumerate(here):
        ours = found.filter(pl.col("region") == region).sort("nearness")
        assert ours["peer"].to_list() == [here[place] for place in places[number][1:]]
        assert ours["distance"].to_list() == pytest.approx(list(distances[number][1:]), abs=1e-9)
