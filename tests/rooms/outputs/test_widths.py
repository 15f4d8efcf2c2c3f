"""Column widths: what gives way where a table is wider than its page."""

from __future__ import annotations

from random import Random

import pytest

from nangkis.content.tree import Column, Row, Table
from nangkis.outputs.letters import text_width
from nangkis.outputs.pages import heads_others
from nangkis.outputs.tokens import TABLE_POINTS
from nangkis.outputs.widths import column_widths, fits, fitted, kept_at_end
from nangkis.vocabulary.figures import Label
from tests.rooms.outputs.sample import figure, said


POINTS_PER_MM = 72 / 25.4
CODE, AMOUNT, LONG = "1.06.04.2.02.0012", "153.575.949.633", "Penyelenggaraan_Pemberdayaan_Masyarakat"


def matrix() -> Table:
    columns = (Column(Label("Kode"), 1), Column(Label("Nama"), 1), *[Column(Label("Rp"), 1, numeric=True)] * 3)
    row = Row((Label(CODE), Label(LONG), *(figure(f"m/{n}", 153_575_949_633, places=0) for n in range(3))))
    return Table(said("Pagu"), columns, (row,))


def needed(text: str) -> float:
    return text_width(text, TABLE_POINTS, bold=True)


@pytest.mark.parametrize("short_mm", [1, 5, 8])
def test_in_a_matrix_slightly_too_wide_the_longest_word_breaks_and_no_code_or_amount(short_mm: int) -> None:
    whole = next(mm for mm in range(60, 400) if fits(matrix(), "id", mm)) - 1 - short_mm

    code, name, *amounts = column_widths(matrix(), "id", whole)

    assert code >= needed(CODE)
    assert min(amounts) >= needed(AMOUNT)
    assert name < needed(LONG)
    assert code + name + sum(amounts) == pytest.approx(whole * POINTS_PER_MM)


@pytest.mark.parametrize("seed", range(50))
def test_only_the_widest_column_is_narrower_than_its_word_while_a_quarter_of_it_is_lacking(seed: int) -> None:
    drawn = Random(seed)  # noqa: S311 - not a secret
    least = [drawn.uniform(10, 100) for _ in range(drawn.randint(2, 12))]
    lacking = drawn.uniform(0.001, max(least) / 4)
    room = sum(least) - lacking
    wanted = [room / len(least)] * len(least)

    found = fitted(wanted, least)

    widest = least.index(max(least))
    assert sum(found) == pytest.approx(room)
    assert found[widest] == pytest.approx(least[widest] - lacking)
    assert [width for place, width in enumerate(found) if place != widest] == pytest.approx(
        [width for place, width in enumerate(least) if place != widest]
    )


def test_where_much_more_is_lacking_all_columns_give_way_in_proportion() -> None:
    assert fitted([50.0, 50.0], [100.0, 60.0]) == pytest.approx([62.5, 37.5])


def test_a_table_without_rows_has_no_row_that_heads_others() -> None:
    assert heads_others(()) == []


@pytest.mark.parametrize(
    ("words", "rows", "kept"),
    [(1, 40, 12), (1, 10, 5), (1, 4, 3), (60, 40, 3)],  # lines that fill a third of a page, but never most of a table
)
def test_what_a_page_may_begin_with_at_a_tables_end_is_a_handful_of_lines(words: int, rows: int, kept: int) -> None:
    row = Row((Label(" ".join(["Dinas"] * words)), figure("m/1", 1, places=0)))
    table = Table(said("Pagu"), (Column(Label("Nama"), 1), Column(Label("Rp"), 1, numeric=True)), (row,) * rows)

    assert kept_at_end(table, column_widths(table, "id", 100), "id") == kept


def test_of_words_with_as_many_letters_the_wider_one_is_whole() -> None:
    narrow, wide = "tertinggal", "berkembang"
    assert len(narrow) == len(wide)
    rows = tuple(Row((Label(word), Label("Desa yang namanya panjang"))) for word in (narrow, wide))
    table = Table(said("Desa"), (Column(Label("IDM"), 1), Column(Label("Nama"), 9)), rows)

    assert column_widths(table, "id", 60)[0] >= needed(wide)
