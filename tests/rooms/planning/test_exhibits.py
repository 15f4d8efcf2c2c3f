from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import spoken
from nangkis.content.tree import (
    Block,
    Bullets,
    Document,
    Empty,
    Paragraph,
    Row,
    Table,
    figures_of_block,
    figures_of_document,
    values_of_block,
)  # fmt: skip
from nangkis.diagnosis.diagnose import Problem, Reason
from nangkis.diagnosis.issues import MOST_POINTS
from nangkis.diagnosis.wording import inline
from nangkis.indicators.dimensions import Dimension, members
from nangkis.parameters.loader import packaged
from nangkis.planning.exhibits import programme_blocks, strategy_blocks
from nangkis.planning.programmes import tie_programmes
from nangkis.regions.register import place
from nangkis.vocabulary.figures import Figure
from tests.rooms.budget.budgets import CENDANA, EDUCATION, SMALL, SOCIAL, TODAY, Line, budget_frame, snapshot_of
from tests.rooms.planning.proposals import tagged


POOR = Problem("POV.P0", (Reason.WORSE_THAN_PROVINCE,), place(CENDANA), 2025)
NUMBER = Problem("POV.N", (Reason.WORSENING,), place(CENDANA), 2025)
UNKNOWN = Problem("ECO.KFD", (Reason.WORSENING,), place(CENDANA), 2025)  # the rule ties no spending to it
SCHOOL = Problem("EDU.RLS", (Reason.WORSENING,), place(CENDANA), 2025)
HUMAN = Problem("DEV.IPM", (Reason.WORSENING,), place(CENDANA), 2025)
CLASSROOM: Line = (EDUCATION, "1.01.02.2.01.02", "Penambahan Ruang Kelas Baru", 90)
DATA: Line = (SOCIAL, "1.06.05.2.02.02", "Pengelolaan Data Fakir Miskin", 5)
LINES = (*SMALL, CLASSROOM, DATA)
PROPOSED = "Usulan aturan; keputusan ada pada TKPK."


def analysed(folder: Path, *, lines: tuple[Line, ...] = LINES, stage: str = "rkpd") -> BudgetAnalysis:
    snapshot = snapshot_of(folder, budget_frame(lines, stage=stage))
    return analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=TODAY)


@pytest.fixture
def budget(tmp_path: Path) -> BudgetAnalysis:
    return analysed(tmp_path)


def chapter(budget: BudgetAnalysis | None, *problems: Problem) -> tuple[Block, ...]:
    lines = tagged() if budget is None else budget.tagged
    return programme_blocks(tie_programmes(problems, lines, parameters=packaged(), on=TODAY), budget)


def said(blocks: tuple[Block, ...], language: str = "id") -> str:
    return "\n".join(spoken(value, language) for block in blocks for value in values_of_block(block))  # type: ignore[arg-type]


def only(blocks: tuple[Block, ...], kind: type) -> list[Block]:
    return [block for block in blocks if isinstance(block, kind)]


def amounts(row: Row) -> list[int]:
    figures = [cell for cell in row.cells if isinstance(cell, Figure) and cell.unit == "rupiah"]
    return [figure.value for figure in figures if isinstance(figure.value, int)]


def test_what_rules_propose_is_never_said_to_be_the_plan(budget: BudgetAnalysis) -> None:
    blocks = chapter(budget, POOR)
    tables = only(blocks, Table)

    assert "diusulkan oleh aturan dan belum diputuskan" in said(blocks)
    assert "ijawab oleh" not in said(blocks)
    assert len(tables) == 1
    assert all(PROPOSED in [spoken(note, "id") for note in table.notes] for table in tables)  # type: ignore[union-attr]
    assert all(table.sources for table in tables)  # type: ignore[union-attr]


def test_the_rule_that_ties_a_problem_stands_in_the_origin_of_what_answers_it(budget: BudgetAnalysis) -> None:
    use = packaged().on("masalah_strategi", TODAY).use
    answers = [figure for block in chapter(budget, POOR) for figure in figures_of_block(block)]

    assert answers
    assert all(use in figure.origin.parameters for figure in answers)


def test_strategies_open_with_their_sum_and_show_their_largest_lines(budget: BudgetAnalysis) -> None:
    (table,) = only(chapter(budget, POOR), Table)
    rows = table.rows  # type: ignore[union-attr]

    assert [(row.emphasis, amounts(row)) for row in rows] == [
        (True, [(40 + 5) * 100]),
        (False, [40 * 100]),
        (False, [5 * 100]),
        (True, [90 * 100]),
        (False, [90 * 100]),
    ]
    assert [spoken(cell, "id") for cell in rows[0].cells[:2]] == [  # type: ignore[arg-type]
        "Strategi 1", "Pengurangan beban pengeluaran masyarakat",
    ]  # fmt: skip


def test_problems_with_the_same_answers_share_one_table(budget: BudgetAnalysis) -> None:
    problems, proposed, table = chapter(budget, POOR, NUMBER)

    assert [type(block) for block in (problems, proposed, table)] == [Bullets, Paragraph, Table]
    assert len(problems.items) == 2  # type: ignore[union-attr]


def test_a_problem_of_a_dimension_shows_what_is_tagged_to_it(budget: BudgetAnalysis) -> None:
    (table,) = only(chapter(budget, SCHOOL), Table)

    assert [spoken(cell, "id") for cell in table.rows[0].cells[:2]] == ["Dimensi", "Pendidikan"]  # type: ignore[union-attr,arg-type]
    assert [(row.emphasis, amounts(row)) for row in table.rows] == [  # type: ignore[union-attr]
        (True, [(90 + 40) * 100]),  # a classroom of strategy 3, and kits of strategy 1
        (False, [90 * 100]),
        (False, [40 * 100]),
    ]
    assert any("jumlahnya jangan ditambahkan" in spoken(note, "id") for note in table.notes)  # type: ignore[union-attr]


def test_what_stands_in_a_table_above_is_named_and_not_shown_again(budget: BudgetAnalysis) -> None:
    blocks = chapter(budget, SCHOOL, HUMAN)

    assert len(only(blocks, Table)) == 1
    assert "tercantum pada tabel di atas: Pendidikan." in said(blocks)


def test_many_problems_of_one_answer_end_in_a_row_of_names(budget: BudgetAnalysis) -> None:
    codes = [one.code for one in members()[Dimension.EDUCATION]][: MOST_POINTS + 2]
    blocks = chapter(budget, *(Problem(code, (Reason.WORSENING,), place(CENDANA), 2025) for code in codes))

    assert len(blocks[0].items) == MOST_POINTS  # type: ignore[union-attr]
    assert spoken(inline(codes[-1]), "id") in said(blocks[1:2])


def test_a_problem_without_an_answer_is_listed_after_those_that_have_one(budget: BudgetAnalysis) -> None:
    blocks = chapter(budget, UNKNOWN, POOR)

    assert [type(block) for block in blocks] == [Bullets, Paragraph, Table, Paragraph, Bullets, Empty]
    assert "Masalah yang belum dijawab" in said(blocks[3:4])
    assert len(blocks[4].items) == 1  # type: ignore[union-attr]


def test_without_problems_the_section_is_not_a_bare_heading(budget: BudgetAnalysis) -> None:
    first, unasked = chapter(budget)

    assert isinstance(first, Empty)
    assert "tidak ada masalah" in said((first,))
    assert "Strategi 3, Penurunan jumlah kantong kemiskinan" in said((unasked,))


def test_without_a_budget_nobody_is_told_to_decide_what_is_held() -> None:
    problems, why = chapter(None, POOR)

    assert isinstance(problems, Bullets)
    assert isinstance(why, Empty)
    assert "anggaran daerah ini tidak ada" in said((why,))
    assert "ditangguhkan" not in said((why,))


def test_without_problems_and_budget_it_says_that_there_are_no_problems() -> None:
    (only_block,) = chapter(None)

    assert "tidak ada masalah" in said((only_block,))


@pytest.mark.parametrize(
    ("stage", "money"), [("rkpd", "Pagu indikatif"), ("apbd", "Anggaran"), ("lra-audited", "Realisasi belanja")]
)
def test_money_is_called_what_it_is_at_its_stage(tmp_path: Path, stage: str, money: str) -> None:
    budget = analysed(tmp_path, stage=stage)
    tables = only(chapter(budget, POOR), Table)

    for table in tables:
        assert spoken(table.title, "id").startswith(f"{money} tahun 2026")  # type: ignore[union-attr]
        assert f"{money} (Rp)" in [spoken(column.title, "id") for column in table.columns]  # type: ignore[union-attr]


def test_the_same_key_is_the_same_figure_in_the_chapter_and_everything_can_be_said(budget: BudgetAnalysis) -> None:
    blocks = chapter(budget, UNKNOWN, POOR)
    title = next(block for block in blocks if isinstance(block, Table)).title

    assert figures_of_document(Document(title, title, blocks))
    assert len({said(blocks, language) for language in LANGUAGES}) == len(LANGUAGES)


def test_no_sentence_of_the_chapter_holds_a_number_that_nothing_vouches_for(budget: BudgetAnalysis) -> None:
    (table,) = only(chapter(budget, POOR), Table)
    notes = [spoken(note, language) for note in table.notes for language in LANGUAGES]  # type: ignore[union-attr]

    assert any("Hanya sub kegiatan terbesar setiap strategi yang ditampilkan" in note for note in notes)
    assert not [note for note in notes if any(sign.isdigit() for sign in note)]


def test_on_a_day_before_the_strategies_it_says_so_and_nothing_is_proposed(tmp_path: Path) -> None:
    day = date(2024, 1, 1)
    snapshot = snapshot_of(tmp_path, budget_frame(LINES))
    budget = analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=day)
    ties = tie_programmes([POOR], budget.tagged, parameters=packaged(), on=day)

    problems, why = programme_blocks(ties, budget)
    (strategies,) = strategy_blocks(budget.names.strategies)

    assert (ties.rule, ties.strategies_without_problem) == (None, ())
    assert isinstance(problems, Bullets)
    assert "belum berlaku pada tanggal analisis ini" in said((why,))
    assert "ditangguhkan" not in said((why, strategies))
    assert isinstance(strategies, Empty)
