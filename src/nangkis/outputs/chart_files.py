"""A chart as a file of its own: a picture for print, a drawing, or a page that needs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import PurePath

from nangkis.content.catalogue import Language, template
from nangkis.content.sentences import Value, spoken
from nangkis.content.tree import Picture
from nangkis.outputs import tokens
from nangkis.outputs.chart_data import ChartData, chart_data
from nangkis.outputs.charts import chart_png, chart_svg
from nangkis.outputs.webfont import font_faces
from nangkis.outputs.words import writable
from nangkis.vocabulary.refusals import RequestRefused


class ChartFormatUnknown(RequestRefused):
    """The name of the file ends in no format that charts are written in."""


# Nothing is fetched and nothing runs: a browser is told so, too.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_LENGTHS = re.compile(r' (width|height)="([0-9.]+)"')
_STYLE = f"""
body{{margin:2rem auto;max-width:56rem;padding:0 1rem;color:{tokens.INK};background:{tokens.PAPER};\
font:16px/1.5 "{tokens.CHART_FONT}",system-ui,sans-serif}}
h1{{font-size:1.25rem}} figure{{margin:1rem 0}} svg{{max-width:100%;height:auto}} p.source{{color:{tokens.QUIET}}}
table{{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}}
th,td{{border-bottom:1px solid {tokens.RULE};padding:4px 12px 4px 0;text-align:left;vertical-align:top}}
th{{background:{tokens.MIST}}} .number{{text-align:right}}
"""


def chart_file(picture: Picture, *, name: str, language: Language, width_mm: float = 160) -> bytes:
    """Return a chart as the content of a file called ``name``: its ending says which format.

    ``.png`` is a picture of ``width_mm``, ``.svg`` a drawing with its words and its font inside, ``.html`` a page with
    the drawing, the table of its values and its sources. Raises ChartFormatUnknown for another ending.
    """
    make = _MAKERS.get(PurePath(name).suffix.lower())
    if make is None:
        raise ChartFormatUnknown("chart-format-unknown", file=PurePath(name).name, known=", ".join(_MAKERS))
    return make(picture, language, width_mm)


def _png(picture: Picture, language: Language, width_mm: float) -> bytes:
    return chart_png(picture.chart, language=language, width_mm=width_mm)


def _svg(picture: Picture, language: Language, width_mm: float) -> bytes:
    svg = chart_svg(picture.chart, language=language, width_mm=width_mm)
    return _told(svg, picture, language, style=font_faces(svg)).encode()


def _told(svg: str, picture: Picture, language: Language, *, style: str) -> str:
    """Put the chart's words, and the style, at the beginning of the drawing, and say that its lengths are points."""
    head, mark, rest = svg.partition(">")
    sized = _LENGTHS.sub(r' \1="\2pt"', head)
    title, description = _said(picture.title, language), _said(picture.alternative, language)
    words = f'<title id="t">{title}</title><desc id="d">{description}</desc>'
    styled = f"<style>{style}</style>" if style else ""
    return f'{sized} role="img" aria-labelledby="t d"{mark}{words}{styled}{rest}'


def _html(picture: Picture, language: Language, width_mm: float) -> bytes:
    svg = chart_svg(picture.chart, language=language, width_mm=width_mm)
    title = _said(picture.title, language)
    sources = "; ".join(_said(source, language) for source in picture.sources)
    source = f'<p class="source">{escape(template("outputs.source", language))}: {sources}</p>' if sources else ""
    page = (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{font_faces(svg)}{_STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p>{_said(picture.alternative, language)}</p>"
        f"<figure>{_told(svg, picture, language, style='')}</figure>{source}"
        f"{_table(chart_data(picture.chart, language), language)}</main></body></html>\n"
    )
    return page.encode()


def _table(data: ChartData, language: Language) -> str:
    looks = [' class="number"' if numeric else "" for numeric in data.numeric]
    head = "".join(f'<th scope="col"{look}>{_safe(text)}</th>' for look, text in zip(looks, data.columns, strict=True))
    rows = (
        "".join(f"<td{look}>{_safe(text)}</td>" for look, text in zip(looks, row, strict=True)) for row in data.rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    caption = escape(template("outputs.data.title", language))
    return f"<h2>{caption}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _said(value: Value, language: Language) -> str:
    return _safe(spoken(value, language))


def _safe(text: str) -> str:
    return escape(writable(text))


_MAKERS: Mapping[str, Callable[[Picture, Language, float], bytes]] = {".svg": _svg, ".png": _png, ".html": _html}
