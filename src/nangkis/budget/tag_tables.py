"""Tables of poverty tags: by strategy and reach, by dimension, the largest tagged lines, the largest held ones."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.sums import SEN
from nangkis.budget.tagging.claims import HeldBecause, TagOrigin
from nangkis.budget.telling import cell, money_column, sources, table_title
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Cell, Column, Row, Table
from nangkis.vocabulary.figures import Label


# Enough to decide most of the held money in one meeting, and to fit a page.
LONGEST_LIST = 15
LINE = ("office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name")


def tag_tables(figures: BudgetFigures) -> tuple[Table, ...]:
    """Return sums of what is tagged and by whom, the largest lines with their reasons, and what is held."""
    return (
        *_origin_table(figures),
        _strategy_table(figures),
        _dimension_table(figures),
        *_list_table(figures, Tag.TAGGED, "budget.table.largest-tagged", "budget.column.reason", _tagged_reason),
        *_list_table(figures, Tag.HELD, "budget.table.largest-held", "budget.column.held-because", _held_reason),
    )


def _strategy_table(figures: BudgetFigures) -> Table:
    analysis, whole = figures.analysis, figures.whole
    base = figures.of_class(whole, LineClass.PROGRAM)
    rows: list[Row] = []
    for strategy, name in analysis.names.strategies.items():
        part = figures.of_tag(whole, tag=Tag.TAGGED, strategy=strategy)
        rows.append(_sum_row(figures, part, base, (name, sentence("budget.all-reach")), emphasis=True))
        for reach, word in analysis.names.directness.items():
            finer = figures.of_tag(whole, tag=Tag.TAGGED, strategy=strategy, directness=reach)
            rows.append(_sum_row(figures, finer, base, (Label(""), word)))
    for tag, code in TAG_NAMES.items():
        rows.append(_sum_row(figures, figures.of_tag(whole, tag=tag), base, (sentence(code), Label("")), emphasis=True))
    rows.append(_sum_row(figures, base, base, (sentence("budget.base"), Label("")), emphasis=True))
    return Table(
        title=table_title("budget.table.strategy", analysis),
        columns=(
            Column(sentence("budget.column.strategy"), 0.36),
            Column(sentence("budget.column.reach"), 0.19),
            money_column("budget.column.amount", 0.21),
            money_column("budget.column.share-of-base", 0.12),
            money_column("budget.column.lines", 0.12),
        ),
        rows=tuple(rows),
        notes=(sentence("budget.note.base"), sentence("budget.note.proposed")),
        sources=sources(analysis),
    )


TAG_NAMES = {
    Tag.TAGGED: "budget.tag.tagged",
    Tag.NOT_RELEVANT: "budget.tag.not-relevant",
    Tag.HELD: "budget.tag.held",
}


TAG_WORDS = {
    Tag.TAGGED: "tag.review.verdict.tagged",
    Tag.NOT_RELEVANT: "tag.review.verdict.not-relevant",
    Tag.HELD: "tag.review.verdict.held",
}


def _dimension_table(figures: BudgetFigures) -> Table:
    analysis, whole = figures.analysis, figures.whole
    tagged = figures.of_tag(whole, tag=Tag.TAGGED)
    rows = [
        _sum_row(figures, figures.of_tag(whole, tag=Tag.TAGGED, dimension=code), tagged, (name,))
        for code, name in analysis.names.dimensions.items()
    ]
    return Table(
        title=table_title("budget.table.dimension", analysis),
        columns=(
            Column(sentence("budget.column.dimension"), 0.43),
            money_column("budget.column.amount", 0.27),
            money_column("budget.column.share-of-tagged", 0.15),
            money_column("budget.column.lines", 0.15),
        ),
        rows=(*rows, _sum_row(figures, tagged, tagged, (sentence("budget.total"),), emphasis=True)),
        sources=sources(analysis),
    )


def _origin_table(figures: BudgetFigures) -> tuple[Table, ...]:
    """Say how much of the tagged money rests on decisions, lists, official tags and proposals; none for rules alone."""
    analysis, whole = figures.analysis, figures.whole
    if analysis.evidence is None or not rests_on_more_than_rules(analysis):
        return ()
    tagged = figures.of_tag(whole, tag=Tag.TAGGED)
    rows = [
        _sum_row(figures, figures.of_tag(whole, tag=Tag.TAGGED, origin=origin), tagged, (name,))
        for origin, name in analysis.evidence.sources.names.items()
        if origin in analysis.evidence.sources.order
    ]
    table = Table(
        title=table_title("budget.table.origin", analysis),
        columns=(
            Column(sentence("budget.column.origin"), 0.43),
            money_column("budget.column.amount", 0.27),
            money_column("budget.column.share-of-all-tagged", 0.15),
            money_column("budget.column.lines", 0.15),
        ),
        rows=(*rows, _sum_row(figures, tagged, tagged, (sentence("budget.total"),), emphasis=True)),
        notes=(sentence("budget.note.origin"),),
        sources=sources(analysis),
    )
    return (table,)


def rests_on_more_than_rules(analysis: BudgetAnalysis) -> bool:
    """Say whether some line is placed by a decision, a list or an official tag."""
    origins = analysis.frame["origin"].drop_nulls().unique()
    return bool((origins != TagOrigin.RULES).any())


def _sum_row(
    figures: BudgetFigures, part: Part, of: Part, names: tuple[Cell | Value, ...], *, emphasis: bool = False
) -> Row:
    sums = (
        cell(figures.amount(part), "budget.missing.tagged"),
        cell(figures.share(part, of), "budget.missing.tagged"),
        cell(None if part.rows.is_empty() else figures.lines(part), "budget.missing.tagged"),
    )
    return Row((*names, *sums), emphasis=emphasis)


def conflict_table(analysis: BudgetAnalysis) -> tuple[Table, ...]:
    """Return the largest lines on which sources differ, with what holds and what the lower ones say; none for none."""
    differing = analysis.frame.filter(pl.col("conflict").is_not_null(), pl.col("amount_sen") > 0)
    if differing.is_empty() or analysis.evidence is None:
        return ()
    figures = BudgetFigures(analysis)
    told = ("origin", "tag", "strategy", "conflict")
    largest = (
        differing.group_by(LINE)
        .agg(SEN.sum().alias("sen"), *(pl.col(name).first() for name in told))
        .sort("sen", *LINE, descending=[True, *(False for _ in LINE)])
    )
    rows = []
    for line in largest.head(LONGEST_LIST).iter_rows(named=True):
        part = figures.where(figures.whole, **{column: line[column] for column in LINE})
        names = (Label(line["sub_kegiatan_code"]), Label(line["sub_kegiatan_name"]))
        amount = cell(figures.amount(part), "budget.missing.amount")
        holds = _said_by(analysis, f"{line['origin']}:{line['tag']}/{line['strategy'] or ''}")
        rows.append(Row((*names, amount, holds, _said_by(analysis, line["conflict"].split("; ")[0]))))
    table = Table(
        title=table_title("budget.table.conflicts", analysis),
        columns=(
            Column(sentence("budget.column.code"), 0.12),
            Column(sentence("budget.column.sub-kegiatan"), 0.28),
            money_column("budget.column.amount", 0.14),
            Column(sentence("budget.column.holds"), 0.23),
            Column(sentence("budget.column.other-sources"), 0.23),
        ),
        rows=tuple(rows),
        sources=sources(analysis),
        landscape=True,
    )
    return (table,)


def _said_by(analysis: BudgetAnalysis, entry: str) -> Sentence:
    """Say who places a line where, from ``origin:tag/strategy``."""
    origin, _, outcome = entry.partition(":")
    tag, _, strategy = outcome.partition("/")
    said = sentence(TAG_WORDS[Tag(tag)])
    if strategy:
        said = sentence("budget.conflict.tagged", tag=said, strategy=analysis.names.strategies[strategy])
    names = {} if analysis.evidence is None else analysis.evidence.sources.names
    return sentence("budget.conflict.holds", source=names[TagOrigin(origin)], outcome=said)


def _list_table(
    figures: BudgetFigures, tag: Tag, title: str, reason_column: str, reason: Callable[[BudgetAnalysis, Line], Cell]
) -> tuple[Table, ...]:
    analysis = figures.analysis
    largest = _largest(analysis, tag)
    if not largest:
        return ()
    rows = []
    for line in largest:
        part = figures.where(figures.whole, **{column: line[column] for column in LINE})
        amount = cell(figures.amount(figures.of_tag(part, tag=tag)), "budget.missing.amount")
        names = (
            Label(line["sub_kegiatan_code"]),
            Label(line["sub_kegiatan_name"]),
            Label(line["office_name"] or line["office_code"]),
        )
        rows.append(Row((*names, amount, reason(analysis, line))))
    table = Table(
        title=table_title(title, analysis),
        columns=(
            Column(sentence("budget.column.code"), 0.12),
            Column(sentence("budget.column.sub-kegiatan"), 0.28),
            Column(sentence("budget.column.office"), 0.18),
            money_column("budget.column.amount", 0.14),
            Column(sentence(reason_column), 0.28),
        ),
        rows=tuple(rows),
        sources=sources(analysis),
        landscape=True,
    )
    return (table,)


Line = dict[str, str]


def _largest(analysis: BudgetAnalysis, tag: Tag) -> list[Line]:
    attributes = ("strategy", "directness", "origin", "rule", "reason", "reason_en", "held_because")
    lines = (
        analysis.frame.filter((pl.col("tag") == tag) & (pl.col("amount_sen") > 0))
        .group_by(LINE)
        .agg(SEN.sum().alias("sen"), *(pl.col(name).first() for name in attributes))
        .sort("sen", *LINE, descending=[True, *(False for _ in LINE)])
    )
    return lines.head(LONGEST_LIST).drop("sen").to_dicts()


def _tagged_reason(analysis: BudgetAnalysis, line: Line) -> Cell:
    code = "budget.reason.tagged" if line["origin"] == TagOrigin.RULES else f"budget.reason.by.{line['origin']}"
    return sentence(
        code,
        strategy=analysis.names.strategies[line["strategy"]],
        # A list of the region says a strategy and no more: what no rule adds stays open.
        reach=analysis.names.directness.get(line["directness"], sentence("budget.reach.open")),
        reason=Label(line["reason"], line["reason_en"]),
        rule=Label(line["rule"]),
    )


def _held_reason(_: BudgetAnalysis, line: Line) -> Cell:
    match HeldBecause(line["held_because"]):
        case HeldBecause.NO_RULE:
            return sentence("budget.reason.no-rule")
        case HeldBecause.RULES_DIFFER:
            return sentence("budget.reason.rules-differ", rules=Label(line["rule"]))
        case HeldBecause.LISTS_DIFFER:
            return sentence("budget.reason.lists-differ", rule=Label(line["rule"]))
        case HeldBecause.INCOMPLETE:
            return sentence("budget.reason.incomplete", reason=Label(line["reason"], line["reason_en"]))
        case HeldBecause.DECIDED:
            term = Label(line["reason"], line["reason_en"])
            return sentence("budget.reason.decided", reason=term, rule=Label(line["rule"]))
        case HeldBecause.RULE:
            term = Label(line["reason"], line["reason_en"])
            return sentence("budget.reason.held", reason=term, rule=Label(line["rule"]))
