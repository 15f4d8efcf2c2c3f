"""The matrix's sub kegiatan with output, source of money and amounts, under the ceilings of their programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.telling import cell, sources, stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Cell, Column, Missing, Row, Table
from nangkis.planning import telling
from nangkis.planning.authority import Authority
from nangkis.planning.matrix import SUB_KEGIATAN, Matrix, Programme, said_in
from nangkis.planning.matrix_outputs import output_cells
from nangkis.planning.versions import version_notes
from nangkis.vocabulary.figures import Label


Parts = dict[int, tuple[BudgetFigures, dict[tuple[Any, ...], Part]]]
OUTPUTS = slice(2, 5)  # the cells of output, unit and target
OLD_DIGITS = 2  # of the last part of a sub kegiatan's code in the nomenclature before 2023


def money_table(matrix: Matrix) -> Table:
    """Return the programmes of each office with their ceilings, and under each its sub kegiatan with their amounts.

    A sub kegiatan has money in the years of budgets only; further years stand at the level of the programme.
    """
    years = matrix.years
    parts: Parts = {budget.lines.year: _parts(budget) for budget in matrix.budgets}
    rows = [row for programme in matrix.programmes for row in _rows(matrix, programme, parts)]
    columns = _columns(matrix)
    if not _tells_outputs(matrix):
        rows = [replace(row, cells=(*row.cells[: OUTPUTS.start + 1], *row.cells[OUTPUTS.stop :])) for row in rows]
    told = map(sources, matrix.budgets)
    title = "planning.matrix.money" if matrix.ceilings else "planning.matrix.money.unbound"
    return Table(
        sentence(title, years=telling.years(years)),
        columns,
        tuple(rows),
        notes=_notes(matrix),
        sources=telling.each_once(*told, telling.plan_sources(matrix.ceilings)),
        landscape=True,
    )


def _columns(matrix: Matrix) -> tuple[Column, ...]:
    """Return the columns; one that the budget's file leaves blank stays, for hands to fill in.

    Output, unit and target share one where the file tells none of them: three blank ones would push out the money.
    """
    fund = 0.08 if any(one.told("fund_name") for one in matrix.programmes) else 0.07
    year, width = Label(str(matrix.budget.lines.year)), 0.42 / len(matrix.years)
    blank = (Column(sentence("planning.matrix.column.outputs"), 0.10),)
    told = (
        Column(sentence("planning.matrix.column.output"), 0.14),
        Column(sentence("planning.five.column.unit"), 0.06),
        Column(sentence("planning.matrix.column.target", year=year), 0.05),
    )
    outputs = told if _tells_outputs(matrix) else blank
    return (
        Column(sentence("planning.matrix.column.code"), 0.105),
        Column(sentence("planning.matrix.column.name"), 0.475 - fund - sum(one.width for one in outputs)),
        *outputs,
        Column(sentence("planning.matrix.column.fund"), fund),
        *(
            Column(sentence("planning.five.column.money", year=Label(str(one))), width, numeric=True)
            for one in matrix.years
        ),
    )


def _tells_outputs(matrix: Matrix) -> bool:
    return any(one.told(name) for one in matrix.programmes for name in ("output_indicator", "output_target"))


def _notes(matrix: Matrix) -> tuple[Sentence, ...]:
    codes = (code for one in matrix.programmes for code in one.told("sub_kegiatan_code"))
    old = any(len(code.rpartition(".")[2]) <= OLD_DIGITS for code in codes)
    bound = (sentence("planning.five.note"),) if matrix.ceilings is not None else ()
    is_grouped = any(matrix.funds.group_of(name) for one in matrix.programmes for name in one.told("fund_name"))
    grouped = (sentence("planning.matrix.note.funds"),) if is_grouped else ()
    unplaced = (code for code, whose in matrix.authority.items() if whose is Authority.UNKNOWN)
    versions = version_notes(matrix.versions, (one.code for one in matrix.programmes), unplaced)
    amounts = (_amounts(budget) for budget in matrix.budgets)
    notes = (*bound, *grouped, *amounts, sentence("planning.note.proposed"), *versions)
    return (*notes, sentence("planning.matrix.note.old-codes")) if old else notes


def _amounts(budget: BudgetAnalysis) -> Sentence:
    year, stage = Label(str(budget.lines.year)), stage_name(budget.lines.stage)
    return sentence("planning.matrix.note.amounts", year=year, stage=stage)


def _parts(budget: BudgetAnalysis) -> tuple[BudgetFigures, dict[tuple[Any, ...], Part]]:
    figures = BudgetFigures(budget)
    return figures, figures.split(figures.meant, *SUB_KEGIATAN)


def _rows(matrix: Matrix, programme: Programme, parts: Parts) -> Iterator[Row]:
    ceilings = (_ceiling(matrix, programme, year) for year in matrix.years)
    whose = Label(programme.office_name or programme.office_code)
    named = sentence("planning.matrix.programme", name=Label(programme.name), office=whose) if programme.name else whose
    code = (
        "planning.matrix.missing.of-sub-kegiatan" if matrix.ceilings is None else "planning.matrix.missing.of-programme"
    )
    bound = Missing(sentence(code))
    above = (Label(programme.code), named, bound, bound, bound, sentence("planning.matrix.ceiling"))
    yield Row((*above, *ceilings), emphasis=True)
    for key in programme.sub_kegiatan():
        yield from _lines(matrix, key, _outputs(programme, key), parts)


def _outputs(programme: Programme, key: tuple[Any, ...]) -> tuple[Cell, ...]:
    """Return output, unit and target in the first year; what only the later one proposes has no target in the first."""
    same = [pl.col(column).eq_missing(value) for column, value in zip(SUB_KEGIATAN, key, strict=True)]
    lines = programme.lines.filter(*same)
    if lines.height:
        return output_cells(lines)
    output, unit, _ = output_cells(programme.later_lines.filter(*same))
    return output, unit, Missing(sentence("planning.matrix.missing.not-in-budget"))


def _lines(matrix: Matrix, key: tuple[Any, ...], outputs: tuple[Cell, ...], parts: Parts) -> Iterator[Row]:
    """Yield a sub kegiatan with its sum; below it each group of sources of its money, where there are several."""
    code, told = (Label(text) for text in key[-2:])
    paid = pl.concat([by_key[key].rows for _, by_key in parts.values() if key in by_key], how="diagonal")
    paid = paid.filter(pl.col("amount_sen") > 0)
    names = said_in(paid, "fund_name")
    groups = matrix.funds.grouped(names)
    is_partly = bool(groups) and not paid["fund_name"].is_in(names).fill_null(value=False).all()
    several = len(groups) > 1 or is_partly
    fund = _fund(tuple(groups), several=several, is_partly=is_partly)
    yield Row((code, told, *outputs, fund, *(_amount(matrix, parts, key, year) for year in matrix.years)))
    above = Missing(sentence("planning.matrix.missing.row-above"))
    for group, own in groups.items() if several else ():
        amounts = (_amount(matrix, parts, key, year, own) for year in matrix.years)
        yield Row((code, above, above, above, above, group, *amounts))


def _fund(groups: tuple[Label, ...], *, several: bool, is_partly: bool) -> Cell:
    """Return who pays a sub kegiatan; ``is_partly`` where some of its lines do not say."""
    if is_partly:
        return sentence("planning.matrix.all-funds.partly")
    if several:
        return sentence("planning.matrix.all-funds")
    return groups[0] if groups else Missing(sentence("planning.matrix.missing.fund"))


def _amount(matrix: Matrix, parts: Parts, key: tuple[Any, ...], year: int, funds: tuple[str, ...] = ()) -> Cell:
    """Return the money of a sub kegiatan in a year; of these sources of it alone where any are given."""
    if year not in parts:
        return _why_no_amount(matrix, year)
    figures, by_key = parts[year]
    part = by_key.get(key)
    if part is not None and funds:
        part = matrix.funds.part(part, funds)
    if part is None or part.rows.is_empty():
        return Missing(sentence("planning.matrix.missing.not-in-budget"))
    return cell(figures.amount(part), "budget.missing.amount")


def _why_no_amount(matrix: Matrix, year: int) -> Missing:
    """Say why no budget of a year is shown; only beyond the next year is that the plan's own decision."""
    first = matrix.budget.lines.year
    if year > first + 1:
        return Missing(sentence("planning.matrix.missing.programme-level"))
    if year not in matrix.held_years:
        return Missing(sentence("planning.matrix.missing.not-uploaded"))
    if year > first:
        return Missing(sentence("planning.matrix.missing.stages"))
    return Missing(sentence("planning.matrix.missing.earlier"))


def _ceiling(matrix: Matrix, programme: Programme, year: int) -> Cell:
    if matrix.ceilings is None:
        return Missing(sentence("planning.five.not-imported"))
    if year not in matrix.ceilings.years:
        return Missing(sentence("planning.five.outside"))
    if programme.planned is None:
        return Missing(sentence("planning.five.unpaired"))
    found = matrix.ceilings.ceiling(programme.planned, year)
    if found is None:
        return Missing(sentence("planning.five.blank"))
    return found if found.value else Missing(sentence("planning.five.zero"))
