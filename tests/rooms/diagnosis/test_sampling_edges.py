from __future__ import annotations

import polars as pl
import pytest

from nangkis.diagnosis.sampling import errors_of_percent


def error(percent: float, units: float) -> float:
    return float(errors_of_percent(pl.Series([percent]), pl.Series([units]), design_effect=2)[0])


@pytest.mark.parametrize("percent", [0.0, 100.0])
def test_a_sample_that_found_none_or_all_still_may_be_wrong(percent: float) -> None:
    # 80 children at a design effect of 2 say as much as 40: all of them vaccinated may be one short of all.
    assert error(percent, 80) == pytest.approx(100 * (1 / 40 * 39 / 40 / 40) ** 0.5)


def test_an_error_does_not_fall_when_a_sample_finds_more_of_nearly_none() -> None:
    told = [error(percent, 80) for percent in (0, 1, 2.5, 5, 10, 50)]

    assert told == sorted(told)


def test_a_percentage_within_reach_of_the_sample_has_the_plain_error() -> None:
    assert error(10, 671) == pytest.approx(100 * (2 * 0.1 * 0.9 / 671) ** 0.5)


def test_a_percentage_or_a_sample_that_is_missing_has_no_error() -> None:
    percent, units = pl.Series([None, 10.0], dtype=pl.Float64), pl.Series([671.0, None], dtype=pl.Float64)

    assert errors_of_percent(percent, units, design_effect=2).to_list() == [None, None]
