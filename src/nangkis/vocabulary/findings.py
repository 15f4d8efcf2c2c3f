"""Flaws in someone's data, and what was safely mended. Codes and values travel; sentences live in the catalogue."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # the value or row was not accepted
    WARNING = "warning"  # accepted; a person should look
    NOTE = "note"  # accepted; said so that nothing is silent


@dataclass(frozen=True)
class ColumnCells:
    """Cells of one column: its letter, and their rows, counted from 1.

    An array takes four bytes for each row: a flaw may have a hundred thousand.
    """

    column: str
    rows: array[int]


def by_column(cells: Iterable[tuple[str, int]]) -> tuple[ColumnCells, ...]:
    """Return cells, told by column and row, column by column in the order in which the columns come."""
    columns: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for column, row in cells:
        columns[column].append(row)
    return tuple(ColumnCells(column, rows) for column, rows in columns.items())


@dataclass(frozen=True)
class Finding:
    """One flaw in data: what (``code`` and ``values``), where (``at``), how grave.

    ``at`` is written as offices write it: ``Sheet1!C412``, or a range. The catalogue holds, for each code, the
    sentences ``finding.<code>.says`` and ``finding.<code>.do``.

    ``cells`` are all cells, where ``at`` names the first ones only. They serve to mark the file that was read: no
    manifest keeps them, and a finding that was read from one equals the finding that was written.
    """

    code: str
    severity: Severity
    at: str
    values: dict[str, object] = field(default_factory=dict)
    cells: tuple[ColumnCells, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Repair:
    """One kind of safe repair, with the cells that it touched (``count`` of them, the first ones in ``at``).

    The catalogue holds the sentence ``repair.<code>``.
    """

    code: str
    at: str
    count: int
    values: dict[str, object] = field(default_factory=dict)
