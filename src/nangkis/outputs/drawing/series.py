"""Lines over years, named at their ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from nangkis.content.catalogue import Language, template
from nangkis.content.charts import Line, Point, Series, Target
from nangkis.content.messages import fill
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.look import (
    BREAK_LOOK,
    LINE_HEIGHT,
    ROLE_LOOKS,
    TARGET_SYMBOL,
    Layer,
    text_layer,
    text_width,
    unit_title,
    wrapped,
)
from nangkis.outputs.drawing.scale import Scale, axis_text, kept_apart, round_scale
from nangkis.vocabulary.units import Unit


_HEIGHT = 190.0
_GAP = 5.0
_WIDEST_LABEL = 115.0
_YEAR_WIDTH = 27.0
# A line that starts in the lower third of its axis is drawn from zero: cutting there would gain little and exaggerate.
_ZERO_BELOW_SHARE = 0.4
_LEAST_SPAN_SHARE = 0.2
_WHOLE = 100.0  # percent
BAND_OPACITY = 0.16
_BAND_OF_ONE_YEAR = 6.0  # points wide: an area over a single year would have no width


@dataclass(frozen=True)
class _Ending:
    """The label at a line's end."""

    role: str
    value: float
    lines: list[str]

    @property
    def height(self) -> float:
        return LINE_HEIGHT * len(self.lines)


@dataclass(frozen=True)
class _Drawn:
    """The series in numbers of its axis."""

    points: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    endings: list[_Ending]
    years: list[int]
    scale: Scale
    targets: list[dict[str, Any]]


def series_spec(chart: Series, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError for a chart without a value."""
    values = [float(on_paper(point.figure)) for line in chart.lines for point in line.points if point.figure]
    if not values:
        raise ValueError("a chart of lines needs a value")
    title, divisor = unit_title(chart.unit, max(map(abs, values)), language)
    drawn = _drawn(chart, language, divisor)
    if drawn.bands:
        title = fill("outputs.chart.band", language, unit=title)
    right = max(text_width(line) for ending in drawn.endings for line in ending.lines) + 3 * _GAP
    left = max(text_width(axis_text(tick, drawn.scale, language)) for tick in drawn.scale.ticks) + 2 * _GAP
    plot = width - left - right
    y_title = text_layer([{"text": title}], x={"value": 2 * _GAP - left}, y={"value": -1.7 * LINE_HEIGHT}, align="left")
    y_title["mark"]["color"] = tokens.QUIET
    layers = [*_band_layers(drawn, plot), *_line_layers(drawn, plot)]
    layers += _target_layers(drawn, plot)
    layers += [*_break_layers(chart, language, drawn, plot), *_ending_layers(drawn, plot)]
    return {
        "width": plot,
        "height": _HEIGHT,
        "autosize": "none",
        "padding": {"left": left, "right": right, "top": 2.5 * LINE_HEIGHT, "bottom": 1.8 * LINE_HEIGHT},
        "layer": [*layers, y_title],
    }


def _drawn(chart: Series, language: Language, divisor: float) -> _Drawn:
    points = [point for line in chart.lines for point in stretches(line, chart.breaks, divisor)]
    bands = [row for line in chart.lines for row in interval_rows(line, chart.breaks, divisor)]
    targets = target_rows(chart, divisor)
    latest = max(row["year"] for row in (*points, *targets))
    endings = [ending for line in chart.lines for ending in _endings(line, language, divisor, latest=latest)]
    endings += _target_endings(chart, language, divisor)
    years = sorted({point.year for line in chart.lines for point in line.points} | {row["year"] for row in targets})
    edges = [row[edge] for row in bands for edge in ("low", "high")]
    low, high = span_of([*(row["value"] for row in (*points, *targets)), *edges], chart.unit)
    return _Drawn(points, bands, endings, years, round_scale(low, high), targets)


def span_of(values: list[float], unit: Unit) -> tuple[float, float]:
    """Return what the axis must hold: at least a fifth of the values' size, so that a ripple does not look a wave."""
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    margin = max(0.0, _LEAST_SPAN_SHARE * largest - (high - low)) / 2
    from_zero = 0 <= low < _ZERO_BELOW_SHARE * high
    bottom = 0.0 if from_zero else max(low - margin, 0.0) if low >= 0 else low - margin
    is_part_of_whole = unit in (Unit.PERCENT, Unit.SHARE) and high <= _WHOLE
    return bottom, min(high + margin, _WHOLE) if is_part_of_whole else high + margin


def stretches(line: Line, breaks: tuple[int, ...], divisor: float) -> list[dict[str, Any]]:
    """Number the stretches of a line: a missing year or a changed method ends one, and nothing is drawn across."""
    points, gaps = [], 0
    for point in by_year(line):
        if point.figure is None:
            gaps += 1
            continue
        stretch = f"{line.role} {gaps} {sum(point.year >= start for start in breaks)}"
        value = float(on_paper(point.figure)) / divisor
        points.append({"year": point.year, "value": value, "role": line.role, "stretch": stretch})
    return points


def interval_rows(line: Line, breaks: tuple[int, ...], divisor: float) -> list[dict[str, Any]]:
    """Return the interval around each point that has one; a point without ends the stretch."""
    errors = {point.year: float(on_paper(point.error)) / divisor for point in line.points if point.error}
    known = (point if point.year in errors else replace(point, figure=None) for point in line.points)
    rows = stretches(replace(line, points=tuple(known)), breaks, divisor)
    return [
        {**row, "low": row["value"] - errors[row["year"]], "high": row["value"] + errors[row["year"]]} for row in rows
    ]


def _endings(line: Line, language: Language, divisor: float, *, latest: int) -> list[_Ending]:
    """Name the line at its last point, and that point's year when other lines go on."""
    present = [(point.year, point.figure) for point in by_year(line) if point.figure]
    if not present:
        return []
    year, last = present[-1]
    text = f"{print_figure(last, language)} {spoken(line.label, language)}" + (f" ({year})" if year < latest else "")
    return [_Ending(line.role, float(on_paper(last)) / divisor, wrapped(text, _WIDEST_LABEL))]


def target_rows(chart: Series, divisor: float) -> list[dict[str, Any]]:
    """Return the targets by year; those of one label are one path."""
    paths = list(dict.fromkeys(target.label for target in chart.targets))
    return [
        {"year": target.year, "value": float(on_paper(target.figure)) / divisor, "path": paths.index(target.label)}
        for target in _in_order(chart.targets)
    ]


def _in_order(targets: tuple[Target, ...]) -> list[Target]:
    return sorted(targets, key=lambda target: target.year)


def _target_endings(chart: Series, language: Language, divisor: float) -> list[_Ending]:
    """Name each path of targets at its last one, with its year."""
    last = {target.label: target for target in _in_order(chart.targets)}
    return [
        _Ending(
            "target",
            float(on_paper(target.figure)) / divisor,
            wrapped(
                f"{print_figure(target.figure, language)} {spoken(label, language)} ({target.year})", _WIDEST_LABEL
            ),
        )
        for label, target in last.items()
    ]


def by_year(line: Line) -> list[Point]:
    """Return the points of a line in the order of their years."""
    return sorted(line.points, key=lambda point: point.year)


def _x(drawn: _Drawn, plot: float) -> Layer:
    years = drawn.years
    every = next(step for step in (1, 2, 5, 10, 50) if plot / (len(years) / step) >= _YEAR_WIDTH or step == 50)  # noqa: PLR2004
    marked = list(range(years[-1], years[0] - 1, -every))
    axis = {"values": marked, "format": "d", "title": None, "grid": False}
    scale = {"domain": [years[0] - 0.3, years[-1] + 0.3], "nice": False}
    return {"field": "year", "type": "quantitative", "axis": axis, "scale": scale}


def _y(drawn: _Drawn) -> Layer:
    axis = {"values": drawn.scale.ticks, "format": f",.{drawn.scale.places}f", "title": None}
    scale = {"domain": [drawn.scale.low, drawn.scale.high], "nice": False, "zero": False}
    return {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}


def _band_layers(drawn: _Drawn, plot: float) -> list[Layer]:
    lengths = Counter(row["stretch"] for row in drawn.bands)
    layers = []
    for role in sorted({row["role"] for row in drawn.bands}):
        rows = [row for row in drawn.bands if row["role"] == role]
        look = {"color": ROLE_LOOKS[role]["color"], "opacity": BAND_OPACITY}
        edges = {"y": {**_y(drawn), "field": "low"}, "y2": {"field": "high"}}
        encoding = {"x": _x(drawn, plot), **edges, "detail": {"field": "stretch", "type": "nominal"}}
        alone = [row for row in rows if lengths[row["stretch"]] == 1]
        together = [row for row in rows if lengths[row["stretch"]] > 1]
        marks = (({"type": "area"}, together), ({"type": "rule", "strokeWidth": _BAND_OF_ONE_YEAR}, alone))
        layers += [
            {"data": {"values": chosen}, "mark": {**mark, **look}, "encoding": encoding}
            for mark, chosen in marks
            if chosen
        ]
    return layers


def _line_layers(drawn: _Drawn, plot: float) -> list[Layer]:
    layers = []
    for role in sorted({point["role"] for point in drawn.points}):  # the region itself last: on top
        points = [point for point in drawn.points if point["role"] == role]
        encoding = {"x": _x(drawn, plot), "y": _y(drawn), "detail": {"field": "stretch", "type": "nominal"}}
        marker = {"filled": True, "size": 28 if role == "subject" else 9, "color": ROLE_LOOKS[role]["color"]}
        line = {"type": "line", **ROLE_LOOKS[role], "point": {**marker, "strokeDash": [1, 0]}}
        layers.append({"data": {"values": points}, "mark": line, "encoding": encoding})
    return layers


def _target_layers(drawn: _Drawn, plot: float) -> list[Layer]:
    """Hollow diamonds, joined by dots: a target is no value that was measured."""
    if not drawn.targets:
        return []
    path = {"detail": {"field": "path", "type": "nominal"}}
    encoding = {"x": _x(drawn, plot), "y": _y(drawn)}
    marks = ({"type": "line", **ROLE_LOOKS["target"]}, {"type": "point", **TARGET_SYMBOL})
    layers: list[Layer] = [{"mark": mark, "encoding": encoding | path} for mark in marks]
    return [{**layer, "data": {"values": drawn.targets}} for layer in layers]


def _break_layers(chart: Series, language: Language, drawn: _Drawn, plot: float) -> list[Layer]:
    starts = [year for year in sorted(set(chart.breaks)) if drawn.years[0] < year <= drawn.years[-1]]
    words = template("outputs.chart.break", language)
    rows: list[dict[str, Any]] = [{"year": year - 0.5, "text": words} for year in starts]
    width_in_years = (text_width(words) + _GAP) / plot * (drawn.years[-1] - drawn.years[0] + 0.6)
    named = [
        row for place, row in enumerate(rows) if place == 0 or row["year"] - rows[place - 1]["year"] > width_in_years
    ]
    x = {"field": "year", "type": "quantitative"}
    rule = {"type": "rule", **BREAK_LOOK}
    label = text_layer(named, x=x, y={"value": -0.5 * LINE_HEIGHT}, color=tokens.QUIET, fontStyle="italic")
    return [{"data": {"values": rows}, "mark": rule, "encoding": {"x": x}}, label] if rows else []


def _ending_layers(drawn: _Drawn, plot: float) -> list[Layer]:
    wanted = [_HEIGHT - drawn.scale.position(ending.value, _HEIGHT) for ending in drawn.endings]
    centres = kept_apart(wanted, [ending.height for ending in drawn.endings], room=_HEIGHT)
    layers = []
    for ending, centre in zip(drawn.endings, centres, strict=True):
        weight = "bold" if ending.role == "subject" else "normal"
        y = {"value": centre - (ending.height - LINE_HEIGHT) / 2}
        look = {"color": ROLE_LOOKS[ending.role]["color"], "fontWeight": weight, "lineHeight": LINE_HEIGHT}
        text = [{"text": ending.lines}]
        layers.append(text_layer(text, x={"value": plot + 2 * _GAP}, y=y, align="left", baseline="middle", **look))
    return layers
