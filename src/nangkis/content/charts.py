"""Charts as plain descriptions. A renderer draws them; every drawn number is a figure with an origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

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
    """A comparison line; ``role`` decides its look, the same in every chart: ``province``, ``nation`` or ``peers``."""

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
class Target:
    """What a plan sets for one year. Targets of one label are joined to one path."""

    year: int
    figure: Figure
    label: Value


@dataclass(frozen=True)
class Series:
    """Lines over years. ``breaks`` are years from which values are not comparable with those before."""

    unit: Unit
    lines: tuple[Line, ...]
    breaks: tuple[int, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Panel:
    """One of several small charts: what it shows, and its lines."""

    title: Value
    series: Series


@dataclass(frozen=True)
class SmallMultiples:
    """Small charts side by side in the order given. ``shared``: all on one scale, which needs one unit."""

    panels: tuple[Panel, ...]
    shared: bool

    def __post_init__(self) -> None:
        if self.shared and len({panel.series.unit for panel in self.panels}) > 1:
            raise ValueError("charts of several units share no scale")


@dataclass(frozen=True)
class Cut:
    """Where a quadrant chart is divided, and what that value is: the province's own, the median of its parts."""

    figure: Figure
    label: Value


class Corner(StrEnum):
    """Where a point lies, seen from both cuts; UNSURE when its error crosses one: no corner can be told."""

    UPPER_LEFT = "upper-left"
    UPPER_RIGHT = "upper-right"
    LOWER_LEFT = "lower-left"
    LOWER_RIGHT = "lower-right"
    UNSURE = "unsure"


@dataclass(frozen=True)
class QuadrantPoint:
    """One region. The errors are half the width of its 95 % interval on each axis, in the same unit, or None."""

    label: Label
    x: Figure
    y: Figure
    corner: Corner
    is_subject: bool = False
    x_error: Figure | None = None
    y_error: Figure | None = None


@dataclass(frozen=True)
class Quadrant:
    """Regions by two values. ``corners`` say in words what lying there means, UNSURE too where a point is unsure."""

    x_title: Value
    y_title: Value
    points: tuple[QuadrantPoint, ...]
    x_cut: Cut
    y_cut: Cut
    corners: tuple[tuple[Corner, Value], ...]


@dataclass(frozen=True)
class Tile:
    """One place; ``words`` say its class and what it rests on.

    ``role`` is ``first``, ``second`` or ``third``, or the shade that a map would draw it in.
    """

    role: str
    label: Label
    words: Sentence
    is_subject: bool = False


@dataclass(frozen=True)
class Tiles:
    """Places as tiles of one size in the order given, row by row: no map, for no boundary is needed to draw it."""

    tiles: tuple[Tile, ...]


Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Outline:
    """Where a place lies: polygons, each its outer ring and then its holes, of (longitude, latitude) in degrees."""

    polygons: tuple[tuple[Ring, ...], ...]


class Shade(StrEnum):
    """How dark a class of a map is drawn; NONE is where nothing can be said: no value, or no class that holds."""

    LIGHTEST = "lightest"
    LIGHT = "light"
    MIDDLE = "middle"
    DARK = "dark"
    DARKEST = "darkest"
    NONE = "none"


@dataclass(frozen=True)
class Area:
    """One place of a map: its class, its value, None where it has none, and words that say both."""

    label: Label
    shade: Shade
    figure: Figure | None
    words: Sentence
    outline: Outline
    is_subject: bool = False


@dataclass(frozen=True)
class Map:
    """Places by class. ``classes`` are the key, each with its words, in the order in which it is read.

    ``named``: names and values are written beside the places; a nation has too many for that.
    """

    unit: Unit
    classes: tuple[tuple[Shade, Value], ...]
    areas: tuple[Area, ...]
    named: bool = True


def map_or_tiles(chart: Map) -> Map | Tiles:
    """Return the map, or its places as tiles in the same classes where no place has an outline."""
    if any(area.outline.polygons for area in chart.areas):
        return chart
    return Tiles(tuple(Tile(area.shade, area.label, area.words, area.is_subject) for area in chart.areas))


Chart = SortedBars | Series | Tiles | SmallMultiples | Quadrant | Map


def figures_of(chart: Chart) -> tuple[Figure, ...]:
    """Return every figure that a chart draws."""
    match chart:
        case SortedBars():
            bars = [figure for bar in chart.bars for figure in (bar.figure, bar.error)]
            return _known((*bars, *(line.figure for line in chart.lines)))
        case Series():
            points = [figure for line in chart.lines for point in line.points for figure in (point.figure, point.error)]
            said = (*(line.label for line in chart.lines), *(target.label for target in chart.targets))
            labels = [figure for label in said for figure in figures_in(label)]
            return _known((*points, *(target.figure for target in chart.targets), *labels))
        case Tiles():
            return tuple(figure for tile in chart.tiles for figure in figures_in(tile.words))
        case SmallMultiples():
            titles = (figure for panel in chart.panels for figure in figures_in(panel.title))
            return (*titles, *(figure for panel in chart.panels for figure in figures_of(panel.series)))
        case Quadrant():
            return _of_quadrant(chart)
        case Map():
            keys = (figure for _, words in chart.classes for figure in figures_in(words))
            areas = [figure for area in chart.areas for figure in (area.figure, *figures_in(area.words))]
            return (*keys, *_known(areas))
        case _:
            assert_never(chart)


def _of_quadrant(chart: Quadrant) -> tuple[Figure, ...]:
    cuts = (chart.x_cut, chart.y_cut)
    words = (chart.x_title, chart.y_title, *(cut.label for cut in cuts), *(words for _, words in chart.corners))
    points = [figure for each in chart.points for figure in (each.x, each.y, each.x_error, each.y_error)]
    return _known((*(cut.figure for cut in cuts), *points, *(figure for each in words for figure in figures_in(each))))


def _known(figures: Iterable[Figure | None]) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure is not None)
