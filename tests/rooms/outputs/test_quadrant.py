"""Quadrant charts: labels keep apart, roles are told without colour, and every drawn number is a figure."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from nangkis.content.charts import Corner, figures_of
from nangkis.outputs.charts import chart_png, chart_spec
from nangkis.outputs.drawing.placing import Box, box_around, placed
from nangkis.outputs.drawing.roles import CORNERS
from tests.rooms.outputs.chart_samples import SUBJECT, layers, quadrant, texts


ROOM = Box(0, 0, 400, 300)
REACH = 4.0


def spec_of(count: int = 40) -> dict[str, Any]:
    chance = random.Random(count)  # noqa: S311 - the same cloud in every run
    return chart_spec(
        quadrant([(round(chance.gauss(12, 4), 2), round(chance.gauss(70, 4), 2)) for _ in range(count)]),
        language="id",
        width_mm=160,
    )


@pytest.mark.parametrize("seed", range(5))
def test_of_forty_labels_none_meets_another_or_a_point(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same cloud in every run
    spots = [(chance.gauss(200, 60), chance.gauss(150, 45)) for _ in range(40)]
    spots = [(min(max(x, 5), 395), min(max(y, 5), 295)) for x, y in spots]

    found = placed(spots, [(chance.uniform(25, 75), 11.5) for _ in spots], reach=REACH, room=ROOM)

    boxes = [each.box for each in found if each is not None]
    assert len(boxes) == 40
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    assert not any(box.meets(box_around(spot, REACH)) for box in boxes for spot in spots)
    assert all(box.lies_in(ROOM) for box in boxes)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 300)), min_size=1, max_size=40))
def test_whatever_the_points_labels_never_meet_and_a_moved_one_has_its_line(spots: list[tuple[float, float]]) -> None:
    found = placed(spots, [(60.0, 11.5)] * len(spots), reach=REACH, room=ROOM)

    present = [(spot, each) for spot, each in zip(spots, found, strict=True) if each is not None]
    assert not any(one.box.meets(other.box) for (_, one), (_, other) in itertools.combinations(present, 2))
    for spot, each in present:
        x, y = each.box.nearest(spot)
        is_near = max(abs(x - spot[0]), abs(y - spot[1])) <= REACH + 4
        assert is_near or (each.leader is not None and each.leader[0] == spot)


def test_names_are_written_once_and_the_same_in_every_run_and_what_is_left_out_is_said() -> None:
    spec = spec_of()
    names = [row["text"] for row in texts(spec) if row["mark"].get("strokeWidth") is None]

    written = [name for name in names if name in {point.label.text for point in quadrant().points}]
    assert len(written) == len(set(written)) == 36  # four would stand too far from their points
    assert spec == spec_of()
    assert "Nama titik yang tidak tertulis di sini ada di dalam tabelnya." in [row["text"] for row in texts(spec)]
    few = [row["text"] for row in texts(spec_of(12))]
    assert "Nama titik yang tidak tertulis di sini ada di dalam tabelnya." not in few


def test_where_there_are_too_many_names_only_the_region_s_own_is_written_and_that_is_said() -> None:
    written = [row["text"] for row in texts(spec_of(100))]

    assert SUBJECT in written
    assert not any(name.startswith("Pulau Karang") for name in written)
    assert "Nama titik yang tidak tertulis di sini ada di dalam tabelnya." in written


def test_corners_differ_by_shape_and_what_cannot_be_told_is_hollow() -> None:
    shapes = {(CORNERS[corner].shape, CORNERS[corner].filled) for corner in Corner}

    assert len(shapes) == len(Corner)
    hollow = [layer["mark"] for layer in layers(spec_of(), "point") if layer["mark"].get("fill") == "#FFFFFF"]
    assert hollow
    assert all(mark["shape"] == "circle" for mark in hollow)


def test_the_key_says_what_each_corner_means() -> None:
    written = {row["text"] for row in texts(spec_of())}

    assert {f"arti {corner}" for corner in Corner} <= written
    assert {"Provinsi 12,00", POVERTY_AXIS} <= written


POVERTY_AXIS = "Persentase penduduk miskin (persen)"


def test_every_drawn_number_is_a_figure_of_the_document() -> None:
    keys = {one.key for one in figures_of(quadrant())}

    assert {"cut/x", "cut/y", "x/0", "y/0", "x/0/error", "x/39", "y/39", "x/39/error"} <= keys
    assert len(keys) == 2 + 3 * 40


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_quadrant_becomes_a_picture(language: Any) -> None:
    assert chart_png(quadrant(), language=language).startswith(b"\x89PNG")


def test_one_point_on_both_cuts_can_be_drawn_and_none_is_a_bug_of_its_maker() -> None:
    assert chart_png(quadrant([(12.0, 70.0)] * 3), language="id").startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="needs a point"):
        chart_spec(quadrant([]), language="id", width_mm=160)
