"""All values that were accepted, held against each other in one run: each table alone, and the facts of all together.

A table is checked at its import against what lay there then; what came later, or counts now, is only seen here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap

import polars as pl

from nangkis.indicators.choice import KEY
from nangkis.intake.checks.across import OF_COLUMNS, OF_STEPS, Accepted, in_file
from nangkis.intake.checks.facts import AT_MOST, IPM, UHH
from nangkis.intake.checks.protocol import LINE, Values, named
from nangkis.intake.checks.series import IN_SINGLE_RUPIAH
from nangkis.intake.checks.slips import told_slips
from nangkis.intake.checks.values import CHECKS, check_values
from nangkis.intake.checks.wholes import NUMBER, PERCENT
from nangkis.intake.rules import Rules
from nangkis.regions.frame import members, places
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at, column_at


HELD = ("region", "year", "period")
TIMES = ("indicator", "period", "year")
DIFFER = "indicator-sources-differ"


@dataclass(frozen=True)
class Checked:
    """One check: its name, how many cases it looked at, and what it found."""

    name: str
    cases: int
    findings: tuple[Finding, ...]


def check_together(
    tables: Sequence[Accepted],
    facts: Values,
    contradictions: Iterable[Finding],
    rules: Rules,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Checked, ...]:
    """Return what each check looked at, and found among the accepted values.

    Args:
        tables: each accepted table by itself.
        facts: one row for each fact, that of the table that counts, its sheet named with its file.
        contradictions: what tables say otherwise of the same fact.
        rules: the limits and thresholds in force.
        progress: told the file that was checked last.
    """
    found: list[Finding] = []
    columns: dict[tuple[str, str], int] = {}
    for table in tables:
        values = _in_its_file(table)
        columns |= _rows_of_columns(values)
        found += check_values(values, rules)
        progress(table.file)
    alone = {(one.code, one.at) for one in found}  # the same cell, told once: tables write a name in several ways
    told = tuple(contradictions)
    apart = {
        one.values["indicator"]
        for one in told
        if one.code == DIFFER and int(str(one.values["count"])) >= rules.thresholds.rows_of_a_method_change
    }
    found += (
        one
        for one in _of_all(facts, rules)
        if (one.code, one.at) not in alone and not _between(one, apart) and not _of_a_part(one, columns)
    )
    found += (*told, *_gaps(facts))
    return tuple(_counted(tables, facts, found))


def _in_its_file(table: Accepted) -> Values:
    elsewhere = pl.lit(in_file(table.file, "")) + pl.col("_sheet")
    return table.values.with_columns(elsewhere.alias("_sheet"))


def _rows_of_columns(values: Values) -> dict[tuple[str, str], int]:
    """Return how many values a column has of each year."""
    rows = values.filter(pl.col("value").is_not_null()).group_by("_sheet", "_col", "year").len()
    return {(column_at(sheet, letter), str(year)): count for sheet, letter, year, count in rows.iter_rows()}


def _of_a_part(finding: Finding, columns: Mapping[tuple[str, str], int]) -> bool:
    """Say whether only the few values of a column that count here are copies: the column as a whole is none."""
    if finding.code != "year-copied":
        return False
    return int(str(finding.values["count"])) < columns.get((finding.at, str(finding.values["year"])), 0)


def _of_all(facts: Values, rules: Rules) -> Iterator[Finding]:
    values = named(facts)
    for check in CHECKS:
        if check.across and check.applies(values):
            yield from check.find(values, rules)
    yield from told_slips(values, rules)


def _between(finding: Finding, apart: set[object]) -> bool:
    """Say whether a finding is about steps between tables that differ for most regions, and so are no one series."""
    return finding.code in {*OF_COLUMNS, *OF_STEPS} and finding.values.get("indicator") in apart


def _gaps(facts: Values) -> Iterator[Finding]:
    """Yield the years that lack in an indicator between its first and last, for each set of years, with one series."""
    known = facts.filter(pl.col("value").is_not_null()).sort(*LINE, "year")
    series = known.group_by(LINE, maintain_order=True).agg(
        pl.int_ranges(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int32)
        .list.set_difference(pl.col("year").implode())
        .first()
        .list.sort()
        .alias("lacking"),
        pl.col("name_read").last(),
        *(pl.col(name).last() for name in ("_sheet", "_col", "_row")),
    )
    holes = series.filter(pl.col("lacking").list.len() > 0)
    for _, rows in holes.group_by("indicator", "period", "lacking", maintain_order=True):
        row = rows.row(0, named=True)
        told = {"indicator": row["indicator"], "years": tuple(map(str, row["lacking"])), "count": rows.height}
        at = cell_at(row["_sheet"], row["_col"], row["_row"])
        yield Finding("series-gap", Severity.NOTE, at, told | {"name": row["name_read"]})


def _counted(tables: Sequence[Accepted], facts: Values, found: Sequence[Finding]) -> Iterator[Checked]:
    known = named(facts).filter(pl.col("value").is_not_null())
    for name, check in EXAMINED.items():
        own = tuple(one for one in found if one.code in check.codes)
        yield Checked(name, check.cases(known, tables), own)


@dataclass(frozen=True)
class _Examined:
    """The findings of a check by their codes, and how many cases it looked at among known values and tables."""

    codes: frozenset[str]
    cases: Callable[[Values, Sequence[Accepted]], int]


def _both(known: Values, one: str, other: str) -> int:
    first, second = (known.filter(pl.col("indicator") == code) for code in (one, other))
    return first.join(second, on=HELD, how="semi").height


def _pairs_in_order(known: Values, _: Sequence[Accepted]) -> int:
    return sum(starmap(lambda part, whole: _both(known, part, whole), AT_MOST))


def _indices(known: Values, _: Sequence[Accepted]) -> int:
    groups = (IPM, UHH, ("EDU.HLS",), ("EDU.RLS",), ("DEV.PKD",))
    has = (pl.col("indicator").is_in(group).any().alias(str(place)) for place, group in enumerate(groups))
    return known.group_by(HELD).agg(*has).filter(pl.all_horizontal(str(n) for n in range(len(groups)))).height


def _whole(known: Values, _: Sequence[Accepted]) -> int:
    """Numbers and percentages of provinces and the nation whose every regency has both."""
    rows = known.filter(pl.col("indicator").is_in([NUMBER, PERCENT])).join(places(), on="region", how="left")
    total = 0
    for above in ("province", "nation"):
        parts = rows.filter(pl.col("level") == "regency").group_by("indicator", "year", "period", above).len()
        full = parts.rename({above: "region"}).join(members(above, parts["year"]), on=["region", "year"])
        full = full.filter(pl.col("len") == pl.col("members"))
        total += known.join(full, on=["indicator", "year", "period", "region"], how="semi").height
    return total


def _population(known: Values, _: Sequence[Accepted]) -> int:
    return _both(known, NUMBER, PERCENT)


def _steps(known: Values, _: Sequence[Accepted]) -> int:
    return known.join(known.with_columns(pl.col("year") + 1), on=[*LINE, "year"], how="semi").height


def _columns_of_years(known: Values, _: Sequence[Accepted]) -> int:
    stepped = known.join(known.with_columns(pl.col("year") + 1), on=[*LINE, "year"], how="semi")
    return stepped.select(TIMES).n_unique()


def _rupiah_steps(known: Values, tables: Sequence[Accepted]) -> int:
    return _steps(known.filter(pl.col("indicator").is_in(IN_SINGLE_RUPIAH)), tables)


def _columns(_: Values, tables: Sequence[Accepted]) -> int:
    return sum(table.values.select("_sheet", "_col").n_unique() for table in tables)


def _series(known: Values, _: Sequence[Accepted]) -> int:
    return known.select(LINE).n_unique()


def _values(known: Values, _: Sequence[Accepted]) -> int:
    return known.height


def _told_twice(_: Values, tables: Sequence[Accepted]) -> int:
    """Facts of which more than one table holds a value."""
    keys = [table.values.filter(pl.col("value").is_not_null()).select(KEY).unique() for table in tables]
    return pl.concat(keys).group_by(KEY).len().filter(pl.col("len") > 1).height if keys else 0


def _of(cases: Callable[[Values, Sequence[Accepted]], int], *codes: str) -> _Examined:
    return _Examined(frozenset(codes), cases)


EXAMINED: Mapping[str, _Examined] = {
    "order": _of(_pairs_in_order, "part-above-whole"),
    "ipm": _of(_indices, "ipm-not-its-parts", "ipm-method-unlike"),
    "wholes": _of(_whole, "whole-not-its-parts"),
    "population": _of(
        _population, "implied-population-jumps", "implied-population-beyond", "implied-population-unlike"
    ),
    "jumps": _of(_steps, "value-jumps"),
    "column-jumps": _of(_columns_of_years, "column-jumps", "method-changes"),
    "slips": _of(_values, "decimal-slip"),
    "copies": _of(_columns_of_years, "year-copied", "year-mostly-copied"),
    "chosen": _of(_rupiah_steps, "change-looks-chosen"),
    "constants": _of(_columns, "column-constant", "column-all-zero"),
    "zeros": _of(_values, "zero-for-missing"),
    "founding": _of(_series, "filled-before-founding"),
    "sources": _of(_told_twice, DIFFER, "indicator-denied"),
    "gaps": _of(_series, "series-gap"),
}
