"""Which sub kegiatan that the region already has answer which problem, and what has no answer yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.diagnosis.diagnose import Problem
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


STRATEGIES_BY_PROBLEM = "masalah_strategi"


@dataclass(frozen=True)
class Answer:
    """The sub kegiatan of one strategy, one row per office and code, the largest amount first.

    ``sub_kegiatan`` has office_code, office_name, sub_kegiatan_code, sub_kegiatan_name and amount_sen.
    """

    strategy: str
    sub_kegiatan: pl.DataFrame


@dataclass(frozen=True)
class Tie:
    """A problem and the answers that the budget holds for it; none when ``answers`` is empty."""

    problem: Problem
    strategies: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Ties:
    """All problems with their answers, and the strategies with money that answer no problem found.

    ``rule`` is None on a day before any rule tied problems to strategies: then nothing is tied.
    """

    ties: tuple[Tie, ...]
    strategies_without_problem: tuple[str, ...]
    rule: ParameterUse | None

    @property
    def problems_without_programme(self) -> tuple[Problem, ...]:
        """Findings that no programme answers: the first thing that a reviewer asks for."""
        return tuple(tie.problem for tie in self.ties if not tie.answers)


def tie_programmes(problems: Sequence[Problem], tagged: pl.DataFrame, *, parameters: Parameters, on: date) -> Ties:
    """Tie each problem to the tagged sub kegiatan of the strategies that answer its indicator.

    ``tagged`` is the frame of poverty-relevant budget lines with ``strategy`` and ``amount_sen``; lines without an
    amount answer nothing yet. On a day before the rule holds no problem is tied.
    """
    rule = parameters.in_force(STRATEGIES_BY_PROBLEM, on)
    if rule is None:  # a plan of a day before the strategies
        return Ties(tuple(Tie(problem, (), ()) for problem in problems), (), None)
    by_strategy = {answer.strategy: answer for answer in answers_of(tagged)}
    ties = tuple(_tie(problem, tuple(rule.value.get(problem.indicator, ())), by_strategy) for problem in problems)
    answered = {strategy for tie in ties for strategy in tie.strategies}
    return Ties(ties, tuple(sorted(set(by_strategy) - answered)), rule.use)


def answers_of(tagged: pl.DataFrame) -> tuple[Answer, ...]:
    """Return what each strategy holds in money, in order of strategy."""
    keys = ["strategy", "office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name"]
    funded = tagged.filter(pl.col("amount_sen") > 0)
    summed = (
        # Int128: some hundred lines at the largest amount that intake accepts already pass 2^63 sen.
        funded.group_by(keys)
        .agg(pl.col("amount_sen").cast(pl.Int128).sum())
        # Ties keep the order of codes and names: two runs must print the same rows.
        .sort("strategy", "amount_sen", *keys[1:], descending=[False, True, *(False for _ in keys[1:])])
    )
    parts = summed.partition_by("strategy", maintain_order=True, include_key=True)
    return tuple(Answer(str(part["strategy"][0]), part.drop("strategy")) for part in parts)


def _tie(problem: Problem, strategies: tuple[str, ...], by_strategy: Mapping[str, Answer]) -> Tie:
    answers = tuple(by_strategy[strategy] for strategy in strategies if strategy in by_strategy)
    return Tie(problem, strategies, answers)
