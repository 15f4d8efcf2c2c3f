"""Checks on a posture: children against parents, the balance, printed percentages, years drawn before their end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.budget.posture_accounts import FINANCING, REVENUE, SPENDING, SURPLUS, PostureRules
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


PERCENT_HALF_PLACE = 0.005


@dataclass(frozen=True)
class PostureSeen:
    """What the checks see: accepted rows (SCHEMA, and ``percent`` as printed), and where each column stands.

    ``letters`` gives the column of ``budget_sen``, ``realised_sen`` and ``percent``.
    """

    frame: pl.DataFrame
    sheet: Sheet
    letters: Mapping[str, str]
    rules: PostureRules


def check_posture(seen: PostureSeen) -> Iterator[Finding]:
    """Yield what a person should look at; nothing is changed by it."""
    yield Finding("posture-stages-differ", Severity.NOTE, seen.sheet.name)
    rows = {row["account"]: row for row in seen.frame.iter_rows(named=True)}
    for column in ("budget_sen", "realised_sen"):
        yield from _sums(seen, rows, column)
        yield from _balance(seen, rows, column)
    yield from _percentages(seen)
    yield from _part_year(seen, rows)


Rows = Mapping[str, Mapping[str, object]]


def _sums(seen: PostureSeen, rows: Rows, column: str) -> Iterator[Finding]:
    """Every parent against the signed sum of its children: half the last printed place for each of them.

    An empty child is nothing: files leave an account empty that the region does not use.
    """
    for parent, children in seen.rules.children.items():
        there = [account for account in children if account.code in rows]
        if parent not in rows or not there or rows[parent][column] is None:
            continue
        total = _sen(rows[parent][column])
        added = sum(account.sign * _sen(rows[account.code][column] or 0) for account in there)
        slack = _slack(rows[parent], *(rows[account.code] for account in there))
        if abs(total - added) > slack:
            yield _differs("posture-sum-differs", seen, rows[parent], column, (total, added))


def _balance(seen: PostureSeen, rows: Rows, column: str) -> Iterator[Finding]:
    """Surplus is revenue less spending; with financing it is what is left (SiLPA): none in a budget, never below 0."""
    revenue, spending, financing = (rows.get(code) for code in (REVENUE, SPENDING, FINANCING))
    if revenue is None or spending is None or None in (revenue[column], spending[column]):
        return
    surplus = _sen(revenue[column]) - _sen(spending[column])
    printed = rows.get(SURPLUS)
    if printed is not None and printed[column] is not None:
        told = _sen(printed[column])
        if abs(surplus - told) > _slack(revenue, spending, printed):
            yield _differs("posture-surplus-differs", seen, printed, column, (told, surplus))
    if financing is None or financing[column] is None:
        return
    left, most = surplus + financing_of(seen.rules, rows, column), _slack(revenue, spending, financing)
    code = "posture-budget-unbalanced" if column == "budget_sen" else "posture-silpa-negative"
    if left < -most or (column == "budget_sen" and left > most):
        at = _at(seen, financing, column)
        yield Finding(code, Severity.WARNING, at, {"left": rupiah_text(left)})


def financing_of(rules: PostureRules, rows: Rows, column: str) -> int:
    """Return financing as printed, in sen; where 0 is printed over parts that are there, their sum."""
    printed = _sen(rows[FINANCING][column])
    parts = (account for account in rules.children[FINANCING] if account.code in rows)
    return printed or sum(account.sign * _sen(rows[account.code][column] or 0) for account in parts)


def _percentages(seen: PostureSeen) -> Iterator[Finding]:
    """The printed percentage against realisation over budget, as far as rounding lets both be known."""
    for row in seen.frame.iter_rows(named=True):
        budget, realised, printed, half = (
            row[name] for name in ("budget_sen", "realised_sen", "percent", "resolution_sen")
        )
        if None in (budget, realised, printed) or abs(budget) <= half:
            continue
        share = realised / budget
        slack = half * (1 + abs(share)) / (abs(budget) - half)
        if abs(printed - 100 * share) > PERCENT_HALF_PLACE + 100 * slack + 1e-6:
            values: dict[str, object] = {
                "account": row["account_name"],
                "printed": printed,
                "computed": round(100 * share, 2),
            }
            yield Finding("posture-percent-differs", Severity.WARNING, _at(seen, row, "percent"), values)


def _part_year(seen: PostureSeen, rows: Rows) -> Iterator[Finding]:
    """Totals realised far below or above the budget: a file drawn before the year ended, or a wrong number."""
    for code in (REVENUE, SPENDING):
        row = rows.get(code)
        if row is None or row["budget_sen"] is None or row["realised_sen"] is None or not _sen(row["budget_sen"]):
            continue
        share = _sen(row["realised_sen"]) / _sen(row["budget_sen"])
        values: dict[str, object] = {"account": row["account_name"], "percent": round(100 * share, 1)}
        at = _at(seen, row, "realised_sen")
        if share < seen.rules.part_year_share:
            yield Finding("posture-part-year", Severity.WARNING, at, values)
        elif share > seen.rules.excess_share:
            yield Finding("posture-realised-beyond", Severity.WARNING, at, values)


def _slack(*rows: Mapping[str, object]) -> int:
    """Return how far a sum may be off by rounding: half a last place of each of its rows, in sen."""
    return sum(_sen(row["resolution_sen"]) for row in rows)


def _differs(code: str, seen: PostureSeen, row: Mapping[str, object], column: str, sums: tuple[int, int]) -> Finding:
    total, added = sums
    values: dict[str, object] = {
        "account": row["account_name"],
        "total": rupiah_text(total),
        "sum": rupiah_text(added),
        "difference": rupiah_text(total - added),
    }
    return Finding(code, Severity.WARNING, _at(seen, row, column), values)


def _at(seen: PostureSeen, row: Mapping[str, object], column: str) -> str:
    return cell_at(seen.sheet.name, seen.letters[column], int(str(row["_row"])))


def _sen(value: object) -> int:
    return int(str(value))
