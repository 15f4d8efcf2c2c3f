"""Boundary files: regions are told by code and name, invalid borders are mended and told, nothing vanishes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.reading import SheetOutcome
from nangkis.lake.manifest import Reading
from nangkis.regions.boundaries import SCHEMA
from nangkis.vocabulary.codes import CodeSystem
from tests.rooms.intake.files import read


BPS = CodeSystem("bps", 2020)


def square(left: float, bottom: float, side: float = 1.0) -> list[list[list[float]]]:
    """A polygon of four corners."""
    right, top = left + side, bottom + side
    return [[[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]]


def feature(name: str | None, code: str | None, rings: Any, kind: str = "Polygon") -> dict[str, Any]:
    geometry = None if rings is None else {"type": kind, "coordinates": rings}
    return {"type": "Feature", "properties": {"KODE": code, "NAMA": name}, "geometry": geometry}


MOROWALI = feature("Morowali", "7203", square(121, -3))
POSO = feature("Poso", "7204", square(120, -3))


def read_features(folder: Path, *features: dict[str, Any], **said: Any) -> SheetOutcome:
    path = folder / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    (outcome,) = read(path, **said)
    return outcome


def reading(outcome: SheetOutcome) -> Reading:
    assert outcome.refusal is None, outcome.refusal
    assert outcome.reading is not None
    return outcome.reading


def codes(outcome: SheetOutcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


def test_a_region_is_told_by_its_code_and_its_name(tmp_path: Path) -> None:
    found = reading(read_features(tmp_path, MOROWALI, POSO, codes=BPS))

    assert found.frame.schema == SCHEMA
    # BPS' 7203 is Kemendagri's 72.06, and BPS' 7204 is 72.02.
    assert found.frame["region"].to_list() == ["kemendagri-2025:72.06", "kemendagri-2025:72.02"]
    assert found.frame["_row"].to_list() == [2, 3]
    assert (found.rows_in, found.rows_frame, found.rows_accepted, found.rows_refused) == (1 + 2, 1, 2, 0)
    assert found.owner == "kemendagri-2025:72"
    assert json.loads(found.frame["geometry"][0])["coordinates"] == [square(121, -3)]


def test_the_code_system_is_inferred_only_when_it_alone_fits(tmp_path: Path) -> None:
    outcome = read_features(tmp_path, MOROWALI, POSO)

    assert [repair.code for repair in outcome.repairs] == ["codes-inferred"]
    assert reading(outcome).about["codes"].startswith("bps")


def test_a_code_that_contradicts_its_name_is_refused(tmp_path: Path) -> None:
    wrong = feature("Morowali", "7204", square(121, -3))  # BPS' 7204 is Poso
    outcome = read_features(tmp_path, wrong, POSO, codes=BPS)

    assert "region-code-contradicts-name" in codes(outcome)
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)


def test_a_lake_or_forest_is_no_region(tmp_path: Path) -> None:
    outcome = read_features(tmp_path, MOROWALI, feature("Danau", "7288", square(120, -2)), codes=BPS)

    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert "region-code-unknown" in codes(outcome)


def test_codes_that_several_names_share_are_not_used(tmp_path: Path) -> None:
    provinces = [feature(name, "91", square(130 + place, -3)) for place, name in enumerate(("Papua", "Papua Tengah"))]
    outcome = read_features(tmp_path, *provinces)

    assert reading(outcome).frame["region"].to_list() == ["kemendagri-2025:91", "kemendagri-2025:94"]
    assert "border-codes-repeated" in codes(outcome)


def test_a_p_code_is_read_without_its_letters(tmp_path: Path) -> None:
    outcome = read_features(tmp_path, feature("Morowali", "ID7203", square(121, -3)), codes=BPS)

    assert reading(outcome).frame["region"].to_list() == ["kemendagri-2025:72.06"]
    assert [(repair.code, repair.count) for repair in outcome.repairs] == [("code-letters-dropped", 1)]


def test_a_border_that_crosses_itself_is_mended_and_told(tmp_path: Path) -> None:
    bow = [[[121, -3], [122, -2], [122, -3], [121, -2], [121, -3]]]  # two triangles that meet in one point
    outcome = read_features(tmp_path, feature("Morowali", "7203", bow), codes=BPS)

    polygons = json.loads(reading(outcome).frame["geometry"][0])["coordinates"]
    assert len(polygons) == 2
    assert [(repair.code, repair.at) for repair in outcome.repairs] == [("border-mended", "features!C2")]
    # The signed area of a bow is nothing: mending changed it by far more than two percent.
    assert "border-changed" in codes(outcome)


def test_a_mended_border_of_nearly_the_same_area_is_not_doubted(tmp_path: Path) -> None:
    # A spike of no width leaves the square and comes back.
    spiked = [[[121, -3], [122, -3], [122, -2.5], [123, -2.5], [122, -2.5], [122, -2], [121, -2], [121, -3]]]
    outcome = read_features(tmp_path, feature("Morowali", "7203", spiked), codes=BPS)

    assert outcome.repairs[0].code == "border-mended"
    assert "border-changed" not in codes(outcome)


@pytest.mark.parametrize(
    ("rings", "kind", "code"),
    [
        (None, "Polygon", "border-absent"),
        ([[121, -3], [122, -3]], "LineString", "border-no-area"),
        (square(500_000, 9_700_000), "Polygon", "border-not-degrees"),  # metres of a national grid
        (square(-3, 121), "Polygon", "border-not-degrees"),  # latitude first
        ([[[121, -3], [121, -3], [121, -3], [121, -3]]], "Polygon", "border-broken"),
    ],
)
def test_a_region_without_a_usable_border_is_named(tmp_path: Path, rings: Any, kind: str, code: str) -> None:
    outcome = read_features(tmp_path, feature("Morowali", "7203", rings, kind), POSO, codes=BPS)

    flaw = next(finding for finding in outcome.findings if finding.code == code)
    assert (flaw.at, flaw.values) == ("features!C2", {"name": "Morowali"})
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)


def test_regions_that_a_nearly_whole_province_lacks_are_named(tmp_path: Path) -> None:
    # All of Sulawesi Tengah's thirteen but Palu.
    names = (
        *("Banggai Kepulauan", "Banggai", "Morowali", "Poso", "Donggala", "Toli-Toli", "Buol", "Parigi Moutong"),
        *("Tojo Una-Una", "Sigi", "Banggai Laut", "Morowali Utara"),
    )
    numbered = [
        feature(name, f"72{place:02}", square(120 + place / 10, -3, 0.1)) for place, name in enumerate(names, 1)
    ]
    outcome = read_features(tmp_path, *numbered, codes=BPS)

    missing = next(finding for finding in outcome.findings if finding.code == "border-regions-missing")
    assert missing.values == {"count": 1, "place": "Sulawesi Tengah", "names": "Kota Palu"}


def test_neighbours_keep_one_border_when_it_is_simplified(tmp_path: Path) -> None:
    # A shared border of a hundred small steps, far finer than the detail that is kept.
    steps = [[121 + (place % 2) * 0.0002, -3 + place / 100] for place in range(101)]
    west = [[[120, -3], *steps, [120, -2], [120, -3]]]
    east = [[[122, -2], *steps[::-1], [122, -3], [122, -2]]]
    outcome = read_features(tmp_path, feature("Poso", "7204", west), feature("Morowali", "7203", east), codes=BPS)

    rings = [json.loads(text)["coordinates"][0][0] for text in reading(outcome).frame["geometry"]]
    shared = [{tuple(point) for point in ring if 120.9 < point[0] < 121.1} for ring in rings]
    assert shared[0] == shared[1]
    assert 2 <= len(shared[0]) < 101 / 2
    simplified = next(repair for repair in outcome.repairs if repair.code == "border-simplified")
    assert simplified.count == 2


def test_topojson_gives_the_same_borders_as_geojson(tmp_path: Path) -> None:
    path = tmp_path / "batas.topojson"
    # Both squares of MOROWALI and POSO: the arc 0 between them is shared, and one of them runs along it backwards.
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [120, -3]},
        "arcs": [[[1, 0], [0, 1]], [[1, 1], [1, 0], [0, -1], [-1, 0]], [[1, 1], [-1, 0], [0, -1], [1, 0]]],
        "objects": {
            "kab": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"KODE": "7203", "NAMA": "Morowali"}},
                    {"type": "Polygon", "arcs": [[0, 2]], "properties": {"KODE": "7204", "NAMA": "Poso"}},
                ],
            }
        },
    }
    path.write_text(json.dumps(topology), encoding="utf-8")
    (outcome,) = read(path, codes=BPS)

    found = [json.loads(text)["coordinates"][0][0] for text in reading(outcome).frame["geometry"]]
    corners = [{tuple(point) for point in ring} for ring in found]
    assert corners == [{tuple(point) for point in square(left, -3)[0]} for left in (121, 120)]


def test_a_file_without_names_is_refused_with_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "batas.geojson"
    nameless = {
        "type": "Feature",
        "properties": {"LUAS": 3},
        "geometry": {"type": "Polygon", "coordinates": square(1, 1)},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [nameless]}), encoding="utf-8")
    (outcome,) = read(path)

    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.values["seen"]) == ("boundary-columns-unknown", "LUAS")


def test_a_number_of_a_person_stops_a_boundary_file_too(tmp_path: Path) -> None:
    outcome = read_features(tmp_path, feature("Morowali", "7206014107850001", square(121, -3)), codes=BPS)

    assert outcome.refusal is not None
    assert outcome.refusal.code == "personal-data"
