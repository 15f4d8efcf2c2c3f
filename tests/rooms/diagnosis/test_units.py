from __future__ import annotations

from nangkis.diagnosis.judging import UNITS
from nangkis.indicators.catalogue import indicators
from nangkis.vocabulary.units import Unit


def test_every_unit_of_the_catalogue_says_how_differences_and_paces_are_told() -> None:
    assert {one.unit for one in indicators().values()} - set(UNITS) == set()


def test_growth_is_told_in_percent_a_year_and_nothing_else_is() -> None:
    for unit, told in UNITS.items():
        assert told.relative == (told.yearly is Unit.PERCENT_PER_YEAR), unit


def test_growth_is_told_only_of_what_is_above_nothing() -> None:
    for one in indicators().values():
        assert not UNITS[one.unit].relative or one.plausible[0] > 0, one.code


def test_a_meaningful_yearly_change_is_not_rounded_away() -> None:
    for one in indicators().values():
        told, change = UNITS[one.unit], one.smallest_meaningful_change
        if not told.relative and not change.relative:
            assert round(change.by, told.places) > 0, one.code
