from __future__ import annotations

import polars as pl
import pytest

from nangkis.diagnosis.diagnose import Problem, Reason
from nangkis.parameters.loader import packaged
from nangkis.planning.programmes import Ties, answers_of, tie_programmes
from nangkis.planning.scopes import Scope, Tagged
from nangkis.regions.register import place
from tests.rooms.budget.budgets import CENDANA, EDUCATION, HEALTH, SOCIAL, TODAY
from tests.rooms.planning.proposals import tagged


def problem(indicator: str) -> Problem:
    return Problem(indicator, (Reason.WORSE_THAN_PROVINCE,), place(CENDANA), 2025)


MEALS = ("1", SOCIAL, "1.06.04.2.01.01", 40)
KITS = ("1", EDUCATION, "1.01.02.2.01.28", 60)
TRAINING = ("2", SOCIAL, "2.07.03.2.01.01", 30)
POVERTY, SCHOOLING, GROWTH, PEOPLE = "POV.P0", "EDU.APM.SMP", "ECO.LPE", "ECO.KFD"


def ties(lines: pl.DataFrame, *indicators: str) -> Ties:
    return tie_programmes([problem(indicator) for indicator in indicators], lines, parameters=packaged(), on=TODAY)


def test_poverty_is_tied_to_the_sub_kegiatan_of_every_strategy() -> None:
    (tie,) = ties(tagged(MEALS, KITS, TRAINING), POVERTY).ties

    assert tie.scopes == tuple(Scope(Tagged.STRATEGY, number) for number in "123")
    first, second = tie.answers
    assert (first.scope.code, second.scope.code) == ("1", "2")
    assert first.sub_kegiatan["sub_kegiatan_code"].to_list() == [KITS[2], MEALS[2]]


def test_a_problem_of_a_dimension_is_tied_to_what_is_tagged_to_it_whatever_its_strategy() -> None:
    lines = pl.concat([tagged(KITS, TRAINING, dimension="pendidikan"), tagged(MEALS)])
    (tie,) = ties(lines, SCHOOLING).ties

    (answer,) = tie.answers
    assert answer.scope == Scope(Tagged.DIMENSION, "pendidikan")
    assert answer.sub_kegiatan["sub_kegiatan_code"].to_list() == [KITS[2], TRAINING[2]]


def test_a_problem_whose_dimension_holds_no_money_has_no_answer() -> None:
    found = ties(tagged(MEALS), SCHOOLING)

    assert found.ties[0].answers == ()
    assert [unanswered.indicator for unanswered in found.problems_without_programme] == [SCHOOLING]


def test_a_problem_that_no_spending_answers_has_no_answer() -> None:
    found = ties(tagged(MEALS), PEOPLE, POVERTY)

    assert (found.ties[0].scopes, found.ties[0].answers) == ((), ())
    assert [unanswered.indicator for unanswered in found.problems_without_programme] == [PEOPLE]


def test_a_strategy_with_money_that_answers_no_problem_is_named() -> None:
    lines = pl.concat([tagged(KITS, dimension="pendidikan"), tagged(TRAINING, dimension="ketenagakerjaan")])

    assert ties(lines, GROWTH).strategies_without_problem == ("1",)
    assert ties(lines, GROWTH, SCHOOLING).strategies_without_problem == ()
    assert ties(lines, POVERTY).strategies_without_problem == ()


def test_without_problems_every_strategy_with_money_is_named() -> None:
    found = ties(tagged(TRAINING, MEALS))

    assert (found.ties, found.strategies_without_problem) == ((), ("1", "2"))


def test_lines_without_an_amount_or_with_zero_answer_nothing() -> None:
    found = ties(tagged((*MEALS[:3], None), (*KITS[:3], 0)), POVERTY)

    assert found.ties[0].answers == ()
    assert found.strategies_without_problem == ()


def test_problems_keep_their_order() -> None:
    found = ties(tagged(MEALS), SCHOOLING, POVERTY, GROWTH)

    assert [tie.problem.indicator for tie in found.ties] == [SCHOOLING, POVERTY, GROWTH]
    assert [one.indicator for one in found.problems_of(Scope(Tagged.DIMENSION, "ketenagakerjaan"))] == [GROWTH]


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


def test_a_line_that_no_dimension_is_told_of_answers_no_dimension() -> None:
    lines = tagged(MEALS).with_columns(pl.lit(None, pl.String).alias("dimension"))

    assert answers_of(lines, Tagged.DIMENSION) == ()
    assert ties(lines, SCHOOLING).strategies_without_problem == ("1",)


@pytest.mark.parametrize("indicator", ["POV.P0", "POV.N", "POV.GINI"])
def test_consumption_poverty_is_answered_by_all_three_strategies(indicator: str) -> None:
    found = tie_programmes([problem(indicator)], tagged(MEALS), parameters=packaged(), on=TODAY)

    assert [scope.code for scope in found.ties[0].scopes] == ["1", "2", "3"]
    assert found.rule == packaged().on("masalah_strategi", TODAY).use
