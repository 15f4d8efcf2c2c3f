"""Regions by two values, with the cuts that divide them: each corner has a shape, and every label its own place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nangkis.content.catalogue import Language, template
from nangkis.content.charts import Corner, Cut, Quadrant, QuadrantPoint
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.sentences import Value, spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.canvas import Canvas, Segment, Spot
from nangkis.outputs.drawing.look import LINE_HEIGHT, ROLE_LOOKS, Layer, text_width, wrapped
from nangkis.outputs.drawing.placing import Box, Placed, placed
from nangkis.outputs.drawing.roles import CORNERS
from nangkis.outputs.drawing.scale import Scale, axis_text, round_scale
from nangkis.vocabulary.figures import Figure


MOST_NAMES = 60
_HEIGHT_SHARE = 0.66
_GAP = 5.0
_RIGHT = 70.0
_REACH, _SIZE = 3.2, 34.0  # a symbol's half width, and its area
_MARGIN_SHARE = 0.06
_LABEL_WIDER = 1.04  # text_width is an estimate; bold letters are wider


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
    above = wrapped(_cut_words(chart.x_cut, language), width - _RIGHT)
    title = wrapped(spoken(chart.y_title, language), width)
    top = (len(title) + len(above) + 0.6) * LINE_HEIGHT
    left = max(text_width(axis_text(tick, y, language)) for tick in y.ticks) + 2 * _GAP
    plot = _Plot(Box(left, top, width - left - _RIGHT, width * _HEIGHT_SHARE), x, y)
    key = _key(chart, language, width)
    names_missing = len(chart.points) > MOST_NAMES
    below = plot.box.bottom + 2.6 * LINE_HEIGHT
    canvas = Canvas(width, below + (len(key) + 0.5) * LINE_HEIGHT + LINE_HEIGHT)
    _draw_axes(canvas, plot, chart, language)
    _draw_cuts(canvas, plot, chart, language)
    _draw_errors(canvas, plot, chart)
    _draw_points(canvas, plot, chart)
    names_missing = not _draw_names(canvas, plot, chart, language) or names_missing
    _draw_key(canvas, key, below)
    if names_missing:
        note = template("outputs.quadrant.names", language)
        canvas.texts([((0, canvas.height - LINE_HEIGHT * 0.6), note)], color=tokens.QUIET, fontStyle="italic")
    return canvas.spec()


def _scale(figures: list[Figure], cut: Cut) -> Scale:
    """Return an axis that holds all points with some room around them, and the cut."""
    values = [float(on_paper(figure)) for figure in (*figures, cut.figure)]
    margin = (max(values) - min(values)) * _MARGIN_SHARE
    return round_scale(min(values) - margin, max(values) + margin)


def _cut_words(cut: Cut, language: Language) -> str:
    return f"{spoken(cut.label, language)} {print_figure(cut.figure, language)}"


def _draw_axes(canvas: Canvas, plot: _Plot, chart: Quadrant, language: Language) -> None:
    box = plot.box
    grid: list[Segment] = [(plot.spot(tick, plot.y.low), plot.spot(tick, plot.y.high)) for tick in plot.x.ticks]
    grid += [(plot.spot(plot.x.low, tick), plot.spot(plot.x.high, tick)) for tick in plot.y.ticks]
    canvas.rules(grid, color=tokens.RULE, strokeWidth=0.6)
    quiet: dict[str, Any] = {"color": tokens.QUIET}
    below, before = box.bottom + LINE_HEIGHT * 0.8, box.left - _GAP
    x_marks = [((plot.spot(tick, plot.y.low)[0], below), axis_text(tick, plot.x, language)) for tick in plot.x.ticks]
    y_marks = [((before, plot.spot(plot.x.low, tick)[1]), axis_text(tick, plot.y, language)) for tick in plot.y.ticks]
    canvas.texts(x_marks, align="center", **quiet)
    canvas.texts(y_marks, align="right", **quiet)
    canvas.texts([((box.right, below + LINE_HEIGHT), spoken(chart.x_title, language))], align="right", **quiet)
    title = wrapped(spoken(chart.y_title, language), canvas.width)
    canvas.texts([((0, (row + 0.5) * LINE_HEIGHT), text) for row, text in enumerate(title)], **quiet)


def _draw_cuts(canvas: Canvas, plot: _Plot, chart: Quadrant, language: Language) -> None:
    """The cuts look alike; that of x is named above the plot, that of y beside it."""
    x, y = (float(on_paper(cut.figure)) for cut in (chart.x_cut, chart.y_cut))
    box, line = plot.box, ROLE_LOOKS["province"]
    at_x, at_y = plot.spot(x, y)
    canvas.rules(_cut_lines(plot, chart), **line)
    above = wrapped(_cut_words(chart.x_cut, language), canvas.width - _RIGHT)
    half = max(map(text_width, above)) / 2
    centre = min(max(at_x, half), canvas.width - half)
    tops = [box.top - (len(above) - row) * LINE_HEIGHT + LINE_HEIGHT * 0.3 for row in range(len(above))]
    canvas.texts([((centre, top), text) for top, text in zip(tops, above, strict=True)], align="center", **_quiet())
    beside = wrapped(_cut_words(chart.y_cut, language), _RIGHT - 2 * _GAP)
    first = at_y - (len(beside) - 1) / 2 * LINE_HEIGHT
    spots = [(box.right + _GAP, first + row * LINE_HEIGHT) for row in range(len(beside))]
    canvas.texts(zip(spots, beside, strict=True), **_quiet())


def _cut_lines(plot: _Plot, chart: Quadrant) -> list[Segment]:
    box = plot.box
    x, y = plot.spot(float(on_paper(chart.x_cut.figure)), float(on_paper(chart.y_cut.figure)))
    return [((x, box.top - 2), (x, box.bottom)), ((box.left, y), (box.right + 2, y))]


def _quiet() -> dict[str, Any]:
    return {"color": tokens.QUIET}


def _at(plot: _Plot, point: QuadrantPoint) -> Spot:
    return plot.spot(float(on_paper(point.x)), float(on_paper(point.y)))


def _draw_errors(canvas: Canvas, plot: _Plot, chart: Quadrant) -> None:
    """Each interval as a thin line through its point, cut off where the plot ends."""
    box, lines = plot.box, []
    for point in chart.points:
        x, y = _at(plot, point)
        if point.x_error is not None:
            half = float(on_paper(point.x_error)) / (plot.x.high - plot.x.low) * box.width
            lines.append(((max(x - half, box.left), y), (min(x + half, box.right), y)))
        if point.y_error is not None:
            half = float(on_paper(point.y_error)) / (plot.y.high - plot.y.low) * box.height
            lines.append(((x, max(y - half, box.top)), (x, min(y + half, box.bottom))))
    canvas.rules(lines, color=tokens.PEERS, strokeWidth=0.7)


def _draw_points(canvas: Canvas, plot: _Plot, chart: Quadrant) -> None:
    for corner, symbol in CORNERS.items():
        spots = [_at(plot, point) for point in chart.points if point.corner is corner]
        canvas.symbols(spots, **_symbol_look(corner, symbol.colour))
    subjects = [_at(plot, point) for point in chart.points if point.is_subject]
    ring = {
        "shape": "circle",
        "filled": False,
        "color": tokens.NILA,
        "strokeWidth": 2,
        "opacity": 1,
        "size": 4.6 * _SIZE,
    }
    canvas.symbols(subjects, **ring)


def _symbol_look(corner: Corner, colour: str) -> dict[str, Any]:
    symbol = CORNERS[corner]
    if symbol.filled:
        return {"shape": symbol.shape, "filled": True, "color": colour, "opacity": 1, "size": _SIZE}
    hollow = {"filled": True, "fill": tokens.PAPER, "stroke": colour, "strokeWidth": 1.3, "opacity": 1}
    return {"shape": symbol.shape, "size": _SIZE, **hollow}


def _draw_names(canvas: Canvas, plot: _Plot, chart: Quadrant, language: Language) -> bool:
    """Name the region itself, then the others; say whether all found a place."""
    first_subject = sorted(chart.points, key=lambda point: not point.is_subject)
    named = [point for point in first_subject if point.is_subject or len(chart.points) <= MOST_NAMES]
    # Every point keeps names away, named or not.
    order = [*named, *(point for point in first_subject if point not in named)]
    sizes = [_size(spoken(point.label, language), point) for point in order]
    spots = [_at(plot, point) for point in order]
    places = placed(spots, sizes, reach=_REACH + 1, room=plot.box, avoid=_cut_lines(plot, chart))
    shown = [(point, place) for point, place in zip(order, places, strict=True) if place is not None and point in named]
    leaders = [place.leader for _, place in shown if place.leader is not None]
    canvas.rules(leaders, color=tokens.QUIET, strokeWidth=0.5)
    for is_subject, look in ((False, {"color": tokens.INK}), (True, {"color": tokens.NILA, "fontWeight": "bold"})):
        texts = [
            (_middle(place), spoken(point.label, language)) for point, place in shown if point.is_subject is is_subject
        ]
        canvas.haloed(texts, align="center", **look)
    return len(shown) == len(named)


def _size(text: str, point: QuadrantPoint) -> Spot:
    return text_width(text) * (1.1 if point.is_subject else _LABEL_WIDER), LINE_HEIGHT


def _middle(place: Placed) -> Spot:
    return place.box.left + place.box.width / 2, place.box.top + place.box.height / 2


def _key(chart: Quadrant, language: Language, width: float) -> list[tuple[Corner | None, str]]:
    """Return the lines of the key: what each corner's symbol means; None where a line goes on."""
    lines: list[tuple[Corner | None, str]] = []
    for corner, words in chart.corners:
        first, *others = wrapped(_said(words, language), width - 4 * _GAP)
        lines += [(corner, first), *((None, other) for other in others)]
    return lines


def _said(words: Value, language: Language) -> str:
    return spoken(words, language)


def _draw_key(canvas: Canvas, key: list[tuple[Corner | None, str]], top: float) -> None:
    for row, (corner, text) in enumerate(key):
        y = top + (row + 0.5) * LINE_HEIGHT
        canvas.texts([((4 * _GAP, y), text)])
        if corner is not None:
            canvas.symbols([(2 * _GAP, y)], **_symbol_look(corner, CORNERS[corner].colour))
