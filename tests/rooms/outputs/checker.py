"""What Word refuses to open, or opens after a "repair", and what its reader misses: our check of a written file."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from nangkis.outputs.word.xml import NAMESPACES, qualified
from tests.rooms.outputs.checker_content import content_faults
from tests.rooms.outputs.checker_package import found, package_faults, repeated


MAIN, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a Word file, in words; empty when nothing is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        roots: dict[str, etree._Element] = {}
        for name in names:
            if name.endswith((".xml", ".rels")):
                try:
                    roots[name] = etree.fromstring(archive.read(name))
                except etree.XMLSyntaxError as problem:  # an undeclared namespace, too
                    return [f"{name} is no XML: {problem}"]
    body = roots[MAIN]
    return [
        *package_faults(names, roots),
        *_repeated(body, roots),
        *_names(body),
        *_fields(roots),
        *_styles(roots),
        *_sections(body),
        *content_faults(body, roots[STYLES]),
    ]


def _repeated(body: etree._Element, roots: Mapping[str, etree._Element]) -> list[str]:
    starts, ends = found(body, "//w:bookmarkStart/@w:id"), found(body, "//w:bookmarkEnd/@w:id")
    stories = [root for name, root in roots.items() if name.startswith("word/") and not name.endswith(".rels")]
    return [
        *repeated("control id", found(body, "//w:sdtPr/w:id/@w:val")),
        *repeated("control name", found(body, "//w:sdtPr/w:alias/@w:val")),
        *repeated("bookmark id", starts),
        *repeated("bookmark", found(body, "//w:bookmarkStart/@w:name")),
        *repeated("drawing id", [number for root in stories for number in found(root, "//wp:docPr/@id")]),
        *([] if Counter(starts) == Counter(ends) else ["bookmarks do not end once each"]),
    ]


def _names(body: etree._Element) -> Iterator[str]:
    for path, longest in (("//w:alias/@w:val", 64), ("//w:tag/@w:val", 64), ("//w:bookmarkStart/@w:name", 40)):
        yield from (f"{name} is too long" for name in found(body, path) if len(name) > longest)
    yield from ("a control is locked" for _ in body.iter(qualified("lock")))
    yield from (
        "a control is not inside a paragraph"
        for control in body.iter(qualified("sdt"))
        if (parent := control.getparent()) is None or parent.tag != qualified("p")
    )


def _fields(roots: Mapping[str, etree._Element]) -> Iterator[str]:
    for name, root in roots.items():
        kinds = Counter(field.get(qualified("fldCharType")) for field in root.iter(qualified("fldChar")))
        if kinds["begin"] != kinds["end"] or kinds["separate"] > kinds["begin"]:
            yield f"{name}: fields are not closed: {dict(kinds)}"


def _styles(roots: Mapping[str, etree._Element]) -> Iterator[str]:
    known = set(found(roots[STYLES], "//w:style/@w:styleId"))
    yield from repeated("style", found(roots[STYLES], "//w:style/@w:styleId"))
    for path in ("//w:pStyle/@w:val", "//w:tblStyle/@w:val", "//w:basedOn/@w:val", "//w:next/@w:val"):
        used = {name for root in roots.values() for name in found(root, path)}
        yield from (f"style {name} does not exist" for name in sorted(used - known))
    lists = set(found(roots[NUMBERING], "//w:num/@w:numId")) | {"0"}  # 0 takes a paragraph out of its style's list
    used_lists = {number for root in roots.values() for number in found(root, "//w:numPr/w:numId/@w:val")}
    yield from (f"list {number} does not exist" for number in sorted(used_lists - lists))


def _sections(body: etree._Element) -> Iterator[str]:
    if not len(body[0]) or body[0][-1].tag != qualified("sectPr"):
        yield "the text does not end in the properties of its last section"
    for section in body.iter(qualified("sectPr")):
        if section.find("w:headerReference", NAMESPACES) is None:
            yield "a section has no header"
