"""Perkembangan antar waktu: which way a series goes, over the years that can be compared. Drawn tables, worked sums."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from nangkis.diagnosis.judging import Absent, Movement
from nangkis.diagnosis.trend import Change
from tests.rooms.diagnosis.worlds import course, diagnosed, trend_of


Z = 1.959963984540054


def error(percent: float) -> float:
    share = percent / 100
    return 100 * sqrt(2 * share * (1 - share) / 671)


def test_theil_sen_is_the_median_of_all_slopes() -> None:
    #  years 2015 2016 2018, values 10 12 11: slopes (12-10)/1, (11-10)/3, (11-12)/2
    slopes = sorted([(12 - 10) / 1, (11 - 10) / 3, (11 - 12) / 2])

    assert course([(2015, 10), (2016, 12), (2018, 11)])["slope"] == pytest.approx(slopes[1])


def test_one_outlying_year_does_not_turn_the_slope() -> None:
    found = course(list(enumerate([10, 9, 8, 7, 60])))

    assert found["slope"] < 0 < found["yearly"]


def test_pace_is_points_a_year_for_percentages_and_growth_for_money() -> None:
    assert course([(2015, 20), (2018, 14)])["yearly"] == pytest.approx((14 - 20) / 3)
    assert course([(2015, 100), (2017, 121)], grows=True)["yearly"] == pytest.approx(100 * (sqrt(121 / 100) - 1))


FALLING = """
      | POV.P0 2015 | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
90.01 | 20.00       | 18.00       | 15.00       | 12.00
"""


def test_a_fall_beyond_the_errors_is_membaik(tmp_path: Path) -> None:
    change = trend_of(diagnosed(tmp_path, FALLING)).change

    assert isinstance(change, Change)
    assert change.change == pytest.approx(12 - 20)
    assert change.error == pytest.approx(sqrt(error(20) ** 2 + error(12) ** 2))
    assert abs(12 - 20) > Z * sqrt(error(20) ** 2 + error(12) ** 2)
    assert change.verdict is Movement.IMPROVING
    assert change.yearly == pytest.approx((12 - 20) / 3)


def test_a_rise_beyond_the_errors_is_memburuk(tmp_path: Path) -> None:
    table = "| POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 12.00 | 15.00 | 20.00"

    change = trend_of(diagnosed(tmp_path, table)).change

    assert isinstance(change, Change)
    assert change.verdict is Movement.WORSENING


def test_a_fall_within_the_errors_is_belum_berbeda_nyata(tmp_path: Path) -> None:
    table = "| POV.P0 2016 | POV.P0 2017 | POV.P0 2018\n90.01 | 15.00 | 14.00 | 13.00"

    change = trend_of(diagnosed(tmp_path, table)).change

    assert isinstance(change, Change)
    assert abs(13 - 15) < Z * sqrt(error(15) ** 2 + error(13) ** 2)
    assert change.verdict is Movement.UNSURE


def test_a_change_below_the_smallest_meaningful_one_is_praktis_tetap(tmp_path: Path) -> None:
    #  a poverty line that moves by less than 0.5 % a year
    table = "| POV.GK 2016 | POV.GK 2017 | POV.GK 2018\n90.01 | 400000 | 401000 | 402000"

    change = trend_of(diagnosed(tmp_path, table), "POV.GK").change

    assert isinstance(change, Change)
    assert abs(402000 - 400000) / 2 < 0.005 * 400000
    assert change.verdict is Movement.STEADY


def test_a_poverty_line_rises_and_that_is_neither_good_nor_bad(tmp_path: Path) -> None:
    table = "| POV.GK 2016 | POV.GK 2017 | POV.GK 2018\n90.01 | 400000 | 420000 | 441000"

    change = trend_of(diagnosed(tmp_path, table), "POV.GK").change

    assert isinstance(change, Change)
    assert (change.verdict, change.tested) == (Movement.RISING, False)
    assert change.yearly == pytest.approx(100 * (sqrt(441000 / 400000) - 1))
    assert change.slope == pytest.approx(5.0)


def test_fewer_than_three_years_give_no_verdict(tmp_path: Path) -> None:
    change = trend_of(diagnosed(tmp_path, "| POV.P0 2017 | POV.P0 2018\n90.01 | 20.00 | 10.00")).change

    assert isinstance(change, Absent)
    assert change.code == "absent.few-years"
    assert (fewest := change.values["fewest"]).value == 3  # type: ignore[union-attr]
    assert [use.name for use in fewest.origin.parameters] == ["diagnosis_fewest"]  # type: ignore[union-attr]


def test_a_missing_year_is_left_out_and_kept_in_the_series(tmp_path: Path) -> None:
    table = """
          | POV.P0 2015 | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
    90.01 | 20.00       | dots        | 15.00       | 12.00
    """
    course = trend_of(diagnosed(tmp_path, table))

    assert [fact.year for fact in course.facts] == [2015, 2016, 2017, 2018]
    assert [fact.year for fact in course.comparable] == [2015, 2017, 2018]


SPLIT = """
      | POV.P0 2013 | POV.P0 2014 | POV.P0 2015 | POV.P0 2016 | POV.P0 2017
90.09 | 30.00       | 29.00       | 20.00       | 19.00       | 18.00
90.10 | 30.00       | 30.00       | 16.00       | 15.00       | 14.00
"""  # 90.10 was founded out of 90.09 in 2014 and has figures of its own from 2015 on


def test_nothing_is_compared_across_a_split(tmp_path: Path) -> None:
    course = trend_of(diagnosed(tmp_path, SPLIT, "90.09"))

    assert [fact.year for fact in course.comparable] == [2015, 2016, 2017]
    assert course.cut is not None
    assert course.cut.year == 2015
    assert [split.law for split in course.cut.splits] == ["UU Contoh (fiktif)"]
    assert isinstance(course.change, Change)
    assert course.change.change == pytest.approx(18 - 20)  # not 18 - 30
    assert course.change.slope == pytest.approx(-1.0)


def test_a_child_has_no_values_before_its_founding(tmp_path: Path) -> None:
    course = trend_of(diagnosed(tmp_path, SPLIT, "90.10"))

    assert [fact.missing for fact in course.facts] == ["not-founded", "not-founded", None, None, None]
    assert course.cut is None  # there is nothing before it that could be compared


def test_a_series_that_ends_before_a_split_is_whole(tmp_path: Path) -> None:
    table = "| POV.P0 2012 | POV.P0 2013 | POV.P0 2014\n90.09 | 31.00 | 30.00 | 29.00"

    course = trend_of(diagnosed(tmp_path, table, "90.09"))

    assert course.cut is None
    assert [fact.year for fact in course.comparable] == [2012, 2013, 2014]


def test_a_region_without_any_value_is_silent_with_the_reason(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2018\n90.02 | 10.00")

    assert found.trends == ()
    assert {absent.code for _, absent in found.silent} == {"absent.no-data"}
