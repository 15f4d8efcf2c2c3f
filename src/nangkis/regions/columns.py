"""A whole column of names read together: what one row cannot say alone, its neighbours may.

Tables of statistics print a province and, below it, its kabupaten and kota without their codes. Three rules narrow
what a bare name may mean, each only as far as the column proves it; nothing is taken because it looks similar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nangkis.regions.register import Level, Place, children, province_of
from nangkis.regions.spelling import Word, in_capitals
from nangkis.regions.splits import splits_of
from nangkis.vocabulary.codes import Region


@dataclass(frozen=True)
class Row:
    """One row of the column: its text, the word before the name, and every place that it may mean by itself."""

    text: str
    word: Word | None
    meant: tuple[Place, ...]


Meanings = list[tuple[Place, ...]]
_REGENCIES = (Level.KABUPATEN, Level.KOTA)


def headings_settled(rows: Sequence[Row]) -> Meanings:
    """Decide, for names that a province shares with a kabupaten or kota (Gorontalo, Jambi), which one a row means."""
    column = _Column(rows)
    return [_settled(row, column.is_province(position, row)) for position, row in enumerate(rows)]


def under_headings(meanings: Meanings) -> Meanings:
    """Keep, below a province's row, what lies in that province today or lay in it before its split.

    A block with no certain name, or with one from elsewhere (an alphabetical list), proves nothing and decides nothing.
    """
    narrowed = list(meanings)
    for province, block in _blocks(meanings):
        certain = [meanings[position][0] for position in block if len(meanings[position]) == 1]
        if certain and all(province in provinces_over_time(here) for here in certain):
            for position in block:
                narrowed[position] = _within(province, meanings[position])
    return narrowed


def beside_their_kota(rows: Sequence[Row], meanings: Meanings) -> Meanings:
    """Read a bare name as the kabupaten when the column names its kota too, with the word Kota."""
    named = _named_kota(rows)
    narrowed = list(meanings)
    for position, (row, meant) in enumerate(zip(rows, meanings, strict=True)):
        left = [here for here in meant if here.region not in named]
        if row.word is None and len(meant) > 1 and len(left) == 1 and left[0].level is Level.KABUPATEN:
            narrowed[position] = (left[0],)
    return narrowed


def cut_off_doubted(meanings: Meanings) -> Meanings:
    """Doubt a repeated name that begins longer names which the column does not have.

    Lists that cut names off print "Kab. Bolaang Mongondow" four times, for it and for its three neighbours.
    """
    times = Counter(meant[0] for meant in meanings if len(meant) == 1 and meant[0].level in _REGENCIES)
    if _is_long(times):
        return meanings
    longer = {here: _longer_names(here) for here, number in times.items() if number > 1}
    doubted = {here: others for here, others in longer.items() if others and times.keys().isdisjoint(others)}
    return [(*meant, *doubted.get(meant[0], ())) if len(meant) == 1 else meant for meant in meanings]


def _longer_names(here: Place) -> tuple[Place, ...]:
    begins = f"{here.name} "
    return tuple(other for other in children(province_of(here.region)) if other.name.startswith(begins))


def _is_long(times: Counter[Place]) -> bool:
    """Say whether a column lists each region for many years or indicators, so that repetition tells nothing."""
    return sum(number > 1 for number in times.values()) > len(times) / 2


@cache
def provinces_over_time(here: Place) -> frozenset[Region]:
    """Return the province of a place today, and the one that this province was founded out of."""
    if here.level is Level.NATION:
        return frozenset()
    today = province_of(here.region)
    return frozenset({today, *(split.parent for split in splits_of(today) if split.child == today)})


class _Column:
    """What the certain rows of a column prove about the uncertain ones."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        certain = [(row.text, row.meant[0]) for row in rows if len(row.meant) == 1]
        provinces = {text for text, here in certain if here.level is Level.PROVINCE}
        regencies = {text for text, here in certain if here.level in _REGENCIES}
        self._certain = {here.region for _, here in certain}
        self._has_provinces = bool(provinces)
        self._has_regencies = bool(regencies)
        self._capitals_tell = self._has_regencies and not any(in_capitals(text) for text in regencies)
        self._provinces_in_capitals = self._has_provinces and all(in_capitals(text) for text in provinces)
        self._is_long = _is_long(Counter(here for _, here in certain if here.level in _REGENCIES))
        self._named = {row.meant[0].region for row in rows if row.word is not None and len(row.meant) == 1}
        self._spread = len({province_of(here.region) for _, here in certain if here.level in _REGENCIES})
        self._same: dict[tuple[Place, ...], list[int]] = {}
        for position, row in enumerate(rows):
            if len(row.meant) > 1:
                self._same.setdefault(row.meant, []).append(position)

    def is_province(self, position: int, row: Row) -> bool | None:
        """Say whether a row means the province; None when nothing tells, or when nothing needs to."""
        if len(row.meant) < 2 or not any(here.level is Level.PROVINCE for here in row.meant):  # noqa: PLR2004 - two meanings
            return None
        return _first_answer(self._by_capitals(row), self._by_the_others(row), self._by_order(position, row))

    def _by_capitals(self, row: Row) -> bool | None:
        if not self._has_regencies:
            return True if self._has_provinces else None
        if self._capitals_tell and in_capitals(row.text):
            return True
        return False if self._capitals_tell and self._provinces_in_capitals else None

    def _by_the_others(self, row: Row) -> bool | None:
        """Tell by elimination: the others are all named with their word, or only this kabupaten is missing."""
        others = [here for here in row.meant if here.level is not Level.PROVINCE]
        if all(here.region in self._named for here in others):
            return True
        if self._has_provinces:
            return None
        province = province_of(others[0].region)
        siblings = {here.region for here in children(province)} - {here.region for here in others}
        lists_no_province = self._spread > 1 or siblings <= self._certain
        return False if lists_no_province and len(self._same[row.meant]) == 1 else None

    def _by_order(self, position: int, row: Row) -> bool | None:
        """Of two equal rows the first is the province, when it begins a block in which the second stands."""
        same = self._same[row.meant]
        if len(same) != 2 or self._is_long:  # noqa: PLR2004 - a pair
            return None
        province = next(here.region for here in row.meant if here.level is Level.PROVINCE)
        begins = not _next_certain_lies_in(province, reversed(self._rows[: same[0]]))
        # A province's total may stand last instead: then the second row has nothing of the province below it.
        goes_on = _next_certain_lies_in(province, self._rows[same[1] + 1 :])
        return position == same[0] if begins and goes_on else None


def _next_certain_lies_in(province: Region, rows: Iterable[Row]) -> bool:
    following = next((row.meant[0] for row in rows if len(row.meant) == 1), None)
    return following is not None and province in provinces_over_time(following)


def _first_answer(*answers: bool | None) -> bool | None:
    return next((answer for answer in answers if answer is not None), None)


def _settled(row: Row, is_province: bool | None) -> tuple[Place, ...]:  # noqa: FBT001 - an answer, not a switch
    if is_province is None:
        return row.meant
    return tuple(here for here in row.meant if (here.level is Level.PROVINCE) == is_province)


def _blocks(meanings: Meanings) -> Iterator[tuple[Region, list[int]]]:
    province: Region | None = None
    block: list[int] = []
    for position, meant in enumerate(meanings):
        only = meant[0] if len(meant) == 1 else None
        if only is not None and only.level in (Level.PROVINCE, Level.NATION):
            if province is not None:
                yield province, block
            province, block = (only.region if only.level is Level.PROVINCE else None), []
        else:
            block.append(position)
    if province is not None:
        yield province, block


def _within(province: Region, meant: tuple[Place, ...]) -> tuple[Place, ...]:
    inside = tuple(here for here in meant if province in provinces_over_time(here) and here.level in _REGENCIES)
    return inside if len(meant) > 1 and inside else meant


def _named_kota(rows: Sequence[Row]) -> set[Region]:
    certain = (row.meant[0] for row in rows if row.word is Word.KOTA and len(row.meant) == 1)
    return {here.region for here in certain if here.level is Level.KOTA}
