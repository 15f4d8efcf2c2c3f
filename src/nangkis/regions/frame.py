"""The register as a table, for computing over all regions at once."""

from __future__ import annotations

from functools import cache

import polars as pl

from nangkis.regions.register import Level, Place, province_of, registered
from nangkis.regions.splits import every_split
from nangkis.regions.table import CANONICAL, NATION
from nangkis.vocabulary.codes import Region


REGENCY = "regency"
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region)
        "level": pl.String(),  # nation, province, or regency for kabupaten and kota
        "province": pl.String(),  # the province that a regency lies in; null above
        "nation": pl.String(),
        "own_from": pl.Int32(),  # the first year with figures of its own, where it was founded in the data's time
        "comparable_from": pl.Int32(),  # the first year within today's borders, where they changed
    }
)


@cache
def places() -> pl.DataFrame:
    """Return nations, provinces, kabupaten and kota of every canonical system, each parent before its children."""
    founded = {split.child: split.first_own_year for split in every_split()}
    since: dict[Region, int] = {}
    for split in every_split():
        for here in (split.child, split.parent):
            since[here] = max(split.comparable_from, since.get(here, 0))
    systems = dict.fromkeys(CANONICAL.values())
    rows = [_row(here, founded, since) for system in systems for here in registered(system)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def is_founded() -> pl.Expr:
    """Say of a row with ``own_from`` and ``year`` whether its region had figures of its own in that year."""
    return pl.col("own_from").is_null() | (pl.col("year") >= pl.col("own_from"))


def members(above: str, years: pl.Series) -> pl.DataFrame:
    """Return ``region``, ``year``, ``members``: how many regencies a ``province``, or ``nation``, had in each year."""
    regencies = places().filter(pl.col("level") == REGENCY).select(pl.col(above).alias("region"), "own_from")
    founded = regencies.join(years.unique().to_frame("year"), how="cross").filter(is_founded())
    return founded.group_by("region", "year").agg(pl.len().alias("members"))


def _row(here: Place, founded: dict[Region, int], since: dict[Region, int]) -> tuple[str | int | None, ...]:
    above = {Level.NATION, Level.PROVINCE}
    return (
        str(here.region),
        str(here.level) if here.level in above else REGENCY,
        None if here.level in above else str(province_of(here.region)),
        str(Region(here.region.system, NATION)),
        founded.get(here.region),
        since.get(here.region),
    )
