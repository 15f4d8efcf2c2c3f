"""The readiness sheet: what a TKPK must have in hand, by when, and what of it the workspace can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from nangkis.budget.telling import file_sources
from nangkis.content.numbers import print_date
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Column, Marked, Paragraph, Row, Table, Verdict
from nangkis.documents.materials import Materials
from nangkis.parameters.dated import OverrideRefused, Parameter
from nangkis.planning.tkpk_records import TkpkRecord, tkpk_records
from nangkis.vocabulary.figures import Label


RULE = "kesiapan_tkpk"
# What is said of a thing that neither a record nor a table shows: once it is due, that is told.
NOT_THERE = ("readiness.unknown", "readiness.budget.lacks")
# What each thing must say, and what more by where it is seen.
KEYS = ("what", "basis", "due", "seen_in")
MORE_KEYS = {"record": ("item", "yearly"), "budget": ("lines",)}
NOT_SEEN = Marked(Verdict.UNSURE, sentence("readiness.unknown"))


def readiness(materials: Materials) -> tuple[Block, ...]:
    """The sheet by the rule in force: a thing that no table can show is "not recorded", never "missing".

    Raises OverrideRefused where a region's own sheet lacks a key.
    """
    rule = materials.parameters.on(RULE, materials.on)  # in force since the day of the outline that names this block
    if lacking := sorted(set(_lacking_keys(rule))):
        day, keys = rule.in_force_from.isoformat(), ", ".join(lacking)
        raise OverrideRefused("parameter-override-keys", file=f"{RULE}.yaml", day=day, keys=keys)
    columns = (
        Column(sentence("readiness.column.what"), 0.24),
        Column(sentence("readiness.column.basis"), 0.22),
        Column(sentence("readiness.column.due"), 0.25),
        Column(sentence("readiness.column.status"), 0.29),
    )
    records = tkpk_records(materials.snapshot, materials.region.region, materials.on)
    rows = tuple(_row(item, materials, records) for item in rule.value)
    notes = (sentence("readiness.how"), *(() if rule.verified_at else (sentence("readiness.unverified"),)))
    intro = Paragraph((sentence("readiness.intro"),))
    sources = file_sources({one.manifest.id: one.manifest for one in records}.values())
    return (intro, Table(sentence("readiness.table"), columns, rows, notes=notes, sources=sources))


def _lacking_keys(rule: Parameter) -> Iterator[str]:
    """Yield the keys that some thing of the sheet lacks: a region's own file may be older than the keys."""
    for item in rule.value:
        wanted = (*KEYS, *MORE_KEYS.get(item.get("seen_in", ""), ()))
        yield from (key for key in wanted if key not in item)


def _row(item: Mapping[str, Any], materials: Materials, records: tuple[TkpkRecord, ...]) -> Row:
    due = _due(item, materials)
    status = _status(item, materials, records)
    is_late = due is not None and due < materials.on
    if is_late and status.words.code in NOT_THERE:
        status = Marked(Verdict.WORSE, sentence("readiness.overdue", status=status.words))
    named = (Label(item[part]["id"], item[part]["en"]) for part in ("what", "basis"))
    return Row((*named, _due_words(item, due, materials), status))


def _plan_year(materials: Materials) -> int:
    return materials.on.year if materials.budget is None else materials.budget.lines.year


def _due(item: Mapping[str, Any], materials: Materials) -> date | None:
    """Return the day on which a thing is due for the plan's year; None where the rule names no day."""
    by = item.get("by")
    if by is None:
        return None
    return date(_plan_year(materials) + int(by["years"]), int(by["month"]), int(by["day"]))


def _due_words(item: Mapping[str, Any], due: date | None, materials: Materials) -> Sentence | Label:
    words = Label(item["due"]["id"], item["due"]["en"])
    if due is None:
        return words
    year = Label(str(_plan_year(materials)))
    return sentence("readiness.due", date=_day(due), year=year, words=words)


def _day(day: date) -> Label:
    return Label(print_date(day, "id"), print_date(day, "en"))


def _status(item: Mapping[str, Any], materials: Materials, records: tuple[TkpkRecord, ...]) -> Marked:
    match item["seen_in"]:
        case "this_document":
            return Marked(Verdict.UNSURE, sentence("readiness.draft"))
        case "rpjmd":
            return _rpjmd(materials)
        case "budget":
            return _budget(item, materials)
        case _:
            return _recorded(item, materials, records)


def _recorded(item: Mapping[str, Any], materials: Materials, records: tuple[TkpkRecord, ...]) -> Marked:
    """Say number, date and origin of the latest record for the plan's year; one without a year is told as that."""
    ours = [one for one in records if one.item == item["item"]]
    is_yearly = item["yearly"] == "yes"
    found = next((one for one in ours if not is_yearly or one.year == _plan_year(materials)), None)
    if found is None:
        found = next((one for one in ours if one.year is None), None)
        return NOT_SEEN if found is None else Marked(Verdict.UNSURE, _told("readiness.recorded.without-year", found))
    return Marked(Verdict.BETTER, _told("readiness.recorded", found))


def _told(code: str, record: TkpkRecord) -> Sentence:
    origin = sentence("readiness.origin", file=Label(record.manifest.source.name), cell=Label(record.cell))
    if record.attached is not None:
        origin = sentence("readiness.origin.attached", attached=Label(record.attached), origin=origin)
    by = Label(record.manifest.accepted_by)
    return sentence(code, number=Label(record.number), date=_day(record.dated), by=by, origin=origin)


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
    every = materials.budget.frame
    lines = every.filter(pl.any_horizontal(pl.lit(value=False), *(_names(entry) for entry in item["lines"])))
    if lines.is_empty():
        return _lacks("readiness.budget.lacks")
    funded = lines.filter(pl.col("amount_sen") > 0)
    name = Label(str((lines if funded.is_empty() else funded)["sub_kegiatan_name"].sort()[0]))
    code = "readiness.budget.unfunded" if funded.is_empty() else "readiness.budget"
    return Marked(Verdict.UNSURE, sentence(code, name=name))


def _names(entry: Mapping[str, Any]) -> pl.Expr:
    """Say of each line whether its name has all words of an entry, under the entry's bidang where it names one."""
    name = pl.col("sub_kegiatan_name").str.to_lowercase()
    under = [pl.col("bidang_code") == entry["bidang"]] if "bidang" in entry else []
    words = (name.str.contains(str(word), literal=True) for word in entry["words"])
    return pl.all_horizontal(*under, *words).fill_null(value=False)
