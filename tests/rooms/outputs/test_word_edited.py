"""What is read of a document that people have edited: typed beside a number, struck out, hidden, copied."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from nangkis.content.tree import Document, Paragraph
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.word.xml import NAMESPACES
from tests.rooms.outputs.sample import MONEY, POVERTY, document, read_back, said
from tests.rooms.outputs.word_files import written


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


def test_as_many_figures_as_a_large_matrix_has_are_all_read(tmp_path: Path) -> None:
    figures = [replace(POVERTY, key=f"k{number}") for number in range(20_000)]
    lines = (
        Paragraph(tuple(said("Angka", one, "persen") for one in figures[at : at + 10])) for at in range(0, 20_000, 10)
    )
    path = written(Document(said("J"), said("A"), tuple(lines)), tmp_path)

    texts = read_back(path).texts

    assert texts == tuple((figure.id, "12,58") for figure in figures)


def test_bookmarks_that_never_end_are_read_once_each(tmp_path: Path) -> None:
    path = written(Document(said("J"), said("A"), ONE), tmp_path)
    opened = "".join(f'<w:bookmarkStart w:id="{n}" w:name="_nk_{"a" * 10}_{n}"/>{typed("1")}' for n in range(9, 20_000))
    _rewrite(path, before_bookmark(opened))

    texts = read_back(path).texts

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
