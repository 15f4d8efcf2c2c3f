"""Which regions are like each other, by what planners agree makes them so (domain note 10.18), and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from nangkis.diagnosis.grid import firsts, grid_of
from nangkis.diagnosis.standing import class_of, sign_of
from nangkis.indicators.panel import SERIES
from nangkis.parameters.dated import Parameter
from nangkis.regions.frame import REGENCY, places
from nangkis.regions.register import Level, place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse


@dataclass(frozen=True)
class Likeness:
    """What makes regions alike. ``traits`` pairs an indicator with whether its logarithm counts.

    ``groups`` gives the group of islands by the first two digits of the code; another group counts as ``islands``
    standard deviations. ``least`` is how many traits two regions must share to be compared.
    """

    peers: int
    least: int
    islands: float
    traits: tuple[tuple[str, bool], ...]
    groups: dict[str, int]
    use: ParameterUse


def likeness(rule: Parameter) -> Likeness:
    """Return what a dated rule says makes regions alike."""
    said = rule.value
    return Likeness(
        peers=int(said["peers"]),
        least=int(said["least"]),
        islands=float(said["islands"]),
        traits=tuple((one["indicator"], one["of"] == "log") for one in said["traits"]),
        groups={digits: number for number, group in enumerate(said["groups"]) for digits in group},
        use=rule.use,
    )


def nearest(panel: pl.DataFrame, rule: Likeness, regions: Sequence[Region] | None = None) -> pl.DataFrame:
    r"""Return the regions nearest to each kabupaten or kota among those of its kind.

    .. math:: d^2 = \frac{m}{|T|} \sum_{t \in T} (u_t - v_t)^2 + g

    over the traits *T* that both have, of *m* in all: values standardised over the regions of a kind, each by its
    latest year; *g* is the square of ``islands`` where the two lie in different groups of islands.

    Args:
        panel: as :func:`nangkis.indicators.panel.panel` gives.
        rule: what makes regions alike.
        regions: whose peers are asked for; None for all.
    Returns: ``region``, ``peer``, ``distance``, ``shared`` (traits that both have) and ``nearness`` (1 the nearest;
        equal distances in the order of codes); none for a region without any trait.
    """
    traits = _standardised(panel, rule)
    own = traits if regions is None else traits.filter(pl.col("region").is_in([str(one) for one in regions]))
    pairs = own.join(traits, on=["kind", "system", "trait"], suffix="_other").filter(
        pl.col("region") != pl.col("region_other")
    )
    apart = (pl.col("group").first() != pl.col("group_other").first()).cast(pl.Float64) * rule.islands**2
    square = (pl.col("z") - pl.col("z_other")).pow(2)
    found = pairs.group_by("region", pl.col("region_other").alias("peer")).agg(
        (square.mean() * pl.col("most").first() + apart).sqrt().alias("distance"), pl.len().alias("shared")
    )
    ordered = found.filter(pl.col("shared") >= rule.least).sort("region", "distance", "peer")
    ranked = ordered.with_columns(pl.int_range(1, pl.len() + 1).over("region").alias("nearness"))
    return ranked.filter(pl.col("nearness") <= rule.peers)


def beside_peers(values: pl.DataFrame, peers: pl.DataFrame, paced: pl.DataFrame, *, z: float) -> pl.DataFrame:
    """Return the last value of each series beside the mean of its peers' values of that year.

    The error of the mean is that of a mean of independent estimates.

    Args:
        values: as :func:`nangkis.diagnosis.standing.compared` gives.
        peers: as :func:`nearest` gives.
        paced: the courses, as :func:`nangkis.diagnosis.course.courses` gives.
        z: how many standard errors the difference must pass.
    Returns: one row per series of which a peer has a value; none for numbers of people, which follow the size of a
        region: ``count``, ``mean`` and ``mean_error`` (null where one is not known), ``gap``, ``tested`` and ``class``.
    """
    last_year = paced["last_year"].gather(values["series"])
    own = values.filter((pl.col("year") == last_year) & pl.col("summed").not_())
    own = own.select("series", *SERIES, "year", "value", "error", "good")
    pairs = own.join(peers.select("region", "peer"), on="region").join(
        _numbers(values), on=["indicator", "period", "peer"]
    )
    grid = grid_of(values)
    found = pairs.select(pl.col("peers_series").cast(pl.Int64) * grid.wide + pl.col("year") - grid.first).to_series()
    pairs = pairs.with_columns(
        grid.column(name).gather(found).alias(f"{name}_of_peer") for name in ("value", "error")
    ).drop_nulls("value_of_peer")
    error = pl.col("error_of_peer").pow(2).sum().sqrt() / pl.len()
    means = pairs.group_by("series").agg(
        pl.len().alias("count"),
        pl.col("value_of_peer").mean().alias("mean"),
        pl.when(pl.col("error_of_peer").null_count() == 0).then(error).alias("mean_error"),
    )
    known = pl.col("error").is_not_null() & pl.col("mean_error").is_not_null()
    compared = own.join(means, on="series").with_columns(
        (pl.col("value") - pl.col("mean")).alias("gap"), ((pl.col("good") != 0) & known).alias("tested")
    )
    told = class_of(sign_of("mean", "mean_error", z=z), "gap", "tested").alias("class")
    return compared.select(*SERIES, "count", "mean", "mean_error", "gap", "tested", told)


def _numbers(values: pl.DataFrame) -> pl.DataFrame:
    """Return the number of each series by the region that may be a peer."""
    return firsts(values, "series", *SERIES).select(
        "indicator", "period", pl.col("region").alias("peer"), pl.col("series").alias("peers_series")
    )


def _standardised(panel: pl.DataFrame, rule: Likeness) -> pl.DataFrame:
    """Return ``region``, ``kind``, ``system``, ``group``, ``trait``, ``z`` and ``most`` (traits known of the kind)."""
    codes = [code for code, _ in rule.traits]
    logs = [code for code, log in rule.traits if log]
    latest = (
        panel.filter(pl.col("indicator").is_in(codes) & (pl.col("level") == REGENCY) & pl.col("value").is_not_null())
        .sort("indicator", "region", "year", maintain_order=True)
        .group_by("indicator", "region", maintain_order=True)
        .agg(pl.col("value").last())
        .join(_kinds(rule), on="region")
        .with_columns(pl.when(pl.col("indicator").is_in(logs)).then(pl.col("value").log()).otherwise("value"))
    )
    spread = pl.col("value").std(ddof=0).over("indicator", "kind", "system")
    return latest.filter(spread > 0).select(
        "region",
        "kind",
        "system",
        "group",
        pl.col("indicator").alias("trait"),
        ((pl.col("value") - pl.col("value").mean().over("indicator", "kind", "system")) / spread).alias("z"),
        pl.col("indicator").n_unique().over("kind", "system").alias("most"),
    )


def _kinds(rule: Likeness) -> pl.DataFrame:
    return _regencies().select(
        "region",
        "kind",
        "system",
        pl.col("island").replace_strict(rule.groups, default=-1, return_dtype=pl.Int64).alias("group"),
    )


@cache
def _regencies() -> pl.DataFrame:
    """Return every kabupaten and kota with its ``kind`` (kota or not), its code system and the digits of its island."""
    regencies = [Region.parse(code) for code in places().filter(pl.col("level") == REGENCY)["region"]]
    rows = [(str(here), place(here).level is Level.KOTA, str(here.system), here.digits[:2]) for here in regencies]
    schema = {"region": pl.String, "kind": pl.Boolean, "system": pl.String, "island": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
