"""The matrix's indicators: where each stands at the start, and its target in each year of the RPJMD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from nangkis.budget.telling import file_sources
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Column, Missing, Row, Table
from nangkis.diagnosis.wording import name_of
from nangkis.planning import telling
from nangkis.planning.ceilings import START, TARGETS, Ceilings
from nangkis.planning.matrix import Matrix
from nangkis.planning.target_exhibits import base_of, problem_indicator, problem_sources, target_cells
from nangkis.planning.targets import DOUBTFUL, promised
from nangkis.vocabulary.figures import Label


BLANK = Missing(sentence("planning.five.blank"))
WHOLE_REGION = Missing(sentence("planning.matrix.missing.of-region"))


def targets_table(matrix: Matrix) -> tuple[Table, ...]:
    """Return the indicators of the problems, then those of the programmes; nothing without an RPJMD that has any."""
    plan = matrix.ceilings
    if plan is None:
        return ()
    rows = plan.indicators_of({one.code for one in matrix.programmes})
    if rows.is_empty():
        return ()
    fixed = {"program": 0.09, "office": 0.16, "indicator": 0.25, "unit": 0.08, "start": 0.09}
    columns = (
        *(Column(sentence(f"planning.five.column.{name}"), width) for name, width in fixed.items()),
        *(Column(Label(str(year)), 0.066) for year in plan.years),
    )
    return (
        Table(
            sentence("planning.five.targets", years=telling.years(plan.years)),
            columns,
            (*_problems(matrix, plan), *(_row(row) for row in rows.iter_rows(named=True))),
            notes=_notes(rows),
            sources=(*file_sources(plan.manifests), *problem_sources(matrix.diagnosis)),
            landscape=True,
        ),
    )


def _problems(matrix: Matrix, plan: Ceilings) -> Iterator[Row]:
    """Yield the indicator of each problem with the value that it rests on."""
    for problem in matrix.diagnosis.problems:
        stand = problem_indicator(matrix.diagnosis, problem)
        unit = sentence(f"unit.{stand.indicator.unit}.head")
        whose = (sentence("planning.five.problem"), WHOLE_REGION)
        yield Row(
            (*whose, name_of(problem.indicator), unit, base_of(stand.fact), *target_cells(plan, stand)), emphasis=True
        )


def _notes(rows: pl.DataFrame) -> tuple[Sentence, ...]:
    """Return what a reader must know of starting values, and of zeros and doubtful marks where there are any."""
    texts = {text for name in TARGETS for text in rows[name].drop_nulls()}
    written = texts | set(rows[START].drop_nulls())
    notes = {
        "start": True,
        "zero": "0" in texts,
        "as-written": any(DOUBTFUL.fullmatch(text) for text in written),
    }
    return tuple(sentence(f"planning.five.note.{name}") for name, holds in notes.items() if holds)


def _row(row: Mapping[str, Any]) -> Row:
    office = Label(row["office_name"] or row["office_code"])
    unit = BLANK if row["unit"] is None else Label(row["unit"])
    targets = (promised(row, name) or BLANK for name in (START, *TARGETS))
    return Row((Label(row["program_code"]), office, Label(row["indicator"]), unit, *targets))
