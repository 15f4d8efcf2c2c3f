"""The panel of postures: what is not printed is nothing only where the sums say so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from nangkis.budget.postures.panel import PosturePanel, posture_panel
from nangkis.budget.postures.sums import labels, sum_gaps
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from tests.rooms.budget.postures import AGAM, PADANG, TODAY, YEAR, accept_posture, panel, posture_frame


def told(of: PosturePanel, account: str, basis: str = "realised") -> tuple[int | None, str]:
    (row,) = of.amounts.filter(account=account, basis=basis).iter_rows(named=True)
    return row["sen"], row["state"]


def test_every_account_of_the_table_has_one_row_per_region_year_and_basis() -> None:
    found = panel(posture_frame(YEAR), posture_frame(YEAR, region=PADANG))

    assert found.amounts.height == 2 * 2 * len(found.rules.accounts)
    assert found.amounts.select("region", "year", "basis", "account").is_duplicated().sum() == 0


def test_an_account_that_is_left_out_is_nothing_where_its_group_is_the_sum_of_the_others() -> None:
    found = panel(posture_frame(YEAR))

    assert told(found, "5.1.03") == (0, "nothing")
    assert told(found, "4.1.01") == (55_00, "printed")


def test_an_account_that_is_left_out_stays_unknown_where_the_sum_does_not_hold() -> None:
    found = panel(posture_frame({**YEAR, "5-lainnya": (200, 200)}))

    assert told(found, "5.1.03") == (None, "unknown")
    assert told(found, "5.1.03", "budget") == (0, "nothing")


def test_rounding_of_the_printed_numbers_does_not_break_a_sum() -> None:
    whole = {**YEAR, "5-lainnya": (200, 191)}  # one rupiah too much; seven printed numbers know half a rupiah each

    assert told(panel(posture_frame(whole)), "5.1.03") == (None, "unknown")
    assert told(panel(posture_frame(whole, half_sen=50)), "5.1.03") == (0, "nothing")


def test_what_cannot_be_read_is_never_nothing() -> None:
    found = panel(posture_frame({**YEAR, "5.1.03": (None, None)}, missing={"5.1.03": "unreadable"}))

    assert told(found, "5.1.03") == (None, "unknown")


def test_a_group_that_is_left_out_is_the_sum_of_its_parts() -> None:
    without = {code: both for code, both in YEAR.items() if code != "5-modal"}

    assert told(panel(posture_frame(without)), "5-modal") == (180_00, "added")


def test_financing_printed_as_nothing_over_its_parts_is_receipts_less_payments_and_named() -> None:
    found = panel(posture_frame({**YEAR, "6": (50, 0)}))

    assert told(found, "6") == ((60 - 10) * 100, "added")
    (gap,) = sum_gaps(found).filter("differs").iter_rows(named=True)
    assert (gap["account"], gap["basis"], gap["whole"], gap["gap"]) == ("6", "realised", 0, -50_00)


def test_transfers_between_regions_are_summed_in_other_revenue() -> None:
    gaps = sum_gaps(panel(posture_frame(YEAR))).filter(account="4.3", basis="realised")

    assert gaps["parts"].to_list() == [(45 + 5) * 100]
    assert gaps["differs"].to_list() == [False]


def test_labels_of_several_years_are_unified_by_the_dated_table() -> None:
    early = posture_frame(YEAR, year=2022, names={"5-barang-jasa": "Belanja Barang Jasa"})
    late = posture_frame(YEAR, year=2023, names={"5-barang-jasa": "Belanja Barang dan Jasa"})

    found = labels(panel(early, late)).filter(account="5-barang-jasa")

    assert found["label"].to_list() == ["Belanja Barang Jasa", "Belanja Barang dan Jasa"]
    assert found["unified"].unique().to_list() == ["Belanja Barang Jasa"]


def test_of_two_tables_of_one_year_the_latest_counts(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    first = {**YEAR, "4.1.01": (60, 54), "4.1.02": (90, 86)}
    accept_posture(lake, posture_frame(YEAR), at=datetime(2026, 11, 2, tzinfo=UTC))
    accept_posture(lake, posture_frame(first), at=datetime(2026, 11, 1, tzinfo=UTC))

    found = posture_panel(lake.snapshot(), parameters=packaged(), on=TODAY)

    assert told(found, "4.1.01") == (55_00, "printed")
    assert found.of(AGAM, until=2024).amounts.height == found.amounts.height
    assert found.of(AGAM, until=2025).amounts.is_empty()
    assert found.of(PADANG, until=2024).amounts.is_empty()


def test_a_lake_without_postures_gives_an_empty_panel(tmp_path: Path) -> None:
    found = posture_panel(Lake(tmp_path / "lake").snapshot(), parameters=packaged(), on=TODAY)

    assert found.amounts.is_empty()
    assert sum_gaps(found).is_empty()
    assert isinstance(found.amounts.schema["sen"], pl.Int128)
