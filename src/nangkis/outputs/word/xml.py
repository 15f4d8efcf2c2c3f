"""Short names for OOXML elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from nangkis.outputs.words import writable
from nangkis.outputs.xml_tree import Element


NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_ONLY_W = {"w": NAMESPACES["w"]}  # each further namespace costs a tenth of a big table's time
MM_TO_TWIPS = 1440 / 25.4
MM_TO_EMU = 36000
_OFF = frozenset({"0", "false", "off"})
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# A parser turns a bare carriage return into a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_PLACE = re.compile(rb"<\?nangkis (\d+)\?>")  # no text looks so: in texts and attributes "<" is written &lt;


@cache
def qualified(name: str) -> str:
    """Return ``w:p`` as lxml wants it; a name without prefix is WordprocessingML."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else f"{{{NAMESPACES['w']}}}{prefix}"


def is_on(value: str) -> bool:
    """Say whether a value of an attribute switches on what it belongs to; a switch without a value is on."""
    return value not in _OFF


def element(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Make a WordprocessingML element; attributes are in its namespace too."""
    made = etree.Element(qualified(name), nsmap=_ONLY_W)
    for key, value in attributes.items():
        made.set(qualified(key), str(value))
    made.extend(children)
    return made


def drawing(name: str, /, *children: Element, **attributes: str | int) -> Element:
    """Make an element of DrawingML, whose attributes have no namespace."""
    made = etree.Element(qualified(name), nsmap=NAMESPACES)
    for key, value in attributes.items():
        made.set(key, str(value))
    made.extend(children)
    return made


def related(name: str, relation: str, /, **attributes: str | int) -> Element:
    """Make an element that names another part by the id of the relation to it."""
    made = etree.Element(qualified(name), nsmap=NAMESPACES)
    made.set(qualified("r:id"), relation)
    for key, value in attributes.items():
        made.set(qualified(key), str(value))
    return made


def document_root(body: Element) -> Element:
    """Make the root of the main part, which declares every namespace that the text uses."""
    made = etree.Element(qualified("document"), nsmap=NAMESPACES)
    made.append(body)
    return made


def text_element(text: str, name: str = "t") -> Element:
    """Make ``w:t`` (or a field's ``w:instrText``) that keeps its spaces."""
    made = element(name)
    made.text = writable(text)
    made.set(_XML_SPACE, "preserve")
    return made


def run(text: str, *properties: Element) -> Element:
    """Make a run; properties come in the order of the schema."""
    made = element("r", element("rPr", *properties)) if properties else element("r")
    made.append(text_element(text))
    return made


def escaped(text: str) -> str:
    """Return the text as it stands between two tags, with a mark for each character that XML cannot hold."""
    return writable(text).translate(_ESCAPES)


def run_markup(text: str, properties: str = "") -> str:
    """Return the markup of a run; ``properties`` is markup too."""
    before = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{before}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def parsed(markup: str) -> list[Element]:
    """Return the elements of some markup, whose names all begin with ``w:``."""
    whole = etree.fromstring(f'<w:p xmlns:w="{NAMESPACES["w"]}">{markup}</w:p>', etree.XMLParser(huge_tree=True))
    return list(whole)


@dataclass
class Waiting:
    """Markup that is written out with a tree without ever being elements; in the tree a mark stands for it."""

    _markups: list[bytes] = field(default_factory=list)

    def mark(self, markup: str) -> Element:
        """Return what stands in the tree for this markup."""
        self._markups.append(markup.encode())
        return etree.ProcessingInstruction("nangkis", str(len(self._markups) - 1))

    def serialised(self, root: Element) -> bytes:
        """Return the bytes of a part with the markup in place of its marks."""
        pieces = _PLACE.split(serialised(root))
        pieces[1::2] = [self._markups[int(place)] for place in pieces[1::2]]
        return b"".join(pieces)


def paragraph(style: str, *content: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Make a paragraph in a style; further properties come in the order of the schema."""
    return element("p", element("pPr", element("pStyle", val=style), *properties), *content)


def twips(mm: float) -> int:
    """Return millimetres as Word counts lengths: twentieths of a point."""
    return round(mm * MM_TO_TWIPS)


def serialised(root: Element) -> bytes:
    """Return the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
