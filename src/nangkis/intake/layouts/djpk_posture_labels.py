"""Labels of a posture to accounts of the dated table: by the table's order, never by position or indent."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

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

    A label that several accounts share is the first of them that no row above has taken: the ministry prints a group
    before the account of the same name. A further row of it is held.
    """
    taken: set[str] = set()
    answer = []
    for label in labels:
        read = _read(label, taken, rules)
        if read.account is not None:
            taken.add(read.account)
        answer.append(read)
    return tuple(answer)


def _read(label: str | None, taken: set[str], rules: PostureRules) -> LabelRead:
    key = letters(label or "")
    if not key:
        return LabelRead(None, "posture-account-blank")
    mended = "posture-label-damaged" if key in rules.damaged else None
    codes = rules.by_letters.get(key)
    if codes is None:
        near = difflib.get_close_matches(key, rules.by_letters, n=2, cutoff=float(rules.label_likeness))
        meant = {rules.by_letters[other] for other in near}
        if len(meant) != 1:
            shown = ", ".join(_name(other, rules) for other in near) or "–"
            return LabelRead(None, "posture-account-unknown", nearest=shown)
        codes, mended = meant.pop(), "posture-label-similar"
    free = next((code for code in codes if code not in taken), None)
    if free is None:
        return LabelRead(None, "posture-account-twice")
    return LabelRead(free, mended=mended)


def _name(key: str, rules: PostureRules) -> str:
    return next(label for account in rules.accounts for label in account.labels if letters(label) == key)
