"""Checks between the postures of one region's successive years: what one year leaves, the next begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from nangkis.budget.posture_accounts import FINANCING, REVENUE, SPENDING, PostureRules
from nangkis.intake.checks.across import Accepted
from nangkis.intake.checks.posture import Rows, financing_of
from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


OPENING = "6.1.01"  # what the year before left
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
        left, opening = _left(before, rules), after.get(OPENING)
        if left is None or opening is None or opening[REALISED] is None:
            continue
        begun = int(str(opening[REALISED]))
        most = sum(int(str(row["resolution_sen"])) for row in (*left[1], opening))
        if abs(left[0] - begun) <= most:
            continue
        large = abs(left[0] - begun) > rules.silpa_share * max(abs(left[0]), abs(begun))
        here, there = (opening, left[1][-1]) if step < 0 else (left[1][-1], opening)
        told: dict[str, object] = {"year": str(min(year, year + step)), "next": str(max(year, year + step))}
        told |= {"left": rupiah_text(left[0]), "opening": rupiah_text(begun)}
        told |= {"difference": rupiah_text(begun - left[0]), "title": table.title, "other": _at(there, table.file)}
        yield Finding("posture-silpa-differs", Severity.WARNING if large else Severity.NOTE, _at(here, ""), told)


def _rows(values: pl.DataFrame) -> Rows:
    return {row["account"]: row for row in values.iter_rows(named=True)}


def _left(rows: Rows, rules: PostureRules) -> tuple[int, tuple[Mapping[str, object], ...]] | None:
    """Return what a year leaves, revenue less spending with net financing, and the rows that say so."""
    found = tuple(rows[code] for code in (REVENUE, SPENDING, FINANCING) if code in rows)
    if len(found) != 3 or any(row[REALISED] is None for row in found):  # noqa: PLR2004 - all three of them
        return None
    revenue, spending = (int(str(row[REALISED])) for row in found[:2])
    return revenue - spending + financing_of(rules, rows, REALISED), found


def _at(row: Mapping[str, object], file: str) -> str:
    """Return where a row stands, with its file where that is another one."""
    sheet = f"[{file}]{row['_sheet']}" if file else str(row["_sheet"])
    return cell_at(sheet, str(row["_col"]), int(str(row["_row"])))
