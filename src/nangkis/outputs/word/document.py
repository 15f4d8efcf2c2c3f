"""A document's content tree as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_date
from nangkis.content.tree import Block, Bullets, Document, Empty, Heading, Paragraph, Picture, Table
from nangkis.outputs.captions import heading_text
from nangkis.outputs.charts import chart_png
from nangkis.outputs.pages import Paper, by_paper
from nangkis.outputs.word.captions import Captions, Entry
from nangkis.outputs.word.contents import contents
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.cover import cover
from nangkis.outputs.word.edges import Edges
from nangkis.outputs.word.house_styles import house_styles
from nangkis.outputs.word.numbering import BULLETS, Lists, membership
from nangkis.outputs.word.package import Look, WordPackage, font_table
from nangkis.outputs.word.pictures import picture
from nangkis.outputs.word.sections import Pages, close_section
from nangkis.outputs.word.styles import styles_part
from nangkis.outputs.word.tables import table
from nangkis.outputs.word.template import Template
from nangkis.outputs.word.theme import theme
from nangkis.outputs.word.xml import element, paragraph, run
from nangkis.outputs.words import short_title
from nangkis.outputs.xml_tree import Element


def word_bytes(
    document: Document, *, language: Language, manifest: bytes, as_of: date, template: Template | None = None
) -> bytes:
    """Return the Word file; the same content gives the same bytes.

    Every figure of a paragraph, point or cell is a content control that :func:`read_word` finds again. Nothing is
    locked. Paper, styles and letterhead are the ``template``'s, where it has them. Raises TypeError for a figure in a
    heading, a title or a marking.
    """
    pen = Pen(language)
    package = WordPackage()
    pages = Pages() if template is None else template.pages
    upright, sideways = pages.upright.paper, pages.sideways.paper
    writer = _BlockWriter(pen, package, Captions(pen), upright)
    chapters = [
        (pages.sideways if paper is sideways else pages.upright, writer.all(blocks, paper))
        for paper, blocks in by_paper(document.blocks, language, upright, sideways)
    ]
    day = print_date(as_of, language)
    edges = Edges(document, day, pen, package, template)
    front = [
        (cover(document, day, pen), edges.cover(pages.upright)),
        (contents(writer.headings, writer.captions, pen, upright), edges.around(pages.upright)),
    ]
    body = _body([*front, *((blocks, edges.around(page)) for page, blocks in chapters)])
    _add_look(package, writer.lists.part(), language, template)
    package.add_manifest(manifest)
    return package.content(body, pen.waiting, title=short_title(document, language), language=language, as_of=as_of)


def _add_look(package: WordPackage, numbering: Element, language: Language, template: Template | None) -> None:
    if template is None:
        package.add_styles(styles_part(language), numbering, language, Look())
        return
    styles = styles_part(language) if template.styles is None else house_styles(template.styles, language)
    package.add_styles(
        styles,
        numbering,
        language,
        Look(
            theme() if template.theme is None else template.theme,
            font_table() if template.fonts is None else template.fonts,
            even_differ=any(pages == "even" for _, pages in template.edges),
        ),
    )


def _body(sections: Sequence[tuple[list[Element], Element]]) -> Element:
    body = element("body")
    for place, (blocks, properties) in enumerate(sections):
        if place < len(sections) - 1:
            close_section(blocks, properties)
        body.extend(blocks)
    body.append(sections[-1][1])
    return body


def _room_below(*, is_wanted: bool) -> tuple[Element, ...]:
    return (element("spacing", after=160),) if is_wanted else ()


@dataclass
class _BlockWriter:
    pen: Pen
    package: WordPackage
    captions: Captions
    upright: Paper
    lists: Lists = field(default_factory=Lists)
    headings: list[Entry] = field(default_factory=list)
    paper: Paper = field(init=False)

    def all(self, blocks: Sequence[Block], paper: Paper) -> list[Element]:
        self.paper = paper
        return [written for block in blocks for written in self._block(block)]

    def _block(self, block: Block) -> list[Element]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [paragraph("Normal", *self.pen.write(*block.sentences))]
            case Bullets():
                return self._points(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Empty():
                return self._empty(block)
            case _:
                assert_never(block)

    def _heading(self, block: Heading) -> Element:
        self.captions.numbers.enter(block)
        text = heading_text(block, self.pen.language)
        level = min(block.level, 3)
        bookmark = f"_Toc_{next(self.pen.ids)}"
        self.headings.append(Entry(level, text, bookmark))
        return paragraph(f"Heading{level}", *self.pen.bookmark(bookmark, run(text)))

    def _points(self, block: Bullets) -> list[Element]:
        number = self.lists.numbered() if block.numbered else BULLETS
        style = "ListNumber" if block.numbered else "ListBullet"
        last = len(block.items) - 1
        return [
            paragraph(
                style, *self.pen.write(item), properties=(membership(number), *_room_below(is_wanted=place == last))
            )
            for place, item in enumerate(block.items)
        ]

    def _table(self, block: Table) -> list[Element]:
        caption = self.captions.caption(self.pen.say("outputs.table"), block.title, above=True)
        return table(block, caption, self.pen, width_mm=self.paper.text_mm)

    def _picture(self, block: Picture) -> list[Element]:
        png = chart_png(block.chart, language=self.pen.language, width_mm=self.upright.text_mm)
        word, leads = self.pen.say("outputs.picture"), bool(block.sources)
        caption = self.captions.caption(word, block.title, above=False, keeps_next=leads)
        relation = self.package.add_image(png)
        return picture(block, png, relation, caption, self.pen, width_mm=self.upright.text_mm)

    def _empty(self, block: Empty) -> list[Element]:
        why = paragraph("EmptyWhy", *self.pen.write(block.why))
        return [why, paragraph("Empty", *self.pen.write(block.do)), paragraph("AfterTable")]
