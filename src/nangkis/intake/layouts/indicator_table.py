"""Reads tables of indicators: rows are regions, columns are an indicator of a year and period."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from nangkis.content.messages import table_words
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import KIND, SCHEMA
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.listing import collected, one_repair
from nangkis.intake.checks.values import check_values, implausible
from nangkis.intake.layouts.columns import ColumnsRead, ValueColumn, read_columns
from nangkis.intake.layouts.indicator_rows import RegionRows, region_rows
from nangkis.intake.layouts.protocol import SheetRefused, nothing_accepted
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.letters import written
from nangkis.intake.repairs.numbers import NumbersRead, places_of, read_numbers
from nangkis.intake.repairs.units import in_unit
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import Level, Place, nation_of, place, province_of
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at
from nangkis.vocabulary.units import Unit


@dataclass(frozen=True)
class _ColumnRead:
    """The cells of one value column at the accepted rows, in the lake's form, with what was mended and found."""

    frame: pl.DataFrame
    unreadable: pl.Series
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]


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


def _read_column(sheet: Sheet, column: ValueColumn, rows: RegionRows, rules: Rules) -> _ColumnRead:
    accepted = _accepted(rows)
    cells = sheet.column(column.letter)
    taken = Column(
        column.letter,
        cells.text.filter(accepted),
        cells.number.filter(accepted),
        None if cells.percent is None else cells.percent.filter(accepted),
    )
    read = _numbers(taken, column)
    brought = in_unit(read.value, column.factor)
    outside = implausible(column.indicator, brought)
    value = pl.select(pl.when(~outside).then(brought)).to_series()
    frame = pl.DataFrame(
        {
            "indicator": pl.repeat(column.indicator, len(value), eager=True, dtype=pl.String),
            "region": pl.Series([str(here.region) for here in rows.places if here is not None], dtype=pl.String),
            "name_read": rows.names.filter(accepted),
            "year": pl.repeat(column.year, len(value), eager=True, dtype=pl.Int32),
            "period": pl.repeat(column.period.value, len(value), eager=True, dtype=pl.String),
            "value": value,
            "places": pl.repeat(places_of(value), len(value), eager=True, dtype=pl.Int8),
            "missing": pl.select(
                pl.when(outside).then(pl.lit(Missing.IMPLAUSIBLE.value)).otherwise(read.missing)
            ).to_series(),
            "_sheet": pl.repeat(sheet.name, len(value), eager=True, dtype=pl.String),
            "_row": sheet.rows.filter(accepted),
            "_col": pl.repeat(column.letter, len(value), eager=True, dtype=pl.String),
        },
        schema=SCHEMA,
    )
    trouble = pl.select(pl.when(outside).then(pl.lit("value-implausible")).otherwise(read.trouble)).to_series()
    repairs = tuple(
        repair
        for code, touched in read.mended
        for repair in one_repair(code, sheet, column.letter, _at_all_rows(touched, accepted), rules.limits)
    )
    repairs = (*repairs, *_unit_repair(sheet, column, value, accepted, rules))
    return _ColumnRead(frame, read.trouble.is_not_null(), repairs, _cell_findings(frame, trouble, taken, column))


def _numbers(cells: Column, column: ValueColumn) -> NumbersRead:
    """Return the numbers in the file's unit: there the plausible range lies where its factor puts it."""
    indicator = indicators()[column.indicator]
    low, high = indicator.plausible
    plausible = (low / column.factor, high / column.factor)
    return read_numbers(cells, plausible=plausible, in_percent=indicator.unit is Unit.PERCENT)


def _unit_repair(
    sheet: Sheet, column: ValueColumn, value: pl.Series, accepted: pl.Series, rules: Rules
) -> tuple[Repair, ...]:
    if column.factor == 1:
        return ()
    brought = _at_all_rows(value.is_not_null(), accepted)
    told = {"words": column.unit_words, "factor": column.factor, "indicator": column.indicator}
    return one_repair("unit-brought", sheet, column.letter, brought, rules.limits, **told)


def _at_all_rows(touched: pl.Series, accepted: pl.Series) -> pl.Series:
    """Spread a mask over the accepted rows back over all rows of the sheet."""
    spread = pl.repeat(value=False, n=len(accepted), eager=True, dtype=pl.Boolean)
    return spread.scatter(accepted.arg_true(), touched)


def _cell_findings(frame: pl.DataFrame, trouble: pl.Series, cells: Column, column: ValueColumn) -> tuple[Finding, ...]:
    """Return a finding for each cell that gave no value although something stands in it."""
    low, high = indicators()[column.indicator].plausible
    told = frame.with_columns(trouble.alias("trouble"), cells.text.alias("text"), cells.number.alias("number"))
    return tuple(
        Finding(
            row["trouble"],
            Severity.ERROR,
            cell_at(row["_sheet"], row["_col"], row["_row"]),
            {"name": row["name_read"], "indicator": column.indicator, "low": low, "high": high}
            | written(row["trouble"], row["text"] if row["number"] is None else row["number"]),
        )
        for row in told.filter(pl.col("trouble").is_not_null()).iter_rows(named=True)
    )


def _without_unreadable(
    sheet: Sheet, rows: RegionRows, read: list[_ColumnRead], letter: str
) -> tuple[RegionRows, tuple[Finding, ...]]:
    """Refuse the rows of which no cell could be read; a missing mark is honest, an implausible number was read."""
    accepted = _accepted(rows)
    hopeless = _at_all_rows(pl.select(pl.all_horizontal([c.unreadable for c in read])).to_series(), accepted)
    kinds = tuple(RowKind.REFUSED if lost else kind for kind, lost in zip(rows.kinds, hopeless.to_list(), strict=True))
    findings = tuple(
        Finding("row-unreadable", Severity.ERROR, cell_at(sheet.name, letter, row), {"name": name})
        for row, name in zip(sheet.rows.filter(hopeless).to_list(), rows.names.filter(hopeless).to_list(), strict=True)
    )
    return replace(rows, kinds=kinds), findings


def _stacked(read: list[_ColumnRead], sheet: Sheet, rows: RegionRows) -> pl.DataFrame:
    kept = sheet.rows.filter(_accepted(rows))
    return pl.concat([column.frame for column in read]).filter(pl.col("_row").is_in(kept.implode()))


def _inferred(sheet: Sheet, rows: RegionRows) -> tuple[Repair, ...]:
    if not rows.read.inferred:
        return ()
    return (Repair("codes-inferred", sheet.name, len(rows.read.rows), {"system": str(rows.read.system)}),)


def _owner(places: list[Place]) -> Place:
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
    owner = _owner([here for here in rows.places if here is not None])
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
