"""Patterns that are no Word files, are made to harm, or carry what must not travel into every document."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings, strategies as st
from lxml import etree

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import refusal_words
from nangkis.content.tree import Document
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.house_refusals import TemplateRefused
from nangkis.outputs.word.template import read_template
from nangkis.parameters.loader import packaged
from nangkis.workspace.reading import word_limits
from tests.rooms.outputs.sample import read_back, said, small_table
from tests.rooms.outputs.template_files import ROOM_MM, bent, house_file, replaced, template_of
from tests.rooms.outputs.word_files import DAY


SMALL = Document(said("J"), said("A"), (small_table(),), marking=(said("RANCANGAN"),))
MAIN_LINKS, HEADER, HEADER_LINKS = "word/_rels/document.xml.rels", "word/header1.xml", "word/_rels/header1.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
EMPTY_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
Change = Callable[[bytes], bytes]


def refused(content: bytes, folder: Path) -> TemplateRefused:
    """Return the refusal, whose words name the file in both languages."""
    with pytest.raises(TemplateRefused) as caught:
        template_of(content, folder)
    for language in LANGUAGES:
        assert "pola.docx" in refusal_words(caught.value, language)
    return caught.value


def with_relation(kind: str, target: str, *, mode: str = "External") -> Change:
    relation = f'<Relationship Id="rIdX" Type="{KINDS}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return replaced("</Relationships>", f"{relation}</Relationships>")


def with_field(code: str) -> Callable[[docx.document.Document], None]:
    def change(made: docx.document.Document) -> None:
        run = made.sections[0].header.paragraphs[0].add_run()._r
        for kind, text in (("begin", ""), ("", code[:4]), ("", code[4:]), ("separate", ""), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run.append(part)

    return change


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TemplateRefused) as caught:
        read_template(tmp_path / "pola.docx", word_limits(packaged()), text_mm=ROOM_MM)

    assert caught.value.code == "template-not-found"


@pytest.mark.parametrize("content", [b"", b"PK", b"Rencana", b"%PDF-1.7", b"PK\x03\x04" + b"\x00" * 500])
def test_a_file_that_is_no_word_file(content: bytes, tmp_path: Path) -> None:
    assert refused(content, tmp_path).code in {"template-not-word", "template-damaged"}


def test_a_file_with_a_password(tmp_path: Path) -> None:
    assert refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 512, tmp_path).code == "template-old-or-locked"


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "buku.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert refused(path.read_bytes(), tmp_path).code == "template-not-word"


def test_what_word_calls_strict(tmp_path: Path) -> None:
    strict = replaced(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert refused(bent(house_file(), {"word/document.xml": strict}), tmp_path).code == "template-not-word"


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", HEADER, MAIN_LINKS, "[Content_Types].xml"])
def test_a_part_that_is_no_xml(name: str, tmp_path: Path) -> None:
    assert refused(bent(house_file(), {name: lambda old: old[:-20]}), tmp_path).code == "template-damaged"


def test_a_cut_file(tmp_path: Path) -> None:
    assert refused(house_file()[:-3000], tmp_path).code == "template-damaged"


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", HEADER, "word/settings.xml"])
def test_a_part_that_asks_for_another_file(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia")
    doctype = f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'

    found = refused(bent(house_file(), {name: lambda old: old.replace(b"?>", doctype.encode(), 1)}), tmp_path)

    assert found.code == "template-with-document-type"
    assert found.values["part"] == name


def test_a_part_that_unpacks_a_thousandfold(tmp_path: Path) -> None:
    bomb = {"word/media/image9.png": b"\x00" * 20_000_000}

    assert refused(bent(house_file(), bomb), tmp_path).code == "template-packed-too-tightly"


@pytest.mark.parametrize(
    ("limit", "most"), [("bytes", 1000), ("unpacked_bytes", 1000), ("parts", 3), ("xml_bytes", 100)]
)
def test_more_than_a_limit(limit: str, most: int, tmp_path: Path) -> None:
    path = tmp_path / "pola.docx"
    path.write_bytes(house_file())

    with pytest.raises(TemplateRefused) as caught:
        read_template(path, replace(word_limits(packaged()), **{limit: most}), text_mm=ROOM_MM)

    assert caught.value.code == "template-too-large"
    assert caught.value.values["limit"] == limit


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"[Content_Types].xml": replaced(PLAIN_TYPE, MACRO_TYPE)}, id="a docm"),
        pytest.param({"word/vbaProject.bin": b"\x00"}, id="a project"),
    ],
)
def test_macros(changes: dict[str, Change | bytes], tmp_path: Path) -> None:
    assert refused(bent(house_file(), changes), tmp_path).code == "template-with-macros"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (MAIN_LINKS, "image"),
        (MAIN_LINKS, "oleObject"),
        (HEADER_LINKS, "image"),
        ("word/_rels/settings.xml.rels", "attachedTemplate"),
        ("_rels/.rels", "officeDocument"),
    ],
)
def test_what_is_fetched_from_outside(name: str, kind: str, tmp_path: Path) -> None:
    target = "file://server/berbagi/pola.dotm"
    before = house_file()
    if name.endswith("settings.xml.rels"):
        before = bent(before, {name: EMPTY_LINKS})

    found = refused(bent(before, {name: with_relation(kind, target)}), tmp_path)

    assert found.code == "template-links-outside"
    assert (found.values["link"], found.values["target"]) == (kind, target)


@pytest.mark.parametrize(
    "code", [' INCLUDEPICTURE "https://contoh.example/a.png" ', " DDEAUTO c:\\\\x ", ' LINK Excel.Sheet "a.xlsx" ']
)
def test_a_field_that_fetches_or_runs_something(code: str, tmp_path: Path) -> None:
    found = refused(house_file(with_field(code)), tmp_path)

    assert found.code == "template-with-object"
    assert found.values["object"] == code.split(maxsplit=1)[0]


@pytest.mark.parametrize("code", [" PAGE ", ' STYLEREF "heading 1" ', " NUMPAGES \\* MERGEFORMAT "])
def test_a_field_that_says_what_the_document_knows_is_taken(code: str, tmp_path: Path) -> None:
    assert template_of(house_file(with_field(code)), tmp_path).edges


def test_an_embedded_object_in_the_letterhead(tmp_path: Path) -> None:
    into = {
        HEADER_LINKS: replaced('relationships/image"', 'relationships/oleObject"'),
    }

    assert refused(bent(house_file(), into), tmp_path).code == "template-with-object"


def test_an_embedded_object_in_the_text_stays_behind(tmp_path: Path) -> None:
    object_in_text: dict[str, Change | bytes] = {
        "word/embeddings/oleObject1.bin": b"\xd0\xcf",
        MAIN_LINKS: with_relation("oleObject", "embeddings/oleObject1.bin", mode="Internal"),
    }

    assert template_of(bent(house_file(), object_in_text), tmp_path).edges


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({HEADER_LINKS: EMPTY_LINKS}, id="a picture without relation"),
        pytest.param({MAIN_LINKS: lambda old: old.replace(b"header1.xml", b"header9.xml")}, id="no header"),
        pytest.param({MAIN_LINKS: lambda old: old.replace(b"header1.xml", b"styles.xml")}, id="a header that is none"),
        pytest.param(
            {"word/document.xml": lambda old: re.sub(rb'w:w="\d+" w:h', b'w:w="lebar" w:h', old)}, id="no number"
        ),
        pytest.param({"word/document.xml": lambda old: re.sub(rb'w:left="\d+"', b'w:left="1e9"', old)}, id="no length"),
        pytest.param(
            {"word/document.xml": lambda old: re.sub(rb'w:w="\d+" w:h', b'w:w="900000000" w:h', old)}, id="a giant page"
        ),
        pytest.param({MAIN_LINKS: lambda old: old.replace(b"styles.xml", b"settings.xml")}, id="styles that are none"),
    ],
)
def test_a_file_that_does_not_hang_together(changes: dict[str, Change | bytes], tmp_path: Path) -> None:
    assert refused(bent(house_file(), changes), tmp_path).code == "template-damaged"


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_a_file_bent_anywhere_is_refused_or_gives_a_document_that_is_read_back(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bengkok")
    names = ("word/document.xml", "word/styles.xml", HEADER, HEADER_LINKS, MAIN_LINKS, "word/theme/theme1.xml")
    content = bent(house_file(), {name: lambda old: shaken(old, chance) for name in chance.sample(names, 2)})

    try:
        template = template_of(content, folder)
    except TemplateRefused:
        return

    path = folder / "RPKD.docx"
    path.write_bytes(word_bytes(SMALL, language="id", manifest=b"{}", as_of=DAY, template=template))
    assert read_back(path).texts


def shaken(content: bytes, chance: random.Random) -> bytes:
    """Return XML in which some elements are gone, repeated elsewhere or renamed, and some attributes say nonsense."""
    root = etree.fromstring(content)
    parts = list(root.iter(etree.Element))
    for _ in range(chance.randint(1, 5)):
        part, other = chance.choice(parts), chance.choice(parts)
        deed, parent = chance.randrange(4), part.getparent()
        if deed == 0 and parent is not None:
            parent.remove(part)
        elif deed == 1:
            part.append(etree.fromstring(etree.tostring(other)))
        elif deed == 2:
            part.tag = other.tag
        elif part.attrib:
            part.set(chance.choice(sorted(map(str, part.attrib))), chance.choice(["", "x", "-5", "999999999", "rId1"]))
    return etree.tostring(root)


@pytest.mark.parametrize(("width", "height", "margin"), [(110, 220, 20), (210, 297, 120), (0, 0, 0)])
def test_a_page_without_room_for_a_table(width: int, height: int, margin: int, tmp_path: Path) -> None:
    def small(made: docx.document.Document) -> None:
        page = made.sections[0]
        page.page_width, page.page_height = Mm(width), Mm(height)
        page.left_margin = page.right_margin = Mm(margin)

    found = refused(house_file(small), tmp_path)

    assert found.code == "template-without-room"
    assert found.values["least"] == ROOM_MM
