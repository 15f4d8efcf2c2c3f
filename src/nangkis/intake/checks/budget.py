"""Checks on budget lines: which rows cannot be accepted, and what a person should look at in those that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Limits, Thresholds
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH


SUB_KEGIATAN = r"^\d\.\d{2}\.\d{2}\.[12]\.\d{2}\.(?:\d{2}|\d{4})$"
OFFICE = r"^\d(?:[0-9.]*\d)?$"


@dataclass(frozen=True)
class RowTroubles:
    """The numbers of the rows that cannot be accepted, and a finding for each."""

    rows: tuple[int, ...]
    findings: tuple[Finding, ...]


def row_troubles(lines: pl.DataFrame, letters: Mapping[str, str], limits: Limits) -> RowTroubles:
    """Return the lines without an office, with a malformed sub kegiatan code, or with an amount that cannot be read."""
    reason = (
        pl.when(pl.col("office_code").is_null() & pl.col("office_name").is_null())
        .then(pl.lit("office-blank"))
        .when(~pl.col("office_code").str.contains(OFFICE).fill_null(value=False))
        .then(pl.lit("office-code-malformed"))
        .when(~pl.col("sub_kegiatan_code").str.contains(SUB_KEGIATAN).fill_null(value=False))
        .then(pl.lit("sub-kegiatan-code-malformed"))
        .otherwise(pl.col("trouble"))
    )
    bad = lines.with_columns(reason.alias("reason")).filter(pl.col("reason").is_not_null())
    found = tuple(
        Finding(
            row["reason"],
            Severity.ERROR,
            f"{row['_sheet']}!{_letter(row['reason'], letters)}{row['_row']}",
            _told(row, limits),
        )
        for row in bad.iter_rows(named=True)
    )
    return RowTroubles(tuple(bad["_row"].to_list()), found)


def _letter(reason: str, letters: Mapping[str, str]) -> str:
    role = "office" if reason.startswith("office") else "sub_kegiatan" if reason.startswith("sub") else "amount"
    return letters.get(f"{role}_code") or letters[role]


def _told(row: Mapping[str, object], limits: Limits) -> dict[str, object]:
    office = " ".join(str(row[part]) for part in ("office_code", "office_name") if row[part])
    sub = " ".join(str(row[part]) for part in ("sub_kegiatan_code", "sub_kegiatan_name") if row[part])
    most = {"most": limits.amount_rupiah} if row["reason"] == "amount-too-large" else {}
    return {"office": office or "–", "sub_kegiatan": sub or "–", "cell": row.get("cell") or "–", **most}


def check_lines(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], rules: Rules) -> Iterator[Finding]:
    """Yield what a person should look at among accepted lines; nothing is changed by it."""
    limits, thresholds = rules.limits, rules.thresholds
    amount = letters["amount"]
    blank = lines.filter(pl.col("amount_sen").is_null())
    yield from one_finding(
        "amount-blank", Severity.WARNING, sheet, amount, rows=blank["_row"], limits=limits, total=len(lines)
    )
    negative = lines.filter(pl.col("amount_sen") < 0)
    yield from one_finding("amount-negative", Severity.WARNING, sheet, amount, rows=negative["_row"], limits=limits)
    yield from _constant(lines, sheet, amount, thresholds)
    yield from _inconsistent(lines, sheet, letters, limits)
    yield from _twice(lines, sheet, letters, limits)


def _constant(lines: pl.DataFrame, sheet: Sheet, letter: str, thresholds: Thresholds) -> Iterator[Finding]:
    """Every amount the same, zero included."""
    amounts = lines["amount_sen"].drop_nulls()
    if len(amounts) >= thresholds.rows_of_a_constant_column and amounts.n_unique() == 1:
        code = "column-all-zero" if amounts[0] == 0 else "column-constant"
        values: dict[str, object] = {"value": amounts[0] // SEN_PER_RUPIAH, "count": len(amounts)}
        yield Finding(code, Severity.WARNING, f"{sheet.name}!{letter}", values)


def _inconsistent(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """An office code with several names, or a name with several codes."""
    letter = letters.get("office_code") or letters["office"]
    offices = lines.group_by("office_code", "office_name", maintain_order=True).agg(pl.col("_row").first())
    for code, key, other in (
        ("office-with-several-names", "office_code", "office_name"),
        ("office-with-several-codes", "office_name", "office_code"),
    ):
        several = offices.filter(pl.len().over(key) > 1)
        for (value,), group in several.group_by(key, maintain_order=True):
            told = "; ".join(map(str, group[other].to_list()[: limits.addresses]))
            yield from one_finding(
                code, Severity.WARNING, sheet, letter, rows=group["_row"], limits=limits, office=value, others=told
            )


def _twice(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """The same sub kegiatan of the same office on several rows: noted, never merged."""
    later = lines.filter(~pl.struct("office_code", "sub_kegiatan_code").is_first_distinct())
    letter = letters.get("sub_kegiatan_code") or letters["sub_kegiatan"]
    yield from one_finding("line-twice", Severity.NOTE, sheet, letter, rows=later["_row"], limits=limits)


def total_findings(lines: pl.DataFrame, totals: pl.DataFrame) -> Iterator[Finding]:
    """Yield a finding for each total row that equals neither the sum of all lines nor that since the total before."""
    before = 0
    everything = int(lines["amount_sen"].sum())
    for row in totals.filter(pl.col("amount_sen").is_not_null()).iter_rows(named=True):
        part = int(lines.filter(pl.col("_row").is_between(before, row["_row"]))["amount_sen"].sum())
        before = row["_row"]
        if row["amount_sen"] not in (part, everything):
            told = {"total": row["amount_sen"] // SEN_PER_RUPIAH, "sum": everything // SEN_PER_RUPIAH}
            yield Finding("total-differs", Severity.WARNING, f"{row['_sheet']}!{row['_col']}{row['_row']}", told)
