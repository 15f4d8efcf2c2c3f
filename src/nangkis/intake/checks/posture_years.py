"""Checks between the postures of one region's successive years: what one year leaves, the next begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from nangkis.budget.posture_accounts import FINANCING, REVENUE, SPENDING, PostureRules
from nangkis.intake.checks.across import Accepted, in_file
from nangkis.intake.checks.posture import financing_of
from nangkis.intake.checks.posture_seen import Row, Rows, amount_of, half_of, slack_of
from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


REALISED = "realised_sen"


def check_silpa(own: pl.DataFrame, held: Sequence[Accepted], rules: PostureRules) -> Iterator[Finding]:
    """Yield where realised SiLPA of a year is not the opening balance of the next, by more than both are rounded.

    A small part of it is noted, as the audit corrects it; more is a warning.
    ``held`` are accepted postures of the same region; of one year, the latest comes first and is the one that counts.
    """
    year, mine = int(own["year"][0]), _rows(own)
    for step in (-1, 1):
        table = next((one for one in held if one.values["year"][0] == year + step), None)
        if table is None:
            continue
        theirs = _rows(table.values)
        before, after = (theirs, mine) if step < 0 else (mine, theirs)
        left, opening = _left(before, rules), after.get(rules.opening)
        if left is None or opening is None or opening[REALISED] is None:
            continue
        begun, (amount, rounding, rows) = amount_of(opening, REALISED), left
        if abs(amount - begun) <= rounding + half_of(opening, REALISED):
            continue
        large = abs(amount - begun) > rules.silpa_share * max(abs(amount), abs(begun))
        here, there = (opening, rows[-1]) if step < 0 else (rows[-1], opening)
        told: dict[str, object] = {"year": str(min(year, year + step)), "next": str(max(year, year + step))}
        told |= {"left": rupiah_text(amount), "opening": rupiah_text(begun)}
        told |= {"difference": rupiah_text(begun - amount), "title": table.title, "other": _at(there, table.file)}
        yield Finding("posture-silpa-differs", Severity.WARNING if large else Severity.NOTE, _at(here, ""), told)


def _rows(values: pl.DataFrame) -> Rows:
    return {row["account"]: row for row in values.iter_rows(named=True)}


def _left(rows: Rows, rules: PostureRules) -> tuple[int, int, tuple[Row, ...]] | None:
    """Return what a year leaves, revenue less spending with net financing, its rounding, and the rows that say so."""
    found = tuple(rows[code] for code in (REVENUE, SPENDING, FINANCING) if code in rows)
    if len(found) != 3 or any(row[REALISED] is None for row in found):  # noqa: PLR2004 - all three of them
        return None
    net = financing_of(rules, rows, REALISED)
    if net is None:
        return None
    revenue, spending, _ = (amount_of(row, REALISED) for row in found)
    return revenue - spending + net[0], slack_of(found[:2], REALISED) + net[1], found


def _at(row: Row, file: str) -> str:
    """Return where a row stands, with its file where that is another one."""
    sheet = str(row["_sheet"])
    return cell_at(in_file(file, sheet) if file else sheet, str(row["_col"]), int(str(row["_row"])))
