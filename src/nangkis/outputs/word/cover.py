"""The first page: what this is, for whom it holds, and how old its data are."""

from __future__ import annotations

from nangkis.content.tree import Document
from nangkis.outputs import tokens
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import element, paragraph, run
from nangkis.outputs.words import plain
from nangkis.outputs.xml_tree import Element


def cover(document: Document, as_of: str, pen: Pen) -> list[Element]:
    """Return the cover's paragraphs."""
    accent = element("pBdr", element("bottom", val="single", sz=24, space=10, color=hexadecimal(tokens.NILA)))
    written = [
        paragraph("Title", run(plain(document.title, pen.language)), properties=(accent,)),
        paragraph("Subtitle", run(plain(document.subtitle, pen.language))),
    ]
    written += [paragraph("CoverMarking", run(plain(marking, pen.language))) for marking in document.marking]
    written.append(paragraph("CoverDate", run(pen.say("outputs.as-of", day=as_of))))
    return written
