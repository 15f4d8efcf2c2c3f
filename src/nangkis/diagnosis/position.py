"""Posisi relatif: where a region's latest value stands against its province, the nation and the regions beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from nangkis.diagnosis.errors import SamplingError, error_of
from nangkis.diagnosis.judged import Judged, Verdict
from nangkis.diagnosis.judging import Absent, Class
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.rules import Rules
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator
from nangkis.indicators.facts import COMPUTED, Fact, Facts, founding_after
from nangkis.regions import register, splits
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse


# Reasons that no other table and no other year would take away.
NEVER_COMPARED = frozenset({"absent.is-no-regency", "absent.is-nation", "absent.count-of-people"})


class Against(StrEnum):
    """What a position may be held against."""

    PROVINCE = "province"
    NATION = "nation"
    PEERS = "peers"


@dataclass(frozen=True)
class Comparison:
    """A value against another's. ``gap`` is own minus reference, in the indicator's unit; ``error`` its standard error.

    ``verdict`` is by a test of the difference, or the bare side where none is made (``tested``).
    """

    reference: Place
    fact: Fact
    gap: float
    error: float | None
    verdict: Class
    tested: bool


@dataclass(frozen=True)
class Rank:
    """A place in the order, 1 the best, among ``count`` regions; ``best`` and ``worst`` are what the data allow."""

    place: int
    best: int
    worst: int
    count: int


@dataclass(frozen=True)
class Peer:
    """One of the regions beside the subject, or the subject itself, with its class against what lies above them."""

    place: Place
    fact: Fact
    error: SamplingError | None
    verdict: Class | None


@dataclass(frozen=True)
class Share:
    """A region's part (0-1) of the total of the region above it."""

    reference: Place
    total: Fact
    part: float


@dataclass(frozen=True)
class Newer:
    """A later value than that of the position, which cannot be compared yet, and why."""

    fact: Fact
    error: SamplingError | None
    why: Absent


@dataclass(frozen=True)
class Position:
    """Where a region stands in one indicator in one year. ``share`` is told of numbers of people only.

    ``newer`` is the latest value, where the position is that of an earlier year, by the rule in ``uses``.
    ``peers`` come best first (highest first where nothing is better), ties by code; ``without`` are those that have
    no value in that year, with the reason. ``against`` is what the position was asked to be held against; None for
    what lies right above.
    """

    indicator: Indicator
    place: Place
    above: Place | None
    fact: Fact
    error: SamplingError | None
    province: Comparison | Absent
    nation: Comparison | Absent
    rank: Rank | Absent
    share: Share | Absent
    peers: tuple[Peer, ...]
    without: tuple[tuple[Place, Absent], ...]
    newer: Newer | None = None
    uses: tuple[ParameterUse, ...] = ()
    against: Against | None = None

    @property
    def nearest(self) -> Comparison | Absent:
        """The comparison with what was asked for, else what lies right above: for a province the nation."""
        return self.nation if self.is_against_nation else self.province

    @property
    def is_against_nation(self) -> bool:
        """Say whether the class is that against the nation's value."""
        return self.against is Against.NATION or self.place.level is Level.PROVINCE

    @property
    def verdict(self) -> Class | None:
        """The class against what lies right above by a test; None where none was made."""
        nearest = self.nearest
        return nearest.verdict if isinstance(nearest, Comparison) and nearest.tested else None


def position(judged: Judged, indicator: Indicator, place: Place) -> Position | Absent:
    """Return where a region stands: in its last year, or the last that can be compared. Absent without any value."""
    row = judged.row("standings", indicator.code, place.region)
    if row is None:
        return Absent("absent.no-data", {"place": place})
    fact = _fact(judged, row)
    above = register.place(place.parent) if place.parent is not None else None
    field = _no_field(above, fact.year)
    newer = _newer(judged, row) if row["newest"] != row["year"] else None
    return Position(
        indicator=indicator,
        place=place,
        above=above,
        fact=fact,
        error=error_of(fact, judged),
        province=comparison(judged, row, Level.PROVINCE),
        nation=comparison(judged, row, Level.NATION),
        rank=field or _rank(indicator, place, row, judged.rules),
        share=_share(judged.facts, indicator, fact, above),
        peers=() if field or above is None else _peers(judged, indicator, fact, above),
        without=() if field or above is None else _without(judged.facts, indicator, fact, above),
        newer=newer,
        uses=() if newer is None else (judged.rules.stale,),
    )


def _fact(judged: Judged, row: Verdict) -> Fact:
    region = Region.parse(row["region"])
    fact = judged.facts.value(row["indicator"], region, row["year"], row["period"])
    if fact is None:
        raise ValueError(f"no fact behind {row}")
    return fact


def _newer(judged: Judged, row: Verdict) -> Newer | None:
    """Return the value of the last year, which nothing right above can be compared with yet."""
    last = judged.value(row["indicator"], Region.parse(row["region"]), row["period"], row["newest"])
    if last is None:
        return None
    fact = _fact(judged, last)
    nearest = comparison(judged, last, Level.NATION if row["level"] == Level.PROVINCE else Level.PROVINCE)
    return Newer(fact, error_of(fact, judged), nearest) if isinstance(nearest, Absent) else None


def comparison(judged: Judged, row: Verdict, above: Level) -> Comparison | Absent:
    """Return a value beside that of its province or nation, of the same year and period, or why it is not compared."""
    own = register.place(Region.parse(row["region"]))
    if own.level is Level.NATION and above is Level.NATION:
        return Absent("absent.is-nation", {"place": own})
    if own.level in {Level.NATION, Level.PROVINCE} and above is Level.PROVINCE:
        return Absent("absent.is-no-regency", {"place": own})
    reference = register.place((register.province_of if above is Level.PROVINCE else register.nation_of)(own.region))
    if row["summed"]:
        return Absent("absent.count-of-people", {"reference": reference})
    fact = reference_value(judged.facts, row["indicator"], reference, row["year"], row["period"])
    if isinstance(fact, Absent):
        return fact
    gap, other = row[f"{above}_gap"], row[f"{above}_error"]
    error = None if row["error"] is None or other is None else (row["error"] ** 2 + other**2) ** 0.5
    return Comparison(reference, fact, gap, error, Class(row[f"{above}_class"]), row[f"{above}_tested"])


def reference_value(facts: Facts, indicator: str, place: Place, year: int, period: str) -> Fact | Absent:
    """Return what a province or the nation is compared by in a year: the value of its borders of today, or why not."""
    fact = facts.value(indicator, place.region, year, period)
    if fact is None or fact.value is None:
        return absence(fact, place, year)
    if _had_other_borders(fact):
        return Absent("absent.other-borders", {"place": place, "year": str(year)})
    return fact


def _had_other_borders(fact: Fact) -> bool:
    """Say whether a published value is that of a province before it was split: no reference for those of today."""
    since = splits.first_comparable_year(fact.region)
    return fact.method.name not in COMPUTED and since is not None and fact.year < since


def _no_field(above: Place | None, year: int) -> Absent | None:
    """Return why today's regions of a province are no field of ranks in a year: it was founded, or split, later."""
    if above is None or above.level is not Level.PROVINCE:
        return None
    if founding_after(above.region, year):
        return absence(None, above, year)
    provinces = (split for split in splits.splits_of(above.region) if split.kind == "province")
    if any(year < split.comparable_from for split in provinces):
        return Absent("absent.borders-then", {"place": above, "year": str(year)})
    return None


def _peers(judged: Judged, indicator: Indicator, fact: Fact, above: Place) -> tuple[Peer, ...]:
    """Return the regions below what lies above, best first; ties by code."""
    beside = judged.values.filter(
        pl.col("indicator") == indicator.code,
        pl.col("above") == str(above.region),
        pl.col("period") == fact.period,
        pl.col("year") == fact.year,
    )
    down = indicator.direction is not Direction.LOWER
    ordered = beside.sort("value", "region", descending=[down, False])
    return tuple(_peer(judged, row, above) for row in ordered.iter_rows(named=True))


def _peer(judged: Judged, row: Verdict, above: Place) -> Peer:
    fact, told = _fact(judged, row), row[f"{above.level}_class"]
    return Peer(register.place(fact.region), fact, error_of(fact, judged), None if told is None else Class(told))


def _without(facts: Facts, indicator: Indicator, fact: Fact, above: Place) -> tuple[tuple[Place, Absent], ...]:
    found = []
    for here in register.children(above.region):
        own = facts.value(indicator.code, here.region, fact.year, fact.period)
        if own is None or own.value is None:
            found.append((here, absence(own, here, fact.year)))
    return tuple(found)


def _rank(indicator: Indicator, place: Place, row: Verdict, rules: Rules) -> Rank | Absent:
    if indicator.direction is Direction.CONTEXT:
        return Absent("absent.nothing-better")
    if place.level is Level.NATION:
        return Absent("absent.is-nation", {"place": place})
    if row["place"] is None:
        return Absent("absent.few-regions", {"fewest": rules.regions_needed})
    if row["error"] is None:  # its range would hold every place
        return Absent("absent.untested")
    return Rank(row["place"], row["best"], row["worst"], row["count"])


def _share(facts: Facts, indicator: Indicator, fact: Fact, above: Place | None) -> Share | Absent:
    if indicator.aggregation is not Aggregation.SUM or above is None:
        return Absent("absent.no-total")
    total = reference_value(facts, indicator.code, above, fact.year, fact.period)
    if isinstance(total, Absent):
        return total
    return Share(above, total, fact.number / total.number)
