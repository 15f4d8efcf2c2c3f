"""Charts as plain descriptions. A renderer draws them; every drawn number is a figure with an origin."""

from __future__ import annotations

from dataclasses import dataclass

from nangkis.content.sentences import Sentence, Value, figures_in
from nangkis.vocabulary.figures import Figure, Label
from nangkis.vocabulary.units import Unit


@dataclass(frozen=True)
class Bar:
    """One region's bar. ``error`` is half the width of its 95 % interval in the same unit, or None."""

    label: Label
    figure: Figure
    error: Figure | None
    is_subject: bool


@dataclass(frozen=True)
class ReferenceLine:
    """A comparison line; ``role`` decides its look, the same in every chart: ``province`` or ``nation``."""

    role: str
    label: Value
    figure: Figure


@dataclass(frozen=True)
class SortedBars:
    """Bars in the order given, with comparison lines."""

    unit: Unit
    bars: tuple[Bar, ...]
    lines: tuple[ReferenceLine, ...]


@dataclass(frozen=True)
class Point:
    """One year of a series; ``figure`` is None where the value is missing.

    ``error`` is half the width of its 95 % interval in the same unit, or None.
    """

    year: int
    figure: Figure | None
    error: Figure | None = None


@dataclass(frozen=True)
class Line:
    """One series; ``role`` is ``subject``, ``province`` or ``nation``."""

    role: str
    label: Value
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Series:
    """Lines over years. ``breaks`` are years from which values are not comparable with those before."""

    unit: Unit
    lines: tuple[Line, ...]
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One place; ``role`` is ``first``, ``second`` or ``third``, and ``words`` say its class and what it rests on."""

    role: str
    label: Label
    words: Sentence


@dataclass(frozen=True)
class Tiles:
    """Places as tiles of one size in the order given, row by row: no map, for no boundary is needed to draw it."""

    tiles: tuple[Tile, ...]


Chart = SortedBars | Series | Tiles


def figures_of(chart: Chart) -> tuple[Figure, ...]:
    """Return every figure that a chart draws."""
    if isinstance(chart, SortedBars):
        bars = [figure for bar in chart.bars for figure in (bar.figure, bar.error) if figure is not None]
        return (*bars, *(line.figure for line in chart.lines))
    if isinstance(chart, Tiles):
        return tuple(figure for tile in chart.tiles for figure in figures_in(tile.words))
    points = (point for line in chart.lines for point in line.points)
    return tuple(figure for point in points for figure in (point.figure, point.error) if figure is not None)
