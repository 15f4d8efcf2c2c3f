"""What stands above and below the pages of one document: ours, or a region's letterhead with our marking under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nangkis.content.tree import Document
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.house_edges import Edge
from nangkis.outputs.word.package import WordPackage
from nangkis.outputs.word.sections import (
    EdgeUse,
    Page,
    blank_footer,
    footer,
    footer_line,
    header,
    marking_line,
    section,
)
from nangkis.outputs.word.template import KINDS, Place, Template
from nangkis.outputs.word.xml import element, paragraph, qualified
from nangkis.outputs.words import BETWEEN, plain, short_title
from nangkis.outputs.xml_tree import Element


@dataclass
class Edges:
    """Makes the headers and footers of one document, once for each page."""

    document: Document
    day: str
    pen: Pen
    package: WordPackage
    template: Template | None
    _made: dict[Page, list[EdgeUse]] = field(default_factory=dict)

    def cover(self, page: Page) -> Element:
        """Return the properties of the cover's section."""
        house = {} if self.template is None else self.template.cover
        above = header(self._marking(), "", page.paper)
        return section(page, [self._above(house, "default", above), self._below(house, "default", blank_footer())])

    def around(self, page: Page) -> Element:
        """Return the properties of any other section."""
        if page not in self._made:
            self._made[page] = self._others(page)
        return section(page, self._made[page])

    def _others(self, page: Page) -> list[EdgeUse]:
        house = {} if self.template is None else self.template.edges
        kinds = ("default", "even") if any(pages == "even" for _, pages in house) else ("default",)
        title = short_title(self.document, self.pen.language)
        above = [self._above(house, pages, header(self._marking(), title, page.paper)) for pages in kinds]
        below = []
        for pages in kinds:
            line, edges = footer_line(self.day, self.pen, page.paper), (house.get((kind, pages)) for kind in KINDS)
            more = () if any(edge is not None and edge.says_page for edge in edges) else (line,)
            below.append(self._below(house, pages, footer(self.day, self.pen, page.paper), *more))
        return [*above, *below]

    def _above(self, house: Mapping[Place, Edge], pages: str, ours: Element) -> EdgeUse:
        edge, marking = house.get(("header", pages)), self._marking()
        if edge is None:
            return EdgeUse("header", pages, self.package.add_header(ours))
        # A letterhead is higher than the margin, so that the text begins right below our line.
        more = [marking_line(marking, element("spacing", before=60, after=160))] if marking else []
        return EdgeUse("header", pages, self.package.add_header(self._copy(edge, *more), edge.images))

    def _below(self, house: Mapping[Place, Edge], pages: str, ours: Element, *more: Element) -> EdgeUse:
        edge = house.get(("footer", pages))
        if edge is None:
            return EdgeUse("footer", pages, self.package.add_footer(ours))
        return EdgeUse("footer", pages, self.package.add_footer(self._copy(edge, *more), edge.images))

    def _copy(self, edge: Edge, *more: Element) -> Element:
        root = edge.copy()
        for drawing in root.iter(qualified("wp:docPr")):
            drawing.set("id", str(next(self.pen.ids)))
        root.extend(more if more or len(root) else [paragraph("Header")])
        return root

    def _marking(self) -> str:
        return BETWEEN.join(plain(each, self.pen.language) for each in self.document.marking)
