"""What must not enter the lake does not, by the way that every file comes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from nangkis.budget.schema import Stage
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import open_workspace
from tests.hostile.hostile_files import HOSTILE


SAID = Request(region=Region.parse("contoh:90.05"), year=2026, stage=Stage.RKPD)
NIK = "90" + "0101" + "410190" + "0002"  # of the fictional province, put together on the spot


def take(folder: Path, path: Path) -> tuple[Imported, ...]:
    """Import one file into the workspace."""
    noon = datetime(2026, 11, 5, 12, tzinfo=UTC)
    return import_files(
        open_workspace(folder), [path], rules=ImportRules(SAID), at=noon, on=date(2026, 11, 5), by="Sri"
    )


def held(folder: Path) -> dict[str, bytes]:
    """Every file of the lake and its bytes."""
    lake = folder / "lake"
    return {str(path.relative_to(lake)): path.read_bytes() for path in lake.rglob("*") if path.is_file()}


def recipients(path: Path, *, hide: Callable[[xlsxwriter.workbook.Worksheet], object], people: bool = True) -> Path:
    """A workbook with a good sheet of pagu, a sheet of recipients and an empty one."""
    with xlsxwriter.Workbook(path) as book:
        pagu = book.add_worksheet("Pagu")
        pagu.write_row(0, 0, ["OPD", "Sub Kegiatan", "Pagu"])
        pagu.write_row(1, 0, ["1.01.0.00.0.00.01.0000 Dinas Pendidikan", "1.01.02.2.01.0001 Pembangunan Kelas", 1000])
        page = book.add_worksheet("Penerima")
        page.write_row(0, 0, ["Nama", "NIK"])
        page.write_row(1, 0, ["Sri", NIK] if people else ["-", "-"])
        hide(page)
        book.add_worksheet("Kosong")
    return path


VISIBILITIES = {
    "visible": lambda _: None,
    "hidden": lambda page: page.hide(),
    "very hidden": lambda page: page.very_hidden(),
}


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_personal_data_on_any_sheet_keep_the_whole_file_out(tmp_path: Path, visibility: str) -> None:
    path = recipients(tmp_path / "pagu.xlsx", hide=VISIBILITIES[visibility])

    done = take(tmp_path / "kerja", path)

    assert held(tmp_path / "kerja") == {}
    assert [item.outcome.sheet for item in done] == ["Pagu", "Penerima", "Kosong"]
    refusals = [item.outcome.refusal for item in done]
    assert all(refusal is not None and refusal.code == "personal-data" for refusal in refusals)
    assert all(refusal is not None and refusal.values["at"] == "Penerima!B2" for refusal in refusals)
    assert NIK not in str(done)


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_names_of_people_on_any_sheet_leave_no_byte_in_the_workspace(tmp_path: Path, visibility: str) -> None:
    path = tmp_path / "pagu.xlsx"
    with xlsxwriter.Workbook(path) as book:
        pagu = book.add_worksheet("Pagu")
        pagu.write_row(0, 0, ["OPD", "Sub Kegiatan", "Pagu"])
        pagu.write_row(1, 0, ["1.01.0.00.0.00.01.0000 Dinas Pendidikan", "1.01.02.2.01.0001 Pembangunan Kelas", 1000])
        page = book.add_worksheet("Keluarga")
        page.write_row(2, 1, ["Nama KRT", "Desil"])
        page.write_row(3, 1, ["Suharni Lapangasa", 1])
        VISIBILITIES[visibility](page)  # type: ignore[no-untyped-call]

    done = take(tmp_path / "kerja", path)

    refusals = {item.outcome.refusal.code for item in done if item.outcome.refusal is not None}
    assert (refusals, held(tmp_path / "kerja")) == ({"personal-names"}, {})
    stored = [file.read_bytes() for file in (tmp_path / "kerja").rglob("*") if file.is_file()]
    assert all(path.read_bytes() not in each and b"Lapangasa" not in each for each in stored)
    assert "Lapangasa" not in str(done)


def test_the_same_workbook_without_personal_data_is_taken_in(tmp_path: Path) -> None:
    path = recipients(tmp_path / "pagu.xlsx", hide=lambda page: page.hide(), people=False)

    (pagu, *_) = take(tmp_path / "kerja", path)

    assert pagu.table is not None
    assert any(name.startswith("sources") for name in held(tmp_path / "kerja"))


def test_no_hostile_file_changes_the_lake(tmp_path: Path) -> None:
    take(tmp_path / "kerja", recipients(tmp_path / "baik.xlsx", hide=lambda _: None, people=False))
    before = held(tmp_path / "kerja")
    assert before

    for name, (make, code, _) in HOSTILE.items():
        path = tmp_path / name
        path.write_bytes(make())
        refusals = [item.outcome.refusal for item in take(tmp_path / "kerja", path)]
        assert [refusal.code for refusal in refusals if refusal is not None] == [code]
        assert held(tmp_path / "kerja") == before, name
