"""Cells put one by one, as a streamed file tells them, into a sheet; every limit is asked while it grows."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from nangkis.intake.cells.formats import too_large
from nangkis.intake.cells.number_formats import shown_with
from nangkis.intake.cells.sheet import FORMULA_MARK, Column, Sheet, formulas_without_value, zeros_shown
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import column_letter


@dataclass
class _Lane:
    """One column while it grows: the rows that are filled, with a text or a number each."""

    rows: array[int] = field(default_factory=lambda: array("I"))
    texts: list[str | None] = field(default_factory=list)
    numbers: array[float] = field(default_factory=lambda: array("d"))
    percents: array[int] = field(default_factory=lambda: array("I"))


@dataclass
class Grid:
    """A sheet that is being read. Rows count from 1 and columns from 0; the rows of a column come in order."""

    path: Path
    name: str
    limits: Limits
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    empty_formulas: list[tuple[int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _shown: dict[int, tuple[str, list[int]]] = field(default_factory=dict)  # the first text and the rows, by column
    _lanes: dict[int, _Lane] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)
    _height: int = 0
    _last: int = 0

    @property
    def is_blank(self) -> bool:
        """Say whether no cell was put."""
        return not self._lanes

    def put(self, row: int, column: int, value: str | float, *, percent: bool = False, rows: int = 1) -> None:
        """Put a cell, or the same one in each of so many rows; blank texts are no cells.

        Raises FileTooLarge (rows, columns, cells).
        """
        if isinstance(value, str) and not value.strip():
            return
        if value == FORMULA_MARK:
            self.empty_formulas.extend((each, column) for each in range(row, row + rows))
            return
        self.reach(row + rows - 1, column)
        lane = self._lanes.get(column)
        if lane is None:
            lane = self._lanes[column] = _Lane()
        self._height += rows if row != self._last else 0
        self._last = row
        if (cells := self._height * len(self._lanes)) > self.limits.cells:
            raise too_large(self.path, "cells", self.limits.cells, cells)
        # Real columns repeat their texts: each is kept once.
        text, number = (self._words.setdefault(value, value), 0.0) if isinstance(value, str) else (None, value)
        if rows == 1:
            lane.rows.append(row)
            lane.texts.append(text)
            lane.numbers.append(number)
        else:
            lane.rows.extend(range(row, row + rows))
            lane.texts.extend([text] * rows)
            lane.numbers.extend(array("d", [number]) * rows)
        if percent:
            lane.percents.extend(range(row, row + rows))

    def put_shown(self, row: int, column: int, number: float, zeros: tuple[int, int], *, rows: int = 1) -> None:
        """Put a number as a format of zeros shows it (72.10, 0012): so are codes meant. Raises as ``put`` does."""
        shown = shown_with(number, zeros)
        self.put(row, column, number if shown is None else shown, rows=rows)
        if shown is not None:
            self._shown.setdefault(column, (shown, []))[1].extend(range(row, row + rows))

    def reach(self, row: int, column: int) -> None:
        """Refuse a place beyond the limits on rows and columns."""
        if row > self.limits.rows:
            raise too_large(self.path, "rows", self.limits.rows, row)
        if column >= self.limits.columns:
            raise too_large(self.path, "columns", self.limits.columns, column + 1)

    def sheet(self) -> Sheet:
        """Return the rows and columns that are not blank."""
        filled = {row for lane in self._lanes.values() for row in lane.rows}
        rows = pl.Series(sorted(filled), dtype=pl.Int32)
        columns = tuple(_column(index, self._lanes[index], rows) for index in sorted(self._lanes))
        hidden = [Finding("sheet-hidden", Severity.NOTE, self.name)] if self.hidden else []
        findings = (*hidden, *self._formulas(), *self.findings)
        shown = sorted(self._shown.items())
        repairs = tuple(zeros_shown(self.name, column_letter(at), told[1], told[0], self.limits) for at, told in shown)
        return Sheet(self.path.name, self.name, rows, columns, tuple(self.merged), repairs, findings, self.hidden)

    def _formulas(self) -> list[Finding]:
        if not self.empty_formulas:
            return []
        cells = [(column_letter(column), row) for row, column in self.empty_formulas]
        return [formulas_without_value(self.name, cells, self.limits)]


def _column(index: int, lane: _Lane, rows: pl.Series) -> Column:
    places = rows.search_sorted(pl.Series(lane.rows, dtype=pl.Int32))
    texts = pl.Series(lane.texts, dtype=pl.String)
    numbers = pl.Series(lane.numbers, dtype=pl.Float64)
    numbers = pl.select(pl.when(texts.is_null()).then(numbers)).to_series()
    order = pl.Series(range(len(lane.rows)), dtype=pl.UInt32)
    which = pl.repeat(None, len(rows), dtype=pl.UInt32, eager=True).scatter(places, order)
    percent = None
    if lane.percents:
        percent = rows.is_in(pl.Series(lane.percents, dtype=pl.Int32).implode())
    return Column(column_letter(index), texts.gather(which), numbers.gather(which), percent)
