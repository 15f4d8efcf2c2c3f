"""A profile of one sheet that was read: columns without header or data, and totals per level beside printed ones.

Constant and zero columns, duplicates and totals that differ are findings of the checks; they are not said again here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from nangkis.budget import schema as budget_schema
from nangkis.indicators import schema as indicator_schema
from nangkis.indicators.catalogue import Aggregation, indicators
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.levels import whole_levels
from nangkis.intake.repairs.numbers import read_amounts
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import cell_at, column_at


LARGEST_SEN = 2**63 - 1  # what a cell of the lake can hold


@dataclass(frozen=True)
class Total:
    """What the accepted rows of one level add to, and what the file prints for it; ``printed`` is None without one.

    ``what`` is an indicator or "budget", ``level`` "line", "regency" or "province". A total of money is in rupiah, that
    of an indicator in its own unit. ``at`` is the printed cell.
    """

    what: str
    place: str
    level: str
    year: int
    period: str
    rows: int
    total: str
    printed: str | None
    at: str | None


@dataclass(frozen=True)
class Profile:
    """What a sheet holds beside its values: columns at fault, as ``Sheet!C``, and totals."""

    without_header: tuple[str, ...]
    without_data: tuple[str, ...]
    totals: tuple[Total, ...]


def profile_of(sheet: Sheet, reading: Reading) -> Profile:
    """Return the profile of a sheet that was read."""
    heads = sheet.rows.is_in(_rows(reading, "heading"))
    frame = sheet.rows.is_in([int(row) for row in reading.frame_rows])
    bare, empty = [], []
    for column in sheet.columns if heads.any() else ():
        head, data = _filled(column, heads), _filled(column, ~frame)
        if data and not head:
            bare.append(column_at(sheet.name, column.letter))
        if head and not data:
            empty.append(column_at(sheet.name, column.letter))
    makers = {budget_schema.KIND: _budget_totals, indicator_schema.KIND: _indicator_totals}
    maker = makers.get(reading.kind)
    return Profile(tuple(bare), tuple(empty), tuple(maker(sheet, reading)) if maker else ())


def _rows(reading: Reading, kind: str) -> list[int]:
    return [int(row) for row, told in reading.frame_rows.items() if told == kind]


def _filled(column: Column, rows: pl.Series) -> bool:
    return bool(((column.text.is_not_null() | column.number.is_not_null()) & rows).any())


def _budget_totals(sheet: Sheet, reading: Reading) -> Iterator[Total]:
    """Yield the sum of all lines, beside the one total row where the file prints one in the unit of its lines."""
    lines = reading.frame
    total = int(lines["amount_sen"].cast(pl.Int128).sum())
    letter, year, totals = lines["_col"][0], int(lines["year"][0]), _rows(reading, "total")
    first = lines.filter(pl.col("amount_sen").abs() > 0).head(1)
    printed: int | None = None
    # A table in thousands prints its total in thousands too: only what one of its cells proves to be rupiah is shown.
    if len(totals) == 1 and first.height and _sen(sheet, letter, first["_row"][0]) == first["amount_sen"][0]:
        printed = _sen(sheet, letter, totals[0])
    yield Total(
        what=budget_schema.KIND,
        place=place(Region.parse(lines["region"][0])).name,
        level="line",
        year=year,
        period="",
        rows=lines.height,
        total=_rupiah(total),
        printed=None if printed is None else _rupiah(printed),
        at=None if printed is None else cell_at(sheet.name, letter, totals[0]),
    )


def _sen(sheet: Sheet, letter: str, row: int) -> int | None:
    """Return what a cell says as an amount, in sen; None when it says none."""
    column, here = sheet.column(letter), sheet.rows == row
    cell = Column(letter, column.text.filter(here), column.number.filter(here))
    found: int | None = read_amounts(cell, largest_rupiah=LARGEST_SEN // SEN_PER_RUPIAH).sen[0]
    return found


def _rupiah(sen: int) -> str:
    return _plain(Decimal(sen) / SEN_PER_RUPIAH)


def _indicator_totals(sheet: Sheet, reading: Reading) -> Iterator[Total]:
    """Yield, for indicators that may be added, the sum of each whole's parts beside the whole's own value."""
    added = [code for code, known in indicators().items() if known.aggregation is Aggregation.SUM]
    known = reading.frame.filter(pl.col("indicator").is_in(added) & pl.col("value").is_not_null())
    for (indicator, year, period), rows in known.group_by("indicator", "year", "period", maintain_order=True):
        values = dict(zip(rows["region"], rows.iter_rows(named=True), strict=True))
        for whole, level, parts in whole_levels(values):
            own = values.get(str(whole.region))
            total = sum((Decimal(str(values[code]["value"])) for code in parts), Decimal())
            printed = None if own is None else _plain(Decimal(str(own["value"])))
            at = None if own is None else cell_at(sheet.name, own["_col"], own["_row"])
            yield Total(
                str(indicator), whole.name, level, int(str(year)), str(period), len(parts), _plain(total), printed, at
            )


def _plain(number: Decimal) -> str:
    """Write a number in full, without the zeros that end a fraction."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
