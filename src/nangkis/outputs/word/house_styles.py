"""The styles of a region's own Word file, under our ids: what has the name of one of ours becomes that one.

Word translates a style's id (``Judul1``) but not the name of what it brings along (``heading 1``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

from nangkis.content.catalogue import Language
from nangkis.outputs.word.styles import LANGUAGE_TAGS, STYLES, paragraph_style, styles_part
from nangkis.outputs.word.xml import NAMESPACES, element, is_on, qualified
from nangkis.outputs.xml_tree import Element, drop


_ID, _VALUE, _TYPE, _DEFAULT = (qualified(name) for name in ("styleId", "val", "type", "default"))
_WITHIN_STYLES = tuple(qualified(name) for name in ("basedOn", "next", "link"))
_WITHIN_TEXT = tuple(qualified(name) for name in ("pStyle", "rStyle", "tblStyle"))


def with_our_ids(root: Element) -> Mapping[str, str]:
    """Change the root of a ``styles.xml`` to our ids, and return each style's new id by its old one.

    Numbers that styles attach to paragraphs are dropped: our headings carry their own, and our lists say theirs.
    """
    for numbers in list(root.iter(qualified("numPr"))):
        drop(numbers)
    ids: dict[str, str] = {}
    for style in root.findall(qualified("style")):
        old = style.get(_ID, "")
        if old in ids or not old:
            root.remove(style)
        else:
            ids[old] = ""
    ours = {_kind_and_name(style): style.get(_ID, "") for style in styles_part("id").iter(qualified("style"))}
    matched = {style.get(_ID, ""): ours.pop(_kind_and_name(style), "") for style in root.iter(qualified("style"))}
    taken = {*STYLES, *ids, *matched.values()}
    for old, new in matched.items():
        ids[old] = new or (old if old not in matched.values() and old not in STYLES else _free(old, taken))
    for style in root.iter(qualified("style")):
        style.set(_ID, ids[style.get(_ID, "")])
    _rename(root, _WITHIN_STYLES, ids)
    return ids


def rename_styles(text: Element, ids: Mapping[str, str]) -> None:
    """Change the styles that a text uses to their new ids; one that is not there is dropped."""
    _rename(text, _WITHIN_TEXT, ids)


def house_styles(adopted: Element, language: Language) -> Element:
    """Return the root of ``styles.xml``: a region's styles under our ids, and ours where it has none."""
    root = deepcopy(adopted)
    _say_language(root, language)
    there = {style.get(_ID) for style in root.iter(qualified("style"))}
    defaults = {style.get(_TYPE) for style in root.iter(qualified("style")) if _is_default(style)}
    for style in _complete(language):
        if style.get(_ID) not in there:
            if style.get(_TYPE) in defaults and style.get(_DEFAULT) is not None:
                style.set(_DEFAULT, "0")
            root.append(style)
    return root


def _complete(language: Language) -> Iterator[Element]:
    """Yield our styles so that nothing of the region's Normal moves them: no indent, no justified lines."""
    for style in styles_part(language).findall(qualified("style")):
        key = style.get(_ID, "")
        yield paragraph_style(key, STYLES[key], is_alone=True) if key in STYLES else style


def _kind_and_name(style: Element) -> tuple[str, str]:
    name = style.find("w:name", NAMESPACES)
    return style.get(_TYPE, "paragraph"), "" if name is None else name.get(_VALUE, "").casefold()


def _is_default(style: Element) -> bool:
    return is_on(style.get(_DEFAULT, "0"))


def _free(wanted: str, taken: set[str]) -> str:
    number = 2
    while f"{wanted}{number}" in taken:
        number += 1
    taken.add(f"{wanted}{number}")
    return f"{wanted}{number}"


def _rename(root: Element, tags: tuple[str, ...], ids: Mapping[str, str]) -> None:
    for part in list(root.iter(*tags)):
        new = ids.get(part.get(_VALUE, ""))
        if new is None:
            drop(part)
        else:
            part.set(_VALUE, new)


def _say_language(root: Element, language: Language) -> None:
    """Say the text's language, for spelling and screen readers, whatever the region's file was written in."""
    tag = LANGUAGE_TAGS[language]
    defaults = root.find("w:docDefaults", NAMESPACES)
    if defaults is None:
        defaults = element("docDefaults")
        root.insert(0, defaults)
    runs = defaults.find("w:rPrDefault", NAMESPACES)
    if runs is None:
        runs = element("rPrDefault")
        defaults.insert(0, runs)
    look = runs.find("w:rPr", NAMESPACES)
    if look is None:
        look = element("rPr")
        runs.append(look)
    for said in look.findall(qualified("lang")):
        look.remove(said)
    look.append(element("lang", val=tag, eastAsia=tag, bidi="ar-SA"))
