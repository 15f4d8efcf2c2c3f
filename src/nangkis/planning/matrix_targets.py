"""The matrix's indicators: where each stands at the start, and its target in each year of the RPJMD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Column, Missing, Row, Table
from nangkis.diagnosis.wording import name_of
from nangkis.planning import telling
from nangkis.planning.ceilings import START, TARGETS, Ceilings
from nangkis.planning.matrix import Matrix
from nangkis.planning.target_exhibits import base_of, problem_indicator, problem_sources, promised_in, target_cells
from nangkis.planning.targets import DOUBTFUL, promised
from nangkis.vocabulary.figures import Label


BLANK = Missing(sentence("planning.five.blank"))
WHOLE_REGION = Missing(sentence("planning.matrix.missing.of-region"))


def targets_table(matrix: Matrix) -> tuple[Table, ...]:
    """Return the indicators of the problems, then those of the programmes; nothing where no year or row is known."""
    plan, years = matrix.ceilings, matrix.plan_years
    programmes, notes = ((), ()) if plan is None else _programmes(matrix, plan)
    rows = (*_problems(matrix), *programmes)
    if not years or not rows:
        return ()
    fixed = {"program": 0.09, "office": 0.16, "indicator": 0.25, "unit": 0.08, "start": 0.09}
    columns = (
        *(Column(sentence(f"planning.five.column.{name}"), width, name == "start") for name, width in fixed.items()),
        *(Column(Label(str(year)), 0.33 / len(years), numeric=True) for year in years),
    )
    title = "planning.five.targets" if plan is not None else "planning.five.targets.unbound"
    return (
        Table(
            sentence(title, years=telling.years(years)),
            columns,
            rows,
            notes=notes,
            sources=telling.each_once(telling.plan_sources(plan), problem_sources(matrix.diagnosis)),
            landscape=True,
        ),
    )


def _programmes(matrix: Matrix, plan: Ceilings) -> tuple[tuple[Row, ...], tuple[Sentence, ...]]:
    """Return the indicators of the offices that propose something, with what a reader must know of them.

    An office that shares a programme in the RPJMD and proposes nothing here has no part in the matrix; but of a
    programme none of whose offices here can be tied to the plan, those of all offices stand.
    """
    every = plan.indicators_of({one.code for one in matrix.programmes})
    tied = {_office_of(one.planned) for one in matrix.programmes if one.planned is not None}
    loose = {one.code for one in matrix.programmes if plan.holds(one.code)} - {program for program, *_ in tied}
    kept = [row["program_code"] in loose or _office_of(row) in tied for row in every.iter_rows(named=True)]
    own = every.filter(pl.Series(kept, dtype=pl.Boolean))
    rows = tuple(_row(plan, row, matrix.plan_years) for row in own.iter_rows(named=True))
    left_out = (sentence("planning.five.note.offices"),) if own.height < every.height else ()
    all_of = (sentence("planning.five.note.loose", codes=Label(", ".join(sorted(loose)))),) if loose else ()
    return rows, (*left_out, *all_of, *_notes(own))


def _office_of(row: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    """Return which programme of which office a row of the plan is."""
    return row["program_code"], row["office_code"], row["office_name"]


def _problems(matrix: Matrix) -> Iterator[Row]:
    """Yield the indicator of each problem with the value that it rests on."""
    for problem in matrix.diagnosis.problems:
        stand = problem_indicator(matrix.diagnosis, problem)
        unit = sentence(f"unit.{stand.indicator.unit}.head")
        whose = (sentence("planning.five.problem"), WHOLE_REGION)
        targets = target_cells(matrix.ceilings, stand, matrix.plan_years)
        start, year = base_of(stand.fact)
        named = sentence("planning.five.since", indicator=name_of(problem.indicator), year=year)
        yield Row((*whose, named, unit, start, *targets), emphasis=True)


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


def _row(plan: Ceilings, row: Mapping[str, Any], years: tuple[int, ...]) -> Row:
    office = Label(row["office_name"] or row["office_code"])
    unit = BLANK if row["unit"] is None else telling.unit_of_file(row["unit"])
    start = promised(row, START) or BLANK
    targets = promised_in(plan, row, years)
    return Row((Label(row["program_code"]), office, Label(row["indicator"]), unit, start, *targets))
