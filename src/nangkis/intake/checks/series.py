"""Checks along the years of a region: copies, placeholders, figures from before its founding, zeros for missing."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nangkis.indicators.facts import founding_after
from nangkis.intake.checks.listing import of_rows
from nangkis.intake.checks.protocol import LINE, Check, Values, several_years
from nangkis.intake.rules import Rules
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity


# Yearly change of these is measured in single rupiah: by chance one in a step's many is an exact multiple of it.
IN_SINGLE_RUPIAH = ("POV.GK",)


def with_year_before(values: Values) -> pl.DataFrame:
    """Return the known values that have a value of the year before, which is in ``before``."""
    known = values.filter(pl.col("value").is_not_null())
    before = known.select(*LINE, pl.col("year") + 1, pl.col("value").alias("before")).unique([*LINE, "year"])
    return known.join(before, on=[*LINE, "year"], maintain_order="left")


def _mostly_copied(values: Values, rules: Rules) -> Iterator[Finding]:
    """A year in which most regions, not all, have exactly the value of the year before."""
    pairs = with_year_before(values).with_columns((pl.col("value") == pl.col("before")).alias("same"))
    share = float(rules.thresholds.share_of_a_copied_year)
    for (indicator, _, year), rows in pairs.group_by("indicator", "period", "year", maintain_order=True):
        same = rows.filter(pl.col("same"))
        if share * rows.height <= same.height < rows.height and same.height >= rules.thresholds.rows_of_a_copied_year:
            told = {"indicator": indicator, "year": str(year), "count": same.height, "rows": rows.height}
            yield of_rows("year-mostly-copied", Severity.WARNING, same, rules.limits, told)


def _placeholders(values: Values, rules: Rules) -> Iterator[Finding]:
    """A year in which several regions changed by an exact multiple of a round number, far more than chance gives."""
    changed = with_year_before(values).filter(pl.col("value") != pl.col("before"))
    fewest, step = rules.thresholds.rows_of_a_round_change, rules.thresholds.round_change_rupiah
    for indicator in IN_SINGLE_RUPIAH:
        here = changed.filter(pl.col("indicator") == indicator)
        for (_, year), rows in here.group_by("period", "year", maintain_order=True):
            found = rows.filter((pl.col("value") - pl.col("before")) % step == 0)
            by_chance = rows.height / step
            if found.height >= fewest and found.height > rules.thresholds.times_of_chance * by_chance:
                told = {"indicator": indicator, "year": str(year), "count": found.height, "step": step}
                told |= {"names": tuple(found["name_read"].head(rules.limits.addresses).to_list())}
                yield of_rows("change-looks-chosen", Severity.WARNING, found, rules.limits, told)


def _filled_back(values: Values, rules: Rules) -> Iterator[Finding]:
    """Values of a region from before its founding: they are its parent's or invented."""
    known = values.filter(pl.col("value").is_not_null()).sort("year", maintain_order=True)
    for (indicator, region, _), rows in known.group_by(LINE, maintain_order=True):
        early = founding_after(Region.parse(str(region)), int(str(rows["year"][0])))
        if early is None:
            continue
        found = rows.filter(pl.col("year") < early.first_own_year)
        told = {"indicator": indicator, "name": rows["name_read"][0], "law": early.law}
        told |= {"first": str(early.first_own_year), "years": tuple(str(year) for year in found["year"])}
        yield of_rows("filled-before-founding", Severity.WARNING, found, rules.limits, told)


def _any_zero(values: Values) -> bool:
    return (values["value"] == 0).any()


def _zeros(values: Values, rules: Rules) -> Iterator[Finding]:
    """A zero in a column whose smallest other value lies far from it: most often nothing was known."""
    known = values.filter(pl.col("value").is_not_null())
    for (indicator, year), rows in known.group_by("indicator", "year", maintain_order=True):
        zeros, others = rows.filter(pl.col("value") == 0), rows.filter(pl.col("value") > 0)
        if zeros.is_empty() or others.is_empty() or (rows["value"] < 0).any():
            continue
        place = 10.0 ** -int(str(others["places"].max()))
        if float(str(others["value"].min())) >= rules.thresholds.places_above_zero * place:
            told = {"indicator": indicator, "year": str(year), "count": zeros.height}
            told |= {"names": tuple(zeros["name_read"].head(rules.limits.addresses).to_list())}
            told |= {"least": others["value"].min()}
            yield of_rows("zero-for-missing", Severity.WARNING, zeros, rules.limits, told)


SERIES_CHECKS = (
    Check(several_years, _mostly_copied),
    Check(several_years, _placeholders),
    Check(_any_zero, _zeros, across=False),
    Check(lambda values: not values.is_empty(), _filled_back, across=False),
)
