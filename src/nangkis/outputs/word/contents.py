"""The lists of contents, tables and pictures: real fields whose entries are already there.

Page numbers are known only to the program that breaks the pages, and a flag that makes Word compute them on opening
shows a warning about "fields that may refer to other files". So the entries stand without numbers, and a line inside
the first field says how to fill them in; updating replaces that line too.
"""

from __future__ import annotations

from collections.abc import Sequence

from nangkis.outputs.pages import Paper
from nangkis.outputs.word.captions import Captions, Entry
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.fields import field_end, field_start
from nangkis.outputs.word.xml import element, paragraph, run, twips
from nangkis.outputs.xml_tree import Element


def contents(headings: Sequence[Entry], captions: Captions, pen: Pen, paper: Paper) -> list[Element]:
    """Return the pages of contents; a list without entries is left out."""
    edge = twips(paper.text_mm)
    written = [paragraph("TOCHeading", run(pen.say("outputs.contents")))]
    hint = pen.say("outputs.contents.hint")
    written += _listed('TOC \\o "1-3" \\h \\z \\u', headings, styles=("TOC1", "TOC2", "TOC3"), edge=edge, hint=hint)
    has_lists = False
    for word, title in ((pen.say("outputs.table"), "outputs.tables"), (pen.say("outputs.picture"), "outputs.pictures")):
        entries = captions.entries.get(word, ())
        if entries:
            # A heading before a field is not kept with it by LibreOffice, so the first of the lists begins a page.
            apart = () if has_lists else (element("pageBreakBefore"),)
            written.append(paragraph("ListHeading", run(pen.say(title)), properties=apart))
            has_lists = True
            written += _listed(f'TOC \\h \\z \\c "{word}"', entries, styles=("TableofFigures",), edge=edge)
    return written


def _listed(
    code: str, entries: Sequence[Entry], *, styles: tuple[str, ...], edge: int, hint: str = ""
) -> list[Element]:
    """Return a list; ``edge`` is the right edge of the text, in twips, where Word sets the page numbers."""
    written = [paragraph(styles[entry.level - 1], _link(entry), properties=_tab(edge)) for entry in entries]
    if hint or not written:
        written.append(paragraph("Note", run(hint)))
    for place, opening in enumerate(field_start(code)):
        written[0].insert(1 + place, opening)
    written[-1].append(field_end())
    return written


def _link(entry: Entry) -> Element:
    return element("hyperlink", run(entry.text), anchor=entry.bookmark, history=1)


def _tab(edge: int) -> tuple[Element, ...]:
    return (element("tabs", element("tab", val="right", leader="dot", pos=edge)),)
