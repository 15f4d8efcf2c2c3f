"""Sections of one paper each, and what stands above and below every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nangkis.content.catalogue import PLACEHOLDER, template
from nangkis.outputs import tokens
from nangkis.outputs.pages import SIDEWAYS, UPRIGHT, Paper
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.fields import field_runs
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import element, paragraph, related, run, twips
from nangkis.outputs.xml_tree import Element


_TOP_MM, _BOTTOM_MM, _EDGE_MM = 32, 24, 12
_PAGE_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


@dataclass(frozen=True)
class EdgeUse:
    """What stands above or below the pages of a section: ``header`` or ``footer``, ``default`` or ``even`` pages."""

    kind: str
    pages: str
    relation: str


@dataclass(frozen=True)
class Page:
    """A page as Word keeps it, in twips; ``header`` and ``footer`` are their distances from the paper's edge.

    ``paper`` is the same in millimetres, with both margins at the side alike.
    """

    paper: Paper
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    header: int
    footer: int


def page_of(paper: Paper) -> Page:
    """Return the page of a paper with our margins."""
    width, height, side = twips(paper.width_mm), twips(paper.height_mm), twips(paper.side_mm)
    edge = twips(_EDGE_MM)
    return Page(paper, width, height, side, side, twips(_TOP_MM), twips(_BOTTOM_MM), edge, edge)


@dataclass(frozen=True)
class Pages:
    """The two pages of a document."""

    upright: Page = field(default_factory=lambda: page_of(UPRIGHT))
    sideways: Page = field(default_factory=lambda: page_of(SIDEWAYS))


def header(marking: str, title: str, paper: Paper) -> Element:
    """Return what stands above every page: the marking in bold, then the short title over a thin line."""
    made = element("hdr")
    if marking or not title:
        made.append(marking_line(marking))
    if title:
        made.append(paragraph("Header", run(title), properties=(_rule("bottom"), _right_edge(paper))))
    return made


def marking_line(marking: str, *room: Element) -> Element:
    """Return the line above every page that says what the document is not, with room around it when it is asked for."""
    return paragraph("HeaderMarking", run(marking), properties=room)


def blank_footer() -> Element:
    """Return what stands below a cover: nothing."""
    return element("ftr", paragraph("Footer"))


def footer(as_of: str, pen: Pen, paper: Paper) -> Element:
    """Return what stands below every page."""
    return element("ftr", footer_line(as_of, pen, paper))


def footer_line(as_of: str, pen: Pen, paper: Paper) -> Element:
    """Return the line below every page: the day of the data, and page X of Y at the right edge."""
    content = [run(pen.say("outputs.as-of", day=as_of)), element("r", element("tab"))]
    text = template("outputs.page", pen.language)
    end = 0
    for match in PLACEHOLDER.finditer(text):
        content += [run(text[end : match.start()]), *field_runs(_PAGE_FIELDS[match[1]], "1")]
        end = match.end()
    content.append(run(text[end:]))
    return paragraph("FooterLine", *content, properties=(_rule("top"), _right_edge(paper)))


def section(page: Page, edges: Sequence[EdgeUse]) -> Element:
    """Return the properties of a section that starts on a new page."""
    references = [related(f"{each.kind}Reference", each.relation, type=each.pages) for each in edges]
    orient = "landscape" if page.width > page.height else "portrait"
    size = element("pgSz", w=page.width, h=page.height, orient=orient)
    margins = element(
        "pgMar",
        top=page.top,
        right=page.right,
        bottom=page.bottom,
        left=page.left,
        header=page.header,
        footer=page.footer,
        gutter=0,
    )
    return element("sectPr", *references, element("type", val="nextPage"), size, margins)


def close_section(blocks: list[Element], properties: Element) -> None:
    """End a section with a small paragraph of its own.

    LibreOffice writes the controls and fields of a section's last paragraph twice, or not at all.
    """
    blocks.append(paragraph("AfterTable", properties=(properties,)))


def _rule(side: str) -> Element:
    colour = hexadecimal(tokens.RULE)
    return element("pBdr", element(side, val="single", sz=4, space=4, color=colour))


def _right_edge(paper: Paper) -> Element:
    return element("tabs", element("tab", val="right", pos=twips(paper.text_mm)))
