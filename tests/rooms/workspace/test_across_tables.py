"""Importing compares a table with those accepted before it, and writes what it finds into the table's manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.request import Request
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace
from tests.rooms.workspace.provinces import AT, VALUES, table, take_in


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path / "kerja")


def unlike(done: Imported) -> list[tuple[str, object]]:
    return [(one.at, one.values["other"]) for one in done.outcome.findings if one.code == "value-unlike-accepted"]


def test_a_second_source_that_says_otherwise_is_accepted_and_the_difference_told_in_both_cells(
    workspace: Workspace, tmp_path: Path
) -> None:
    take_in(workspace, table(tmp_path, "bps.csv"))

    second = take_in(workspace, table(tmp_path, "dinas.csv", values=(*VALUES[:-1], 15.04)))

    assert unlike(second) == [("csv!B7", "[bps.csv]csv!B7")]
    assert second.table is not None
    kept = workspace.lake.manifest(second.table.id)
    assert [one.code for one in kept.findings if one.at == "csv!B7"] == ["value-unlike-accepted"]


def test_checking_alone_compares_too(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, table(tmp_path, "bps.csv"))
    rules = ImportRules(Request(), check_only=True)

    checked = take_in(workspace, table(tmp_path, "dinas.csv", values=(*VALUES[:-1], 15.04)), rules)

    assert checked.table is None
    assert len(unlike(checked)) == 1


def test_a_correction_is_not_compared_with_what_it_replaces(workspace: Workspace, tmp_path: Path) -> None:
    first = take_in(workspace, table(tmp_path, "bps.csv"))
    assert first.table is not None

    second = take_in(
        workspace,
        table(tmp_path, "bps-benar.csv", values=(*VALUES[:-1], 15.04)),
        ImportRules(Request(), supersedes=first.table.id),
    )

    assert second.table is not None
    assert unlike(second) == []


BANTEN = ("Pandeglang", "Lebak", "Tangerang", "Serang", "Kota Tangerang", "Kota Cilegon", "Kota Serang",
          "Kota Tangerang Selatan")  # fmt: skip


def test_of_two_accepted_tables_the_later_is_added_up_for_the_province(workspace: Workspace, tmp_path: Path) -> None:
    """Ten thousand poor in each of eight make the province's eighty; the earlier table has nine in each."""
    for day, number in ((6, 9.0), (7, 10.0)):
        path = tmp_path / f"kabkota-{day}.csv"
        rows = [f"{name},{number + at / 100}" for at, name in enumerate(BANTEN)]
        path.write_text("\n".join(["Kabupaten/Kota,Jumlah Penduduk Miskin (Ribu Jiwa) 2023", *rows]), encoding="utf-8")
        import_files(workspace, [path], rules=ImportRules(Request()), at=AT.replace(day=day), on=AT.date(), by="Sari")
    province = tmp_path / "provinsi.csv"
    province.write_text("Provinsi,Jumlah Penduduk Miskin (Ribu Jiwa) 2023\nBanten,80.28\nBali,150\n", encoding="utf-8")

    done = take_in(workspace, province)

    assert done.table is not None
    assert len(workspace.lake.live()) == 3
    assert [one.code for one in done.outcome.findings if one.code == "whole-not-its-parts"] == []
