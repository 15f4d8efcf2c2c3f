"""Tiles: every place stands once in its order, and a copy without colour says the same."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from nangkis.content.charts import Tile, Tiles, figures_of
from nangkis.content.sentences import sentence
from nangkis.outputs.charts import chart_png, chart_spec
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.units import Unit
from tests.rooms.outputs.sample import DISTRICTS, figure


ROLES = ("first", "second", "third")


def tiles(names: tuple[str, ...] = DISTRICTS) -> Tiles:
    return Tiles(tuple(_tile(name, place) for place, name in enumerate(names)))


def _tile(name: str, place: int) -> Tile:
    points = figure(f"points/{name}", 3 - place % 3, Unit.COUNT, 0)
    words = sentence("planning.locations.tile", priority=Label(str(place % 3 + 1)), points=points)
    return Tile(ROLES[place % 3], Label(name), words)


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_each_place_has_one_tile_in_its_order_and_none_covers_another() -> None:
    boxes = [layer["encoding"] for layer in marks(chart_spec(tiles(), language="id", width_mm=160), "rect")]
    spans = [{axis: box[axis]["value"] for axis in ("x", "x2", "y", "y2")} for box in boxes]

    assert len(spans) == len(DISTRICTS)
    assert spans == sorted(spans, key=lambda span: (span["y"], span["x"]))
    for one, other in itertools.pairwise(spans):
        assert one["x2"] < other["x"] or one["y2"] < other["y"]


def test_a_class_is_told_by_words_and_by_shade() -> None:
    spec = chart_spec(tiles(), language="id", width_mm=160)

    said = [row["text"] for layer in marks(spec, "text") for row in layer["data"]["values"]]
    assert [text for text in said if text.startswith("Kelas")] == [
        f"Kelas {place % 3 + 1}, {3 - place % 3} poin" for place in range(len(DISTRICTS))
    ]
    fills = [layer["mark"]["fill"] for layer in marks(spec, "rect")]
    lightness = [sum(int(fill[at : at + 2], 16) for at in (1, 3, 5)) for fill in fills]
    assert lightness[0] < lightness[1] - 100
    assert lightness[1] < lightness[2] - 100


def test_a_long_name_is_broken_and_makes_all_tiles_as_high() -> None:
    def height(chart: Tiles) -> float:
        return float(chart_spec(chart, language="id", width_mm=160)["height"])

    assert height(tiles(("Pulau Karang", "Kepulauan Tanah Karang Raya Sebelah Timur"))) > height(tiles(DISTRICTS[:2]))


def test_every_drawn_number_is_a_figure_of_the_document() -> None:
    assert [one.value for one in figures_of(tiles())] == [3, 2, 1, 3, 2, 1]


def test_tiles_become_a_picture_and_none_are_refused() -> None:
    assert chart_png(tiles(), language="en", width_mm=160).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="needs a tile"):
        chart_spec(Tiles(()), language="id", width_mm=160)
