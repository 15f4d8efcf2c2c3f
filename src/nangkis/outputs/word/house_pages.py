"""The paper and the margins of a region's own Word file."""

from __future__ import annotations

import re

from nangkis.outputs.pages import Paper
from nangkis.outputs.word.sections import Page, Pages
from nangkis.outputs.word.xml import MM_TO_TWIPS, NAMESPACES, qualified
from nangkis.outputs.xml_tree import Element


_TWIPS_PER = {"mm": MM_TO_TWIPS, "cm": 10 * MM_TO_TWIPS, "in": 1440, "pt": 20, "pc": 240, "pi": 240}
_LENGTH = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi)?")
_LONGEST = 31_680  # what Word allows: 22 inches
_MARGIN, _DISTANCE = 1440, 720  # what Word takes when a section says none


def house_pages(section: Element) -> Pages | None:
    """Return a section's page upright and sideways, with the same margins; None when it says no paper.

    Raises ValueError for a length that Word does not allow.
    """
    size, margins = section.find("w:pgSz", NAMESPACES), section.find("w:pgMar", NAMESPACES)
    if size is None:
        return None
    short, long = sorted((_length(size, "w", 0), _length(size, "h", 0)))
    left = _length(margins, "left", _MARGIN) + _length(margins, "gutter", 0)
    right, top, bottom = (_length(margins, name, _MARGIN) for name in ("right", "top", "bottom"))
    header, footer = (_length(margins, name, _DISTANCE) for name in ("header", "footer"))
    upright, sideways = (
        Page(_paper(width, height, left + right), width, height, left, right, top, bottom, header, footer)
        for width, height in ((short, long), (long, short))
    )
    return Pages(upright, sideways)


def _paper(width: int, height: int, sides: int) -> Paper:
    return Paper(width / MM_TO_TWIPS, height / MM_TO_TWIPS, sides / 2 / MM_TO_TWIPS)


def least_text_mm(pages: Pages) -> int:
    """Return how many whole millimetres of text the smallest side of either page has room for; below 0 for none."""
    sides = (
        (page.width - page.left - page.right, page.height - page.top - page.bottom)
        for page in (pages.upright, pages.sideways)
    )
    return int(min(min(side) for side in sides) / MM_TO_TWIPS)


def _length(part: Element | None, name: str, otherwise: int) -> int:
    """Return a length in twips, the unit of a number alone; a margin below 0 only says that a header may overlap."""
    said = None if part is None else part.get(qualified(name))
    if said is None:
        return otherwise
    match = _LENGTH.fullmatch(said)
    length = abs(round(float(match[1]) * (_TWIPS_PER[match[2]] if match[2] else 1))) if match else _LONGEST + 1
    if length > _LONGEST:
        raise ValueError(f"{name}={said}")
    return length
