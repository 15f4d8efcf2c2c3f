"""The review of tags: what a person is shown to decide on, the most money first, and what it was when it was shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.sums import SEN
from nangkis.budget.tagging.claims import HeldBecause, TagOrigin
from nangkis.budget.tagging.classifier import Proposal
from nangkis.budget.tagging.decisions import CODE, NAME, OFFICE, with_plain


Key = tuple[str, str]  # plain code and plain name
OPEN_BECAUSE = frozenset({HeldBecause.NO_RULE, HeldBecause.RULES_DIFFER, HeldBecause.INCOMPLETE})
DECIDED = ("tag", "dimension", "strategy", "directness", "share", "reason")


@dataclass(frozen=True)
class Subject:
    """A sub kegiatan of the base: what stands now, and the decisions in force on it, each with its office or None.

    ``stands`` are its distinct tags with their parts; several where offices are decided apart. ``state`` is a
    fingerprint of both: a sheet that was written before it changed is out of date. ``offices`` are codes with names.
    """

    code: str
    name: str
    sen: int | None
    offices: Mapping[str, str]
    stands: tuple[Mapping[str, Any], ...]
    decisions: tuple[Mapping[str, Any], ...]
    proposal: Proposal | None
    state: str

    @property
    def proposed(self) -> Mapping[str, Any] | None:
        """What is accepted by accepting: the one tag that stands and is no decision; None where that is not one."""
        told = [one for one in self.stands if one["origin"] != TagOrigin.DECISION]
        one = told[0] if len(told) == len(self.stands) == 1 else None
        return one if one is not None and one["tag"] != Tag.HELD else None


def subjects(analysis: BudgetAnalysis, proposals: Mapping[tuple[str, str], Proposal]) -> dict[Key, Subject]:
    """Return what is to be decided, the most money first, then by code; by plain code and name.

    ``proposals`` are those of the classifier, by code and name.
    """
    base = with_plain(analysis.frame.filter(pl.col("class") == LineClass.PROGRAM))
    sums = (
        base.group_by(CODE, NAME, maintain_order=True)
        .agg(
            pl.col("sub_kegiatan_code", "sub_kegiatan_name").first(),
            pl.when(pl.col("amount_sen").count() > 0).then(SEN.sum()).alias("sen"),
        )
        .sort("sen", CODE, NAME, descending=[True, False, False], nulls_last=True)
    )
    offices = _by_key(base.select(CODE, NAME, OFFICE, "office_name").unique(maintain_order=True))
    standing = ("part", "origin", "rule", *DECIDED, "reason_en", "held_because", "conflict")
    stands = _by_key(base.select(CODE, NAME, *standing).unique(maintain_order=True).sort(CODE, NAME, "part"))
    held = {} if analysis.evidence is None else _by_key(analysis.evidence.decisions)
    found: dict[Key, Subject] = {}
    for code_key, name_key, code, name, sen in sums.iter_rows():
        key = (code_key, name_key)
        decisions = tuple(held.get(key, ()))
        found[key] = Subject(
            code=code,
            name=name,
            sen=None if sen is None else int(sen),
            offices={row[OFFICE] or "": row["office_name"] or "" for row in offices[key]},
            stands=tuple(stands[key]),
            decisions=decisions,
            proposal=proposals.get((code, name)),
            state=_state(analysis, key, stands[key], decisions),
        )
    return found


def waits(subject: Subject) -> bool:
    """Say whether no source places it."""
    return any(one["tag"] == Tag.HELD for one in subject.stands)


def is_open(subject: Subject) -> bool:
    """Say whether a proposal may help: nobody has said that a person must decide it."""
    return any(one["held_because"] in OPEN_BECAUSE for one in subject.stands)


def as_written(decision: Mapping[str, Any]) -> str:
    """Return a part of a decision as one text: two that say the same are the same text."""
    return json.dumps([decision[name] for name in DECIDED], ensure_ascii=False)


def _state(analysis: BudgetAnalysis, key: Key, stands: list[dict[str, Any]], decisions: tuple[Any, ...]) -> str:
    lines = analysis.lines
    placed = [[one[name] for name in ("origin", "rule", *DECIDED)] for one in stands]
    held = [[one[OFFICE], one["at"], as_written(one)] for one in decisions]
    told = [str(lines.region), lines.year, *key, placed, held]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def _by_key(frame: pl.DataFrame) -> dict[Key, list[dict[str, Any]]]:
    found: dict[Key, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault((row[CODE], row[NAME]), []).append(row)
    return found
