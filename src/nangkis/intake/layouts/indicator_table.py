"""Reads tables of indicators: rows are regions, columns are an indicator of a year and period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected, one_repair
from nangkis.intake.checks.values import check_values
from nangkis.intake.layouts import error_columns
from nangkis.intake.layouts.columns import ValueColumn, read_columns
from nangkis.intake.layouts.indicator_cells import CellsAsked, CellsRead, at_all_rows, read_cells
from nangkis.intake.layouts.indicator_reading import inferred, owner_of, values_reading
from nangkis.intake.layouts.indicator_rows import RegionRows, by_position, region_rows
from nangkis.intake.layouts.protocol import SheetRefused, nothing_accepted
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at, column_at


def read_table(seen: SheetSeen, request: Request, *, layout: str, version: int) -> Reading:
    """Read a table of regions by indicators. Raises SheetRefused when something needed is unsaid or no row is left."""
    sheet, rules, shape = seen.sheet, seen.rules, seen.shape
    if shape is None:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    told = error_columns.split(shape.values)
    columns = read_columns(sheet, replace(shape, values=told.values), request, rules)
    rows = region_rows(sheet, shape, tuple(column.letter for column in columns.columns), request, rules.thresholds)
    read = [_read_column(sheet, column, rows, told.errors.get(column.letter, ()), rules) for column in columns.columns]
    rows, refusals = _without_unreadable(sheet, rows, read, shape.name)
    of_cells = tuple(finding for column in read for finding in column.findings)
    frame = _stacked(read, sheet, rows)
    if frame.is_empty():
        raise nothing_accepted(sheet, (*rows.findings, *of_cells))
    checked = (*refusals, *of_cells, *check_values(frame, rules, of_cells))
    of_columns = (*columns.findings, *_of_no_value(sheet, told, read))
    findings = (*sheet.findings, *of_columns, *rows.findings, *checked)
    names_tidied = one_repair("spaces-tidied", sheet, shape.name, rows.untidy & _accepted(rows), rules.limits)
    return values_reading(
        sheet,
        pl.Series([kind.value for kind in rows.kinds], dtype=pl.String),
        frame,
        read=rows.read,
        owner=owner_of([here for here in rows.places if here is not None]),
        layout=layout,
        version=version,
        repairs=(
            *sheet.repairs,
            *names_tidied,
            *by_position(sheet, shape, rows),
            *inferred(sheet, rows.read),
            *(repair for column in read for repair in column.repairs),
        ),
        findings=collected(findings, sheet=sheet.name, limits=rules.limits),
    )


def _of_no_value(sheet: Sheet, told: error_columns.Split, read: list[CellsRead]) -> Iterator[Finding]:
    """Tell the columns of errors whose values were not read."""
    known = {letter for cells in read for letter in cells.frame["_col"].unique()}
    lost = [(one.letter, one.own) for one in told.lost]
    lost += [(one.letter, one.own) for of, columns in told.errors.items() if of not in known for one in columns]
    for letter, header in lost:
        yield Finding("column-not-read", Severity.NOTE, column_at(sheet.name, letter), {"header": header})


def _accepted(rows: RegionRows) -> pl.Series:
    return pl.Series([kind is RowKind.ACCEPTED for kind in rows.kinds], dtype=pl.Boolean)


def _read_column(
    sheet: Sheet, column: ValueColumn, rows: RegionRows, errors: Sequence[error_columns.ErrorColumn], rules: Rules
) -> CellsRead:
    accepted = _accepted(rows)
    keys = pl.DataFrame(
        {
            "region": pl.Series([str(here.region) for here in rows.places if here is not None], dtype=pl.String),
            "name_read": rows.names.filter(accepted),
        }
    ).with_columns(year=pl.lit(column.year, dtype=pl.Int32), period=pl.lit(column.period.value))
    asked = CellsAsked(column.letter, column.indicator, accepted, keys, column.factor, column.unit_words)
    return error_columns.with_errors(sheet, read_cells(sheet, asked, rules), errors, column.factor, rules)


def _without_unreadable(
    sheet: Sheet, rows: RegionRows, read: list[CellsRead], letter: str
) -> tuple[RegionRows, tuple[Finding, ...]]:
    """Refuse the rows of which no cell could be read; a missing mark is honest, an implausible number was read."""
    accepted = _accepted(rows)
    hopeless = at_all_rows(pl.select(pl.all_horizontal([c.unreadable for c in read])).to_series(), accepted)
    kinds = tuple(RowKind.REFUSED if lost else kind for kind, lost in zip(rows.kinds, hopeless.to_list(), strict=True))
    findings = tuple(
        Finding("row-unreadable", Severity.ERROR, cell_at(sheet.name, letter, row), {"name": name})
        for row, name in zip(sheet.rows.filter(hopeless).to_list(), rows.names.filter(hopeless).to_list(), strict=True)
    )
    return replace(rows, kinds=kinds), findings


def _stacked(read: list[CellsRead], sheet: Sheet, rows: RegionRows) -> pl.DataFrame:
    kept = sheet.rows.filter(_accepted(rows))
    return pl.concat([column.frame for column in read]).filter(pl.col("_row").is_in(kept.implode()))
