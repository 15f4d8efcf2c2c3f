"""``nangkis budget --compare`` and ``nangkis score`` on a small budget of two stages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from nangkis.cli import budgeting
from nangkis.lake.store import Lake
from nangkis.vocabulary.refusals import Refusal
from tests.rooms.budget.budgets import SMALL, Line, accept, budget_frame
from tests.rooms.budget.postures import YEAR, accept_posture, posture_frame


LATER: tuple[Line, ...] = (*((*line[:3], None if line[3] is None else line[3] - 1) for line in SMALL[:-1]), SMALL[-1])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    lake = Lake(tmp_path / "lake")
    accept(lake, budget_frame(SMALL), name="rkpd.xlsx")
    accept(lake, budget_frame(LATER, stage="apbd"), name="apbd.xlsx")
    return tmp_path


def run(workspace: Path, *words: str) -> Result:
    app = typer.Typer()
    budgeting.add_to(app)
    return CliRunner().invoke(app, [*words, "-w", str(workspace), "--as-of", "2026-11-01"])


def test_two_stages_are_compared_from_the_earlier_to_the_later_whichever_was_named(workspace: Path) -> None:
    asked = ("budget", "contoh:90.01", "2026")

    there = run(workspace, *asked, "--stage", "rkpd", "--compare", "apbd", "--json")
    back = run(workspace, *asked, "--stage", "apbd", "--compare", "rkpd", "--json")

    assert there.exit_code == 0, there.output
    assert there.output == back.output
    says = json.loads(there.output)["says"]
    assert "5 sub kegiatan berkurang, 0 bertambah" in says[0]


def test_a_comparison_is_written_to_a_workbook_too(workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "banding.xlsx"

    done = run(
        workspace, "budget", "contoh:90.01", "2026", "--stage", "rkpd", "--compare", "apbd", "--xlsx", str(sheet)
    )

    assert done.exit_code == 0, done.output
    assert len(CalamineWorkbook.from_path(str(sheet)).sheet_names) > 3


def test_the_mark_is_shown_with_what_more_money_would_make_of_it(workspace: Path) -> None:
    asked = ("score", "contoh:90.01", "2026", "--stage", "rkpd")

    done = run(workspace, *asked, "--add", "10", "--to", "langsung")

    assert done.exit_code == 0, done.output
    assert "belanja perjalanan dinas" in done.output
    assert "Rp10 dipindahkan" in done.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("budget", "contoh:90.01", "2026", "--stage", "rkpd", "--compare", "murni"), "budget-compare-unknown"),
        (("score", "contoh:90.01", "2026", "--stage", "rkpd", "--add", "10"), "score-add-and-to"),
        (("score", "contoh:90.01", "2026", "--stage", "rkpd", "--add", "10", "--to", "x"), "score-reach-unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(workspace: Path, words: tuple[str, ...], code: str) -> None:
    done = run(workspace, *words)

    assert isinstance(done.exception, Refusal)
    assert done.exception.code == code


def test_a_region_that_only_postures_tell_of_is_shown_up_to_the_year_asked_for(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    for year in (2020, 2024, 2025):
        accept_posture(lake, posture_frame(YEAR, year=year))

    done = run(tmp_path, "budget", "kemendagri:13.06", "2024", "--json")
    none = run(tmp_path, "budget", "kemendagri:13.06", "2023")

    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    figures = told["figures"].values()
    shares = [float(each["value"][1]) for each in figures if each["key"].endswith("2024/realised/own-revenue")]
    assert shares == [pytest.approx(140 / 990)]
    assert any("tidak disimpulkan" in said for said in told["says"])
    assert not [each for each in figures if "/2025/" in each["key"]]
    assert isinstance(none.exception, Refusal)
