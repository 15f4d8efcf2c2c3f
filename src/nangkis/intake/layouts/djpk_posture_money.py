"""The money of a posture: "2.774,77 M", "2777.29" of an unsaid unit, or rupiah with sen; and how fine the source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.budget.posture_accounts import PostureRules
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.repairs.numbers import AmountsRead, read_amounts
from nangkis.intake.repairs.units import zeros_said
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH


BILLIONS = r"(?i)\s*M\s*$"
BILLIONS_ZEROS = 9
SCALES = (0, 3, 6, 9)
SEN_PLACES = 2
FRACTION = r"[.,]([0-9]+)\D*$"


@dataclass(frozen=True)
class MoneyRead:
    """Both columns read with one unit. ``resolution_sen`` is half the last printed place of each row; 0: exact."""

    budget: AmountsRead
    realised: AmountsRead
    zeros: int
    resolution_sen: pl.Series
    findings: tuple[Finding, ...]


def read_money(
    budget: Column,
    realised: Column,
    *,
    heads: Sequence[str],
    sheet: Sheet,
    largest: int,
    total: int,
    rules: PostureRules,
) -> MoneyRead:
    """Read budget and realisation.

    Raises SheetRefused when cells are of several units, or none brings the revenue (row ``total``) to a credible size.
    """
    marked = _all_marked(budget, realised, sheet)
    zeros = BILLIONS_ZEROS if marked else max(map(zeros_said, heads), default=0)
    bare = [_without_mark(column) for column in (budget, realised)]
    findings: tuple[Finding, ...] = ()
    if not zeros:
        zeros = _credible(bare[0], sheet, largest, total, rules)
        if zeros:
            values: dict[str, object] = {"revenue": budget.label[total], "unit": f"zeros-{zeros}"}
            findings = (Finding("posture-unit-inferred", Severity.WARNING, sheet.name, values),)
    read = [read_amounts(column, largest_rupiah=largest, zeros=zeros) for column in bare]
    return MoneyRead(read[0], read[1], zeros, _resolution(bare, read, zeros, rules), findings)


def _all_marked(budget: Column, realised: Column, sheet: Sheet) -> bool:
    cells = pl.concat([budget.label, realised.label]).drop_nulls()
    filled = cells.filter(cells.str.contains("[1-9]"))
    marked = filled.str.contains(BILLIONS)
    if marked.any() and not marked.all():
        plain = filled.filter(~marked)[0]
        raise SheetRefused("posture-units-mixed", file=sheet.file, sheet=sheet.name, cell=plain)
    return bool(marked.any())


def _without_mark(column: Column) -> Column:
    return Column(column.letter, column.text.str.replace(BILLIONS, ""), column.number, column.percent)


def _credible(column: Column, sheet: Sheet, largest: int, total: int, rules: PostureRules) -> int:
    """Return the zeros under which the revenue is a region's: the file prints a bare number."""
    low, high = rules.smallest_total * SEN_PER_RUPIAH, rules.largest_total * SEN_PER_RUPIAH
    for zeros in SCALES:
        sen = read_amounts(column, largest_rupiah=largest, zeros=zeros).sen[total]
        if sen is not None and low <= sen <= high:
            return zeros
    cell = column.label[total]
    raise SheetRefused("posture-unit-unsaid", file=sheet.file, sheet=sheet.name, cell=cell or "–")


def _resolution(columns: Sequence[Column], read: Sequence[AmountsRead], zeros: int, rules: PostureRules) -> pl.Series:
    """Return half the last place of each row: as printed, or as many digits as an export in rupiah has."""
    if zeros:
        cells = pl.concat([column.label for column in columns])
        places = cells.str.extract(FRACTION).str.len_chars().max()
        finer = zeros + SEN_PLACES - (int(str(places)) if places is not None else 0)
        return pl.repeat(10**finer // 2 if finer > 0 else 0, len(columns[0].text), dtype=pl.Int64, eager=True)
    larger = pl.max_horizontal(*(amounts.sen.abs() for amounts in read)).fill_null(0)
    hidden = larger.cast(pl.String).str.len_chars().cast(pl.Int64) - rules.significant_digits
    half = pl.lit(10, dtype=pl.Int64).pow(hidden.clip(0)) // 2
    return pl.select(pl.when(hidden > 0).then(half).otherwise(0).cast(pl.Int64)).to_series()
