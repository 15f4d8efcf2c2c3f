"""Checks on the programmes of an RPJMD: absurd money, targets that jump, years of zero, units that are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Thresholds
from nangkis.intake.rules import Rules
from nangkis.planning.rpjmd_schema import YEARS
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import cell_at


PAGU = tuple(f"pagu_{year}_sen" for year in range(1, YEARS + 1))
TARGETS = tuple(f"target_{year}" for year in range(1, YEARS + 1))
WORDLESS = r"^[^\p{L}%°]*$"  # "100", "-": no unit
ZERO = r"^0+(?:[.,]0+)?$"


def check_programmes(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], rules: Rules) -> Iterator[Finding]:
    """Yield what a person should look at among accepted rows; nothing is changed by it."""
    yield from _absurd(lines, letters, rules.thresholds)
    yield from _repeated_differs(lines, sheet, letters, rules)
    limits = rules.limits
    for year, (pagu, target) in enumerate(zip(PAGU, TARGETS, strict=True), start=1):
        rows = lines.filter(pl.col(pagu) == 0)["_row"]
        letter = letters[f"pagu_{year}"]
        yield from one_finding("rpjmd-pagu-zero", Severity.WARNING, sheet, letter, rows=rows, limits=limits)
        if f"target_{year}" in letters:
            rows = lines.filter(pl.col(target).str.contains(ZERO))["_row"]
            letter = letters[f"target_{year}"]
            yield from one_finding("rpjmd-target-zero", Severity.WARNING, sheet, letter, rows=rows, limits=limits)
    if "unit" in letters:
        odd = lines.filter(pl.col("unit").str.contains(WORDLESS))
        shown = ", ".join(f"'{unit}'" for unit in odd["unit"].unique(maintain_order=True).head(limits.addresses))
        yield from one_finding(
            "rpjmd-unit-odd", Severity.WARNING, sheet, letters["unit"], rows=odd["_row"], limits=limits, units=shown
        )
        blank = lines.filter(pl.col("indicator").is_null())["_row"]
        letter = letters["indicator"]
        yield from one_finding("rpjmd-indicator-blank", Severity.WARNING, sheet, letter, rows=blank, limits=limits)


def _absurd(lines: pl.DataFrame, letters: Mapping[str, str], thresholds: Thresholds) -> Iterator[Finding]:
    """A programme's year that is many times its own median year and a large share of all money of that year."""
    times, share = thresholds.pagu_times_of_usual, float(thresholds.pagu_share_of_year)
    once = lines.unique(["office_code", "office_name", "program_code"], keep="first", maintain_order=True)
    for year, column in enumerate(PAGU, start=1):
        total = int(once.select(pl.col(column).cast(pl.Int128).sum()).item() or 0)
        for row in once.filter(pl.col(column) > share * total).iter_rows(named=True):
            usual = _usual(row, column)
            if usual and row[column] > times * usual:
                told = {"amount": row[column] // SEN_PER_RUPIAH, "usual": usual // SEN_PER_RUPIAH}
                told |= {"program": row["program_name"] or row["program_code"], "times": row[column] // usual}
                at = cell_at(row["_sheet"], letters[f"pagu_{year}"], row["_row"])
                yield Finding("rpjmd-pagu-absurd", Severity.WARNING, at, told)


def _usual(row: Mapping[str, int | None], column: str) -> int | None:
    """Return the median of a programme's other years that have money; None when none has."""
    others = sorted(amount for name in PAGU if name != column and (amount := row[name]))
    return others[len(others) // 2] if others else None


def _repeated_differs(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], rules: Rules) -> Iterator[Finding]:
    """Rows of further indicators of a programme that give it another pagu than its first row."""
    keys = ["office_code", "office_name", "program_code"]
    for year, column in enumerate(PAGU, start=1):
        first = pl.col(column).drop_nulls().first().over(keys)
        rows = lines.filter((pl.col(column) != first).fill_null(value=False))["_row"]
        letter = letters[f"pagu_{year}"]
        yield from one_finding("rpjmd-pagu-differs", Severity.WARNING, sheet, letter, rows=rows, limits=rules.limits)
