from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nangkis.diagnosis.determinants import (
    GOVERNMENTS,
    RULE,
    DeterminantsRefused,
    Government,
    Node,
    below,
    may_act,
    trees,
)
from nangkis.indicators.catalogue import indicators
from nangkis.parameters.dated import OverrideRefused, Parameters
from nangkis.parameters.loader import from_folder, packaged
from nangkis.regions.register import Level


ON = date(2026, 1, 1)
MAIN = "POV.P0 HLT.AKB HLT.AKI HLT.STU EDU.APM.SD EDU.APM.SMP EDU.APM.SMA EMP.TPT INF.SAN FOD.POU FOD.FIES DEV.IPM"
SOURCE = {"title": "a guide", "place": "page 1", "url": None, "published": None, "kept_copy": None}


def node(indicator: str, *drivers: dict[str, Any], acts: tuple[str, ...] = ("kabupaten-kota",)) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "acts": list(acts),
        "source": "guide",
        "confidence": "recalled",
        "drivers": list(drivers),
    }


def region_with(folder: Path, *roots: dict[str, Any], sources: dict[str, Any] | None = None) -> Parameters:
    """Parameters of a region that keeps trees of its own."""
    value = {"sources": {"guide": SOURCE} if sources is None else sources, "trees": list(roots)}
    entry = {"value": value, "source": SOURCE, "confidence": "recalled", "verified": None}
    content = {"title": {"id": "pohon", "en": "trees"}, "unit": "trees", "values": {"2020-01-01": entry}}
    (folder / f"{RULE}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return packaged().with_overrides(from_folder(folder))


@pytest.mark.parametrize(
    "main",
    MAIN.split(),
)
def test_the_main_indicators_of_the_method_have_trees(main: str) -> None:
    root = trees(packaged(), ON)[main]

    assert root.indicator == main
    assert len(root.children) >= 4
    assert all(one.source.title and one.source.place for one in (root, *below(root)))


@pytest.mark.parametrize("method", ["LAMA", "SP2010", "LF"])
def test_the_index_rests_on_the_components_of_its_own_method(method: str) -> None:
    drivers = {child.indicator for child in trees(packaged(), ON)[f"DEV.IPM.{method}"].children}

    assert f"HLT.UHH.{method}" in drivers
    assert ("EDU.AMH" in drivers) == (method == "LAMA")
    assert ("EDU.HLS" in drivers) == (method != "LAMA")


def test_every_driver_says_who_may_act_and_stands_once_on_its_way_down() -> None:
    def walk(one: Node, above: tuple[str, ...]) -> None:
        assert one.acts, one.indicator
        assert one.indicator not in above
        for child in one.children:
            walk(child, (*above, one.indicator))

    for root in trees(packaged(), ON).values():
        walk(root, ())


def test_the_same_indicator_is_everywhere_the_same_governments_affair() -> None:
    acts: dict[str, set[tuple[Government, ...]]] = {}
    for root in trees(packaged(), ON).values():
        for one in (root, *below(root)):
            acts.setdefault(one.indicator, set()).add(one.acts)

    assert {code: found for code, found in acts.items() if len(found) > 1} == {}


def test_upper_secondary_school_is_the_provinces_affair() -> None:
    root = trees(packaged(), ON)["EDU.APM.SMA"]

    assert may_act(root.acts, Level.PROVINCE)
    assert not may_act(root.acts, Level.KABUPATEN)
    assert not may_act(root.acts, Level.KOTA)


def test_every_level_of_government_has_its_words() -> None:
    assert set(GOVERNMENTS) == set(Government)


def test_before_the_law_there_are_no_trees() -> None:
    assert trees(packaged(), date(2014, 10, 1)) == {}


def test_a_region_may_keep_trees_of_its_own(tmp_path: Path) -> None:
    own = region_with(tmp_path, node("POV.P0", node("INF.JAL", acts=("provinsi", "desa"))))

    (root,) = trees(own, ON).values()
    assert [child.indicator for child in root.children] == ["INF.JAL"]
    assert root.children[0].acts == (Government.VILLAGE, Government.PROVINCE)


BROKEN: dict[str, tuple[str, Callable[[], list[dict[str, Any]]]]] = {
    "an indicator that nobody knows": ("determinants-unknown", lambda: [node("POV.P0", node("POV.P9"))]),
    "an indicator that drives itself": (
        "determinants-circle",
        lambda: [node("POV.P0", node("EDU.RLS", node("POV.P0")))],
    ),
    "a driver twice": ("determinants-twice", lambda: [node("POV.P0", node("EDU.RLS"), node("EDU.RLS"))]),
    "a tree twice": ("determinants-twice", lambda: [node("POV.P0"), node("POV.P0")]),
    "a government that does not exist": ("determinants-broken", lambda: [node("POV.P0", acts=("kecamatan",))]),
    "nobody who may act": ("determinants-broken", lambda: [node("POV.P0", acts=())]),
    "a misspelt key": ("determinants-broken", lambda: [{**node("POV.P0"), "driver": []}]),
    "a missing key": (
        "determinants-broken",
        lambda: [{key: value for key, value in node("POV.P0").items() if key != "acts"}],
    ),
    "drivers that are no list": ("determinants-broken", lambda: [{**node("POV.P0"), "drivers": "EDU.RLS"}]),
    "a source that is not there": ("determinants-broken", lambda: [{**node("POV.P0"), "source": "hearsay"}]),
    "another confidence": ("determinants-broken", lambda: [{**node("POV.P0"), "confidence": "certain"}]),
    "a node that is a word": ("determinants-broken", lambda: [{**node("POV.P0"), "drivers": ["EDU.RLS"]}]),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_tree_is_refused_with_its_file_and_day(tmp_path: Path, what: str) -> None:
    code, roots = BROKEN[what]
    own = region_with(tmp_path, *roots())

    with pytest.raises(DeterminantsRefused) as refused:
        trees(own, ON)

    assert refused.value.code == code
    assert refused.value.values["file"] == f"{RULE}.yaml"
    assert refused.value.values["day"] == "2020-01-01"


def test_a_circle_is_shown_from_its_root_down(tmp_path: Path) -> None:
    own = region_with(tmp_path, node("POV.P0", node("EDU.RLS", node("POV.P0"))))

    with pytest.raises(DeterminantsRefused) as refused:
        trees(own, ON)

    assert refused.value.values["path"] == "POV.P0 > EDU.RLS > POV.P0"


@pytest.mark.parametrize("source", [{**SOURCE, "place": ""}, {"title": "a guide"}, {**SOURCE, "published": "soon"}])
def test_a_source_without_its_place_is_refused(tmp_path: Path, source: dict[str, Any]) -> None:
    own = region_with(tmp_path, node("POV.P0"), sources={"guide": source})

    with pytest.raises(DeterminantsRefused) as refused:
        trees(own, ON)

    assert refused.value.code == "determinants-broken"


def test_a_value_of_other_parts_is_refused(tmp_path: Path) -> None:
    own = region_with(tmp_path, node("POV.P0"))
    own.by_name[RULE][0].value["tree"] = []

    with pytest.raises(DeterminantsRefused) as refused:
        trees(own, ON)

    assert refused.value.code == "determinants-broken"


def test_a_list_in_place_of_the_trees_is_refused(tmp_path: Path) -> None:
    entry = {"value": ["POV.P0"], "source": SOURCE, "confidence": "recalled", "verified": None}
    content = {"title": {"id": "pohon", "en": "trees"}, "unit": "trees", "values": {"2020-01-01": entry}}
    (tmp_path / f"{RULE}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")

    with pytest.raises(OverrideRefused):
        packaged().with_overrides(from_folder(tmp_path))


def test_no_tree_drives_by_what_is_neither_better_nor_worse_alone() -> None:
    # A driver is told when it is worse than the province: one without a direction can only stand below one that has it.
    for root in trees(packaged(), ON).values():
        assert all(indicators()[child.indicator].direction != "context" for child in root.children)
