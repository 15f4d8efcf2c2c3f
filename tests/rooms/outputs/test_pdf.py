"""PDF as its readers meet it: what stands in it, for whom it is accessible, and that no cell steers the typesetter."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure
from nangkis.content.tree import (
    Block,
    Column,
    Document,
    Heading,
    Marked,
    Paragraph,
    Row,
    Table,
    Verdict,
    figures_of_document,
)
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.pdf.content import MANIFEST_FILE
from nangkis.vocabulary.figures import Label
from tests.rooms.outputs.pdf_files import elements, made
from tests.rooms.outputs.sample import POVERTY, document, said
from tests.rooms.outputs.word_files import MANIFEST


def written(*blocks: Block, language: Language = "id") -> PdfReader:
    tree = Document(said("Judul"), said("Anak judul"), blocks) if blocks else document()
    return PdfReader(BytesIO(made(tree, language=language)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def _root(reader: PdfReader) -> Any:
    return reader.root_object


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_printed_as_often_as_in_word(language: Language) -> None:
    found = Counter(re.findall("\N{MINUS SIGN}?\\d+(?:[.,]\\d+)*", text_of(written(language=language))))
    times = occurrences(document())

    wanted: Counter[str] = Counter()
    for name, figure in figures_of_document(document()).items():
        wanted[print_figure(figure, language)] += times[name]

    assert {text: (found[text], count) for text, count in wanted.items() if found[text] < count} == {}
    assert sum(wanted.values()) > 180


def test_the_file_declares_the_standards_for_archives_and_for_accessibility() -> None:
    reader = written()
    xmp = _root(reader)["/Metadata"].get_data().decode()

    assert re.search(r"<pdfaid:part>3</pdfaid:part>", xmp)
    assert re.search(r"<pdfaid:conformance>A</pdfaid:conformance>", xmp)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
    assert "Rencana Penanggulangan Kemiskinan Daerah" in str(reader.metadata.title if reader.metadata else "")
    assert "D:20261124000000Z" in str(reader.metadata.creation_date_raw if reader.metadata else "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_told_to_screen_readers(language: Language) -> None:
    assert _root(written(language=language))["/Lang"] == language


def test_the_attached_record_is_the_one_that_was_given() -> None:
    assert written().attachments == {MANIFEST_FILE: [MANIFEST]}


def test_tables_have_heads_and_pictures_words() -> None:
    found = list(elements(written()))

    heads = [element for element in found if element["/S"] == "/TH"]
    alternatives = [str(element["/Alt"]) for element in found if "/Alt" in element]
    assert len(heads) == 4 + 7 + 4  # one for each column of the three tables
    assert any(text.startswith("Kota Bandar Rencana") for text in alternatives)
    assert len(alternatives) == 2


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(e["/S"][2:]) for e in elements(written()) if re.fullmatch("/H[1-6]", e["/S"])]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_contents_name_pages_tables_and_pictures() -> None:
    contents = written().pages[1].extract_text()

    assert re.search(r"Bab III {2}Profil Kemiskinan Daerah[ .⁠]+4\n", contents)
    assert re.search(r"Tabel 3\.2 {2}Pagu indikatif program penanggulangan kemiskinan \(Rp\)[ .⁠]+6\n", contents)
    assert "Gambar 3.1" in contents


def test_a_wide_table_lies_sideways_with_its_head_on_every_page() -> None:
    columns = (Column(Label("Program"), 5), *(Column(Label(f"Tahun {n}"), 2, numeric=True) for n in range(7)))
    money = Label("23.167.700.000.000")
    rows = tuple(Row((Label(f"Program nomor {n}"), *[money] * 7), emphasis=n == 79) for n in range(80))
    table = Table(said("Pagu"), columns, rows, sources=(said("RKPD"),), landscape=True)

    pages = [page for page in written(Heading(1, Label("Bab I"), Label("Pagu")), table).pages if _is_sideways(page)]

    texts = [page.extract_text() for page in pages]
    assert len(pages) > 1
    assert all("Tahun 6" in text for text in texts)
    # The total stands with the rows before it and with the line of sources.
    assert all(part in texts[-1] for part in ("nomor 77", "nomor 79", "Sumber: RKPD"))


def test_a_table_on_its_next_page_says_that_it_goes_on() -> None:
    rows = tuple(Row((Label(f"Program nomor {n}"),)) for n in range(120))

    first, *others = _pages_of(Table(said("Pagu"), (Column(Label("Program"), 1),), rows))

    assert "lanjutan" not in first
    assert len(others) > 1
    assert all("Tabel 1.1 (lanjutan)" in text for text in others)


@pytest.mark.parametrize("before", range(44, 60))
def test_a_row_that_heads_others_is_never_the_last_of_a_page(before: int) -> None:
    names = [*(f"Program nomor {n}" for n in range(before)), "Strategi baru", *(f"Sesudah {n}" for n in range(20))]
    rows = tuple(Row((Label(name),), emphasis=name == "Strategi baru") for name in names)

    pages = _pages_of(Table(said("Pagu"), (Column(Label("Program"), 1),), rows))

    (found,) = (text for text in pages if "Strategi baru" in text)
    assert "Sesudah 0" in found


def _pages_of(table: Table) -> list[str]:
    texts = [page.extract_text() for page in written(Heading(1, Label("Bab I"), Label("Pagu")), table).pages]
    return [text for text in texts[2:] if "Program" in text]


def test_only_the_packaged_font_is_embedded_whatever_is_written() -> None:
    marked = tuple(Row((Marked(verdict, said("turun")), Label("漢 ● ○ ■ \u2060"))) for verdict in Verdict)
    table = Table(said("Kedudukan"), (Column(Label("Arah"), 1), Column(Label("Nama ☐"), 1)), marked)

    found = written(Heading(1, None, Label("Bab")), table, *document().blocks)

    fonts = {str(font["/BaseFont"]).partition("+")[2] for page in found.pages for font in _fonts(page)}
    assert {name.partition("-")[0] for name in fonts} == {"SourceSansPro"}


def _fonts(page: Any) -> Iterator[Any]:
    """The fonts of a page and of the pictures on it."""
    waiting = [page["/Resources"].get_object()]
    while waiting:
        resources = waiting.pop()
        yield from (each.get_object() for each in resources.get("/Font", {}).values())
        forms = (each.get_object() for each in resources.get("/XObject", {}).values())
        waiting += [form["/Resources"].get_object() for form in forms if "/Resources" in form]


def _is_sideways(page: Any) -> bool:
    return bool(page.mediabox.width > page.mediabox.height)


def test_the_marking_stands_on_every_page() -> None:
    assert all("DATA FIKTIF" in page.extract_text() for page in written().pages)


def test_the_same_content_gives_the_same_bytes() -> None:
    first, second = (made(document(), language="id") for _ in range(2))

    assert first == second


def test_a_figure_in_a_heading_is_a_bug_of_its_maker() -> None:
    with pytest.raises(TypeError, match="no figure"):
        written(Heading(1, None, said("Kemiskinan", POVERTY)))


@pytest.mark.parametrize(
    "hostile",
    ['#read("/etc/passwd")', "#panic()", "$x^2$ *b* _i_ `c` @a <l> = H", '\\ #{1+1} #image("/etc/hosts")', "]]) #("],
)
def test_what_looks_like_markup_prints_as_it_stands(hostile: str, tmp_path: Path) -> None:
    cell = Table(said(hostile), (Column(Label(hostile), 1),), (Row((Label(hostile),)),), notes=(said(hostile),))

    text = text_of(written(Heading(1, None, Label(hostile)), Paragraph((said(hostile),)), cell))

    assert text.count(hostile) >= 5
    assert not list(tmp_path.iterdir())


def test_a_letter_that_the_font_lacks_gets_a_mark_and_stops_nothing() -> None:
    text = text_of(written(Heading(1, None, Label("Bab")), Paragraph((said("Desa 漢\x00\ue000\u202e😀", "ada"),))))

    assert "Desa" in text
    assert "☐" * 5 in text
    assert "ada" in text
