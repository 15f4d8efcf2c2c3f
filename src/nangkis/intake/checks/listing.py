"""Findings and repairs of many cells, told so that a person can read them: first cells, counts, no endless lists."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import ColumnCells, Finding, Repair, Severity, by_column
from nangkis.vocabulary.sources import cells_at


_CELL = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})")


def collected(findings: Iterable[Finding], *, sheet: str, limits: Limits) -> tuple[Finding, ...]:
    """Return the findings in their order, at most ``findings_of_a_kind`` of each code, then how many more there are.

    What tells how many more there are holds all their cells.
    """
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    kept: list[Finding] = []
    for found in by_code.values():
        kept.extend(found[: limits.findings_of_a_kind])
        more = len(found) - limits.findings_of_a_kind
        if more > 0:
            cells = by_column(_cells_of(found[limits.findings_of_a_kind :], sheet))
            values: dict[str, object] = {"count": more, "like": found[0].at}
            kept.append(Finding("more-of-a-kind", found[0].severity, sheet, values, cells))
    return tuple(kept)


def _cells_of(findings: Iterable[Finding], sheet: str) -> Iterator[tuple[str, int]]:
    """Yield the cells of a sheet at which findings stand."""
    for finding in findings:
        for cells in finding.cells:
            yield from ((cells.column, row) for row in cells.rows)
        cell = _CELL.fullmatch(finding.at.removeprefix(f"{sheet}!"))
        if cell and not finding.cells:
            yield cell["column"], int(cell["row"])


def of_rows(code: str, severity: Severity, rows: pl.DataFrame, limits: Limits, values: dict[str, object]) -> Finding:
    """Return one finding for cells that stand in several columns; at least one.

    ``rows`` have ``_sheet``, ``_col`` and ``_row``. A cell of another file is told with it, and marked nowhere.
    """
    sheet = str(rows["_sheet"][0])
    shown = rows.head(limits.addresses)
    told = [
        cells_at(name, of_sheet.select("_col", "_row").rows()).removeprefix(f"{sheet}!")
        for (name,), of_sheet in shown.group_by("_sheet", maintain_order=True)
    ]
    more = ", …" if rows.height > limits.addresses else ""
    here = rows.filter(pl.col("_sheet") == sheet).select("_col", "_row").rows()
    return Finding(code, severity, f"{sheet}!" + ", ".join(told) + more, values, by_column(here))


def one_finding(
    code: str, severity: Severity, sheet: Sheet, letter: str, *, rows: pl.Series, limits: Limits, **values: object
) -> tuple[Finding, ...]:
    """Return one finding for all cells of a column that share a flaw, with their count; none for no cell.

    ``rows`` are the rows of the sheet, Int32, counted from 1.
    """
    if not len(rows):
        return ()
    at = sheet.at(letter, rows.head(limits.addresses + 1).to_list(), most=limits.addresses)
    cells = ColumnCells(letter, array("I", rows.to_list()))
    return (Finding(code, severity, at, {"count": len(rows), **values}, (cells,)),)


def one_repair(
    code: str, sheet: Sheet, letter: str, touched: pl.Series, limits: Limits, **values: object
) -> tuple[Repair, ...]:
    """Return one repair for all cells of a column that it touched, as told by a mask; none for no cell."""
    count = int(touched.sum())
    if not count:
        return ()
    rows = sheet.rows.filter(touched).head(limits.addresses + 1).to_list()
    return (Repair(code, sheet.at(letter, rows, most=limits.addresses), count, dict(values)),)
