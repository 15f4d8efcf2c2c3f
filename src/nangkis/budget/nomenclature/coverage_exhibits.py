"""What the coverage of a budget says on paper: codes and rupiah by how they stand, and what is left, by rupiah."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.budget.lines import BudgetLines
from nangkis.budget.nomenclature import methods
from nangkis.budget.nomenclature.coverage import Covered
from nangkis.budget.nomenclature.crosswalk import CrosswalkRules
from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import Level
from nangkis.budget.nomenclature.versions import uses_of
from nangkis.budget.telling import cell, file_sources, money_name, stage_name
from nangkis.content.sentences import Value, sentence
from nangkis.content.tree import Block, Cell, Column, Empty, Paragraph, Row, Table
from nangkis.lake.snapshot import TABLE
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Scalar, Selection
from nangkis.vocabulary.units import Unit


SHOWN = 20  # codes of what is left on screen; the sheet has all
SHARE_PLACES = 2
REACHED = (Covered.DIRECT, Covered.DECIDED, Covered.PROPOSED)
Where = tuple[tuple[str, tuple[Scalar, ...]], ...]


@dataclass(frozen=True)
class CoverageFigures:
    """Makes figures over some codes of a budget, as COVERAGE tells them."""

    lines: BudgetLines
    target: CodeList
    rules: CrosswalkRules
    coverage: pl.DataFrame

    def codes(self, name: str, some: pl.DataFrame) -> Figure:
        """Return how many codes these are; a code under two names counts once."""
        return self._figure(f"{name}/codes", some["code"].n_unique(), Unit.COUNT, methods.COVERED_CODES, some)

    def amount(self, name: str, some: pl.DataFrame) -> Figure | None:
        """Return their exact sum; None when none of their lines has an amount."""
        sen = self._sen(some)
        return None if sen is None else self._figure(f"{name}/sen", sen, Unit.RUPIAH, methods.COVERED_SUM, some)

    def share(self, name: str, some: pl.DataFrame) -> Figure | None:
        """Return their share of the whole budget's money, 0 to 1; None when either has no money."""
        sen, whole = self._sen(some), self._sen(self.coverage)
        if sen is None or not whole:
            return None
        return self._figure(f"{name}/share", sen / whole, Unit.SHARE, methods.COVERED_SHARE, self.coverage)

    def _sen(self, some: pl.DataFrame) -> int | None:
        return int(some["sen"].sum()) if some["sen"].count() else None

    def _figure(self, name: str, value: float, unit: Unit, method: Method, some: pl.DataFrame) -> Figure:
        lines = self.lines
        key = f"nomenclature/coverage/{lines.region}/{lines.year}/{lines.stage}/{self.target.version.name}/{name}"
        uses = (*uses_of((self.target.version,)), *self.rules.uses)
        places = SHARE_PLACES if unit is Unit.SHARE else 0
        return Figure(key, value, unit, places, Origin(method, (*self._cells(some), *self._listed()), uses))

    def _cells(self, some: pl.DataFrame) -> tuple[Selection, ...]:
        """Return the cells of the amounts of these codes; of a code that stands under two names, with its name."""
        lines = self.lines
        base: Where = (("region", (str(lines.region),)), ("year", (lines.year,)), ("stage", (lines.stage.value,)))
        others = self.coverage.join(some, on=["code", "name"], how="anti")["code"]
        wheres: list[Where] = []
        whole = some.filter(~pl.col("code").is_in(others.implode()))["code"].unique().sort()
        if len(whole):
            wheres.append((*base, ("sub_kegiatan_code", tuple(whole))))
        split = some.filter(pl.col("code").is_in(others.implode()) & (pl.col("name") != "")).sort("code", "name")
        for code, name in split.select("code", "name").iter_rows():
            wheres.append((*base, ("sub_kegiatan_code", (code,)), ("sub_kegiatan_name", (name,))))
        tables = self.lines.frame[TABLE].unique().sort()
        return tuple(Selection(table, where, "amount_sen") for table in tables for where in wheres or [base])

    def _listed(self) -> tuple[Selection, ...]:
        where = (("version", (self.target.version.name,)), ("level", (Level.SUB_KEGIATAN.value,)))
        return tuple(Selection(manifest.id, where, "code") for manifest in self.target.manifests)


def coverage_blocks(figures: CoverageFigures) -> tuple[Block, ...]:
    """Return how much of the budget stands under codes of the version: an answer, a table, and what is left."""
    lines, whole = figures.lines, figures.coverage
    total, reached = figures.amount("all", whole), whole.filter(pl.col("covered").is_in(REACHED))
    amount, share = figures.amount("reached", reached), figures.share("reached", reached)
    if total is None:
        return (Empty(sentence("budget.empty.why"), sentence("budget.empty.do")),)
    told: dict[str, Value] = {
        "money": money_name(lines.stage),
        "place": Label(lines.place.name),
        "stage": stage_name(lines.stage),
        "year": Label(str(lines.year)),
        "version": figures.target.version.label,
        "codes": figures.codes("all", whole),
        "total": total,
    }
    said = [sentence("nomenclature.answer.coverage", **told)]
    if amount is not None and share is not None:
        said.append(
            sentence(
                "nomenclature.answer.reached", reached=figures.codes("reached", reached), amount=amount, share=share
            )
        )
    left = _left_table(figures)
    return (Paragraph(tuple(said)), _class_table(figures), *(() if left is None else (left,)))


def _class_table(figures: CoverageFigures) -> Table:
    rows = []
    for covered in Covered:
        some = figures.coverage.filter(covered=covered)
        if not some.is_empty():
            rows.append(Row((sentence(f"nomenclature.covered.{covered}"), *_cells(figures, covered.value, some))))
    rows.append(Row((sentence("budget.total"), *_cells(figures, "all", figures.coverage)), emphasis=True))
    return Table(
        title=sentence("nomenclature.table.coverage", version=figures.target.version.label),
        columns=(
            Column(sentence("nomenclature.column.covered"), 0.46),
            Column(sentence("nomenclature.column.codes"), 0.12, numeric=True),
            Column(sentence("budget.column.amount"), 0.28, numeric=True),
            Column(sentence("budget.column.share"), 0.14, numeric=True),
        ),
        rows=tuple(rows),
        notes=(sentence("nomenclature.note.person-decides"),),
        sources=file_sources((*figures.lines.manifests, *figures.target.manifests)),
    )


def _cells(figures: CoverageFigures, name: str, some: pl.DataFrame) -> tuple[Cell, Cell, Cell]:
    amount, share = figures.amount(name, some), figures.share(name, some)
    reason = "nomenclature.cell.without-amount"
    return (figures.codes(name, some), cell(amount, reason), cell(share, reason))


def _left_table(figures: CoverageFigures) -> Table | None:
    """Return the codes that no version's code is known for, the largest first; None when there is none."""
    left = figures.coverage.filter(~pl.col("covered").is_in(REACHED))
    if left.is_empty():
        return None
    rows = []
    for row in left.head(SHOWN).iter_rows(named=True):
        one = left.filter(code=row["code"], name=row["name"])
        amount, share = (each(f"left/{row['code']}/{row['name']}", one) for each in (figures.amount, figures.share))
        reason = "nomenclature.cell.without-amount"
        told = (Label(row["code"]), Label(row["name"] or "–"), sentence(f"nomenclature.covered.{row['covered']}"))
        rows.append(Row((*told, cell(amount, reason), cell(share, reason))))
    notes = (sentence("nomenclature.note.first-of-more"),) if left.height > SHOWN else ()
    return Table(
        title=sentence("nomenclature.table.left", version=figures.target.version.label),
        columns=(
            Column(sentence("budget.column.code"), 0.14),
            Column(sentence("nomenclature.column.name"), 0.38),
            Column(sentence("nomenclature.column.why"), 0.20),
            Column(sentence("budget.column.amount"), 0.18, numeric=True),
            Column(sentence("budget.column.share"), 0.10, numeric=True),
        ),
        rows=tuple(rows),
        notes=notes,
        landscape=True,
    )
