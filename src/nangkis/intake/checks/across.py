"""Checks between a table and those accepted before it: other values of the same fact, and what only all together say.

A cell of another file is written as Excel writes it: ``[file.csv]Sheet!C4``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.indicators.choice import KEY, beyond_rounding, places_as_fine
from nangkis.intake.checks.facts import LINKED
from nangkis.intake.checks.protocol import Values, named
from nangkis.intake.checks.slips import AROUND, told_slips
from nangkis.intake.checks.values import CHECKS
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


SAME_TIME = ("indicator", "year", "period")
# So many years before and after its own may say something of a table.
YEARS_AROUND = max(AROUND)
# Findings that would repeat, for a column or a step, that two tables are of no one series.
OF_COLUMNS = {"year-copied", "year-mostly-copied", "change-looks-chosen", "method-changes", "column-jumps"}
OF_STEPS = {"value-jumps", "decimal-slip"}


@dataclass(frozen=True)
class Accepted:
    """The values of a table that is in the lake, its title, and the name of the file that it was read from."""

    title: str
    file: str
    values: Values


def in_file(file: str, sheet: str) -> str:
    """Return a sheet of another file as Excel writes it.

    >>> in_file("postur 2021.csv", "csv")
    '[postur 2021.csv]csv'
    """
    return f"[{file}]{sheet}"


def linked(indicators: Iterable[str]) -> frozenset[str]:
    """Return the indicators whose values say something of those of the given ones, these among them.

    >>> sorted(linked(["POV.P2"]))
    ['POV.P1', 'POV.P2']
    """
    own = set(indicators)
    return frozenset(own.union(*(group for group in LINKED if own & set(group))))


def check_across(own: Values, accepted: Sequence[Accepted], rules: Rules) -> tuple[Finding, ...]:
    """Return what a table and those accepted before it, the latest first, say together; nothing that one says alone."""
    own = named(own)
    held = [_near(own, table) for table in accepted]
    held = [table for table in held if not table.values.is_empty()]
    if own.is_empty() or not held:
        return ()
    rest = _one_of_each(pl.concat([table.values for table in held]))
    alone = {_told(finding) for values in (own, rest) for finding in _found(values, rules)}
    together = _found(_one_of_each(pl.concat([own, rest])), rules)
    unlike = [finding for table in held for finding in _unlike(own, table, rules)]
    apart = {finding.values["indicator"] for finding in unlike if finding.code == "column-unlike-accepted"}
    news = (finding for finding in together if _told(finding) not in alone and not _says_nothing(finding, apart))
    return (*unlike, *news)


def _near(own: Values, table: Accepted) -> Accepted:
    """Return the table's rows that may say something of ``own``, their sheets named with the file."""
    first, last = int(str(own["year"].min())), int(str(own["year"].max()))
    about = pl.col("indicator").is_in(sorted(linked(own["indicator"].unique())))
    when = pl.col("year").is_between(first - YEARS_AROUND, last + YEARS_AROUND)
    rows = named(table.values.filter(about & when))
    elsewhere = pl.lit(in_file(table.file, "")) + pl.col("_sheet")
    return Accepted(table.title, table.file, rows.with_columns(elsewhere.alias("_sheet")))


def _one_of_each(values: Values) -> Values:
    """Return one row for each fact: a value before a cell without one, then the first."""
    by_value = values.sort(pl.col("value").is_null(), maintain_order=True)
    return by_value.unique(list(KEY), keep="first", maintain_order=True)


def _found(values: Values, rules: Rules) -> Iterator[Finding]:
    for check in CHECKS:
        if check.across and check.applies(values):
            yield from check.find(values, rules)
    yield from told_slips(values, rules)


def _told(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.at, repr(sorted(finding.values.items()))


def _says_nothing(finding: Finding, apart: set[object]) -> bool:
    """Say whether a finding is about another table's column, or about steps between tables that are no one series."""
    if finding.code in OF_COLUMNS and finding.at.startswith("["):
        return True
    return finding.code in {*OF_COLUMNS, *OF_STEPS} and finding.values.get("indicator") in apart


def _unlike(own: Values, table: Accepted, rules: Rules) -> Iterator[Finding]:
    """Values that the accepted table says otherwise, by more than the rounding of the coarser one.

    Where it does so for most regions of a year, the two are made otherwise: one finding says so.
    """
    mine, theirs = (
        rows.filter(pl.col("value").is_not_null()).with_columns(places_as_fine().alias("places"))
        for rows in (own, table.values)
    )
    both = mine.join(theirs, on=list(KEY), suffix="_won", maintain_order="left")
    compared = both.group_by(SAME_TIME).len("rows")
    unlike = beyond_rounding(both).join(compared, on=list(SAME_TIME), how="left", maintain_order="left")
    limits = rules.thresholds
    for _, rows in unlike.group_by(SAME_TIME, maintain_order=True):
        most = rows.height > float(limits.share_of_a_method_change) * rows["rows"][0]
        whole = most and rows.height >= limits.rows_of_a_method_change
        largest_first = rows.sort("gap", descending=True, maintain_order=True)
        for row in (largest_first.head(1) if whole else rows).iter_rows(named=True):
            yield _told_unlike(row, table, rows.height if whole else None)


def _told_unlike(row: dict[str, Any], table: Accepted, count: int | None) -> Finding:
    told = {"name": row["name_read"], "indicator": row["indicator"], "year": str(row["year"])}
    told |= {"value": row["value"], "held": row["value_won"], "title": table.title}
    told |= {"other": cell_at(row["_sheet_won"], row["_col_won"], row["_row_won"])}
    at = cell_at(row["_sheet"], row["_col"], row["_row"])
    if count is None:
        return Finding("value-unlike-accepted", Severity.WARNING, at, told)
    return Finding("column-unlike-accepted", Severity.WARNING, at, told | {"count": count, "rows": row["rows"]})
