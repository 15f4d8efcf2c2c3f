from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from nangkis.content.numbers import print_figure, print_number
from nangkis.content.sentences import figures_in, runs, sentence, spoken
from nangkis.content.tree import Document, FigureContradicted, Paragraph, figures_of_document
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


ORIGIN = Origin(Method("published-value", 1), (Selection("indicator-1", (("year", (2024,)),), "value"),))


def figure(value: float, *, key: str = "P0", unit: Unit = Unit.COUNT, places: int = 0) -> Figure:
    return Figure(key, value, unit, places, ORIGIN)


def test_a_sentence_refuses_digits_that_are_neither_figure_nor_label() -> None:
    with pytest.raises(TypeError):
        sentence("rpkd.legal.item", number="Nomor 53 Tahun 2020", about=Label("TKPK"))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        sentence("planning.strategies.item", number=1, name=Label("beban"))  # type: ignore[arg-type]


def test_a_sentence_needs_all_its_values_and_no_others() -> None:
    with pytest.raises(KeyError):
        sentence("rpkd.legal.item", number=Label("1"))
    with pytest.raises(KeyError):
        sentence("rpkd.closing", year=Label("2026"))


def test_money_is_written_with_its_mark_outside_the_number() -> None:
    amount = figure(153_550, unit=Unit.RUPIAH)

    assert list(runs(amount, "id")) == ["Rp", amount]
    assert print_figure(amount, "id") == "1.536"  # 1,535.50 rupiah, half up


def test_text_to_be_read_aloud_has_its_numbers_printed() -> None:
    amount = figure(153_550, unit=Unit.RUPIAH)

    assert spoken(amount, "id") == "Rp1.536"
    assert spoken(amount, "en", bare=True) == "1,536"
    assert spoken(Label("Bab I", "Chapter I"), "en") == "Chapter I"


def test_a_label_may_read_otherwise_in_english() -> None:
    label = Label("Bab I", "Chapter I")

    assert [*runs(label, "id"), *runs(label, "en")] == ["Bab I", "Chapter I"]


def test_figures_are_found_in_nested_sentences() -> None:
    count = figure(3)
    inner = sentence("trend.pace", yearly=count)
    outer = sentence("rpkd.budget.empty.why", why=inner)

    assert list(figures_in(outer)) == [count]


def test_one_key_with_two_values_in_a_document_is_a_bug() -> None:
    said = tuple(sentence("trend.pace", yearly=figure(value)) for value in (3, 4))
    document = Document(sentence("rpkd.title"), sentence("rpkd.title"), (Paragraph(said),))

    with pytest.raises(FigureContradicted):
        figures_of_document(document)


def test_a_figure_without_any_origin_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no input"):
        Figure("P0", 1.0, Unit.PERCENT, 2, Origin(Method("published-value", 1), ()))


def test_money_that_is_not_whole_sen_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        figure(1.5, unit=Unit.RUPIAH)


@pytest.mark.parametrize(
    ("value", "places", "indonesian", "english"),
    [
        (0.125, 2, "0,13", "0.13"),
        (1.005, 2, "1,01", "1.01"),  # the decimal text 1.005, not the float just below it
        (-0.004, 2, "0,00", "0.00"),  # no minus before nothing
        (1535759496336, 0, "1.535.759.496.336", "1,535,759,496,336"),
        (Decimal("-12.345"), 1, "−12,3", "−12.3"),
    ],
)
def test_numbers_are_printed_half_up_on_exact_values(value: float, places: int, indonesian: str, english: str) -> None:
    assert print_number(value, places=places, language="id") == indonesian
    assert print_number(value, places=places, language="en") == english


@given(st.integers(-(10**18), 10**18), st.integers(0, 4))
def test_a_printed_integer_reads_back(number: int, places: int) -> None:
    text = print_number(number, places=places, language="id")

    assert Decimal(text.replace(".", "").replace(",", ".").replace("−", "-")) == number
