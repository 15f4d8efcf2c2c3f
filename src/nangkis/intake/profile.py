"""A profile of one sheet that was read: columns without header or data, and totals per level beside printed ones.

Constant and zero columns, duplicates and totals that differ are findings of the checks; they are not said again here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from nangkis.budget import schema as budget_schema
from nangkis.indicators import schema as indicator_schema
from nangkis.indicators.catalogue import Aggregation, indicators
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.levels import whole_levels
from nangkis.intake.limits import Limits
from nangkis.intake.repairs.numbers import read_amounts
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import cell_at, column_at, column_letter


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


def profile_of(sheet: Sheet, reading: Reading, limits: Limits) -> Profile:
    """Return the profile of a sheet that was read under these limits."""
    heads = sheet.rows.is_in(_rows(reading, "heading"))
    frame = sheet.rows.is_in([int(row) for row in reading.frame_rows])
    bare, empty = [], []
    for column in sheet.columns if heads.any() else ():
        head, data = _filled(column, heads), _filled(column, ~frame)
        if data and not head and not _spanned(sheet, column, heads):
            bare.append(column_at(sheet.name, column.letter))
        if head and not data:
            empty.append(column_at(sheet.name, column.letter))
    totals: Iterable[Total] = ()
    if reading.kind == budget_schema.KIND:
        totals = _budget_totals(sheet, reading, limits)
    elif reading.kind == indicator_schema.KIND:
        totals = _indicator_totals(sheet, reading)
    return Profile(tuple(bare), tuple(empty), tuple(totals))


def _rows(reading: Reading, kind: str) -> list[int]:
    return [int(row) for row, told in reading.frame_rows.items() if told == kind]


def _filled(column: Column, rows: pl.Series) -> bool:
    return bool(((column.text.is_not_null() | column.number.is_not_null()) & rows).any())


def _spanned(sheet: Sheet, column: Column, heads: pl.Series) -> bool:
    """Say whether a header cell that is merged over several columns stands above this one."""
    rows = set(sheet.rows.filter(heads).to_list())
    return any(
        not rows.isdisjoint(range(top, bottom + 1)) and column.letter in map(column_letter, range(left, right + 1))
        for top, left, bottom, right in sheet.merged
        if right > left
    )


def _budget_totals(sheet: Sheet, reading: Reading, limits: Limits) -> Iterator[Total]:
    """Yield the sum of all lines, beside the one total row where the file prints one in the unit of its lines."""
    lines = reading.frame
    total = int(lines["amount_sen"].cast(pl.Int128).sum())
    letter, year, totals = lines["_col"][0], int(lines["year"][0]), _rows(reading, "total")
    first = lines.filter(pl.col("amount_sen").abs() > 0).head(1)
    printed: int | None = None
    # A table in thousands prints its total in thousands too: only what one of its cells proves to be rupiah is shown.
    if len(totals) == 1 and first.height:
        proof, total_cell = _sen(sheet, letter, (first["_row"][0], totals[0]), limits)
        printed = total_cell if proof == first["amount_sen"][0] else None
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


def _sen(sheet: Sheet, letter: str, rows: Sequence[int], limits: Limits) -> list[int | None]:
    """Return what cells of a column say as amounts, in sen; None when one says none.

    The whole column is read: its other cells tell whether a point or a comma marks the decimals.
    """
    sen = read_amounts(sheet.column(letter), largest_rupiah=limits.amount_rupiah).sen
    return [sen.filter(sheet.rows == row)[0] for row in rows]


def _rupiah(sen: int) -> str:
    """Return rupiah in full, with their sen where there are any: exact, however large."""
    whole, part = divmod(abs(sen), SEN_PER_RUPIAH)
    text = f"{whole}.{part:02d}".rstrip("0").rstrip(".") if part else str(whole)
    return f"-{text}" if sen < 0 else text


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
