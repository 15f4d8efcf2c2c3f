"""The styles of the document as one table, so that an office can restyle it in Word in one place."""

from __future__ import annotations

from dataclasses import dataclass

from nangkis.content.catalogue import Language
from nangkis.outputs import tokens
from nangkis.outputs.word.xml import element
from nangkis.outputs.xml_tree import Element


LANGUAGE_TAGS: dict[Language, str] = {"id": "id-ID", "en": "en-GB"}


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and spaces are in points; ``line`` is a multiple of the font's own height."""

    name: str
    based_on: str | None = "Normal"
    follows: str | None = None
    size: float | None = None
    bold: bool = False
    colour: str | None = None
    before: float = 0
    after: float = 0
    line: float = 1.15
    keep_next: bool = False
    page_break: bool = False
    level: int | None = None
    align: str | None = None
    indent: float = 0
    hanging: float = 0
    box: bool = False


STYLES = {
    "Normal": Style("Normal", based_on=None, after=6, line=1.25),
    "Title": Style(
        "Title", follows="Subtitle", size=28, bold=True, colour=tokens.NILA, before=190, after=10, line=1.05
    ),
    "Subtitle": Style("Subtitle", size=14, colour=tokens.QUIET, after=8, line=1.2),
    "CoverMarking": Style("Cover Marking", size=11, bold=True, before=10, after=0, line=1.2),
    "CoverDate": Style("Cover Date", size=10, colour=tokens.QUIET, before=24),
    "Heading1": Style(
        "heading 1",
        follows="Normal",
        size=18,
        bold=True,
        colour=tokens.NILA,
        after=14,
        keep_next=True,
        page_break=True,
        level=0,
    ),
    "Heading2": Style("heading 2", follows="Normal", size=13, bold=True, before=16, after=6, keep_next=True, level=1),
    "Heading3": Style("heading 3", follows="Normal", size=11, bold=True, before=12, after=4, keep_next=True, level=2),
    "ListBullet": Style("List Bullet", after=3, line=1.2, indent=18, hanging=14),
    "ListNumber": Style("List Number", after=3, line=1.2, indent=20, hanging=20),
    "Caption": Style("caption", size=9.5, bold=True, before=12, after=4, line=1.1, keep_next=True),
    "Picture": Style("Picture", before=10, line=1.0, keep_next=True),
    "TableText": Style("Table Text", size=tokens.TABLE_POINTS, line=1.1),
    "TableNumber": Style("Table Number", based_on="TableText", size=tokens.TABLE_POINTS, line=1.1, align="right"),
    "TableTextStrong": Style("Table Text Strong", based_on="TableText", size=tokens.TABLE_POINTS, bold=True, line=1.1),
    "TableNumberStrong": Style(
        "Table Number Strong", based_on="TableNumber", size=tokens.TABLE_POINTS, bold=True, line=1.1, align="right"
    ),
    "TableHead": Style("Table Head", based_on="TableText", size=tokens.TABLE_POINTS, bold=True, line=1.1),
    "TableHeadNumber": Style(
        "Table Head Number", based_on="TableHead", size=tokens.TABLE_POINTS, bold=True, line=1.1, align="right"
    ),
    "Note": Style("Note", size=tokens.NOTE_POINTS, colour=tokens.QUIET, before=2, after=0, line=1.1),
    "AfterTable": Style("After Table", size=4, after=4, line=1.0),
    "Empty": Style("Empty Part", line=1.2, indent=6, box=True),
    "EmptyWhy": Style("Empty Part Reason", follows="Empty", bold=True, line=1.2, indent=6, box=True, keep_next=True),
    "TOCHeading": Style("TOC Heading", follows="Normal", size=18, bold=True, colour=tokens.NILA, after=12),
    "ListHeading": Style("List Heading", follows="Normal", size=13, bold=True, before=18, after=6, keep_next=True),
    "TOC1": Style("toc 1", bold=True, before=6, after=2, line=1.1),
    "TOC2": Style("toc 2", after=1, line=1.1, indent=12),
    "TOC3": Style("toc 3", colour=tokens.QUIET, after=1, line=1.1, indent=28),
    "TableofFigures": Style("table of figures", after=2, line=1.1),
    "Header": Style("header", size=8.5, colour=tokens.QUIET, line=1.1),
    "HeaderMarking": Style("Header Marking", based_on="Header", size=8.5, bold=True, colour=tokens.INK, line=1.1),
    "Footer": Style("footer", size=8.5, colour=tokens.QUIET, line=1.1),
    # Not Word's own: that one has tabs in every file that Word made, and a region's may centre it.
    "FooterLine": Style("Footer Line", size=8.5, colour=tokens.QUIET, line=1.1),
}


def styles_part(language: Language) -> Element:
    """Return the root of ``styles.xml``."""
    tag = LANGUAGE_TAGS[language]
    font = tokens.WORD_FONT
    defaults = element(
        "docDefaults",
        element(
            "rPrDefault",
            element(
                "rPr",
                element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
                element("color", val=hexadecimal(tokens.INK)),
                *_size(tokens.TEXT_POINTS),
                element("lang", val=tag, eastAsia=tag, bidi="ar-SA"),
            ),
        ),
        element("pPrDefault"),
    )
    paragraphs = (paragraph_style(key, style) for key, style in STYLES.items())
    return element("styles", defaults, *paragraphs, *_other_styles())


def hexadecimal(colour: str) -> str:
    """Return a colour as Word writes it, without its mark."""
    return colour.removeprefix("#")


def _size(points: float) -> tuple[Element, Element]:
    half_points = round(points * 2)
    return element("sz", val=half_points), element("szCs", val=half_points)


def paragraph_style(key: str, style: Style, *, is_alone: bool = False) -> Element:
    """Return one style; one that ``is_alone`` also says that it is not indented or justified, whatever Normal is."""
    made = element("style", type="paragraph", styleId=key, default=int(key == "Normal"))
    made.append(element("name", val=style.name))
    made.extend(element(name, val=value) for name, value in _relations(style))
    made.extend((element("uiPriority", val=1), element("qFormat"), _paragraph_properties(style, is_alone=is_alone)))
    made.append(element("rPr", *_run_properties(style)))
    return made


def _relations(style: Style) -> list[tuple[str, str]]:
    wanted = (("basedOn", style.based_on), ("next", style.follows))
    return [(name, value) for name, value in wanted if value is not None]


def _paragraph_properties(style: Style, *, is_alone: bool) -> Element:
    made = element("pPr")
    made.extend(
        element(name)
        for name, wanted in (("keepNext", style.keep_next), ("pageBreakBefore", style.page_break))
        if wanted
    )
    made.append(element("widowControl"))
    if style.box:
        made.extend((_box(), element("shd", val="clear", color="auto", fill=hexadecimal(tokens.MIST))))
    made.append(
        element(
            "spacing",
            before=round(style.before * 20),
            after=round(style.after * 20),
            line=round(style.line * 240),
            lineRule="auto",
        )
    )
    if style.indent or style.hanging or is_alone:
        right = round(style.indent * 20) if style.box else 0
        first = {"hanging" if style.hanging or not is_alone else "firstLine": round(style.hanging * 20)}
        made.append(element("ind", left=round(style.indent * 20), right=right, **first))
    if style.align or is_alone:
        made.append(element("jc", val=style.align or "left"))
    if style.level is not None:
        made.append(element("outlineLvl", val=style.level))
    return made


def _box() -> Element:
    colour = hexadecimal(tokens.RULE)
    sides = (element(side, val="single", sz=4, space=6, color=colour) for side in ("top", "left", "bottom", "right"))
    return element("pBdr", *sides)


def _run_properties(style: Style) -> list[Element]:
    made = [element("b")] if style.bold else []
    if style.colour:
        made.append(element("color", val=hexadecimal(style.colour)))
    if style.size:
        made.extend(_size(style.size))
    return made


def _other_styles() -> tuple[Element, ...]:
    character = element("name", val="Default Paragraph Font")
    table = element("name", val="Normal Table")
    return (
        element("style", character, type="character", styleId="DefaultFont", default=1),
        element("style", table, type="table", styleId="TableNormal", default=1),
    )
