"""Reads tables of indicators: rows are regions, columns are an indicator of a year and period."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from nangkis.content.messages import table_words
from nangkis.indicators.schema import KIND
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected, one_repair
from nangkis.intake.checks.values import check_values
from nangkis.intake.layouts.columns import ColumnsRead, ValueColumn, read_columns
from nangkis.intake.layouts.indicator_cells import CellsAsked, CellsRead, at_all_rows, read_cells
from nangkis.intake.layouts.indicator_rows import RegionRows, region_rows
from nangkis.intake.layouts.protocol import SheetRefused, nothing_accepted
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import Level, Place, nation_of, place, province_of
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.sources import cell_at


def read_table(seen: SheetSeen, request: Request, *, layout: str, version: int) -> Reading:
    """Read a table of regions by indicators. Raises SheetRefused when something needed is unsaid or no row is left."""
    sheet, rules, shape = seen.sheet, seen.rules, seen.shape
    if shape is None:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    columns = read_columns(sheet, shape, request, rules)
    rows = region_rows(sheet, shape, tuple(column.letter for column in columns.columns), request, rules.thresholds)
    read = [_read_column(sheet, column, rows, rules) for column in columns.columns]
    rows, refusals = _without_unreadable(sheet, rows, read, shape.name)
    of_cells = tuple(finding for column in read for finding in column.findings)
    frame = _stacked(read, sheet, rows)
    if frame.is_empty():
        raise nothing_accepted(sheet, (*rows.findings, *of_cells))
    findings = (*sheet.findings, *columns.findings, *rows.findings, *refusals, *of_cells, *check_values(frame, rules))
    names_tidied = one_repair("spaces-tidied", sheet, shape.name, rows.untidy & _accepted(rows), rules.limits)
    return _reading(
        sheet,
        rows,
        columns,
        frame,
        layout=layout,
        version=version,
        repairs=(*sheet.repairs, *names_tidied, *_inferred(sheet, rows), *(r for c in read for r in c.repairs)),
        findings=collected(findings, sheet=sheet.name, limits=rules.limits),
    )


def _accepted(rows: RegionRows) -> pl.Series:
    return pl.Series([kind is RowKind.ACCEPTED for kind in rows.kinds], dtype=pl.Boolean)


def _read_column(sheet: Sheet, column: ValueColumn, rows: RegionRows, rules: Rules) -> CellsRead:
    accepted = _accepted(rows)
    keys = pl.DataFrame(
        {
            "region": pl.Series([str(here.region) for here in rows.places if here is not None], dtype=pl.String),
            "name_read": rows.names.filter(accepted),
        }
    ).with_columns(year=pl.lit(column.year, dtype=pl.Int32), period=pl.lit(column.period.value))
    asked = CellsAsked(column.letter, column.indicator, accepted, keys, column.factor, column.unit_words)
    return read_cells(sheet, asked, rules)


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


def _inferred(sheet: Sheet, rows: RegionRows) -> tuple[Repair, ...]:
    if not rows.read.inferred:
        return ()
    return (Repair("codes-inferred", sheet.name, len(rows.read.rows), {"system": str(rows.read.system)}),)


def owner_of(places: list[Place]) -> Place:
    """Return the smallest of region, province and nation that holds all places."""
    if len(set(places)) == 1:
        return places[0]
    nation = nation_of(places[0].region)
    if any(here.level is Level.NATION for here in places):
        return place(nation)
    provinces = {province_of(here.region) for here in places}
    return place(provinces.pop() if len(provinces) == 1 else nation)


def _about(columns: ColumnsRead, rows: RegionRows, owner: Place) -> dict[str, str]:
    years = sorted({column.year for column in columns.columns})
    return {
        "indicators": ",".join(sorted({column.indicator for column in columns.columns})),
        "years": str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}",
        "periods": ",".join(sorted({column.period for column in columns.columns})),
        "codes": str(rows.read.system),
        "place": owner.name,
    }


def _reading(
    sheet: Sheet,
    rows: RegionRows,
    columns: ColumnsRead,
    frame: pl.DataFrame,
    *,
    layout: str,
    version: int,
    repairs: tuple[Repair, ...],
    findings: tuple[Finding, ...],
) -> Reading:
    count = counted(sheet.rows, pl.Series([kind.value for kind in rows.kinds], dtype=pl.String))
    owner = owner_of([here for here in rows.places if here is not None])
    about = _about(columns, rows, owner)
    return Reading(
        kind=KIND,
        title=table_words(KIND, about, "id"),
        owner=str(owner.region),
        layout=layout,
        layout_version=version,
        sheet=sheet.name,
        cell_range=sheet.cell_range,
        frame=frame,
        rows_in=count.rows_in,
        rows_frame=count.rows_frame,
        rows_accepted=count.rows_accepted,
        rows_refused=count.rows_refused,
        frame_rows=count.frame_rows,
        repairs=repairs,
        findings=findings,
        about=about,
    )
