"""A region's own Word file gives a document its paper, styles and letterhead, and nothing else of it travels."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.tree import Document
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.xml import NAMESPACES, qualified, twips
from tests.rooms.outputs.checker import faults
from tests.rooms.outputs.sample import document, read_back
from tests.rooms.outputs.template_files import (
    F4_MM,
    HOUSE_FONT,
    bent,
    house_file,
    png,
    replaced,
    sideways,
    template_of,
)
from tests.rooms.outputs.word_files import DAY, MANIFEST, part, text_of


MARKING = "DATA FIKTIF"
LETTERHEAD = "PEMERINTAH KABUPATEN CONTOH HULU"


def dressed(content: bytes, folder: Path, *, language: Language = "id") -> bytes:
    """Return the sample document in the looks of an office's file."""
    template = template_of(content, folder)
    return word_bytes(document(), language=language, manifest=MANIFEST, as_of=DAY, template=template)


def parts_named(content: bytes, beginning: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(beginning)}


def edges(content: bytes, kind: str) -> list[etree._Element]:
    return [etree.fromstring(each) for each in parts_named(content, f"word/{kind}").values()]


def lengths(section: etree._Element, name: str) -> dict[str, str]:
    found = section.find(f"w:{name}", NAMESPACES)
    assert found is not None
    return {str(etree.QName(key).localname): str(value) for key, value in found.attrib.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_finds_nothing_to_repair_in_an_offices_looks(language: Language, tmp_path: Path) -> None:
    assert faults(dressed(house_file(), tmp_path, language=language)) == []


def test_every_figure_and_the_manifest_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "RPKD.docx"
    path.write_bytes(dressed(house_file(), tmp_path))

    reading = read_back(path)

    assert Counter(name for name, _ in reading.texts) == occurrences(document())
    assert reading.manifest == MANIFEST


def test_the_same_pattern_gives_the_same_bytes(tmp_path: Path) -> None:
    template = template_of(house_file(), tmp_path)

    first, second = (
        word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY, template=template) for _ in range(2)
    )

    assert first == second


def test_libreoffice_opens_it_and_keeps_the_figures(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "RPKD.docx"
    path.write_bytes(dressed(house_file(), tmp_path))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "again"

    command = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    assert read_back(out / path.name) == read_back(path)


def test_paper_and_margins_are_the_offices_upright_and_sideways(tmp_path: Path) -> None:
    sections = list(part(dressed(house_file(), tmp_path)).iter(qualified("sectPr")))

    short, long = (twips(each) for each in F4_MM)
    sizes = {
        (lengths(each, "pgSz")["w"], lengths(each, "pgSz")["h"], lengths(each, "pgSz")["orient"]) for each in sections
    }
    assert sizes == {(str(short), str(long), "portrait"), (str(long), str(short), "landscape")}
    for section in sections:
        margins = lengths(section, "pgMar")
        assert {name: int(margins[name]) for name in ("left", "right", "top", "bottom")} == pytest.approx(
            {"left": twips(30), "right": twips(20), "top": twips(40), "bottom": twips(25)}, abs=1
        )


def test_a_pattern_that_lies_on_its_side_still_gives_upright_pages(tmp_path: Path) -> None:
    first = next(part(dressed(house_file(sideways), tmp_path)).iter(qualified("sectPr")))

    assert lengths(first, "pgSz")["orient"] == "portrait"


@pytest.mark.parametrize("paper", [(210, 297), F4_MM, (215.9, 279.4)], ids=["A4", "F4", "Letter"])
def test_tables_and_pictures_are_as_wide_as_the_offices_text(paper: tuple[float, float], tmp_path: Path) -> None:
    def on(made: docx.document.Document) -> None:
        made.sections[0].page_width, made.sections[0].page_height = (Mm(each) for each in paper)

    root = part(dressed(house_file(on), tmp_path))

    wanted = [twips(each - 30 - 20) for each in paper]
    found = {int(width.get(qualified("w"), "")) for width in root.iter(qualified("tblW"))}
    assert all(min(abs(width - each) for each in wanted) <= 15 for width in found)
    assert len({min(wanted, key=lambda each: abs(each - width)) for width in found}) == 2  # upright and sideways
    pictures = [int(extent.get("cx", "")) for extent in root.iter(qualified("wp:extent"))]
    assert pictures == pytest.approx([(paper[0] - 30 - 20) * 36000] * len(pictures), rel=0.001)


def test_the_letterhead_stands_on_every_page_with_our_marking_below_it(tmp_path: Path) -> None:
    headers = edges(dressed(house_file(), tmp_path), "header")

    assert headers
    for header in headers:
        text = text_of(header)
        assert text.index(LETTERHEAD) < text.index(MARKING)
        assert header.find(".//a:blip", NAMESPACES) is not None


def test_the_letterheads_picture_is_there_once(tmp_path: Path) -> None:
    content = dressed(house_file(), tmp_path)

    assert list(parts_named(content, "word/media/").values()).count(png()) == 1


def test_a_footer_without_page_numbers_gets_ours_below_it(tmp_path: Path) -> None:
    footers = [text_of(each) for each in edges(dressed(house_file(), tmp_path), "footer")]

    assert all(footer.startswith("Jalan Contoh Nomor Satu") for footer in footers)
    assert any("Halaman 1 dari 1" in footer for footer in footers)


def test_a_footer_that_numbers_pages_stays_as_it_is(tmp_path: Path) -> None:
    def numbered(made: docx.document.Document) -> None:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE ")
        made.sections[0].footer.paragraphs[0]._p.append(field)

    footers = [text_of(each) for each in edges(dressed(house_file(numbered), tmp_path), "footer")]

    assert set(footers) == {"Jalan Contoh Nomor Satu"}


def test_a_first_page_of_its_own_is_the_covers(tmp_path: Path) -> None:
    def first(made: docx.document.Document) -> None:
        page = made.sections[0]
        page.different_first_page_header_footer = True
        page.first_page_header.paragraphs[0].text = "HALAMAN MUKA"

    content = dressed(house_file(first), tmp_path)

    headers = [text_of(each) for each in edges(content, "header")]
    assert [header.startswith("HALAMAN MUKA") for header in headers].count(True) == 1
    section = next(part(content).iter(qualified("sectPr")))
    reference = section.find("w:headerReference", NAMESPACES)
    assert reference is not None
    relations = parts_named(content, "word/_rels/document.xml.rels")["word/_rels/document.xml.rels"].decode()
    target = re.search(rf'Target="([^"]+)"[^>]*Id="{reference.get(qualified("r:id"))}"', relations) or re.search(
        rf'Id="{reference.get(qualified("r:id"))}"[^>]*Target="([^"]+)"', relations
    )
    assert target is not None
    assert text_of(part(content, f"word/{target[1]}")).startswith("HALAMAN MUKA")


def test_even_pages_keep_their_own_header_with_our_marking(tmp_path: Path) -> None:
    def even(made: docx.document.Document) -> None:
        made.settings.odd_and_even_pages_header_footer = True
        made.sections[0].even_page_header.paragraphs[0].text = "HALAMAN GENAP"

    content = dressed(house_file(even), tmp_path)

    assert any(
        text_of(each).startswith("HALAMAN GENAP") and MARKING in text_of(each) for each in edges(content, "header")
    )
    assert part(content, "word/settings.xml").find("w:evenAndOddHeaders", NAMESPACES) is not None
    assert faults(content) == []


def style_of(content: bytes, key: str) -> etree._Element:
    styles = part(content, "word/styles.xml")
    return next(each for each in styles.iter(qualified("style")) if each.get(qualified("styleId")) == key)


def font_of(style: etree._Element) -> str | None:
    font = style.find("w:rPr/w:rFonts", NAMESPACES)
    return None if font is None else font.get(qualified("ascii"))


def test_headings_have_the_offices_font(tmp_path: Path) -> None:
    assert font_of(style_of(dressed(house_file(), tmp_path), "Heading1")) == HOUSE_FONT


def test_a_style_is_found_by_its_name_where_word_translated_its_id(tmp_path: Path) -> None:
    translated = {
        "word/styles.xml": replaced('w:styleId="Heading1"', 'w:styleId="Judul1"'),
        "word/document.xml": replaced('w:val="Heading1"', 'w:val="Judul1"'),
    }

    content = dressed(bent(house_file(), translated), tmp_path)

    assert font_of(style_of(content, "Heading1")) == HOUSE_FONT
    assert faults(content) == []


def test_a_style_of_another_name_keeps_out_of_the_way_of_ours(tmp_path: Path) -> None:
    def own(made: docx.document.Document) -> None:
        made.styles.add_style("Note", 1).font.name = HOUSE_FONT
        made.styles["Note"].name = "Memo Dinas"

    content = dressed(house_file(own), tmp_path)

    names = [
        name.get(qualified("val")) for name in part(content, "word/styles.xml").iterfind("w:style/w:name", NAMESPACES)
    ]
    assert font_of(style_of(content, "Note")) is None
    assert names.count("Memo Dinas") == names.count("Note") == 1
    assert faults(content) == []


def test_numbers_that_the_office_attaches_to_headings_are_dropped(tmp_path: Path) -> None:
    numbers = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    path = re.compile(rb'(w:styleId="Heading1".*?)<w:pPr>', re.DOTALL)
    with_numbers = {"word/styles.xml": lambda content: path.sub(rb"\1" + numbers.encode(), content, count=1)}

    content = dressed(bent(house_file(), with_numbers), tmp_path)

    assert part(content, "word/styles.xml").find(".//w:numPr", NAMESPACES) is None


def test_an_indented_justified_normal_does_not_move_our_tables(tmp_path: Path) -> None:
    def indented(made: docx.document.Document) -> None:
        made.styles["Normal"].paragraph_format.first_line_indent = Mm(12.7)
        made.styles["Normal"].paragraph_format.alignment = 3

    look = style_of(dressed(house_file(indented), tmp_path), "TableText").find("w:pPr", NAMESPACES)

    assert look is not None
    indent, lines = look.find("w:ind", NAMESPACES), look.find("w:jc", NAMESPACES)
    assert indent is not None
    assert indent.get(qualified("firstLine")) == "0"
    assert lines is not None
    assert lines.get(qualified("val")) == "left"


def test_nothing_of_the_offices_text_travels(tmp_path: Path) -> None:
    content = dressed(house_file(), tmp_path)

    everything = b"".join(parts_named(content, "").values())
    assert b"Rahasia isi lama" not in everything
    assert b"Teks lama" not in everything
    assert png(b"\x00\x00\x00") not in parts_named(content, "word/media/").values()


def test_a_link_in_the_letterhead_leaves_its_words(tmp_path: Path) -> None:
    def linked(made: docx.document.Document) -> None:
        paragraph = made.sections[0].header.add_paragraph()
        relation = made.sections[0].header.part.relate_to(
            "https://contoh.example",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        link.append(paragraph.add_run("contoh.example")._r)
        paragraph._p.append(link)

    content = dressed(house_file(linked), tmp_path)

    assert all("contoh.example" in text_of(each) for each in edges(content, "header"))
    assert not any(b"https://contoh.example" in each for each in parts_named(content, "").values())
    assert faults(content) == []


def test_styles_without_defaults_are_enough(tmp_path: Path) -> None:
    defaults = re.compile(rb"<w:docDefaults>.*?</w:docDefaults>", re.DOTALL)

    content = dressed(bent(house_file(), {"word/styles.xml": lambda old: defaults.sub(b"", old)}), tmp_path)

    assert faults(content) == []


def test_a_document_of_ours_as_pattern_leaves_its_marking_behind(tmp_path: Path) -> None:
    old = dressed(house_file(), tmp_path)
    plain = replace(document(), marking=())

    again = dressed(old, tmp_path)
    unmarked = word_bytes(
        plain, language="id", manifest=MANIFEST, as_of=DAY, template=template_of(word_of(document()), tmp_path)
    )

    assert [text_of(each).count(MARKING) for each in edges(again, "header")] == [1] * len(edges(again, "header"))
    assert all(text_of(each).count("Halaman") <= 1 for each in edges(again, "footer"))
    assert not any(MARKING in text_of(each) for each in edges(unmarked, "header"))
    assert faults(again) == faults(unmarked) == []


def word_of(tree: Document) -> bytes:
    return word_bytes(tree, language="id", manifest=MANIFEST, as_of=DAY)


def test_a_pattern_without_a_letterhead_leaves_ours(tmp_path: Path) -> None:
    bare = docx.Document()
    stream = io.BytesIO()
    bare.save(stream)

    content = dressed(stream.getvalue(), tmp_path)

    assert all(MARKING in text_of(each) for each in edges(content, "header"))
    assert any("Halaman 1 dari 1" in text_of(each) for each in edges(content, "footer"))
    assert faults(content) == []
