"""Findings and repairs of many cells, told so that a person can read them: first cells, counts, no endless lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Repair, Severity


def collected(findings: Iterable[Finding], *, sheet: str, limits: Limits) -> tuple[Finding, ...]:
    """Return the findings in their order, at most ``findings_of_a_kind`` of each code, then how many more there are."""
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    kept: list[Finding] = []
    for found in by_code.values():
        kept.extend(found[: limits.findings_of_a_kind])
        more = len(found) - limits.findings_of_a_kind
        if more > 0:
            kept.append(Finding("more-of-a-kind", found[0].severity, sheet, {"count": more, "like": found[0].at}))
    return tuple(kept)


def one_finding(
    code: str, severity: Severity, sheet: Sheet, letter: str, *, rows: pl.Series, limits: Limits, **values: object
) -> tuple[Finding, ...]:
    """Return one finding for all cells of a column that share a flaw, with their count; none for no cell."""
    if not len(rows):
        return ()
    at = sheet.at(letter, rows.head(limits.addresses + 1).to_list(), most=limits.addresses)
    return (Finding(code, severity, at, {"count": len(rows), **values}),)


def one_repair(
    code: str, sheet: Sheet, letter: str, touched: pl.Series, limits: Limits, **values: object
) -> tuple[Repair, ...]:
    """Return one repair for all cells of a column that it touched, as told by a mask; none for no cell."""
    count = int(touched.sum())
    if not count:
        return ()
    rows = sheet.rows.filter(touched).head(limits.addresses + 1).to_list()
    return (Repair(code, sheet.at(letter, rows, most=limits.addresses), count, dict(values)),)
