"""Checks on the values of an indicator table. Each says when it applies, and what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.intake.checks.changes import CHANGE_CHECKS
from nangkis.intake.checks.facts import FACT_CHECKS
from nangkis.intake.checks.protocol import LINE, Check, Values, named, several_years
from nangkis.intake.checks.series import SERIES_CHECKS
from nangkis.intake.checks.slips import told_slips
from nangkis.intake.checks.wholes import WHOLE_CHECKS
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import column_at


def check_values(values: Values, rules: Rules, refused: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Return what the checks found among accepted values; none of it takes a value away.

    ``values`` may be those of several tables together, with one row for each fact. ``refused`` are the findings of
    their cells: a number that was refused as implausible may be a slip, of which the likely value is told.
    """
    values = named(values)
    found = (finding for check in CHECKS if check.applies(values) for finding in check.find(values, rules))
    return (*found, *told_slips(values, rules, refused))


def implausible(indicator: str, value: pl.Series) -> pl.Series:
    """Return which values lie outside what the indicator can be."""
    low, high = indicators()[indicator].plausible
    return ~value.is_between(low, high).fill_null(value=True)


def _any_value(values: Values) -> bool:
    return values["value"].count() > 0


def _copies(values: Values, rules: Rules) -> Iterator[Finding]:
    """A year whose every value equals the year before."""
    known = values.filter(pl.col("value").is_not_null())
    before = known.select(*LINE, pl.col("year") + 1, pl.col("value").alias("before"), pl.col("_col").alias("from"))
    pairs = known.join(before, on=[*LINE, "year"])
    equal = (
        pairs.group_by("indicator", "period", "year", "_sheet", "_col", "from", maintain_order=True)
        .agg((pl.col("value") == pl.col("before")).all().alias("all_equal"), pl.len().alias("rows"))
        .filter(pl.col("all_equal") & (pl.col("rows") >= rules.thresholds.rows_of_a_copied_year))
    )
    for found in equal.iter_rows(named=True):
        told = {"year": str(found["year"]), "before": str(found["year"] - 1), "count": found["rows"]}
        yield Finding("year-copied", Severity.WARNING, column_at(found["_sheet"], found["_col"]), told)


def _constants(values: Values, rules: Rules) -> Iterator[Finding]:
    """A column in which every value is the same, zero included."""
    columns = (
        values.filter(pl.col("value").is_not_null())
        .group_by("_sheet", "_col", maintain_order=True)
        .agg(pl.col("value").n_unique().alias("different"), pl.col("value").first(), pl.len().alias("rows"))
        .filter((pl.col("different") == 1) & (pl.col("rows") >= rules.thresholds.rows_of_a_constant_column))
    )
    for found in columns.iter_rows(named=True):
        code = "column-all-zero" if found["value"] == 0 else "column-constant"
        told = {"value": found["value"], "count": found["rows"]}
        yield Finding(code, Severity.WARNING, column_at(found["_sheet"], found["_col"]), told)


CHECKS = (
    *CHANGE_CHECKS,
    Check(several_years, _copies),
    Check(_any_value, _constants, across=False),
    *SERIES_CHECKS,
    *WHOLE_CHECKS,
    *FACT_CHECKS,
)
