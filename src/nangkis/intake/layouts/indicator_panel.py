"""Reads tables whose rows carry region and year, with one indicator by row (long) or several by column (many)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected, one_finding
from nangkis.intake.checks.values import check_values
from nangkis.intake.layouts import words
from nangkis.intake.layouts.columns import Around
from nangkis.intake.layouts.error_columns import ErrorColumn, with_errors
from nangkis.intake.layouts.indicator_cells import CellsAsked, CellsRead, read_cells
from nangkis.intake.layouts.indicator_panel_rows import keyed_rows
from nangkis.intake.layouts.indicator_reading import inferred, owner_of, values_reading
from nangkis.intake.layouts.indicator_roles import Roles
from nangkis.intake.layouts.indicator_rows import TOLD
from nangkis.intake.layouts.protocol import nothing_accepted
from nangkis.intake.layouts.rows import kinds_above
from nangkis.intake.layouts.shape import HeadedColumn, Shape, SheetSeen
from nangkis.intake.repairs import units
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at, column_at


KEY = ("indicator", "region", "year", "period")
# Rows of these are told once for each thing seen; others by their own cells.
TOGETHER = {
    "row-year-unknown": ("year", Severity.ERROR),
    "row-indicator-unknown": ("indicator", Severity.WARNING),
    "row-period-unknown": ("period", Severity.ERROR),
    "row-unit-other": ("unit", Severity.ERROR),
    "row-group-other": ("group", Severity.WARNING),
    "row-suppressed": ("suppressed", Severity.WARNING),
}


def read_panel(seen: SheetSeen, roles: Roles, request: Request, *, layout: str, version: int) -> Reading:
    """Read one sheet by the roles of its columns. Raises SheetRefused when something needed is unsaid."""
    sheet, rules = seen.sheet, seen.rules
    keyed = keyed_rows(sheet, roles, request, rules)
    around = Around(sheet, _shape(roles), request, rules)
    columns, alike = _columns(roles, around, sheet)
    frame = keyed.frame
    read = [
        part
        for column in columns
        for part in _read(sheet, frame, column, around, errors=roles.errors.get(column.letter, ()), rules=rules)
    ]
    rows = _settled(frame, read)
    values = _stacked(read, rows)
    found = (*keyed.findings, *_row_findings(sheet, roles, rows, rules), *_place_findings(sheet, roles, rows))
    of_cells = tuple(finding for part in read for finding in part.findings)
    if values.is_empty():
        raise nothing_accepted(sheet, (*found, *of_cells))
    findings = (*sheet.findings, *around.findings.values(), *alike, *_unread(sheet, roles, rules), *found, *of_cells)
    judged = pl.when(pl.col("trouble").is_null()).then(pl.lit("accepted")).otherwise(pl.lit("refused"))
    kinds = rows.select(pl.coalesce("kind", judged)).to_series()
    return values_reading(
        sheet,
        pl.concat([kinds_above(roles.header_rows - 1), kinds.alias("")]),
        values,
        read=keyed.read,
        owner=owner_of([place(Region.parse(text)) for text in values["region"].unique(maintain_order=True)]),
        layout=layout,
        version=version,
        repairs=(*sheet.repairs, *inferred(sheet, keyed.read), *(repair for part in read for repair in part.repairs)),
        findings=collected((*findings, *check_values(values, rules, of_cells)), sheet=sheet.name, limits=rules.limits),
    )


def _shape(roles: Roles) -> Shape:
    values = roles.values or (HeadedColumn(roles.letters.get("value", ""), ""),)
    return Shape(roles.header_rows, roles.titles, roles.place, None, values, ())


def _columns(roles: Roles, around: Around, sheet: Sheet) -> tuple[list[HeadedColumn], list[Finding]]:
    """Return the columns of values, those out of which two claim the same values; these are told and not read."""
    if roles.is_long:
        return [HeadedColumn(roles.letters["value"], "")], []
    by_key: dict[object, list[HeadedColumn]] = {}
    for column in roles.values:
        # Beside a column of years, a year in a header is a base year or a remark: the row says which year it is.
        year = None if "year" in roles.letters else around.own_year(column)
        key = (around.indicator(column), year, words.period_in(column.own))
        by_key.setdefault(key, []).append(column)
    kept = [columns[0] for columns in by_key.values() if len(columns) == 1]
    alike = [
        Finding("columns-alike-not-read", Severity.WARNING, column_at(sheet.name, columns[0].letter),
                {"columns": ", ".join(f"{c.letter} ('{c.own}')" for c in columns), "indicator": str(key[0])})  # type: ignore[index]
        for key, columns in by_key.items()
        if len(columns) > 1
    ]  # fmt: skip
    return kept, alike


def _read(
    sheet: Sheet,
    rows: pl.DataFrame,
    column: HeadedColumn,
    around: Around,
    *,
    errors: Sequence[ErrorColumn],
    rules: Rules,
) -> Iterator[CellsRead]:
    """Read a column's cells, the rows of each indicator and unit by themselves: plausible numbers differ."""
    own = rows.filter(pl.col("trouble").is_null() & pl.col("kind").is_null())
    if column.own:
        own = _keyed_by_header(own, column, around)
    for (indicator, factor, unit_words), part in own.group_by("indicator", "factor", "unit_words", maintain_order=True):
        mask = sheet.rows.is_in(part["_row"].implode())
        keys = part.select("region", "name_read", "year", "period")
        asked = CellsAsked(column.letter, str(indicator), mask, keys, float(str(factor)), str(unit_words or ""))
        yield with_errors(sheet, read_cells(sheet, asked, rules), errors, asked.factor, rules)


def _keyed_by_header(rows: pl.DataFrame, column: HeadedColumn, around: Around) -> pl.DataFrame:
    held = around.indicator(column)
    lacking = bool(rows["year"].null_count())
    year = around.own_year(column) if lacking else None
    if year is None and lacking:
        year = around.year(column)
    said = units.unit_said(words.beside_name(words.plain(column.own), held), "", held)
    period = words.period_in(column.own)
    needed = period is None and rows["period"].null_count()
    usual = around.period(column).value if needed else None
    return rows.with_columns(
        indicator=pl.lit(held),
        year=pl.col("year") if year is None else pl.lit(year, dtype=pl.Int32),
        period=pl.lit(period.value) if period is not None else pl.coalesce("period", pl.lit(usual, dtype=pl.String)),
        factor=pl.lit(said.factor or 1.0),
        unit_words=pl.lit(said.words),
    )


def _settled(rows: pl.DataFrame, read: list[CellsRead]) -> pl.DataFrame:
    """Say what became of each row: one whose every cell is unreadable is refused, and a second one of its key.

    The first with a value counts, not a dash above it.
    """
    if not read:
        return rows
    cells = pl.concat([part.frame.with_columns(lost=part.unreadable) for part in read])
    hopeless = cells.group_by("_row").agg(pl.col("lost").all()).filter("lost")["_row"]
    left = cells.filter(~pl.col("_row").is_in(hopeless.implode()))
    values = left.filter(pl.col("value").is_not_null())
    differing = values.filter(pl.col("value").n_unique().over(KEY) > 1)["_row"].unique()
    has_value = pl.col("value").is_not_null().any().over("_row")
    in_turn = left.sort(~has_value, maintain_order=True)
    second = in_turn.filter(~pl.struct(KEY).is_first_distinct())["_row"].unique()
    trouble = (
        pl.when(pl.col("trouble").is_not_null() | pl.col("kind").is_not_null())
        .then("trouble")
        .when(pl.col("_row").is_in(hopeless.implode()))
        .then(pl.lit("row-unreadable"))
        .when(pl.col("_row").is_in(differing.implode()))
        .then(pl.lit("row-twice-differs"))
        .when(pl.col("_row").is_in(second.implode()))
        .then(pl.lit("row-twice"))
    )
    return rows.with_columns(trouble.alias("trouble"))


def _stacked(read: list[CellsRead], rows: pl.DataFrame) -> pl.DataFrame:
    fine = rows.filter(pl.col("trouble").is_null() & pl.col("kind").is_null())["_row"]
    frames = [part.frame for part in read]
    return pl.concat(frames).filter(pl.col("_row").is_in(fine.implode())) if frames else pl.DataFrame()


def _row_findings(sheet: Sheet, roles: Roles, rows: pl.DataFrame, rules: Rules) -> Iterator[Finding]:
    own = rows.filter(pl.col("kind").is_null())
    for code, (role, severity) in TOGETHER.items():
        for (seen,), part in own.filter(pl.col("trouble") == code).group_by("seen", maintain_order=True):
            yield from one_finding(
                code, severity, sheet, roles.letters[role], rows=part["_row"], limits=rules.limits, seen=seen or "–"
            )
    for row in own.filter(pl.col("trouble").is_in(["row-unreadable", "row-twice", "row-twice-differs"])).iter_rows(
        named=True
    ):
        at = cell_at(sheet.name, roles.place, row["_row"])
        yield Finding(row["trouble"], Severity.ERROR, at, {"name": row["name_read"] or "–"})


def _place_findings(sheet: Sheet, roles: Roles, rows: pl.DataFrame) -> Iterator[Finding]:
    """Tell each doubt about a region once for each different name, at its first row."""
    own = rows.filter(pl.col("kind").is_null() & pl.col("told").is_not_null())
    for row in own.unique(["told", "name_read", "seen"], keep="first", maintain_order=True).iter_rows(named=True):
        code, _, candidates = (row["seen"] or "").partition("|")
        severity = Severity.ERROR if row["trouble"] == row["told"] else TOLD[row["told"]]
        values: dict[str, object] = {"name": row["name_read"], "code": code, "candidates": candidates or "–"}
        values["candidates"] = candidates or (row["region"] and place(Region.parse(row["region"])).name) or "–"
        yield Finding(row["told"], severity, cell_at(sheet.name, roles.place, row["_row"]), values)


def _unread(sheet: Sheet, roles: Roles, rules: Rules) -> Iterator[Finding]:
    if roles.unread:
        most = rules.limits.addresses
        shown = ", ".join(f"{c.letter} ('{c.own}')" for c in roles.unread[:most])
        more = ", …" if len(roles.unread) > most else ""
        values: dict[str, object] = {"count": len(roles.unread), "columns": shown + more}
        yield Finding("columns-no-indicator", Severity.NOTE, sheet.name, values)
