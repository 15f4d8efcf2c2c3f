"""Cells of one indicator in one column into rows of the lake, with what was mended and found on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import PUBLISHED_ERROR, SCHEMA
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.listing import one_repair
from nangkis.intake.checks.values import implausible
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.repairs.letters import written
from nangkis.intake.repairs.numbers import NumbersRead, places_of, read_numbers
from nangkis.intake.repairs.units import in_unit
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Repair, Severity, by_column
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at, column_at
from nangkis.vocabulary.units import Unit


PEOPLE = "DEM.POP"
# What brings a count to people, and the word for it.
PEOPLE_FACTORS = {1.0: "people", 1000.0: "thousand-people"}


@dataclass(frozen=True)
class CellsAsked:
    """Which cells are read as what: the rows of ``mask`` (one entry per row of the sheet) in the column ``letter``.

    ``keys`` has region, name_read, year and period, one row for each row of the mask. Values stand in ``factor`` times
    the indicator's unit, as ``unit_words`` said.
    """

    letter: str
    indicator: str
    mask: pl.Series
    keys: pl.DataFrame
    factor: float = 1.0
    unit_words: str = ""


@dataclass(frozen=True)
class CellsRead:
    """The cells in the lake's form; ``unreadable`` says of each whether something stood there that is no number."""

    frame: pl.DataFrame
    unreadable: pl.Series
    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]


def read_cells(sheet: Sheet, asked: CellsAsked, rules: Rules) -> CellsRead:
    """Read cells; what lies outside what the indicator can be is missing, and told."""
    taken = _taken(sheet.column(asked.letter), asked.mask)
    asked, by_size = _unit_by_size(sheet, asked, taken, rules)
    read = _numbers(taken, asked)
    brought = in_unit(read.value, asked.factor)
    outside = implausible(asked.indicator, brought)
    value = pl.select(pl.when(~outside).then(brought)).to_series()
    missing = pl.when(outside).then(pl.lit(Missing.IMPLAUSIBLE.value)).otherwise(read.missing)
    frame = asked.keys.with_columns(
        indicator=pl.lit(asked.indicator),
        value=value,
        places=pl.lit(places_of(value), dtype=pl.Int8),
        missing=pl.select(missing).to_series(),
        _sheet=pl.lit(sheet.name),
        _row=sheet.rows.filter(asked.mask),
        _col=pl.lit(asked.letter),
        **{name: pl.lit(None) for name in PUBLISHED_ERROR},
    )
    frame = frame.select(list(SCHEMA)).cast(SCHEMA)
    trouble = pl.select(pl.when(outside).then(pl.lit("value-implausible")).otherwise(read.trouble)).to_series()
    mended = (
        repair
        for code, touched in read.mended
        for repair in one_repair(code, sheet, asked.letter, at_all_rows(touched, asked.mask), rules.limits)
    )
    repairs = (*mended, *by_size, *_unit_repair(sheet, asked, value, rules))
    return CellsRead(
        frame, read.trouble.is_not_null(), repairs, _told(frame.with_columns(brought.alias("brought")), trouble, taken)
    )


def at_all_rows(touched: pl.Series, mask: pl.Series) -> pl.Series:
    """Spread a mask over chosen rows back over all rows of the sheet."""
    spread = pl.repeat(value=False, n=len(mask), eager=True, dtype=pl.Boolean)
    return spread.scatter(mask.arg_true(), touched)


def _taken(cells: Column, mask: pl.Series) -> Column:
    percent = None if cells.percent is None else cells.percent.filter(mask)
    return Column(cells.letter, cells.text.filter(mask), cells.number.filter(mask), percent)


def _numbers(cells: Column, asked: CellsAsked) -> NumbersRead:
    """Return the numbers in the file's unit: there the plausible range lies where its factor puts it."""
    indicator = indicators()[asked.indicator]
    low, high = indicator.plausible
    plausible = (low / asked.factor, high / asked.factor)
    return read_numbers(cells, plausible=plausible, in_percent=indicator.unit is Unit.PERCENT)


def _unit_by_size(
    sheet: Sheet, asked: CellsAsked, cells: Column, rules: Rules
) -> tuple[CellsAsked, tuple[Repair, ...]]:
    """Tell people from thousands of them where no word says it: no region has as many of the one as of the other.

    Raises SheetRefused where most numbers fit neither.
    """
    if asked.indicator != PEOPLE or asked.unit_words:
        return asked, ()
    bounds = {region: rules.thresholds.people_of(region) for region in asked.keys["region"].unique()}
    read = read_numbers(cells, plausible=None, in_percent=False).value.to_list()
    known = [
        (value, *limits)
        for value, region in zip(read, asked.keys["region"], strict=True)
        if value is not None and (limits := bounds[region]) is not None
    ]
    fits = {factor: sum(least <= v * factor <= most for v, least, most in known) for factor in PEOPLE_FACTORS}
    factor = max(fits, key=lambda one: fits[one])
    if not known:
        return asked, ()
    at = column_at(sheet.name, asked.letter)
    if 2 * fits[factor] <= len(known):
        raise SheetRefused("unit-unsaid", file=sheet.file, sheet=sheet.name, at=at, indicator=asked.indicator)
    taken = at_all_rows(pl.Series([value is not None for value in read]), asked.mask)
    told = {"indicator": asked.indicator, "people_counted": PEOPLE_FACTORS[factor]}
    repairs = one_repair("unit-by-size", sheet, asked.letter, taken, rules.limits, **told)
    return replace(asked, factor=factor, unit_words=PEOPLE_FACTORS[factor]), repairs


def _unit_repair(sheet: Sheet, asked: CellsAsked, value: pl.Series, rules: Rules) -> tuple[Repair, ...]:
    if asked.factor == 1 or asked.unit_words in PEOPLE_FACTORS.values():
        return ()
    brought = at_all_rows(value.is_not_null(), asked.mask)
    told = {"words": asked.unit_words, "factor": asked.factor, "indicator": asked.indicator}
    return one_repair("unit-brought", sheet, asked.letter, brought, rules.limits, **told)


def _told(frame: pl.DataFrame, trouble: pl.Series, cells: Column) -> tuple[Finding, ...]:
    """Return a finding for each cell that gave no value although something stands in it."""
    told = frame.with_columns(trouble.alias("trouble"), cells.text.alias("text"), cells.number.alias("number"))
    return tuple(
        Finding(
            row["trouble"],
            Severity.ERROR,
            cell_at(row["_sheet"], row["_col"], row["_row"]),
            _values(row),
            by_column([(row["_col"], row["_row"])]),
        )
        for row in told.filter(pl.col("trouble").is_not_null()).iter_rows(named=True)
    )


def _values(row: dict[str, object]) -> dict[str, object]:
    low, high = indicators()[str(row["indicator"])].plausible
    told = {"name": row["name_read"], "indicator": row["indicator"], "low": low, "high": high}
    told |= {"brought": row["brought"]}  # the number in the indicator's unit, for the checks that come after
    return told | written(str(row["trouble"]), row["text"] if row["number"] is None else row["number"])
