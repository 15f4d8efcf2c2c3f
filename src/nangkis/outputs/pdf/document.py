"""A document's content tree as a PDF for everybody's eyes (PDF/UA-1) and for archives (PDF/A-3a)."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from importlib import resources
from pathlib import Path

from nangkis.content.catalogue import Language
from nangkis.content.tree import Document
from nangkis.outputs.charts import chart_svg
from nangkis.outputs.pages import UPRIGHT
from nangkis.outputs.pdf.content import MANIFEST_FILE, described
from nangkis.outputs.pdf.glyphs import printable
from nangkis.outputs.pdf.typesetting import TypesettingLimits, typeset


def pdf_bytes(
    document: Document, *, language: Language, manifest: bytes, as_of: date, limits: TypesettingLimits
) -> bytes:
    """Return the PDF; the same content gives the same bytes. The manifest is attached as a file.

    Typst sees a folder of our own making and nothing else, in a process of its own. Raises TypeError for a figure in a
    heading, a title or a marking; PdfNotSet where a limit is met.
    """
    told = described(document, language=language, as_of=as_of)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = resources.files("nangkis.outputs.pdf") / "template.typ"
        (folder / "template.typ").write_bytes(template.read_bytes())
        (folder / "content.json").write_text(json.dumps(told.values, ensure_ascii=False), encoding="utf-8")
        (folder / MANIFEST_FILE).write_bytes(manifest)
        for file, chart in told.charts.items():
            svg = chart_svg(chart, language=language, width_mm=UPRIGHT.text_mm)
            (folder / file).write_text(printable(svg), encoding="utf-8")
        return typeset(folder, as_of=as_of, limits=limits)
