"""The matrix of priority programmes as content.

The matrix of domain note 10.26 has some thirty columns, more than a page holds: it stands as four tables that share
the code of the programme, their columns in the matrix's order.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.rules import Tag
from nangkis.budget.telling import cell, money_name, sources
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Cell, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.diagnosis.wording import name_of
from nangkis.planning import telling
from nangkis.planning.authority import Authority
from nangkis.planning.ceiling_exhibits import ceiling_blocks
from nangkis.planning.matrix import Matrix
from nangkis.planning.matrix_money import money_table
from nangkis.planning.matrix_reach import reach_table
from nangkis.planning.matrix_targets import targets_table
from nangkis.planning.scopes import Scope, Tagged
from nangkis.vocabulary.figures import Label, Ordinal


UNASKED = Missing(sentence("planning.matrix.missing.problem"))


def matrix_blocks(matrix: Matrix) -> tuple[Block, ...]:
    """Return the four tables, and what of them a province would send back."""
    if matrix.budget.rules is None:
        return (telling.without_rules(),)
    if not matrix.programmes:
        return (Empty(sentence("planning.matrix.empty.why"), sentence("planning.matrix.empty.do")),)
    targets = targets_table(matrix)
    return (
        # The four sideways tables stand together: a text between them would take a page of its own.
        *_opening(matrix, with_targets=bool(targets)),
        *targets,
        money_table(matrix),
        reach_table(matrix),
        *_not_own(matrix),
        *ceiling_blocks(matrix),
    )


def _opening(matrix: Matrix, *, with_targets: bool) -> tuple[Block, ...]:
    """Return the intro and the first table; why that is not there where only the later year proposes something."""
    rows = tuple(_problem_rows(matrix))
    if not rows:
        year = Label(str(matrix.budget.lines.year))
        return (Empty(sentence("planning.matrix.first-year.why", year=year), sentence("planning.matrix.empty.do")),)
    intro = "planning.matrix.intro" if with_targets else "planning.matrix.intro.without-targets"
    return (Paragraph((sentence(intro),)), _problems_table(matrix, rows))


def _problems_table(matrix: Matrix, rows: tuple[Row, ...]) -> Table:
    """Problem, determinant, authority, sasaran, strategy, programme; what the first year proposes of each, with sum."""
    columns = (
        Column(sentence("planning.matrix.column.problem"), 0.16),
        Column(sentence("planning.matrix.column.determinant"), 0.12),
        Column(sentence("planning.matrix.column.authority"), 0.10),
        Column(sentence("planning.matrix.column.sasaran"), 0.17),
        Column(sentence("planning.matrix.column.strategy"), 0.06),
        Column(sentence("planning.matrix.column.program"), 0.20),
        Column(sentence("planning.matrix.column.lines"), 0.07, numeric=True),
        Column(sentence("planning.column.money", money=money_name(matrix.budget.lines.stage)), 0.12, numeric=True),
    )
    return Table(
        sentence("planning.matrix.table", year=Label(str(matrix.budget.lines.year))),
        columns,
        rows,
        notes=(
            sentence("planning.note.proposed"),
            sentence("planning.matrix.note.problem"),
            sentence("planning.matrix.note.determinant"),
        ),
        sources=telling.each_once(sources(matrix.budget), telling.plan_sources(matrix.ceilings)),
        landscape=True,
    )


def _problem_rows(matrix: Matrix) -> Iterator[Row]:
    """Yield a total of each strategy that has money, and under it its programmes."""
    figures = BudgetFigures(matrix.budget)
    for number, name in matrix.budget.names.strategies.items():
        strategy = figures.of_tag(figures.whole, tag=Tag.TAGGED.value, strategy=number)
        if not strategy.sen:
            continue
        problem = _problems(matrix, Scope(Tagged.STRATEGY, number)) or UNASKED
        blank = Missing(sentence("planning.matrix.missing.total"))
        yield Row((problem, blank, blank, blank, Ordinal(int(number)), name, *_sums(figures, strategy)), emphasis=True)
        for (code,), part in figures.split(strategy, "program_code").items():
            if part.sen:
                own = _own_problems(matrix, number, code) or problem
                yield Row((own, *_programme_cells(matrix, number, code), *_sums(figures, part)))


def _programme_cells(matrix: Matrix, strategy: str, code: str) -> tuple[Cell, ...]:
    """Return determinant, authority, sasaran, strategy and programme."""
    lines = _lines_of(matrix, strategy, code)
    dimensions = _dimensions(lines)
    names = matrix.budget.names.dimensions
    kegiatan = [str(found) for rows in lines for found in rows["kegiatan_code"].drop_nulls()]
    return (
        telling.joined(names[one] for one in dimensions) or Missing(sentence("planning.matrix.missing.determinant")),
        _authority({matrix.authority[one] for one in kegiatan}),
        _sasaran(matrix, code),
        Ordinal(int(strategy)),
        telling.programme(code, matrix.name_of(code)),
    )


def _lines_of(matrix: Matrix, strategy: str, code: str) -> list[pl.DataFrame]:
    return [one.lines.filter(strategy=strategy) for one in matrix.programmes if one.code == code]


def _dimensions(lines: list[pl.DataFrame]) -> list[str]:
    return list(dict.fromkeys(str(name) for rows in lines for name in rows["dimension"].drop_nulls()))


def _problems(matrix: Matrix, *scopes: Scope) -> Label | None:
    """Return the problems that scopes answer, by the names of their indicators; None where they answer none."""
    tied = (problem.indicator for scope in scopes for problem in matrix.ties.problems_of(scope))
    return telling.joined(name_of(indicator) for indicator in tied)


def _own_problems(matrix: Matrix, strategy: str, code: str) -> Label | None:
    """Return the problems of the dimensions that a programme works on; those of its whole strategy stand above it."""
    dimensions = _dimensions(_lines_of(matrix, strategy, code))
    return _problems(matrix, *(Scope(Tagged.DIMENSION, one) for one in dimensions))


def _authority(found: set[Authority]) -> Cell:
    told = [sentence(f"planning.authority.{one}") for one in Authority if one in found]
    return telling.joined(told) or Missing(sentence("planning.authority.unknown"))


def _sasaran(matrix: Matrix, code: str) -> Cell:
    if matrix.ceilings is None:
        return Missing(sentence("planning.five.not-imported"))
    return telling.texts(matrix.ceilings.sasaran_of(code), "planning.five.blank")


def _not_own(matrix: Matrix) -> tuple[Block, ...]:
    """Say which sub kegiatan belong to another government: a plan may propose them, not hold them as its own."""
    others = (Authority.PROVINCE, Authority.REGENCY)
    codes = {code for code, whose in matrix.authority.items() if whose in others}
    if not codes:
        return ()
    return (Paragraph((sentence("planning.matrix.not-own", codes=Label(", ".join(sorted(codes)))),)),)


def _sums(figures: BudgetFigures, part: Part) -> tuple[Cell, ...]:
    return (figures.lines(part), cell(figures.amount(part), "budget.missing.amount"))
