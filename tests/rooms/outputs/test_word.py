from __future__ import annotations

import io
import re
import subprocess
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure
from nangkis.content.tree import Block, Document, Heading, Paragraph, Picture, Row
from nangkis.outputs.word.document import by_paper, word_bytes
from nangkis.outputs.word.occurrences import occurrences
from nangkis.outputs.word.reading import WordReading
from nangkis.outputs.word.sections import SIDEWAYS, UPRIGHT
from nangkis.outputs.word.styles import STYLES
from nangkis.outputs.word.xml import NAMESPACES, twips
from nangkis.vocabulary.figures import Label
from tests.rooms.outputs.checker import faults
from tests.rooms.outputs.sample import MONEY, POVERTY, bars, document, read_back, said, small_table, wide_table


MANIFEST = '{"figures": {"a": "1 < 2 & é"}}'.encode()
DAY = date(2026, 11, 24)


def written(tree: Document, folder: Path, *, language: Language = "id", manifest: bytes = MANIFEST) -> Path:
    path = folder / "RPKD.docx"
    path.write_bytes(word_bytes(tree, language=language, manifest=manifest, as_of=DAY))
    return path


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body_of(*blocks: Block, language: Language = "id") -> etree._Element:
    tree = Document(said("Judul"), said("Anak judul"), blocks)
    return part(word_bytes(tree, language=language, manifest=b"", as_of=DAY))


def text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iterfind(".//w:t", NAMESPACES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_finds_nothing_to_repair(language: Language) -> None:
    content = word_bytes(document(), language=language, manifest=MANIFEST, as_of=DAY)

    assert faults(content) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_read_back_as_it_was_printed(language: Language, tmp_path: Path) -> None:
    reading = read_back(written(document(), tmp_path, language=language))

    assert (POVERTY.id, print_figure(POVERTY, language)) in reading.texts
    assert (MONEY.id, print_figure(MONEY, language)) in reading.texts
    assert Counter(name for name, _ in reading.texts) == occurrences(document())
    assert reading.manifest == MANIFEST


def test_a_manifest_longer_than_a_text_node_may_be_comes_back_whole(tmp_path: Path) -> None:
    long = bytes(range(256)) * 50_000  # 12.8 million bytes; a parser refuses a text of 10 million

    assert read_back(written(document(), tmp_path, manifest=long)).manifest == long


def test_figures_and_manifest_survive_libreoffice(soffice: str, tmp_path: Path) -> None:
    path = written(document(), tmp_path)

    again = _through_libreoffice(soffice, path, tmp_path)

    assert again == read_back(path)


def _through_libreoffice(soffice: str, path: Path, folder: Path) -> WordReading:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "again"
    command = [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return read_back(out / path.name)


def test_an_edited_number_is_read_as_it_stands_now(tmp_path: Path) -> None:
    path = written(document(), tmp_path)
    _rewrite(path, lambda text: text.replace(">12,58<", ">13,00<", 1))

    texts = [text for name, text in read_back(path).texts if name == POVERTY.id]

    assert texts == ["13,00", *["12,58"] * (occurrences(document())[POVERTY.id] - 1)]


def test_a_number_whose_control_was_removed_is_found_by_its_bookmark(tmp_path: Path) -> None:
    path = written(document(), tmp_path)
    before = read_back(path).texts

    _rewrite(path, _without_controls)

    assert read_back(path).texts == before


def test_a_number_struck_out_with_tracked_changes_is_gone(tmp_path: Path) -> None:
    path = written(Document(said("J"), said("A"), (Paragraph((said("Angka", POVERTY, "persen"),)),)), tmp_path)

    _rewrite(path, lambda text: text.replace("<w:sdt>", "<w:del><w:sdt>").replace("</w:sdt>", "</w:sdt></w:del>"))

    assert read_back(path).texts == ()


def test_a_control_that_was_emptied_reads_as_empty(tmp_path: Path) -> None:
    path = written(Document(said("J"), said("A"), (Paragraph((said("Angka", POVERTY, "persen"),)),)), tmp_path)

    _rewrite(path, lambda text: text.replace("<w:text/>", "<w:showingPlcHdr/><w:text/>"))

    assert read_back(path).texts == ((POVERTY.id, ""),)


ONE = (Paragraph((said("Angka", POVERTY, "persen"),)),)


def typed(text: str, *, style: str = "") -> str:
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def one_figure(folder: Path, change: Callable[[str], str]) -> str:
    """Write a document with one figure, change its XML, and return the figure's text."""
    path = written(Document(said("J"), said("A"), ONE), folder)
    before = read_back(path).texts
    seen: list[str] = []

    def changed(text: str) -> str:
        seen.extend((text, change(text)))
        return seen[-1]

    _rewrite(path, changed)
    assert before == ((POVERTY.id, "12,58"),)
    assert seen[0] != seen[1], "the change found nothing to change"
    ((_, text),) = read_back(path).texts
    return text


def before_bookmark(more: str) -> Callable[[str], str]:
    return lambda text: re.sub(r'<w:bookmarkStart [^>]*w:name="_nk_', lambda found: more + found[0], text, count=1)


def before_control(more: str) -> Callable[[str], str]:
    return lambda text: text.replace("<w:sdt>", f"{more}<w:sdt>", 1)


def after_control(more: str) -> Callable[[str], str]:
    return lambda text: text.replace("</w:sdt>", f"</w:sdt>{more}", 1)


def after_bookmark(more: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"</w:sdt><w:bookmarkEnd [^>]*/>", lambda found: found[0] + more, text, count=1)


BESIDE = (before_bookmark, before_control, after_control, after_bookmark)
SYMBOL = '<w:r><w:sym w:font="Arial" w:char="F031"/></w:r>'
EQUATION = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>1</m:t></m:r></m:oMath>'
)
ONES = (
    typed("1"),
    typed("kata 1" + "\u200b") + typed("x", style="<w:vanish/>") + "<w:r/>",
    typed("1", style="<w:b/>") + "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>",
    f"<w:ins>{typed('1')}</w:ins>",
    SYMBOL,
    EQUATION,
)


@pytest.mark.parametrize("one", ONES)
@pytest.mark.parametrize("beside", BESIDE[:2])
def test_a_digit_typed_before_a_number_belongs_to_it(
    beside: Callable[[str], Callable[[str], str]], one: str, tmp_path: Path
) -> None:
    assert one_figure(tmp_path, beside(one)) == "112,58"


@pytest.mark.parametrize("one", [ONES[0], *ONES[3:], typed("1 kata"), typed("1."), typed("\u200b1")])
@pytest.mark.parametrize("beside", BESIDE[2:])
def test_a_digit_typed_after_a_number_belongs_to_it(
    beside: Callable[[str], Callable[[str], str]], one: str, tmp_path: Path
) -> None:
    assert one_figure(tmp_path, beside(one)) == "12,581"


@pytest.mark.parametrize(
    ("more", "reads"),
    [
        (typed("kata \u2212"), "\u221212,58"),
        (typed("-"), "-12,58"),
        ("<w:r><w:noBreakHyphen/></w:r>", "\u201112,58"),
        (typed("0,"), "0,12,58"),
        (typed(" ,"), ",12,58"),
    ],
)
def test_a_sign_typed_before_a_number_belongs_to_it(more: str, reads: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, before_control(more)) == reads


@pytest.mark.parametrize("more", ["Rp", "Rp.", "(", "ke-", "1 ", "lebih dari ", "\u00b1", "10\u2013"])
def test_a_words_end_before_a_number_is_no_part_of_it(more: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, before_bookmark(typed(more))) == "12,58"


@pytest.mark.parametrize("more", [")", ".", ", 3 di antaranya", " 1", "%", "\u201313", "\u00b9)"])
def test_a_mark_after_a_number_is_no_part_of_it(more: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, after_bookmark(typed(more))) == "12,58"


def test_a_digit_in_the_paragraph_before_is_no_part_of_a_number(tmp_path: Path) -> None:
    change = before_bookmark(f"{typed('tahun 1')}</w:p><w:p>")

    assert one_figure(tmp_path, change) == "12,58"


@pytest.mark.parametrize("between", ["-", "\u2013", "\u2212", ",", "/"])
def test_the_dash_between_two_numbers_belongs_to_neither(between: str, tmp_path: Path) -> None:
    path = written(Document(said("J"), said("A"), (Paragraph((said(POVERTY, MONEY),)),)), tmp_path)
    before = read_back(path).texts

    def join(text: str) -> str:
        head, control, rest = text.partition("</w:sdt>")
        end, start, tail = rest.partition("<w:bookmarkStart")
        return head + control + re.sub(r"<w:r>.*?</w:r>", typed(between), end) + start + tail

    _rewrite(path, join)

    assert len(before) == 2
    assert read_back(path).texts == before


@pytest.mark.parametrize(
    ("inside", "reads"),
    [
        (SYMBOL, "112,58"),
        (EQUATION, "112,58"),
        ("<w:r><w:noBreakHyphen/></w:r>", "\u201112,58"),
        ("<w:r><w:pict/></w:r>", "\N{OBJECT REPLACEMENT CHARACTER}12,58"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "\N{OBJECT REPLACEMENT CHARACTER}12,58"),
    ],
)
def test_what_a_control_holds_besides_text_is_read_too(inside: str, reads: str, tmp_path: Path) -> None:
    assert one_figure(tmp_path, lambda text: text.replace("<w:sdtContent>", f"<w:sdtContent>{inside}", 1)) == reads


@pytest.mark.parametrize(("vanish", "reads"), [("<w:vanish/>", ""), ('<w:vanish w:val="0"/>', "12,58")])
def test_a_hidden_number_reads_as_empty(vanish: str, reads: str, tmp_path: Path) -> None:
    def hide(text: str) -> str:
        return text.replace("<w:sdtContent><w:r>", f"<w:sdtContent><w:r><w:rPr>{vanish}</w:rPr>", 1)

    assert one_figure(tmp_path, hide) == reads


def test_many_figures_are_read_within_seconds(tmp_path: Path) -> None:
    figures = [replace(POVERTY, key=f"k{number}") for number in range(20_000)]
    lines = (
        Paragraph(tuple(said("Angka", one, "persen") for one in figures[at : at + 10])) for at in range(0, 20_000, 10)
    )
    path = written(Document(said("J"), said("A"), tuple(lines)), tmp_path)

    started = time.process_time()
    texts = read_back(path).texts

    assert time.process_time() - started < 10
    assert texts == tuple((figure.id, "12,58") for figure in figures)


def test_bookmarks_that_never_end_cost_no_more_than_their_number(tmp_path: Path) -> None:
    path = written(Document(said("J"), said("A"), ONE), tmp_path)
    opened = "".join(f'<w:bookmarkStart w:id="{n}" w:name="_nk_{"a" * 10}_{n}"/>{typed("1")}' for n in range(9, 20_000))
    _rewrite(path, before_bookmark(opened))

    started = time.process_time()
    texts = read_back(path).texts

    assert time.process_time() - started < 10
    assert len(texts) == 20_000 - 9 + 1


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _without_controls(text: str) -> str:
    root = etree.fromstring(text.encode())
    for control in root.findall(".//w:sdt", NAMESPACES):
        content, parent = control.find("w:sdtContent", NAMESPACES), control.getparent()
        assert content is not None
        assert parent is not None
        for run in content:
            control.addprevious(run)
        parent.remove(control)
    return etree.tostring(root).decode()


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY) for _ in range(2))

    assert first == second


def test_a_figure_in_a_heading_is_a_bug_of_its_maker() -> None:
    broken = Document(said("J"), said("A"), (Heading(1, None, said("Kemiskinan", POVERTY)),))

    with pytest.raises(TypeError, match="no figure"):
        word_bytes(broken, language="id", manifest=MANIFEST, as_of=DAY)


def test_the_marking_stands_on_every_page_and_the_cover_too() -> None:
    content = word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
    assert len(headers) == 3  # cover, upright, sideways
    assert all("DATA FIKTIF" in text_of(part(content, name)) for name in headers)


def test_the_contents_are_there_before_word_updates_them() -> None:
    root = part(word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY))

    links = [text_of(link) for link in root.iterfind(".//w:hyperlink", NAMESPACES)]

    assert "Bab III  Profil Kemiskinan Daerah" in links
    assert any(link.startswith("Tabel 3.2  Pagu indikatif") for link in links)
    assert not any(link.endswith(tuple("0123456789")) and "2025" not in link for link in links)  # no page number


def test_tables_and_pictures_are_numbered_within_their_chapter() -> None:
    root = part(word_bytes(document(), language="id", manifest=MANIFEST, as_of=DAY))

    captions = [text_of(line) for line in root.iterfind(".//w:p", NAMESPACES) if _style(line) == "Caption"]

    numbers = [" ".join(caption.split()[:2]) for caption in captions]
    assert numbers == ["Gambar 3.1", "Tabel 3.1", "Gambar 3.2", "Tabel 3.2", "Tabel 4.1"]


def _style(line: etree._Element) -> str | None:
    found = line.find("w:pPr/w:pStyle", NAMESPACES)
    return None if found is None else found.get(f"{{{NAMESPACES['w']}}}val")


def test_a_missing_value_is_a_dash_with_its_reason_below() -> None:
    root = body_of(small_table())

    cells = [text_of(cell) for cell in root.iterfind(".//w:tc", NAMESPACES)]
    notes = [text_of(line) for line in root.iterfind(".//w:p", NAMESPACES) if _style(line) == "Note"]
    assert cells.count("—a") == 2
    assert cells.count("—b") == 1
    assert any(note.startswith("a Angka tahun ini belum diterbitkan") for note in notes)
    assert any(note.startswith("b Sampel terlalu kecil") for note in notes)


def test_a_verdict_has_a_sign_and_words() -> None:
    cells = [text_of(cell) for cell in body_of(small_table()).iterfind(".//w:tc", NAMESPACES)]

    signs = {cell[0] for cell in cells if cell.rstrip().endswith(("provinsi", "membaik", "nyata")) and cell[1] == " "}
    assert len(signs) == 3


def test_a_short_lead_in_turns_with_its_sideways_table() -> None:
    heading = Heading(2, Label("3.2"), Label("Pagu"))
    intro = Paragraph((said("Tabel berikut memuat pagu."),))
    before = Paragraph((said("Bagian sebelumnya."),))

    papers = list(by_paper([before, heading, intro, wide_table(2), intro], "id"))

    assert papers == [(UPRIGHT, [before]), (SIDEWAYS, [heading, intro, wide_table(2)]), (UPRIGHT, [intro])]


def test_a_long_text_stays_upright_before_a_sideways_table() -> None:
    heading = Heading(2, Label("3.2"), Label("Pagu"))
    intro = Paragraph((said("Tabel berikut memuat pagu."),))

    papers = [paper for paper, _ in by_paper([heading, intro, intro, wide_table(2)], "id")]

    assert papers == [UPRIGHT, SIDEWAYS]


def test_only_a_table_that_is_too_wide_for_an_upright_page_turns() -> None:
    narrow = replace(small_table(), landscape=True)
    talk = Row((Label("kata " * 120), *(Label("") for _ in narrow.columns[1:])))

    papers = [paper for paper, _ in by_paper([narrow, replace(narrow, rows=(talk,)), wide_table(2)], "id")]

    assert papers == [UPRIGHT, SIDEWAYS]  # the wordy one has rows that would be too tall


def test_a_table_is_as_wide_as_the_page_that_it_stands_on() -> None:
    for table, paper in ((replace(small_table(), landscape=True), UPRIGHT), (wide_table(2), SIDEWAYS)):
        width = body_of(table).find(".//w:tblW", NAMESPACES)

        assert width is not None
        assert int(width.get(f"{{{NAMESPACES['w']}}}w", "")) == pytest.approx(twips(paper.text_mm), abs=5)


def keeps(line: etree._Element) -> bool:
    """Say whether Word keeps a paragraph on the page of the next one."""
    own = line.find("w:pPr/w:keepNext", NAMESPACES)
    if own is not None:
        return own.get(f"{{{NAMESPACES['w']}}}val") != "0"
    return STYLES[_style(line) or "Normal"].keep_next


@pytest.mark.parametrize("has_sources", [True, False])
def test_a_picture_its_caption_and_its_sources_stay_on_one_page(*, has_sources: bool) -> None:
    sources = (said("BPS"),) if has_sources else ()
    lines = body_of(Picture(said("Judul"), bars(), said("Uraian"), sources)).findall(".//w:p", NAMESPACES)
    start = next(place for place, line in enumerate(lines) if _style(line) == "Picture")

    together = ["Picture", "Caption", "Note"] if has_sources else ["Picture", "Caption"]
    assert [_style(line) for line in lines[start : start + len(together)]] == together
    assert [keeps(line) for line in lines[start : start + len(together)]] == [*[True] * (len(together) - 1), False]


def test_a_table_keeps_to_its_caption_and_to_the_first_line_below_it() -> None:
    root = body_of(small_table())

    caption = next(line for line in root.iterfind(".//w:p", NAMESPACES) if _style(line) == "Caption")
    last_row = root.findall(".//w:tr", NAMESPACES)[-1]
    assert keeps(caption)
    assert all(keeps(line) for line in last_row.iterfind(".//w:p", NAMESPACES))


def test_a_document_without_blocks_still_opens() -> None:
    content = word_bytes(Document(said("J"), said("A"), ()), language="en", manifest=b"", as_of=DAY)

    assert faults(content) == []


def test_characters_that_xml_cannot_hold_become_a_visible_mark() -> None:
    root = body_of(Paragraph((said("baris\x0bpertama\x00"),)))

    assert "baris\N{REPLACEMENT CHARACTER}pertama\N{REPLACEMENT CHARACTER}" in text_of(root)


def test_language_and_title_are_set_for_screen_readers() -> None:
    content = word_bytes(document(), language="en", manifest=MANIFEST, as_of=DAY)

    styles, core = part(content, "word/styles.xml"), part(content, "docProps/core.xml")
    assert [tag.get(f"{{{NAMESPACES['w']}}}val") for tag in styles.iterfind(".//w:lang", NAMESPACES)] == ["en-GB"]
    assert "Rencana Penanggulangan Kemiskinan Daerah" in "".join(map(str, core.itertext()))
    pictures = part(content).findall(".//wp:docPr", NAMESPACES)
    assert all(picture.get("descr") for picture in pictures)
