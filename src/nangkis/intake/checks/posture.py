"""Checks on a posture: groups against parts, the balance, printed percentages, years drawn before their end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nangkis.budget.posture_accounts import FINANCING, REVENUE, SPENDING, SURPLUS, PostureRules, letters
from nangkis.intake.checks.posture_seen import PostureSeen, Row, Rows, amount_of, half_of, is_missing, slack_of
from nangkis.intake.checks.posture_sums import check_sums, differing, unchecked
from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import column_at


# How a column may write percentages: what brings each to percent, and half its last place at least, in percentage
# points. 12311.00 stands for 123.11 in a file of 2021: the zeros came with the loss of the mark, and say nothing.
SCALES = {"percent": (1.0, 0.0), "shares": (100.0, 0.0), "times-100": (0.01, 0.005)}
ROUNDING = 1e-6  # percentage points that floating division may be off
SHOWN_PLACES = 6
DEFICIT = "defisit"


def check_posture(seen: PostureSeen) -> Iterator[Finding]:
    """Yield what a person should look at; nothing is changed by it."""
    yield Finding("posture-stages-differ", Severity.NOTE, seen.sheet.name)
    rows = {row["account"]: row for row in seen.frame.iter_rows(named=True) if row["account"] is not None}
    for column in ("budget_sen", "realised_sen"):
        yield from check_sums(seen, rows, column)
        yield from _surplus(seen, rows, column)
        yield from _balance(seen, rows, column)
    yield from _percentages(seen, rows)
    yield from _part_year(seen, rows)


def _surplus(seen: PostureSeen, rows: Rows, column: str) -> Iterator[Finding]:
    """The printed surplus against revenue less spending; of a row called Defisit the sign says nothing."""
    revenue, spending, printed = (rows.get(code) for code in (REVENUE, SPENDING, SURPLUS))
    if revenue is None or spending is None or printed is None or printed[column] is None:
        return
    missing = [row for row in (revenue, spending) if row[column] is None]
    if missing:
        yield unchecked(seen, printed, missing, column)
        return
    told, surplus = amount_of(printed, column), amount_of(revenue, column) - amount_of(spending, column)
    if letters(str(printed["account_name"])) == DEFICIT:
        told = abs(told) if surplus > 0 else -abs(told)
    if abs(surplus - told) > slack_of((revenue, spending, printed), column):
        yield differing("posture-surplus-differs", seen, printed, column, total=told, added=surplus)


def _balance(seen: PostureSeen, rows: Rows, column: str) -> Iterator[Finding]:
    """Surplus with financing is what is left (SiLPA): none in a budget, never below 0."""
    revenue, spending, financing = (rows.get(code) for code in (REVENUE, SPENDING, FINANCING))
    if revenue is None or spending is None or financing is None or None in (revenue[column], spending[column]):
        return
    net = financing_of(seen.rules, rows, column)
    if net is None:
        return
    amount, rounding = net
    left = amount_of(revenue, column) - amount_of(spending, column) + amount
    most = slack_of((revenue, spending), column) + rounding
    code = "posture-budget-unbalanced" if column == "budget_sen" else "posture-silpa-negative"
    if left < -most or (column == "budget_sen" and left > most):
        yield Finding(code, Severity.WARNING, seen.at(financing, column), {"left": rupiah_text(left)})


def financing_of(rules: PostureRules, rows: Rows, column: str) -> tuple[int, int] | None:
    """Return financing as printed, in sen, and how far it may be rounded.

    Where 0 is printed over parts that are there, it is their sum; exports leave payments out where there are none.
    None when that is not known: no amount is printed, or 0 without receipts, or over a part that has no amount.
    """
    financing, parts = rows[FINANCING], rules.children[FINANCING]
    there = [account for account in parts if account.code in rows]
    if financing[column] is None:
        return None
    if amount_of(financing, column) or not there:
        return amount_of(financing, column), half_of(financing, column)
    receipts = all(account in there for account in parts if account.sign > 0)
    if not receipts or any(is_missing(rows[account.code], column) for account in there):
        return None
    added = sum(account.sign * amount_of(rows[account.code], column) for account in there)
    return added, max(half_of(financing, column), slack_of((rows[account.code] for account in there), column))


def _percentages(seen: PostureSeen, rows: Rows) -> Iterator[Finding]:
    """The printed percentage against realisation over budget, as far as rounding lets all three be known.

    A column that agrees more often when it is read in another scale is in that one: told once, and compared so.
    """
    known = [row for row in rows.values() if _has_share(row)]
    beyond = {scale: [row for row in known if not _agrees(row, *how)] for scale, how in SCALES.items()}
    scale = min(beyond, key=lambda name: len(beyond[name]))
    if scale != "percent":
        at = column_at(seen.sheet.name, seen.letters["percent"])
        yield Finding("posture-percent-scale", Severity.NOTE, at, {"scale": scale})
    for row in beyond[scale]:
        values: dict[str, object] = {
            "account": row["account_name"],
            "printed": round(SCALES[scale][0] * _number(row, "percent"), SHOWN_PLACES),
            "computed": round(_percent_of(row), 2),
        }
        yield Finding("posture-percent-differs", Severity.WARNING, seen.at(row, "percent"), values)


def _has_share(row: Row) -> bool:
    if None in (row["budget_sen"], row["realised_sen"], row["percent"]):
        return False
    return abs(amount_of(row, "budget_sen")) > half_of(row, "budget_sen")


def _agrees(row: Row, factor: float, least_half: float) -> bool:
    budget, percent = abs(amount_of(row, "budget_sen")), _percent_of(row)
    budget_half, realised_half = half_of(row, "budget_sen"), half_of(row, "realised_sen")
    rounding = (100 * realised_half + budget_half * abs(percent)) / (budget - budget_half)
    most = max(least_half, factor * _number(row, "percent_half")) + rounding + ROUNDING
    return abs(factor * _number(row, "percent") - percent) <= most


def _percent_of(row: Row) -> float:
    return 100 * amount_of(row, "realised_sen") / amount_of(row, "budget_sen")


def _number(row: Row, name: str) -> float:
    return float(str(row[name]))


def _part_year(seen: PostureSeen, rows: Rows) -> Iterator[Finding]:
    """Totals realised far below or above the budget: a file drawn before the year ended, or a wrong number."""
    found: Sequence[Row] = [rows[code] for code in (REVENUE, SPENDING) if code in rows]
    for row in found:
        if row["realised_sen"] is None or not amount_of(row, "budget_sen"):
            continue
        share = amount_of(row, "realised_sen") / amount_of(row, "budget_sen")
        values: dict[str, object] = {"account": row["account_name"], "percent": round(100 * share, 1)}
        at = seen.at(row, "realised_sen")
        if share < seen.rules.part_year_share:
            yield Finding("posture-part-year", Severity.WARNING, at, values)
        elif share > seen.rules.excess_share:
            yield Finding("posture-realised-beyond", Severity.WARNING, at, values)
