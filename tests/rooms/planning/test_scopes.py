"""The rule that says what answers a problem is read strictly, and covers every indicator of the catalogue."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from nangkis.budget.names import budget_names
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.dimensions import Dimension, dimension_of, members
from nangkis.parameters.loader import packaged
from nangkis.planning.scopes import Scope, ScopesRefused, Tagged, scopes
from tests.rooms.budget.budgets import TODAY


RULE = packaged().on("masalah_strategi", TODAY)


def test_every_indicator_of_the_catalogue_is_ruled_on_and_every_scope_is_a_known_tag() -> None:
    found, names = scopes(RULE), budget_names(packaged(), TODAY)
    known = {Tagged.STRATEGY: names.strategies, Tagged.DIMENSION: names.dimensions}

    assert found.keys() == indicators().keys()
    assert [one for own in found.values() for one in own if one.code not in known[one.by]] == []


def test_what_is_tagged_to_a_dimension_answers_the_problems_of_its_name() -> None:
    found, names = scopes(RULE), budget_names(packaged(), TODAY)

    for code in names.dimensions:
        own = {found[one.code] for one in members()[Dimension(code)]}
        assert own == {(Scope(Tagged.DIMENSION, code),)}


def test_one_indicator_may_be_answered_by_others_than_its_dimension() -> None:
    assert dimension_of("ECO.INFL") is dimension_of("ECO.LPE")
    assert scopes(RULE)["ECO.INFL"] != scopes(RULE)["ECO.LPE"]


@pytest.mark.parametrize(
    ("changes", "entry"),
    [
        ({"indicators": {"POV.XX": {"dimensions": []}}}, "POV.XX"),
        ({"dimensions": {"pendidikan": {"dimensions": []}}}, "ekonomi"),
        ({"indicators": {"POV.P0": ["1", "2"]}}, "POV.P0"),
        ({"indicators": {"POV.P0": {"strategi": ["1"]}}}, "POV.P0"),
        ({"indicators": {"POV.P0": {"strategies": "1"}}}, "POV.P0"),
        ({"indicators": {"POV.P0": {"strategies": ["1", "1"]}}}, "POV.P0"),
        ({"POV.P0": ["1", "2", "3"]}, "masalah_strategi"),
    ],
    ids=["indicator", "dimension missing", "old form", "key", "no list", "twice", "old file"],
)
def test_a_rule_that_cannot_be_used_names_the_entry(changes: dict[str, Any], entry: str) -> None:
    broken = dataclasses.replace(RULE, value={**RULE.value, **changes})

    with pytest.raises(ScopesRefused) as refused:
        scopes(broken)

    assert refused.value.code == "problem-scopes-broken"
    assert (refused.value.values["file"], refused.value.values["entry"]) == ("masalah_strategi.yaml", entry)
