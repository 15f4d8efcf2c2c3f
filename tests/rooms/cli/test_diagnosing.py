"""``nangkis diagnose`` and ``nangkis chart`` on the example."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from nangkis.cli.exits import Exit
from nangkis.content.catalogue import LANGUAGES, Language, template
from tests.rooms.cli.test_commands import folder, nangkis


__all__ = ["folder"]  # a fixture is found by its name in the module of the test


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdicts_on_every_region_go_into_one_sheet(folder: Path, tmp_path: Path, language: Language) -> None:
    path = tmp_path / "semua.xlsx"

    done = nangkis("diagnose", "--all", "--xlsx", path, "--lang", language, "-w", folder / "kerja")

    assert done.returncode == Exit.DONE, done.stderr
    (sheet,) = openpyxl.load_workbook(path).worksheets
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[1] == template("every.head.name", language)
    told = {(row[0], row[2]): row for row in rows}
    assert len(told) == len(rows)
    value, why = head.index(template("every.head.value", language)), head.index(template("every.head.why", language))
    assert all((row[value] is None) != (row[why] is None) for row in rows)
    assert isinstance(told["contoh-2026:90.05", "POV.P0"][value], float)
    assert sheet.freeze_panes == "A2"


def test_an_indicator_that_is_named_twice_has_each_region_once(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "semua.xlsx"
    named = ("--indicator", "POV.P0", "--indicator", "POV.N", "--indicator", "POV.P0")

    done = nangkis("diagnose", "--all", "--xlsx", path, *named, "-w", folder / "kerja")

    assert done.returncode == Exit.DONE, done.stderr
    _, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert {row[2] for row in rows} == {"POV.P0", "POV.N"}
    assert len({(row[0], row[2]) for row in rows}) == len(rows)


@pytest.mark.parametrize("ending", [".svg", ".png", ".html"])
@pytest.mark.parametrize("kind", ["position", "trend"])
def test_a_chart_is_a_file_of_its_own(folder: Path, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"gambar{ending}"

    done = nangkis("chart", "contoh:90.05", "POV.P0", "--kind", kind, "--out", path, "-w", folder / "kerja")

    assert done.returncode == Exit.DONE, done.stderr
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    "words",
    [
        ("diagnose",),
        ("diagnose", "--all"),
        ("diagnose", "contoh:90.05", "--all", "--xlsx", "semua.xlsx"),
        ("diagnose", "contoh:90.05", "--indicator", "POV.P9"),
        ("chart", "contoh:90.05", "POV.P9", "--out", "gambar.svg"),
        ("chart", "contoh:90.05", "FOD.POU", "--out", "gambar.svg"),
        ("chart", "contoh:90.05", "POV.P0", "--out", "gambar.bmp"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_met_is_refused_with_what_to_do(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)

    done = nangkis(*words, "-w", folder / "kerja")

    assert done.returncode == Exit.REQUEST_REFUSED, done.stderr
    assert done.stderr.strip()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["position", "trend", "quadrant", "map", "multiples"])
def test_every_kind_of_chart_is_drawn(folder: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.svg"

    done = nangkis("chart", "contoh:90.05", "POV.P0", "--kind", kind, "--out", path, "-w", folder / "kerja")

    assert done.returncode == Exit.DONE, done.stderr
    assert path.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    "words",
    [
        ("diagnose", "contoh:90", "--against", "province"),
        ("diagnose", "contoh:90.05", "--against", "peers", "--indicator", "POV.N"),
        ("diagnose", "--all", "--against", "nation", "--xlsx", "semua.xlsx"),
        ("chart", "contoh:90.05", "POV.P0", "--kind", "trend", "--against", "nation", "--out", "gambar.svg"),
        ("chart", "contoh:90.05", "POV.P0", "--kind", "map", "--against", "peers", "--out", "gambar.svg"),
    ],
)
def test_a_comparison_without_meaning_is_refused(folder: Path, words: tuple[str, ...]) -> None:
    done = nangkis(*words, "-w", folder / "kerja")

    assert done.returncode == Exit.REQUEST_REFUSED, done.stdout
    assert "--against" in done.stderr


def test_a_region_is_held_against_the_nation(folder: Path) -> None:
    done = nangkis("diagnose", "contoh:90.05", "--against", "nation", "--indicator", "POV.P0", "-w", folder / "kerja")

    assert done.returncode == Exit.DONE, done.stderr
    assert "rata-rata nasional" in done.stdout


def test_all_data_are_checked_in_one_run_and_a_sheet_holds_what_was_found(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "hasil.xlsx"

    done = nangkis("check-data", "--xlsx", path, "--json", "-w", folder / "kerja")

    assert done.returncode in {Exit.DONE, Exit.DIFFERENCE}, done.stderr
    plain = json.loads(done.stdout)
    (sheet,) = openpyxl.load_workbook(path).worksheets
    assert sheet.max_row - 1 == sum(check["found"] for check in plain["checks"])
    warned = any(one["severity"] != "note" for check in plain["checks"] for one in check["findings"])
    assert done.returncode == (Exit.DIFFERENCE if warned else Exit.DONE)
