"""Several accounts of one sub kegiatan: tags and sums stand as if it were one line."""

from __future__ import annotations

from pathlib import Path

from nangkis.budget.analysis import analyse_budget
from nangkis.parameters.loader import packaged
from nangkis.planning.programmes import answers_of
from tests.rooms.budget.budgets import CENDANA, SMALL, TODAY, budget_frame, snapshot_of


def test_a_sub_kegiatan_in_two_accounts_is_proposed_once_with_their_sum(tmp_path: Path) -> None:
    halves = [(*line[:3], None if line[3] is None else part) for line in SMALL for part in _parts(line[3])]
    whole = analyse_budget(
        snapshot_of(tmp_path / "whole", budget_frame(SMALL)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )
    parted = analyse_budget(
        snapshot_of(tmp_path / "parted", budget_frame(halves)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )

    one, two = answers_of(whole.tagged), answers_of(parted.tagged)

    assert [answer.scope for answer in one] == [answer.scope for answer in two]
    assert all(a.sub_kegiatan.equals(b.sub_kegiatan) for a, b in zip(one, two, strict=True))


def _parts(amount: int | None) -> tuple[int, ...]:
    return (0, 0) if amount is None else (amount // 3, amount - amount // 3)
