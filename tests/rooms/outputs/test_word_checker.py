"""The checker of Word files: it finds nothing in ours, and each of its rules finds what it is for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from lxml import etree

from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.xml import NAMESPACES, qualified, serialised
from tests.rooms.outputs.checker import MAIN, NUMBERING, STYLES, faults
from tests.rooms.outputs.checker_content import unsourced
from tests.rooms.outputs.checker_package import RELATIONS, TYPES, TYPES_PART
from tests.rooms.outputs.sample import document
from tests.rooms.outputs.word_files import DAY, MANIFEST, part


W = f"{{{NAMESPACES['w']}}}"
LINKS = "word/_rels/document.xml.rels"


@pytest.fixture(scope="module")
def sound() -> bytes:
    return word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY)


def changed(content: bytes, changes: dict[str, bytes], *, renamed: dict[str, str] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr((renamed or {}).get(name, name), changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return stream.getvalue()


def first(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path, NAMESPACES)
    assert found is not None, path
    return found


def dropped(root: etree._Element, path: str) -> None:
    gone = first(root, path)
    parent = gone.getparent()
    assert parent is not None
    parent.remove(gone)


def alike(root: etree._Element, path: str, attribute: str) -> None:
    """Give the second of some elements the first one's attribute."""
    one, other, *_ = root.findall(path, NAMESPACES)
    other.set(attribute, str(one.get(attribute)))


def paragraphs(root: etree._Element, style: str) -> list[etree._Element]:
    return [block.getparent().getparent() for block in root.iter(f"{W}pStyle") if block.get(f"{W}val") == style]  # type: ignore[misc, union-attr]


def restyled(root: etree._Element, old: str, new: str) -> None:
    first(paragraphs(root, old)[0], "w:pPr/w:pStyle").set(f"{W}val", new)


def upright(root: etree._Element) -> None:
    sideways = next(size for size in root.iter(f"{W}pgSz") if size.get(f"{W}orient") == "landscape")
    width, height = str(sideways.get(f"{W}w")), str(sideways.get(f"{W}h"))
    sideways.set(f"{W}w", height)
    sideways.set(f"{W}h", width)
    sideways.set(f"{W}orient", "portrait")


def said_to_be_upright(root: etree._Element) -> None:
    for size in root.iter(f"{W}pgSz"):
        size.set(f"{W}orient", "portrait")


def out_of_order(root: etree._Element) -> None:
    properties = first(root, ".//w:sdtPr")
    properties.append(properties[0])


def without_end(root: etree._Element) -> None:
    cell = first(root, ".//w:tc")
    cell.remove(first(cell, "w:p"))


def beside_a_cell(root: etree._Element) -> None:
    row = first(root, ".//w:tr")
    row.append(etree.fromstring(etree.tostring(first(row, "w:tc"))))


def joined_tables(root: etree._Element) -> None:
    table = first(root, ".//w:tbl")
    while (below := table.getnext()) is not None and below.tag == f"{W}p":
        below.getparent().remove(below)  # type: ignore[union-attr]


def long_name(root: etree._Element) -> None:
    first(root, ".//w:bookmarkStart").set(f"{W}name", "n" * 41)


def locked(root: etree._Element) -> None:
    first(root, ".//w:sdtPr/w:id").addnext(etree.Element(f"{W}lock"))


def around_a_paragraph(root: etree._Element) -> None:
    first(root, "w:body").insert(0, etree.Element(f"{W}sdt"))


def without_own_end(root: etree._Element) -> None:
    body = first(root, "w:body")
    body.remove(body[-1])


def new_prefix(root: etree._Element) -> None:
    root.set(f"{{{NAMESPACES['mc']}}}Ignorable", "w14")


def unknown_style(root: etree._Element) -> None:
    restyled(root, "Normal", "Isi")


def unknown_list(root: etree._Element) -> None:
    first(root, ".//w:numPr/w:numId").set(f"{W}val", "999")


def lost_picture(root: etree._Element) -> None:
    first(root, ".//a:blip").set(qualified("r:embed"), "rId999")


def bare_caption(root: etree._Element) -> None:
    for code in paragraphs(root, "Caption")[0].iter(f"{W}instrText"):
        code.text = " PAGE "


def titleless_table(root: etree._Element) -> None:
    first(root, ".//w:tbl").addprevious(etree.Element(f"{W}p"))


@dataclass(frozen=True)
class Break:
    """A change of one part, and a piece of what the checker says of it."""

    change: Callable[[etree._Element], None]
    says: str
    part: str = MAIN


BREAKS = {
    "control ids repeat": Break(lambda root: alike(root, ".//w:sdtPr/w:id", f"{W}val"), "control id"),
    "control names repeat": Break(lambda root: alike(root, ".//w:sdtPr/w:alias", f"{W}val"), "control name"),
    "bookmark ids repeat": Break(lambda root: alike(root, ".//w:bookmarkStart", f"{W}id"), "bookmark id"),
    "bookmark names repeat": Break(lambda root: alike(root, ".//w:bookmarkStart", f"{W}name"), "bookmark "),
    "a bookmark has no end": Break(lambda root: dropped(root, ".//w:bookmarkEnd"), "do not end once"),
    "drawing ids repeat": Break(lambda root: alike(root, ".//wp:docPr", "id"), "drawing id"),
    "a control's properties are out of order": Break(out_of_order, "sdtPr is out of order"),
    "a property is unknown": Break(lambda root: first(root, ".//w:pPr").append(etree.Element(f"{W}x")), "pPr holds"),
    "a cell is empty": Break(without_end, "does not end in a paragraph"),
    "a row has a cell too many": Break(beside_a_cell, "cells, its table"),
    "two tables touch": Break(joined_tables, "not followed by a paragraph"),
    "a table has no head row": Break(lambda root: dropped(root, ".//w:tblHeader"), "no head row"),
    "a table has no caption": Break(titleless_table, "a table has no numbered caption"),
    "a picture's caption has no number": Break(bare_caption, "a picture has no numbered caption"),
    "a picture has no alternative text": Break(
        lambda root: first(root, ".//wp:docPr").set("descr", " "), "no alternative text"
    ),
    "a heading level is skipped": Break(lambda root: restyled(root, "Heading2", "Heading3"), "follows one of level 1"),
    "the first heading is of the second level": Break(lambda root: restyled(root, "Heading1", "Heading2"), "level 0"),
    "a wide table stands upright": Break(upright, "wider than its page"),
    "a wide page says that it is upright": Break(said_to_be_upright, "is portrait"),
    "a section says no paper": Break(lambda root: dropped(root, ".//w:pgSz"), "says no paper"),
    "a section has no header": Break(lambda root: dropped(root, ".//w:headerReference"), "no header"),
    "the last section is not closed": Break(without_own_end, "does not end in the properties"),
    "a field is not closed": Break(lambda root: dropped(root, ".//w:fldChar"), "fields are not closed"),
    "a name is too long": Break(long_name, "is too long"),
    "a control is locked": Break(locked, "is locked"),
    "a control is around paragraphs": Break(around_a_paragraph, "not inside a paragraph"),
    "a prefix is not declared": Break(new_prefix, "prefix w14 is not declared"),
    "a style is not there": Break(unknown_style, "style Isi does not exist"),
    "a list is not there": Break(unknown_list, "list 999 does not exist"),
    "a picture's part is not related": Break(lost_picture, "relation rId999"),
    "styles repeat": Break(lambda root: alike(root, ".//w:style", f"{W}styleId"), "style Normal is there", STYLES),
    "a list follows its numbers": Break(
        lambda root: root.append(first(root, "w:abstractNum")), "numbering is out of order", NUMBERING
    ),
    "a relation's id repeats": Break(lambda root: alike(root, RELATIONS, "Id"), "relation rId", LINKS),
    "a relation leads out": Break(
        lambda root: first(root, RELATIONS).set("TargetMode", "External"), "leads out of the file", LINKS
    ),
    "a relation leads nowhere": Break(
        lambda root: first(root, RELATIONS).set("Target", "hilang.xml"), "which is not there", LINKS
    ),
    "a part has no type": Break(lambda root: dropped(root, f"{TYPES}Override"), "has no content type", TYPES_PART),
    "a type has no part": Break(
        lambda root: first(root, f"{TYPES}Override").set("PartName", "/hilang.xml"), "is for no part", TYPES_PART
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_rule_catches_what_breaks_it(name: str, sound: bytes) -> None:
    broken = BREAKS[name]
    root = part(sound, broken.part)
    broken.change(root)

    found = faults(changed(sound, {broken.part: serialised(root)}))

    assert any(broken.says in fault for fault in found), found
    assert not any(broken.says in fault for fault in faults(sound))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["word/Styles.xml", "WORD/STYLES.XML"])
def test_two_parts_whose_names_differ_in_case_only_are_caught(second: str, sound: bytes) -> None:
    found = faults(changed(sound, {second: b"<a/>"}))

    assert "part word/styles.xml is there 2 times" in found


def test_a_namespace_that_is_not_declared_is_caught(sound: bytes) -> None:
    text = serialised(part(sound)).replace(b"<w:body>", b"<w:body><w14:x/>", 1)

    assert "Namespace prefix w14" in faults(changed(sound, {MAIN: text}))[0]


def test_relations_of_a_part_that_is_not_there_are_caught(sound: bytes) -> None:
    found = faults(changed(sound, {}, renamed={LINKS: "word/_rels/hilang.xml.rels"}))

    assert "word/_rels/hilang.xml.rels belongs to no part" in found


def test_a_table_or_picture_without_a_source_is_named(sound: bytes) -> None:
    root, styles = part(sound), part(sound, STYLES)
    assert unsourced(root, styles) == []
    for line in paragraphs(root, "Note"):
        line.getparent().remove(line)  # type: ignore[union-attr]

    named = [" ".join(caption.split()[:2]) for caption in unsourced(root, styles)]

    assert named == ["Gambar 3.1", "Tabel 3.1", "Gambar 3.2", "Tabel 3.2", "Tabel 4.1"]
