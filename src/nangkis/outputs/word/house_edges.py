"""What stands above and below the pages of a region's own Word file, cleaned of what must not travel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from nangkis.outputs.office_zip import Parts
from nangkis.outputs.word.house_refusals import TemplateRefused
from nangkis.outputs.word.house_styles import rename_styles
from nangkis.outputs.word.relations import Relation, relations_of
from nangkis.outputs.word.xml import NAMESPACES, qualified
from nangkis.outputs.xml_tree import Element, drop


IMAGE_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
# What names something of the region's text or of its other parts, which are not taken; and what locks.
_LEFT_OUT = tuple(
    qualified(name)
    for name in (
        *("w:numPr", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd"),
        *("w:commentReference", "w:footnoteReference", "w:endnoteReference", "w:dataBinding", "w:lock"),
        *("a:hlinkClick", "a:hlinkHover", "w:sectPr"),
    )
)
# Fields that only say what the document knows of itself. Others fetch files, ask a database or run something.
_FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TITLE", "SUBJECT", "AUTHOR", "COMPANY"),
        *("KEYWORDS", "FILENAME", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "HYPERLINK", "SYMBOL", "ADVANCE"),
    }
)
_OUR_LINES = frozenset({"HeaderMarking", "FooterLine"})  # of a document of ours that is the pattern of the next one
_RELATED = f"{{{NAMESPACES['r']}}}"


@dataclass(frozen=True)
class Image:
    """A picture: the name of its part in the region's file, the ending of that name, and its bytes."""

    name: str
    ending: str
    content: bytes


@dataclass(frozen=True)
class Edge:
    """A header or footer: its root, to be copied before it is changed, and its pictures by the ids of relations."""

    root: Element
    images: Mapping[str, Image]

    @property
    def says_page(self) -> bool:
        """Whether it numbers the pages."""
        return any(_word(code) == "PAGE" for code in field_codes(self.root))

    def copy(self) -> Element:
        """Return the root anew."""
        return deepcopy(self.root)


def read_edge(parts: Parts, name: str, styles: Mapping[str, str]) -> Edge:
    """Read a header or footer; ``styles`` are styles' new ids. Raises TemplateRefused for what must not travel."""
    root = parts.parsed(name)
    if root.tag not in {qualified("hdr"), qualified("ftr")}:
        raise ValueError(f"{name}: neither header nor footer")
    _unwrap_links(root)
    for part in list(root.iter(*_LEFT_OUT)):
        drop(part)
    rename_styles(root, styles)
    for line in [line for line in root.iter(qualified("p")) if _style(line) in _OUR_LINES]:
        drop(line)
    for code in field_codes(root):
        if _word(code) not in _FIELDS:
            raise TemplateRefused("template-with-object", file=parts.path.name, part=name, object=_word(code))
    relations = {relation.id: relation for relation in relations_of(parts, name)}
    used = {str(each.attrib[key]) for each in root.iter() for key in each.attrib if str(key).startswith(_RELATED)}
    return Edge(root, {each: _image(parts, name, relations.get(each)) for each in sorted(used)})


def field_codes(root: Element) -> Iterator[str]:
    """Yield the code of each field, nested ones too."""
    yield from (field.get(qualified("instr"), "") for field in root.iter(qualified("fldSimple")))
    opened: list[str] = []
    for part in root.iter(qualified("fldChar"), qualified("instrText"), qualified("delInstrText")):
        kind = part.get(qualified("fldCharType"))
        if kind == "begin":
            opened.append("")
        elif kind == "end" and opened:
            yield opened.pop()
        elif kind is None and opened:
            opened[-1] += part.text or ""
        elif kind is None:
            yield part.text or ""
    yield from opened


def relation_uses(root: Element) -> list[Element]:
    """Return the elements that name another part."""
    return [each for each in root.iter() if any(str(key).startswith(_RELATED) for key in each.attrib)]


def _style(line: Element) -> str | None:
    style = line.find("w:pPr/w:pStyle", NAMESPACES)
    return None if style is None else style.get(qualified("val"))


def _word(code: str) -> str:
    return next(iter(code.split()), "").upper()


def _image(parts: Parts, edge: str, relation: Relation | None) -> Image:
    if relation is None:
        raise ValueError(f"{edge}: a relation that is not there")
    ending = relation.target.rpartition(".")[2].casefold()
    if relation.kind != "image" or ending not in IMAGE_TYPES:
        raise TemplateRefused("template-with-object", file=parts.path.name, part=edge, object=relation.target)
    if relation.target not in parts.archive.namelist():
        raise ValueError(f"{edge}: {relation.target} is not there")
    return Image(relation.target, ending, parts.archive.read(relation.target))


def _unwrap_links(root: Element) -> None:
    """Leave the words of links: an address belongs to another part that is not taken."""
    for link in list(root.iter(qualified("hyperlink"))):
        for child in list(link):
            link.addprevious(child)
        drop(link)
