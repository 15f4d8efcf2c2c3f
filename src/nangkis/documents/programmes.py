"""Chapter IV of the RPKD: what the region does about each problem."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.exhibits import stage_name
from nangkis.budget.names import budget_names
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Bullets, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.exhibits import problem_sentence
from nangkis.documents.materials import Materials
from nangkis.planning.programmes import Answer, Tie, answers_of
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


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
        Column(sentence("rpkd.programmes.column.strategy"), 0.08),
        Column(sentence("rpkd.programmes.column.code"), 0.16),
        Column(sentence("rpkd.programmes.column.name"), 0.34),
        Column(sentence("rpkd.programmes.column.office"), 0.24),
        Column(sentence("rpkd.programmes.column.amount"), 0.18, numeric=True),
    )
    rows = itertools.chain.from_iterable(_answer_rows(budget, answer) for answer in answers)
    note = sentence("rpkd.programmes.note", shown=Label(str(SHOWN_PER_STRATEGY)))
    return Table(sentence("rpkd.programmes.table"), columns, tuple(rows), notes=(note,))


def _answer_rows(budget: BudgetAnalysis, answer: Answer) -> Iterable[Row]:
    number = Label(answer.strategy)
    for row in answer.sub_kegiatan.head(SHOWN_PER_STRATEGY).iter_rows(named=True):
        where = {"office_code": (row["office_code"],), "sub_kegiatan_code": (row["sub_kegiatan_code"],)}
        key = f"sub-kegiatan/{row['office_code']}/{row['sub_kegiatan_code']}"
        amount = _amount(budget, f"{key}/amount", int(row["amount_sen"]), where)
        names = (Label(row["sub_kegiatan_code"]), Label(row["sub_kegiatan_name"]), Label(row["office_name"]))
        yield Row((number, *names, amount))
    where = _where(answer.sub_kegiatan)
    count = _count(budget, f"strategy/{answer.strategy}/lines", int(answer.sub_kegiatan["lines"].sum()), where)
    total = sum(answer.sub_kegiatan["amount_sen"].to_list())
    said = sentence("rpkd.programmes.total", number=number, count=count)
    amount = _amount(budget, f"strategy/{answer.strategy}/answers", total, where)
    yield Row((number, Label(""), said, Label(""), amount), emphasis=True)


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
    later = Missing(sentence("rpkd.matrix.five.missing"))
    keys = ["program_code", "office_code", "office_name"]
    for (program, code, office), rows in answer.sub_kegiatan.sort(keys).group_by(keys, maintain_order=True):
        where = _where(rows)
        key = f"strategy/{answer.strategy}/{program}/{code}"
        lines = _count(budget, f"{key}/lines", int(rows["lines"].sum()), where)
        amount = _amount(budget, f"{key}/amount", sum(rows["amount_sen"].to_list()), where)
        yield Row((Label(answer.strategy), Label(str(program)), Label(str(office)), lines, amount, later))


def _where(rows: pl.DataFrame) -> Mapping[str, tuple[Any, ...]]:
    """Name the lines of some sub kegiatan by office and code, so that they can be found again in a corrected table."""
    return {
        "office_code": tuple(rows["office_code"].unique().sort().to_list()),
        "sub_kegiatan_code": tuple(rows["sub_kegiatan_code"].unique().sort().to_list()),
    }


def _amount(budget: BudgetAnalysis, key: str, sen: int, where: Mapping[str, tuple[Any, ...]]) -> Figure:
    return Figure(_key(budget, key), sen, Unit.RUPIAH, 0, _origin(budget, "sum-of-sub-kegiatan", where))


def _count(budget: BudgetAnalysis, key: str, count: int, where: Mapping[str, tuple[Any, ...]]) -> Figure:
    return Figure(_key(budget, key), count, Unit.COUNT, 0, _origin(budget, "lines-of-sub-kegiatan", where))


def _key(budget: BudgetAnalysis, key: str) -> str:
    lines = budget.lines
    return f"programmes/{lines.region}/{lines.year}/{lines.stage}/{key}"


def _origin(budget: BudgetAnalysis, method: str, where: Mapping[str, tuple[Any, ...]]) -> Origin:
    lines = budget.lines
    fixed = (("region", (str(lines.region),)), ("year", (lines.year,)), ("stage", (str(lines.stage),)))
    chosen = (*fixed, *where.items())
    inputs = tuple(Selection(manifest.id, chosen, "amount_sen") for manifest in lines.manifests)
    return Origin(Method(method, 1), inputs, (budget.rules.use,))
