"""Axes with round numbers, and labels that keep apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_number


@dataclass(frozen=True)
class Scale:
    """An axis from ``low`` to ``high`` whose marks stand ``step`` apart."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The marked values."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + place * self.step, 10) for place in range(count + 1)]

    @property
    def places(self) -> int:
        """How many decimals the marks need."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    def position(self, value: float, length: float) -> float:
        """Return how far along an axis of this length a value stands."""
        return (value - self.low) / (self.high - self.low) * length


def axis_text(tick: float, scale: Scale, language: Language) -> str:
    """Return a mark of an axis as it is printed."""
    return print_number(tick, places=scale.places, language=language)


def round_scale(low: float, high: float, *, marks: int = 5) -> Scale:
    """Return the tightest scale with steps of 1, 2 or 5 that holds both ends.

    >>> round_scale(0, 17.2)
    Scale(low=0.0, high=20.0, step=5.0)
    """
    if high <= low:
        margin = abs(high) * 0.1 or 1.0
        low, high = low - margin, high + margin
    rough = (high - low) / marks
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(first * step, last * step, step)


def kept_apart(wanted: list[float], heights: list[float], *, room: float) -> list[float]:
    """Return centres near the wanted ones such that the labels do not overlap and stay within 0 to ``room``.

    >>> kept_apart([50.0, 52.0], [10.0, 10.0], room=100)
    [46.0, 56.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    groups: list[list[int]] = []
    for place in order:
        groups.append([place])
        while len(groups) > 1 and _top(groups[-1], wanted, heights, room) < _bottom(groups[-2], wanted, heights, room):
            last = groups.pop()
            groups[-1] += last
    centres = [0.0] * len(wanted)
    for group in groups:
        top = _top(group, wanted, heights, room)
        for place in group:
            centres[place] = top + heights[place] / 2
            top += heights[place]
    return centres


def _top(group: list[int], wanted: list[float], heights: list[float], room: float) -> float:
    height = sum(heights[place] for place in group)
    middle = sum(wanted[place] for place in group) / len(group)
    return min(max(middle - height / 2, 0.0), max(room - height, 0.0))


def _bottom(group: list[int], wanted: list[float], heights: list[float], room: float) -> float:
    return _top(group, wanted, heights, room) + sum(heights[place] for place in group)
