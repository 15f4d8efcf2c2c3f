from __future__ import annotations

from itertools import product

from hypothesis import given, strategies as st

from nangkis.indicators.selections import merged
from nangkis.vocabulary.figures import Selection


COLUMNS = ("indicator", "region", "year")
one_cell = st.tuples(
    st.sampled_from("tu"), st.sampled_from("np"), st.sampled_from("abc"), st.sampled_from([2017, 2018])
)


def selection(table: str, *values: str | int) -> Selection:
    return Selection(table, tuple((column, (value,)) for column, value in zip(COLUMNS, values, strict=True)), "value")


def cells(selections: tuple[Selection, ...]) -> list[tuple[str | int, ...]]:
    named = ((one.table, *cell) for one in selections for cell in product(*(chosen for _, chosen in one.where)))
    return sorted(named, key=repr)


@given(st.lists(one_cell, max_size=24))
def test_merged_selections_name_the_same_cells_each_once(wanted: list[tuple[str, str, str, int]]) -> None:
    found = merged(selection(*cell) for cell in wanted)

    assert cells(found) == sorted(set(wanted), key=repr)
    assert merged(found) == found


@given(st.lists(one_cell, max_size=12))
def test_the_order_of_selections_does_not_matter(wanted: list[tuple[str, str, str, int]]) -> None:
    assert merged(selection(*cell) for cell in wanted) == merged(selection(*cell) for cell in reversed(wanted))


def test_a_whole_province_in_one_year_is_one_selection() -> None:
    (found,) = merged(selection("t", "POV.P0", region, 2018) for region in "abc")

    assert found.where == (("indicator", ("POV.P0",)), ("region", ("a", "b", "c")), ("year", (2018,)))
