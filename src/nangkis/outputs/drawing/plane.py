"""Outlines on paper: from degrees to points, with no more detail than print can show."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nangkis.content.charts import Outline, Ring
from nangkis.outputs.drawing.canvas import Segment, Spot


GRID = 0.2  # points: neighbours' shared border falls on the same grid, so no gap opens between them
_LEAST_AREA = 0.12  # square points; a smaller island is a speck
_FEWEST_CORNERS = 3
_SCANS = 7

Polygon = list[list[Spot]]


@dataclass(frozen=True)
class Plane:
    """An equal scaling of degrees, narrowed along a parallel as much as the middle latitude asks."""

    west: float
    north: float
    narrow: float
    scale: float

    def spot(self, longitude: float, latitude: float) -> Spot:
        """Return where a place of the globe lies, on the grid."""
        x, y = (longitude - self.west) * self.narrow * self.scale, (self.north - latitude) * self.scale
        return round(round(x / GRID) * GRID, 2), round(round(y / GRID) * GRID, 2)


def fitted(outlines: Sequence[Outline], width: float, most_height: float) -> tuple[Plane, float, float]:
    """Return the plane on which all outlines fit, and the width and height that they take, in points."""
    outer = [polygon[0] for outline in outlines for polygon in outline.polygons]
    west, east = _ends(outer, 0)
    south, north = _ends(outer, 1)
    narrow = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min(width / across, most_height / down)
    return Plane(west, north, narrow, scale), across * scale, down * scale


def _ends(rings: Sequence[Ring], axis: int) -> tuple[float, float]:
    return min(min(each[axis] for each in ring) for ring in rings), max(
        max(each[axis] for each in ring) for ring in rings
    )


def flattened(outline: Outline, plane: Plane) -> list[Polygon]:
    """Return the polygons on the plane; a ring too small to be seen falls away, so none may be left."""
    found = []
    for polygon in outline.polygons:
        outer, *holes = (_coarse(ring, plane) for ring in polygon)
        if outer:
            found.append([_closed(outer, hole=False), *(_closed(each, hole=True) for each in holes if each)])
    return found


def _coarse(ring: Ring, plane: Plane) -> list[Spot]:
    kept: list[Spot] = []
    for longitude, latitude in ring:
        spot = plane.spot(longitude, latitude)
        if kept and spot == kept[-1]:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], spot):
            kept.pop()
        kept.append(spot)
    if kept and kept[0] == kept[-1]:
        kept.pop()
    return kept if len(kept) >= _FEWEST_CORNERS and abs(_area(kept)) >= _LEAST_AREA else []


def _is_straight(one: Spot, middle: Spot, other: Spot) -> bool:
    """Say whether the middle of three corners lies on the way from one to the other."""
    (x, y), (x_on, y_on) = (middle[0] - one[0], middle[1] - one[1]), (other[0] - middle[0], other[1] - middle[1])
    return abs(x * y_on - y * x_on) < 1e-9 and x * x_on + y * y_on > 0  # noqa: PLR2004 - rounding


def _closed(ring: list[Spot], *, hole: bool) -> list[Spot]:
    """Close a ring; holes turn the other way than what they are cut from, or they would be filled."""
    turned = ring if (_area(ring) < 0) is hole else ring[::-1]
    return [*turned, turned[0]]


def _area(ring: Sequence[Spot]) -> float:
    """Return the area; its sign tells the direction."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairs) / 2


def middle_of(polygons: Sequence[Polygon]) -> Spot:
    """Return a spot well inside the largest polygon: the middle of the widest crossing at one of some heights."""
    largest = max(polygons, key=lambda polygon: abs(_area(polygon[0])))
    low, high = min(spot[1] for spot in largest[0]), max(spot[1] for spot in largest[0])
    heights = [low + (high - low) * (step + 0.5) / _SCANS for step in range(_SCANS)]
    central = (low + high) / 2
    crossings = [(inside, y) for y in heights for inside in _crossings([largest], y)]
    if not crossings:
        return largest[0][0]
    room = (high - low) or 1.0
    # Wide, but not at the edge: a crossing loses with its distance from the middle height.
    (left, right), y = max(
        crossings, key=lambda found: (found[0][1] - found[0][0]) * (1 - abs(found[1] - central) / room)
    )
    return (left + right) / 2, y


def hatching(polygons: Sequence[Polygon], *, every: float) -> Iterator[Segment]:
    """Yield slanting lines that fill the polygons, ``every`` so many points."""
    # Turned by 45 degrees, slanting lines lie flat.
    turned = [[[(x + y, y - x) for x, y in ring] for ring in polygon] for polygon in polygons]
    heights = [spot[1] for polygon in turned for spot in polygon[0]]
    step = every * math.sqrt(2)
    row = math.ceil(min(heights) / step)
    while row * step < max(heights):
        level = row * step + 1e-6  # never through a corner
        for left, right in _crossings(turned, level):
            yield ((left - level) / 2, (left + level) / 2), ((right - level) / 2, (right + level) / 2)
        row += 1


def _crossings(polygons: Sequence[Polygon], y: float) -> Iterator[tuple[float, float]]:
    """Yield the stretches of a flat line that lie inside, from left to right."""
    cuts = []
    for polygon in polygons:
        for ring in polygon:
            for (x, start), (x_end, end) in itertools.pairwise(ring):
                if (start > y) != (end > y):
                    cuts.append(x + (y - start) / (end - start) * (x_end - x))
    cuts.sort()
    yield from zip(cuts[::2], cuts[1::2], strict=False)
