"""The annex of the RPKD: the tables, methods and rules that its numbers come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from nangkis.budget.tagging.schema import DECISION_KIND, LIST_KIND, LOCK_KIND
from nangkis.budget.telling import file_source
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import table_words
from nangkis.content.numbers import print_number
from nangkis.content.sentences import sentence
from nangkis.content.tree import Block, Column, Empty, Paragraph, Row, Table, figures_of_block
from nangkis.documents.materials import Materials
from nangkis.lake.manifest import TableManifest
from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")

# A count of rows depends on the rows and not on their values, so it names a column that says which row it is.
KEY_COLUMN = {
    "indicator": "region",
    "budget": "sub_kegiatan_code",
    "posture": "account",
    "rpjmd": "program_code",
    "wilayah": "place",
    "tkpk_record": "item",
    "nomenclature": "code",
    **dict.fromkeys((DECISION_KIND, LIST_KIND, LOCK_KIND), "sub_kegiatan_code"),
}


def data_used(materials: Materials, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """List the source tables that the figures of the document were computed from."""
    figures = (figure for block in blocks for figure in figures_of_block(block))
    named = {selection.table for figure in figures for selection in figure.origin.inputs}
    used = [manifest for manifest in materials.snapshot.manifests if manifest.id in named]
    used.sort(key=lambda manifest: (manifest.title, manifest.source.name, manifest.sheet))
    columns = (
        Column(sentence("rpkd.data.column.title"), 0.36),
        Column(sentence("rpkd.data.column.file"), 0.31),
        Column(sentence("rpkd.data.column.accepted"), 0.11, numeric=True),
        Column(sentence("rpkd.data.column.refused"), 0.11, numeric=True),
        Column(sentence("rpkd.data.column.findings"), 0.11, numeric=True),
    )
    if not used:
        return (Empty(sentence("rpkd.data.empty.why"), sentence("rpkd.data.empty.do")),)
    table = Table(sentence("rpkd.data.table"), columns, tuple(_data_row(manifest) for manifest in used))
    return (Paragraph((sentence("rpkd.data.intro"),)), table)


def _data_row(manifest: TableManifest) -> Row:
    counts = (
        _count(manifest, "rows-accepted", manifest.rows_accepted),
        _count(manifest, "rows-refused", manifest.rows_refused),
        _count(manifest, "findings-of-table", len(manifest.findings)),
    )
    title = Label(*(table_words(manifest.kind, manifest.about, language) for language in LANGUAGES))
    return Row((title, file_source(manifest), *counts))


def _count(manifest: TableManifest, method: str, count: int) -> Figure:
    origin = Origin(Method(method, 1), (Selection(manifest.id, (), KEY_COLUMN[manifest.kind]),))
    return Figure(f"{method}/{manifest.id}", count, Unit.COUNT, 0, origin)


def methods_used(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Say in words how each kind of number was computed, from the figures themselves."""
    methods = {figure.origin.method for block in blocks for figure in figures_of_block(block)}
    columns = (
        Column(sentence("rpkd.methods.column.formula"), 0.72),
        Column(sentence("rpkd.methods.column.name"), 0.28),
    )
    rows = tuple(Row((sentence(f"method.{method.name}"), Label(str(method)))) for method in sorted(methods, key=str))
    return (Paragraph((sentence("rpkd.methods.intro"),)), Table(sentence("rpkd.methods.table"), columns, rows))


def rules_used(materials: Materials, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """List the dated rules and assumptions that the figures depend on, each with its source and how sure we are."""
    names = {use.name for block in blocks for figure in figures_of_block(block) for use in figure.origin.parameters}
    columns = (
        Column(sentence("rpkd.rules.column.name"), 0.30),
        Column(sentence("rpkd.rules.column.value"), 0.10, numeric=True),
        Column(sentence("rpkd.rules.column.source"), 0.42),
        Column(sentence("rpkd.rules.column.confidence"), 0.18),
    )
    rows = tuple(_rule_row(materials.parameters.on(name, materials.on)) for name in sorted(names))
    return (Paragraph((sentence("rpkd.rules.intro"),)), Table(sentence("rpkd.rules.table"), columns, rows))


def _rule_row(rule: Parameter) -> Row:
    value = _plain(rule.value) if isinstance(rule.value, str) else sentence("rpkd.rules.listed")
    title, place = rule.source.labels
    source = sentence("rpkd.rules.source", title=title, place=place)
    return Row((rule.title, value, source, sentence(f"word.confidence.{rule.confidence}")))


def _plain(value: str) -> Label:
    """Return a rule's value: a number in the marks of each language; a code, such as 01, as it is."""
    if not NUMBER.fullmatch(value):
        return Label(value)
    places = len(value.partition(".")[2])
    return Label(*(print_number(Decimal(value), places=places, language=language) for language in LANGUAGES))
