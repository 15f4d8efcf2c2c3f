"""Regions by two values, with the cuts that divide them: each corner has a shape, and every label its own place."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import Any

from nangkis.content.catalogue import Language, template
from nangkis.content.charts import Corner, Cut, Quadrant, QuadrantPoint
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.canvas import Canvas, Segment, Spot
from nangkis.outputs.drawing.look import LINE_HEIGHT, ROLE_LOOKS, Layer, key_lines, text_width, wrapped
from nangkis.outputs.drawing.placing import Box, Placed, placed
from nangkis.outputs.drawing.roles import CORNERS, Symbol
from nangkis.outputs.drawing.scale import Scale, axis_text, round_scale
from nangkis.vocabulary.figures import Figure


MOST_NAMES = 60
_HEIGHT_SHARE = 0.66
_GAP = 5.0
_RIGHT = 70.0
_REACH, _SIZE = 3.2, 34.0  # a symbol's half width, and its area
_MARGIN_SHARE = 0.06
_FARTHEST = 60.0
_LABEL_WIDER = 1.04  # room for the white around a name


@dataclass(frozen=True)
class _Words:
    """The lines of text around the plot: the title above it, and the names of the cuts above and beside it."""

    title: list[str]
    above: list[str]
    beside: list[str]


@dataclass(frozen=True)
class _Plot:
    """Where the plot lies on the picture, and its two axes."""

    box: Box
    x: Scale
    y: Scale

    def spot(self, x: float, y: float) -> Spot:
        """Return where two values stand."""
        box = self.box
        return box.left + self.x.position(x, box.width), box.bottom - self.y.position(y, box.height)


def quadrant_spec(chart: Quadrant, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError for a chart without points."""
    if not chart.points:
        raise ValueError("a quadrant chart needs a point")
    x = _scale([point.x for point in chart.points], chart.x_cut)
    y = _scale([point.y for point in chart.points], chart.y_cut)
    words = _words(chart, language, width)
    top = (len(words.title) + len(words.above) + 0.6) * LINE_HEIGHT
    left = max(text_width(axis_text(tick, y, language)) for tick in y.ticks) + 2 * _GAP
    plot = _Plot(Box(left, top, width - left - _RIGHT, width * _HEIGHT_SHARE), x, y)
    key = key_lines(((corner, spoken(said, language)) for corner, said in chart.corners), width - 4 * _GAP)
    below = plot.box.bottom + 2.6 * LINE_HEIGHT
    canvas = Canvas(width, below + (len(key) + 0.5) * LINE_HEIGHT + LINE_HEIGHT)
    _draw_axes(canvas, plot, chart, language)
    _draw_words(canvas, plot, words, chart)
    _draw_errors(canvas, plot, chart)
    _draw_points(canvas, plot, chart)
    all_named = _draw_names(canvas, plot, chart, language)
    _draw_key(canvas, key, below)
    if not all_named:
        note = template("outputs.quadrant.names", language)
        canvas.texts([((0, canvas.height - LINE_HEIGHT * 0.6), note)], color=tokens.QUIET, fontStyle="italic")
    return canvas.spec()


def _scale(figures: list[Figure], cut: Cut) -> Scale:
    """Return an axis that holds all points with some room around them, and the cut; no room below a zero."""
    values = [float(on_paper(figure)) for figure in (*figures, cut.figure)]
    margin = (max(values) - min(values)) * _MARGIN_SHARE
    low = min(values) - margin
    return round_scale(low if min(values) < 0 else max(low, 0.0), max(values) + margin)


def _words(chart: Quadrant, language: Language, width: float) -> _Words:
    title = wrapped(spoken(chart.y_title, language), width)
    above = wrapped(_cut_words(chart.x_cut, language), width - _RIGHT)
    return _Words(title, above, wrapped(_cut_words(chart.y_cut, language), _RIGHT - 2 * _GAP))


def _cut_words(cut: Cut, language: Language) -> str:
    return f"{spoken(cut.label, language)} {print_figure(cut.figure, language)}"


def _draw_axes(canvas: Canvas, plot: _Plot, chart: Quadrant, language: Language) -> None:
    box = plot.box
    grid: list[Segment] = [(plot.spot(tick, plot.y.low), plot.spot(tick, plot.y.high)) for tick in plot.x.ticks]
    grid += [(plot.spot(plot.x.low, tick), plot.spot(plot.x.high, tick)) for tick in plot.y.ticks]
    canvas.rules(grid, color=tokens.RULE, strokeWidth=0.6)
    below, before = box.bottom + LINE_HEIGHT * 0.8, box.left - _GAP
    x_marks = [((plot.spot(tick, plot.y.low)[0], below), axis_text(tick, plot.x, language)) for tick in plot.x.ticks]
    y_marks = [((before, plot.spot(plot.x.low, tick)[1]), axis_text(tick, plot.y, language)) for tick in plot.y.ticks]
    canvas.texts(x_marks, align="center", color=tokens.QUIET)
    canvas.texts(y_marks, align="right", color=tokens.QUIET)
    x_title = ((box.right, below + LINE_HEIGHT), spoken(chart.x_title, language))
    canvas.texts([x_title], align="right", color=tokens.QUIET)


def _draw_words(canvas: Canvas, plot: _Plot, words: _Words, chart: Quadrant) -> None:
    """Write the title of y, and draw the cuts, which look alike: that of x is named above the plot, of y beside it."""
    canvas.texts([((0, (row + 0.5) * LINE_HEIGHT), text) for row, text in enumerate(words.title)], color=tokens.QUIET)
    canvas.rules(_cut_lines(plot, chart), **ROLE_LOOKS["province"])
    box, (at_x, at_y) = plot.box, _cuts_cross(plot, chart)
    half = max(map(text_width, words.above)) / 2
    centre = min(max(at_x, half), canvas.width - half)
    highest = box.top - len(words.above) * LINE_HEIGHT + LINE_HEIGHT * 0.3
    above = [((centre, highest + row * LINE_HEIGHT), text) for row, text in enumerate(words.above)]
    canvas.texts(above, align="center", color=tokens.QUIET)
    first = at_y - (len(words.beside) - 1) / 2 * LINE_HEIGHT
    beside = [((box.right + _GAP, first + row * LINE_HEIGHT), text) for row, text in enumerate(words.beside)]
    canvas.texts(beside, color=tokens.QUIET)


def _cut_lines(plot: _Plot, chart: Quadrant) -> list[Segment]:
    box, (x, y) = plot.box, _cuts_cross(plot, chart)
    return [((x, box.top - 2), (x, box.bottom)), ((box.left, y), (box.right + 2, y))]


def _cuts_cross(plot: _Plot, chart: Quadrant) -> Spot:
    return _at(plot, chart.x_cut.figure, chart.y_cut.figure)


def _at(plot: _Plot, x: Figure, y: Figure) -> Spot:
    return plot.spot(float(on_paper(x)), float(on_paper(y)))


def _draw_errors(canvas: Canvas, plot: _Plot, chart: Quadrant) -> None:
    """Each interval as a thin line through its point, cut off where the plot ends."""
    box, lines = plot.box, []
    for point in chart.points:
        x, y = _at(plot, point.x, point.y)
        if point.x_error is not None:
            half = float(on_paper(point.x_error)) / (plot.x.high - plot.x.low) * box.width
            lines.append(((max(x - half, box.left), y), (min(x + half, box.right), y)))
        if point.y_error is not None:
            half = float(on_paper(point.y_error)) / (plot.y.high - plot.y.low) * box.height
            lines.append(((x, max(y - half, box.top)), (x, min(y + half, box.bottom))))
    canvas.rules(lines, color=tokens.PEERS, strokeWidth=0.7)


def _draw_points(canvas: Canvas, plot: _Plot, chart: Quadrant) -> None:
    for corner, symbol in CORNERS.items():
        spots = [_at(plot, point.x, point.y) for point in chart.points if point.corner is corner]
        canvas.symbols(spots, **_symbol_look(symbol))
    subjects = [_at(plot, point.x, point.y) for point in chart.points if point.is_subject]
    ring = {
        "shape": "circle",
        "filled": False,
        "color": tokens.NILA,
        "strokeWidth": 2,
        "opacity": 1,
        "size": 4.6 * _SIZE,
    }
    canvas.symbols(subjects, **ring)


def _symbol_look(symbol: Symbol) -> dict[str, Any]:
    if symbol.filled:
        return {"shape": symbol.shape, "filled": True, "color": symbol.colour, "opacity": 1, "size": _SIZE}
    hollow = {"filled": True, "fill": tokens.PAPER, "stroke": symbol.colour, "strokeWidth": 1.3, "opacity": 1}
    return {"shape": symbol.shape, "size": _SIZE, **hollow}


def _draw_names(canvas: Canvas, plot: _Plot, chart: Quadrant, language: Language) -> bool:
    """Name the region itself, then the others unless they are too many; say whether each point got its name."""
    order = sorted(chart.points, key=lambda point: not point.is_subject)
    sizes = [_size(spoken(point.label, language), point) for point in order]
    spots = [_at(plot, point.x, point.y) for point in order]
    # Every point keeps names away, named or not.
    places = placed(spots, sizes, reach=_REACH + 1, room=plot.box, avoid=_cut_lines(plot, chart))
    shown = [
        (point, place)
        for point, place in zip(order, places, strict=True)
        if place is not None and (point.is_subject or (len(order) <= MOST_NAMES and _is_near(place)))
    ]
    for is_subject, look in ((False, {"color": tokens.INK}), (True, {"color": tokens.NILA, "fontWeight": "bold"})):
        own = [place.leader for point, place in shown if point.is_subject is is_subject]
        line = {"color": tokens.NILA, "strokeWidth": 1.0} if is_subject else {"color": tokens.QUIET, "strokeWidth": 0.5}
        canvas.rules([leader for leader in own if leader is not None], **line)
        texts = [
            (_middle(place), spoken(point.label, language)) for point, place in shown if point.is_subject is is_subject
        ]
        canvas.haloed(texts, align="center", **look)
    return len(shown) == len(order)


def _is_near(place: Placed) -> bool:
    """Say whether a name stands where a reader finds its point: many long lines across each other lead nowhere."""
    return place.leader is None or dist(*place.leader) <= _FARTHEST


def _size(text: str, point: QuadrantPoint) -> Spot:
    return text_width(text) * (1.1 if point.is_subject else _LABEL_WIDER), LINE_HEIGHT


def _middle(place: Placed) -> Spot:
    return place.box.left + place.box.width / 2, place.box.top + place.box.height / 2


def _draw_key(canvas: Canvas, key: list[tuple[Corner | None, str]], top: float) -> None:
    for row, (corner, text) in enumerate(key):
        y = top + (row + 0.5) * LINE_HEIGHT
        canvas.texts([((4 * _GAP, y), text)])
        if corner is not None:
            canvas.symbols([(2 * _GAP, y)], **_symbol_look(CORNERS[corner]))
