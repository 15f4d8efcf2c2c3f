"""Sections of one paper each, and what stands above and below every page."""

from __future__ import annotations

from nangkis.content.catalogue import PLACEHOLDER, template
from nangkis.outputs import tokens
from nangkis.outputs.pages import Paper
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.fields import field_runs
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import Element, element, paragraph, related, run, twips


_TOP_MM, _BOTTOM_MM, _EDGE_MM = 32, 24, 12
_PAGE_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}


def header(marking: str, title: str, paper: Paper) -> Element:
    """Return what stands above every page: the marking in bold, then the short title over a thin line."""
    made = element("hdr")
    if marking or not title:
        made.append(paragraph("HeaderMarking", run(marking)))
    if title:
        made.append(paragraph("Header", run(title), properties=(_rule("bottom"), _right_edge(paper))))
    return made


def blank_footer() -> Element:
    """Return what stands below a cover: nothing."""
    return element("ftr", paragraph("Footer"))


def footer(as_of: str, pen: Pen, paper: Paper) -> Element:
    """Return what stands below every page: the day of the data, and page X of Y at the right edge."""
    content = [run(pen.say("outputs.as-of", day=as_of)), element("r", element("tab"))]
    text = template("outputs.page", pen.language)
    end = 0
    for match in PLACEHOLDER.finditer(text):
        content += [run(text[end : match.start()]), *field_runs(_PAGE_FIELDS[match[1]], "1")]
        end = match.end()
    content.append(run(text[end:]))
    return element("ftr", paragraph("Footer", *content, properties=(_rule("top"), _right_edge(paper))))


def section(paper: Paper, header_relation: str, footer_relation: str) -> Element:
    """Return the properties of a section that starts on a new page."""
    references = [
        related("headerReference", header_relation, type="default"),
        related("footerReference", footer_relation, type="default"),
    ]
    orient = "landscape" if paper.width_mm > paper.height_mm else "portrait"
    size = element("pgSz", w=twips(paper.width_mm), h=twips(paper.height_mm), orient=orient)
    margins = element(
        "pgMar",
        top=twips(_TOP_MM),
        right=twips(paper.side_mm),
        bottom=twips(_BOTTOM_MM),
        left=twips(paper.side_mm),
        header=twips(_EDGE_MM),
        footer=twips(_EDGE_MM),
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
