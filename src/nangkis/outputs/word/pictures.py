"""Charts as pictures in the text, with words for those who cannot see them."""

from __future__ import annotations

import struct

from nangkis.content.sentences import spoken
from nangkis.content.tree import Picture
from nangkis.outputs.word.controls import Pen
from nangkis.outputs.word.tables import sources
from nangkis.outputs.word.xml import MM_TO_EMU, NAMESPACES, drawing, element, paragraph, qualified
from nangkis.outputs.words import writable
from nangkis.outputs.xml_tree import Element


def picture(
    described: Picture, png: bytes, relation: str, caption: Element, pen: Pen, *, width_mm: float
) -> list[Element]:
    """Return the picture, its caption and its sources. ``relation`` is the id of the image's part."""
    width, height = struct.unpack(">II", png[16:24])
    extent = {"cx": round(width_mm * MM_TO_EMU), "cy": round(width_mm * MM_TO_EMU * height / width)}
    alternative = writable(spoken(described.alternative, pen.language))
    inline = _inline(relation, extent, alternative, next(pen.ids))
    image = paragraph("Picture", element("r", element("drawing", inline)))
    return [image, caption, *sources(described.sources, pen), paragraph("AfterTable")]


def _inline(relation: str, extent: dict[str, int], alternative: str, number: int) -> Element:
    blip = drawing("a:blip")
    blip.set(qualified("r:embed"), relation)
    name = f"Picture {number}"
    shape = drawing(
        "pic:pic",
        drawing("pic:nvPicPr", drawing("pic:cNvPr", id=number, name=name, descr=alternative), drawing("pic:cNvPicPr")),
        drawing("pic:blipFill", blip, drawing("a:stretch", drawing("a:fillRect"))),
        drawing(
            "pic:spPr",
            drawing("a:xfrm", drawing("a:off", x=0, y=0), drawing("a:ext", **extent)),
            drawing("a:prstGeom", drawing("a:avLst"), prst="rect"),
        ),
    )
    graphic = drawing("a:graphic", drawing("a:graphicData", shape, uri=NAMESPACES["pic"]))
    return drawing(
        "wp:inline",
        drawing("wp:extent", **extent),
        drawing("wp:docPr", id=number, name=name, descr=alternative),
        drawing("wp:cNvGraphicFramePr", drawing("a:graphicFrameLocks", noChangeAspect=1)),
        graphic,
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
