"""What a reader or a screen reader stumbles over in a Word file: headings, tables, pictures, pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from nangkis.content.catalogue import LANGUAGES, template
from nangkis.outputs.word.xml import NAMESPACES, qualified


_SOURCES = tuple(f"{template('outputs.source', language)}: " for language in LANGUAGES)
_ROUNDING_TWIPS = 30


def content_faults(body: etree._Element, styles: etree._Element) -> Iterator[str]:
    """Say what is wrong with the text; ``body`` is the main part, ``styles`` the root of its styles."""
    names = names_of(styles)
    yield from _headings(body, names)
    yield from _tables(body, names)
    yield from _pictures(body, names)
    yield from _papers(body)


def names_of(styles: etree._Element) -> dict[str, str]:
    """Return the name of each style by its id: a localised Word translates ids, and keeps the names."""
    return {
        str(style.get(qualified("styleId"))): str(name.get(qualified("val"))).casefold()
        for style in styles.iter(qualified("style"))
        if (name := style.find("w:name", NAMESPACES)) is not None
    }


def _named(block: etree._Element | None, names: dict[str, str]) -> str:
    style = None if block is None else block.find("w:pPr/w:pStyle", NAMESPACES)
    return "" if style is None else names.get(str(style.get(qualified("val"))), "")


def _headings(body: etree._Element, names: dict[str, str]) -> Iterator[str]:
    styled = (re.fullmatch(r"heading (\d)", _named(block, names)) for block in body.iter(qualified("p")))
    levels = [int(match[1]) for match in styled if match]
    for before, after in pairwise([0, *levels]):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _tables(body: etree._Element, names: dict[str, str]) -> Iterator[str]:
    for table in body.iter(qualified("tbl")):
        first = table.find("w:tr", NAMESPACES)
        if first is None or first.find("w:trPr/w:tblHeader", NAMESPACES) is None:
            yield "a table has no head row"
        columns = len(table.findall("w:tblGrid/w:gridCol", NAMESPACES))
        for row in table.iterfind("w:tr", NAMESPACES):
            cells = row.findall("w:tc", NAMESPACES)
            if len(cells) != columns:
                yield f"a row has {len(cells)} cells, its table {columns} columns"
            if any(not len(cell) or cell[-1].tag != qualified("p") for cell in cells):
                yield "a cell does not end in a paragraph"
        following = table.getnext()
        if following is None or following.tag != qualified("p"):
            yield "a table is not followed by a paragraph: Word would join it to the next"
        yield from _captioned("a table", table.getprevious(), names)


def _pictures(body: etree._Element, names: dict[str, str]) -> Iterator[str]:
    for inline in body.iter(qualified("wp:inline"), qualified("wp:anchor")):
        described = inline.find("wp:docPr", NAMESPACES)
        if described is None or not str(described.get("descr", "")).strip():
            yield "a picture has no alternative text"
        block = next(inline.iterancestors(qualified("p")))
        yield from _captioned("a picture", block.getnext(), names)


def _captioned(what: str, caption: etree._Element | None, names: dict[str, str]) -> Iterator[str]:
    codes = [] if caption is None else [code.text or "" for code in caption.iter(qualified("instrText"))]
    if _named(caption, names) != "caption" or not any(code.strip().startswith("SEQ ") for code in codes):
        yield f"{what} has no numbered caption"


def unsourced(body: etree._Element, styles: etree._Element) -> list[str]:
    """Return the captions of the tables and pictures below which no source stands."""
    names = names_of(styles)
    captions = [block for block in body.iter(qualified("p")) if _named(block, names) == "caption"]
    return [words(caption) for caption in captions if not _is_sourced(caption.getnext(), names)]


def _is_sourced(below: etree._Element | None, names: dict[str, str]) -> bool:
    if below is not None and below.tag == qualified("tbl"):
        below = below.getnext()
    while below is not None and _named(below, names) == "note":
        if words(below).startswith(_SOURCES):
            return True
        below = below.getnext()
    return False


def words(block: etree._Element) -> str:
    """Return the text of a block."""
    return "".join(text.text or "" for text in block.iter(qualified("t")))


def _papers(body: etree._Element) -> Iterator[str]:
    wide: list[int] = []
    for part in body.iter(qualified("tblW"), qualified("sectPr")):
        if part.tag == qualified("tblW"):
            wide.append(int(part.get(qualified("w"), "0")))
            continue
        yield from _paper(part, max(wide, default=0))
        wide = []


def _paper(section: etree._Element, widest: int) -> Iterator[str]:
    size, margins = section.find("w:pgSz", NAMESPACES), section.find("w:pgMar", NAMESPACES)
    if size is None or margins is None:
        yield "a section says no paper"
        return
    width, height = (int(size.get(qualified(name), "0")) for name in ("w", "h"))
    if (width > height) != (size.get(qualified("orient")) == "landscape"):
        yield f"a section of {width} by {height} is {size.get(qualified('orient'))}"
    room = width - sum(int(margins.get(qualified(name), "0")) for name in ("left", "right", "gutter"))
    if widest > room + _ROUNDING_TWIPS:
        yield f"a table of {widest} is wider than its page, which has room for {room}"
