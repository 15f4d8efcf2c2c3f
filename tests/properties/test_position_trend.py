"""Promises of position and trend that hold for any values whatever."""

from __future__ import annotations

from itertools import combinations
from math import sqrt

import polars as pl
import pytest
from hypothesis import given, strategies as st

from nangkis.diagnosis.sampling import errors_of_percent
from nangkis.indicators.aggregates import percent_of_population
from tests.rooms.diagnosis.worlds import classes, course, differs, ranks


Z = 1.96

# Percentages as published: two decimals.
percents = st.integers(50, 8000).map(lambda hundredths: hundredths / 100)
errors = st.integers(0, 500).map(lambda hundredths: hundredths / 100)
estimates = st.lists(st.tuples(percents, errors), min_size=1, max_size=15)
gaps = st.integers(-3000, 3000).map(lambda hundredths: hundredths / 100)


def ranges(pairs: list[tuple[float, float]], *, lower_is_better: bool = True) -> list[tuple[int, int, int]]:
    return ranks(pairs, lower_is_better=lower_is_better)


@given(estimates)
def test_a_difference_seen_from_the_other_side_has_the_other_sign(pairs: list[tuple[float, float]]) -> None:
    there = differs(list(zip(pairs, reversed(pairs), strict=True)), z=Z)
    back = differs(list(zip(reversed(pairs), pairs, strict=True)), z=Z)

    assert there == [-sign for sign in back]


@given(estimates)
def test_equal_data_are_never_told_apart(pairs: list[tuple[float, float]]) -> None:
    assert set(differs(list(zip(pairs, pairs, strict=True)), z=Z)) == {0}


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


MIRROR = {"better": "worse", "worse": "better", "equal": "equal"}
estimate = st.tuples(percents, errors)


@given(estimate, estimate)
def test_turning_the_direction_mirrors_the_class(value: tuple[float, float], reference: tuple[float, float]) -> None:
    lower, higher = classes(value, reference, goods=[-1, 1], z=Z)

    assert higher == MIRROR[lower]


@given(estimate, estimate)
def test_where_nothing_is_better_nothing_is_called_so(
    value: tuple[float, float], reference: tuple[float, float]
) -> None:
    (context,) = classes(value, reference, goods=[0], z=Z)
    (untested,) = classes((value[0], None), reference, goods=[-1], z=Z)

    assert {context, untested} <= {"higher", "lower", "equal"}


@given(percents, st.integers(2, 12), st.sampled_from([1.0, 0.01, 1e6]))
def test_a_value_is_not_told_from_the_mean_of_its_equals(value: float, peers: int, unit: float) -> None:
    own = value * unit
    mean = sum([own] * peers) / peers  # binary fractions may leave it beside its parts

    untested, tested = classes((own, None), (mean, None), goods=[1], z=Z), classes((own, 0), (mean, 0), goods=[1], z=Z)

    assert [*untested, *tested] == ["equal", "equal"]


TURNED = {"improving": "worsening", "worsening": "improving"}


@given(percents, percents, errors, st.integers(0, 100))
def test_turning_the_direction_mirrors_the_movement(first: float, last: float, error: float, smallest: int) -> None:
    ends = [(2018, first), (2020, last)]
    lower, higher = (course(ends, good=good, error=error, smallest=smallest / 100)["movement"] for good in (-1, 1))

    assert higher == TURNED.get(lower, lower)


@given(percents, percents, errors, st.integers(1, 100))
def test_a_change_that_chance_explains_is_never_called_good_or_bad(
    first: float, last: float, error: float, smallest: int
) -> None:
    said = course([(2018, first), (2020, last)], error=error, smallest=smallest / 100)["movement"]
    explained = abs(last - first) <= Z * sqrt(2) * error

    assert not explained or said in {"unsure", "steady"}
    assert (said == "steady") == (first == last or abs((last - first) / 2) < smallest / 100)


# At least two of the sample are found, or missing: below that the error is that of one.
@given(percents, st.integers(1600, 100_000), st.integers(10, 40))
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


def slope(years: list[tuple[int, float]]) -> float:
    return float(course(years)["slope"])


@given(courses)
def test_the_slope_lies_among_the_slopes_of_all_pairs(years: list[tuple[int, float]]) -> None:
    slopes = [(y2 - y1) / (t2 - t1) for (t1, y1), (t2, y2) in combinations(years, 2)]

    assert min(slopes) - 1e-9 <= slope(years) <= max(slopes) + 1e-9


@given(courses, st.sampled_from([0.5, 4.0]), st.integers(-50, 50))
def test_the_slope_follows_scale_and_ignores_level_and_order(
    years: list[tuple[int, float]], factor: float, level: int
) -> None:
    moved = [(year, value * factor + level) for year, value in reversed(years)]

    assert slope(moved) == pytest.approx(factor * slope(years), abs=1e-9)


@given(percents, gaps, st.integers(2, 15))
def test_a_straight_line_has_one_pace(start: float, pace: float, years: int) -> None:
    line = [(2010 + year, start + pace * year) for year in range(years)]

    assert slope(line) == pytest.approx(pace, abs=1e-6)
    assert course(line)["yearly"] == pytest.approx(pace, abs=1e-6)


@given(percents, percents, st.integers(1, 20))
def test_growth_leads_from_the_first_to_the_last_value(first: float, last: float, years: int) -> None:
    growth = course([(2000, first), (2000 + years, last)], grows=True)["yearly"]

    assert first * (1 + growth / 100) ** years == pytest.approx(last)


def percent_of(poor: pl.Series, percent: pl.Series) -> float:
    together = pl.DataFrame({"poor": poor, "percent": percent})
    return float(together.select(percent_of_population(pl.col("poor"), pl.col("percent"))).item())


@given(st.lists(st.tuples(percents, percents), min_size=1, max_size=20), st.sampled_from([0.001, 1000.0]))
def test_the_share_of_all_lies_between_the_regions_and_has_no_unit(
    regions: list[tuple[float, float]], factor: float
) -> None:
    poor, percent = pl.Series([one for one, _ in regions]), pl.Series([other for _, other in regions])

    share = percent_of(poor, percent)

    assert min(p for _, p in regions) - 1e-9 <= share <= max(p for _, p in regions) + 1e-9
    assert percent_of(poor * factor, percent) == pytest.approx(share)
