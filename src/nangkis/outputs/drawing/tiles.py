"""Places as tiles in a grid: class by shade, by frame and in words, so that a black-and-white copy says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nangkis.content.catalogue import Language
from nangkis.content.charts import Shade, Tile, Tiles
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.look import LINE_HEIGHT, Layer, text_layer, wrapped
from nangkis.outputs.drawing.roles import SHADES


_LEAST_WIDTH = 88.0
_GAP, _PAD = 4.0, 6.0
_OWN_FRAME = 3.0
_DARK = (Shade.DARK, Shade.DARKEST)
# Dark, middle and white with a frame: three greys that a photocopier keeps apart.
_LOOKS: dict[str, tuple[str, str, str]] = {
    "first": (tokens.NILA, tokens.NILA, tokens.PAPER),
    "second": (tokens.PEERS, tokens.PEERS, tokens.INK),
    "third": (tokens.PAPER, tokens.QUIET, tokens.INK),
    **{
        shade.value: (fill, tokens.QUIET, tokens.PAPER if shade in _DARK else tokens.INK)
        for shade, fill in SHADES.items()
    },
}


@dataclass(frozen=True)
class _Grid:
    """How the picture is divided, in points."""

    columns: int
    width: float
    height: float

    def corner(self, place: int) -> tuple[float, float]:
        """Return where a tile starts."""
        row, column = divmod(place, self.columns)
        return column * (self.width + _GAP), row * (self.height + _GAP)


def tiles_spec(chart: Tiles, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError for a chart without tiles."""
    if not chart.tiles:
        raise ValueError("a chart of tiles needs a tile")
    columns = max(1, int((width + _GAP) // (_LEAST_WIDTH + _GAP)))
    across = (width - _GAP * (columns - 1)) / columns
    lines = [_lines(tile, language, across - 2 * _PAD) for tile in chart.tiles]
    high = max(len(name) + len(words) for name, words in lines) * LINE_HEIGHT + 2 * _PAD
    grid = _Grid(columns, across, high)
    rows = -(-len(chart.tiles) // columns)
    layers = [
        layer
        for place, (tile, said) in enumerate(zip(chart.tiles, lines, strict=True))
        for layer in _tile_layers(tile, said, grid, place)
    ]
    return {
        "width": width,
        "height": rows * (high + _GAP) - _GAP,
        "autosize": "none",
        "padding": {"left": 0, "right": 0, "top": 1, "bottom": 1},
        "layer": layers,
    }


def _lines(tile: Tile, language: Language, room: float) -> tuple[list[str], list[str]]:
    return wrapped(spoken(tile.label, language), room), wrapped(spoken(tile.words, language), room)


def _tile_layers(tile: Tile, said: tuple[list[str], list[str]], grid: _Grid, place: int) -> list[Layer]:
    fill, frame, ink = _LOOKS[tile.role]
    left, top = grid.corner(place)
    wide = _OWN_FRAME if tile.is_subject else 1.0
    colour = tokens.INK if tile.is_subject else frame
    box: dict[str, Any] = {"type": "rect", "fill": fill, "stroke": colour, "strokeWidth": wide}
    inset = wide / 2  # half of the frame: a tile at the edge of the picture keeps its line whole
    span = {
        "x": {"value": left + inset}, "x2": {"value": left + grid.width - inset},
        "y": {"value": top + inset}, "y2": {"value": top + grid.height - inset},
    }  # fmt: skip
    layers: list[Layer] = [{"data": {"values": [{}]}, "mark": box, "encoding": span}]
    for number, (text, weight) in enumerate([*((t, "bold") for t in said[0]), *((t, "normal") for t in said[1])]):
        at = {"x": {"value": left + _PAD}, "y": {"value": top + _PAD + number * LINE_HEIGHT}}
        layers.append(text_layer([{"text": text}], **at, align="left", baseline="top", color=ink, fontWeight=weight))
    return layers
