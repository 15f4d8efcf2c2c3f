"""Values that equal those of another region or year are held until a person says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.request import Request
from nangkis.workspace.importing import Imported, ImportRules
from nangkis.workspace.opened import Workspace, open_workspace
from tests.rooms.workspace.provinces import AT, NAMES, VALUES, table, take_in


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "kerja")


def of_year(folder: Path, year: int, values: tuple[float, ...] = VALUES) -> Path:
    return table(folder, f"p0-{year}.csv", year=year, values=values)


def confirmed(workspace: Workspace, path: Path, reason: str | None = None) -> Imported:
    return take_in(workspace, path, ImportRules(Request(), confirm_identical=reason))


def test_the_same_values_for_another_year_are_held_and_the_table_named(workspace: Workspace, tmp_path: Path) -> None:
    first = confirmed(workspace, of_year(tmp_path, 2023))

    second = confirmed(workspace, of_year(tmp_path, 2024))

    assert first.table is not None
    assert second.table is None
    assert second.outcome.refusal is not None
    assert (second.outcome.refusal.code, second.outcome.refusal.values["table"]) == (
        "content-identical",
        first.table.id,
    )
    assert second.outcome.rows_refused == len(NAMES)


def test_a_person_may_confirm_them_and_the_manifest_says_who_when_and_why(workspace: Workspace, tmp_path: Path) -> None:
    confirmed(workspace, of_year(tmp_path, 2023))

    second = confirmed(workspace, of_year(tmp_path, 2024), "BPS memakai angka yang sama")

    assert second.table is not None
    (told,) = [one for one in workspace.lake.manifest(second.table.id).findings if one.code == "identical-confirmed"]
    assert (told.values["by"], told.values["when"], told.values["reason"]) == (
        "Sari", AT.isoformat(), "BPS memakai angka yang sama",
    )  # fmt: skip


def test_one_changed_value_makes_it_another_table(workspace: Workspace, tmp_path: Path) -> None:
    confirmed(workspace, of_year(tmp_path, 2023))

    assert confirmed(workspace, of_year(tmp_path, 2024, (*VALUES[:-1], 13.56))).table is not None


def test_the_same_file_twice_is_no_copy(workspace: Workspace, tmp_path: Path) -> None:
    first = confirmed(workspace, of_year(tmp_path, 2023))

    assert confirmed(workspace, of_year(tmp_path, 2023)).table == first.table


def test_few_equal_values_may_be_chance(workspace: Workspace, tmp_path: Path) -> None:
    confirmed(workspace, of_year(tmp_path, 2023, (5.0,) * len(NAMES)))

    assert confirmed(workspace, of_year(tmp_path, 2024, (5.0,) * len(NAMES))).table is not None


def test_checking_alone_tells_of_identical_values_too_and_accepts_nothing(workspace: Workspace, tmp_path: Path) -> None:
    first = confirmed(workspace, of_year(tmp_path, 2023))
    rules = ImportRules(Request(), check_only=True)

    checked = take_in(workspace, of_year(tmp_path, 2024), rules)

    assert checked.outcome.refusal is not None
    assert checked.outcome.refusal.code == "content-identical"
    assert [one.id for one in workspace.lake.live()] == [first.table.id if first.table else ""]
