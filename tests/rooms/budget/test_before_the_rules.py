"""Old days stay computable: before the tag rules hold, sums stand and the text says why there are no tags."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.budget.figures import BudgetFigures
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import spoken
from nangkis.content.tree import Empty, Paragraph, Table
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from tests.rooms.budget.budgets import CENDANA, SMALL, TODAY, budget_frame, snapshot_of


LAST_DAY_WITHOUT = date(2025, 3, 26)  # the decree of the strategies is of the day after
TAG_FILES = ("penandaan_aturan", "penandaan_dimensi", "penandaan_kelangsungan", "strategi_oppkpke")


def analysed(folder: Path, on: date, parameters: Parameters | None = None) -> BudgetAnalysis:
    snapshot = snapshot_of(folder, budget_frame(SMALL))
    return analyse_budget(snapshot, CENDANA, 2026, parameters=parameters or packaged(), on=on)


@pytest.mark.parametrize("day", [LAST_DAY_WITHOUT, date(2024, 1, 1)])
def test_the_structure_is_computed_and_no_line_has_a_tag(tmp_path: Path, day: date) -> None:
    analysis = analysed(tmp_path, day)
    figures = BudgetFigures(analysis)
    total = figures.amount(figures.whole)

    assert total is not None
    assert total.value == (500 + 40 + 60 + 30 + 7 + 100) * 100
    assert analysis.rules is None
    assert analysis.tagged.is_empty()
    assert analysis.frame["tag"].null_count() == analysis.frame["held_because"].null_count() == len(SMALL)


def test_tables_show_the_same_money_as_today_without_a_column_of_proposals(tmp_path: Path) -> None:
    before, today = analysed(tmp_path / "a", LAST_DAY_WITHOUT), analysed(tmp_path / "b", TODAY)

    for old, new in zip(structure_blocks(before)[1:], structure_blocks(today)[1:], strict=True):
        assert isinstance(old, Table)
        assert isinstance(new, Table)
        assert [column.title for column in old.columns] == [column.title for column in new.columns[:-1]]
        assert [row.cells for row in old.rows] == [row.cells[:-1] for row in new.rows]
        assert sum(column.width for column in old.columns) == pytest.approx(1)


def test_the_text_says_why_there_are_no_tags(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, LAST_DAY_WITHOUT)
    (answer,) = budget_summary(analysis)
    (empty,) = tag_blocks(analysis)

    assert isinstance(answer, Paragraph)
    assert isinstance(empty, Empty)
    assert "aturan penandaannya belum berlaku" in spoken(answer.sentences[-1], "id")
    assert "aturan penandaannya belum berlaku" in spoken(empty.why, "id")
    told = [spoken(said, language) for said in answer.sentences for language in LANGUAGES]
    assert not [said for said in told if "ditangguhkan" in said or "dasar penandaan" in said]
    assert spoken(empty.do, "id") != spoken(empty.do, "en")


@pytest.mark.parametrize("missing", TAG_FILES)
def test_without_one_of_the_files_of_the_rules_there_are_no_tags(tmp_path: Path, missing: str) -> None:
    analysis = analysed(tmp_path, TODAY, packaged().with_overrides(Parameters({missing: ()})))

    assert analysis.rules is None
    assert isinstance(tag_blocks(analysis)[0], Empty)
