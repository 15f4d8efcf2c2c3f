"""What reading and writing of Office files share of XML: the type of an element, and taking one out of its tree."""

from __future__ import annotations

from lxml import etree


Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def drop(part: Element) -> None:
    """Take an element out of its tree, with all that is in it; a root has none to be taken out of."""
    parent = part.getparent()
    if parent is not None:
        parent.remove(part)
