from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nangkis.diagnosis.sampling import design
from nangkis.diagnosis.trend import Change, Trend, breaks_of, trend
from nangkis.diagnosis.wording import trend_sentences
from nangkis.indicators.catalogue import MethodBreak, indicators
from nangkis.indicators.facts import facts
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions import register, splits
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, drawn
from tests.rooms.indicators.lakes import accept


OTHER_METHOD = MethodBreak(2016, "absent.nothing-better")  # any sentence of the catalogue serves as a reason here
SERIES = "| POV.P0 2014 | POV.P0 2015 | POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 40 | 39 | 20 | 19.5 | 19"


def test_nothing_is_compared_across_a_change_of_method(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn(SERIES))
    known = facts(lake.snapshot(), parameters=packaged(), on=ON)
    indicator = replace(indicators()["POV.P0"], method_breaks=(OTHER_METHOD,))
    place = register.place(Region.parse("contoh:90.01"))

    course = trend(known, indicator, place, design=design(packaged(), ON), fewest_years=3)

    assert isinstance(course, Trend)
    assert course.cut is not None
    assert (course.cut.year, course.cut.methods, course.cut.splits) == (2016, (OTHER_METHOD,), ())
    assert isinstance(course.change, Change)
    assert course.change.change == pytest.approx(19 - 20)
    assert [one.code for one in trend_sentences(course)][-1] == "trend.cut.method"


@pytest.mark.parametrize("split", splits.every_split(), ids=lambda split: str(split.child))
def test_the_last_break_of_borders_is_the_one_that_the_regions_room_knows(split: splits.Split) -> None:
    for region in (split.child, split.parent):
        place = register.place(region)

        assert breaks_of(indicators()["POV.P0"], place)[-1].year == splits.first_comparable_year(region)
