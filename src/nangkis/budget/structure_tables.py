"""Tables of a budget's structure: by bidang urusan and by office."""

from __future__ import annotations

from nangkis.budget.analysis import BudgetAnalysis
from nangkis.budget.figures import BudgetFigures, Part
from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag
from nangkis.budget.telling import bidang_name, cell, money_column, sources, table_title
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Cell, Column, Row, Table
from nangkis.vocabulary.figures import Label


def bidang_table(figures: BudgetFigures) -> Table:
    """Return the money of each bidang urusan: programme 01, village transfers and proposals apart."""
    analysis, whole = figures.analysis, figures.whole
    rows = [
        Row((Label(code), bidang_name(analysis, code), *_cells(figures, part, whole)))
        for (code,), part in figures.split(whole, "bidang_code").items()
    ]
    total = Row((Label(""), sentence("budget.total"), *_cells(figures, whole, whole)), emphasis=True)
    return Table(
        title=table_title("budget.table.bidang", analysis),
        columns=(
            Column(sentence("budget.column.code"), 0.06),
            Column(sentence("budget.column.bidang"), 0.24),
            *_money_columns(analysis),
        ),
        rows=(*rows, total),
        notes=_notes(analysis),
        sources=sources(analysis),
        landscape=True,
    )


def office_table(figures: BudgetFigures) -> Table:
    """Return the money of each office: programme 01, village transfers and proposals apart."""
    analysis, whole = figures.analysis, figures.whole
    rows = [
        Row((Label(name or code), *_cells(figures, part, whole)))
        for (code, name), part in figures.split(whole, "office_code", "office_name").items()
    ]
    total = Row((sentence("budget.total"), *_cells(figures, whole, whole)), emphasis=True)
    return Table(
        title=table_title("budget.table.office", analysis),
        columns=(Column(sentence("budget.column.office"), 0.30), *_money_columns(analysis)),
        rows=(*rows, total),
        sources=sources(analysis),
        landscape=True,
    )


def _money_columns(analysis: BudgetAnalysis) -> tuple[Column, ...]:
    """The columns that stand beside the names, 0.70 of the width."""
    if analysis.rules is None:
        return (
            money_column("budget.column.amount", 0.20),
            money_column("budget.column.share", 0.10),
            money_column("budget.column.penunjang", 0.20),
            money_column("budget.column.transfer-desa", 0.20),
        )
    return (
        money_column("budget.column.amount", 0.16),
        money_column("budget.column.share", 0.08),
        money_column("budget.column.penunjang", 0.15),
        money_column("budget.column.transfer-desa", 0.15),
        money_column("budget.column.tagged", 0.16),
    )


def _notes(analysis: BudgetAnalysis) -> tuple[Sentence, ...]:
    classes = sentence("budget.note.classes")
    return (classes,) if analysis.rules is None else (classes, sentence("budget.note.tagged"))


def _cells(figures: BudgetFigures, part: Part, whole: Part) -> tuple[Cell, ...]:
    cells = (
        cell(figures.amount(part), "budget.missing.amount"),
        cell(figures.share(part, whole), "budget.missing.amount"),
        cell(figures.amount(figures.of_class(part, LineClass.PENUNJANG)), "budget.missing.penunjang"),
        cell(figures.amount(figures.of_class(part, LineClass.TRANSFER_DESA)), "budget.missing.transfer-desa"),
    )
    if figures.analysis.rules is None:
        return cells
    return (*cells, cell(figures.amount(figures.of_tag(part, tag=Tag.TAGGED)), "budget.missing.tagged"))
