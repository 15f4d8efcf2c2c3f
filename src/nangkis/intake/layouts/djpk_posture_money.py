"""The money of a posture: "2.774,77 M", "2777.29" of an unsaid unit, or rupiah with sen; and how fine the source is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from nangkis.budget.posture_accounts import PostureRules
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.layouts.djpk_posture_places import NOT_DIGITS, known_places, printed
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.repairs.numbers import AmountsRead, read_amounts
from nangkis.intake.repairs.units import zeros_said
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH


BILLIONS = (
    r"(?i)\s*M(?:iliar|ilyar)?\s*(\))?\s*$"  # the mark may stand inside the brackets of a negative amount: (100,25 M)
)
BILLIONS_ZEROS = 9
SCALES = (0, 3, 6, 9)
SEN_PLACES = 2
# 2.774 M: 2,774 billions, or 2.774 of them.
OPEN_TO_BOTH = r"^([^0-9]*[1-9][0-9]{0,2})([.,])([0-9]{3})([^0-9]*)$"
MARKED = r"[.,][0-9]"
HALF_RUPIAH = SEN_PER_RUPIAH // 2


@dataclass(frozen=True)
class MoneyRead:
    """Both columns read with one unit. ``halves`` are half the last place to which each amount of them is known.

    Budget first, Int64 in sen, null where there is no amount; 0: exact to the sen.
    """

    budget: AmountsRead
    realised: AmountsRead
    zeros: int
    halves: tuple[pl.Series, pl.Series]
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
    settled = [_settled(column, total, zeros, rules) for column in bare]
    read = [read_amounts(column, largest_rupiah=largest, zeros=zeros) for column in settled]
    return MoneyRead(read[0], read[1], zeros, _halves(bare, read, zeros, rules), findings)


def _all_marked(budget: Column, realised: Column, sheet: Sheet) -> bool:
    cells = pl.concat([budget.label, realised.label]).drop_nulls()
    filled = cells.filter(cells.str.contains("[1-9]"))
    marked = filled.str.contains(BILLIONS)
    if marked.any() and not marked.all():
        plain = filled.filter(~marked)[0]
        raise SheetRefused("posture-units-mixed", file=sheet.file, sheet=sheet.name, cell=plain)
    return bool(marked.any())


def _without_mark(column: Column) -> Column:
    return Column(column.letter, column.text.str.replace(BILLIONS, "${1}"), column.number, column.percent)


def _settled(column: Column, total: int, zeros: int, rules: PostureRules) -> Column:
    """Return the column with its mark settled by the revenue, where no cell says whether it is one of decimals.

    As the totals of regions are less than a thousandfold apart, at most one of 2.774 and 2,774 billions is a revenue.
    """
    sure = column.text.str.contains(MARKED) & ~column.text.str.contains(OPEN_TO_BOTH)
    match = re.match(OPEN_TO_BOTH, column.text[total] or "")
    if not zeros or sure.any() or match is None:
        return column
    decimals = int(NOT_DIGITS.sub("", match[0])) * 10 ** (zeros + SEN_PLACES - len(match[3]))
    inside = [_is_credible(sen, rules) for sen in (decimals * 10 ** len(match[3]), decimals)]
    if inside[0] == inside[1]:
        return column
    rewritten = "${1}${3}${4}" if inside[0] else "${1}${2}${3}0${4}"  # four decimals can be read in one way only
    return replace(column, text=column.text.str.replace(OPEN_TO_BOTH, rewritten))


def _is_credible(sen: int | None, rules: PostureRules) -> bool:
    low, high = rules.smallest_total * SEN_PER_RUPIAH, rules.largest_total * SEN_PER_RUPIAH
    return sen is not None and low <= sen <= high


def _credible(column: Column, sheet: Sheet, largest: int, total: int, rules: PostureRules) -> int:
    """Return the zeros under which the revenue is a region's: the file prints a bare number."""
    for zeros in SCALES:
        if _is_credible(read_amounts(column, largest_rupiah=largest, zeros=zeros).sen[total], rules):
            return zeros
    cell = column.label[total]
    raise SheetRefused("posture-unit-unsaid", file=sheet.file, sheet=sheet.name, cell=cell or "–")


def _halves(
    columns: Sequence[Column], read: Sequence[AmountsRead], zeros: int, rules: PostureRules
) -> tuple[pl.Series, pl.Series]:
    """Return half the last place to which each amount of both columns is known, in sen, rounded down."""
    of_one = 10 ** (zeros + SEN_PLACES)
    texts = [text for column in columns for text in column.text]
    sen = [value for amounts in read for value in amounts.sen]
    numbers = printed(texts, (None if value is None else value / of_one for value in sen))
    if zeros:
        found = [_half(zeros + SEN_PLACES - places) for places in known_places(numbers)]
    else:
        # Budgets are whole rupiah by nature: beside a number with sen they are exact, without any all may be rounded.
        whole = not any(number is not None and number.places for number in numbers)
        least = HALF_RUPIAH if whole else 0
        found = [max(least, _half(len(str(abs(value or 0))) - rules.significant_digits)) for value in sen]
    halves = [None if value is None else half for value, half in zip(sen, found, strict=True)]
    both, height = pl.Series(halves, dtype=pl.Int64), len(columns[0].text)
    return both.head(height), both.tail(height)


def _half(place: int) -> int:
    """Return half of a place, counted in powers of ten from one sen."""
    return 10**place // 2 if place > 0 else 0
