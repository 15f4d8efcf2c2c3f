"""Checks on budget lines: which rows cannot be accepted, and what a person should look at in those that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Limits, Thresholds
from nangkis.intake.repairs.letters import letter_told, with_digits, written
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import cell_at, column_at


SUB_KEGIATAN = r"^\d\.\d{2}\.\d{2}\.[12]\.\d{2}\.(?:\d{2}|\d{4})$"
OFFICE = r"^\d(?:[0-9.]*\d)?$"
FIRST_WORD = r"^(\S+)"

# The first part of an account's code that is no spending.
ACCOUNT_GROUPS = {"4": "revenue", "6": "financing"}


@dataclass(frozen=True)
class RowTroubles:
    """The numbers of the rows that cannot be accepted, and a finding for each."""

    rows: tuple[int, ...]
    findings: tuple[Finding, ...]


# In which column each flaw of a row lies; every other one lies in its amount.
ROLE_OF = {
    "office-blank": "office",
    "office-code-letter": "office",
    "office-code-malformed": "office",
    "sub-kegiatan-blank": "sub_kegiatan",
    "sub-kegiatan-code-letter": "sub_kegiatan",
    "sub-kegiatan-code-malformed": "sub_kegiatan",
    "account-blank": "account",
    "account-code-malformed": "account",
    "account-not-spending": "account",
    "unit-code-by-excel": "unit",
    "fund-code-by-excel": "fund",
    "rkpd-code-incomplete": "sub_kegiatan",
    "rkpd-code-width-unknown": "sub_kegiatan",
    "rkpd-office-unlisted": "office",
}


def row_troubles(
    lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits, *, offices_coded: bool = True
) -> RowTroubles:
    """Return the lines without an office, with a malformed sub kegiatan code, or with an amount that cannot be read.

    A layout with more codes says what is wrong with those in the column ``flaw``, and in ``broken`` what goes before
    all else. ``offices_coded``: an office that has a name needs a code too.
    """
    first, last = ([pl.col(name)] if name in lines.columns else [] for name in ("broken", "flaw"))
    office = _code_trouble("office", OFFICE)
    if not offices_coded:
        office = pl.when(pl.col("office_code").is_not_null() | pl.col("office_name").is_null()).then(office)
    reason = pl.coalesce(*first, office, _code_trouble("sub_kegiatan", SUB_KEGIATAN), *last, pl.col("trouble"))
    bad = lines.with_columns(reason.alias("reason")).filter(pl.col("reason").is_not_null())
    cells = sheet.cells(letters["amount"], bad["_row"])
    found = tuple(
        Finding(row["reason"], Severity.ERROR, _where(row, letters), _told(row, cell, limits))
        for row, cell in zip(bad.iter_rows(named=True), cells, strict=True)
    )
    return RowTroubles(tuple(bad["_row"].to_list()), found)


def _code_trouble(role: str, pattern: str) -> pl.Expr:
    """Return what is wrong with an office's or a sub kegiatan's code; null when nothing is."""
    code, name, flaw = pl.col(f"{role}_code"), pl.col(f"{role}_name"), role.replace("_", "-")
    first_word = pl.coalesce(code, name).str.extract(FIRST_WORD)
    return (
        pl.when(code.is_null() & name.is_null())
        .then(pl.lit(f"{flaw}-blank"))
        .when(code.str.contains(pattern))
        .then(None)
        .when(with_digits(first_word).str.contains(pattern))
        .then(pl.lit(f"{flaw}-code-letter"))
        .otherwise(pl.lit(f"{flaw}-code-malformed"))
    )


def _where(row: Mapping[str, str | int], letters: Mapping[str, str]) -> str:
    role = ROLE_OF.get(str(row["reason"]), "amount")
    return cell_at(str(row["_sheet"]), letters.get(f"{role}_code") or letters[role], int(row["_row"]))


def _told(row: Mapping[str, str | None], amount: object, limits: Limits) -> dict[str, object]:
    told: dict[str, object] = {
        role: " ".join(str(row[part]) for part in (f"{role}_code", f"{role}_name") if row[part]) or "–"
        for role in ("office", "sub_kegiatan", "account")
        if f"{role}_code" in row
    }
    flaw = str(row["reason"])
    letter = letter_told(str(told[ROLE_OF[flaw]])) if flaw.endswith("-code-letter") else {}
    group = {"account_group": ACCOUNT_GROUPS.get(str(row.get("account_code"))[:1], "other")}
    group = group if flaw == "account-not-spending" else {}
    most = {"most": limits.amount_rupiah} if flaw == "amount-too-large" else {}
    return told | written(flaw, amount) | letter | group | most


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
        yield Finding(code, Severity.WARNING, column_at(sheet.name, letter), values)


def _inconsistent(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """An office code with several names, or a name with several codes."""
    letter = letters.get("office_code") or letters["office"]
    offices = lines.group_by("office_code", "office_name", maintain_order=True).agg(pl.col("_row").first())
    for code, key, other in (
        ("office-with-several-names", "office_code", "office_name"),
        ("office-with-several-codes", "office_name", "office_code"),
    ):
        several = offices.filter(pl.col(key).is_not_null() & (pl.len().over(key) > 1))
        for (value,), group in several.group_by(key, maintain_order=True):
            told = "; ".join(map(str, group[other].to_list()[: limits.addresses]))
            yield from one_finding(
                code, Severity.WARNING, sheet, letter, rows=group["_row"], limits=limits, office=value, others=told
            )


def _twice(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """The same sub kegiatan of the same office on several rows, and the same account: noted, never merged."""
    keys = [pl.coalesce("office_code", "office_name"), pl.col("sub_kegiatan_code")]
    by_account = "account_code" in letters
    if by_account:
        keys.append(pl.col("account_code"))
    later = lines.filter(~pl.struct(keys).is_first_distinct())
    code, letter = ("account-twice", letters["account_code"]) if by_account else ("line-twice", _letter(letters))
    yield from one_finding(code, Severity.NOTE, sheet, letter, rows=later["_row"], limits=limits)


def _letter(letters: Mapping[str, str]) -> str:
    return letters.get("sub_kegiatan_code") or letters["sub_kegiatan"]


def total_findings(lines: pl.DataFrame, totals: pl.DataFrame) -> Iterator[Finding]:
    """Yield a finding for each total row that equals neither the sum of all lines nor that since the total before."""
    before = 0
    everything = int(lines["amount_sen"].cast(pl.Int128).sum())
    for row in totals.filter(pl.col("amount_sen").is_not_null()).iter_rows(named=True):
        part = int(lines.filter(pl.col("_row").is_between(before, row["_row"]))["amount_sen"].cast(pl.Int128).sum())
        before = row["_row"]
        if row["amount_sen"] not in (part, everything):
            at = cell_at(row["_sheet"], row["_col"], row["_row"])
            told = {"total": row["amount_sen"] // SEN_PER_RUPIAH, "sum": everything // SEN_PER_RUPIAH}
            yield Finding("total-differs", Severity.WARNING, at, told)
