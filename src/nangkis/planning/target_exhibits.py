"""Aims and targets as content: where each problem stands, what the nation wants, what the RPJMD promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Cell, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.diagnose import Diagnosis, Problem
from nangkis.diagnosis.figures import target_figure
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.tables import sources_of
from nangkis.diagnosis.wording import name_of
from nangkis.indicators.facts import Fact
from nangkis.planning.ceilings import Ceilings
from nangkis.planning.targets import promised, targets_of
from nangkis.planning.telling import each_once, plan_sources
from nangkis.vocabulary.figures import Figure, Label, Ordinal


def target_blocks(found: Diagnosis, plan: Ceilings | None, years: tuple[int, ...]) -> tuple[Block, ...]:
    """Return a row for each problem; what would fill the targets where there is no problem to set them for.

    ``years`` are the years that the plan covers, none where they are not known.
    """
    if not found.problems:
        return (Empty(sentence("planning.targets.empty.why"), sentence("planning.targets.empty.do")),)
    stands = [problem_indicator(found, problem) for problem in found.problems]
    columns = (
        Column(sentence("planning.five.column.indicator"), 0.24),
        Column(sentence("planning.targets.column.unit"), 0.12),
        Column(sentence("planning.targets.column.base"), 0.09, numeric=True),
        Column(sentence("planning.targets.column.base-year"), 0.08, numeric=True),
        Column(sentence("planning.targets.column.nation"), 0.11, numeric=True),
        Column(sentence("planning.targets.column.nation-year"), 0.09, numeric=True),
        *(Column(Label(str(year)), 0.27 / len(years), numeric=True) for year in years),
        *(() if years else (Column(sentence("planning.targets.column.region"), 0.27),)),
    )
    rows = tuple(_row(found, plan, stand, years) for stand in stands)
    sources = each_once(problem_sources(found), plan_sources(plan))
    notes = (sentence("planning.targets.note.nation"),) if any(isinstance(row.cells[4], Figure) for row in rows) else ()
    table = Table(sentence("planning.targets.table"), columns, rows, notes=notes, sources=sources)
    intro = Paragraph((sentence("planning.targets.intro"),))
    if any(targets_of(plan, stand.indicator) is not None for stand in stands):
        return (intro, table)
    why = "planning.targets.lacking.why" if plan is not None else "rpkd.targets.empty.why"
    return (intro, table, Empty(sentence(why), sentence("rpkd.targets.empty.do")))


def problem_indicator(found: Diagnosis, problem: Problem) -> Position:
    """Return where the region stands on a problem's indicator."""
    return next(stand for stand in found.positions if stand.indicator.code == problem.indicator)


def problem_sources(found: Diagnosis) -> tuple[Sentence, ...]:
    """Return where the values that problems rest on come from."""
    return sources_of(found, [problem_indicator(found, problem).fact for problem in found.problems])


def target_cells(plan: Ceilings | None, stand: Position, years: tuple[int, ...]) -> tuple[Cell, ...]:
    """Return the targets of each year; one cell with the reason where no year is known."""
    if plan is None:
        return (Missing(sentence("planning.five.not-imported")),) * (len(years) or 1)
    told = targets_of(plan, stand.indicator)
    if told is None:
        return (Missing(sentence("planning.targets.missing")),) * len(years)
    return promised_in(plan, told, years)


def promised_in(plan: Ceilings, row: Mapping[str, Any], years: tuple[int, ...]) -> tuple[Cell, ...]:
    """Return what a row of the plan promises in each year, or why nothing is."""
    columns = (plan.target_column(year) for year in years)
    return tuple(
        Missing(sentence("planning.five.outside"))
        if column is None
        else promised(row, column) or Missing(sentence("planning.five.blank"))
        for column in columns
    )


def base_of(fact: Fact) -> tuple[Figure, Ordinal]:
    """Return the value that a problem rests on, or that is watched, and its year."""
    return fact.figure, Ordinal(fact.year)


def _row(found: Diagnosis, plan: Ceilings | None, stand: Position, years: tuple[int, ...]) -> Row:
    unit = sentence(f"unit.{stand.indicator.unit}.head")
    base = (name_of(stand.indicator), unit, *base_of(stand.fact), *_nation(found, stand))
    return Row((*base, *target_cells(plan, stand, years)))


def _nation(found: Diagnosis, stand: Position) -> tuple[Cell, Cell]:
    """Return the national target and its year."""
    target = found.rules.target
    if target is None or target.indicator != stand.indicator.code:
        none = Missing(sentence("planning.targets.missing.nation"))
        return none, none
    return target_figure(target), Ordinal(target.year)
