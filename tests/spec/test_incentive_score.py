"""The mark of PMK 97/2023, worked by hand.

reach            tagged   weight
langsung           40       50
tidak-langsung     60       30     travel 10 of it is left out
penunjang          20       20
all spending    1.000               X = (50 x 40 + 30 x 50 + 20 x 20) / 1.000 = 3,9
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, strategies as st

from nangkis.budget.score import (
    DirectnessUnknown,
    ScoreWithoutSpending,
    incentive_score,
    score_rule,
    with_added,
)
from nangkis.parameters.loader import packaged
from tests.rooms.budget.budgets import TODAY


RULE = score_rule(packaged(), TODAY)
ROWS = (
    ("ditandai", "langsung", "5.1.06.01.01.0001", 40),
    ("ditandai", "tidak-langsung", "5.2.02.01.01.0001", 50),
    ("ditandai", "tidak-langsung", "5.1.02.04.01.0001", 10),
    ("ditandai", "penunjang", "5.1.02.01.01.0001", 20),
    ("ditangguhkan", None, "5.1.02.04.01.0001", 880),
)


def lines(*rows: tuple[str, str | None, str | None, int | None]) -> pl.DataFrame:
    schema = {"tag": pl.String, "directness": pl.String, "account_code": pl.String, "amount_sen": pl.Int64}
    return pl.DataFrame([(*row[:3], None if row[3] is None else row[3] * 100) for row in rows], schema, orient="row")


def test_the_mark_weighs_direct_indirect_and_supporting_spending_and_leaves_travel_out() -> None:
    found = incentive_score(lines(*ROWS), RULE)

    assert found.value == Fraction(50 * 40 + 30 * 50 + 20 * 20, 1000) == Fraction("3.9")
    assert (found.left_out, found.spending, found.accounts_known) == (10_00, 1000_00, True)


def test_without_accounts_travel_cannot_be_left_out_and_it_is_said() -> None:
    without = [(tag, reach, None, rupiah) for tag, reach, _, rupiah in ROWS]

    found = incentive_score(lines(*without), RULE)

    assert found.value == Fraction(50 * 40 + 30 * 60 + 20 * 20, 1000)
    assert not found.accounts_known


def test_an_account_that_only_begins_alike_is_no_travel() -> None:
    assert incentive_score(lines(("ditandai", "langsung", "5.1.02.040", 1)), RULE).left_out == 0


def test_a_rupiah_moved_to_direct_spending_is_worth_more_than_one_to_support() -> None:
    """100 more: 50 x 100 / 1.000 = 5 against 20 x 100 / 1.000 = 2."""
    found = incentive_score(lines(*ROWS), RULE)

    direct, support = (with_added(found, RULE, sen=100_00, to=to) for to in ("langsung", "penunjang"))

    assert [each.value - found.value for each in (direct, support)] == [Fraction(5), Fraction(2)]


def test_new_money_raises_all_spending_too() -> None:
    found = with_added(incentive_score(lines(*ROWS), RULE), RULE, sen=1000_00, to="langsung", new_money=True)

    assert found.value == Fraction(50 * 1040 + 30 * 50 + 20 * 20, 2000)


def test_a_reach_that_is_not_weighed_and_a_budget_without_money_are_refused() -> None:
    with pytest.raises(DirectnessUnknown):
        with_added(incentive_score(lines(*ROWS), RULE), RULE, sen=1, to="lurus")
    with pytest.raises(ScoreWithoutSpending):
        incentive_score(lines(("ditandai", "langsung", None, None)), RULE)


@given(st.lists(st.tuples(st.sampled_from([*RULE.weights, None]), st.integers(1, 10**15)), min_size=1, max_size=30))
def test_the_mark_lies_between_nothing_and_the_largest_weight(rows: list[tuple[str | None, int]]) -> None:
    found = incentive_score(lines(*(("ditandai", reach, "5.1.06", rupiah) for reach, rupiah in rows)), RULE)

    assert 0 <= found.value <= max(RULE.weights.values())
    assert found.spending == sum(rupiah for _, rupiah in rows) * 100
