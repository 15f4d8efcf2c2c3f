"""Whatever a posture holds: no sum loses a sen, wraps around, or depends on the order of rows."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given, settings, strategies as st

from nangkis.budget.posture_accounts import posture_rules_on
from nangkis.budget.postures.left_over import left_over
from nangkis.budget.postures.mandatory import mandatory
from nangkis.budget.postures.measures import revenue_structure, spending_structure
from nangkis.budget.postures.panel import State
from nangkis.budget.postures.sums import sum_gaps
from nangkis.budget.postures.terms import summed
from nangkis.parameters.loader import packaged
from tests.rooms.budget.postures import PADANG, TODAY, panel, posture_frame


RULES = posture_rules_on(packaged(), TODAY)
LARGEST = 10**15
RUPIAH = st.one_of(st.integers(0, LARGEST), st.just(LARGEST), st.just(0))
LEAVES = [
    account.code for account in RULES.accounts if account.code not in RULES.children and account.code != "surplus"
]


@st.composite
def postures(draw: st.DrawFn) -> dict[str, tuple[int, int]]:
    """A posture whose groups are the sums of their parts; some accounts of 0 are left out, as exports do."""
    leaves = {code: (draw(RUPIAH), draw(RUPIAH)) for code in LEAVES}
    whole: dict[str, tuple[int, int]] = dict(leaves)
    for account in reversed(RULES.accounts):  # parents stand before their children
        if account.code in RULES.children:
            parts = [(part.sign, whole[part.code]) for part in RULES.children[account.code]]
            whole[account.code] = (sum(s * both[0] for s, both in parts), sum(s * both[1] for s, both in parts))
    left_out = {code for code in LEAVES if whole[code] == (0, 0) and draw(st.booleans())}
    return {a.code: whole[a.code] for a in RULES.accounts if a.code in whole and a.code not in left_out}


@given(postures())
@settings(max_examples=40)
def test_where_sums_hold_every_account_is_known_and_no_sen_is_lost(amounts: dict[str, tuple[int, int]]) -> None:
    found = panel(posture_frame(amounts))
    realised = found.amounts.filter(pl.col("basis") == "realised", pl.col("account") != "surplus")

    assert realised.filter(pl.col("state") == State.UNKNOWN).is_empty()
    leaves = realised.filter(pl.col("account").is_in(LEAVES) & pl.col("account").str.starts_with("5"))
    assert leaves["sen"].sum() == amounts["5"][1] * 100
    if amounts["6"] != (0, 0):
        assert not sum_gaps(found)["differs"].any()
    left = left_over(found)["left"].to_list()
    assert left == [(amounts["4"][1] - amounts["5"][1] + amounts["6"][1]) * 100]


@given(postures(), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_rows_changes_nothing(amounts: dict[str, tuple[int, int]], chance: random.Random) -> None:
    mixed = dict(chance.sample(sorted(amounts.items()), k=len(amounts)))

    there, back = (panel(posture_frame(a), posture_frame(a, region=PADANG)).amounts for a in (amounts, mixed))

    assert there.equals(back)
    for table in (revenue_structure, spending_structure):
        assert table(there).equals(table(back))
    assert mandatory(there, packaged()).equals(mandatory(back, packaged()))


@given(postures())
@settings(max_examples=25)
def test_shares_of_spending_add_to_one(amounts: dict[str, tuple[int, int]]) -> None:
    found = spending_structure(panel(posture_frame(amounts)).amounts).filter(basis="realised")

    assert found["above"].sum() == amounts["5"][1] * 100
    assert amounts["5"][1] == 0 or abs(sum(found["value"].to_list()) - 1) < 1e-12


def test_a_sum_past_what_64_bits_hold_is_widened_and_never_wraps_around() -> None:
    """Three parts of 2^63 - 1 sen each, of a group that the file leaves out."""
    parts = posture_frame(dict.fromkeys(("4.1", "4.2", "4.3"), (1, 1)))
    found = panel(parts.with_columns(pl.lit(2**63 - 1, pl.Int64).alias("realised_sen"))).amounts

    group = found.filter(account="4", basis="realised")
    assert group["sen"].to_list() == [3 * (2**63 - 1)]
    assert summed(found, {"both": {"4": 1, "4.1": 1}}).filter(basis="realised")["sen"].to_list() == [4 * (2**63 - 1)]
