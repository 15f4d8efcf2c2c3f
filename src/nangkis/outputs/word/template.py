"""A region's own Word file as the pattern of ours: its paper, its styles, and what stands above and below its pages.

The file is a stranger's, and what is taken from it travels in every document: no macros, nothing that fetches what lies
elsewhere, and nothing embedded but pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nangkis.outputs.office_zip import OfficeLimits, Parts, opened_parts
from nangkis.outputs.word.house_edges import Edge, read_edge, relation_uses
from nangkis.outputs.word.house_pages import house_pages, least_text_mm
from nangkis.outputs.word.house_refusals import REFUSALS, TemplateRefused
from nangkis.outputs.word.house_styles import with_our_ids
from nangkis.outputs.word.relations import main_part, relations_in, relations_of
from nangkis.outputs.word.sections import Pages
from nangkis.outputs.word.xml import NAMESPACES, is_on, qualified
from nangkis.outputs.xml_tree import Element, drop


_TYPES_PART = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MACRO_WORDS = ("macroenabled", "vbaproject", "vbadata")

KINDS = ("header", "footer")
Place = tuple[str, str]  # "header" or "footer", and of which pages: "default" or "even"


@dataclass(frozen=True)
class Template:
    """What a document takes from a region's file; what is None stays ours.

    ``cover`` and ``edges`` are what stands above and below the first page and the others.
    """

    pages: Pages
    styles: Element | None
    theme: Element | None
    fonts: Element | None
    cover: Mapping[Place, Edge]
    edges: Mapping[Place, Edge]


def read_template(path: Path, limits: OfficeLimits, *, text_mm: int) -> Template:
    """Read the pattern from a ``.docx`` or ``.dotx``. Raises TemplateRefused for what is none or is unsafe to copy.

    ``text_mm`` is how wide and high the text between the margins must be at least.
    """
    with opened_parts(path, limits, REFUSALS) as parts:
        _check_macros(parts)
        _check_links(parts)
        main = main_part(parts)
        root = parts.parsed(main)
        if root.tag != qualified("document"):  # what Word calls strict has other names for everything
            raise TemplateRefused("template-not-word", file=path.name)
        sections = [each for each in root.iter(qualified("sectPr")) if _is_current(each)]
        pages = (house_pages(sections[-1]) if sections else None) or Pages()
        if (found := least_text_mm(pages)) < text_mm:
            raise TemplateRefused("template-without-room", file=path.name, found=found, least=text_mm)
        return _template(parts, main, pages, sections)


def _template(parts: Parts, main: str, pages: Pages, sections: Sequence[Element]) -> Template:
    styles, settings = (
        _root_of(parts, main, "styles", "w:styles"),
        _root_of(parts, main, "settings", "w:settings"),
    )
    ids = {} if styles is None else with_our_ids(styles)
    cover, others = _edges_used(parts, main, sections)
    if settings is None or not _has_on(settings, "evenAndOddHeaders"):
        cover, others = ({use: name for use, name in each.items() if use[1] != "even"} for each in (cover, others))
    edges = {name: read_edge(parts, name, ids) for name in sorted({*cover.values(), *others.values()})}
    return Template(
        pages,
        styles,
        _theme(parts, main),
        _fonts(parts, main),
        {use: edges[name] for use, name in cover.items()},
        {use: edges[name] for use, name in others.items()},
    )


def _check_macros(parts: Parts) -> None:
    if _TYPES_PART not in parts.archive.namelist():
        raise TemplateRefused("template-not-word", file=parts.path.name)
    types = parts.parsed(_TYPES_PART).iter(f"{_TYPES}Default", f"{_TYPES}Override")
    said = [*(each.get("ContentType", "") for each in types), *parts.archive.namelist()]
    if any(word in each.casefold() for each in said for word in _MACRO_WORDS):
        raise TemplateRefused("template-with-macros", file=parts.path.name)


def _check_links(parts: Parts) -> None:
    """Refuse what leads out of the file, a link to click aside: that fetches nothing, and only its words are taken."""
    for name in parts.archive.namelist():
        for relation in relations_in(parts, name) if name.endswith(".rels") else ():
            if relation.is_external and relation.kind != "hyperlink":
                leads = {"part": name, "link": relation.kind, "target": relation.target}
                raise TemplateRefused("template-links-outside", file=parts.path.name, **leads)


def _edges_used(parts: Parts, main: str, sections: Sequence[Element]) -> tuple[dict[Place, str], dict[Place, str]]:
    """Return the parts above and below the first page, and those of the last section; a section inherits them."""
    relations = {relation.id: relation.target for relation in relations_of(parts, main)}
    names, used = set(parts.archive.namelist()), dict[Place, str]()
    cover: dict[Place, str] = {}
    for place, section in enumerate(sections):
        for kind in KINDS:
            for said in section.iterfind(f"w:{kind}Reference", NAMESPACES):
                target = relations.get(said.get(qualified("r:id"), ""), "")
                if target not in names:
                    raise ValueError(f"{main}: a {kind} that is not there")
                used[kind, said.get(qualified("type"), "default")] = target
        if place == 0:
            shown = "first" if _has_on(section, "titlePg") else "default"
            cover = {(kind, "default"): used[kind, shown] for kind in KINDS if (kind, shown) in used}
    return cover, {use: name for use, name in used.items() if use[1] != "first"}


def _root_of(parts: Parts, main: str, kind: str, tag: str) -> Element | None:
    """Return the root of the part that the text leads to as ``kind``; None without one, ValueError for another root."""
    names = parts.archive.namelist()
    found = (each.target for each in relations_of(parts, main) if each.kind == kind and each.target in names)
    if (name := next(found, None)) is None:
        return None
    root = parts.parsed(name)
    if root.tag != qualified(tag):
        raise ValueError(f"{name}: {tag}?")
    return root


def _theme(parts: Parts, main: str) -> Element | None:
    """Return the theme, unless it has pictures of its own, which no document of ours shows."""
    root = _root_of(parts, main, "theme", "a:theme")
    return None if root is None or relation_uses(root) else root


def _fonts(parts: Parts, main: str) -> Element | None:
    """Return the table of fonts without fonts inside the file, which belong to whoever licensed them."""
    root = _root_of(parts, main, "fontTable", "w:fonts")
    for embedded in [] if root is None else relation_uses(root):
        drop(embedded)
    return root


def _is_current(section: Element) -> bool:
    """Say whether a section stands now; a tracked change keeps what it was before."""
    parent = section.getparent()
    return parent is not None and parent.tag != qualified("sectPrChange")


def _has_on(parent: Element, name: str) -> bool:
    part = parent.find(f"w:{name}", NAMESPACES)
    return part is not None and is_on(part.get(qualified("val"), ""))
