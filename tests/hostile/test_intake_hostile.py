"""Hostile files: each is refused by name, within the limits of the limits file, and gives no reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.cells.deadline import Deadline
from nangkis.intake.cells.formats import FileTooLarge
from nangkis.intake.cells.scan import scan_workbook
from nangkis.intake.limits import Limits, limits_on
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.refusals import FileRefused
from tests.hostile.hostile_files import HOSTILE, honest_workbook, sheet_xml, with_sheet


DAY = date(2026, 11, 5)
LIMITS = limits_on(packaged(), DAY)
SECONDS_MOST = 20  # far below the limit: none of these files holds enough to read for long
CHILD = Path(__file__).with_name("intake_child.py")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by the module resource")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of its own says of every hostile file, and what it cost."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)], capture_output=True, timeout=LIMITS.seconds, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name(answers: dict[str, Any], name: str) -> None:
    _, code, limit = HOSTILE[name]
    answer = answers["files"][name]
    assert (answer["code"], answer["limit"], answer["readings"]) == (code, limit, 0)
    assert answer["seconds"] < SECONDS_MOST


def test_all_of_them_together_stay_within_the_memory_limit(answers: dict[str, Any]) -> None:
    assert answers["memory_bytes"] < LIMITS.memory_bytes


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [
        ("bytes", 100, "file-too-large"),
        ("unpacked_bytes", 100, "file-too-large"),
        ("part_bytes", 100, "file-too-large"),
        ("seconds", 0, "file-too-slow"),
        ("memory_bytes", 1, "file-needs-memory"),
    ],
)
def test_each_limit_of_the_file_is_asked_and_named(tmp_path: Path, limit: str, most: int, code: str) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(honest_workbook())
    (outcome,) = read_file(path, Request(), parameters=_with(limit, most), on=DAY)
    assert isinstance(outcome.refusal, FileRefused)
    assert (outcome.refusal.code, outcome.refusal.values["limit"], outcome.refusal.values["most"]) == (
        code,
        limit,
        most,
    )


def test_more_error_cells_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    cells = "".join(f'<c r="A{row}" t="e"><v>#N/A</v></c>' for row in range(1, 5))
    path.write_bytes(with_sheet(sheet_xml(f'<row r="1">{cells}</row>')))
    (outcome,) = read_file(path, Request(), parameters=_with("error_cells", 3), on=DAY)
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.values["limit"]) == ("file-too-large", "error_cells")


@pytest.mark.parametrize(("limit", "most"), [("rows", 2), ("columns", 1), ("cells", 3)])
def test_each_limit_of_a_table_is_asked_and_named(tmp_path: Path, limit: str, most: int) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    (outcome,) = read_file(path, Request(), parameters=_with(limit, most), on=DAY)
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.values["limit"]) == ("file-too-large", limit)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    (outcome,) = read_file(tmp_path / "tidak ada.csv", Request(), parameters=packaged(), on=DAY)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "file-absent"


@pytest.mark.skipif(sys.platform != "linux", reason="only there a file's name can be any bytes")
def test_a_name_with_bytes_that_are_no_letters_is_refused_and_can_be_written(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/rusak\xff.csv"))
    path.write_text("Kabupaten/Kota,p0_2024\nKabupaten Pacitan,13.65\n", encoding="utf-8")
    (outcome,) = read_file(path, Request(), parameters=packaged(), on=DAY)
    assert outcome.refusal is not None
    assert outcome.refusal.code == "file-name-broken"
    assert str(outcome.refusal.values["file"]).encode()


def test_the_deadline_holds_for_the_search_too(tmp_path: Path) -> None:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(honest_workbook())
    with pytest.raises(FileTooLarge) as refused:
        scan_workbook(path, LIMITS, Deadline(path.name, LIMITS.seconds, ends=0.0))
    assert refused.value.code == "file-too-slow"


def test_every_limit_is_a_positive_number() -> None:
    assert all(getattr(LIMITS, name) > 0 for name in Limits.__dataclass_fields__)


def _with(limit: str, most: int) -> Parameters:
    usual = packaged().on("intake_batas", DAY)
    changed = replace(usual, value={**usual.value, limit: str(most)})
    return packaged().with_overrides(Parameters({"intake_batas": (changed,)}))
