"""Small charts of lines side by side, on one scale or each on its own; which of both is said below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from nangkis.content.catalogue import Language, template
from nangkis.content.charts import Panel, Series, SmallMultiples
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.canvas import Canvas, Spot
from nangkis.outputs.drawing.look import (
    BREAK_LOOK,
    LINE_HEIGHT,
    ROLE_LOOKS,
    TARGET_SYMBOL,
    Layer,
    text_width,
    unit_title,
    wrapped,
)
from nangkis.outputs.drawing.placing import Box
from nangkis.outputs.drawing.scale import Scale, axis_text, round_scale
from nangkis.outputs.drawing.series import BAND_OPACITY, by_year, interval_rows, span_of, stretches, target_rows


_LEAST_WIDTH = 125.0
_MOST_COLUMNS = 4
_PLOT_HEIGHT = 74.0
_GAP = 5.0
_BETWEEN = 14.0
_MARKS = 3
_KEY_LINE = 20.0


@dataclass(frozen=True)
class _Drawn:
    """One panel in numbers of its axis, the words of that axis, and the number at the end of the region's own line."""

    panel: Panel
    head: str
    values: list[dict[str, Any]]
    intervals: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    own_end: tuple[int, float, str] | None

    @property
    def numbers(self) -> list[float]:
        """Everything that the axis must hold."""
        edges = [row[edge] for row in self.intervals for edge in ("low", "high")]
        return [*(row["value"] for row in (*self.values, *self.targets)), *edges]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        points = [point.year for line in self.panel.series.lines for point in line.points]
        years = [*points, *(row["year"] for row in self.targets)]
        return min(years), max(years)


@dataclass(frozen=True)
class _Plot:
    """Where a panel's lines are drawn."""

    box: Box
    scale: Scale
    first: int
    last: int

    def spot(self, year: float, value: float) -> Spot:
        """Return where a value of a year stands."""
        along = (year - self.first) / max(self.last - self.first, 1)
        return self.box.left + along * self.box.width, self.box.bottom - self.scale.position(value, self.box.height)


def multiples_spec(chart: SmallMultiples, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError where no panel has a value."""
    drawn = [_drawn(panel, language) for panel in chart.panels]
    if not any(each.values for each in drawn):
        raise ValueError("small charts need a value")
    scales = _scales(chart, drawn)
    columns = max(1, min(_MOST_COLUMNS, len(drawn), int((width + _BETWEEN) // (_LEAST_WIDTH + _BETWEEN))))
    across = (width - _BETWEEN * (columns - 1)) / columns
    titles = [wrapped(spoken(each.panel.title, language), across * 0.92) for each in drawn]
    rows = [range(start, min(start + columns, len(drawn))) for start in range(0, len(drawn), columns)]
    key = _key(chart, language)
    title_lines = [max(len(titles[place]) for place in row) for row in rows]
    heights = [(lines + 1) * LINE_HEIGHT + _PLOT_HEIGHT + 2.4 * LINE_HEIGHT for lines in title_lines]
    *tops, below = accumulate(heights, initial=LINE_HEIGHT * 1.6 * _key_rows(key, width))
    canvas = Canvas(width, below + LINE_HEIGHT)
    for row, top, lines in zip(rows, tops, title_lines, strict=True):
        for place in row:
            room = Box((place - row.start) * (across + _BETWEEN), top, across, lines * LINE_HEIGHT)
            _draw_panel(canvas, drawn[place], scales[place], title=titles[place], room=room, language=language)
    note = template("outputs.multiples.shared" if chart.shared else "outputs.multiples.own", language)
    canvas.texts([((0, below), note)], color=tokens.QUIET, fontStyle="italic")
    _draw_key(canvas, key, width)
    return canvas.spec()


def _drawn(panel: Panel, language: Language) -> _Drawn:
    series = panel.series
    sizes = [abs(float(on_paper(point.figure))) for line in series.lines for point in line.points if point.figure]
    head, divisor = unit_title(series.unit, max(sizes, default=0.0), language)
    values = [row for line in series.lines for row in stretches(line, series.breaks, divisor)]
    intervals = [row for line in series.lines for row in interval_rows(line, series.breaks, divisor)]
    return _Drawn(panel, head, values, intervals, target_rows(series, divisor), _own_end(series, divisor, language))


def _own_end(series: Series, divisor: float, language: Language) -> tuple[int, float, str] | None:
    own = (point for line in series.lines if line.role == "subject" for point in by_year(line))
    known = [(point.year, point.figure) for point in own if point.figure is not None]
    if not known:
        return None
    year, figure = known[-1]
    return year, float(on_paper(figure)) / divisor, print_figure(figure, language)


def _scales(chart: SmallMultiples, drawn: Sequence[_Drawn]) -> list[Scale]:
    if chart.shared:
        low, high = span_of([number for each in drawn for number in each.numbers], drawn[0].panel.series.unit)
        return [round_scale(low, high, marks=_MARKS)] * len(drawn)
    spans = [span_of(each.numbers, each.panel.series.unit) if each.numbers else (0.0, 1.0) for each in drawn]
    return [round_scale(low, high, marks=_MARKS) for low, high in spans]


def _draw_panel(
    canvas: Canvas, drawn: _Drawn, scale: Scale, *, title: list[str], room: Box, language: Language
) -> None:
    """Draw one panel; ``room`` is that of its title, below which its plot hangs."""
    spots = [(room.left, room.top + (row + 0.5) * LINE_HEIGHT) for row in range(len(title))]
    canvas.texts(zip(spots, title, strict=True), fontWeight="bold")
    canvas.texts([((room.left, room.bottom + 0.5 * LINE_HEIGHT), drawn.head)], color=tokens.QUIET)
    marks = max(text_width(axis_text(tick, scale, language)) for tick in scale.ticks) + _GAP
    end = text_width(drawn.own_end[2]) * 1.15 + _GAP if drawn.own_end else _GAP
    box = Box(room.left + marks, room.bottom + 1.4 * LINE_HEIGHT, room.width - marks - end, _PLOT_HEIGHT)
    plot = _Plot(box, scale, *drawn.years)
    _draw_axes(canvas, plot, language)
    if not drawn.values:
        middle = (box.left, box.top + box.height / 2)
        canvas.texts([(middle, template("outputs.multiples.empty", language))], color=tokens.QUIET, fontStyle="italic")
    _draw_lines(canvas, plot, drawn)
    if drawn.own_end is not None:
        year, value, text = drawn.own_end
        x, y = plot.spot(year, value)
        own = {"color": tokens.NILA, "fontWeight": "bold"}
        canvas.haloed([((x + _GAP, y - (LINE_HEIGHT * 0.6 if year < plot.last else 0)), text)], **own)


def _draw_axes(canvas: Canvas, plot: _Plot, language: Language) -> None:
    box, quiet = plot.box, {"color": tokens.QUIET}
    heights = [(tick, box.bottom - plot.scale.position(tick, box.height)) for tick in plot.scale.ticks]
    canvas.rules([((box.left, y), (box.right, y)) for _, y in heights], color=tokens.RULE, strokeWidth=0.6)
    marks = [((box.left - _GAP, y), axis_text(tick, plot.scale, language)) for tick, y in heights]
    canvas.texts(marks, align="right", **quiet)
    below = box.bottom + LINE_HEIGHT * 0.8
    canvas.texts([((box.left, below), str(plot.first))], **quiet)
    if plot.last > plot.first:
        canvas.texts([((box.right, below), str(plot.last))], align="right", **quiet)


def _draw_lines(canvas: Canvas, plot: _Plot, drawn: _Drawn) -> None:
    for role in sorted({row["role"] for row in drawn.intervals}):
        bands = [
            [(*plot.spot(row["year"], row["high"]), plot.spot(row["year"], row["low"])[1]) for row in stretch]
            for stretch in _by_stretch(drawn.intervals, role)
        ]
        look = {"color": ROLE_LOOKS[role]["color"], "opacity": BAND_OPACITY}
        canvas.bands([band for band in bands if len(band) > 1], **look)
    starts = [year - 0.5 for year in drawn.panel.series.breaks if plot.first < year <= plot.last]
    ends = [(plot.spot(year, plot.scale.high), plot.spot(year, plot.scale.low)) for year in starts]
    canvas.rules(ends, **BREAK_LOOK)
    for role in sorted({row["role"] for row in drawn.values}):  # the region itself last: on top
        paths = [
            [plot.spot(row["year"], row["value"]) for row in stretch] for stretch in _by_stretch(drawn.values, role)
        ]
        look = {**ROLE_LOOKS[role], "strokeWidth": ROLE_LOOKS[role]["strokeWidth"] * 0.8}
        canvas.paths(paths, **look)
        size = 14 if role == "subject" else 6
        canvas.symbols(
            [spot for path in paths for spot in path],
            shape="circle",
            filled=True,
            opacity=1,
            size=size,
            color=look["color"],
        )
    canvas.symbols([plot.spot(row["year"], row["value"]) for row in drawn.targets], **TARGET_SYMBOL | {"size": 30})


def _by_stretch(rows: Sequence[dict[str, Any]], role: str) -> list[list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["role"] == role:
            found.setdefault(row["stretch"], []).append(row)
    return list(found.values())


def _key(chart: SmallMultiples, language: Language) -> list[tuple[str, str]]:
    """Return each kind of line once with its name, then targets and breaks where there are any."""
    every = [panel.series for panel in chart.panels]
    named: dict[tuple[str, str], None] = {}
    for series in every:
        named |= {(line.role, spoken(line.label, language)): None for line in series.lines}
        named |= {("target", spoken(target.label, language)): None for target in series.targets}
    if any(series.breaks for series in every):
        named[("break", template("outputs.chart.break", language))] = None
    return list(named)


def _key_width(text: str) -> float:
    return _KEY_LINE + 2 * _GAP + text_width(text) + _BETWEEN


def _key_rows(key: Sequence[tuple[str, str]], width: float) -> int:
    return 1 + max((row for row, _ in _key_spots(key, width)), default=0)


def _key_spots(key: Sequence[tuple[str, str]], width: float) -> list[tuple[int, float]]:
    """Return in which row and where along it each entry begins."""
    spots, row, x = [], 0, 0.0
    for _, text in key:
        if x and x + _key_width(text) > width:
            row, x = row + 1, 0.0
        spots.append((row, x))
        x += _key_width(text)
    return spots


def _draw_key(canvas: Canvas, key: Sequence[tuple[str, str]], width: float) -> None:
    for (role, text), (row, x) in zip(key, _key_spots(key, width), strict=True):
        y = (row * 1.4 + 0.5) * LINE_HEIGHT
        if role == "target":
            canvas.symbols([(x + _KEY_LINE / 2, y)], **TARGET_SYMBOL)
        elif role == "break":
            middle = x + _KEY_LINE / 2
            canvas.rules([((middle, y - _GAP), (middle, y + _GAP))], **BREAK_LOOK)
        else:
            canvas.rules([((x, y), (x + _KEY_LINE, y))], **ROLE_LOOKS[role])
        canvas.texts([((x + _KEY_LINE + _GAP, y), text)], color=tokens.QUIET)
