"""The matrix's sub kegiatan with output, source of money and amounts, under the ceilings of their programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.telling import cell, file_sources, sources, stage_name
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Cell, Column, Missing, Row, Table
from nangkis.planning import telling
from nangkis.planning.matrix import SUB_KEGIATAN, Matrix, Programme, said_in
from nangkis.vocabulary.figures import Label


Parts = dict[int, tuple[BudgetFigures, dict[tuple[Any, ...], Part]]]
OLD_DIGITS = 2  # of the last part of a sub kegiatan's code in the nomenclature before 2023
EARLIER_YEAR = Missing(sentence("planning.matrix.missing.earlier"))
LATER_YEAR = Missing(sentence("planning.matrix.missing.programme-level"))


def money_table(matrix: Matrix) -> Table:
    """Return the programmes of each office with their ceilings, and under each its sub kegiatan with their amounts.

    A sub kegiatan has money in the years of budgets only; further years stand at the level of the programme.
    """
    years = matrix.years
    fixed = _widths(matrix)
    columns = (
        *(Column(sentence(f"planning.matrix.column.{name}"), width) for name, width in fixed.items()),
        *(
            Column(sentence("planning.five.column.money", year=Label(str(year))), 0.45 / len(years), numeric=True)
            for year in years
        ),
    )
    held = [budget for budget in (matrix.budget, matrix.later) if budget is not None]
    parts: Parts = {budget.lines.year: _parts(budget) for budget in held}
    rows = (row for programme in matrix.programmes for row in _rows(matrix, programme, parts))
    told = tuple(source for budget in held for source in sources(budget))
    plan = file_sources(matrix.ceilings.manifests) if matrix.ceilings else ()
    title = "planning.matrix.money" if matrix.ceilings else "planning.matrix.money.unbound"
    return Table(
        sentence(title, years=telling.years(years)),
        columns,
        tuple(rows),
        notes=_notes(matrix, held),
        sources=(*told, *plan),
        landscape=True,
    )


def _widths(matrix: Matrix) -> dict[str, float]:
    """Return the widths before the years; columns that the budget's file leaves blank stay, for hands to fill in."""
    told = {name: any(one.told(name) for one in matrix.programmes) for name in ("output_indicator", "fund_name")}
    output, fund = (0.13 if told["output_indicator"] else 0.08), (0.10 if told["fund_name"] else 0.07)
    return {"code": 0.12, "name": 0.43 - output - fund, "output": output, "fund": fund}


def _notes(matrix: Matrix, held: list[BudgetAnalysis]) -> tuple[Sentence, ...]:
    codes = pl.concat([one.lines["sub_kegiatan_code"] for one in matrix.programmes])
    old = (codes.str.split(".").list.last().str.len_chars() <= OLD_DIGITS).any()
    bound = (sentence("planning.five.note"),) if matrix.ceilings is not None else ()
    notes = (*bound, *(_amounts(budget) for budget in held), sentence("planning.note.proposed"))
    return (*notes, sentence("planning.matrix.note.old-codes")) if old else notes


def _amounts(budget: BudgetAnalysis) -> Sentence:
    year, stage = Label(str(budget.lines.year)), stage_name(budget.lines.stage)
    return sentence("planning.matrix.note.amounts", year=year, stage=stage)


def _parts(budget: BudgetAnalysis) -> tuple[BudgetFigures, dict[tuple[Any, ...], Part]]:
    figures = BudgetFigures(budget)
    return figures, figures.split(figures.whole, *SUB_KEGIATAN)


def _rows(matrix: Matrix, programme: Programme, parts: Parts) -> Iterator[Row]:
    ceilings = (_ceiling(matrix, programme, year) for year in matrix.years)
    whose = Label(programme.office_name or programme.office_code)
    named = sentence("planning.matrix.programme", name=Label(programme.name), office=whose) if programme.name else whose
    bound = Missing(sentence("planning.matrix.missing.of-programme"))
    yield Row((Label(programme.code), named, bound, sentence("planning.matrix.ceiling"), *ceilings), emphasis=True)
    for key, lines in programme.sub_kegiatan().items():
        yield from _lines(matrix, key, lines, parts)


def _lines(matrix: Matrix, key: tuple[Any, ...], lines: pl.DataFrame, parts: Parts) -> Iterator[Row]:
    """Yield a sub kegiatan with its sum; below it each source of its money, where there are several."""
    code, told = (Label(text) for text in key[-2:])
    output = telling.texts(_outputs(lines), "planning.matrix.missing.output")
    funds = said_in(lines, "fund_name")
    several = len(funds) > 1
    fund = sentence("planning.matrix.all-funds") if several else telling.texts(funds, "planning.matrix.missing.fund")
    yield Row((code, told, output, fund, *(_amount(parts, key, year) for year in matrix.years)))
    above = Missing(sentence("planning.matrix.missing.row-above"))
    for name in funds if several else ():
        yield Row((code, above, above, Label(name), *(_amount(parts, key, year, name) for year in matrix.years)))


def _outputs(lines: pl.DataFrame) -> tuple[str, ...]:
    """Return each output with its target, as the file has them."""
    told = lines.select(pl.concat_str("output_indicator", "output_target", separator=": ", ignore_nulls=True))
    return tuple(text for text in told.to_series().unique(maintain_order=True) if text)


def _amount(parts: Parts, key: tuple[Any, ...], year: int, fund: str | None = None) -> Cell:
    if year not in parts:
        return EARLIER_YEAR if year < min(parts) else LATER_YEAR
    figures, by_key = parts[year]
    part = by_key.get(key)
    if part is not None and fund is not None:
        part = figures.where(part, fund_name=fund)
    if part is None or part.rows.is_empty():
        return Missing(sentence("planning.matrix.missing.not-in-budget"))
    return cell(figures.amount(part), "budget.missing.amount")


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
