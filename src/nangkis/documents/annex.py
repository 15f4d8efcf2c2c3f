"""The annex of the RPKD: the tables, methods and rules that its numbers come from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from nangkis.budget.schema import Stage
from nangkis.budget.telling import money_name
from nangkis.content.sentences import Value, sentence
from nangkis.content.tree import Block, Cell, Column, Paragraph, Row, Table, figures_of_block
from nangkis.documents.materials import Materials
from nangkis.intake.cells.delimited import SHEET_NAME as CSV_SHEET
from nangkis.lake.manifest import TableManifest
from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


# A count of rows depends on the rows and not on their values, so it names a column that says which row it is.
KEY_COLUMN = {"indicator": "region", "budget": "sub_kegiatan_code"}


def data_used(materials: Materials) -> tuple[Block, ...]:
    """The source tables that this document was computed from."""
    used = tables_used(materials)
    columns = (
        Column(sentence("rpkd.data.column.title"), 0.36),
        Column(sentence("rpkd.data.column.file"), 0.31),
        Column(sentence("rpkd.data.column.accepted"), 0.11, numeric=True),
        Column(sentence("rpkd.data.column.refused"), 0.11, numeric=True),
        Column(sentence("rpkd.data.column.findings"), 0.11, numeric=True),
    )
    table = Table(sentence("rpkd.data.table"), columns, tuple(_data_row(manifest) for manifest in used))
    return (Paragraph((sentence("rpkd.data.intro"),)), table)


def tables_used(materials: Materials) -> tuple[TableManifest, ...]:
    """Return the tables that a figure of this document depends on: all indicators, and this budget."""
    budget = () if materials.budget is None else materials.budget.lines.manifests
    used = (*materials.snapshot.of_kind("indicator"), *budget)
    return tuple(sorted(used, key=lambda manifest: (manifest.title, manifest.source.name, manifest.sheet)))


def _data_row(manifest: TableManifest) -> Row:
    file, sheet = Label(manifest.source.name), Label(manifest.sheet)
    where = file if manifest.sheet == CSV_SHEET else sentence("rpkd.data.file", file=file, sheet=sheet)
    counts = (
        _count(manifest, "rows-accepted", manifest.rows_accepted),
        _count(manifest, "rows-refused", manifest.rows_refused),
        _count(manifest, "findings-of-table", len(manifest.findings)),
    )
    return Row((_title(manifest), where, *counts))


def _title(manifest: TableManifest) -> Cell:
    """Say in the reader's language what a table holds; a table that does not tell keeps its own title."""
    about = manifest.about
    if "stage" in about:
        money = money_name(Stage(about["stage"]))
        return sentence("rpkd.data.budget", money=money, year=Label(about["year"]), place=Label(about["place"]))
    if "indicators" not in about:
        return Label(manifest.title)
    names: list[Value] = [sentence(f"indicator.{code}.name") for code in about["indicators"].split(",")]
    what = reduce(lambda told, name: sentence("rpkd.data.pair", first=told, second=name), names)
    return sentence("rpkd.data.indicators", what=what, years=Label(about["years"]), place=Label(about["place"]))


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
    value = Label(rule.value) if isinstance(rule.value, str) else sentence("rpkd.rules.listed")
    source = sentence("rpkd.rules.source", title=Label(rule.source.title), place=Label(rule.source.place))
    return Row((rule.title, value, source, sentence(f"rpkd.confidence.{rule.confidence}")))
