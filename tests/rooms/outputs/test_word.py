from __future__ import annotations

import io
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure
from nangkis.content.tree import Block, Bullets, Column, Document, Heading, Paragraph, Picture, Row, Table
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.pages import SIDEWAYS, UPRIGHT, by_paper
from nangkis.outputs.word.document import word_bytes
from nangkis.outputs.word.reading import WordReading
from nangkis.outputs.word.styles import STYLES
from nangkis.outputs.word.xml import NAMESPACES, twips
from nangkis.vocabulary.figures import Label
from tests.rooms.outputs.checker import faults
from tests.rooms.outputs.sample import MONEY, POVERTY, bars, document, read_back, said, small_table, wide_table
from tests.rooms.outputs.word_files import DAY, MANIFEST, body_of, part, text_of, written


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

    papers = list(by_paper([before, heading, intro, wide_table(2), small_table()], "id"))

    assert papers == [(UPRIGHT, [before]), (SIDEWAYS, [heading, intro, wide_table(2)]), (UPRIGHT, [small_table()])]


@pytest.mark.parametrize("after", [(), (Heading(1, Label("Bab IV"), Label("Penutup")),)])
def test_a_short_text_below_a_sideways_table_gets_no_page_of_its_own(after: tuple[Block, ...]) -> None:
    text = (Heading(2, Label("3.5"), Label("Isu")), Bullets((said("Isu pertama."), said("Isu kedua."))))

    papers = list(by_paper([wide_table(2), *text, *after], "id"))

    assert papers[0] == (SIDEWAYS, [wide_table(2), *text])
    assert [list(blocks) for paper, blocks in papers if paper is UPRIGHT] == [[each] for each in after]


def test_a_short_text_between_two_sideways_tables_turns_with_them() -> None:
    intro = Paragraph((said("Tabel berikut memuat pagu."),))

    papers = [paper for paper, _ in by_paper([wide_table(2), intro, intro, wide_table(2)], "id")]

    assert papers == [SIDEWAYS]


@pytest.mark.parametrize("follows", [Bullets((said("kata " * 600),)), small_table()])
def test_what_fills_a_page_stays_upright_below_a_sideways_table(follows: Block) -> None:
    papers = [paper for paper, _ in by_paper([wide_table(2), follows, wide_table(2)], "id")]

    assert papers == [SIDEWAYS, UPRIGHT, SIDEWAYS]


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


def test_no_line_below_a_table_has_a_page_for_itself() -> None:
    table = replace(small_table(), notes=(said("Satu."), said("Dua.")), sources=(said("BPS"),))

    below = [line for line in body_of(table).iterfind(".//w:p", NAMESPACES) if _style(line) == "Note"][-4:]

    assert [keeps(line) for line in below] == [False, True, True, False]


def test_the_list_of_tables_begins_a_page() -> None:
    """LibreOffice does not keep a heading with a field: it would stand alone at the end of the contents."""
    lines = [
        line for line in body_of(*document().blocks).iterfind(".//w:p", NAMESPACES) if _style(line) == "ListHeading"
    ]

    assert [line.find("w:pPr/w:pageBreakBefore", NAMESPACES) is not None for line in lines] == [True, False]


def test_a_document_without_blocks_still_opens() -> None:
    content = word_bytes(Document(said("J"), said("A"), ()), language="en", manifest=b"", as_of=DAY)

    assert faults(content) == []


def test_characters_that_xml_cannot_hold_become_a_visible_mark() -> None:
    root = body_of(Paragraph((said("baris\x0bpertama\x00"),)))

    assert "baris\N{REPLACEMENT CHARACTER}pertama\N{REPLACEMENT CHARACTER}" in text_of(root)


def test_a_cell_says_what_looks_like_markup_as_it_is() -> None:
    odd = '<?nangkis 0?> </w:t> & ]]> "x"\r\u00a0\U0001f600'
    table = Table(said("Judul"), (Column(Label(odd), 1), Column(Label("b"), 1)), (Row((Label(odd), Label("\x0b"))),))

    cells = [text_of(cell) for cell in body_of(table).iterfind(".//w:tc", NAMESPACES)]

    assert cells == [odd, "b", odd, "\N{REPLACEMENT CHARACTER}"]


def test_language_and_title_are_set_for_screen_readers() -> None:
    content = word_bytes(document(), language="en", manifest=MANIFEST, as_of=DAY)

    styles, core = part(content, "word/styles.xml"), part(content, "docProps/core.xml")
    assert [tag.get(f"{{{NAMESPACES['w']}}}val") for tag in styles.iterfind(".//w:lang", NAMESPACES)] == ["en-GB"]
    assert "Rencana Penanggulangan Kemiskinan Daerah" in "".join(map(str, core.itertext()))
    pictures = part(content).findall(".//wp:docPr", NAMESPACES)
    assert all(picture.get("descr") for picture in pictures)
