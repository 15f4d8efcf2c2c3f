"""The mark that PMK 97/2023 gives to spending for extreme poverty, and what it becomes with money added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from nangkis.budget.rules import Tag
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse
from nangkis.vocabulary.refusals import RequestRefused


class ScoreWithoutSpending(RequestRefused):
    """No line has an amount: a share of nothing is no mark."""


class DirectnessUnknown(RequestRefused):
    """Money was to be added to a kind of reach that the regulation does not weigh."""


@dataclass(frozen=True)
class ScoreRule:
    """Weights by directness, and the beginnings of accounts that are left out (travel)."""

    weights: Mapping[str, int]
    without: tuple[str, ...]
    use: ParameterUse


@dataclass(frozen=True)
class Score:
    """``value`` is X, 0 to the largest weight, before it is divided by that of the best region of the year.

    Amounts are exact sen. ``left_out`` is tagged spending on accounts that do not count; ``accounts_known`` says
    whether every tagged line has its account: else spending that should be left out may be inside.
    """

    value: Fraction
    by_reach: Mapping[str, int]
    spending: int
    left_out: int
    accounts_known: bool


def score_rule(parameters: Parameters, on: date) -> ScoreRule:
    """Return the weights in force on a day."""
    found = parameters.on("skor_insentif_kemiskinan", on)
    weights = {str(reach): int(weight) for reach, weight in found.value["weights"].items()}
    return ScoreRule(weights, tuple(map(str, found.value["without"])), found.use)


def incentive_score(lines: pl.DataFrame, rule: ScoreRule) -> Score:
    r"""Return the mark of tagged lines.

    .. math:: X = \frac{50 L + 30 T + 20 P}{B}

    with *L*, *T*, *P* the tagged spending that reaches people directly, indirectly, and supports it, and *B* all
    spending of the region, travel in it.

    Args:
        lines: with ``tag``, ``directness``, ``account_code`` and ``amount_sen``.
        rule: in force.
    Returns: the mark as an exact fraction. A tagged line without a reach that is weighed counts as nothing.
    Raises: ScoreWithoutSpending, when no line has an amount above 0.
    Source: PMK 97/2023 (domain note 1.7): realised spending; of a budget it is a forecast.

    >>> rule = ScoreRule({"langsung": 50, "tidak-langsung": 30, "penunjang": 20}, ("5.1.02.04",), None)
    >>> two = pl.DataFrame({"tag": ["ditandai", "ditangguhkan"], "directness": ["langsung", None],
    ...     "account_code": ["5.1.06.01", None], "amount_sen": [10, 90]})
    >>> float(incentive_score(two, rule).value)
    5.0
    """
    sen = pl.col("amount_sen").cast(pl.Int128)
    spending = int(lines.select(sen.sum()).item())
    if spending <= 0:
        raise ScoreWithoutSpending("score-without-spending")
    tagged = lines.filter((pl.col("tag") == Tag.TAGGED) & (pl.col("amount_sen").is_not_null()))
    travels = pl.any_horizontal(pl.lit(value=False), *(_is_under(code) for code in rule.without))
    counted = tagged.filter(~travels.fill_null(value=False))
    sums = dict(counted.group_by("directness").agg(sen.sum()).iter_rows())
    by_reach = {reach: int(sums.get(reach, 0)) for reach in rule.weights}
    return Score(
        value=_mark(by_reach, spending, rule),
        by_reach=by_reach,
        spending=spending,
        left_out=int(tagged.select(sen.sum()).item()) - int(counted.select(sen.sum()).item()),
        accounts_known=tagged["account_code"].null_count() == 0,
    )


def with_added(score: Score, rule: ScoreRule, *, sen: int, to: str, new_money: bool = False) -> Score:
    """Return the mark when money goes to a kind of reach: taken from untagged spending, or ``new_money`` on top of it.

    Raises DirectnessUnknown for a reach that is not weighed.
    """
    if to not in rule.weights:
        raise DirectnessUnknown("score-reach-unknown", found=to, known=", ".join(rule.weights))
    by_reach = {**score.by_reach, to: score.by_reach[to] + sen}
    spending = score.spending + (sen if new_money else 0)
    return Score(_mark(by_reach, spending, rule), by_reach, spending, score.left_out, score.accounts_known)


def _mark(by_reach: Mapping[str, int], spending: int, rule: ScoreRule) -> Fraction:
    return Fraction(sum(rule.weights[reach] * sen for reach, sen in by_reach.items()), spending)


def _is_under(code: str) -> pl.Expr:
    # 5.1.02.04 is above 5.1.02.04.01.0001, but not above 5.1.02.040.
    return (pl.col("account_code") == code) | pl.col("account_code").str.starts_with(f"{code}.")
