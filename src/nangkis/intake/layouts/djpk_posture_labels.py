"""Labels of a posture to accounts of the dated table: by the table's order, never by position or indent."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nangkis.budget.posture_accounts import PostureRules, letters


@dataclass(frozen=True)
class LabelRead:
    """What a label means. ``account`` is None with a trouble; ``mended`` is the code of a repair."""

    account: str | None
    trouble: str | None = None
    mended: str | None = None
    nearest: str = "–"


def read_labels(labels: Sequence[str | None], rules: PostureRules) -> tuple[LabelRead, ...]:
    """Return the account of each row.

    A label of one account only is that account, wherever it stands. One that several accounts share is the first of
    them that no such label and no row above has taken: the ministry prints a group before the account of the same
    name. A further row is held.
    """
    meanings = [_meaning(label, rules) for label in labels]
    taken: set[str] = set()
    sure = [_first_free(codes, read, taken) if len(codes) == 1 else None for codes, read in meanings]
    return tuple(
        read or (_first_free(codes, meant, taken) if codes else meant)
        for read, (codes, meant) in zip(sure, meanings, strict=True)
    )


def _meaning(label: str | None, rules: PostureRules) -> tuple[tuple[str, ...], LabelRead]:
    """Return the accounts that a label may mean, none where it is held, and how it was read."""
    key = letters(label or "")
    if not key:
        return (), LabelRead(None, "posture-account-blank")
    codes = rules.by_letters.get(key)
    if codes is not None:
        return codes, LabelRead(None, mended="posture-label-damaged" if key in rules.damaged else None)
    near = difflib.get_close_matches(key, rules.by_letters, n=2, cutoff=float(rules.label_likeness))
    meant = {rules.by_letters[other] for other in near}
    if len(meant) != 1:
        shown = ", ".join(_name(other, rules) for other in near) or "–"
        return (), LabelRead(None, "posture-account-unknown", nearest=shown)
    return meant.pop(), LabelRead(None, mended="posture-label-similar")


def _first_free(codes: Sequence[str], read: LabelRead, taken: set[str]) -> LabelRead:
    free = next((code for code in codes if code not in taken), None)
    if free is None:
        return LabelRead(None, "posture-account-twice")
    taken.add(free)
    return replace(read, account=free)


def _name(key: str, rules: PostureRules) -> str:
    return next(label for account in rules.accounts for label in account.labels if letters(label) == key)
