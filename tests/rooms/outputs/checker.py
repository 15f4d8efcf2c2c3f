"""What Word refuses to open, or opens after a "repair": our own check of a written file."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from nangkis.outputs.word.xml import NAMESPACES, qualified


ORDER = {
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex text",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing sz szCs highlight u shd vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "abstractNum": "multiLevelType lvl",
    "pBdr": "top left bottom right",
}
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a Word file, in words; empty when nothing is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        names = Counter(name.casefold() for name in archive.namelist())
    roots = {name: etree.fromstring(blob) for name, blob in parts.items() if name.endswith((".xml", ".rels"))}
    found = [f"part {name} is there {times} times" for name, times in names.items() if times > 1]
    found += [fault for name, root in roots.items() if name.endswith(".rels") for fault in _lost(name, root, parts)]
    found += [f"{name}: {fault}" for name, root in roots.items() for fault in _disordered(root)]
    body = roots["word/document.xml"]
    found += [*_repeated(body), *_tables(body), *_names(body), *_fields(body)]
    return [*found, *_styles(body, roots), *_sections(body)]


def _lost(name: str, root: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in root.iter(RELATIONS):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path not in parts:
            yield f"{name} leads to {path}, which is not there"


def _disordered(root: etree._Element) -> Iterator[str]:
    for name, order in ORDER.items():
        allowed = order.split()
        for parent in root.iter(qualified(name)):
            children = [etree.QName(child).localname for child in parent]
            if set(children) - set(allowed):
                yield f"{name} holds {sorted(set(children) - set(allowed))}"
            elif children != sorted(children, key=allowed.index):
                yield f"{name} is out of order: {children}"


def _found(root: etree._Element, path: str) -> list[str]:
    """Return the attributes that an XPath finds; lxml's answer may be of any kind."""
    answer = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(answer, list)
    return [str(value) for value in answer]


def _twice(what: str, values: Iterable[str | None]) -> list[str]:
    return [f"{what} {value} is there {times} times" for value, times in Counter(values).items() if times > 1]


def _repeated(body: etree._Element) -> list[str]:
    starts, ends = _found(body, "//w:bookmarkStart/@w:id"), _found(body, "//w:bookmarkEnd/@w:id")
    return [
        *_twice("control id", _found(body, "//w:sdtPr/w:id/@w:val")),
        *_twice("control name", _found(body, "//w:sdtPr/w:alias/@w:val")),
        *_twice("bookmark id", starts),
        *_twice("bookmark", _found(body, "//w:bookmarkStart/@w:name")),
        *_twice("drawing id", _found(body, "//wp:docPr/@id")),
        *([] if Counter(starts) == Counter(ends) else ["bookmarks do not end once each"]),
    ]


def _tables(body: etree._Element) -> Iterator[str]:
    for table in body.iter(qualified("tbl")):
        columns = len(table.findall("w:tblGrid/w:gridCol", NAMESPACES))
        for row in table.iterfind("w:tr", NAMESPACES):
            cells = row.findall("w:tc", NAMESPACES)
            if len(cells) != columns:
                yield f"a row has {len(cells)} cells, its table {columns} columns"
            if any(cell[-1].tag != qualified("p") for cell in cells):
                yield "a cell does not end in a paragraph"
        following = table.getnext()
        if following is None or following.tag != qualified("p"):
            yield "a table is not followed by a paragraph: Word would join it to the next"


def _names(body: etree._Element) -> Iterator[str]:
    for path, longest in (("//w:alias/@w:val", 64), ("//w:tag/@w:val", 64), ("//w:bookmarkStart/@w:name", 40)):
        yield from (f"{name} is too long" for name in _found(body, path) if len(name) > longest)
    yield from ("a control is locked" for _ in body.iter(qualified("lock")))
    yield from (
        "a control is not inside a paragraph"
        for control in body.iter(qualified("sdt"))
        if (parent := control.getparent()) is None or parent.tag != qualified("p")
    )


def _fields(body: etree._Element) -> Iterator[str]:
    kinds = Counter(field.get(qualified("fldCharType")) for field in body.iter(qualified("fldChar")))
    if len(set(kinds.values())) > 1:
        yield f"fields are not closed: {kinds}"


def _styles(body: etree._Element, roots: dict[str, etree._Element]) -> Iterator[str]:
    known = set(_found(roots["word/styles.xml"], "//w:style/@w:styleId"))
    for path in ("//w:pStyle/@w:val", "//w:basedOn/@w:val", "//w:next/@w:val"):
        used = {name for root in roots.values() for name in _found(root, path)}
        yield from (f"style {name} does not exist" for name in sorted(used - known))
    lists = set(_found(roots["word/numbering.xml"], "//w:num/@w:numId"))
    used_lists = set(_found(body, "//w:numPr/w:numId/@w:val"))
    yield from (f"list {number} does not exist" for number in sorted(used_lists - lists))


def _sections(body: etree._Element) -> Iterator[str]:
    if body[0][-1].tag != qualified("sectPr"):
        yield "the text does not end in the properties of its last section"
    for section in body.iter(qualified("sectPr")):
        if section.find("w:headerReference", NAMESPACES) is None:
            yield "a section has no header"
