"""Large budgets by account, as the benchmarks make them, are read whole by the layout that they are of."""

from __future__ import annotations

from pathlib import Path

from nangkis.budget.schema import Stage
from nangkis.example.account_files import ACCOUNTS, big_accounts
from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import accepted, codes, read


def test_every_line_of_a_large_budget_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    big_accounts(path, rows=120, seed=1)

    (outcome,) = read(path, region=Region.parse("contoh:90.05"), stage=Stage.APBD)

    frame = accepted(outcome).frame
    assert (outcome.layout, outcome.rows_accepted) == ("sipd_22", 120)
    assert frame["sub_kegiatan_code"].n_unique() <= 120 // len(ACCOUNTS)
    assert codes(outcome) == ["columns-not-read"]


def test_the_same_seed_gives_the_same_amounts(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        big_accounts(tmp_path / name, rows=30, seed=7)
    said = {"region": Region.parse("contoh:90.05"), "stage": Stage.APBD}
    one, two = (accepted(read(tmp_path / name, **said)[0]).frame for name in ("a.xlsx", "b.xlsx"))
    assert one.equals(two)
