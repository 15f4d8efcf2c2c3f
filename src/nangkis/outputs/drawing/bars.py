"""Regions as bars, with the province and the nation as lines across them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nangkis.content.catalogue import Language
from nangkis.content.charts import Bar, ReferenceLine, SortedBars
from nangkis.content.messages import fill
from nangkis.content.numbers import on_paper, print_figure
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.look import LINE_HEIGHT, ROLE_LOOKS, Layer, text_layer, text_width, unit_title, wrapped
from nangkis.outputs.drawing.scale import Scale, axis_text, round_scale


_ROW, _DENSE_ROW, _MANY_ROWS = 17.0, 13.5, 24
_LONGEST_NAME_SHARE = 0.36
_GAP = 5.0
_BAR_SHARE = 0.62  # of a row
_INTERVAL_WIDTH = 1.2
_ROUNDS = 3
_X: Layer = {"field": "value", "type": "quantitative"}
_Y: Layer = {"field": "middle", "type": "quantitative", "axis": None, "scale": None}  # points from the top


_Row = dict[str, Any]


@dataclass(frozen=True)
class _Room:
    """How the picture is divided, in points."""

    names: float
    right: float
    plot: float
    height: float
    top: float


def bars_spec(chart: SortedBars, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError for a chart without bars."""
    if not chart.bars:
        raise ValueError("a chart of bars needs a bar")
    title, divisor = unit_title(chart.unit, max(abs(float(on_paper(bar.figure))) for bar in chart.bars), language)
    rows = [_values(bar, divisor, language) for bar in chart.bars]
    lines = [_line_values(line, divisor, language) for line in chart.lines]
    ends = [0.0, *(row["end"] for row in rows), *(row["low"] for row in rows), *(line["value"] for line in lines)]
    inner = round_scale(min(ends), max(ends))
    names = _names_width(chart, width)
    rows = _stacked(rows, names)
    room = _room(chart, width, names, height=rows[-1]["until"], last_mark=axis_text(inner.high, inner, language))
    rows, outer = _placed(rows, lines, inner, room)
    if any(bar.error for bar in chart.bars):
        title = fill("outputs.chart.interval", language, unit=title)
    layers = [_axis_layer(inner, outer, title), *_bar_layers(rows), *_line_layers(lines, outer, room)]
    layers += _label_layers(rows)
    return {
        "width": room.plot,
        "height": room.height,
        "autosize": "none",
        "padding": {"left": room.names, "right": room.right, "top": room.top, "bottom": 3 * LINE_HEIGHT},
        "layer": layers,
    }


def _names_width(chart: SortedBars, width: float) -> float:
    return min(max(text_width(bar.label.text) for bar in chart.bars) + 3 * _GAP, width * _LONGEST_NAME_SHARE)


def _stacked(rows: list[_Row], names: float) -> list[_Row]:
    """Place each row below the one before it; a name too long for its room gets further lines, and is never cut."""
    least = _DENSE_ROW if len(rows) > _MANY_ROWS else _ROW
    stacked, top = [], 0.0
    for row in rows:
        lines = wrapped(row["name"], names - 2 * _GAP)
        until = top + least + (len(lines) - 1) * LINE_HEIGHT
        middle, half = (top + until) / 2, least * _BAR_SHARE / 2
        own = {"name": lines, "middle": middle, "above": middle - half, "below": middle + half, "until": until}
        stacked.append({**row, **own})
        top = until
    return stacked


def _room(chart: SortedBars, width: float, names: float, *, height: float, last_mark: str) -> _Room:
    top = _GAP + LINE_HEIGHT * len(chart.lines)
    right = _GAP + text_width(last_mark) / 2
    return _Room(names, right, width - names - right, height, top)


def _values(bar: Bar, divisor: float, language: Language) -> _Row:
    value = float(on_paper(bar.figure)) / divisor
    error = float(on_paper(bar.error)) / divisor if bar.error else 0.0
    return {
        "name": bar.label.text,
        "value": value,
        "low": min(value - error, 0.0) if error == 0 else value - error,
        "high": value + error,
        "end": max(value + error, 0.0),
        "at": max(value + error, 0.0),
        "text": print_figure(bar.figure, language),
        "subject": bar.is_subject,
        "has_error": bar.error is not None,
    }


def _line_values(line: ReferenceLine, divisor: float, language: Language) -> _Row:
    text = f"{spoken(line.label, language)} {print_figure(line.figure, language)}"
    return {"role": line.role, "value": float(on_paper(line.figure)) / divisor, "text": text}


def _placed(rows: list[_Row], lines: list[_Row], inner: Scale, room: _Room) -> tuple[list[_Row], Scale]:
    """Put each number behind its bar, or behind the comparison line that would cross it, and stretch the axis to fit.

    A longer axis makes a number cover more of it, which may meet another line: three rounds settle it.
    """
    placed, outer = rows, _stretched(inner, rows, room)
    for _ in range(_ROUNDS):
        per_point = (outer.high - outer.low) / room.plot
        placed = [{**row, "at": _clear_of(lines, row, per_point)} for row in rows]
        outer = _stretched(inner, placed, room)
    return placed, outer


def _clear_of(lines: list[_Row], row: _Row, per_point: float) -> float:
    at: float = row["end"]
    for crossing in sorted(float(line["value"]) for line in lines):
        start = at + _GAP * per_point
        stop = start + text_width(row["text"]) * per_point
        if start - _GAP / 2 * per_point <= crossing <= stop + _GAP / 2 * per_point:
            at = crossing
    return at


def _stretched(inner: Scale, rows: list[_Row], room: _Room) -> Scale:
    """Lengthen the axis to the right until every number fits."""
    high = inner.high
    for row in rows:
        share = 1 - (text_width(row["text"]) + 2 * _GAP) / room.plot
        high = max(high, inner.low + (row["at"] - inner.low) / share)
    return Scale(inner.low, high, inner.step)


def _axis_layer(inner: Scale, outer: Scale, title: str) -> Layer:
    axis = {
        "values": inner.ticks,
        "format": f",.{inner.places}f",
        "title": title,
        "titleAnchor": "start",
        "titleFontWeight": "normal",
        "titleFontSize": tokens.CHART_POINTS,
        "titleColor": tokens.QUIET,
        "labelFlush": False,
    }
    x = {"datum": 0, "type": "quantitative", "axis": axis, "scale": {"domain": [outer.low, outer.high], "nice": False}}
    rule = {"type": "rule", "color": tokens.QUIET, "strokeWidth": 0.8}
    return {"data": {"values": [{}]}, "mark": rule, "encoding": {"x": x}}


def _bar_layers(rows: list[_Row]) -> list[Layer]:
    colour = {"condition": {"test": "datum.subject", "value": tokens.NILA}, "value": tokens.PEERS}
    high = {"y": {**_Y, "field": "above"}, "y2": {"field": "below"}}
    bars = {"mark": {"type": "rect"}, "encoding": {"x": _X, "x2": {"datum": 0}, **high, "color": colour}}
    interval = {
        "transform": [{"filter": "datum.has_error"}],
        "mark": {"type": "rule", "color": tokens.INK, "strokeWidth": _INTERVAL_WIDTH},
        "encoding": {"x": {**_X, "field": "low"}, "x2": {"field": "high"}, "y": _Y},
    }
    return [{**layer, "data": {"values": rows}} for layer in (bars, interval)]


def _label_layers(rows: list[_Row]) -> list[Layer]:
    """Names before the bars and numbers behind them; white around a number, should a line still cross it."""
    layers = []
    for is_subject, weight in ((False, "normal"), (True, "bold")):
        chosen = [row for row in rows if row["subject"] is is_subject]
        named = [{**row, "text": row["name"]} for row in chosen]
        names = {"align": "right", "baseline": "middle", "fontWeight": weight, "lineHeight": LINE_HEIGHT}
        numbers = {"align": "left", "dx": _GAP, "fontWeight": weight}
        halo = {"stroke": tokens.PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}
        at = {**_X, "field": "at"}
        layers += [
            *(text_layer([row], x={"value": -_GAP}, y={"value": _first_line(row)}, **names) for row in named),
            text_layer(chosen, x=at, y=_Y, **numbers, **halo),
            text_layer(chosen, x=at, y=_Y, **numbers),
        ]
    return layers


def _first_line(row: _Row) -> float:
    middle: float = row["middle"]
    return middle - (len(row["name"]) - 1) * LINE_HEIGHT / 2


def _line_layers(lines: list[_Row], outer: Scale, room: _Room) -> list[Layer]:
    """Each line rises to a row of its own above the bars, so that no line crosses another's label."""
    ordered = sorted(lines, key=lambda line: float(line["value"]))
    fits_right = all(
        outer.position(line["value"], room.plot) + text_width(line["text"]) + 2 * _GAP < room.plot for line in ordered
    )
    highest_first = ordered if fits_right else ordered[::-1]
    layers = []
    for place, line in enumerate(highest_first):
        top = -_GAP - LINE_HEIGHT * (len(lines) - 1 - place) - LINE_HEIGHT * 0.5
        rule = {"type": "rule", **ROLE_LOOKS[line["role"]]}
        span = {"x": _X, "y": {"value": top - 4}, "y2": {"value": room.height}}
        align = {"align": "left", "dx": 3} if fits_right else {"align": "right", "dx": -3}
        layers.append({"data": {"values": [line]}, "mark": rule, "encoding": span})
        layers.append(text_layer([line], x=_X, y={"value": top}, color=tokens.QUIET, baseline="middle", **align))
    return layers
