"""How far a sample estimate may be from the truth, and when a difference is more than that.

The errors here are approximations ("galat pendekatan"), for values whose source published none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import polars as pl

from nangkis.indicators.catalogue import Indicator, Survey, indicators
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


LEVEL = "diagnosis_confidence_level"
# The rules that say how many households a survey samples, in a regency and in the nation.
HOUSEHOLDS: Mapping[Survey, tuple[str, str]] = {
    Survey.SUSENAS: ("sampling_households_regency", "sampling_households_nation"),
    Survey.SAKERNAS: ("sampling_households_regency_sakernas", "sampling_households_nation_sakernas"),
}
# Numbers are told apart by their last printed place, far above what binary fractions add to a difference.
FLOAT_SLACK = 1e-9


@dataclass(frozen=True)
class Households:
    """How many households a survey samples in a regency and in the nation, by the rules ``uses``."""

    regency: float
    nation: float
    uses: tuple[ParameterUse, ...]


@dataclass(frozen=True)
class Design:
    """How the surveys are drawn, as far as the approximation needs it, and how sure a test must be.

    ``level`` (0-1) is how sure, by the rule ``sureness``, and ``z`` the number of standard errors that a difference
    must pass for it; ``effect`` is the rule behind ``design_effect``.
    """

    design_effect: float
    effect: ParameterUse
    households: Mapping[Survey, Households]
    level: float
    z: float
    sureness: ParameterUse

    def uses_for(self, indicator: Indicator) -> tuple[ParameterUse, ...]:
        """Return the rules that a test of this indicator rests on."""
        if not indicator.sampling:
            return (self.sureness,)
        survey = survey_of(indicator)
        return (self.effect, *(self.households[survey].uses if survey is not None else ()), self.sureness)


def survey_of(indicator: Indicator) -> Survey | None:
    """Return whose households an indicator's error rests on; of a number of people, those of its percentage."""
    if indicator.error is None:
        return None
    share = indicator.error.percent
    return survey_of(indicators()[share]) if share is not None else indicator.error.households


def design(parameters: Parameters, on: date) -> Design:
    """Return the design in force on a day."""
    effect, sureness = parameters.on("sampling_design_effect", on), parameters.on(LEVEL, on)
    level = float(sureness.number)
    return Design(
        design_effect=float(effect.number),
        effect=effect.use,
        households={survey: _households(parameters, names, on) for survey, names in HOUSEHOLDS.items()},
        level=level,
        z=NormalDist().inv_cdf((1 + level) / 2),
        sureness=sureness.use,
    )


def _households(parameters: Parameters, names: tuple[str, str], on: date) -> Households:
    regency, nation = (parameters.on(name, on) for name in names)
    return Households(float(regency.number), float(nation.number), (regency.use, nation.use))


def errors_of_percent(percent: pl.Series, units: pl.Series, *, design_effect: float) -> pl.Series:
    r"""Return the approximate standard errors of percentages, in percentage points.

    .. math:: SE = 100 \sqrt{\frac{P (1 - P)}{m}}, \quad m = \frac{n}{d}, \quad
        P = \text{percent} / 100 \text{ held within } [1 / m, 1 - 1 / m]

    Args:
        percent: 0 to 100.
        units: *n*, sampled units of its base (households, children of an age) behind each percentage, above 0.
        design_effect: *d*, variance of the sample as drawn over that of a simple random one.
    Returns: null where a percentage or its units are. A sample that found none, or all, may have missed one: its error
        is that of one in *m*, never 0.
    Source: domain note 10.2. People of a household share its fate, so of poverty households are counted, not people.

    >>> errors_of_percent(pl.Series([50.0]), pl.Series([5000.0]), design_effect=2).to_list()
    [1.0]
    """
    rows = pl.DataFrame({"share": percent / 100, "size": units / design_effect})
    least = (1 / pl.col("size")).clip(upper_bound=0.5)
    share = pl.col("share").clip(least, 1 - least)
    return rows.select(100 * (share * (1 - share) / pl.col("size")).sqrt()).to_series()


def errors_of_gap(gap: pl.Series, squared: pl.Series, units: pl.Series, *, design_effect: float) -> pl.Series:
    r"""Return the approximate standard errors of poverty gap indices (P1), in their unit.

    .. math:: SE = 100 \sqrt{\frac{d (P_2 - P_1^2)}{n}}, \quad P_1 = \text{gap} / 100, P_2 = \text{squared} / 100

    P1 is the mean, over all people, of the gap *g* to the line as a share of it (0 for who is not poor), and P2 the
    mean of its square: so :math:`P_2 - P_1^2` is the variance of *g*, whatever its distribution.

    Args:
        gap: P1 times 100.
        squared: P2 times 100, of the same people.
        units: *n*, sampled units of its base, above 0.
        design_effect: *d*, variance of the sample as drawn over that of a simple random one.
    Returns: null where one of the three is, and where the variance is not above 0: a sample that found no gap may have
        missed one, and rounded indices of almost none do not tell it.
    Source: Kakwani (1993), Review of Economics and Statistics 75(4), 632-639: the variance of poverty measures that
        are means over people; *d* and *n* as in domain note 10.2. P2 would need a fourth moment, which none publishes.

    >>> errors_of_gap(pl.Series([2.0]), pl.Series([0.54]), pl.Series([1000.0]), design_effect=2).to_list()
    [0.316227766016838]
    """
    rows = pl.DataFrame({"first": gap / 100, "second": squared / 100, "size": units / design_effect})
    variance = (pl.col("second") - pl.col("first").pow(2)) / pl.col("size")
    return rows.select(pl.when(variance > 0).then(100 * variance.sqrt())).to_series()


def is_beyond(
    value: pl.Expr, error: pl.Expr, against: pl.Expr, against_error: pl.Expr, *, z: float | pl.Expr
) -> pl.Expr:
    r"""Say where two values differ by more than chance allows; null where an error is not known.

    .. math:: |x - y| > z \sqrt{s_x^2 + s_y^2}

    Two estimates are taken as independent; a region and its province share households, so the test is a cautious one.
    Errors of 0 (administrative data) tell any difference.

    >>> one, other, error = pl.lit(14.0), pl.lit(10.0), pl.lit(1.0)
    >>> pl.select(is_beyond(one, error, other, error, z=2)).item()
    True
    """
    margin = z * (error * error + against_error * against_error).sqrt()
    return (value - against).abs() > margin + FLOAT_SLACK * (value.abs() + against.abs())
