"""Places in their borders, shaded by class; where nothing can be said they are hatched."""

from __future__ import annotations

from typing import Any

from nangkis.content.catalogue import Language
from nangkis.content.charts import Area, Map, Shade
from nangkis.content.messages import fill
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import spoken
from nangkis.outputs import tokens
from nangkis.outputs.drawing.canvas import Canvas, Spot
from nangkis.outputs.drawing.look import LINE_HEIGHT, Layer, key_lines, text_width, wrapped
from nangkis.outputs.drawing.placing import Box, placed
from nangkis.outputs.drawing.plane import Polygon, fitted, flattened, hatching, middle_of
from nangkis.outputs.drawing.roles import SHADES
from nangkis.outputs.reasons import DASH


_MARGIN, _MARGIN_NAMED = 2.0, 26.0
_MOST_HEIGHT_SHARE = 0.95
_BORDER, _BORDER_OF_MANY, _OWN_BORDER = 0.35, 0.18, 1.6
_HATCH_EVERY = 3.0
_SPECK = 5.0  # square points: a place too small for its outline is a square
_SWATCH = (16.0, 8.0)
_MOST_NAMES = 60
_WIDER = 1.06

Drawn = list[tuple[Area, list[Polygon]]]


def map_spec(chart: Map, language: Language, width: float) -> Layer:
    """Return the Vega-Lite description, ``width`` points wide. Raises ValueError for a map without places."""
    shown = [area for area in chart.areas if area.outline.polygons]
    if not shown:
        raise ValueError("a map needs a place with an outline")
    margin = _MARGIN_NAMED if _is_named(chart) else _MARGIN
    plane, across, down = fitted([area.outline for area in shown], width - 2 * margin, width * _MOST_HEIGHT_SHARE)
    left, top = (width - across) / 2, margin / 2
    drawn = [(area, _moved(flattened(area.outline, plane), left, top)) for area in shown]
    specks = {
        place: (spot[0] + left, spot[1] + top)
        for place, (area, polygons) in enumerate(drawn)
        if not polygons and (spot := plane.spot(*area.outline.polygons[0][0][0]))
    }
    key = _key(chart, language, width)
    bottom = down + 2 * top
    canvas = Canvas(width, bottom + (len(key) + 1) * LINE_HEIGHT * 1.15)
    _draw_areas(canvas, drawn, specks)
    _draw_names(canvas, drawn, specks, room=Box(0, 0, width, bottom), named=_is_named(chart), language=language)
    _draw_key(canvas, key, bottom + LINE_HEIGHT * 0.5)
    return canvas.spec()


def _is_named(chart: Map) -> bool:
    return chart.named and len(chart.areas) <= _MOST_NAMES


def _moved(polygons: list[Polygon], left: float, top: float) -> list[Polygon]:
    return [[[(round(x + left, 2), round(y + top, 2)) for x, y in ring] for ring in each] for each in polygons]


def _draw_areas(canvas: Canvas, drawn: Drawn, specks: dict[int, Spot]) -> None:
    thin = _BORDER if len(drawn) <= _MOST_NAMES else _BORDER_OF_MANY  # many borders would darken what they part
    border = {"stroke": tokens.QUIET, "strokeWidth": thin, "strokeJoin": "round"}
    for shade, colour in SHADES.items():
        canvas.shapes([polygons for area, polygons in drawn if area.shade is shade], fill=colour, **border)
    empty = [polygons for area, polygons in drawn if area.shade is Shade.NONE and polygons]
    lines = [segment for polygons in empty for segment in hatching(polygons, every=_HATCH_EVERY)]
    canvas.rules(lines, color=tokens.QUIET, strokeWidth=0.5)
    for shade, colour in SHADES.items():
        spots = [spot for place, spot in specks.items() if drawn[place][0].shade is shade]
        canvas.symbols(spots, shape="square", filled=True, fill=colour, opacity=1, size=_SPECK, **border)
    own = [polygons for area, polygons in drawn if area.is_subject]
    canvas.shapes(own, filled=False, stroke=tokens.INK, strokeWidth=_OWN_BORDER, strokeJoin="round")


def _draw_names(
    canvas: Canvas, drawn: Drawn, specks: dict[int, Spot], *, room: Box, named: bool, language: Language
) -> None:
    """Write names and values, the region's own first; lines join what must move. ``named``: not only its own."""
    wanted = [place for place, (area, _) in enumerate(drawn) if area.is_subject or named]
    wanted.sort(key=lambda place: not drawn[place][0].is_subject)
    spots = [specks.get(place) or middle_of(drawn[place][1]) for place in wanted]
    texts = [_name(drawn[place][0], language) for place in wanted]
    sizes = [(max(map(text_width, lines)) * _WIDER, len(lines) * LINE_HEIGHT * 0.95) for lines in texts]
    places = placed(spots, sizes, reach=1.0, room=room, over=True)
    leaders = [each.leader for each in places if each is not None and each.leader is not None]
    canvas.rules(leaders, color=tokens.INK, strokeWidth=0.5)
    canvas.symbols([start for start, _ in leaders], shape="circle", filled=True, opacity=1, size=4, color=tokens.INK)
    for is_subject, weight in ((False, "normal"), (True, "bold")):
        said = [
            ((each.box.left + each.box.width / 2, each.box.top + (row + 0.5) * LINE_HEIGHT * 0.95), line)
            for place, lines, each in zip(wanted, texts, places, strict=True)
            if each is not None and drawn[place][0].is_subject is is_subject
            for row, line in enumerate(lines)
        ]
        canvas.haloed(said, align="center", fontWeight=weight, color=tokens.INK)


def _name(area: Area, language: Language) -> list[str]:
    value = print_figure(area.figure, language) if area.figure is not None else DASH
    return [*wrapped(spoken(area.label, language), 90.0), value]


def _key(chart: Map, language: Language, width: float) -> list[tuple[Shade | None, str]]:
    """Return the lines of the key, and below them, without a shade, the places that are not drawn."""
    room = width - 2 * _SWATCH[0]
    lines = key_lines(((shade, spoken(words, language)) for shade, words in chart.classes), room)
    absent = [" ".join(_name(area, language)) for area in chart.areas if not area.outline.polygons]
    if absent:
        told = fill("outputs.map.without", language, names="; ".join(absent))
        lines += [(None, line) for line in wrapped(told, room)]
    return lines


def _draw_key(canvas: Canvas, key: list[tuple[Shade | None, str]], top: float) -> None:
    border: dict[str, Any] = {"stroke": tokens.QUIET, "strokeWidth": 0.6}
    wide, high = _SWATCH
    for row, (shade, text) in enumerate(key):
        y = top + (row + 0.5) * LINE_HEIGHT * 1.15
        canvas.texts([((wide + 6, y), text)])
        if shade is None:
            continue
        box = ((1.0, y - high / 2), (wide, y + high / 2))
        canvas.boxes([box], fill=SHADES[shade], **border)
        if shade is Shade.NONE:
            ring = [box[0], (wide, y - high / 2), box[1], (1.0, y + high / 2), box[0]]
            canvas.rules(hatching([[ring]], every=_HATCH_EVERY), color=tokens.QUIET, strokeWidth=0.5)
