"""The fictional figures keep the identities that published ones keep."""

from __future__ import annotations

from random import Random

import pytest

from nangkis.example.places import CHILD, NATION, PARENT, PLACES, PROVINCE_CODE, TYPICAL, YEARS
from nangkis.example.series import LINE_YEARS, Series, make_series


CODES = [place.code for place in PLACES]


@pytest.fixture(scope="module", params=[2026, 1, 99])
def series(request: pytest.FixtureRequest) -> Series:
    return make_series(Random(request.param))  # noqa: S311 - invented figures


def test_the_number_of_poor_is_share_times_people(series: Series) -> None:
    for code in (*CODES, NATION.code):
        for year in YEARS:
            exact = series.share[code, year] / 10_000 * series.people[code, year]
            assert abs(series.poor[code, year] - exact) <= 10 / 2 + 1e-6


def test_the_province_is_the_sum_of_the_poor_over_the_sum_of_the_people(series: Series) -> None:
    for year in YEARS:
        poor = sum(series.poor[code, year] for code in CODES)
        people = sum(series.people[code, year] for code in CODES)
        assert series.poor[PROVINCE_CODE, year] == poor
        assert abs(series.share[PROVINCE_CODE, year] - 10_000 * poor / people) <= 0.5


def test_before_the_split_the_child_has_its_parents_values(series: Series) -> None:
    assert all(series.share[CHILD, year] == series.share[PARENT, year] for year in (2012, 2013, 2014))
    assert series.share[CHILD, 2015] != series.share[PARENT, 2015]


def test_two_regions_rise_and_the_others_fall(series: Series) -> None:
    rising = {code for code in CODES if series.share[code, 2025] > series.share[code, 2015]}

    assert rising == {"90.07", "90.10"}


def test_one_region_is_far_above_the_province_and_one_is_like_it(series: Series) -> None:
    province = series.share[PROVINCE_CODE, 2025]

    assert series.share["90.05", 2025] - province > 5 * 100
    assert abs(series.share[TYPICAL, 2025] - province) <= 1


def test_poverty_lines_rise_about_five_percent_a_year(series: Series) -> None:
    for code in CODES:
        for year in LINE_YEARS[:-1]:
            rise = series.line[code, year + 1] / series.line[code, year]
            assert 1.037 < rise < 1.063
