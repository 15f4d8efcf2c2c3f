from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from nangkis.diagnosis.diagnose import Problem, Reason
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from nangkis.planning.programmes import Ties, answers_of, tie_programmes
from nangkis.regions.register import place
from tests.rooms.budget.budgets import CENDANA, EDUCATION, HEALTH, SOCIAL, TODAY
from tests.rooms.planning.proposals import tagged


def problem(indicator: str) -> Problem:
    return Problem(indicator, (Reason.WORSE_THAN_PROVINCE,), place(CENDANA), 2025)


def answering(**strategies: list[str]) -> Parameters:
    """The packaged parameters with a rule of the test's own: ``schooling=["1"]`` answers the problem ``schooling``."""
    ours = dataclasses.replace(packaged().on("masalah_strategi", TODAY), value=strategies)
    return packaged().with_overrides(Parameters({"masalah_strategi": (ours,)}))


MEALS = ("1", SOCIAL, "1.06.04.2.01.01", 40)
KITS = ("1", EDUCATION, "1.01.02.2.01.28", 60)
TRAINING = ("2", SOCIAL, "2.07.03.2.01.01", 30)


def ties(lines: pl.DataFrame, *indicators: str, **strategies: list[str]) -> Ties:
    found = [problem(indicator) for indicator in indicators]
    return tie_programmes(found, lines, parameters=answering(**strategies), on=TODAY)


def test_a_problem_is_tied_to_the_sub_kegiatan_of_the_strategies_that_answer_it() -> None:
    (tie,) = ties(tagged(MEALS, KITS, TRAINING), "spending", spending=["1"]).ties

    assert (tie.problem.indicator, tie.strategies) == ("spending", ("1",))
    (answer,) = tie.answers
    assert answer.strategy == "1"
    assert answer.sub_kegiatan["sub_kegiatan_code"].to_list() == [KITS[2], MEALS[2]]


def test_a_problem_whose_strategies_hold_no_money_has_no_answer() -> None:
    found = ties(tagged(MEALS), "income", income=["2"])

    assert found.ties[0].answers == ()
    assert [unanswered.indicator for unanswered in found.problems_without_programme] == ["income"]


def test_a_problem_that_no_rule_ties_to_a_strategy_has_no_answer() -> None:
    found = ties(tagged(MEALS), "schooling", spending=["1"])

    assert (found.ties[0].strategies, found.ties[0].answers) == ((), ())
    assert [unanswered.indicator for unanswered in found.problems_without_programme] == ["schooling"]


def test_a_strategy_with_money_that_answers_no_problem_is_named() -> None:
    assert ties(tagged(MEALS, TRAINING), "spending", spending=["1"]).strategies_without_problem == ("2",)


def test_without_problems_every_strategy_with_money_is_named() -> None:
    found = ties(tagged(TRAINING, MEALS))

    assert (found.ties, found.strategies_without_problem) == ((), ("1", "2"))


def test_lines_without_an_amount_or_with_zero_answer_nothing() -> None:
    found = ties(tagged((*MEALS[:3], None), (*KITS[:3], 0)), "spending", spending=["1"])

    assert found.ties[0].answers == ()
    assert found.strategies_without_problem == ()


def test_problems_keep_their_order() -> None:
    found = ties(tagged(MEALS), "c", "a", "b", a=["1"])

    assert [tie.problem.indicator for tie in found.ties] == ["c", "a", "b"]


def test_answers_stand_in_the_order_of_the_rule() -> None:
    (tie,) = ties(tagged(TRAINING, MEALS), "poverty", poverty=["2", "1"]).ties

    assert [answer.strategy for answer in tie.answers] == ["2", "1"]


def test_lines_of_one_sub_kegiatan_at_one_office_are_summed_and_the_largest_comes_first() -> None:
    (answer,) = answers_of(tagged(KITS, MEALS, (*MEALS[:3], 25), ("1", HEALTH, MEALS[2], 1)))

    assert answer.sub_kegiatan.select("office_name", "amount_sen").rows() == [
        ("Dinas Sosial", (40 + 25) * 100),
        ("Dinas Pendidikan", 60 * 100),
        ("Dinas Kesehatan", 1 * 100),
    ]


def test_equal_amounts_stand_in_the_same_order_however_the_lines_come() -> None:
    lines = [("1", office, f"1.06.04.2.01.0{number}", 7) for number in range(1, 6) for office in (SOCIAL, HEALTH)]
    (first,) = answers_of(tagged(*lines))

    for other in (lines[::-1], lines[3:] + lines[:3], sorted(lines, key=lambda line: line[1])):
        (again,) = answers_of(tagged(*other))
        assert again.sub_kegiatan.equals(first.sub_kegiatan)


@pytest.mark.parametrize("indicator", ["POV.P0", "POV.N"])
def test_consumption_poverty_is_answered_by_all_three_strategies(indicator: str) -> None:
    found = tie_programmes([problem(indicator)], tagged(MEALS), parameters=packaged(), on=TODAY)

    assert found.ties[0].strategies == ("1", "2", "3")
    assert found.rule == packaged().on("masalah_strategi", TODAY).use
