"""Bullets and numbers of lists. Each numbered list is a list of its own, so that it starts from one."""

from __future__ import annotations

from nangkis.outputs import tokens
from nangkis.outputs.word.styles import hexadecimal
from nangkis.outputs.word.xml import element
from nangkis.outputs.xml_tree import Element


BULLETS = 1
_BULLET_LIST, _NUMBER_LIST = 0, 1


class Lists:
    """The lists of one document."""

    def __init__(self) -> None:
        self._last = BULLETS

    def numbered(self) -> int:
        """Start a numbered list and return its id."""
        self._last += 1
        return self._last

    def part(self) -> Element:
        """Return the root of ``numbering.xml``."""
        root = element(
            "numbering", _abstract(_BULLET_LIST, "bullet", "\N{BULLET}"), _abstract(_NUMBER_LIST, "decimal", "%1.")
        )
        root.append(element("num", element("abstractNumId", val=_BULLET_LIST), numId=BULLETS))
        for number in range(BULLETS + 1, self._last + 1):
            restart = element("lvlOverride", element("startOverride", val=1), ilvl=0)
            root.append(element("num", element("abstractNumId", val=_NUMBER_LIST), restart, numId=number))
        return root


def membership(number: int) -> Element:
    """Return the property that puts a paragraph into a list."""
    return element("numPr", element("ilvl", val=0), element("numId", val=number))


def _abstract(number: int, kind: str, text: str) -> Element:
    indent = element("ind", left=360 if kind == "bullet" else 400, hanging=280 if kind == "bullet" else 400)
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=kind),
        element("lvlText", val=text),
        element("lvlJc", val="left"),
        element("pPr", indent),
        element("rPr", element("color", val=hexadecimal(tokens.NILA))),
        ilvl=0,
    )
    return element("abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=number)
