"""Labels beside their points: none covers another or a point; one that must stand away gets a line to its point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nangkis.outputs.drawing.canvas import Segment, Spot


_NEAR = 3.0  # points between a symbol and a label beside it
_SHIFTS = tuple((x, y) for y in (0.0, -0.3, 0.3) for x in (0.0, -0.3, 0.3))
_RINGS = (6.0, 10.0, 16.0, 24.0, 34.0, 46.0, 60.0, 78.0, 100.0, 130.0)
_TURNS = 24
_SURE_SHARE = 0.88
_BESIDE = ((1, 0), (-1, 0), (0, -1), (0, 1))


@dataclass(frozen=True)
class Box:
    """An upright rectangle, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.top + self.height

    def meets(self, other: Box) -> bool:
        """Say whether two boxes share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def lies_in(self, room: Box) -> bool:
        """Say whether the box is wholly inside another."""
        across = room.left <= self.left and self.right <= room.right
        return across and room.top <= self.top and self.bottom <= room.bottom

    def nearest(self, spot: Spot) -> Spot:
        """Return the point of the box that is nearest to a spot."""
        return min(max(spot[0], self.left), self.right), min(max(spot[1], self.top), self.bottom)

    def is_crossed(self, segment: Segment) -> bool:
        """Say whether a line runs through the box."""
        (x, y), (x_end, y_end) = segment
        enters, leaves = 0.0, 1.0
        for start, way, low, high in ((x, x_end - x, self.left, self.right), (y, y_end - y, self.top, self.bottom)):
            if way == 0:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / way, (high - start) / way))
            enters, leaves = max(enters, first), min(leaves, last)
        return enters < leaves


def box_around(spot: Spot, reach: float) -> Box:
    """Return the square around a spot."""
    return Box(spot[0] - reach, spot[1] - reach, 2 * reach, 2 * reach)


@dataclass(frozen=True)
class Placed:
    """Where a label stands, and the line that joins it to its point; None where it stands beside it."""

    box: Box
    leader: Segment | None


def placed(
    spots: Sequence[Spot],
    sizes: Sequence[Spot],
    *,
    reach: float,
    room: Box,
    avoid: Sequence[Segment] = (),
    over: bool = False,
) -> tuple[Placed | None, ...]:
    """Return where the label of each spot stands, the first ones served first; None where no place is left.

    The same input gives the same places. No two boxes meet, none covers a spot; lines to moved labels run
    through no label and no spot where that can be had.

    Args:
        spots: the points, in order of importance.
        sizes: width and height of each label.
        reach: half the width of a point's symbol.
        room: in which all labels must stand.
        avoid: lines that labels should not stand on.
        over: a label may stand on its own point and on others, as on a map, where a point is no symbol.
    """
    points = [] if over else [box_around(spot, reach) for spot in spots]
    boxes: list[Box] = list(points)
    leaders: list[Segment] = list(avoid)
    found: list[Placed | None] = []
    for spot, size in zip(spots, sizes, strict=True):
        wished = _choices_over(spot, size, reach) if over else _choices(spot, size, reach)
        choices = [each for each in wished if each.box.lies_in(room)]
        free = [each for each in choices if not any(each.box.meets(other) for other in boxes)]
        labels = [each.box for each in found if each is not None]
        others = [point for point, other in zip(points, spots, strict=False) if other != spot]
        clear = (each for each in free if _is_clear(each, [*labels, *others], leaders))
        chosen = next(clear, free[0] if free else None)
        found.append(chosen)
        if chosen is not None:
            boxes.append(chosen.box)
            leaders += [chosen.leader] if chosen.leader is not None else []
    return tuple(found)


def _is_clear(choice: Placed, others: Sequence[Box], leaders: Sequence[Segment]) -> bool:
    if any(choice.box.is_crossed(leader) for leader in leaders):
        return False
    leader = choice.leader
    return leader is None or not any(other.is_crossed(leader) for other in others)


def _choices(spot: Spot, size: Spot, reach: float) -> Iterator[Placed]:
    """Yield the places of a label, the best first: right of the point, left, above, below, then ever farther away."""
    for way in _BESIDE:
        yield Placed(_box(spot, size, way, reach + _NEAR), None)
    yield from _moved(spot, size, reach)


def _choices_over(spot: Spot, size: Spot, reach: float) -> Iterator[Placed]:
    """Yield the places of a label that may cover its point, the best first; beside it, it needs a line too."""
    width, height = size
    for x, y in _SHIFTS:
        yield Placed(Box(spot[0] - width * (0.5 - x), spot[1] - height * (0.5 - y), width, height), None)
    yield from _moved(spot, size, reach)


def _moved(spot: Spot, size: Spot, reach: float) -> Iterator[Placed]:
    """Yield places ever farther away, each with a line."""
    for distance in _RINGS:
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            box = _box(spot, size, (math.cos(angle), math.sin(angle)), reach + distance)
            yield Placed(box, (spot, _narrowed(box).nearest(spot)))


def _narrowed(box: Box) -> Box:
    """Return where the letters surely are: a box has room around them, and the width of bold ones."""
    return Box(box.left + box.width * (1 - _SURE_SHARE) / 2, box.top, box.width * _SURE_SHARE, box.height)


def _box(spot: Spot, size: Spot, way: tuple[float, float], distance: float) -> Box:
    """Return the box whose nearest side or corner lies this far from the spot, in this direction."""
    width, height = size
    centre_x = spot[0] + way[0] * (distance + width / 2)
    centre_y = spot[1] + way[1] * (distance + height / 2)
    return Box(centre_x - width / 2, centre_y - height / 2, width, height)
