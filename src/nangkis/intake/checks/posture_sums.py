"""Every group of a posture against the signed sum of its parts, and what a sum lacks that cannot be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nangkis.budget.posture_accounts import PostureRules
from nangkis.intake.checks.posture_seen import (
    PostureSeen,
    Row,
    Rows,
    amount_of,
    half_of,
    is_missing,
    is_unused,
    slack_of,
)
from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity


def parts_of(rules: PostureRules, rows: Rows, parent: str) -> Iterator[tuple[int, Row]]:
    """Yield the parts of an account with their signs; a group that the file leaves out is its own parts."""
    for account in rules.children.get(parent, ()):
        if account.code in rows:
            yield account.sign, rows[account.code]
        else:
            yield from ((account.sign * sign, row) for sign, row in parts_of(rules, rows, account.code))


def check_sums(seen: PostureSeen, rows: Rows, column: str) -> Iterator[Finding]:
    """Yield where a group is not the sum of its parts, by more than half the last place of each printed number.

    A part without an amount is told where the sum lacks something, and so is a held row that has just what it lacks:
    no sum is called wrong for them. An account whose cells are both empty is nothing, and named.
    """
    for parent in seen.rules.children:
        parts = list(parts_of(seen.rules, rows, parent))
        if parent in rows and parts:
            yield from _check_sum(seen, rows[parent], parts, column)


def unchecked(seen: PostureSeen, whole: Row, missing: Sequence[Row], column: str) -> Finding:
    """Return the finding for an amount that cannot be checked, as others are missing or unreadable."""
    values: dict[str, object] = {"account": whole["account_name"], "missing": seen.named(missing, column)}
    return Finding("posture-sum-unchecked", Severity.WARNING, seen.at(whole, column), values)


def differing(
    code: str, seen: PostureSeen, row: Row, column: str, *, total: int, added: int, **told: object
) -> Finding:
    """Return the finding for an amount, ``total``, that is not what it should be, ``added``; both in sen."""
    values: dict[str, object] = {
        "account": row["account_name"],
        "total": rupiah_text(total),
        "sum": rupiah_text(added),
        "difference": rupiah_text(total - added),
    }
    return Finding(code, Severity.WARNING, seen.at(row, column), values | told)


def _check_sum(seen: PostureSeen, whole: Row, parts: Sequence[tuple[int, Row]], column: str) -> Iterator[Finding]:
    below = [row for _, row in parts]
    total, added = amount_of(whole, column), sum(sign * amount_of(row, column) for sign, row in parts)
    if whole[column] is None:
        if added:
            yield unchecked(seen, whole, [whole], column)
        return
    slack = slack_of((whole, *below), column)
    if abs(total - added) <= slack:
        return
    missing = [row for row in below if is_missing(row, column)]
    held = _held(seen, column, gap=abs(total - added), slack=slack)
    if missing:
        yield unchecked(seen, whole, missing, column)
    elif held:
        told = seen.named(held, column)
        yield differing("posture-sum-held", seen, whole, column, total=total, added=added, held=told)
    else:
        blank = seen.named(filter(is_unused, below), column) or "none"
        yield differing("posture-sum-differs", seen, whole, column, total=total, added=added, blank=blank)


def _held(seen: PostureSeen, column: str, *, gap: int, slack: int) -> list[Row]:
    """Return the held row, or all of them, whose amount is what a sum lacks; none when they do not explain it."""
    held = [row for row in seen.frame.iter_rows(named=True) if row["account"] is None and row[column]]
    for rows in (*([row] for row in held), held):
        lacks = abs(gap - abs(sum(amount_of(row, column) for row in rows)))
        if rows and lacks <= slack + sum(half_of(row, column) for row in rows):
            return list(rows)
    return []
