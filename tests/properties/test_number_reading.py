"""Numbers as people type them: whatever the style, what was meant is what is read, and never something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, strategies as st

from nangkis.intake.cells.sheet import Column
from nangkis.intake.limits import limits_on
from nangkis.intake.repairs.numbers import SCALED, AmountsRead, read_amounts, read_numbers
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.money import SEN_PER_RUPIAH


LARGEST_RUPIAH = limits_on(packaged(), date(2026, 11, 24)).amount_rupiah
SWAP = str.maketrans({",": ".", ".": ","})
AROUND = ["{}", " {} ", "\u00a0{}", "Rp {}", "Rp{}", "Rp. {}", "{}*"]
SEN = st.integers(min_value=-(10**17), max_value=10**17)
ANCHOR = {"comma": "1.234.567,89", "point": "1,234,567.89"}


def column(texts: Sequence[str | None], numbers: list[float | None] | None = None) -> Column:
    """A column as the cells give it."""
    return Column("A", pl.Series(texts, dtype=pl.String), pl.Series(numbers or [None] * len(texts), dtype=pl.Float64))


def in_rupiah(cells: Column) -> AmountsRead:
    """Read money within the limits that Nangkis comes with."""
    return read_amounts(cells, largest_rupiah=LARGEST_RUPIAH)


def written(sen: int, style: str, *, grouped: bool, brackets: bool) -> str:
    """An amount as people write it in a style."""
    whole, part = divmod(abs(sen), SEN_PER_RUPIAH)
    text = f"{whole:,}" if grouped else str(whole)
    text += f".{part:02d}" if part else ""
    text = text.translate(SWAP) if style == "comma" else text
    if sen < 0:
        return f"({text})" if brackets else f"-{text}"
    return text


@given(st.data(), st.sampled_from(["comma", "point"]))
def test_amounts_in_any_style_are_read_to_the_sen(data: st.DataObject, style: str) -> None:
    amounts = data.draw(st.lists(SEN, min_size=1, max_size=8))
    texts = [
        data.draw(st.sampled_from(AROUND)).format(
            written(sen, style, grouped=data.draw(st.booleans()), brackets=data.draw(st.booleans()))
        )
        for sen in amounts
    ]
    read = in_rupiah(column([ANCHOR[style], *texts]))
    assert read.trouble.null_count() == len(read.trouble)
    assert read.sen.to_list() == [123_456_789, *amounts]


@given(st.lists(st.integers(min_value=-LARGEST_RUPIAH, max_value=LARGEST_RUPIAH), min_size=1))
def test_whole_rupiah_in_numeric_cells_are_exact(rupiah: list[int]) -> None:
    read = in_rupiah(column([None] * len(rupiah), [float(amount) for amount in rupiah]))
    assert read.sen.to_list() == [amount * SEN_PER_RUPIAH for amount in rupiah]


@given(st.lists(st.integers(min_value=0, max_value=10**15), min_size=1))
def test_numeric_cells_with_sen_are_exact(sen: list[int]) -> None:
    read = in_rupiah(column([None] * len(sen), [float(Decimal(amount) / SEN_PER_RUPIAH) for amount in sen]))
    assert read.sen.to_list() == sen


@given(st.lists(st.decimals(min_value="0.5", max_value="80", places=2), min_size=1), st.sampled_from([",", "."]))
def test_percentages_with_either_mark_are_read(shares: list[Decimal], mark: str) -> None:
    texts = [str(share).replace(".", mark) for share in shares]
    read = read_numbers(column(texts), plausible=(0.5, 80), in_percent=True)
    assert read.value.to_list() == [float(share) for share in shares]


@given(st.text(max_size=12))
def test_no_text_is_both_a_number_and_missing(text: str) -> None:
    for plausible in (None, (0.5, 80.0)):
        read = read_numbers(column([text]), plausible=plausible, in_percent=False)
        assert (read.value[0] is None) == (read.missing[0] is not None)
        assert read.trouble[0] is None or read.missing[0] == "unreadable"


@pytest.mark.parametrize(
    ("texts", "plausible", "values"),
    [
        (["1.234", "1.234.567"], None, [1234, 1234567]),  # the other cell shows that points are thousands
        (["1.234", "12.5"], None, [1.234, 12.5]),  # the other cell shows that a point is the decimal mark
        (["1.234"], (100, 5000), [1234]),  # only one reading is plausible
        (["1.234"], (0.5, 80), [1.234]),
        (["1.234"], (1, 5000), [None]),  # both are
        (["1.234"], (10, 80), [None]),  # none is
        (["1.234"], None, [None]),  # nothing tells
        (["8,97", "8.97", "8.970"], (0.5, 80), [8.97, 8.97, 8.97]),  # both marks in one column: by the range
        (["8,97", "8.97", "8.970"], None, [8.97, 8.97, None]),
        (["0.123"], None, [0.123]),  # no number begins its thousands with zero
        (["1 234 567"], None, [1234567]),
        (["1.23.456"], None, [None]),
        (["12 34"], None, [None]),
    ],
)
def test_an_ambiguous_mark_is_decided_by_evidence_or_not_at_all(
    texts: list[str], plausible: tuple[float, float] | None, values: list[float | None]
) -> None:
    read = read_numbers(column(list(texts)), plausible=plausible, in_percent=False)
    assert read.value.to_list() == values


def test_in_money_three_digits_after_a_mark_are_thousands() -> None:
    assert in_rupiah(column(["1.234", "2.500"])).sen.to_list() == [1234 * SEN_PER_RUPIAH, 2500 * SEN_PER_RUPIAH]


def test_the_largest_amount_is_what_the_limits_say() -> None:
    read = read_amounts(column(["1.000", "1.001"]), largest_rupiah=1000)

    assert read.sen.to_list() == [1000 * SEN_PER_RUPIAH, None]
    assert read.trouble.to_list() == [None, "amount-too-large"]


@pytest.mark.parametrize(
    ("texts", "numbers", "trouble"),
    [
        ([str(LARGEST_RUPIAH + 1)], None, "amount-too-large"),
        (["9" * 40], None, "amount-too-large"),
        ([None], [float(LARGEST_RUPIAH) * 2], "amount-too-large"),
        ([None], [1e300], "amount-too-large"),
        (["1.234.567,891"], None, "amount-finer-than-sen"),
        ([None], [1 / 3], "amount-finer-than-sen"),
        (["10,5%"], None, "number-unreadable"),
        (["10.38O"], None, "letter-in-number"),
        (["#REF!"], None, "cell-error"),
        (["2025-03-01"], None, "number-is-date"),
        ([None], [float("inf")], "number-unreadable"),
    ],
)
def test_amounts_that_cannot_be_taken_are_told(
    texts: list[str | None], numbers: list[float | None] | None, trouble: str
) -> None:
    read = in_rupiah(column(texts, numbers))
    assert (read.sen.to_list(), read.trouble.to_list()) == ([None], [trouble])


@given(st.lists(st.one_of(st.text(max_size=12), st.text("0\uff11²٣.,-+()%Rp *", max_size=12)), max_size=6))
def test_no_text_whatever_in_a_cell_raises(texts: list[str]) -> None:
    cells = column(texts)
    for zeros in (0, 3, 6, 9):
        assert len(read_amounts(cells, largest_rupiah=LARGEST_RUPIAH, zeros=zeros).sen) == len(texts)
    for plausible in (None, (0.5, 80.0)):
        assert len(read_numbers(cells, plausible=plausible, in_percent=True).value) == len(texts)


@pytest.mark.parametrize("text", ["\uff11\uff15\uff10\uff10", "\uff11.\uff15\uff10\uff10", "٣٤", "Rp \uff11"])
def test_digits_of_other_scripts_are_not_read_and_told(text: str) -> None:
    read = in_rupiah(column([text]))
    assert (read.sen[0], read.trouble[0]) == (None, "number-unreadable")


@pytest.mark.parametrize(
    ("text", "number", "zeros", "sen"),
    [
        ("150,5", None, 6, 150_500_000 * 100),
        ("1.234,567", None, 3, 1_234_567 * 100),
        ("0,00000001", None, 6, 1),
        ("2", None, 9, 2 * 10**9 * 100),
        (None, 150.5, 6, 150_500_000 * 100),
        (None, 25000.0, 3, 25_000_000 * 100),
        (None, 1.23456789, 9, 1_234_567_890 * 100),
    ],
)
def test_money_in_thousands_or_more_is_exact(text: str | None, number: float | None, zeros: int, sen: int) -> None:
    read = read_amounts(column([text], [number]), largest_rupiah=LARGEST_RUPIAH, zeros=zeros)
    assert (read.sen[0], read.trouble[0]) == (sen, None)
    assert dict(read.mended)[SCALED[zeros]].to_list() == [True]


def test_what_may_be_a_thousand_or_one_million_and_a_bit_is_not_guessed() -> None:
    read = read_amounts(column(["1.234"]), largest_rupiah=LARGEST_RUPIAH, zeros=6)
    assert (read.sen[0], read.trouble[0]) == (None, "number-ambiguous")


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["8,200", "658,303"], [8200, 658303]),  # 8.2 is no product per head: the comma parts thousands
        (["8.200", "658.303"], [8200, 658303]),
        (["8.200", "658,303"], [8200, 658.303]),  # the other mark stands before decimals
        (["658,303"], [None]),
        (["8,200", "9.100", "658,303"], [8200, 9100, None]),  # both marks part thousands: nothing is sure
    ],
)
def test_a_number_open_to_both_is_read_as_those_that_only_one_reading_makes_plausible(
    texts: list[str], values: list[float | None]
) -> None:
    read = read_numbers(column(texts), plausible=(500, 1_500_000), in_percent=False)
    assert read.value.to_list() == values
    assert read.trouble.to_list() == [None if value is not None else "number-ambiguous" for value in values]


@pytest.mark.parametrize(("text", "number"), [("10000000000", None), (None, 1e13)])
def test_scaled_amounts_beyond_the_largest_are_told_and_never_wrap(text: str | None, number: float | None) -> None:
    read = read_amounts(column([text], [number]), largest_rupiah=LARGEST_RUPIAH, zeros=9)
    assert (read.sen[0], read.trouble[0]) == (None, "amount-too-large")
