"""How often each figure of a document is printed as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import assert_never

from nangkis.content.sentences import Sentence, Value, figures_in, spoken
from nangkis.content.tree import (
    Block,
    Bullets,
    Cell,
    Document,
    Empty,
    Heading,
    Marked,
    Missing,
    Paragraph,
    Picture,
    Table,
)


def occurrences(document: Document) -> Counter[str]:
    """Count the controls of each figure id, as :func:`word_bytes` makes them.

    A figure of a chart or of its alternative text is drawn or spoken, not printed, and counts nothing.
    """
    printed = chain.from_iterable(_printed(block) for block in document.blocks)
    return Counter(figure.id for value in printed for figure in figures_in(value))


def reason_key(reason: Sentence) -> str:
    """Return what makes two reasons for a missing value one: their words, in whatever language they are printed."""
    return spoken(reason, "id")


def _printed(block: Block) -> Iterator[Value]:
    match block:
        case Heading():
            return
        case Paragraph():
            yield from block.sentences
        case Bullets():
            yield from block.items
        case Table():
            yield from _printed_in_table(block)
        case Picture():
            yield from (block.title, *block.sources)
        case Empty():
            yield from (block.why, block.do)
        case _:
            assert_never(block)


def _printed_in_table(table: Table) -> Iterator[Value]:
    yield table.title
    yield from (column.title for column in table.columns)
    cells = [cell for row in table.rows for cell in row.cells]
    yield from (value for cell in cells for value in _printed_in_cell(cell))
    yield from {reason_key(cell.reason): cell.reason for cell in reversed(cells) if isinstance(cell, Missing)}.values()
    yield from (*table.notes, *table.sources)


def _printed_in_cell(cell: Cell) -> tuple[Value, ...]:
    match cell:
        case Missing():
            return ()
        case Marked():
            return (cell.words,)
        case _:
            return (cell,)
