"""For any document: what a workbook shows is what was printed, for our reader and for another, and an edit is seen."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given, settings, strategies as st

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure, print_number
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import (
    Block,
    Bullets,
    Column,
    Document,
    Marked,
    Missing,
    Paragraph,
    Row,
    Table,
    Verdict,
    figures_of_document,
)
from nangkis.outputs.excel.numbers import shown
from nangkis.outputs.excel.reading import ExcelReading, read_excel
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.words import writable
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure, Label, Method, Number, Origin, Selection
from nangkis.vocabulary.units import Unit
from nangkis.workspace.reading import word_limits


ORIGIN = Origin(Method("published", 1), (Selection("0" * 16, (), "value"),))
MOST_LETTERS = 32_767  # of a cell, says Microsoft
FIRST_ROW = 4  # of a table: title, way back and heads stand above
HOSTILE = (
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "{=1}", "http://x.example", "_x0041_", "\x00\x07\x1b",
    "a\r\nb", "'", "<a & b>", "#REF!", "TRUE", "1e5", "0012", " ", "\N{GRINNING FACE}",
)  # fmt: skip


def measured(value: Number, unit: Unit, places: int) -> Figure:
    return Figure(f"{value!r}/{unit}/{places}", value, unit, places, ORIGIN)


def joined(first: Value, second: Value) -> Sentence:
    return sentence("outputs.heading", number=first, title=second)


long = st.integers(MOST_LETTERS - 2, MOST_LETTERS + 2_000).map(lambda length: "y" * length)
labels = (st.text(max_size=20) | st.sampled_from(HOSTILE) | long | long.map("\N{GRINNING FACE}".__add__)).map(Label)
numbers = st.decimals(-(10**12), 10**12, places=4) | st.floats(-1e9, 1e9).map(lambda number: number + 0.0)
units = st.sampled_from([unit for unit in Unit if unit is not Unit.RUPIAH])
figures = st.builds(measured, numbers, units, st.integers(0, 4)) | st.builds(
    measured, st.integers(-(10**19), 10**19), st.just(Unit.RUPIAH), st.just(0)
)
sentences = st.recursive(
    st.builds(joined, labels | figures, labels | figures),
    lambda inner: st.builds(joined, inner, inner | figures),
    max_leaves=4,
)
cells = labels | figures | sentences | st.builds(Marked, st.sampled_from(Verdict), sentences)
missing = st.builds(Missing, sentences)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, labels, st.floats(1, 5), st.booleans()), min_size=1, max_size=3))
    row = st.lists(cells | missing, min_size=len(columns), max_size=len(columns)).map(tuple)
    rows = draw(st.lists(st.builds(Row, row, st.booleans()), max_size=4))
    return Table(draw(sentences), tuple(columns), tuple(rows), notes=tuple(draw(st.lists(sentences, max_size=1))))


blocks = (
    st.builds(Paragraph, st.lists(sentences, max_size=3).map(tuple))
    | st.builds(Bullets, st.lists(sentences, max_size=2).map(tuple), st.booleans())
    | tables()
)


def written(folder: Path, *content: Block, language: Language) -> Path:
    tree = Document(joined(Label("Judul"), Label("")), joined(Label("A"), Label("")), content)
    path = folder / "dokumen.xlsx"
    path.write_bytes(excel_bytes(tree, language=language, manifest=b"m", as_of=date(2026, 1, 1)))
    return path


def read_back(path: Path) -> ExcelReading:
    return read_excel(path, word_limits(packaged()))


def counted_by_excel(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def another_readers_cells(path: Path) -> dict[str, openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(path)
    return {
        name: book[sheet][place.replace("$", "")]
        for name, defined in book.defined_names.items()
        if name != "nk_data"
        for sheet, place in defined.destinations
    }


@settings(max_examples=40)
@given(st.lists(blocks, max_size=4), st.sampled_from(LANGUAGES))
def test_every_figure_is_read_back_as_printed_by_two_readers(
    tmp_path_factory: pytest.TempPathFactory, content: list[Block], language: Language
) -> None:
    tree = Document(joined(Label("Judul"), Label("")), joined(Label("A"), Label("")), tuple(content))
    path = written(tmp_path_factory.mktemp("excel"), *content, language=language)

    texts = read_back(path).texts

    printed = {name: print_figure(each, language) for name, each in figures_of_document(tree).items()}
    assert Counter(name for name, _ in texts) == occurrences(tree)
    assert all(text == printed[name] for name, text in texts)
    for name, cell in another_readers_cells(path).items():
        number = printed[name[3:13]]
        if isinstance(cell.value, str):
            assert number in cell.value
        else:
            assert shown(float(cell.value), cell.number_format, language) == number


@settings(max_examples=60)
@given(labels)
def test_a_text_comes_back_letter_by_letter(tmp_path_factory: pytest.TempPathFactory, label: Label) -> None:
    table = Table(joined(Label("Judul"), Label("")), (Column(Label("A"), 1),), (Row((label,)),))
    path = written(tmp_path_factory.mktemp("excel"), table, language="id")

    found = openpyxl.load_workbook(path)["Tabel 1"].cell(FIRST_ROW, 1)

    wanted = writable(label.text).replace("\r", "\n")
    if counted_by_excel(wanted) > MOST_LETTERS:
        wanted = wanted[: MOST_LETTERS - 1 - counted_by_excel(wanted) + len(wanted)] + "\N{HORIZONTAL ELLIPSIS}"
    assert (found.value or "") == wanted
    assert found.data_type in "sn"
    assert found.data_type == "s" or not wanted


@settings(max_examples=40)
@given(figures, numbers, st.sampled_from(LANGUAGES))
def test_an_edited_cell_is_seen(
    tmp_path_factory: pytest.TempPathFactory, figure: Figure, number: Number, language: Language
) -> None:
    assume(print_number(number, places=figure.places, language=language) != print_figure(figure, language))
    table = Table(joined(Label("Judul"), Label("")), (Column(Label("A"), 1, numeric=True),), (Row((figure,)),))
    path = written(tmp_path_factory.mktemp("excel"), table, language=language)
    book = openpyxl.load_workbook(path)
    book.worksheets[2].cell(FIRST_ROW, 1).value = number
    book.save(path)

    texts = [text for name, text in read_back(path).texts if name == figure.id]

    assert texts[0] != print_figure(figure, language)
    assert texts[1:] == [print_figure(figure, language)]  # the data sheet's row says what stood there
