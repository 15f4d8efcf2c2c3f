from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.exhibits import budget_summary, structure_blocks, tag_blocks
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import figures_in, runs, spoken
from nangkis.content.tree import Document, Paragraph, Table, figures_of_block, figures_of_document, values_of_block
from nangkis.lake.snapshot import Snapshot, chosen_rows, same_cells
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.units import Unit
from tests.rooms.budget.budgets import CENDANA, EDUCATION, FINANCE, HEALTH, SMALL, TODAY, budget_frame, snapshot_of


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return snapshot_of(tmp_path, budget_frame(SMALL))


@pytest.fixture
def analysis(snapshot: Snapshot) -> BudgetAnalysis:
    return analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=TODAY)


def sen(rupiah: int) -> int:
    return rupiah * 100


def amounts(analysis: BudgetAnalysis, *parts: Part) -> list[object]:
    figures = BudgetFigures(analysis)
    return [None if (figure := figures.amount(part)) is None else figure.value for part in parts]


def test_the_whole_is_the_office_the_villages_and_the_base(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    whole = figures.whole

    assert amounts(analysis, whole) == [sen(500 + 40 + 60 + 30 + 7 + 100)]
    classes = [figures.of_class(whole, name) for name in ("penunjang", "transfer-desa", "program")]
    assert amounts(analysis, *classes) == [sen(500), sen(100), sen(40 + 60 + 30 + 7)]
    tags = [figures.of_tag(whole, tag=tag) for tag in ("ditandai", "tidak-relevan", "ditangguhkan")]
    assert amounts(analysis, *tags) == [sen(40), sen(7), sen(60 + 30)]
    assert (figures.lines(whole).value, figures.empty_lines(whole).value) == (6, 1)


def test_a_line_without_an_amount_is_tagged_but_adds_nothing(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    meals = analysis.tagged.filter(pl.col("sub_kegiatan_code") == "1.06.04.2.01.01")
    social = figures.where(figures.whole, bidang_code="1.06")

    assert meals.select("amount_sen", "strategy", "directness").row(0) == (None, "1", "langsung")
    assert amounts(analysis, social) == [None]
    assert (figures.lines(social).value, figures.empty_lines(social).value) == (0, 1)


def test_a_part_split_by_office_is_the_part_asked_for_office_by_office(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    offices = figures.split(figures.whole, "office_code", "office_name")

    assert list(offices) == sorted(offices)
    for (code, name), part in offices.items():
        asked = figures.where(figures.whole, office_code=code, office_name=name)
        assert figures.amount(part) == figures.amount(asked)
        assert figures.lines(part) == figures.lines(asked)


def test_a_figure_that_stands_by_one_more_rule_has_a_name_of_its_own_and_says_so(analysis: BudgetAnalysis) -> None:
    figures = BudgetFigures(analysis)
    tagged = figures.of_tag(figures.whole, tag="ditandai")
    use = packaged().on("masalah_strategi", TODAY).use
    plain, standing = figures.amount(tagged), figures.amount(figures.standing_by(tagged, "answers", use))

    assert plain is not None
    assert standing is not None
    assert (standing.value, standing.key) == (plain.value, plain.key.replace("/sen", "/answers/sen"))
    assert standing.origin.parameters == (*plain.origin.parameters, use)


def test_services_of_a_hospital_inside_programme_01_are_shown_apart(tmp_path: Path) -> None:
    lines = [*SMALL, (HEALTH, "1.02.01.2.10.0001", "Pelayanan dan Penunjang Pelayanan BLUD", 250)]
    analysis = analyse_budget(
        snapshot_of(tmp_path, budget_frame(lines)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )
    (answer,) = budget_summary(analysis)
    support = next(said for said in answer.sentences if said.code.startswith("budget.answer.penunjang"))  # type: ignore[union-attr]

    assert support.code == "budget.answer.penunjang-blud"
    assert [figure.value for figure in figures_in(support)][::2] == [sen(500 + 250), sen(250)]
    assert "termasuk gaji, kantor, dan layanan BLUD" in spoken(support, "id")
    assert analysis.lines.blud_parameter in support.values["blud"].origin.parameters  # type: ignore[union-attr]


def test_rows_that_were_not_accepted_and_a_total_that_differs_are_said(tmp_path: Path) -> None:
    differs = Finding(
        "total-differs", Severity.WARNING, "Sheet1!C9", {"total": 800, "sum": 500 + 40 + 60 + 30 + 7 + 100}
    )
    snapshot = snapshot_of(tmp_path, budget_frame(SMALL), rows_refused=2, findings=(differs,))
    analysis = analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=TODAY)
    (answer,) = budget_summary(analysis)
    refused, total = answer.sentences[-2:]  # type: ignore[union-attr]

    assert [figure.value for figure in figures_in(refused)] == [2]
    assert [figure.value for figure in figures_in(total)] == [sen(800), sen(800 - (500 + 40 + 60 + 30 + 7 + 100))]
    assert "Sheet1!C9" in spoken(total, "id")
    assert all(figure.origin.inputs for figure in figures_of_block(answer))


def test_files_that_were_read_whole_are_not_excused(analysis: BudgetAnalysis) -> None:
    (answer,) = budget_summary(analysis)

    assert not {said.code for said in answer.sentences} & {"budget.answer.refused", "budget.answer.total-differs"}  # type: ignore[union-attr]


def test_what_planning_takes_names_its_rule_its_reason_and_its_row(analysis: BudgetAnalysis) -> None:
    kits = analysis.tagged.filter(pl.col("sub_kegiatan_code") == "1.01.02.2.01.28").row(0, named=True)

    assert (kits["dimension"], kits["strategy"], kits["directness"]) == ("pendidikan", "1", "langsung")
    assert kits["rule"] == "biaya-pribadi-murid"
    assert "murid" in kits["reason"]
    assert "Pupils" in kits["reason_en"]
    assert (kits["_table"], kits["_row"]) == (analysis.lines.manifests[0].id, 3)


def shown(analysis: BudgetAnalysis) -> tuple[Figure, ...]:
    blocks = (*budget_summary(analysis), *structure_blocks(analysis), *tag_blocks(analysis))
    return tuple(figure for block in blocks for figure in figures_of_block(block))


def test_every_amount_is_the_sum_of_the_cells_that_it_names(analysis: BudgetAnalysis, snapshot: Snapshot) -> None:
    table = pl.read_parquet(snapshot.folder / f"{snapshot.ids[0]}.parquet")
    amounts = [figure for figure in shown(analysis) if figure.unit is Unit.RUPIAH]

    assert len(amounts) > 20
    for figure in amounts:
        cells = [chosen_rows(table, selection)[selection.column] for selection in figure.origin.inputs]
        assert figure.value == sum(int(part.sum()) for part in cells), figure.key


def test_every_count_is_the_number_of_filled_rows_that_it_names(analysis: BudgetAnalysis, snapshot: Snapshot) -> None:
    table = pl.read_parquet(snapshot.folder / f"{snapshot.ids[0]}.parquet")
    counts = [figure for figure in shown(analysis) if figure.origin.method.name == "budget-lines"]

    assert counts
    for figure in counts:
        cells = [chosen_rows(table, selection)[selection.column] for selection in figure.origin.inputs]
        assert figure.value == sum(part.null_count() for part in cells), figure.key


def test_a_proposed_amount_depends_on_the_rule_table(analysis: BudgetAnalysis) -> None:
    proposals = [figure for figure in shown(analysis) if figure.origin.method.name == "budget-tag-sum"]

    assert proposals
    assert analysis.rules is not None
    assert all(analysis.rules.use in figure.origin.parameters for figure in proposals)


def test_the_same_key_is_the_same_figure_in_every_exhibit(analysis: BudgetAnalysis) -> None:
    blocks = (*budget_summary(analysis), *structure_blocks(analysis), *tag_blocks(analysis))
    title = next(block for block in blocks if isinstance(block, Table)).title

    assert figures_of_document(Document(title, title, blocks))


def test_the_answer_says_what_is_held(analysis: BudgetAnalysis) -> None:
    (answer,) = budget_summary(analysis)
    assert isinstance(answer, Paragraph)

    amount, share = figures_in(answer.sentences[-1])

    assert (amount.value, share.value) == (sen(60 + 30), (60 + 30) / (40 + 60 + 30 + 7))
    assert "dari dasar penandaan ditangguhkan" in spoken(answer.sentences[-1], "id")


def test_every_share_of_the_answer_names_its_base(analysis: BudgetAnalysis) -> None:
    (answer,) = budget_summary(analysis)
    assert isinstance(answer, Paragraph)
    shares = [said for said in answer.sentences if "share" in said.values]

    assert len(shares) == 3 + 3
    assert all(any(base in spoken(said, "id") for base in ("dari seluruhnya", "dari dasar")) for said in shares)


def test_the_page_of_tags_opens_with_where_most_of_it_goes(analysis: BudgetAnalysis) -> None:
    answer = tag_blocks(analysis)[0]
    assert isinstance(answer, Paragraph)

    assert [figure.value for figure in figures_of_block(answer)] == [sen(40), 1.0, sen(40), 1.0]


def test_a_budget_that_no_rule_tags_says_so(tmp_path: Path) -> None:
    salaries = [line for line in SMALL if line[1].startswith("1.01.01")]
    analysis = analyse_budget(
        snapshot_of(tmp_path, budget_frame(salaries)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )

    answer = tag_blocks(analysis)[0]

    assert isinstance(answer, Paragraph)
    assert answer.sentences[0].code == "budget.answer.nothing-tagged"


def test_everything_can_be_said_in_both_languages(analysis: BudgetAnalysis) -> None:
    blocks = (*budget_summary(analysis), *structure_blocks(analysis), *tag_blocks(analysis))
    told = {
        language: [list(runs(value, language)) for block in blocks for value in values_of_block(block)]
        for language in LANGUAGES
    }

    assert len(told["id"]) == len(told["en"])
    assert told["id"] != told["en"]


def test_the_list_of_held_lines_says_why(analysis: BudgetAnalysis) -> None:
    held = [block for block in tag_blocks(analysis) if isinstance(block, Table)][-1]
    by_rule, by_none = [spoken(row.cells[-1], "id") for row in held.rows]  # type: ignore[arg-type]

    assert by_rule.endswith("(aturan operasional-sekolah).")
    assert by_none == "Belum ada aturan yang menempatkannya."


def test_a_budget_without_amounts_says_so_instead_of_printing_zero(tmp_path: Path) -> None:
    empty = [(office, code, name, None) for office, code, name, _ in SMALL]
    analysis = analyse_budget(
        snapshot_of(tmp_path, budget_frame(empty)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )

    blocks = (*budget_summary(analysis), *structure_blocks(analysis), *tag_blocks(analysis))

    assert not [figure for block in blocks for figure in figures_of_block(block)]


def test_an_office_without_a_name_is_shown_by_its_code(tmp_path: Path) -> None:
    nameless = pl.when(pl.col("office_code") != EDUCATION[0]).then("office_name").alias("office_name")
    unnamed = budget_frame(SMALL).with_columns(nameless, pl.lit(None, pl.String()).alias("sub_kegiatan_name"))
    snapshot = snapshot_of(tmp_path, unnamed)
    analysis = analyse_budget(snapshot, CENDANA, 2026, parameters=packaged(), on=TODAY)
    _, offices = (block for block in structure_blocks(analysis) if isinstance(block, Table))
    table = pl.read_parquet(snapshot.folder / f"{snapshot.ids[0]}.parquet")

    assert spoken(offices.rows[0].cells[0], "id") == EDUCATION[0]  # type: ignore[arg-type]
    for figure in (figure for figure in shown(analysis) if figure.unit is Unit.RUPIAH):
        cells = [chosen_rows(table, selection)[selection.column] for selection in figure.origin.inputs]
        assert figure.value == sum(int(part.sum()) for part in cells), figure.key


def test_both_tables_show_the_money_of_villages_apart(analysis: BudgetAnalysis) -> None:
    tables = [block for block in structure_blocks(analysis) if isinstance(block, Table)]

    for table in tables:
        (place,) = (
            n for n, column in enumerate(table.columns) if spoken(column.title, "id") == "Transfer ke desa (Rp)"
        )
        column = [row.cells[place] for row in table.rows]
        assert [cell.value for cell in column if isinstance(cell, Figure)] == [sen(100), sen(100)]  # its row, the total
        assert sum(column.width for column in table.columns) == pytest.approx(1)
        assert table.landscape
    offices = tables[1]
    (finance,) = (row for row in offices.rows if spoken(row.cells[0], "id") == FINANCE[1])  # type: ignore[arg-type]
    assert [cell.value for cell in finance.cells if isinstance(cell, Figure)][::2] == [sen(100), sen(100)]


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    there = analyse_budget(
        snapshot_of(tmp_path / "a", budget_frame(SMALL)), CENDANA, 2026, parameters=packaged(), on=TODAY
    )
    back = analyse_budget(
        snapshot_of(tmp_path / "b", budget_frame(SMALL[::-1])), CENDANA, 2026, parameters=packaged(), on=TODAY
    )

    assert [(figure.key, figure.value) for figure in shown(there)] == [
        (figure.key, figure.value) for figure in shown(back)
    ]


def test_one_corrected_amount_touches_its_dependants_and_nothing_else(
    analysis: BudgetAnalysis, snapshot: Snapshot
) -> None:
    before = pl.read_parquet(snapshot.folder / f"{snapshot.ids[0]}.parquet")
    kits = pl.col("sub_kegiatan_code") == "1.01.02.2.01.28"
    after = before.with_columns(pl.when(kits).then(sen(41)).otherwise("amount_sen").alias("amount_sen"))
    figures = {figure.key.partition("/rkpd/")[2]: figure for figure in shown(analysis)}

    stale = {
        key
        for key, figure in figures.items()
        if not all(same_cells(before, after, selection) for selection in figure.origin.inputs)
    }

    assert {"total/sen", "total/bidang_code:1.01/sen", "total/tag:ditandai,strategy:1/sen"} <= stale
    assert not {key for key in stale if key.endswith(("/lines", "/empty-lines"))}
    assert stale.isdisjoint(
        {"total/class:penunjang/sen", "total/class:transfer-desa/sen", "total/tag:ditangguhkan/sen"}
        | {"total/bidang_code:5.02/sen", "total/tag:tidak-relevan/sen"}
    )
