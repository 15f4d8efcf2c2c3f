"""For any document: what is written into Word is read back, figure by figure, in order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Sentence, Value, figures_in, sentence
from nangkis.content.tree import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Empty,
    Marked,
    Missing,
    Paragraph,
    Row,
    Table,
    Verdict,
)
from nangkis.outputs.occurrences import occurrences
from nangkis.outputs.word.document import word_bytes
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit
from tests.rooms.outputs.checker import faults
from tests.rooms.outputs.sample import read_back


ORIGIN = Origin(Method("published", 1), (Selection("0" * 16, (), "value"),))
UNITS = [unit for unit in Unit if unit is not Unit.RUPIAH]

labels = st.text(max_size=30).map(Label)
numbers = st.decimals(-(10**12), 10**12, places=4) | st.floats(-1e9, 1e9).map(lambda number: number + 0.0)
figures = st.builds(
    Figure, st.text("abc/:.", min_size=1), numbers, st.sampled_from(UNITS), st.integers(0, 4), st.just(ORIGIN)
)


def joined(first: Value, second: Value) -> Sentence:
    return sentence("outputs.heading", number=first, title=second)


sentences = st.recursive(
    st.builds(joined, labels | figures, labels | figures),
    lambda inner: st.builds(joined, inner, inner | figures),
    max_leaves=6,
)
cells = labels | figures | sentences | st.builds(Marked, st.sampled_from(Verdict), sentences)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, labels, st.floats(1, 5), st.booleans()), min_size=1, max_size=4))
    row = st.lists(cells, min_size=len(columns), max_size=len(columns)).map(tuple)
    rows = draw(st.lists(st.builds(Row, row, st.booleans()), max_size=5))
    return Table(draw(sentences), tuple(columns), tuple(rows), landscape=draw(st.booleans()))


blocks = (
    st.builds(Paragraph, st.lists(sentences, max_size=3).map(tuple))
    | st.builds(Bullets, st.lists(sentences, max_size=3).map(tuple), st.booleans())
    | st.builds(Empty, sentences, sentences)
    | tables()
)


def printed(block: Block) -> list[Figure]:
    match block:
        case Paragraph(said):
            values: tuple[Value, ...] = said
        case Bullets(items):
            values = items
        case Empty(why, do):
            values = (why, do)
        case Table():
            in_cells = tuple(_said(cell) for row in block.rows for cell in row.cells)
            values = (block.title, *in_cells)
        case _:
            raise AssertionError(block)
    return [figure for value in values for figure in figures_in(value)]


def _said(cell: Cell) -> Value:
    assert not isinstance(cell, Missing)  # none is drawn here: its dash is no figure
    return cell.words if isinstance(cell, Marked) else cell


@settings(max_examples=40)
@given(st.lists(blocks, max_size=5), st.sampled_from(LANGUAGES), st.binary(max_size=200))
def test_what_is_written_is_read_back_in_order(
    tmp_path_factory: pytest.TempPathFactory, content: list[Block], language: Language, manifest: bytes
) -> None:
    tree = Document(joined(Label("Judul"), Label("")), joined(Label("A"), Label("")), tuple(content))
    path = tmp_path_factory.mktemp("word") / "dokumen.docx"

    path.write_bytes(word_bytes(tree, language=language, manifest=manifest, as_of=date(2026, 1, 1)))

    reading = read_back(path)
    assert list(reading.texts) == [
        (each.id, print_figure(each, language)) for block in content for each in printed(block)
    ]
    assert sum(occurrences(tree).values()) == len(reading.texts)
    assert reading.manifest == manifest
    assert faults(path.read_bytes()) == []
