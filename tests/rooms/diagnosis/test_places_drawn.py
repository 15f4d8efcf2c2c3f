"""Quadrant and map of the regions beside each other: what is drawn, and what is said when it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.charts import Corner, Map, Outline, Quadrant, Shade, Tiles
from nangkis.diagnosis.map_exhibits import map_picture
from nangkis.diagnosis.place_exhibits import place_blocks
from nangkis.diagnosis.position import Against
from nangkis.diagnosis.quadrant_exhibits import quadrant_picture
from nangkis.regions.boundaries import Borders
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import diagnosed, said


# The province cuts at 20; the mean number of poor people is (40 + 10 + 40 + 10) / 4 = 25 thousand.
WORLD = """
      | POV.P0 2025 | POV.N 2025
00    | 8.00        | 900.00
90    | 20.00       | 100.00
90.01 | 40.00       | 40.00
90.02 | 40.00       | 10.00
90.03 | 5.00        | 40.00
90.04 | 20.00       | 10.00
90.05 | dash        | dash
"""
SQUARE = Outline((((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),)),))


def quadrant(folder: Path, against: Against | None = None) -> Quadrant:
    picture = quadrant_picture(diagnosed(folder, WORLD), "POV.P0", against)
    assert picture is not None
    assert isinstance(picture.chart, Quadrant)
    return picture.chart


def test_each_region_lies_in_its_corner_and_one_at_the_cut_in_none(tmp_path: Path) -> None:
    chart = quadrant(tmp_path)

    assert {point.label.text: point.corner for point in chart.points} == {
        "Contoh Barat": Corner.UPPER_RIGHT,
        "Contoh Timur": Corner.LOWER_RIGHT,
        "Contoh Utara": Corner.UNSURE,  # 40 thousand of 5 percent: too rough to tell it from the mean
        "Contoh Selatan": Corner.UNSURE,  # on the cut itself
    }
    assert [point.label.text for point in chart.points if point.is_subject] == ["Contoh Barat"]


def test_the_cuts_are_named_the_province_s_value_and_the_mean_of_a_number(tmp_path: Path) -> None:
    chart = quadrant(tmp_path)

    assert (said(chart.x_cut.label), chart.x_cut.figure.value) == ("Provinsi Nusa Contoh", 20.0)
    assert said(chart.y_cut.label) == "rata-rata daerah di Provinsi Nusa Contoh"
    assert float(chart.y_cut.figure.value) == pytest.approx((40 + 10 + 40 + 10) / 4)
    assert len(chart.y_cut.figure.origin.inputs) > 0


def test_against_the_nation_its_value_cuts(tmp_path: Path) -> None:
    assert quadrant(tmp_path, Against.NATION).x_cut.figure.value == 8.0


def test_without_the_other_indicator_or_for_a_nation_there_is_no_quadrant(tmp_path: Path) -> None:
    alone = diagnosed(tmp_path, "      | POV.P0 2025\n90    | 20.00\n90.01 | 40.00\n90.02 | 5.00")

    assert quadrant_picture(alone, "POV.P0") is None
    assert quadrant_picture(diagnosed(tmp_path / "nation", WORLD, "00"), "POV.P0") is None
    assert quadrant_picture(alone, "POV.GK") is None  # in no pair of the rule


def test_a_map_shades_the_classes_and_hatches_who_has_none(tmp_path: Path) -> None:
    regions = [Region.parse(f"contoh-2026:90.0{number}") for number in range(1, 6)]
    borders = Borders(dict.fromkeys(regions, SQUARE), ("batas.geojson",))

    picture = map_picture(diagnosed(tmp_path, WORLD), "POV.P0", borders)

    assert picture is not None
    assert isinstance(picture.chart, Map)
    shades = {area.label.text: area.shade for area in picture.chart.areas}
    assert shades["Contoh Barat"] is Shade.DARKEST
    assert shades["Contoh Utara"] is Shade.LIGHTEST
    assert shades["Contoh Selatan"] is Shade.MIDDLE
    assert shades["Contoh Hulu"] is Shade.NONE
    assert [shade for shade, _ in picture.chart.classes] == [
        Shade.LIGHTEST,
        Shade.MIDDLE,
        Shade.DARKEST,
        Shade.NONE,
    ]
    assert "batas: berkas batas.geojson" in [said(one) for one in picture.sources]


def test_without_borders_the_places_are_tiles_and_that_is_said(tmp_path: Path) -> None:
    picture = map_picture(diagnosed(tmp_path, WORLD), "POV.P0", Borders({}))

    assert picture is not None
    assert isinstance(picture.chart, Tiles)
    assert [tile.label.text for tile in picture.chart.tiles if tile.is_subject] == ["Contoh Barat"]
    assert "belum diimpor" in said(picture.alternative)


def test_a_number_of_people_has_no_class_and_so_no_map(tmp_path: Path) -> None:
    assert map_picture(diagnosed(tmp_path, WORLD), "POV.N", Borders({})) is None


def test_where_nothing_can_be_drawn_there_is_no_heading_either(tmp_path: Path) -> None:
    assert place_blocks(diagnosed(tmp_path, "      | POV.P0 2025\n90.01 | 20.00"), Borders({})) == ()
