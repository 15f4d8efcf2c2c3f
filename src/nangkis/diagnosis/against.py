"""A diagnosis held against what was asked for: the province, the nation, or the regions most like the one at hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.judging import Class
from nangkis.diagnosis.position import Against, Peer, Position
from nangkis.indicators.catalogue import Aggregation, indicators
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.refusals import RequestRefused


class ComparisonMeaningless(RequestRefused):
    """A region, or an indicator, cannot be held against what was asked for."""


def check_against(here: Place, against: Against, codes: Collection[str]) -> None:
    """Refuse what has no meaning; ``codes`` are the indicators that were asked for by name.

    Raises ComparisonMeaningless for the nation against anything, for a province against anything but the nation, and
    for a number of people, which follows the size of a region.
    """
    if here.level is Level.NATION:
        raise ComparisonMeaningless("against-nation-itself", region=here.name)
    if here.level is Level.PROVINCE and against is not Against.NATION:
        raise ComparisonMeaningless("against-of-province", region=here.name, against=against.value)
    for code in codes:
        if indicators()[code].aggregation is Aggregation.SUM:
            raise ComparisonMeaningless("against-of-count", indicator=code)


def held_against(found: Diagnosis, against: Against) -> Diagnosis:
    """Return the diagnosis with the class of each position against what was asked for."""
    return replace(found, positions=tuple(_held(found, stand, against) for stand in found.positions))


def _held(found: Diagnosis, stand: Position, against: Against) -> Position:
    if stand.indicator.aggregation is Aggregation.SUM:
        return stand  # told as ever, as a part of the total
    held = replace(stand, against=against)
    if against is not Against.NATION:
        return held
    return replace(held, peers=tuple(_against_nation(found, peer) for peer in held.peers))


def _against_nation(found: Diagnosis, peer: Peer) -> Peer:
    fact = peer.fact
    row = found.judged.value(fact.indicator, fact.region, fact.period, fact.year)
    told = None if row is None else row["nation_class"]
    return replace(peer, verdict=None if told is None else Class(told))
