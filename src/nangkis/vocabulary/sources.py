"""Where a number, or a rule, was written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from nangkis.vocabulary.figures import Label


@dataclass(frozen=True)
class Source:
    """A text that sets a rule or publishes a number.

    ``place`` is the clause, table or page; ``url`` one link or None; ``kept_copy`` names a copy that the project
    keeps, or None. ``english_title`` and ``english_place`` are what an English reader is told; None where the same
    words serve both, as the name of a law does.
    """

    title: str
    place: str
    url: str | None
    published: date | None
    kept_copy: str | None = None
    english_title: str | None = None
    english_place: str | None = None

    @property
    def labels(self) -> tuple[Label, Label]:
        """Title and place, each in the words of the reader's language."""
        return Label(self.title, self.english_title), Label(self.place, self.english_place)


def column_at(sheet: str, column: str) -> str:
    """Return a column of a sheet as offices write it."""
    return f"{sheet}!{column}"


def cell_at(sheet: str, column: str, row: int) -> str:
    """Return a cell as offices write it; ``row`` counts from 1.

    >>> cell_at("Pagu", "C", 412)
    'Pagu!C412'
    """
    return f"{column_at(sheet, column)}{row}"


def cells_at(sheet: str, cells: Iterable[tuple[str, int]]) -> str:
    """Return some cells of a sheet, by column and row, as offices write them; at least one.

    >>> cells_at("Pagu", [("C", 4), ("D", 9)])
    'Pagu!C4, D9'
    """
    return f"{sheet}!" + ", ".join(f"{column}{row}" for column, row in cells)


def first_cells_at(sheet: str, cells: Iterable[tuple[str, int]], *, most: int) -> str:
    """Return the first cells of a sheet as offices write them, with a mark where there are more; at least one.

    >>> first_cells_at("Pagu", [("C", 4), ("C", 9), ("C", 12)], most=2)
    'Pagu!C4, C9, …'
    """
    shown = list(islice(cells, most + 1))
    return cells_at(sheet, shown[:most]) + (", …" if len(shown) > most else "")


def column_letter(index: int) -> str:
    """Return the spreadsheet letter of a column counted from 0.

    >>> [column_letter(i) for i in (0, 25, 26, 16383)]
    ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
