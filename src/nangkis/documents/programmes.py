"""Chapter IV of the RPKD: what the region does about each problem."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.names import budget_names
from nangkis.budget.rules import Tag
from nangkis.budget.telling import stage_name
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Bullets, Cell, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.exhibits import problem_sentence
from nangkis.documents.materials import Materials
from nangkis.planning.programmes import Answer, Tie, answers_of
from nangkis.vocabulary.figures import Label


SHOWN_PER_STRATEGY = 5


def strategies(materials: Materials) -> tuple[Block, ...]:
    """The three national strategies."""
    names = budget_names(materials.parameters, materials.on).strategies
    items = tuple(sentence("rpkd.strategies.item", number=Label(code), name=name) for code, name in names.items())
    return (Paragraph((sentence("rpkd.strategies.intro"),)), Bullets(items))


def programmes(materials: Materials) -> tuple[Block, ...]:
    """Each problem with the sub kegiatan that answer it; a problem without an answer is said."""
    blocks: list[Block] = []
    shown: set[tuple[str, ...]] = set()
    for tie in materials.ties.ties:
        blocks.append(Paragraph((problem_sentence(tie.problem),)))
        blocks.extend(_answered(materials, tie, repeat=tie.strategies in shown))
        shown.add(tie.strategies)
    unasked = tuple(
        sentence("rpkd.programmes.unasked", number=Label(number))
        for number in materials.ties.strategies_without_problem
    )
    return (*blocks, Paragraph(unasked)) if unasked else tuple(blocks)


def _answered(materials: Materials, tie: Tie, *, repeat: bool) -> tuple[Block, ...]:
    budget = materials.budget
    if budget is None or not tie.answers:
        return (Empty(sentence("rpkd.programmes.unanswered.why"), sentence("rpkd.programmes.unanswered.do")),)
    if repeat:
        return (Paragraph((sentence("rpkd.programmes.note.same"),)),)
    said = sentence(
        "rpkd.programmes.answered", stage=stage_name(budget.lines.stage), year=Label(str(budget.lines.year))
    )
    return (Paragraph((said,)), _answers_table(budget, tie.answers))


def _answers_table(budget: BudgetAnalysis, answers: Iterable[Answer]) -> Table:
    columns = (
        Column(sentence("rpkd.programmes.column.strategy"), 0.10),
        Column(sentence("rpkd.programmes.column.code"), 0.20),
        Column(sentence("rpkd.programmes.column.name"), 0.30),
        Column(sentence("rpkd.programmes.column.office"), 0.21),
        Column(sentence("rpkd.programmes.column.amount"), 0.19, numeric=True),
    )
    rows = itertools.chain.from_iterable(_answer_rows(budget, answer) for answer in answers)
    note = sentence("rpkd.programmes.note", shown=Label(str(SHOWN_PER_STRATEGY)))
    return Table(sentence("rpkd.programmes.table"), columns, tuple(rows), notes=(note,))


def _answer_rows(budget: BudgetAnalysis, answer: Answer) -> Iterable[Row]:
    figures, number = BudgetFigures(budget), Label(answer.strategy)
    strategy = _of_strategy(figures, answer)
    for row in answer.sub_kegiatan.head(SHOWN_PER_STRATEGY).iter_rows(named=True):
        part = _narrowed(figures, strategy, row, "office_code", "sub_kegiatan_code", "sub_kegiatan_name")
        names = (Label(row["sub_kegiatan_code"]), Label(row["sub_kegiatan_name"]), Label(row["office_name"]))
        yield Row((number, *names, _money(figures, part)))
    said = sentence("rpkd.programmes.total", number=number, count=figures.lines(strategy))
    yield Row((number, Label(""), said, Label(""), _money(figures, strategy)), emphasis=True)


def matrix(materials: Materials) -> tuple[Block, ...]:
    """Tagged programmes by strategy with the base year's ceiling; the five years wait for the RPJMD."""
    budget = materials.budget
    answers = () if budget is None else answers_of(budget.tagged)
    if budget is None or not answers:
        return (Empty(sentence("rpkd.matrix.empty.why"), sentence("rpkd.matrix.empty.do")),)
    columns = (
        Column(sentence("rpkd.programmes.column.strategy"), 0.09),
        Column(sentence("rpkd.matrix.column.program"), 0.13),
        Column(sentence("rpkd.programmes.column.office"), 0.36),
        Column(sentence("rpkd.matrix.column.lines"), 0.10, numeric=True),
        Column(sentence("rpkd.matrix.column.base", year=Label(str(budget.lines.year))), 0.18, numeric=True),
        Column(sentence("rpkd.matrix.column.five"), 0.14, numeric=True),
    )
    rows = itertools.chain.from_iterable(_programme_rows(budget, answer) for answer in answers)
    return (Table(sentence("rpkd.matrix.table"), columns, tuple(rows), landscape=True),)


def _programme_rows(budget: BudgetAnalysis, answer: Answer) -> Iterable[Row]:
    figures = BudgetFigures(budget)
    strategy, later = _of_strategy(figures, answer), Missing(sentence("rpkd.matrix.five.missing"))
    keys = ["program_code", "office_code", "office_name"]
    for row in answer.sub_kegiatan.select(keys).unique().sort(keys).iter_rows(named=True):
        part = _narrowed(figures, strategy, row, "program_code", "office_code")
        names = (Label(answer.strategy), Label(row["program_code"]), Label(row["office_name"]))
        yield Row((*names, figures.lines(part), _money(figures, part), later))


def _of_strategy(figures: BudgetFigures, answer: Answer) -> Part:
    return figures.of_tag(figures.whole, tag=Tag.TAGGED.value, strategy=answer.strategy)


def _narrowed(figures: BudgetFigures, part: Part, row: Mapping[str, str], *columns: str) -> Part:
    for column in columns:
        part = figures.where(part, column, row[column])
    return part


def _money(figures: BudgetFigures, part: Part) -> Cell:
    return figures.amount(part) or Missing(sentence("rpkd.matrix.empty.why"))
