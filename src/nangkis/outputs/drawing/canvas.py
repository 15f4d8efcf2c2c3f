"""A picture whose marks stand where they are told, in points from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from nangkis.outputs import tokens
from nangkis.outputs.drawing.look import Layer


Spot = tuple[float, float]
Segment = tuple[Spot, Spot]
_PLACES = 2


@dataclass
class Canvas:
    """Marks in the order in which they are drawn; a later one covers an earlier one."""

    width: float
    height: float
    layers: list[Layer] = field(default_factory=list)

    def texts(self, texts: Iterable[tuple[Spot, str]], **mark: Any) -> None:
        """Write texts; a spot is where the text is anchored, in the middle of its height unless ``mark`` says else."""
        rows = [{**_at(spot), "text": text} for spot, text in texts]
        look = {"type": "text", "baseline": "middle", "align": "left", **mark}
        self._add(rows, look, self._xy() | {"text": {"field": "text"}})

    def haloed(self, texts: Sequence[tuple[Spot, str]], **mark: Any) -> None:
        """Write texts with white around them, so that lines behind leave them readable."""
        self.texts(texts, **{**mark, "stroke": tokens.PAPER, "strokeWidth": 3, "strokeJoin": "round"})
        self.texts(texts, **mark)

    def rules(self, segments: Iterable[Segment], **mark: Any) -> None:
        """Draw straight lines."""
        rows = [{**_at(start), "x2": _round(end[0]), "y2": _round(end[1])} for start, end in segments]
        self._add(rows, {"type": "rule", **mark}, self._xy() | self._second())

    def boxes(self, corners: Iterable[Segment], **mark: Any) -> None:
        """Draw rectangles, each by two opposite corners."""
        rows = [{**_at(one), "x2": _round(other[0]), "y2": _round(other[1])} for one, other in corners]
        self._add(rows, {"type": "rect", **mark}, self._xy() | self._second())

    def symbols(self, spots: Iterable[Spot], **mark: Any) -> None:
        """Draw one symbol at each spot; ``size`` is its area."""
        self._add([_at(spot) for spot in spots], {"type": "point", **mark}, self._xy())

    def paths(self, paths: Iterable[Sequence[Spot]], **mark: Any) -> None:
        """Draw broken lines."""
        rows = [
            {**_at(spot), "path": number, "step": step}
            for number, path in enumerate(paths)
            for step, spot in enumerate(path)
        ]
        along = {"detail": {"field": "path", "type": "nominal"}, "order": {"field": "step", "type": "quantitative"}}
        self._add(rows, {"type": "line", **mark}, self._xy() | along)

    def bands(self, bands: Iterable[Sequence[tuple[float, float, float]]], **mark: Any) -> None:
        """Fill between two heights along x; each step is (x, upper y, lower y)."""
        rows = [
            {"x": _round(x), "y": _round(upper), "y2": _round(lower), "path": number}
            for number, band in enumerate(bands)
            for x, upper, lower in band
        ]
        encoding = self._xy() | {"y2": {"field": "y2"}, "detail": {"field": "path", "type": "nominal"}}
        self._add(rows, {"type": "area", **mark}, encoding)

    def shapes(self, shapes: Iterable[Sequence[Sequence[Sequence[Spot]]]], **mark: Any) -> None:
        """Fill shapes: each a list of polygons, a polygon its outer ring and then its holes."""
        rows = [
            {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": shape}} for shape in shapes if shape
        ]
        if rows:
            plane = {"type": "identity", "scale": 1, "translate": [0, 0]}
            look = {"type": "geoshape", **mark}
            self.layers.append({"data": {"values": rows}, "mark": look, "projection": plane})

    def spec(self) -> Layer:
        """Return the Vega-Lite description."""
        size = {"width": self.width, "height": self.height, "autosize": "none", "padding": 0}
        return {**size, "layer": self.layers}

    def _add(self, rows: list[Layer], mark: Layer, encoding: Layer) -> None:
        if rows:
            self.layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})

    def _xy(self) -> Layer:
        return {"x": _along("x", self.width), "y": _along("y", self.height)}

    def _second(self) -> Layer:
        return {"x2": {"field": "x2"}, "y2": {"field": "y2"}}


def _along(name: str, length: float) -> Layer:
    scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def _at(spot: Spot) -> Layer:
    return {"x": _round(spot[0]), "y": _round(spot[1])}


def _round(length: float) -> float:
    return round(length, _PLACES)
