"""The readiness sheet: what a TKPK must have in hand, by when, and what of it the workspace can see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Column, Marked, Paragraph, Row, Table, Verdict
from nangkis.documents.materials import Materials
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
            return _rpjmd(materials)
        case "budget":
            return _budget(item, materials)
        case _:
            return NOT_SEEN


def _lacks(code: str) -> Marked:
    return Marked(Verdict.WORSE, sentence(code))


def _rpjmd(materials: Materials) -> Marked:
    """Say whether the programmes of the RPJMD are there, and whether it is the one of this year."""
    plan = materials.ceilings
    if plan is None:
        return _lacks("readiness.rpjmd.lacks")
    first, last = plan.years[0], plan.years[-1]
    years = {"first": Label(str(first)), "last": Label(str(last))}
    if not first <= materials.on.year <= last:
        return Marked(Verdict.WORSE, sentence("readiness.rpjmd.other", **years))
    return Marked(Verdict.BETTER, sentence("readiness.rpjmd", **years))


def _budget(item: Mapping[str, Any], materials: Materials) -> Marked:
    """Say which line of the budget has the words. That it is the secretariat's own only a person can say."""
    if materials.budget is None:
        return Marked(Verdict.UNSURE, sentence("readiness.budget.none"))
    lines = materials.budget.frame.filter(pl.col("bidang_code") == item["bidang"])
    for word in item["words"]:
        lines = lines.filter(pl.col("sub_kegiatan_name").str.to_lowercase().str.contains(str(word), literal=True))
    if lines.is_empty():
        return _lacks("readiness.budget.lacks")
    funded = lines.filter(pl.col("amount_sen") > 0)
    name = Label(str((lines if funded.is_empty() else funded)["sub_kegiatan_name"].sort()[0]))
    code = "readiness.budget.unfunded" if funded.is_empty() else "readiness.budget"
    return Marked(Verdict.UNSURE, sentence(code, name=name))
