"""Maps: borders fit the page, classes are told by shade and hatching and in the key, and no place vanishes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from nangkis.content.charts import Map, Outline, Shade, Tiles, figures_of, map_or_tiles
from nangkis.outputs import tokens
from nangkis.outputs.charts import chart_png, chart_spec, chart_svg
from nangkis.outputs.drawing.plane import fitted, flattened, hatching, middle_of
from nangkis.outputs.drawing.roles import SHADES
from tests.rooms.outputs.chart_samples import SUBJECT, area, layers, places, square, texts


def spec_of(chart: Map) -> dict[str, Any]:
    return chart_spec(chart, language="id", width_mm=160)


def shapes(spec: dict[str, Any]) -> dict[str, list[Any]]:
    """The coordinates of each filled layer, by its colour."""
    return {
        layer["mark"]["fill"]: [row["geometry"]["coordinates"] for row in layer["data"]["values"]]
        for layer in layers(spec, "geoshape")
        if "fill" in layer["mark"]
    }


def test_each_class_has_its_shade_and_stands_in_the_key() -> None:
    spec = spec_of(places())

    assert {colour: len(drawn) for colour, drawn in shapes(spec).items()} == dict.fromkeys(SHADES.values(), 1)
    assert {f"kelas {shade}" for shade in Shade} <= {row["text"] for row in texts(spec)}


def test_where_nothing_can_be_said_the_place_is_hatched() -> None:
    spec = spec_of(replace(places(), classes=()))
    ((outer,),) = shapes(spec)[SHADES[Shade.NONE]][0]
    left, right = min(x for x, _ in outer), max(x for x, _ in outer)
    (hatched,) = [layer for layer in layers(spec, "rule") if layer["mark"]["color"] == tokens.QUIET]
    lines = hatched["data"]["values"]

    assert len(lines) > 10
    assert all(left - 0.1 <= row["x"] <= right + 0.1 and left - 0.1 <= row["x2"] <= right + 0.1 for row in lines)


def test_hatching_leaves_holes_and_the_outside_free() -> None:
    ring = [(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0), (0.0, 0.0)]
    hole = [(10.0, 10.0), (10.0, 20.0), (20.0, 20.0), (20.0, 10.0), (10.0, 10.0)]

    middles = [((x + x_end) / 2, (y + y_end) / 2) for (x, y), (x_end, y_end) in hatching([[ring, hole]], every=3)]

    assert middles
    assert all(0 < x < 30 and 0 < y < 30 for x, y in middles)
    assert not any(10 < x < 20 and 10 < y < 20 for x, y in middles)


def test_names_and_values_are_written_and_a_missing_value_is_a_dash() -> None:
    said = [row["text"] for row in texts(spec_of(places()))]

    assert {"5,00", "7,00", "Pulau Karang", "\N{EM DASH}"} <= set(said)
    assert any(SUBJECT.endswith(text) for text in said)


def test_the_region_itself_has_a_thick_border_and_a_bold_name() -> None:
    spec = spec_of(places())
    own = [layer for layer in layers(spec, "geoshape") if "fill" not in layer["mark"]]

    assert len(own) == 1
    assert own[0]["mark"]["strokeWidth"] > 1
    assert {row["mark"]["fontWeight"] for row in texts(spec) if row["text"] in SUBJECT and row["text"]} == {"bold"}


def test_a_nation_s_map_writes_no_names_but_the_region_s_own() -> None:
    said = {row["text"] for row in texts(spec_of(replace(places(), named=False)))}

    assert not {"Pulau Karang", "Teluk Sagu"} & said
    assert any(text and text in SUBJECT for text in said)


def test_a_place_without_a_border_is_named_below_the_map() -> None:
    chart = places()
    lost = area("Lembah Terpencil", Shade.DARK, Outline(()), value=20.25)
    said = " ".join(row["text"] for row in texts(spec_of(replace(chart, areas=(*chart.areas, lost)))))

    assert "Tanpa batas, tidak tergambar: Lembah Terpencil 20,25" in said


def test_without_any_border_the_map_becomes_tiles_in_the_same_classes() -> None:
    chart = places()
    bare = replace(chart, areas=tuple(replace(each, outline=Outline(())) for each in chart.areas))

    tiles = map_or_tiles(bare)

    assert isinstance(tiles, Tiles)
    assert [tile.role for tile in tiles.tiles] == list(Shade)
    assert map_or_tiles(chart) is chart
    fills = [layer["mark"]["fill"] for layer in layers(chart_spec(tiles, language="id", width_mm=160), "rect")]
    assert fills == [SHADES[shade] for shade in Shade]
    assert {one.key for one in figures_of(tiles)} == {one.key for one in figures_of(chart)}


def test_a_map_fits_its_page_and_keeps_its_proportions() -> None:
    wide = [square(100, 0), square(109, 0)]
    plane, across, down = fitted(wide, 400, 300)

    assert across == pytest.approx(400)
    assert down == pytest.approx(40, rel=0.01)  # ten degrees by one, at the equator
    corners = [spot for outline in wide for polygon in flattened(outline, plane) for ring in polygon for spot in ring]
    assert all(-0.1 <= x <= 400.1 and -0.1 <= y <= down + 0.1 for x, y in corners)


def test_far_from_the_equator_a_degree_along_a_parallel_is_narrower() -> None:
    _, across, down = fitted([square(100, 59.5)], 400, 400)

    assert across / down == pytest.approx(0.5, rel=0.01)  # cos 60 degrees


def test_neighbours_share_their_border_on_paper() -> None:
    outlines = [square(120.0001, -3), square(121.0001, -3)]
    plane, _, _ = fitted(outlines, 400, 400)
    west, east = ({spot for polygon in flattened(each, plane) for spot in polygon[0]} for each in outlines)

    assert len(west & east) == 2


def test_a_place_too_small_for_its_outline_is_a_square_in_its_shade() -> None:
    chart = places()
    tiny = area("Pulau Titik", Shade.DARKEST, square(123, -3.5, 0.0001))
    spec = spec_of(replace(chart, areas=(*chart.areas, tiny)))

    squares = [layer for layer in layers(spec, "point") if layer["mark"]["shape"] == "square"]
    assert [layer["mark"]["fill"] for layer in squares] == [SHADES[Shade.DARKEST]]


def test_a_name_is_anchored_inside_a_crooked_place() -> None:
    # A horseshoe: the middle of its box lies outside of it.
    ring = [(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (20.0, 30.0), (20.0, 10.0), (10.0, 10.0), (10.0, 30.0), (0.0, 30.0)]
    x, y = middle_of([[[*ring, ring[0]]]])

    assert 0 < x < 30
    assert y < 10 or x < 10 or x > 20


def test_a_hole_stays_open_whichever_way_its_ring_turns() -> None:
    outer = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0))
    hole = ((1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0))
    for inner in (hole, hole[::-1]):
        outline = Outline(((outer, inner),))
        plane, _, _ = fitted([outline], 100, 100)
        ((big, small),) = flattened(outline, plane)
        turns = [sum(x * y_on - x_on * y for (x, y), (x_on, y_on) in pairwise(ring)) for ring in (big, small)]
        assert turns[0] * turns[1] < 0


def test_every_drawn_number_is_a_figure_of_the_document() -> None:
    assert len({one.key for one in figures_of(places())}) == len(Shade) - 1


def test_a_map_becomes_a_picture_and_one_without_places_is_a_bug_of_its_maker() -> None:
    assert chart_png(places(), language="en").startswith(b"\x89PNG")
    assert chart_svg(places(), language="id").startswith("<svg")
    with pytest.raises(ValueError, match="needs a place"):
        spec_of(replace(places(), areas=()))
