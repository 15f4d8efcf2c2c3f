"""A filled review: which rows decide something new, and which cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nangkis.budget.review import Key, Subject, as_written
from nangkis.budget.review_sheet import PERCENT, TAG_OF, Verdict
from nangkis.budget.rules import Tag
from nangkis.budget.tagging.schema import WHOLE
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


ATTRIBUTES = ("dimension", "strategy", "directness")
NOTHING = {"tag": None, "dimension": None, "strategy": None, "directness": None, "share": None}


@dataclass(frozen=True)
class FilledRow:
    """A row of a filled sheet: ``texts`` by column, ``percent`` the number in that column; cells by ``letters``."""

    row: int
    sheet: str
    letters: Mapping[str, str]
    texts: Mapping[str, str]
    percent: float | None
    key: Key

    def at(self, column: str) -> str:
        """Return the cell of a column."""
        return cell_at(self.sheet, self.letters[column], self.row)

    def error(self, code: str, column: str, **values: object) -> Finding:
        """Return what is wrong with a cell."""
        told = {"name": self.texts["name"] or "–", "found": self.texts[column] or "–", **values}
        return Finding(code, Severity.ERROR, self.at(column), told)


@dataclass(frozen=True)
class Taken:
    """``decided``: each row that decides something new, with its values; ``refused`` rows, and ``findings`` say why."""

    decided: tuple[tuple[FilledRow, Mapping[str, Any]], ...]
    refused: frozenset[int]
    findings: tuple[Finding, ...]


class _Refused(Exception):  # noqa: N818 - caught here: one flaw is enough for a row
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def taken(rows: Iterable[FilledRow], found: Mapping[Key, Subject], words: Mapping[str, Mapping[str, str]]) -> Taken:
    """Judge a filled sheet: rows of one sub kegiatan and office are parts of one decision, taken whole or not at all.

    ``words`` are those of :func:`nangkis.budget.review_sheet.meanings`. What is as it was shown decides nothing.
    """
    groups: dict[tuple[Key, str], list[FilledRow]] = {}
    for row in rows:
        groups.setdefault((row.key, row.texts["office"]), []).append(row)
    decided: list[tuple[FilledRow, Mapping[str, Any]]] = []
    refused: set[int] = set()
    findings: list[Finding] = []
    for (key, _), group in groups.items():
        if not any(row.texts["decision"] or row.texts["before"] for row in group):
            findings.extend(_idle(group))
            continue
        try:
            decided.extend(_decision(group, found.get(key), words))
        except _Refused as refusal:
            findings.append(refusal.finding)
            refused |= {row.row for row in group}
    return Taken(tuple(decided), frozenset(refused), tuple(findings))


def _idle(group: Sequence[FilledRow]) -> Iterable[Finding]:
    """Tell of rows that fill other cells and decide nothing: the person meant something."""
    for row in group:
        filled = next((column for column in (*ATTRIBUTES, "percent", "reason", "office") if row.texts[column]), None)
        if filled is not None:
            told: dict[str, object] = {"name": row.texts["name"] or "–", "found": row.texts[filled]}
            yield Finding("tag-decision-without-verdict", Severity.WARNING, row.at(filled), told)


def _decision(
    group: Sequence[FilledRow], subject: Subject | None, words: Mapping[str, Mapping[str, str]]
) -> list[tuple[FilledRow, Mapping[str, Any]]]:
    first = group[0]
    if subject is None:
        raise _Refused(first.error("tag-line-unknown", "code"))
    parts = [(row, _part(row, subject, words)) for row in group]
    before = sorted(row.texts["before"] for row in group if row.texts["before"])
    if sorted(as_written(part) for _, part in parts) == before:
        return []
    if any(row.texts["state"] != subject.state for row in group):
        raise _Refused(first.error("tag-review-stale", "decision"))
    if first.texts["office"] and first.texts["office"] not in subject.offices:
        raise _Refused(first.error("tag-office-unknown", "office"))
    if len(parts) > 1 and any(part["tag"] is None for _, part in parts):
        raise _Refused(first.error("tag-back-not-alone", "decision"))
    if sum(part["share"] or 0 for _, part in parts) > WHOLE:
        raise _Refused(first.error("tag-shares-over", "percent"))
    return parts


def _part(row: FilledRow, subject: Subject, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, Any]:
    if not row.texts["decision"]:
        raise _Refused(
            row.error("tag-decision-cleared" if row.texts["before"] else "tag-part-without-verdict", "decision")
        )
    verdict = Verdict(_meant(row, "decision", words))
    reason = row.texts["reason"] or None
    if verdict is Verdict.BACK:
        return {**NOTHING, "reason": _given(row, reason)}
    if verdict is Verdict.ACCEPT:
        return _accepted(row, subject, words, reason)
    tag = TAG_OF[verdict]
    said = {column: _meant(row, column, words) if row.texts[column] else None for column in ATTRIBUTES}
    return _whole(row, {"tag": tag.value, **said, "share": _share(row), "reason": _given(row, reason)})


def _accepted(
    row: FilledRow, subject: Subject, words: Mapping[str, Mapping[str, str]], reason: str | None
) -> Mapping[str, Any]:
    """Return what is proposed as a decision, with what the row says beside it."""
    proposed, suggestion = subject.proposed, row.texts["suggestion"]
    if proposed is None and not suggestion:
        raise _Refused(row.error("tag-nothing-to-accept", "decision"))
    if proposed is None:
        is_tag = suggestion in words["strategy"].values()
        proposed = {
            "tag": (Tag.TAGGED if is_tag else Tag.NOT_RELEVANT).value,
            "strategy": suggestion if is_tag else None,
            "dimension": None,
            "directness": None,
            "reason": None,
        }
    said = {column: _meant(row, column, words) if row.texts[column] else proposed[column] for column in ATTRIBUTES}
    why = _given(row, reason or proposed["reason"])
    return _whole(row, {"tag": proposed["tag"], **said, "share": _share(row), "reason": why})


def _whole(row: FilledRow, part: dict[str, Any]) -> Mapping[str, Any]:
    """Refuse a tagged part that leaves something open, and another that says more than it may."""
    is_tag = part["tag"] == Tag.TAGGED
    for column in ATTRIBUTES:
        if is_tag and part[column] is None:
            raise _Refused(row.error("tag-decision-incomplete", column))
        if not is_tag and part[column] is not None:
            raise _Refused(row.error("tag-decision-too-much", column))
    return part


def _given(row: FilledRow, reason: str | None) -> str:
    if not reason:
        raise _Refused(row.error("tag-reason-missing", "reason"))
    return reason


def _meant(row: FilledRow, column: str, words: Mapping[str, Mapping[str, str]]) -> str:
    meant = words[column].get(" ".join(row.texts[column].split()).casefold())
    if meant is None:
        raise _Refused(row.error("tag-word-unknown", column))
    return meant


def _share(row: FilledRow) -> int:
    """Return the share in ten-thousandths: the whole line where the cell is blank."""
    if not row.texts["percent"]:
        return WHOLE
    if row.percent is None:
        raise _Refused(row.error("tag-share-unreadable", "percent"))
    share = row.percent * PERCENT
    # One percent or less is far more likely a half written as 0.5 than a sliver of a line.
    if not PERCENT < share <= WHOLE or abs(share - round(share)) > 1e-6:  # noqa: PLR2004 - what a float may be off
        raise _Refused(row.error("tag-share-unreadable", "percent"))
    return round(share)
