"""Names to places: every official name and every reviewed spelling, in dictionaries made once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from nangkis.regions.register import Level, Place, children, place, registered
from nangkis.regions.spelling import Word, Written, alternatives, written
from nangkis.regions.table import rows
from nangkis.vocabulary.codes import CodeSystem, Region


_WORD_OF = {
    Level.PROVINCE: Word.PROVINCE,
    Level.KABUPATEN: Word.KABUPATEN,
    Level.KOTA: Word.KOTA,
    Level.KECAMATAN: Word.KECAMATAN,
    Level.DESA: Word.DESA,
}
_CLOSE_ENOUGH = 0.75
_NEAREST_SHOWN = 3

Key = tuple[Word | None, str]


@dataclass(frozen=True)
class Index:
    """Places by word and letters. A name without its word finds every place that has these letters."""

    by_name: Mapping[Key, tuple[Place, ...]]

    def find(self, text: str) -> tuple[Place, ...]:
        """Return every place that a name may mean; of spellings between slashes, every place that any of them means."""
        found = self._find_one(written(text))
        if found or "/" not in text:
            return found
        return tuple({here: None for part in alternatives(text) for here in self._find_one(written(part))})

    def _find_one(self, name: Written) -> tuple[Place, ...]:
        return self.by_name.get((name.word, name.key)) or self.by_name.get((None, name.whole)) or ()

    def near(self, text: str) -> tuple[Place, ...]:
        """Return places with a similar name, to be proposed to a person and never taken."""
        letters = [key for word, key in self.by_name if word is None]
        close = difflib.get_close_matches(written(text).key, letters, n=_NEAREST_SHOWN, cutoff=_CLOSE_ENOUGH)
        return tuple({here: None for key in close for here in self.by_name[None, key]})


@cache
def regional(system: CodeSystem) -> Index:
    """Return the index of nation, provinces, kabupaten and kota of a canonical system."""
    return _indexed(registered(system), _spellings(system))


@lru_cache(maxsize=64)
def inside(region: Region) -> Index:
    """Return the index of a region and what lies in it, one level down; of a nation, everything to the kabupaten."""
    here = place(region)
    if here.level is Level.NATION:
        return regional(here.region.system)
    members = (here, *children(here.region))
    return _indexed(members, [(text, meant) for text, meant in _spellings(here.region.system) if meant in members])


@cache
def _spellings(system: CodeSystem) -> tuple[tuple[str, Place], ...]:
    known = ((row["written"], place(Region.parse(row["code"]))) for row in rows("spellings.csv"))
    return tuple((text, here) for text, here in known if here.region.system == system)


def _indexed(official: Iterable[Place], spellings: Iterable[tuple[str, Place]]) -> Index:
    found: dict[Key, tuple[Place, ...]] = {}
    for text, here in (*((meant.name, meant) for meant in official), *spellings):
        key = written(text).key
        for word in {None, _WORD_OF.get(here.level)}:
            before = found.get((word, key), ())
            if here not in before:
                found[word, key] = (*before, here)
    return Index(found)
