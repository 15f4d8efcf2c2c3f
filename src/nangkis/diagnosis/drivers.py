"""Keterkaitan: down a determinant tree to what is worse than above and does not improve, and who may act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nangkis.diagnosis.determinants import Government, Node, below, may_act
from nangkis.diagnosis.judging import Class, Movement
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.trend import Trend
from nangkis.indicators.catalogue import Indicator
from nangkis.regions.register import Place


@dataclass(frozen=True)
class Driver:
    """A determinant that is worse than the province (a province's: the nation) and does not improve.

    ``movement`` is None where its course is not judged. ``own`` says whether the region's government may act on it
    itself; else it can propose to those in ``acts``.
    """

    stand: Position
    movement: Movement | None
    acts: tuple[Government, ...]
    own: bool


@dataclass(frozen=True)
class Drivers:
    """What stands behind an indicator: ``found``; ``cleared`` are judged and no drivers, ``unknown`` not judged."""

    indicator: Indicator
    place: Place
    found: tuple[Driver, ...]
    cleared: tuple[str, ...]
    unknown: tuple[str, ...]


def drivers(
    indicator: Indicator,
    place: Place,
    tree: Node,
    positions: Mapping[str, Position],
    trends: Mapping[str, Trend],
) -> Drivers:
    """Return the drivers of an indicator, in the order of its tree; of one that stands twice, the first."""
    nodes = {node.indicator: node for node in reversed(tuple(below(tree)))}
    ordered = dict.fromkeys(node.indicator for node in below(tree))
    found, cleared, unknown = [], [], []
    for code in ordered:
        stand = positions.get(code)
        if stand is None or stand.verdict is None:
            unknown.append(code)
            continue
        movement = trends[code].movement
        if stand.verdict is Class.WORSE and movement is not Movement.IMPROVING:
            node = nodes[code]
            found.append(Driver(stand, movement, node.acts, may_act(node.acts, place.level)))
        else:
            cleared.append(code)
    return Drivers(indicator, place, tuple(found), tuple(cleared), tuple(unknown))
