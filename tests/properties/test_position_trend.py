"""Promises of position and trend that hold for any values whatever."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import polars as pl
import pytest
from hypothesis import assume, given, strategies as st

from nangkis.diagnosis.judging import Class, Movement, class_of, movement_of
from nangkis.diagnosis.position import rank_ranges
from nangkis.diagnosis.sampling import difference_signs, errors_of_percent
from nangkis.diagnosis.trend import theil_sen, yearly_change, yearly_growth
from nangkis.indicators.aggregates import percent_of_population
from nangkis.indicators.catalogue import Direction, indicators


LOWER = indicators()["POV.P0"]
HIGHER = replace(LOWER, direction=Direction.HIGHER)
CONTEXT = replace(LOWER, direction=Direction.CONTEXT)
Z = 1.96

# Percentages as published: two decimals.
percents = st.integers(50, 8000).map(lambda hundredths: hundredths / 100)
errors = st.integers(0, 500).map(lambda hundredths: hundredths / 100)
estimates = st.lists(st.tuples(percents, errors), min_size=1, max_size=15)
signs = st.sampled_from([-1, 0, 1])
gaps = st.integers(-3000, 3000).map(lambda hundredths: hundredths / 100)


def columns(pairs: list[tuple[float, float]]) -> tuple[pl.Series, pl.Series]:
    return pl.Series([value for value, _ in pairs], dtype=pl.Float64), pl.Series(
        [e for _, e in pairs], dtype=pl.Float64
    )


def ranges(pairs: list[tuple[float, float]], *, lower_is_better: bool = True) -> list[tuple[int, int, int]]:
    value, error = columns(pairs)
    return rank_ranges(value, error, z=Z, lower_is_better=lower_is_better).rows()


@given(estimates)
def test_a_difference_seen_from_the_other_side_has_the_other_sign(pairs: list[tuple[float, float]]) -> None:
    value, error = columns(pairs)

    there = difference_signs(value, error, value.reverse(), error.reverse(), z=Z)
    back = difference_signs(value.reverse(), error.reverse(), value, error, z=Z)

    assert there.to_list() == (-back).to_list()


@given(estimates)
def test_equal_data_are_never_told_apart(pairs: list[tuple[float, float]]) -> None:
    value, error = columns(pairs)

    assert set(difference_signs(value, error, value, error, z=Z)) == {0}


@given(estimates)
def test_the_range_of_ranks_holds_the_rank(pairs: list[tuple[float, float]]) -> None:
    for place, best, worst in ranges(pairs):
        assert 1 <= best <= place <= worst <= len(pairs)


@given(estimates, st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_rows(pairs: list[tuple[float, float]], chance: object) -> None:
    order = list(range(len(pairs)))
    chance.shuffle(order)  # type: ignore[attr-defined]

    shuffled = ranges([pairs[number] for number in order])

    assert shuffled == [ranges(pairs)[number] for number in order]


@given(estimates)
def test_turning_the_values_and_the_direction_gives_the_same_ranks(pairs: list[tuple[float, float]]) -> None:
    turned = [(-value, error) for value, error in pairs]

    assert ranges(turned, lower_is_better=False) == ranges(pairs)


@given(estimates, st.sampled_from([0.25, 2.0, 1024.0]))
def test_another_unit_changes_no_rank(pairs: list[tuple[float, float]], factor: float) -> None:
    scaled = [(value * factor, error * factor) for value, error in pairs]

    assert ranges(scaled) == ranges(pairs)


@given(estimates, st.integers(1, 2000))
def test_a_better_value_never_worsens_a_rank(pairs: list[tuple[float, float]], hundredths: int) -> None:
    (value, error), *others = pairs

    before, after = ranges(pairs)[0], ranges([(value - hundredths / 100, error), *others])[0]

    assert all(new <= old for new, old in zip(after, before, strict=True))


@given(estimates, st.sampled_from([1.5, 3.0]))
def test_a_larger_error_never_narrows_a_range(pairs: list[tuple[float, float]], factor: float) -> None:
    wider = ranges([(value, error * factor) for value, error in pairs])

    for (_, best, worst), (_, best_wider, worst_wider) in zip(ranges(pairs), wider, strict=True):
        assert best_wider <= best
        assert worst_wider >= worst


MIRROR = {Class.BETTER: Class.WORSE, Class.WORSE: Class.BETTER, Class.EQUAL: Class.EQUAL}


@given(signs, gaps)
def test_turning_the_direction_mirrors_the_class(sign: int, gap: float) -> None:
    lower = class_of(sign, gap, indicator=LOWER, tested=True)

    assert class_of(sign, gap, indicator=HIGHER, tested=True) is MIRROR[lower]


@given(signs, gaps)
def test_where_nothing_is_better_nothing_is_called_so(sign: int, gap: float) -> None:
    judged = {Class.BETTER, Class.WORSE}

    assert class_of(sign, gap, indicator=CONTEXT, tested=True) not in judged
    assert class_of(sign, gap, indicator=LOWER, tested=False) not in judged


@given(gaps, st.integers(0, 100))
def test_turning_the_direction_mirrors_the_movement(per_year: float, smallest: int) -> None:
    mirror = {Movement.IMPROVING: Movement.WORSENING, Movement.WORSENING: Movement.IMPROVING}
    sign = (per_year > 0) - (per_year < 0)
    said = {
        indicator.direction: movement_of(
            sign, per_year=per_year, smallest=smallest / 100, indicator=indicator, tested=True
        )
        for indicator in (LOWER, HIGHER)
    }

    assert said[Direction.HIGHER] is mirror.get(said[Direction.LOWER], said[Direction.LOWER])


@given(gaps, st.integers(1, 100))
def test_a_change_that_chance_explains_is_never_called_good_or_bad(per_year: float, smallest: int) -> None:
    said = movement_of(0, per_year=per_year, smallest=smallest / 100, indicator=LOWER, tested=True)

    assert said is (Movement.STEADY if abs(per_year) < smallest / 100 else Movement.UNSURE)


@given(percents, st.integers(1, 100_000), st.integers(10, 40))
def test_the_error_of_a_share_is_that_of_the_rest_and_shrinks_with_the_sample(
    percent: float, households: int, tenths: int
) -> None:
    asked = pl.Series([float(households), float(4 * households), float(households)])
    own, larger, rest = errors_of_percent(
        pl.Series([percent, percent, 100 - percent]), asked, design_effect=tenths / 10
    ).to_list()

    assert own == pytest.approx(rest)
    assert larger == pytest.approx(own / 2)


courses = st.lists(st.tuples(st.integers(2000, 2030), percents), min_size=2, max_size=12, unique_by=lambda one: one[0])


def slope(course: list[tuple[int, float]]) -> float:
    return theil_sen(pl.Series([year for year, _ in course]), pl.Series([value for _, value in course]))


@given(courses)
def test_the_slope_lies_among_the_slopes_of_all_pairs(course: list[tuple[int, float]]) -> None:
    slopes = [(y2 - y1) / (t2 - t1) for (t1, y1), (t2, y2) in combinations(course, 2)]

    assert min(slopes) - 1e-9 <= slope(course) <= max(slopes) + 1e-9


@given(courses, st.sampled_from([0.5, 4.0]), st.integers(-50, 50))
def test_the_slope_follows_scale_and_ignores_level_and_order(
    course: list[tuple[int, float]], factor: float, level: int
) -> None:
    moved = [(year, value * factor + level) for year, value in reversed(course)]

    assert slope(moved) == pytest.approx(factor * slope(course), abs=1e-9)


@given(percents, gaps, st.integers(2, 15))
def test_a_straight_line_has_one_pace(start: float, pace: float, years: int) -> None:
    line = [(2010 + year, start + pace * year) for year in range(years)]

    assert slope(line) == pytest.approx(pace, abs=1e-6)
    assert yearly_change(line[0][1], line[-1][1], years - 1) == pytest.approx(pace, abs=1e-6)


@given(percents, percents, st.integers(1, 20))
def test_growth_leads_from_the_first_to_the_last_value(first: float, last: float, years: int) -> None:
    assert first * (1 + yearly_growth(first, last, years) / 100) ** years == pytest.approx(last)


@given(st.lists(st.tuples(percents, percents), min_size=1, max_size=20), st.sampled_from([0.001, 1000.0]))
def test_the_share_of_all_lies_between_the_regions_and_has_no_unit(
    regions: list[tuple[float, float]], factor: float
) -> None:
    poor, percent = columns(regions)
    assume(percent.min() is not None)

    share = percent_of_population(poor, percent)

    assert min(p for _, p in regions) - 1e-9 <= share <= max(p for _, p in regions) + 1e-9
    assert percent_of_population(poor * factor, percent) == pytest.approx(share)
