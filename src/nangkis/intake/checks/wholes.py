"""Checks between a region and its parts, and between the number of poor people and their percentage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from nangkis.intake.checks.levels import whole_levels
from nangkis.intake.checks.protocol import Check, Values
from nangkis.intake.rules import Rules
from nangkis.regions.register import Place
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


Row = dict[str, Any]
NUMBER, PERCENT, PEOPLE = "POV.N", "POV.P0", "DEM.POP"
THOUSAND = 1000
PARTED = ("region", "year", "period")


def _half(values: pl.DataFrame) -> pl.DataFrame:
    """Add half of the last printed place; a file drops last zeros, so a column is as fine as its finest value."""
    finest = pl.col("places").max().cast(pl.Float64)
    return values.with_columns((0.5 * pl.lit(10.0).pow(-finest)).alias("half"))


def _known(values: Values, indicator: str) -> pl.DataFrame:
    own = values.filter((pl.col("indicator") == indicator) & pl.col("value").is_not_null())
    return _half(own.unique(list(PARTED), keep="first", maintain_order=True))


def _pairs(values: Values) -> pl.DataFrame:
    """Return number and percentage of the same region, year and period; ``_p`` ends the columns of the percentage."""
    return (
        _known(values, NUMBER)
        .join(_known(values, PERCENT), on=list(PARTED), suffix="_p", maintain_order="left")
        .filter(pl.col("value_p") > pl.col("half_p"))
    )


def _some_number(values: Values) -> bool:
    return bool((values["indicator"] == NUMBER).any()) and values["region"].n_unique() > 1


def _wholes(values: Values) -> dict[Place, list[str]]:
    """Return each province or nation of the table with the codes of its parts, kabupaten and kota if they are there."""
    held = values["region"].unique().sort().to_list()
    found: dict[Place, list[str]] = {}
    for whole, _, codes in whole_levels(held):
        if str(whole.region) in held:
            found.setdefault(whole, codes)
    return found


def _sums(values: Values, rules: Rules) -> Iterator[Finding]:
    """A number or percentage of a whole that its parts, all in the table, do not give within their rounding."""
    numbers, pairs = _by_time(_known(values, NUMBER)), _by_time(_pairs(values))
    slack = float(rules.thresholds.whole_slack_points)
    for whole, codes in _wholes(values).items():
        for when, rows in numbers.items():
            both = pairs.get(when, {})
            yield from _number_differs(
                whole, rows.get(str(whole.region)), [rows[one] for one in codes if one in rows], len(codes)
            )
            yield from _percent_differs(
                whole, both.get(str(whole.region)), [both[one] for one in codes if one in both], len(codes), slack
            )


def _by_time(rows: pl.DataFrame) -> dict[tuple[object, ...], dict[str, Row]]:
    """Return the rows by year and period, then by region."""
    parts = rows.partition_by("year", "period", as_dict=True, maintain_order=True)
    return {when: {row["region"]: row for row in part.iter_rows(named=True)} for when, part in parts.items()}


def _number_differs(whole: Place, own: Row | None, parts: list[Row], count: int) -> Iterator[Finding]:
    if own is None or len(parts) != count:
        return
    total = sum(row["value"] for row in parts)
    if abs(own["value"] - total) > own["half"] + sum(row["half"] for row in parts) + 1e-9:
        yield _differs(whole, own, NUMBER, total, count)


def _percent_differs(whole: Place, own: Row | None, parts: list[Row], count: int, slack: float) -> Iterator[Finding]:
    r"""Compare with 100 \cdot \sum q / \sum (q / p): never with the mean of the parts."""
    if own is None or len(parts) != count:
        return
    number = sum(row["value"] for row in parts)
    low, exact, high = (
        100 * number / sum(row["value"] / ((row["value_p"] + sign * row["half_p"]) / 100) for row in parts)
        for sign in (-1, 0, 1)
    )
    if not low - own["half_p"] - slack <= own["value_p"] <= high + own["half_p"] + slack:
        yield _differs(whole, own, PERCENT, exact, count)


def _differs(whole: Place, row: Row, indicator: str, again: float, count: int) -> Finding:
    end = "_p" if indicator == PERCENT else ""
    at = cell_at(str(row[f"_sheet{end}"]), str(row[f"_col{end}"]), int(str(row[f"_row{end}"])))
    told = {"indicator": indicator, "name": whole.name, "year": str(row["year"]), "value": row[f"value{end}"]}
    return Finding("whole-not-its-parts", Severity.WARNING, at, told | {"again": round(again, 2), "count": count})


def _both(values: Values) -> bool:
    return {NUMBER, PERCENT} <= set(values["indicator"].unique())


def _several_years_of_both(values: Values) -> bool:
    return _both(values) and values["year"].n_unique() > 1


def _implied(values: Values) -> pl.DataFrame:
    """Return the pairs with the population in thousands that they imply, and its bounds by rounding."""
    ends = {
        "low": (pl.col("value") - pl.col("half")) / (pl.col("value_p") + pl.col("half_p")) * 100,
        "high": (pl.col("value") + pl.col("half")) / (pl.col("value_p") - pl.col("half_p")) * 100,
        "implied": pl.col("value") / pl.col("value_p") * 100,
    }
    return _pairs(values).with_columns(end.alias(name) for name, end in ends.items())


def _all_three(values: Values) -> bool:
    return {NUMBER, PERCENT, PEOPLE} <= set(values["indicator"].unique())


def _people_unlike(values: Values, rules: Rules) -> Iterator[Finding]:
    """A population implied by number and percentage that is far from the published one of the same year.

    The two have different bases, weights of the survey and a projection, and so are never quite the same.
    """
    apart = float(rules.thresholds.population_bases_apart)
    people = values.filter((pl.col("indicator") == PEOPLE) & (pl.col("value") > 0))
    published = people.select("region", "year", (pl.col("value") / THOUSAND).alias("people"), "_sheet", "_col", "_row")
    both = _implied(values).join(
        published.unique(["region", "year"], keep="first", maintain_order=True),
        on=["region", "year"],
        suffix="_n",
        maintain_order="left",
    )
    far = (pl.col("low") > pl.col("people") * (1 + apart)) | (pl.col("high") < pl.col("people") * (1 - apart))
    for row in both.filter(far).iter_rows(named=True):
        third = cell_at(row["_sheet_n"], row["_col_n"], row["_row_n"])
        yield _doubted("implied-population-unlike", row, people=round(row["people"], 1), third=third)


def _implied_beyond(values: Values, rules: Rules) -> Iterator[Finding]:
    """A population implied by number and percentage that no region of the level has."""
    here = _implied(values)
    bounds = {region: rules.thresholds.people_of(region) for region in here["region"].unique()}
    for row in here.iter_rows(named=True):
        limits = bounds[row["region"]]
        if limits is None or (row["high"] * THOUSAND >= limits[0] and row["low"] * THOUSAND <= limits[1]):
            continue
        low, high = (people // THOUSAND for people in limits)
        yield _doubted("implied-population-beyond", row, low=low, high=high)


def _implied_jumps(values: Values, rules: Rules) -> Iterator[Finding]:
    """A population implied by number and percentage that no region gains or loses within a year."""
    most = float(rules.thresholds.implied_population_change)
    here = _implied(values)
    before = here.select(
        "region", "period", pl.col("year") + 1, *(pl.col(n).alias(f"{n}_before") for n in ("low", "high", "implied"))
    )
    steps = here.join(before, on=["region", "year", "period"], maintain_order="left")
    jumped = (pl.col("low") > pl.col("high_before") * (1 + most)) | (pl.col("high") < pl.col("low_before") * (1 - most))
    for row in steps.filter(jumped).iter_rows(named=True):
        yield _doubted("implied-population-jumps", row, before=round(row["implied_before"], 1))


def _doubted(code: str, row: Row, **more: object) -> Finding:
    """Return the finding on a population implied by the number of a row and its percentage."""
    told = {"name": row["name_read"], "year": str(row["year"]), "implied": round(row["implied"], 1)}
    told |= {"other": cell_at(row["_sheet_p"], row["_col_p"], row["_row_p"])}
    return Finding(code, Severity.WARNING, cell_at(row["_sheet"], row["_col"], row["_row"]), told | more)


WHOLE_CHECKS = (
    Check(_some_number, _sums),
    Check(_several_years_of_both, _implied_jumps),
    Check(_both, _implied_beyond),
    Check(_all_three, _people_unlike),
)
