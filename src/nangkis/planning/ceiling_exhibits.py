"""The five years of the matrix as content: targets and ceilings of the RPJMD for the programmes proposed.

The matrix of domain note 10.26 has more columns than a page holds: it stands as linked tables with the programme's
code in front, the way the RPJMD prints them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Cell, Column, Empty, Missing, Paragraph, Row, Table
from nangkis.lake.snapshot import TABLE
from nangkis.planning.ceilings import PAGU, Ceilings
from nangkis.planning.telling import sources
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


CEILING = Method("rpjmd_ceiling", 1)


def five_year_blocks(budget: BudgetAnalysis | None, ceilings: Ceilings | None) -> tuple[Block, ...]:
    """Return targets and ceilings of the programmes proposed; why there are none where the RPJMD does not say."""
    if budget is None or budget.rules is None:
        return ()  # the matrix says so already
    if ceilings is None:
        return (Empty(sentence("planning.five.empty.why"), sentence("planning.five.empty.do")),)
    proposed = set(budget.tagged.filter(pl.col("amount_sen") > 0)["program_code"].drop_nulls())
    programmes = ceilings.of_programmes(proposed)
    if programmes.is_empty():
        return (Empty(sentence("planning.five.none.why"), sentence("planning.five.none.do")),)
    blocks: list[Block] = [_targets(ceilings, ceilings.indicators_of(proposed)), _money(ceilings, programmes)]
    blocks.extend(_exceeded(budget, ceilings, programmes))
    if absent := sorted(proposed - set(programmes["program_code"])):
        names = Label(", ".join(absent))
        blocks.append(Paragraph((sentence("planning.five.absent", codes=names),)))
    return tuple(blocks)


def _title(code: str, ceilings: Ceilings) -> Sentence:
    return sentence(code, first=Label(str(ceilings.years[0])), last=Label(str(ceilings.years[-1])))


def _targets(ceilings: Ceilings, rows: pl.DataFrame) -> Table:
    fixed = {"program": 0.17, "office": 0.15, "indicator": 0.20, "unit": 0.08, "start": 0.07}
    columns = (
        *(Column(sentence(f"planning.five.column.{name}"), width) for name, width in fixed.items()),
        *(Column(Label(str(year)), 0.066) for year in ceilings.years),
    )
    names = ("unit", "target_start", *(f"target_{number}" for number in range(1, len(ceilings.years) + 1)))
    cells = (
        (_programme(row), _office(row), Label(row["indicator"]), *(_text(row[name]) for name in names))
        for row in rows.iter_rows(named=True)
    )
    return Table(
        _title("planning.five.targets", ceilings),
        columns,
        tuple(Row(each) for each in cells),
        sources=sources(ceilings.manifests),
        landscape=True,
    )


def _money(ceilings: Ceilings, programmes: pl.DataFrame) -> Table:
    columns = (
        Column(sentence("planning.five.column.program"), 0.22),
        Column(sentence("planning.five.column.office"), 0.18),
        *(
            Column(sentence("planning.five.column.money", year=Label(str(year))), 0.12, numeric=True)
            for year in ceilings.years
        ),
    )
    rows = tuple(
        Row(
            (
                _programme(row),
                _office(row),
                *(_ceiling(row, column, year) or _BLANK for column, year in zip(PAGU, ceilings.years, strict=True)),
            )
        )
        for row in programmes.iter_rows(named=True)
    )
    return Table(
        _title("planning.five.money", ceilings),
        columns,
        rows,
        notes=(sentence("planning.five.note"),),
        sources=sources(ceilings.manifests),
        landscape=True,
    )


_BLANK = Missing(sentence("planning.five.blank"))


def _programme(row: Mapping[str, Any]) -> Sentence:
    return sentence("planning.five.program", code=Label(row["program_code"]), name=Label(row["program_name"] or "–"))


def _office(row: Mapping[str, Any]) -> Label:
    return Label(row["office_name"] or row["office_code"] or "–")


def _text(value: str | None) -> Cell:
    return _BLANK if value is None else Label(value)


def _ceiling(row: Mapping[str, Any], column: str, year: int) -> Figure | None:
    """Return the money of one programme and year; the row is found again by its own place in the file."""
    if row[column] is None:
        return None
    where = (("_sheet", (str(row["_sheet"]),)), ("_row", (int(row["_row"]),)))
    key = f"rpjmd/{row['region']}/{row['office_code']}/{row['office_name']}/{row['program_code']}/{year}"
    return Figure(key, row[column], Unit.RUPIAH, 0, Origin(CEILING, (Selection(row[TABLE], where, column),)))


def _exceeded(budget: BudgetAnalysis, ceilings: Ceilings, programmes: pl.DataFrame) -> Iterator[Block]:
    """Say which programmes have more in the budget than the RPJMD allows in that year: a province sends them back."""
    year = budget.lines.year
    if year not in ceilings.years:
        return
    column = PAGU[ceilings.years.index(year)]
    figures = BudgetFigures(budget)
    parts = figures.split(figures.whole, "program_code")
    # Zero mostly means not filled in (intake says so): it is no ceiling to be above.
    single = programmes.filter(pl.len().over("program_code") == 1, pl.col(column) > 0)
    items = []
    for row in single.iter_rows(named=True):
        amount = figures.amount(parts[row["program_code"],]) if (row["program_code"],) in parts else None
        ceiling = _ceiling(row, column, year)
        if amount is not None and ceiling is not None and amount.value > ceiling.value:
            items.append(sentence("planning.five.over", program=_programme(row), amount=amount, ceiling=ceiling))
    if items:
        yield Paragraph((sentence("planning.five.exceeded", year=Label(str(year))),))
        yield Bullets(tuple(items))
