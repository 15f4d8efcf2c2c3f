"""Borders of regions, as a boundary file of an office gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.content.charts import Outline
from nangkis.lake.snapshot import Snapshot
from nangkis.vocabulary.codes import Region


KIND = "boundary"
SCHEMA = pl.Schema(
    {
        "region": pl.String(),  # str(Region) in the canonical system
        "name": pl.String(),  # as the file writes it
        "geometry": pl.String(),  # a GeoJSON MultiPolygon in degrees: a region may have several rows
        "_sheet": pl.String(),
        "_row": pl.Int32(),
        "_col": pl.String(),
    }
)


@dataclass(frozen=True)
class Borders:
    """The outline of each region that has one, and the files that they were read from, in the order of names."""

    outlines: Mapping[Region, Outline]
    files: tuple[str, ...] = ()


def borders_of(tables: Snapshot, regions: Iterable[Region]) -> Borders:
    """Return the border of each region that has one; of several tables the one accepted last counts.

    Args:
        tables: the accepted tables.
        regions: in their canonical system.
    """
    wanted = {str(region): region for region in regions}
    rows = tables.frame(KIND, SCHEMA).filter(pl.col("region").is_in(list(wanted))).collect()
    found: dict[Region, Outline] = {}
    files: dict[Region, str] = {}
    for manifest in tables.of_kind(KIND):  # in the order of acceptance
        of_table = rows.filter(pl.col("_table") == manifest.id)
        for (region,), parts in of_table.group_by("region", maintain_order=True):
            polygons = [polygon for text in parts["geometry"] for polygon in json.loads(text)["coordinates"]]
            found[wanted[str(region)]] = _outline_of(polygons)
            files[wanted[str(region)]] = manifest.source.name
    return Borders(found, tuple(sorted(set(files.values()))))


def _outline_of(polygons: Iterable[Iterable[Iterable[Any]]]) -> Outline:
    """Return polygons of GeoJSON as a value that nothing changes."""
    return Outline(
        tuple(
            tuple(tuple((float(point[0]), float(point[1])) for point in ring) for ring in polygon)
            for polygon in polygons
        )
    )
