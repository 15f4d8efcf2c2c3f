"""Which kecamatan and desa come first: points by a rule that can be read, from families by decile and two classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameter, Parameters
from nangkis.planning.places_schema import DECILES, KIND, SCHEMA, PlaceLevel
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse


RULE = "lokasi_prioritas"
CRITERIA = ("many", "dense", "fsva_low", "idm_low")
FIRST_CLASS, LAST_CLASS = "1", "3"


@dataclass(frozen=True)
class Locations:
    """The places of one level in one year, class by class, the most families of the poor deciles first.

    ``places`` has the columns of the schema and ``_table``, ``poor`` (families of the poor deciles), ``share`` (0-1 of
    all families), one truth for each of CRITERIA, ``points`` and ``priority`` (FIRST_CLASS first).
    """

    level: PlaceLevel
    year: int
    places: pl.DataFrame
    poor_deciles: int
    fsva_at_most: int
    points_of_class: Mapping[str, int]
    smallest_cell: int
    most_shown: int
    rule: ParameterUse
    manifests: tuple[TableManifest, ...]


def locate(snapshot: Snapshot, region: Region, *, parameters: Parameters, on: date) -> tuple[Locations, ...]:
    """Return the places of a kabupaten or kota by level, kecamatan first; none where no table holds any.

    The latest year of each level counts. A place whose families are not told gets no points for them. Nothing is
    ranked on a day before the rule holds.
    """
    rule = parameters.in_force(RULE, on)
    if rule is None:  # a plan of a day before the rule
        return ()
    rows = snapshot.frame(KIND, SCHEMA).filter(pl.col("region") == str(region)).collect()
    levels = (rows.filter(pl.col("level") == level.value) for level in PlaceLevel)
    return tuple(
        _ranked(of_level.filter(pl.col("year") == of_level["year"].max()), level, rule, snapshot.of_kind(KIND))
        for level, of_level in zip(PlaceLevel, levels, strict=True)
        if not of_level.is_empty()
    )


def _ranked(rows: pl.DataFrame, level: PlaceLevel, rule: Parameter, manifests: tuple[TableManifest, ...]) -> Locations:
    value = rule.value
    deciles = int(value["poor_deciles"])
    ranked = _judged(_counted(rows, deciles), value).sort(
        # Ties keep the order of codes: two runs must print the same rows.
        "priority",
        "poor",
        "place",
        descending=[False, True, False],
        nulls_last=True,
    )
    return Locations(
        level=level,
        year=int(str(ranked["year"][0])),
        places=ranked,
        poor_deciles=deciles,
        fsva_at_most=int(value["fsva_at_most"]),
        points_of_class={str(name): int(least) for name, least in value["points_of_class"].items()},
        smallest_cell=int(value["smallest_cell"]),
        most_shown=int(value["most_villages"]) if level is PlaceLevel.DESA else ranked.height,
        rule=rule.use,
        manifests=tuple(one for one in manifests if one.id in set(ranked[TABLE])),
    )


def _counted(rows: pl.DataFrame, deciles: int) -> pl.DataFrame:
    """Return each place once with ``poor``, ``families`` and ``share``."""
    # Two tables of one place and year: the one whose name comes first, so that two runs agree.
    once = rows.sort(TABLE, "_row").unique("place", keep="first", maintain_order=True)
    poor = pl.sum_horizontal([f"families_{n}" for n in range(1, deciles + 1)], ignore_nulls=False)
    total = pl.coalesce(
        "families_total", pl.sum_horizontal([f"families_{n}" for n in range(1, DECILES + 1)], ignore_nulls=False)
    )
    return once.with_columns(poor.alias("poor"), total.alias("families")).with_columns(
        pl.when(pl.col("families") > 0).then(pl.col("poor") / pl.col("families")).alias("share")
    )


def _judged(counted: pl.DataFrame, value: Mapping[str, Any]) -> pl.DataFrame:
    """Return the places with a truth for each of CRITERIA, ``points`` and ``priority``."""
    known = counted.filter(pl.col("share").is_not_null())
    overall = float(known["poor"].sum()) / float(known["families"].sum()) if known.height else None
    met = {
        "many": pl.col("poor") >= pl.lit(counted["poor"].median()),
        "dense": pl.col("share") >= pl.lit(overall, dtype=pl.Float64),
        "fsva_low": pl.col("fsva") <= int(value["fsva_at_most"]),
        "idm_low": pl.col("idm").is_in(list(value["idm"])),
    }
    judged = counted.with_columns(test.fill_null(value=False).alias(name) for name, test in met.items())
    points = judged.with_columns(pl.sum_horizontal(pl.col(CRITERIA).cast(pl.Int32)).alias("points"))
    return points.with_columns(_class(value["points_of_class"]).alias("priority"))


def _class(points_of_class: Mapping[str, int]) -> pl.Expr:
    chosen = pl.lit(LAST_CLASS)
    for name, least in sorted(points_of_class.items(), reverse=True):
        chosen = pl.when(pl.col("points") >= int(least)).then(pl.lit(name)).otherwise(chosen)
    return chosen
