"""The error of one value, with the cells and the method that it follows from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nangkis.content.sentences import Sentence, sentence
from nangkis.diagnosis.judged import Judged
from nangkis.diagnosis.methods import ERROR_OF_COUNT, ERROR_OF_GAP, ERROR_OF_PERCENT, PUBLISHED_ERROR
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

    @property
    def is_published(self) -> bool:
        """Whether its source published it; else it is an approximation."""
        return self.method == PUBLISHED_ERROR


def basis_of(errors: Iterable[SamplingError | None]) -> Sentence:
    """Return whether errors are those that their sources published, or approximations, or some of each."""
    published = {error.is_published for error in errors if error is not None and error.size > 0}
    if published == {True}:
        return sentence("error.published")
    return sentence("error.some-published" if True in published else "error.approximate")


def error_of(fact: Fact, judged: Judged) -> SamplingError | None:
    """Return the standard error of a fact; None where none is known, 0 for what is no sample estimate."""
    indicator, row = indicators()[fact.indicator], judged.value(fact.indicator, fact.region, fact.period, fact.year)
    if row is None or row["error"] is None:
        return None
    if fact.standard_error is not None:
        return SamplingError(row["error"], fact.error_selections, PUBLISHED_ERROR)
    basis = indicator.error
    if basis is None:
        return SamplingError(row["error"], fact.selections, fact.method)
    other = basis.percent or basis.squared
    if other is None:
        return SamplingError(row["error"], fact.selections, ERROR_OF_PERCENT)
    beside = judged.facts.value(other, fact.region, fact.year, fact.period)
    more = () if beside is None else (*beside.selections, *(beside.error_selections if basis.percent else ()))
    method = ERROR_OF_COUNT if basis.percent else ERROR_OF_GAP
    return SamplingError(row["error"], merged((*fact.selections, *more)), method)
