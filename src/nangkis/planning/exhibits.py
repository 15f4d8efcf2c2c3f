"""What the region proposes to do, as content: the strategies, and an answer to each problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.rules import Tag
from nangkis.budget.telling import cell, money_name, sources, stage_name, table_title
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Block, Bullets, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.diagnose import Problem
from nangkis.diagnosis.issues import points
from nangkis.planning.programmes import Answer, Tie, Ties
from nangkis.planning.scopes import Scope, Tagged
from nangkis.planning.telling import joined, without_budget, without_rules
from nangkis.vocabulary.figures import Label, ParameterUse


SHOWN_PER_SCOPE = 5
LINE = ("office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name")
TITLES: Mapping[Tagged, str] = {
    Tagged.STRATEGY: "planning.programmes.table",
    Tagged.DIMENSION: "planning.programmes.table.dimension",
}
NOTES: Mapping[Tagged, str] = {
    Tagged.STRATEGY: "planning.programmes.note",
    Tagged.DIMENSION: "planning.programmes.note.dimension",
}


def strategy_blocks(names: Mapping[str, Label]) -> tuple[Block, ...]:
    """Return the national strategies; ``names`` by number, none on a day before they were set."""
    if not names:
        return (Empty(sentence("planning.strategies.none.why"), sentence("planning.strategies.none.do")),)
    items = tuple(sentence("planning.strategies.item", number=Label(code), name=name) for code, name in names.items())
    return (Paragraph((sentence("planning.strategies.intro"),)), Bullets(items))


def programme_blocks(ties: Ties, budget: BudgetAnalysis | None) -> tuple[Block, ...]:
    """Return the problems with the sub kegiatan proposed for them, then the problems that nothing answers yet."""
    if not ties.ties:
        blocks: tuple[Block, ...] = (
            Empty(sentence("planning.programmes.no-problem.why"), sentence("planning.programmes.no-problem.do")),
        )
    elif budget is None:
        blocks = (*points([tie.problem for tie in ties.ties]), without_budget())
    elif ties.rule is None or budget.rules is None:
        blocks = (*points([tie.problem for tie in ties.ties]), without_rules())
    else:
        blocks = (*_answered(ties, budget, ties.rule), *_unanswered(ties))
    return (*blocks, *_unasked(ties, budget))


def _answered(ties: Ties, budget: BudgetAnalysis, rule: ParameterUse) -> Iterator[Block]:
    """Yield the problems that the same scopes answer together, then what is proposed; no scope stands twice."""
    shown: set[Scope] = set()
    for own in _alike(ties.ties):
        yield from points([tie.problem for tie in own])
        new = [answer for answer in own[0].answers if answer.scope not in shown]
        above = [answer.scope for answer in own[0].answers if answer.scope in shown]
        yield Paragraph((*_proposed(budget, new), *_above(budget, above)))
        if new:
            yield _answers_table(budget, new, rule)
        shown |= {answer.scope for answer in new}


def _alike(ties: Sequence[Tie]) -> Iterator[list[Tie]]:
    """Yield the problems with an answer by what answers them, in the order of first problems."""
    found: dict[tuple[Scope, ...], list[Tie]] = {}
    for tie in ties:
        if tie.answers:
            found.setdefault(tie.scopes, []).append(tie)
    yield from found.values()


def _proposed(budget: BudgetAnalysis, new: Sequence[Answer]) -> tuple[Sentence, ...]:
    if not new:
        return ()
    stage, year = stage_name(budget.lines.stage), Label(str(budget.lines.year))
    return (sentence("planning.programmes.proposed", stage=stage, year=year),)


def _above(budget: BudgetAnalysis, scopes: Sequence[Scope]) -> tuple[Sentence, ...]:
    """Return which of the scopes stand in a table above already."""
    names = joined(_heads(budget, scope)[1] for scope in scopes)
    return () if names is None else (sentence("planning.programmes.above", names=names),)


def _unanswered(ties: Ties) -> tuple[Block, ...]:
    problems: list[Problem] = list(ties.problems_without_programme)
    if not problems:
        return ()
    return (
        Paragraph((sentence("planning.programmes.unanswered"),)),
        *points(problems),
        Empty(sentence("planning.programmes.unanswered.why"), sentence("planning.programmes.unanswered.do")),
    )


def _unasked(ties: Ties, budget: BudgetAnalysis | None) -> tuple[Block, ...]:
    if budget is None or not ties.strategies_without_problem:
        return ()
    names = budget.names.strategies
    said = (
        sentence("planning.programmes.unasked", number=Label(number), name=names[number])
        for number in ties.strategies_without_problem
    )
    return (Paragraph(tuple(said)),)


def _answers_table(budget: BudgetAnalysis, answers: Sequence[Answer], rule: ParameterUse) -> Table:
    by = answers[0].scope.by
    columns = (
        Column(sentence("planning.programmes.column.code"), 0.19),
        Column(sentence("planning.programmes.column.name"), 0.34),
        Column(sentence("planning.programmes.column.office"), 0.21),
        Column(sentence("planning.matrix.column.lines"), 0.07, numeric=True),
        _money_column(budget, 0.19),
    )
    rows = tuple(row for answer in answers for row in _answer_rows(BudgetFigures(budget), answer, rule))
    notes = (sentence("planning.note.proposed"), sentence(NOTES[by]))
    return Table(table_title(TITLES[by], budget), columns, rows, notes=notes, sources=sources(budget))


def _answer_rows(figures: BudgetFigures, answer: Answer, rule: ParameterUse) -> Iterator[Row]:
    whole = figures.standing_by(_of_scope(figures, answer.scope), "answers", rule)
    yield Row(
        (
            *_heads(figures.analysis, answer.scope),
            Missing(sentence("planning.programmes.missing.office")),
            figures.lines(whole),
            cell(figures.amount(whole), "budget.missing.amount"),
        ),
        emphasis=True,
    )
    for row in answer.sub_kegiatan.head(SHOWN_PER_SCOPE).iter_rows(named=True):
        part = figures.where(whole, **{column: row[column] for column in LINE})
        names = (
            Label(row["sub_kegiatan_code"]),
            Label(row["sub_kegiatan_name"]),
            Label(row["office_name"] or row["office_code"]),
        )
        yield Row((*names, figures.lines(part), cell(figures.amount(part), "budget.missing.amount")))


def _heads(budget: BudgetAnalysis, scope: Scope) -> tuple[Value, Label]:
    """Return what a scope is called: a strategy by its number and name, a dimension by its name."""
    if scope.by is Tagged.STRATEGY:
        return sentence("planning.strategy", number=Label(scope.code)), budget.names.strategies[scope.code]
    return sentence("planning.dimension"), budget.names.dimensions[scope.code]


def _of_scope(figures: BudgetFigures, scope: Scope) -> Part:
    return figures.of_tag(figures.whole, **{"tag": Tag.TAGGED.value, scope.by.value: scope.code})


def _money_column(budget: BudgetAnalysis, width: float) -> Column:
    return Column(sentence("planning.column.money", money=money_name(budget.lines.stage)), width, numeric=True)
