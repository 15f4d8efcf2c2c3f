"""Slopes and nearest regions against other software's numbers, to the ninth decimal."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import polars as pl
import pytest
from scipy.spatial import cKDTree
from scipy.stats import theilslopes

from nangkis.diagnosis.peers import nearest
from nangkis.diagnosis.slopes import slopes
from nangkis.regions import register
from nangkis.vocabulary.codes import Region
from tests.spec.test_further_answers import LIKENESS, standard


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
