"""Writing one chart into a file of its own."""

from __future__ import annotations

from pathlib import Path

from nangkis.content.catalogue import Language
from nangkis.content.tree import Picture
from nangkis.lake.files import write_whole_bytes
from nangkis.outputs.chart_files import chart_file


def write_chart(picture: Picture, path: Path, *, language: Language, width_mm: float = 160) -> Path:
    """Write a chart as ``.svg``, ``.png`` or ``.html``, as the path ends, whole or not at all; return the path.

    Raises ChartFormatUnknown for another ending, before anything is drawn or made.
    """
    content = chart_file(picture, name=path.name, language=language, width_mm=width_mm)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole_bytes(path, content)
    return path
