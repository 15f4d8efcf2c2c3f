"""What all charts share: fonts, axes, the comparison lines' looks, and how wide a text comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from nangkis.content.catalogue import Language, template
from nangkis.content.messages import fill
from nangkis.outputs import letters, tokens
from nangkis.vocabulary.units import Unit


Layer = dict[str, Any]
_Sign = TypeVar("_Sign")
LINE_HEIGHT = tokens.CHART_POINTS + 2.5
# Told apart without colour: the region itself is thick, the province solid, the nation dashed.
ROLE_LOOKS: Mapping[str, Layer] = {
    "subject": {"color": tokens.NILA, "strokeWidth": 2.4},
    "province": {"color": tokens.QUIET, "strokeWidth": 1.3},
    "nation": {"color": tokens.QUIET, "strokeWidth": 1.3, "strokeDash": [5, 3]},
    # Darker than the token of peers: their bars have that colour, and dots of it would vanish in them.
    "peers": {"color": tokens.QUIET, "strokeWidth": 1.8, "strokeDash": [1.8, 2.6]},
    "target": {"color": tokens.INK, "strokeWidth": 1.2, "strokeDash": [1, 3]},
}
TARGET_SYMBOL: Layer = {
    "shape": "diamond",
    "size": 45,
    "filled": True,
    "fill": tokens.PAPER,
    "stroke": tokens.INK,
    "strokeWidth": 1.3,
    "opacity": 1,
}
BREAK_LOOK: Layer = {"color": tokens.QUIET, "strokeDash": [1, 3], "strokeWidth": 1.2}
CONFIG: Layer = {
    "font": tokens.CHART_FONT,
    "background": tokens.PAPER,
    "aria": False,  # a picture has its words beside it; the numbers of its geometry help nobody
    "view": {"stroke": None},
    "text": {"fontSize": tokens.CHART_POINTS, "color": tokens.INK},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": tokens.RULE,
        "gridWidth": 0.6,
        "labelColor": tokens.QUIET,
        "labelFontSize": tokens.CHART_POINTS,
        "labelPadding": 5,
    },
}


def text_width(text: str) -> float:
    """Return how many points a text of a chart takes, be it bold."""
    return letters.text_width(text, tokens.CHART_POINTS, font=tokens.CHART_FONT, bold=True)


def wrapped(text: str, width: float) -> list[str]:
    """Break a text at its spaces into lines of at most ``width`` points; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def key_lines(entries: Iterable[tuple[_Sign, str]], width: float) -> list[tuple[_Sign | None, str]]:
    """Return the lines of a key, ``width`` points wide: each sign with its words; None where words go on."""
    lines: list[tuple[_Sign | None, str]] = []
    for sign, words in entries:
        first, *others = wrapped(words, width)
        lines += [(sign, first), *((None, other) for other in others)]
    return lines


def text_layer(values: list[Layer], *, x: Layer, y: Layer, **mark: Any) -> Layer:
    """Return a layer of texts; each row of ``values`` has a ``text``."""
    encoding = {"x": x, "y": y, "text": {"field": "text"}}
    return {"data": {"values": values}, "mark": {"type": "text", **mark}, "encoding": encoding}


def unit_title(unit: Unit, size: float, language: Language) -> tuple[str, float]:
    """Return the words of an axis and what its numbers are divided by: money in billions has no long axis."""
    head = template(f"unit.{unit}.head", language)
    if unit is Unit.RUPIAH:
        for code, divisor in _MONEY_STEPS:
            if size >= divisor:
                return fill(code, language, unit=head), divisor
    return head, 1.0


_MONEY_STEPS = (
    ("outputs.chart.trillion", 1e12),
    ("outputs.chart.billion", 1e9),
    ("outputs.chart.million", 1e6),
)
