"""What the layouts of indicators share: the reading of accepted values, whose it is, and how its places were told."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nangkis.indicators.schema import KIND
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.accepted import reading_of
from nangkis.intake.layouts.error_columns import without_none
from nangkis.intake.repairs.places import PlacesRead
from nangkis.lake.manifest import Reading
from nangkis.regions.register import Level, Place, nation_of, place, province_of
from nangkis.vocabulary.findings import Finding, Repair


def inferred(sheet: Sheet, read: PlacesRead) -> tuple[Repair, ...]:
    """Return the repair that says under which code system codes and names agree; none where it was said."""
    if not read.inferred:
        return ()
    return (Repair("codes-inferred", sheet.name, len(read.rows), {"system": str(read.system)}),)


def owner_of(places: list[Place]) -> Place:
    """Return the smallest of region, province and nation that holds all places."""
    if len(set(places)) == 1:
        return places[0]
    return whole_of(places)


def whole_of(places: Sequence[Place]) -> Place:
    """Return the province that all places lie in, else the nation."""
    nation = nation_of(places[0].region)
    if any(here.level is Level.NATION for here in places):
        return place(nation)
    provinces = {province_of(here.region) for here in places}
    return place(provinces.pop() if len(provinces) == 1 else nation)


def values_reading(
    sheet: Sheet,
    kinds: pl.Series,
    values: pl.DataFrame,
    *,
    read: PlacesRead,
    owner: Place,
    layout: str,
    version: int,
    repairs: tuple[Repair, ...],
    findings: tuple[Finding, ...],
) -> Reading:
    """Return the reading of accepted values, at least one; ``kinds`` says of each row of the sheet what it is."""
    years = sorted(set(values["year"].to_list()))
    about = {
        "indicators": ",".join(sorted(set(values["indicator"].to_list()))),
        "years": str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}",
        "periods": ",".join(sorted(set(values["period"].to_list()))),
        "codes": str(read.system),
        "place": owner.name,
    }
    return reading_of(
        sheet,
        kinds,
        without_none(values),
        kind=KIND,
        about=about,
        owner=str(owner.region),
        layout=layout,
        version=version,
        repairs=repairs,
        findings=findings,
    )
