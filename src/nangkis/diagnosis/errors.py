"""The error of one value, with the cells and the method that it follows from."""

from __future__ import annotations

from dataclasses import dataclass

from nangkis.diagnosis.judged import Judged
from nangkis.diagnosis.methods import ERROR_OF_COUNT, ERROR_OF_PERCENT
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Fact
from nangkis.indicators.selections import merged
from nangkis.vocabulary.figures import Method, Selection


@dataclass(frozen=True)
class SamplingError:
    """The standard error of a fact, in its unit; with the cells and the method that it follows from."""

    size: float
    inputs: tuple[Selection, ...]
    method: Method


def error_of(fact: Fact, judged: Judged) -> SamplingError | None:
    """Return the standard error of a fact; None where none is known, 0 for what is no sample estimate."""
    indicator, row = indicators()[fact.indicator], judged.value(fact.indicator, fact.region, fact.period, fact.year)
    if row is None or row["error"] is None:
        return None
    if not indicator.sampling:
        return SamplingError(row["error"], fact.selections, fact.method)
    share = None if indicator.error is None else indicator.error.percent
    if share is None:
        return SamplingError(row["error"], fact.selections, ERROR_OF_PERCENT)
    percent = judged.facts.value(share, fact.region, fact.year, fact.period)
    cells = fact.selections if percent is None else merged((*fact.selections, *percent.selections))
    return SamplingError(row["error"], cells, ERROR_OF_COUNT)
