"""What the region proposes to do, as content: the strategies, and an answer to each problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.rules import Tag
from nangkis.budget.telling import cell, money_name, sources, stage_name, table_title
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.exhibits import problem_sentence
from nangkis.planning.programmes import Answer, Tie, Ties
from nangkis.planning.telling import without_budget, without_rules
from nangkis.vocabulary.figures import Label, ParameterUse


SHOWN_PER_STRATEGY = 5
LINE = ("office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name")


def strategy_blocks(names: Mapping[str, Label]) -> tuple[Block, ...]:
    """Return the national strategies; ``names`` by number, none on a day before they were set."""
    if not names:
        return (Empty(sentence("planning.strategies.none.why"), sentence("planning.strategies.none.do")),)
    items = tuple(sentence("planning.strategies.item", number=Label(code), name=name) for code, name in names.items())
    return (Paragraph((sentence("planning.strategies.intro"),)), Bullets(items))


def programme_blocks(ties: Ties, budget: BudgetAnalysis | None) -> tuple[Block, ...]:
    """Return each problem with the sub kegiatan proposed for it, then the problems that nothing answers yet."""
    if not ties.ties:
        blocks: tuple[Block, ...] = (
            Empty(sentence("planning.programmes.no-problem.why"), sentence("planning.programmes.no-problem.do")),
        )
    elif budget is None:
        blocks = (_problems(ties), without_budget())
    elif ties.rule is None or budget.rules is None:
        blocks = (_problems(ties), without_rules())
    else:
        blocks = (*_answered(ties, budget, ties.rule), *_unanswered(ties))
    return (*blocks, *_unasked(ties, budget))


def _answered(ties: Ties, budget: BudgetAnalysis, rule: ParameterUse) -> Iterator[Block]:
    shown: set[tuple[str, ...]] = set()
    for tie in ties.ties:
        if not tie.answers:
            continue
        yield Paragraph((problem_sentence(tie.problem), _said_answered(budget, repeat=tie.strategies in shown)))
        if tie.strategies not in shown:
            yield _answers_table(budget, tie, rule)
        shown.add(tie.strategies)


def _said_answered(budget: BudgetAnalysis, *, repeat: bool) -> Sentence:
    if repeat:
        return sentence("planning.programmes.same")
    stage, year = stage_name(budget.lines.stage), Label(str(budget.lines.year))
    return sentence("planning.programmes.proposed", stage=stage, year=year)


def _unanswered(ties: Ties) -> tuple[Block, ...]:
    problems = ties.problems_without_programme
    if not problems:
        return ()
    return (
        Paragraph((sentence("planning.programmes.unanswered"),)),
        Bullets(tuple(problem_sentence(problem) for problem in problems)),
        Empty(sentence("planning.programmes.unanswered.why"), sentence("planning.programmes.unanswered.do")),
    )


def _problems(ties: Ties) -> Bullets:
    return Bullets(tuple(problem_sentence(tie.problem) for tie in ties.ties))


def _unasked(ties: Ties, budget: BudgetAnalysis | None) -> tuple[Block, ...]:
    if budget is None or not ties.strategies_without_problem:
        return ()
    names = budget.names.strategies
    said = (
        sentence("planning.programmes.unasked", number=Label(number), name=names[number])
        for number in ties.strategies_without_problem
    )
    return (Paragraph(tuple(said)),)


def _answers_table(budget: BudgetAnalysis, tie: Tie, rule: ParameterUse) -> Table:
    columns = (
        Column(sentence("planning.programmes.column.code"), 0.19),
        Column(sentence("planning.programmes.column.name"), 0.34),
        Column(sentence("planning.programmes.column.office"), 0.21),
        Column(sentence("planning.matrix.column.lines"), 0.07, numeric=True),
        _money_column(budget, 0.19),
    )
    rows = tuple(row for answer in tie.answers for row in _answer_rows(BudgetFigures(budget), answer, rule))
    notes = (sentence("planning.note.proposed"), sentence("planning.programmes.note"))
    return Table(table_title("planning.programmes.table", budget), columns, rows, notes=notes, sources=sources(budget))


def _answer_rows(figures: BudgetFigures, answer: Answer, rule: ParameterUse) -> Iterator[Row]:
    strategy = figures.standing_by(_of_strategy(figures, answer.strategy), "answers", rule)
    yield Row(
        (
            sentence("planning.strategy", number=Label(answer.strategy)),
            figures.analysis.names.strategies[answer.strategy],
            Missing(sentence("planning.programmes.missing.office")),
            figures.lines(strategy),
            cell(figures.amount(strategy), "budget.missing.amount"),
        ),
        emphasis=True,
    )
    for row in answer.sub_kegiatan.head(SHOWN_PER_STRATEGY).iter_rows(named=True):
        part = figures.where(strategy, **{column: row[column] for column in LINE})
        names = (
            Label(row["sub_kegiatan_code"]),
            Label(row["sub_kegiatan_name"]),
            Label(row["office_name"] or row["office_code"]),
        )
        yield Row((*names, figures.lines(part), cell(figures.amount(part), "budget.missing.amount")))


def _of_strategy(figures: BudgetFigures, number: str) -> Part:
    return figures.of_tag(figures.whole, tag=Tag.TAGGED.value, strategy=number)


def _money_column(budget: BudgetAnalysis, width: float) -> Column:
    return Column(sentence("planning.column.money", money=money_name(budget.lines.stage)), width, numeric=True)
