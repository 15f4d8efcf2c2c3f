"""The error of one value, with the cells and the method that it follows from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from nangkis.content.sentences import Sentence, sentence
from nangkis.diagnosis.judged import Judged
from nangkis.diagnosis.methods import ERROR_OF_COUNT, ERROR_OF_GAP, ERROR_OF_PERCENT, PUBLISHED_ERROR
from nangkis.diagnosis.sampling import Design
from nangkis.diagnosis.seen import seen
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Fact, Facts
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
    row = judged.value(fact.indicator, fact.region, fact.period, fact.year)
    return None if row is None else sampling_error(fact, row["error"], judged.facts)


def error_alone(fact: Fact, facts: Facts, design: Design) -> SamplingError | None:
    """Return the standard error of a fact whose indicator was not asked for, so that no table of verdicts holds it."""
    basis = indicators()[fact.indicator].error
    codes = {fact.indicator} if basis is None else {fact.indicator, basis.percent, basis.squared} - {None}
    panel = facts.panel.filter(pl.col("region") == str(fact.region), pl.col("indicator").is_in(sorted(map(str, codes))))
    rows = seen(panel, design=design).filter(
        pl.col("indicator") == fact.indicator, pl.col("period") == fact.period, pl.col("year") == fact.year
    )
    row = rows.row(0, named=True)
    return sampling_error(fact, row["error"], facts)


def sampling_error(fact: Fact, size: float | None, facts: Facts) -> SamplingError | None:
    """Return a standard error with the cells and the method that it follows from; None where none is known."""
    indicator = indicators()[fact.indicator]
    if size is None:
        return None
    if fact.standard_error is not None:
        return SamplingError(size, fact.error_selections, PUBLISHED_ERROR)
    basis = indicator.error
    if basis is None:
        return SamplingError(size, fact.selections, fact.method)
    other = basis.percent or basis.squared
    if other is None:
        return SamplingError(size, fact.selections, ERROR_OF_PERCENT)
    beside = facts.value(other, fact.region, fact.year, fact.period)
    more = () if beside is None else (*beside.selections, *(beside.error_selections if basis.percent else ()))
    method = ERROR_OF_COUNT if basis.percent else ERROR_OF_GAP
    return SamplingError(size, merged((*fact.selections, *more)), method)
