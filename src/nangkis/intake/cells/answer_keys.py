"""The keys of BPS' ``datacontent``: five ids written one after the other without a mark between them.

They are told apart by the lists of ids that the answer itself gives, never by their lengths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


LONGEST_ID = 20  # ids are numbers; without a bound, one hostile key could be searched for hours
PARTS = ("vervar", "var", "turvar", "tahun", "turtahun")  # in the order in which a key holds them


@dataclass(frozen=True)
class Entry:
    """One id of a list, and what it is called."""

    id: str
    label: str


@dataclass(frozen=True)
class Ids:
    """The entries of one list by their id, and the lengths that its ids have; an id may stand there twice."""

    by_id: Mapping[str, tuple[Entry, ...]]
    lengths: tuple[int, ...]


def ids_of(entries: Iterable[Entry]) -> Ids:
    """Return a list of entries as it is searched; an entry that is there twice alike counts once."""
    by_id: dict[str, tuple[Entry, ...]] = {}
    for entry in dict.fromkeys(entries):
        by_id[entry.id] = (*by_id.get(entry.id, ()), entry)
    return Ids(by_id, tuple(sorted({len(each) for each in by_id if 0 < len(each) <= LONGEST_ID})))


def lists_of(answer: Mapping[str, Any]) -> tuple[Ids, ...]:
    """Return the five lists of an answer, empty where one is not there."""
    return tuple(ids_of(_entries(answer.get(part))) for part in PARTS)


def _entries(listed: Any) -> Iterator[Entry]:
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping) and "val" in entry:
            yield Entry(str(entry["val"]), str(entry.get("label", "")))


def readings(key: str, lists: Sequence[Ids]) -> Iterator[tuple[Entry, ...]]:
    """Yield every way in which a key is one entry of each list, one after the other.

    >>> one, two = ids_of([Entry("1", "Aceh"), Entry("11", "Riau")]), ids_of([Entry("1", "x"), Entry("12", "y")])
    >>> [[entry.label for entry in way] for way in readings("112", [one, two])]
    [['Aceh', 'y']]
    >>> [[entry.label for entry in way] for way in readings("111", [one, two])]
    [['Riau', 'x']]
    """
    return _ways(key, 0, lists, 0, set())


def _ways(
    key: str, start: int, lists: Sequence[Ids], depth: int, dead: set[tuple[int, int]]
) -> Iterator[tuple[Entry, ...]]:
    """Yield the ways of the rest of a key; ``dead`` are the places from which there is none, each searched once."""
    if depth == len(lists):
        if start == len(key):
            yield ()
        return
    if (start, depth) in dead:
        return
    found = False
    for length in lists[depth].lengths:
        if start + length > len(key):
            break
        entries = lists[depth].by_id.get(key[start : start + length], ())
        for following in _ways(key, start + length, lists, depth + 1, dead) if entries else ():
            found = True
            yield from ((entry, *following) for entry in entries)
    if not found:
        dead.add((start, depth))
