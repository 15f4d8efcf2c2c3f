"""Hostile boundary files: each is refused by name, within the limits on time and memory, and gives no table."""

from __future__ import annotations

import json
import math
import random
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.cells.boundary import read_boundaries
from nangkis.intake.limits import limits_on
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import FileRefused


DAY = date(2026, 11, 5)
LIMITS = limits_on(packaged(), DAY)
HEAD = '{"type":"FeatureCollection","features":['


def polygon(coordinates: Any) -> str:
    geometry = {"type": "Polygon", "coordinates": coordinates}
    feature = {"type": "Feature", "properties": {"NAMA": "Morowali", "KODE": "7203"}, "geometry": geometry}
    return HEAD + json.dumps(feature) + "]}"


BROKEN = {
    "cut off": polygon([[[1, 1], [2, 2], [3, 1], [1, 1]]])[:-9],
    "not a number": polygon([[[math.nan, 1], [2, 2], [3, 1], [1, 1]]]),
    "words for points": polygon([[["a", "b"], [2, 2], [3, 1], [1, 1]]]),
    "points of one number": polygon([[[1], [2], [3], [1]]]),
    "a number for a feature": HEAD + "7]}",
    "no list of features": '{"type":"FeatureCollection","features":7}',
    "a list of properties": HEAD + '{"type":"Feature","properties":[1],"geometry":null}]}',
    "a number of a million digits": polygon([[[1, 1]]]).replace("1]", "1" * 1_000_000 + "]"),
    "not UTF-8": polygon([]) + "\ud800",
    "arcs that are none": '{"type":"Topology","arcs":[[1,2]],"objects":{"a":{"type":"Polygon","arcs":[[0]]}}}',
    "a transform of words": '{"type":"Topology","arcs":[[[1,2]]],"transform":{"scale":"ab","translate":"cd"}}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_boundary_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "batas.geojson"
    path.write_bytes(BROKEN[name].encode("utf-8", "surrogatepass"))

    with pytest.raises(FileRefused) as refused:
        read_boundaries(path, LIMITS)

    assert refused.value.code == "boundary-broken"


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "batas.geojson"
    path.write_text(HEAD + "[" * 200_000, encoding="utf-8")

    (outcome,) = read_file(path, Request(), parameters=packaged(), on=DAY)

    assert outcome.refusal is not None
    assert outcome.refusal.code == "boundary-too-deep"


@pytest.mark.parametrize("kind", ["geojson", "topojson"])
def test_more_points_than_the_limit_are_refused_with_their_number(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"batas.{kind}"
    ring = [[1 + place / 1e6, 1] for place in range(1_000)]
    arcs = json.dumps({"type": "Topology", "arcs": [ring], "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}})
    path.write_text(arcs if kind == "topojson" else polygon([ring]), encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        read_boundaries(path, replace(LIMITS, boundary_points=999))

    assert refused.value.values["limit"] == "boundary_points"
    assert (refused.value.values["most"], refused.value.values["found"]) == (999, 1_000)


def test_one_arc_named_a_million_times_counts_each_time(tmp_path: Path) -> None:
    path = tmp_path / "batas.topojson"
    arc = [[place / 100, 1] for place in range(1_000)]
    rings = [[[0] * 1_000] * 1_000]  # a thousand million points out of a file of three megabytes
    topology = {"type": "Topology", "arcs": [arc], "objects": {"a": {"type": "MultiPolygon", "arcs": rings}}}
    path.write_text(json.dumps(topology), encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        read_boundaries(path, LIMITS)

    assert refused.value.values["limit"] == "boundary_points"


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a child is limited where the system can")
def test_a_border_that_crosses_itself_a_million_times_ends_with_the_limits(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same ring in every run
    ring = [[chance.uniform(95, 141), chance.uniform(-11, 6)] for _ in range(20_000)]
    path = tmp_path / "batas.geojson"
    path.write_text(polygon([[*ring, ring[0]]]), encoding="utf-8")
    start = time.perf_counter()

    with pytest.raises(FileRefused) as refused:
        read_boundaries(path, replace(LIMITS, seconds=5, memory_bytes=2 * 1024**3))

    assert refused.value.values["limit"] in {"seconds", "memory_bytes"}
    assert time.perf_counter() - start < 15  # the limit, and what a busy machine adds


def test_names_full_of_markup_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "batas.geojson"
    path.write_text(
        polygon([[[1, 1], [2, 2], [3, 1], [1, 1]]]).replace("Morowali", "=cmd|'/c'!A1 <b>"), encoding="utf-8"
    )

    (sheet,) = read_boundaries(path, LIMITS)

    assert sheet.columns[0].text.to_list() == ["NAMA", "=cmd|'/c'!A1 <b>"]
