"""A chart's description as a picture for print."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any, assert_never

import font_source_sans_pro
import vl_convert

from nangkis.content.catalogue import Language
from nangkis.content.charts import Chart, Map, Quadrant, Series, SmallMultiples, SortedBars, Tiles
from nangkis.outputs.drawing.bars import bars_spec
from nangkis.outputs.drawing.look import CONFIG
from nangkis.outputs.drawing.maps import map_spec
from nangkis.outputs.drawing.multiples import multiples_spec
from nangkis.outputs.drawing.quadrant import quadrant_spec
from nangkis.outputs.drawing.series import series_spec
from nangkis.outputs.drawing.tiles import tiles_spec


POINTS_PER_INCH = 72
PIXELS_PER_INCH = 220
MM_PER_INCH = 25.4
_KEPT = 16  # pictures: those of one document, which its Word file and its workbook both hold
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_NUMBER_MARKS: dict[Language, dict[str, Any]] = {
    "id": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["Rp", ""]},
}


def chart_png(chart: Chart, *, language: Language, width_mm: float = 160) -> bytes:
    """Return the chart as PNG, exactly ``width_mm`` wide on paper. Raises ValueError for a chart without a value."""
    return _png(json.dumps(_whole_spec(chart, language, width_mm)), language)


@lru_cache(maxsize=_KEPT)
def _png(spec: str, language: Language) -> bytes:
    png: bytes = vl_convert.vegalite_to_png(
        spec, ppi=PIXELS_PER_INCH, allowed_base_urls=[], format_locale=_NUMBER_MARKS[language]
    )
    return png


def chart_svg(chart: Chart, *, language: Language, width_mm: float = 160) -> str:
    """Return the chart as SVG, whose lengths are points of paper. Raises ValueError for a chart without a value."""
    spec = _whole_spec(chart, language, width_mm)
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=_NUMBER_MARKS[language])
    return svg


def _whole_spec(chart: Chart, language: Language, width_mm: float) -> dict[str, Any]:
    _register_fonts()
    return {"$schema": _SCHEMA, "config": CONFIG, **chart_spec(chart, language=language, width_mm=width_mm)}


def chart_spec(chart: Chart, *, language: Language, width_mm: float) -> dict[str, Any]:
    """Return the Vega-Lite description; its lengths are points of paper."""
    width = width_mm / MM_PER_INCH * POINTS_PER_INCH
    match chart:
        case SortedBars():
            return bars_spec(chart, language, width)
        case Series():
            return series_spec(chart, language, width)
        case Tiles():
            return tiles_spec(chart, language, width)
        case SmallMultiples():
            return multiples_spec(chart, language, width)
        case Quadrant():
            return quadrant_spec(chart, language, width)
        case Map():
            return map_spec(chart, language, width)
        case _:
            assert_never(chart)


@cache
def _register_fonts() -> None:
    """Once: a chart that says sans-serif comes out in whatever the machine has."""
    vl_convert.register_font_directory(font_source_sans_pro.font_directory)
