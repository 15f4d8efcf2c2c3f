"""Checks on families by decile: deciles against their total, kecamatan against the sum of their desa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Limits
from nangkis.planning.places_schema import DECILES, PlaceLevel
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


def check_places(lines: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """Yield what a person should look at among accepted rows; nothing is changed by it."""
    later = lines.filter(~pl.col("place").is_first_distinct())["_row"]
    yield from one_finding("place-twice", Severity.WARNING, sheet, letters["code"], rows=later, limits=limits)
    given = [f"families_{decile}" for decile in range(1, DECILES + 1) if f"families_{decile}" in letters]
    if "families_total" in letters:
        every = pl.sum_horizontal(given, ignore_nulls=False)
        total = pl.col("families_total")
        differs = (every != total) if len(given) == DECILES else (every > total)
        rows = lines.filter(differs.fill_null(value=False))["_row"]
        letter = letters["families_total"]
        yield from one_finding("place-total-differs", Severity.WARNING, sheet, letter, rows=rows, limits=limits)
        given.append("families_total")
    for column in given:
        yield from _districts(lines, sheet, letters[column], column)


def _districts(lines: pl.DataFrame, sheet: Sheet, letter: str, column: str) -> Iterator[Finding]:
    """Each kecamatan against its desa, where all of these have a number."""
    above = pl.col("place").str.extract(r"^(.*)\.[0-9]{4}$").alias("above")
    desa = lines.filter(pl.col("level") == PlaceLevel.DESA).with_columns(above)
    sums = desa.group_by("above").agg(pl.col(column).sum().alias("sum"), pl.col(column).has_nulls().alias("open"))
    kecamatan = lines.filter(pl.col("level") == PlaceLevel.KECAMATAN)
    both = kecamatan.join(sums.filter(~pl.col("open")), left_on="place", right_on="above", maintain_order="left")
    for row in both.filter(pl.col(column) != pl.col("sum")).iter_rows(named=True):
        told: dict[str, object] = {"name": row["place_name"], "value": row[column], "sum": row["sum"]}
        yield Finding("kecamatan-differs", Severity.WARNING, cell_at(sheet.name, letter, row["_row"]), told)
