"""Columns that tell how far a value may be from the truth: a standard error, one relative to the value, or limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from nangkis.indicators.schema import PUBLISHED_ERROR, SCHEMA
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.layouts import words
from nangkis.intake.layouts.indicator_cells import CellsRead
from nangkis.intake.layouts.shape import HeadedColumn
from nangkis.intake.repairs.numbers import read_numbers
from nangkis.intake.repairs.units import in_unit
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity


# The first that a header holds: a relative standard error is a standard error too.
KINDS = {
    "relative": re.compile(r"\brse\b|\brelative standard errors?\b|\bgalat (?:baku )?relatif\b|\bkoefisien variasi\b"),
    "error": re.compile(
        r"\bstandard errors?\b|\bgalat baku\b|\bkesalahan baku\b|\bstd\.? ?err(?:or)?\b|(?<![\w-])se(?![\w-])"
    ),
    "lower": re.compile(r"\bbatas bawah\b|\blower(?: limit| bound)?\b"),
    "upper": re.compile(r"\bbatas atas\b|\bupper(?: limit| bound)?\b"),
}
# Limits are those of the 95 % interval, as BPS prints them: so many standard errors lie between the two.
ERRORS_BETWEEN = 2 * 1.959963984540054


@dataclass(frozen=True)
class Split:
    """Columns of numbers: those that tell no error, those that tell the error of another by its letter, and the others.

    ``lost`` tell an error of nothing that is here: there is no column to their left, or it is of another year.
    """

    values: tuple[HeadedColumn, ...]
    errors: dict[str, tuple[ErrorColumn, ...]]
    lost: tuple[HeadedColumn, ...]


@dataclass(frozen=True)
class ErrorColumn:
    """A column that tells the error of the values in another; ``kind`` is one of ``KINDS``, ``own`` its header."""

    letter: str
    own: str
    kind: str


def kind_of(header: str) -> str | None:
    """Return what of an error a header speaks of; None for other headers.

    >>> kind_of("RSE (%)"), kind_of("Galat Baku P0 2024"), kind_of("Persentase Penduduk Miskin se-Jawa")
    ('relative', 'error', None)
    """
    plain = words.plain(header)
    return next((kind for kind, pattern in KINDS.items() if pattern.search(plain)), None)


def split(columns: Iterable[HeadedColumn]) -> Split:
    """Say which columns, from left to right, are values, and which tell the error of the nearest value before them."""
    values: list[HeadedColumn] = []
    lost: list[HeadedColumn] = []
    found: dict[str, tuple[ErrorColumn, ...]] = {}
    last: HeadedColumn | None = None
    for column in columns:
        kind = kind_of(column.own)
        if kind is None:
            last = column
            values.append(column)
        elif last is None or _other_year(column, last):
            lost.append(column)
        else:
            found[last.letter] = (*found.get(last.letter, ()), ErrorColumn(column.letter, column.own, kind))
    return Split(tuple(values), found, tuple(lost))


def _other_year(column: HeadedColumn, value: HeadedColumn) -> bool:
    own, other = (set(words.YEAR.findall(one.own)) for one in (column, value))
    return bool(own and other and own != other)


def with_errors(
    sheet: Sheet, read: CellsRead, columns: Sequence[ErrorColumn], factor: float, rules: Rules
) -> CellsRead:
    """Return values with the errors that columns tell of them, in their unit; ``factor`` brings the file's to it.

    A published error comes first, then a relative one, then limits. What cannot be the error of its value is left out.
    """
    if not columns:
        return read
    mask = sheet.rows.is_in(read.frame["_row"].implode())
    told = read.frame.with_columns(
        _numbers(sheet.column(one.letter), mask).alias(one.kind) for one in reversed(columns)
    )
    letters = {one.kind: one.letter for one in reversed(columns)}
    error, letter = _told(told, letters, factor)
    flawed = {
        "error-not-positive": error <= 0,
        "error-above-value": error > told["value"].abs(),
    }
    lost = pl.select(pl.any_horizontal(flawed.values())).to_series().fill_null(value=True) | told["value"].is_null()
    frame = read.frame.with_columns(
        pl.select(pl.when(~lost).then(error)).to_series().alias("standard_error"),
        pl.select(pl.when(~lost).then(pl.lit(letter))).to_series().alias("_error_col"),
    ).cast(SCHEMA)
    findings = _findings(sheet, frame, flawed, letter, rules)
    return replace(read, frame=frame, findings=(*read.findings, *findings))


def _numbers(cells: Column, mask: pl.Series) -> pl.Series:
    percent = None if cells.percent is None else cells.percent.filter(mask)
    own = Column(cells.letter, cells.text.filter(mask), cells.number.filter(mask), percent)
    return read_numbers(own, plausible=None, in_percent=True).value


def _told(rows: pl.DataFrame, letters: Mapping[str, str], factor: float) -> tuple[pl.Series, str]:
    """Return the errors by the surest of the columns, and its letter, or those of both limits."""
    if "error" in letters:
        return in_unit(rows["error"], factor), letters["error"]
    if "relative" in letters:
        return rows["value"].abs() * rows["relative"] / 100, letters["relative"]
    if {"lower", "upper"} <= letters.keys():
        wide = in_unit(rows["upper"], factor) - in_unit(rows["lower"], factor)
        return wide / ERRORS_BETWEEN, f"{letters['lower']}:{letters['upper']}"
    return pl.repeat(None, rows.height, dtype=pl.Float64, eager=True), next(iter(letters.values()))


def _findings(
    sheet: Sheet, frame: pl.DataFrame, flawed: Mapping[str, pl.Series], letter: str, rules: Rules
) -> Iterator[Finding]:
    at = letter.partition(":")[0]
    relative = 100 * frame["standard_error"] / frame["value"].abs()
    careful, unusable = (float(bound) for bound in (rules.thresholds.rse_careful, rules.thresholds.rse_unusable))
    told = {
        "error-not-positive": (flawed["error-not-positive"], Severity.WARNING),
        "error-above-value": (flawed["error-above-value"], Severity.WARNING),
        "error-relative-careful": ((relative > careful) & (relative <= unusable), Severity.NOTE),
        "error-relative-unusable": (relative > unusable, Severity.WARNING),
    }
    for code, (rows, severity) in told.items():
        chosen = frame["_row"].filter(rows.fill_null(value=False))
        yield from one_finding(code, severity, sheet, at, rows=chosen, limits=rules.limits)


def without_none(values: pl.DataFrame) -> pl.DataFrame:
    """Return values without the columns of errors where the file tells none: as a table was kept before they were."""
    return values if values["standard_error"].count() else values.drop(PUBLISHED_ERROR)
