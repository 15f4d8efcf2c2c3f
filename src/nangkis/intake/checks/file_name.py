"""The region in a file's name against those of its rows: a file of one region saved under another's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nangkis.lake.manifest import Reading
from nangkis.regions.columns import provinces_over_time
from nangkis.regions.index import Index, regional
from nangkis.regions.register import Level, Place, place
from nangkis.regions.spelling import Word, written
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity


_WORDS = re.compile(r"[^\W\d_]+")
_BOTH = re.compile(r"(?i)\b(?:kabupaten|kab)[\W_]*kota\b")  # "menurut Kabupaten/Kota" speaks of no region
_LONGEST = 5  # words of a name, with that of its kind
_SMALLER = (Word.KECAMATAN, Word.DESA)


def check_file_name(reading: Reading, *, file: str) -> Iterator[Finding]:
    """Yield a warning when a file's name is surely that of regions of which the table has no row.

    A name that may mean several regions, a kabupaten or its kota, tells nothing; nor does one beside the right one.
    """
    if "region" not in reading.frame.columns:  # a list of codes is the nation's, whoever keeps a copy
        return
    rows = {place(Region.parse(text)) for text in reading.frame["region"].unique()}
    index = regional(place(Region.parse(reading.owner)).region.system)
    meant = list(_named(_BOTH.sub(" ", Path(file).stem), index))
    if not meant or any(len(places) > 1 or _touch(places[0], rows) for places in meant):
        return
    names = ", ".join(dict.fromkeys(places[0].name for places in meant))
    values: dict[str, object] = {"file": file, "what": "region", "named": names}
    values["taken"] = place(Region.parse(reading.owner)).name
    yield Finding("file-name-differs", Severity.WARNING, reading.sheet, values)


def _named(stem: str, index: Index) -> Iterator[tuple[Place, ...]]:
    """Yield what the longest names in a file's name mean, from left to right."""
    words, start = _WORDS.findall(stem), 0
    while start < len(words):
        if written(words[start]).word in _SMALLER:
            start += _LONGEST  # the name of a kecamatan or desa is often that of a kabupaten
            continue
        length, places = next(_from(words, start, index), (1, ()))
        if places:
            yield places
        start += length


def _from(words: list[str], start: int, index: Index) -> Iterator[tuple[int, tuple[Place, ...]]]:
    for length in range(min(_LONGEST, len(words) - start), 0, -1):
        places = index.find(" ".join(words[start : start + length]))
        if places:
            yield length, places


def _touch(named: Place, rows: set[Place]) -> bool:
    """Say whether a place is one of the rows, holds one, or lies in one."""
    if named.level is Level.NATION:
        return True
    over_time = provinces_over_time(named)
    return any(
        here.level is Level.NATION
        or here == named
        or named.region in provinces_over_time(here)
        or (here.level is Level.PROVINCE and here.region in over_time)
        for here in rows
    )
