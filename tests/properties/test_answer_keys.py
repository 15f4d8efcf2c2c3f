"""Concatenated keys are told apart by the lists of ids alone, whatever the lengths of the ids."""

from __future__ import annotations

import itertools

from hypothesis import given, strategies as st

from nangkis.intake.cells.answer_keys import Entry, Ids, ids_of, readings


DIGITS = st.text("0123", min_size=1, max_size=4)  # few digits: ids that begin alike, and keys that read two ways
LISTS = st.lists(st.lists(DIGITS, min_size=1, max_size=4, unique=True), min_size=1, max_size=5)


def as_lists(ids: list[list[str]]) -> list[Ids]:
    return [ids_of(Entry(each, f"label {each}") for each in one) for one in ids]


def by_trying(key: str, ids: list[list[str]]) -> list[tuple[str, ...]]:
    """The ways in which a key can be read, by trying every combination."""
    return [ways for ways in itertools.product(*ids) if "".join(ways) == key]


@given(LISTS, st.data())
def test_a_key_is_read_in_exactly_the_ways_that_its_lists_allow(ids: list[list[str]], data: st.DataObject) -> None:
    key = "".join(data.draw(st.sampled_from(one)) for one in ids)

    found = [tuple(entry.id for entry in way) for way in readings(key, as_lists(ids))]

    assert sorted(found) == sorted(by_trying(key, ids))
    assert found


@given(LISTS, st.text("0123", max_size=12))
def test_a_key_of_other_digits_is_read_in_no_other_way(ids: list[list[str]], key: str) -> None:
    found = [tuple(entry.id for entry in way) for way in readings(key, as_lists(ids))]

    assert sorted(found) == sorted(by_trying(key, ids))


@given(LISTS)
def test_ids_of_one_length_each_are_always_read_in_one_way(ids: list[list[str]]) -> None:
    same = [list(dict.fromkeys(each.zfill(4) for each in one)) for one in ids]

    for ways in itertools.product(*same):
        (found,) = readings("".join(ways), as_lists(same))
        assert tuple(entry.id for entry in found) == ways


def test_two_entries_of_one_id_are_two_ways() -> None:
    lists = [ids_of([Entry("1", "Aceh"), Entry("1", "Riau"), Entry("1", "Aceh")]), ids_of([Entry("2", "x")])]

    assert [way[0].label for way in readings("12", lists)] == ["Aceh", "Riau"]


def test_a_key_without_a_way_is_given_up_at_once() -> None:
    ones = ids_of(Entry("1" * size, str(size)) for size in range(1, 200))

    assert list(readings("1" * 90 + "2", [ones] * 5)) == []
