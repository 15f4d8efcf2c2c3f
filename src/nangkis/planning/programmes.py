"""Which sub kegiatan that the region already has answer which problem, and what has no answer yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.diagnosis.diagnose import Problem
from nangkis.parameters.dated import Parameters
from nangkis.planning.scopes import Scope, Tagged, scopes
from nangkis.vocabulary.figures import ParameterUse


RULE = "masalah_strategi"


@dataclass(frozen=True)
class Answer:
    """The sub kegiatan of one scope, one row per office and code, the largest amount first.

    ``sub_kegiatan`` has office_code, office_name, sub_kegiatan_code, sub_kegiatan_name and amount_sen.
    """

    scope: Scope
    sub_kegiatan: pl.DataFrame


@dataclass(frozen=True)
class Tie:
    """A problem, the scopes that the rule says answer it, and those of them that hold money: none, no answer."""

    problem: Problem
    scopes: tuple[Scope, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Ties:
    """All problems with their answers, and the strategies with money that answer no problem found.

    ``rule`` is None on a day before any rule said what answers a problem: then nothing is tied.
    """

    ties: tuple[Tie, ...]
    strategies_without_problem: tuple[str, ...]
    rule: ParameterUse | None

    @property
    def problems_without_programme(self) -> tuple[Problem, ...]:
        """Findings that no programme answers: the first thing that a reviewer asks for."""
        return tuple(tie.problem for tie in self.ties if not tie.answers)

    def problems_of(self, scope: Scope) -> tuple[Problem, ...]:
        """Return the problems that a scope answers."""
        return tuple(tie.problem for tie in self.ties if scope in tie.scopes)


def tie_programmes(problems: Sequence[Problem], tagged: pl.DataFrame, *, parameters: Parameters, on: date) -> Ties:
    """Tie each problem to the tagged sub kegiatan that answer its indicator, by the rule of a day.

    ``tagged`` is the frame of poverty-relevant budget lines with ``strategy``, ``dimension`` and ``amount_sen``; lines
    without an amount answer nothing yet. On a day before the rule holds no problem is tied.
    """
    rule = parameters.in_force(RULE, on)
    if rule is None:  # a plan of a day before the strategies
        return Ties(tuple(Tie(problem, (), ()) for problem in problems), (), None)
    asked, held = scopes(rule), {answer.scope: answer for by in Tagged for answer in answers_of(tagged, by)}
    ties = tuple(_tie(problem, asked[problem.indicator], held) for problem in problems)
    return Ties(ties, _unasked(tagged, {scope for tie in ties for scope in tie.scopes}), rule.use)


def answers_of(tagged: pl.DataFrame, by: Tagged = Tagged.STRATEGY) -> tuple[Answer, ...]:
    """Return what each strategy, or each dimension, holds in money, in the order of their codes."""
    keys = [by.value, "office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name"]
    summed = (
        # Int128: some hundred lines at the largest amount that intake accepts already pass 2^63 sen.
        _funded(tagged)
        .filter(pl.col(by.value).is_not_null())
        .group_by(keys)
        .agg(pl.col("amount_sen").cast(pl.Int128).sum())
        # Ties keep the order of codes and names: two runs must print the same rows.
        .sort(by.value, "amount_sen", *keys[1:], descending=[False, True, *(False for _ in keys[1:])])
    )
    parts = summed.partition_by(by.value, maintain_order=True, include_key=True)
    return tuple(Answer(Scope(by, str(part[by.value][0])), part.drop(by.value)) for part in parts)


def _funded(tagged: pl.DataFrame) -> pl.DataFrame:
    return tagged.filter(pl.col("amount_sen") > 0)


def _tie(problem: Problem, asked: tuple[Scope, ...], held: Mapping[Scope, Answer]) -> Tie:
    return Tie(problem, asked, tuple(held[scope] for scope in asked if scope in held))


def _unasked(tagged: pl.DataFrame, asked: Collection[Scope]) -> tuple[str, ...]:
    """Return the strategies none of whose lines with money answers a problem."""
    answering = [pl.col(scope.by.value) == scope.code for scope in asked]
    told = _funded(tagged).select("strategy", pl.any_horizontal(pl.lit(value=False), *answering).alias("asked"))
    found = told.drop_nulls("strategy").group_by("strategy").agg(pl.col("asked").fill_null(value=False).any())
    return tuple(found.filter(~pl.col("asked"))["strategy"].sort())
