"""The readiness sheet: what a TKPK must have in hand, by when, and what of it the workspace can see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Column, Marked, Paragraph, Row, Table, Verdict
from nangkis.documents.materials import Materials
from nangkis.planning import rpjmd_schema
from nangkis.vocabulary.figures import Label


RULE = "kesiapan_tkpk"
NOT_SEEN = Marked(Verdict.UNSURE, sentence("readiness.unknown"))


def readiness(materials: Materials) -> tuple[Block, ...]:
    """The sheet by the rule in force: a thing that no table can show is "not recorded", never "missing"."""
    rule = materials.parameters.on(RULE, materials.on)  # in force since the day of the outline that names this block
    columns = (
        Column(sentence("readiness.column.what"), 0.27),
        Column(sentence("readiness.column.basis"), 0.25),
        Column(sentence("readiness.column.due"), 0.22),
        Column(sentence("readiness.column.status"), 0.26),
    )
    rows = tuple(
        Row(
            (
                *(Label(item[part]["id"], item[part]["en"]) for part in ("what", "basis", "due")),
                _status(item, materials),
            )
        )
        for item in rule.value
    )
    notes = () if rule.verified_at else (sentence("readiness.unverified"),)
    intro = Paragraph((sentence("readiness.intro"),))
    return (intro, Table(sentence("readiness.table"), columns, rows, notes=notes))


def _status(item: Mapping[str, Any], materials: Materials) -> Marked:
    match item["seen_in"]:
        case "this_document":
            return Marked(Verdict.UNSURE, sentence("readiness.draft"))
        case "rpjmd":
            held = any(
                manifest.owner == str(materials.region.region)
                for manifest in materials.snapshot.of_kind(rpjmd_schema.KIND)
            )
            return _found(sentence("readiness.rpjmd")) if held else _lacks("readiness.rpjmd.lacks")
        case "budget":
            name = _budget_line(item, materials)
            return _lacks("readiness.budget.lacks") if name is None else _found(_line(name))
        case _:
            return NOT_SEEN


def _line(name: str) -> Sentence:
    return sentence("readiness.budget", name=Label(name))


def _found(words: Sentence) -> Marked:
    return Marked(Verdict.BETTER, words)


def _lacks(code: str) -> Marked:
    return Marked(Verdict.WORSE, sentence(code))


def _budget_line(item: Mapping[str, Any], materials: Materials) -> str | None:
    """Return the name of the first line of the budget that has the words, or None."""
    if materials.budget is None:
        return None
    lines = materials.budget.frame.filter(pl.col("bidang_code") == item["bidang"])
    for word in item["words"]:
        lines = lines.filter(pl.col("sub_kegiatan_name").str.to_lowercase().str.contains(str(word), literal=True))
    names = lines["sub_kegiatan_name"].sort()
    return None if names.is_empty() else str(names[0])
