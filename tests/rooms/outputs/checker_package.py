"""The package of a Word file: its parts, their types and relations, and the names that its XML uses."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from nangkis.outputs.word.xml import NAMESPACES, qualified


ORDER = {
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label tabIndex text",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cantSplit tblHeader jc",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
    "lvl": "start numFmt lvlText lvlJc pPr rPr",
    "abstractNum": "multiLevelType lvl",
    "numbering": "abstractNum num",
    "pBdr": "top left bottom right between bar",
}
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TYPES_PART = "[Content_Types].xml"
_STRANGERS_DATA = re.compile(r"customXml/item\d+\.xml")
_IGNORABLE = f"{{{NAMESPACES['mc']}}}Ignorable"


def package_faults(names: Iterable[str], roots: Mapping[str, etree._Element]) -> Iterator[str]:
    """Say what is wrong with the parts; ``names`` are those of the archive, ``roots`` of its XML parts."""
    parts = list(names)
    times = Counter(name.casefold() for name in parts)
    yield from (f"part {name} is there {count} times" for name, count in times.items() if count > 1)
    yield from _untyped(parts, roots[TYPES_PART])
    for name, root in roots.items():
        yield from (_lost(name, root, set(parts)) if name.endswith(".rels") else _unrelated(name, root, roots))
        yield from (f"{name}: {fault}" for fault in [*_undeclared(root), *_disordered(root)])


def _untyped(parts: Iterable[str], types: etree._Element) -> Iterator[str]:
    endings = {str(each.get("Extension")).casefold() for each in types.iter(f"{TYPES}Default")}
    named = {str(each.get("PartName")).casefold() for each in types.iter(f"{TYPES}Override")}
    for name in parts:
        ending = name.rpartition(".")[2].casefold()  # the name .rels is an ending, too
        if name == TYPES_PART or f"/{name}".casefold() in named:
            continue
        # Plain "XML" says nothing of what a part is; only the data of strangers in customXml may be just that.
        if ending not in endings or (ending == "xml" and _STRANGERS_DATA.fullmatch(name) is None):
            yield f"part {name} has no content type"
    there = {f"/{name}".casefold() for name in parts}
    yield from (f"the content type of {name} is for no part" for name in sorted(named - there))


def _lost(name: str, root: etree._Element, parts: set[str]) -> Iterator[str]:
    folder, own = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels"))
    if own != ".rels" and owner not in parts:
        yield f"{name} belongs to no part"
    relations = list(root.iter(RELATIONS))
    yield from repeated(f"{name}: relation", (each.get("Id") for each in relations))
    for relation in relations:
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            yield f"{name} leads out of the file, to {target}"
            continue
        base = posixpath.dirname(folder)
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if path not in parts:
            yield f"{name} leads to {path}, which is not there"


def _unrelated(name: str, root: etree._Element, roots: Mapping[str, etree._Element]) -> Iterator[str]:
    folder, own = posixpath.split(name)
    relations = roots.get(posixpath.join(folder, "_rels", f"{own}.rels"))
    known = set() if relations is None else {each.get("Id") for each in relations.iter(RELATIONS)}
    used = {str(value) for value in found(root, "//@r:*")}
    yield from (f"{name} uses relation {each}, which is not there" for each in sorted(used - known))


def _undeclared(root: etree._Element) -> Iterator[str]:
    """A prefix that is only named in an attribute: a parser does not ask for it, Word does."""
    for part in root.iter(etree.Element):
        named = f"{part.get(_IGNORABLE, '')} {part.get('Requires', '')}"
        yield from (f"prefix {prefix} is not declared" for prefix in named.split() if prefix not in part.nsmap)


def _disordered(root: etree._Element) -> Iterator[str]:
    own = f"{{{NAMESPACES['w']}}}"
    for name, order in ORDER.items():
        allowed = order.split()
        for parent in root.iter(qualified(name)):
            # What a newer program added in a namespace of its own may stand anywhere.
            children = [etree.QName(child).localname for child in parent if str(child.tag).startswith(own)]
            if set(children) - set(allowed):
                yield f"{name} holds {sorted(set(children) - set(allowed))}"
            elif children != sorted(children, key=allowed.index):
                yield f"{name} is out of order: {children}"


def found(root: etree._Element, path: str) -> list[str]:
    """Return the attributes that an XPath finds; lxml's answer may be of any kind."""
    answer = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(answer, list)
    return [str(value) for value in answer]


def repeated(what: str, values: Iterable[str | None]) -> list[str]:
    """Say which values are there more than once."""
    return [f"{what} {value} is there {times} times" for value, times in Counter(values).items() if times > 1]
