"""One sheet as it is: the rows that are not blank, with their row numbers, and each column's texts and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Repair, Severity, by_column
from nangkis.vocabulary.sources import cells_at, column_letter, first_cells_at


# What a marked workbook has in place of a formula without a value: read again, it is one.
FORMULA_MARK = "#FORMULA?"


@dataclass(frozen=True)
class Column:
    """One column of a sheet, one entry per row that is not blank.

    ``text`` is the cell as written, null where it is blank or a number; an error cell is text such as ``#N/A``, a date
    cell is text such as ``2025-03-01``. ``number`` is Float64, null where the cell is not numeric. ``percent`` says
    which numbers are shown as percent (0.1038 shown as 10,38 %); None when none is.
    """

    letter: str
    text: pl.Series
    number: pl.Series
    percent: pl.Series | None = None

    def from_row(self, start: int) -> Column:
        """Return the cells from a row on, counted from 0 among the rows that are not blank."""
        percent = None if self.percent is None else self.percent.slice(start)
        return Column(self.letter, self.text.slice(start), self.number.slice(start), percent)

    @cached_property
    def words(self) -> pl.Series:
        """Each different text once: real columns repeat theirs, and what is asked of a text is asked once."""
        return self.text.drop_nulls().unique()

    @cached_property
    def label(self) -> pl.Series:
        """The cells as words: texts as written, whole numbers without a decimal (2011, not 2011.0)."""
        if self.number.null_count() == len(self.number):
            return self.text
        whole = (self.number == self.number.round()) & (self.number.abs() < 2**53)
        printed = pl.select(
            pl.when(whole)
            .then(pl.when(whole).then(self.number).cast(pl.Int64).cast(pl.String))
            .otherwise(self.number.cast(pl.String))
        ).to_series()
        return pl.select(pl.coalesce(self.text, printed)).to_series()


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows that are not blank. ``rows`` are their numbers in the file, counted from 1.

    ``comments`` are the words of the whole workbook's comments, with its first sheet: no data, but stored with it.
    ``borders`` are those of a boundary file, one for each row, null in the header's: ``geometry`` (a GeoJSON
    MultiPolygon as text), ``trouble`` (why there is none), ``mended``, ``points``, ``points_kept`` and ``change`` of
    the area by mending, as a share.
    """

    file: str
    name: str
    rows: pl.Series
    columns: tuple[Column, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column, from 1 and 0
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    hidden: bool = False
    comments: tuple[str, ...] = ()
    borders: pl.DataFrame | None = None

    @property
    def height(self) -> int:
        """How many rows are not blank."""
        return len(self.rows)

    def column(self, letter: str) -> Column:
        """Return the column with this letter."""
        return next(column for column in self.columns if column.letter == letter)

    @cached_property
    def cell_range(self) -> str:
        """The rectangle that holds the sheet's cells, such as ``A1:C2191``."""
        if not self.height:
            return ""
        return f"{self.columns[0].letter}{self.rows[0]}:{self.columns[-1].letter}{self.rows[-1]}"

    def head(self, rows: int) -> list[list[str]]:
        """Return the first rows as words, blank cells as empty text."""
        tops = [Column(column.letter, column.text.head(rows), column.number.head(rows)) for column in self.columns]
        labels = [column.label.fill_null("").to_list() for column in tops]
        return [[" ".join(cell.split()) for cell in row] for row in zip(*labels, strict=True)]

    def at(self, letter: str, rows: Iterable[int], *, most: int) -> str:
        """Return cells as offices write them: ``Sheet1!C4, C9, C12, …``; at most ``most`` of them."""
        return first_cells_at(self.name, ((letter, row) for row in rows), most=most)

    def cells(self, letter: str, rows: pl.Series) -> list[str | float]:
        """Return what stands in these rows of a column, numbers as numbers; empty text where it is blank."""
        column, here = self.column(letter), self.rows.is_in(rows.implode())
        pairs = zip(column.text.filter(here).to_list(), column.number.filter(here).to_list(), strict=True)
        return [(text or "") if number is None else number for text, number in pairs]


def from_columns(
    *,
    file: str,
    name: str,
    first_row: int,
    first_column: int,
    columns: list[tuple[pl.Series, pl.Series, pl.Series | None]],
    merged: tuple[tuple[int, int, int, int], ...] = (),
    repairs: tuple[Repair, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Sheet:
    """Build a sheet from whole columns (text, number, percent): blank rows and blank columns at the end fall away."""
    cleaned = [(_without_blanks(text), number, percent) for text, number, percent in columns]
    filled = [text.is_not_null() | number.is_not_null() for text, number, _ in cleaned]
    height = len(cleaned[0][0]) if cleaned else 0
    numbers = pl.select(pl.int_range(first_row, first_row + height, dtype=pl.Int32)).to_series()
    if not filled:
        return Sheet(file, name, numbers, (), merged, repairs, findings)
    keep = pl.select(pl.any_horizontal(filled)).to_series()
    every = bool(keep.all())
    kept = tuple(
        Column(
            column_letter(first_column + index),
            text if every else text.filter(keep),
            number if every else number.filter(keep),
            percent if percent is None or every else percent.filter(keep),
        )
        for index, (text, number, percent) in enumerate(cleaned)
        if filled[index].any()
    )
    return Sheet(file, name, numbers if every else numbers.filter(keep), kept, merged, repairs, findings)


def _without_blanks(text: pl.Series) -> pl.Series:
    blank = text.str.strip_chars() == ""
    if not blank.any():
        return text
    return pl.select(pl.when(blank).then(None).otherwise(text)).to_series()


def zeros_shown(sheet: str, letter: str, rows: Sequence[int], shown: str, limits: Limits) -> Repair:
    """Return the repair of numbers that were read with the zeros of their format; ``shown`` is the first of them."""
    at = first_cells_at(sheet, ((letter, row) for row in rows), most=limits.addresses)
    return Repair("zeros-shown", at, len(rows), {"shown": shown})


def formulas_without_value(sheet: str, cells: Sequence[tuple[str, int]], limits: Limits) -> Finding:
    """Return the finding for formulas that nothing has computed, told by column and row; at least one."""
    at = cells_at(sheet, cells[: limits.addresses])
    return Finding("formula-without-value", Severity.WARNING, at, {"count": len(cells)}, by_column(cells))
