"""Checks on the codes of a budget by account: parents against children, and one name for each code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Severity


# The levels above a sub kegiatan, each with what its code is by the code of the sub kegiatan.
PARENTS = {"urusan": "1", "bidang": "1.01", "program": "1.01.02", "kegiatan": "1.01.02.2.01"}
NAMED = ("unit", "program", "kegiatan", "sub_kegiatan", "account", "fund")


def of_sub_kegiatan(level: str) -> pl.Expr:
    """Return the code of a level above, as the code of the sub kegiatan begins with it."""
    return pl.col("sub_kegiatan_code").str.slice(0, len(PARENTS[level]))


def check_codes(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """Yield parents that do not hold their children, and codes with several names; nothing is changed by it.

    ``lines`` has, beside what lies in the lake, ``read_<level>``: the parents' codes as the file writes them.
    """
    for level in PARENTS:
        if f"{level}_code" in letters:
            yield from _outside(level, lines, sheet, letters[f"{level}_code"], limits)
    for role in NAMED:
        if role in letters and f"{role}_code" in letters:
            yield from _several_names(role, lines, sheet, letters[role], limits)


def _outside(level: str, lines: pl.DataFrame, sheet: Sheet, letter: str, limits: Limits) -> Iterator[Finding]:
    differs = (pl.col(f"read_{level}") != of_sub_kegiatan(level)).fill_null(value=False)
    rows = lines.filter(differs)
    told = {} if rows.is_empty() else {"found": rows[f"read_{level}"][0], "sub_kegiatan": rows["sub_kegiatan_code"][0]}
    yield from one_finding(
        "parent-code-differs", Severity.WARNING, sheet, letter, rows=rows["_row"], limits=limits, code_of=level, **told
    )


def _several_names(role: str, lines: pl.DataFrame, sheet: Sheet, letter: str, limits: Limits) -> Iterator[Finding]:
    code, name = f"{role}_code", f"{role}_name"
    known = lines.filter(pl.col(code).is_not_null() & pl.col(name).is_not_null())
    names = known.group_by(code, name, maintain_order=True).agg(pl.col("_row").first())
    several = names.filter(pl.len().over(code) > 1)
    for (value,), group in several.group_by(code, maintain_order=True):
        others = "; ".join(group[name].to_list()[: limits.addresses])
        yield from one_finding(
            "code-with-several-names", Severity.WARNING, sheet, letter,
            rows=group["_row"], limits=limits, code_of=role, same=value, others=others,
        )  # fmt: skip
