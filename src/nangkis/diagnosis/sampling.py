"""How far a sample estimate may be from the truth, and when a difference is more than that.

The errors are approximations ("galat pendekatan"): the tables read so far print none of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from types import MappingProxyType

import polars as pl

from nangkis.diagnosis.methods import ERROR_OF_COUNT, ERROR_OF_PERCENT
from nangkis.indicators.catalogue import Indicator, indicators
from nangkis.indicators.facts import Fact, Facts, members_in
from nangkis.indicators.selections import merged
from nangkis.parameters.dated import Parameters
from nangkis.regions.register import Level, place
from nangkis.vocabulary.figures import Method, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


LEVEL = "diagnosis_confidence_level"
# Numbers are told apart by their last printed place, far above what binary fractions add to a difference.
FLOAT_SLACK = 1e-9


@dataclass(frozen=True)
class Design:
    """How the survey is drawn, as far as the approximation needs it, and how sure a test must be.

    ``level`` (0-1) is how sure, by the rule ``sureness``, and ``z`` the number of standard errors that a difference
    must pass for it.
    """

    design_effect: float
    households_regency: float
    households_nation: float
    level: float
    z: float
    sureness: ParameterUse
    uses: tuple[ParameterUse, ...]


@dataclass(frozen=True)
class SamplingError:
    """The standard error of a fact, in its unit; with the cells and the method that it follows from."""

    size: float
    inputs: tuple[Selection, ...]
    method: Method


def design(parameters: Parameters, on: date) -> Design:
    """Return the design in force on a day."""
    used = {
        name: parameters.on(name, on)
        for name in (
            "sampling_design_effect",
            "sampling_households_regency",
            "sampling_households_nation",
            LEVEL,
        )
    }
    level = float(used[LEVEL].number)
    return Design(
        design_effect=float(used["sampling_design_effect"].number),
        households_regency=float(used["sampling_households_regency"].number),
        households_nation=float(used["sampling_households_nation"].number),
        level=level,
        z=NormalDist().inv_cdf((1 + level) / 2),
        sureness=used[LEVEL].use,
        uses=tuple(parameter.use for parameter in used.values()),
    )


def errors_of_percent(percent: pl.Series, households: pl.Series, *, design_effect: float) -> pl.Series:
    r"""Return the approximate standard errors of percentages, in percentage points.

    .. math:: SE = 100 \sqrt{\frac{d \cdot P (1 - P)}{n}}, \quad P = \text{percent} / 100

    Args:
        percent: 0 to 100.
        households: *n*, sampled households behind each percentage, above 0.
        design_effect: *d*, variance of the sample as drawn over that of a simple random one.
    Source: domain note 10.2. People of a household share its fate, so households are counted, not people.

    >>> errors_of_percent(pl.Series([50.0]), pl.Series([5000.0]), design_effect=2).to_list()
    [1.0]
    """
    share = percent / 100
    return 100 * (design_effect * share * (1 - share) / households).sqrt()


def difference_signs(
    value: pl.Series, error: pl.Series, against: pl.Series, against_error: pl.Series, *, z: float
) -> pl.Series:
    r"""Return 1 where a value lies above the other by more than chance allows, -1 below, 0 where the data cannot tell.

    .. math:: |x - y| > z \sqrt{s_x^2 + s_y^2}

    Two estimates are taken as independent; a region and its province share households, so the test is a cautious one.
    An error that is null leaves the pair undecided: 0. Errors of 0 (administrative data) tell any difference.

    >>> one, other, error = pl.Series([14.0]), pl.Series([10.0]), pl.Series([1.0])
    >>> difference_signs(one, error, other, error, z=2).to_list()
    [1]
    """
    gap = value - against
    margin = z * (error * error + against_error * against_error).sqrt() + FLOAT_SLACK * (value.abs() + against.abs())
    return (gap.sign() * (gap.abs() > margin).cast(pl.Float64)).fill_null(0).cast(pl.Int8)


def error_of(fact: Fact, *, facts: Facts, design: Design) -> SamplingError | None:
    """Return the standard error of a fact; None where none is known, 0 for what is no sample estimate."""
    indicator = indicators()[fact.indicator]
    if not indicator.sampling:
        return SamplingError(0.0, fact.selections, fact.method)
    if indicator.unit is Unit.PERCENT:
        return SamplingError(_error_of_share(fact, design), fact.selections, ERROR_OF_PERCENT)
    return _error_of_count(fact, indicator, facts=facts, design=design)


def _error_of_share(fact: Fact, design: Design) -> float:
    households = pl.Series([households_behind(fact, design)])
    errors = errors_of_percent(pl.Series([fact.number]), households, design_effect=design.design_effect)
    return float(errors[0])


def _error_of_count(fact: Fact, indicator: Indicator, *, facts: Facts, design: Design) -> SamplingError | None:
    """The number of poor people is their percentage of a population that is known: its relative error is the same."""
    share = _share_by_count().get(indicator.code)
    percent = facts.value(share, fact.region, fact.year, fact.period) if share else None
    if percent is None or not percent.value:
        return None
    relative = _error_of_share(percent, design) / percent.value
    return SamplingError(fact.number * relative, merged((*fact.selections, *percent.selections)), ERROR_OF_COUNT)


def _share_by_count() -> Mapping[str, str]:
    counted = {one.counted_by: one.code for one in indicators().values() if one.counted_by is not None}
    return MappingProxyType(counted)


def households_behind(fact: Fact, design: Design) -> float:
    """Return how many sampled households a fact rests on: a province has as many as its regencies together."""
    level = place(fact.region).level
    if level is Level.NATION:
        return design.households_nation
    regencies = len(members_in(fact.region, fact.year)) if level is Level.PROVINCE else 1
    return design.households_regency * regencies
