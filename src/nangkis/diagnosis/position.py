"""Posisi relatif: where a region's latest value stands against its province, the nation and the regions beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from nangkis.diagnosis.judging import Absent, Class, class_of
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.sampling import Design, SamplingError, difference_signs, error_of
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator
from nangkis.indicators.facts import PREFERRED, PUBLISHED, Fact, Facts, founding_after
from nangkis.regions import register, splits
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import ParameterUse


# Reasons that no other table and no other year would take away.
NEVER_COMPARED = frozenset({"absent.is-no-regency", "absent.is-nation", "absent.count-of-people"})


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
    no value in that year, with the reason.
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

    @property
    def nearest(self) -> Comparison | Absent:
        """The comparison with what lies right above: the province, and for a province the nation."""
        return self.nation if self.place.level is Level.PROVINCE else self.province


def rank_ranges(value: pl.Series, error: pl.Series, *, z: float, lower_is_better: bool) -> pl.DataFrame:
    """Return the columns ``place``, ``best`` and ``worst`` of each value among all of them; equal values share a place.

    ``best`` is 1 + the number of values that are better by more than chance allows, ``worst`` the number of values
    minus those that are worse by more; tests as in :func:`difference_signs`, pair by pair.

    >>> rank_ranges(pl.Series([5.0, 9.0]), pl.Series([1.0, 1.0]), z=2, lower_is_better=True).rows()
    [(1, 1, 1), (2, 2, 2)]
    """
    good = -1 if lower_is_better else 1
    rows = []
    for own, own_error in zip(value, error, strict=True):
        signs = difference_signs(value, error, pl.Series([own]), pl.Series([own_error], dtype=pl.Float64), z=z) * good
        better = int((value < own).sum() if lower_is_better else (value > own).sum())
        rows.append((1 + better, 1 + int((signs > 0).sum()), len(value) - int((signs < 0).sum())))
    return pl.DataFrame(rows, schema={"place": pl.Int64, "best": pl.Int64, "worst": pl.Int64}, orient="row")


def position(facts: Facts, indicator: Indicator, place: Place, year: int, *, rules: Rules) -> Position | Absent:
    """Return where a region stands in a year, all values of that year; Absent when it has no value then."""
    period = facts.period_of(indicator.code, place.region)
    fact = facts.value(indicator.code, place.region, year, period)
    if fact is None or fact.value is None:
        return absence(fact, place, year)
    above, design = register.place(place.parent) if place.parent is not None else None, rules.design
    no_field = _no_field(above, year)
    peers, without = ((), ()) if no_field else _peers(facts, indicator, fact, above, design=design)
    subject = Peer(place, fact, error_of(fact, facts=facts, design=design), None)
    return Position(
        indicator=indicator,
        place=place,
        above=above,
        fact=fact,
        error=subject.error,
        province=_against_province(facts, indicator, subject, design=design),
        nation=_against_nation(facts, indicator, subject, design=design),
        rank=no_field or _rank(indicator, place, peers, rules=rules),
        share=_share(facts, indicator, fact, above),
        peers=peers,
        without=without,
    )


def latest_position(
    facts: Facts, indicator: Indicator, place: Place, years: Sequence[int], *, rules: Rules
) -> Position | Absent:
    """Return where a region stands in the last of some years, in order.

    Where that value has nothing to be compared with, the last recent year that has is told instead, with the newer
    value beside it.
    """
    latest = position(facts, indicator, place, years[-1], rules=rules)
    if isinstance(latest, Absent) or isinstance(latest.nearest, Comparison) or latest.nearest.code in NEVER_COMPARED:
        return latest
    newer = Newer(latest.fact, latest.error, latest.nearest)
    for year in reversed([year for year in years[:-1] if years[-1] - year <= rules.recent_years]):
        earlier = position(facts, indicator, place, year, rules=rules)
        if isinstance(earlier, Position) and isinstance(earlier.nearest, Comparison):
            return replace(earlier, newer=newer, uses=(rules.stale,))
    return latest


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


def _against_province(facts: Facts, indicator: Indicator, subject: Peer, *, design: Design) -> Comparison | Absent:
    if subject.place.level in {Level.NATION, Level.PROVINCE}:
        return Absent("absent.is-no-regency", {"place": subject.place})
    return compare(facts, indicator, subject, register.province_of(subject.place.region), design=design)


def _against_nation(facts: Facts, indicator: Indicator, subject: Peer, *, design: Design) -> Comparison | Absent:
    if subject.place.level is Level.NATION:
        return Absent("absent.is-nation", {"place": subject.place})
    return compare(facts, indicator, subject, register.nation_of(subject.place.region), design=design)


def compare(
    facts: Facts, indicator: Indicator, subject: Peer, region: Region, *, design: Design
) -> Comparison | Absent:
    """Compare a region's value with that of the province or the nation, of the same year and period."""
    reference, year = register.place(region), subject.fact.year
    if indicator.aggregation is Aggregation.SUM:
        return Absent("absent.count-of-people", {"reference": reference})
    fact = reference_value(facts, indicator, reference, year, subject.fact.period)
    if isinstance(fact, Absent):
        return fact
    other = error_of(fact, facts=facts, design=design)
    gap = subject.fact.number - fact.number
    tested = indicator.direction is not Direction.CONTEXT and subject.error is not None and other is not None
    sign = _signs([subject], Peer(reference, fact, other, None), z=design.z)[0]
    error = None if subject.error is None or other is None else (subject.error.size**2 + other.size**2) ** 0.5
    return Comparison(reference, fact, gap, error, class_of(sign, gap, indicator=indicator, tested=tested), tested)


def reference_value(facts: Facts, indicator: Indicator, place: Place, year: int, period: str) -> Fact | Absent:
    """Return what a province or the nation is compared by in a year: the value of its borders of today, or why not."""
    fact = facts.value(indicator.code, place.region, year, period)
    if fact is None or fact.value is None:
        return absence(fact, place, year)
    if _had_other_borders(fact):
        return Absent("absent.other-borders", {"place": place, "year": str(year)})
    return fact


def _had_other_borders(fact: Fact) -> bool:
    """Say whether a published value is that of a province before it was split: no reference for those of today."""
    since = splits.first_comparable_year(fact.region)
    return fact.method in (PUBLISHED, PREFERRED) and since is not None and fact.year < since


def _signs(peers: Sequence[Peer], against: Peer, *, z: float) -> list[int]:
    value, error = _columns(peers)
    other, other_error = _columns([against])
    return difference_signs(value, error, other, other_error, z=z).to_list()


def _columns(peers: Sequence[Peer]) -> tuple[pl.Series, pl.Series]:
    value = pl.Series([peer.fact.number for peer in peers], dtype=pl.Float64)
    sizes = [None if peer.error is None else peer.error.size for peer in peers]
    return value, pl.Series(sizes, dtype=pl.Float64)


def _peers(
    facts: Facts, indicator: Indicator, fact: Fact, above: Place | None, *, design: Design
) -> tuple[tuple[Peer, ...], tuple[tuple[Place, Absent], ...]]:
    found, without = [], []
    for place in register.children(above.region) if above is not None else ():
        own = facts.value(indicator.code, place.region, fact.year, fact.period)
        if own is None or own.value is None:
            without.append((place, absence(own, place, fact.year)))
            continue
        peer = Peer(place, own, error_of(own, facts=facts, design=design), None)
        found.append(_classed(facts, indicator, peer, above, design=design))
    down = indicator.direction is not Direction.LOWER
    found.sort(key=lambda peer: (-peer.fact.number if down else peer.fact.number, str(peer.place.region)))
    return tuple(found), tuple(without)


def _classed(facts: Facts, indicator: Indicator, peer: Peer, above: Place | None, *, design: Design) -> Peer:
    against = compare(facts, indicator, peer, above.region, design=design) if above is not None else None
    verdict = against.verdict if isinstance(against, Comparison) else None
    return Peer(peer.place, peer.fact, peer.error, verdict)


def _rank(indicator: Indicator, place: Place, peers: tuple[Peer, ...], *, rules: Rules) -> Rank | Absent:
    if indicator.direction is Direction.CONTEXT:
        return Absent("absent.nothing-better")
    if place.level is Level.NATION:
        return Absent("absent.is-nation", {"place": place})
    if len(peers) < rules.fewest_regions:
        return Absent("absent.few-regions", {"fewest": rules.regions_needed})
    value, error = _columns(peers)
    ranges = rank_ranges(value, error, z=rules.design.z, lower_is_better=indicator.direction is Direction.LOWER)
    own = next(number for number, peer in enumerate(peers) if peer.place == place)
    return Rank(**ranges.row(own, named=True), count=len(peers))


def _share(facts: Facts, indicator: Indicator, fact: Fact, above: Place | None) -> Share | Absent:
    if indicator.aggregation is not Aggregation.SUM or above is None:
        return Absent("absent.no-total")
    total = reference_value(facts, indicator, above, fact.year, fact.period)
    if isinstance(total, Absent):
        return total
    return Share(above, total, fact.number / total.number)
