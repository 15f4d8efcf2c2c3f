"""A document's content tree as a PDF for everybody's eyes (PDF/UA-1) and for archives (PDF/A-3a)."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path

import font_source_sans_pro
import typst

from nangkis.content.catalogue import Language
from nangkis.content.tree import Document
from nangkis.outputs.charts import chart_svg
from nangkis.outputs.pages import UPRIGHT
from nangkis.outputs.pdf.content import MANIFEST_FILE, described
from nangkis.outputs.pdf.glyphs import printable


def pdf_bytes(document: Document, *, language: Language, manifest: bytes, as_of: date) -> bytes:
    """Return the PDF; the same content gives the same bytes. The manifest is attached as a file.

    Typst sees a folder of our own making and nothing else. Raises TypeError for a figure in a heading, a title or a
    marking.
    """
    told = described(document, language=language, as_of=as_of)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.typ"
        template.write_bytes((resources.files("nangkis.outputs.pdf") / "template.typ").read_bytes())
        (folder / "content.json").write_text(json.dumps(told.values, ensure_ascii=False), encoding="utf-8")
        (folder / MANIFEST_FILE).write_bytes(manifest)
        for file, chart in told.charts.items():
            svg = chart_svg(chart, language=language, width_mm=UPRIGHT.text_mm)
            (folder / file).write_text(printable(svg), encoding="utf-8")
        return typst.compile(
            template,
            root=folder,
            font_paths=_fonts(),
            package_path=folder / "packages",
            package_cache_path=folder / "packages",
            pdf_standards=["ua-1", "a-3a"],
            timestamp=datetime.combine(as_of, time(), tzinfo=UTC),
        )


@cache
def _fonts() -> typst.Fonts:
    """Once, and none of the machine's own: a page breaks alike everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
