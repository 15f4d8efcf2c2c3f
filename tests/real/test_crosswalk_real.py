"""Official versions matched with each other, and a real budget with them: exact counts, and not one sen lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from nangkis.budget.nomenclature.compare import Change
from nangkis.budget.nomenclature.coverage import Covered
from nangkis.budget.nomenclature.crosswalk import Rule, Standing
from nangkis.budget.nomenclature.schema import Level
from nangkis.budget.schema import Stage
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.nomenclature import comparison_of, coverage_of, crosswalk_of
from nangkis.workspace.opened import Workspace, open_workspace


TODAY, NOON = date(2026, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD, DECREE, EXPORT = "050-3708-2020", "900-1317-2023", "sipd-2027-1"
MOROWALI = Region.parse("kemendagri:72.06")
SEN = 153_575_949_633_600


@pytest.fixture(scope="module")
def workspace(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with three versions, and the budget of Morowali."""
    opened = open_workspace(tmp_path_factory.mktemp("versi") / "kerja")
    lists, pagu = shared_data / "04_nomenklatur", shared_data / "03_apbd/sipd_morowali/contoh-import-rkpd-pagu.xlsx"
    asked = [
        (sorted((lists / "morowali_EXTRACTED").glob("*.csv")), Request(nomenclature=OLD)),
        ([lists / "11. Sub keg 900.xlsx"], Request(nomenclature=DECREE)),
        (sorted(lists.glob("nomenklatur-subkegiatan-*.xlsx")), Request()),
        ([pagu], Request(region=MOROWALI, year=2021, stage=Stage.RKPD)),
    ]
    for paths, said in asked:
        done = import_files(opened, paths, rules=ImportRules(said), at=NOON, on=TODAY, by="Sri")
        assert all(item.table is not None for item in done)
    return opened


def counted(proposals: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Return how many codes each rule speaks of, and how its proposals stand."""
    codes = proposals.unique(["from_code", "from_government"])
    return {(rule, standing): count for rule, standing, count in codes.group_by("rule", "standing").len().rows()}


def test_the_decree_of_2023_is_matched_with_the_export_of_2027(workspace: Workspace) -> None:
    found = crosswalk_of(workspace, DECREE, EXPORT, on=TODAY)

    assert (found.before.subs.height, found.after.subs.height) == (3_395, 7_581)
    assert counted(found.proposals) == {
        (Rule.SAME, Standing.SINGLE): 2_645,
        # Codes of special regions whose government the decree does not tell: of the province or of its regencies.
        (Rule.SAME, Standing.AMBIGUOUS): 207,
        (Rule.PREVIOUS, Standing.SINGLE): 72,
        (Rule.SAME_NAME, Standing.SINGLE): 89,
        (Rule.SIMILAR, Standing.SINGLE): 109,
        (Rule.SIMILAR, Standing.AMBIGUOUS): 10,
    }
    digits = [pl.col(side).str.split(".").list.get(3) for side in ("from_code", "to_code")]
    assert found.proposals.filter(digits[0] != digits[1]).is_empty()


def test_two_digits_of_2020_become_four_of_2023(workspace: Workspace) -> None:
    found = crosswalk_of(workspace, OLD, DECREE, on=TODAY)

    assert found.before.subs.height == 1_983
    assert counted(found.proposals)[Rule.MORE_DIGITS, Standing.SINGLE] == 1_463


def test_what_became_of_each_sub_kegiatan_is_told_and_provinces_are_apart(workspace: Workspace) -> None:
    found = comparison_of(workspace, DECREE, EXPORT, on=TODAY)
    subs = found.changes.filter(level=Level.SUB_KEGIATAN)
    counts = dict(subs["change"].value_counts().iter_rows())

    assert counts == {Change.SAME: 2_852, Change.MOVED: 113, Change.VANISHED: 430, Change.APPEARED: 585}
    assert 2_852 + 113 + 430 == 3_395
    assert 2_852 + 113 + 585 == 3_550  # every code of kabupaten and kota in the export
    assert subs.filter(after_government="PROV").is_empty()


@pytest.mark.parametrize(
    ("version", "reached_codes", "reached_rupiah", "left_rupiah"),
    [
        (OLD, 1_566, 1_535_759_496_336, 0),
        (DECREE, 1_459, 1_442_851_989_183, 92_907_507_153),
        (EXPORT, 1_412, 1_407_204_615_551, 128_554_880_785),
    ],
)
def test_a_budget_of_2021_is_covered_by_a_version_to_the_sen(
    workspace: Workspace, version: str, reached_codes: int, reached_rupiah: int, left_rupiah: int
) -> None:
    found = coverage_of(workspace, MOROWALI, 2021, version, stage=None, on=TODAY).coverage
    reached = found.filter(pl.col("covered").is_in([Covered.DIRECT, Covered.PROPOSED]))
    left = found.filter(~pl.col("covered").is_in([Covered.DIRECT, Covered.PROPOSED]))

    assert int(found["sen"].sum()) == SEN
    assert (reached.height, int(reached["sen"].sum()) // 100) == (reached_codes, reached_rupiah)
    assert int(left["sen"].sum()) == SEN - int(reached["sen"].sum())
    assert int(left["sen"].sum()) // 100 == left_rupiah
    assert found["lines"].sum() == 2_190
