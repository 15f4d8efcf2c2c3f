"""The content of a document: blocks in reading order, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from nangkis.content.charts import Chart, figures_of
from nangkis.content.sentences import Sentence, Value, figures_in
from nangkis.vocabulary.figures import Figure, Label


class Verdict(StrEnum):
    """How a cell is marked; always with a word and a sign, never by colour alone."""

    BETTER = "better"
    WORSE = "worse"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 is a chapter. ``number`` is printed before the title, such as ``Bab III`` or ``3.1``."""

    level: int
    number: Label | None
    title: Value


@dataclass(frozen=True)
class Paragraph:
    """Sentences that follow each other."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Bullets:
    """A list of points; ``numbered`` when their order matters."""

    items: tuple[Sentence, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Missing:
    """Nothing to show in a cell, and why. Printed as a dash; the reasons stand below the table."""

    reason: Sentence


@dataclass(frozen=True)
class Marked:
    """A verdict in words, with its mark."""

    verdict: Verdict
    words: Sentence


Cell = Figure | Label | Sentence | Missing | Marked


@dataclass(frozen=True)
class Column:
    """A column: its title (with the unit) and its share of the table's width. Numbers stand right."""

    title: Value
    width: float
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; ``emphasis`` for totals and for the region itself."""

    cells: tuple[Cell, ...]
    emphasis: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table: title above, notes and sources below, heads repeated on every page.

    ``landscape``: the page may be turned where an upright one is too narrow for the table.
    """

    title: Sentence
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Sentence, ...] = ()
    sources: tuple[Sentence, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Picture:
    """A numbered figure: a chart, its title below, the text for those who cannot see it, and its sources."""

    title: Sentence
    chart: Chart
    alternative: Sentence
    sources: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Empty:
    """A part with nothing in it: why, and what would fill it."""

    why: Sentence
    do: Sentence


Block = Heading | Paragraph | Bullets | Table | Picture | Empty


@dataclass(frozen=True)
class Document:
    """A whole document. ``marking`` is printed on every page (fictional data, draft); ``title`` on the cover."""

    title: Sentence
    subtitle: Sentence
    blocks: tuple[Block, ...]
    marking: tuple[Sentence, ...] = ()


def figures_of_block(block: Block) -> Iterator[Figure]:
    """Yield every figure of a block in reading order, those that are only drawn in a chart too."""
    for piece in values_of_block(block):
        yield from figures_in(piece)
    if isinstance(block, Picture):
        yield from figures_of(block.chart)


def values_of_block(block: Block) -> tuple[Value, ...]:
    """Return everything that a block says, in reading order."""
    match block:
        case Heading():
            return (block.title,)
        case Paragraph():
            return block.sentences
        case Bullets():
            return block.items
        case Table():
            cells = (_said(cell) for row in block.rows for cell in row.cells)
            return (block.title, *(column.title for column in block.columns), *cells, *block.notes, *block.sources)
        case Picture():
            return (block.title, block.alternative, *block.sources)
        case Empty():
            return (block.why, block.do)
        case _:
            assert_never(block)


def _said(cell: Cell) -> Value:
    match cell:
        case Missing():
            return cell.reason
        case Marked():
            return cell.words
        case _:
            return cell


class FigureContradicted(Exception):  # noqa: N818 - named for what is wrong
    """Two figures of one document share a key and differ: a bug in the room that made them."""


def figures_of_document(document: Document) -> dict[str, Figure]:
    """Return the document's figures by id, each once."""
    found: dict[str, Figure] = {}
    for block in document.blocks:
        for figure in figures_of_block(block):
            if found.setdefault(figure.id, figure) != figure:
                raise FigureContradicted(figure.key)
    return found
