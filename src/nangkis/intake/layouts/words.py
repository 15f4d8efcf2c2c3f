"""The words of headers, titles, notes and totals, as real sheets write them; small letters, single spaces."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from nangkis.budget.schema import Stage
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.schema import Period
from nangkis.vocabulary.units import Unit


NAME_HEADERS = re.compile(
    r"\b(?:provinsi|kabupaten|kab|kota|wilayah|daerah|district|regency|province|region|name|nama)\b"
)
REGENCY_HEADERS = re.compile(r"\b(?:kabupaten|kab|kota|district|regency)\b")
CODE_HEADERS = re.compile(r"^(?:kode|code|id|kd)\b|\bkode\b|\bcode\b")
NUMBERING_HEADERS = re.compile(
    r"^(?:(?:no|nomor|nomer)\.?(?: ?urut)?|#|rank|ranking|rangking|peringkat|urutan|no\. ?peringkat)$"
)
# Words of a header that say no more than that a number of some year or period stands below it.
BARE_WORDS = re.compile(
    r"nilai|value|jumlah|total|persen|persentase|percent|rupiah|rp|ribu|ribuan|juta|jutaan|jiwa|orang|kapita|bulan|per"
    r"|dalam|data|tahun|year|semester|maret|march|mar|september|sept|sep|i|ii|dan"
)
ENGLISH_UNITS = re.compile(r"people|persons?|thousands?|millions?|idr|index|indeks")
SHARE_WORDS = re.compile(r"\bpersen(?:tase)?\b|\bpercent\b|%")
LEFT_DIGITS = re.compile(r"(?!(?<![0-9])000(?![0-9]))(?<![0-9])[0-9]+")
# A title of two measures does not say which one a column headed as a count holds.
COUNT_HEADERS = re.compile(r"\bjumlah\b|\btotal\b")
BOTH_MEASURES = re.compile(r"\bjumlah (?:dan|&|,|serta) persentase\b|\bpersentase (?:dan|&|,|serta) jumlah\b")
# Measures and groups that carry an indicator's words and are another thing: never one line with it.
OTHER_MEASURES = re.compile(
    r"\b(?:ekstrem|ekstrim|extreme|hampir|rentan|near[- ]poor)\b"
    r"|garis kemiskinan (?:bukan |non[- ]?)?makanan"
    r"|miskin (?:di )?(?:daerah )?(?:perkotaan|perdesaan|pedesaan)"
)
OTHER_GROUPS = re.compile(
    r"\b(?:perkotaan|perdesaan|pedesaan|urban|rural|laki|perempuan|target|proyeksi|perubahan|selisih|penurunan|kenaikan"
    r"|peringkat|rank|ranking|rangking|pertumbuhan|makanan|kedalaman|keparahan|break|dummy|flag|bendera)\b"
)
NOTES = re.compile(r"^(?:keterangan|catatan|sumber|source|note|notes|ket)\b|^\*+\)?|^[0-9]+\)")
TOTALS = re.compile(
    r"^(?:grand ?total|sub ?total|jumlah(?: total| seluruh(?:nya)?| keseluruhan)?|total(?: \w+)?)\b *:?$"
)
MISSING_MARK = re.compile(r"^(?:-+|–|—|−|…|\.{2,}|n\.?/?a\.?|tad|null)$", re.IGNORECASE)
SIMPLE_NUMBER = re.compile(r"^\(?[-−–+]?(?:rp\.? ?)?[0-9][0-9., ]*(?:,-)?%?\*?\)?$", re.IGNORECASE)
BRACKETED_ORDINAL = re.compile(r"^\(?[0-9]{1,2}\)?$")
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
LETTERS = re.compile(r"[^\W\d_]{2}")
PERIODS = {
    Period.MARCH: re.compile(r"\b(?:maret|march|mar)\b|\bsem(?:ester)? ?(?:1|i)\b"),
    Period.FEBRUARY: re.compile(r"\b(?:februari|february|feb)\b"),
    Period.AUGUST: re.compile(r"\b(?:agustus|august|agust|aug)\b"),
    Period.SEPTEMBER: re.compile(r"\b(?:september|sept|sep)\b|\bsem(?:ester)? ?(?:2|ii)\b"),
}
# First match wins: the longer names stand before those that they contain.
STAGES = (
    (
        re.compile(
            r"perubahan\W+rkpd|rkpd\W+perubahan|\brkpd-?p\b|\bp-?rkpd\b"
            r"|perubahan\W+rencana kerja pemerintah daerah|rencana kerja pemerintah daerah\W+(?:rkpd\W+)?perubahan"
        ),
        Stage.RKPD_P,
    ),
    (re.compile(r"\brkpd\b|\brencana kerja pemerintah daerah\b"), Stage.RKPD),
    (re.compile(r"\bkua\b|\bppas\b"), Stage.KUA_PPAS),
    (re.compile(r"\br-?apbd\b|rancangan\W+apbd"), Stage.RAPBD),
    (re.compile(r"\bpergeseran\b"), Stage.PERGESERAN),
    (re.compile(r"\bapbd-?p\b|\bp-?apbd\b|perubahan\W+apbd|apbd\W+perubahan"), Stage.P_APBD),
    (re.compile(r"\bapbd\b"), Stage.APBD),
)


def plain(text: str) -> str:
    """Return words as the tables here write them; underscores and hyphens of file names are spaces."""
    return " ".join(text.replace("_", " ").replace("\u00a0", " ").casefold().split())


def years_in(text: str, *, earliest: int, latest: int) -> tuple[int, ...]:
    """Return the years that a text names, each once, in order."""
    return tuple(sorted({year for found in YEAR.findall(text) if earliest <= (year := int(found)) <= latest}))


def year_reader(*, earliest: int, latest: int) -> Callable[[str], int | None]:
    """Return a function that gives the one year that a text names, None when it names none or several."""

    def year_in(text: str) -> int | None:
        years = years_in(text, earliest=earliest, latest=latest)
        return years[0] if len(years) == 1 else None

    return year_in


def period_in(text: str) -> Period | None:
    """Return the one period that a text names; None when it names none or several."""
    found = [period for period, pattern in PERIODS.items() if pattern.search(plain(text))]
    return found[0] if len(found) == 1 else None


def stage_in(text: str) -> Stage | None:
    """Return the stage of the budget that a text names; None when it names none or several."""
    words = plain(text)
    for pattern, stage in STAGES:
        if pattern.search(words):
            return stage
    return None


def indicator_in(text: str) -> str | None:
    """Return the code of the indicator whose longest name stands in a text; None when two equally long ones do.

    None too when the text names another measure by the same words, as extreme poverty does.

    >>> indicator_in("Persentase Penduduk Miskin - Maret")
    'POV.P0'
    """
    words = plain(text)
    if (named := named_whole(words)) is not None:
        return named
    if OTHER_MEASURES.search(words):
        return None
    found = [(len(alias), code) for code, alias, pattern in _aliases() if pattern.search(words)]
    longest = {code for length, code in found if length == max(length for length, _ in found)}
    return longest.pop() if len(longest) == 1 else None


def named_whole(text: str) -> str | None:
    """Return the code of the indicator whose own name is a whole header, beside no more than years and units.

    An own name may be part of other names (Jumlah penduduk miskin): within a longer text it says nothing.

    >>> named_whole("Jumlah Penduduk 2025"), named_whole("Jumlah penduduk miskin laki-laki")
    ('DEM.POP', None)
    """
    words = plain(text)
    found = [(len(name), code) for name, code, whole in _names() if name in words and _is_whole(words, whole, code)]
    return max(found)[1] if found else None


def _is_whole(words: str, name: re.Pattern[str], code: str) -> bool:
    rest, count = name.subn(" ", words, count=1)
    rest = YEAR.sub(" ", rest)
    if not count or LEFT_DIGITS.search(rest) or not all(map(_says_little, re.findall(r"[^\W\d_]+", rest))):
        return False
    other = COUNT_HEADERS if indicators()[code].unit is Unit.PERCENT else SHARE_WORDS
    return other.search(rest) is None


def _says_little(word: str) -> bool:
    return BARE_WORDS.fullmatch(word) is not None or ENGLISH_UNITS.fullmatch(word) is not None


def only_named(text: str) -> bool:
    """Say whether a header is an indicator's own name and holds none of the longer names that tables give it."""
    return named_whole(text) is not None and not any(pattern.search(plain(text)) for _, _, pattern in _aliases())


def beside_name(text: str, indicator: str) -> str:
    """Return a header in small letters without the indicator's own name: what else it says, such as a unit."""
    own = [(name, whole) for name, code, whole in _names() if code == indicator]
    return next((whole.sub(" ", text, count=1) for _, whole in own if whole.search(text)), text)


@cache
def _names() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return each indicator's own names, the longest first, with what finds them between other words."""
    names = ((plain(name), code) for code, one in indicators().items() for name in one.name.values())
    return tuple(
        (name, code, re.compile(rf"(?<![a-z]){re.escape(name)}(?![a-z])"))
        for name, code in sorted(set(names), key=lambda one: (-len(one[0]), one))
    )


@cache
def _aliases() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(
        (code, alias, re.compile(rf"(?<![a-z]){re.escape(plain(alias))}(?![a-z])"))
        for code, indicator in indicators().items()
        for alias in indicator.aliases
    )


def other_measure(text: str) -> bool:
    """Say whether a text names a measure that is none of ours, though it carries the words of one."""
    return named_whole(text) is None and OTHER_MEASURES.search(plain(text)) is not None


def other_group(text: str) -> bool:
    """Say whether a text speaks of a part of the people, of a change or a rank, beyond the name of its indicator.

    >>> other_group("Persentase Penduduk Miskin Perempuan"), other_group("Indeks Kedalaman Kemiskinan (P1)")
    (True, False)
    """
    words = plain(text)
    if named_whole(words) is not None:
        return False
    named = [(len(alias), pattern) for _, alias, pattern in _aliases() if pattern.search(words)]
    rest = max(named, key=lambda one: one[0])[1].sub(" ", words) if named else words
    return OTHER_GROUPS.search(rest) is not None


def is_bare(text: str) -> bool:
    """Say whether a header says no more than a year, a period or a unit."""
    return all(map(BARE_WORDS.fullmatch, re.findall(r"[^\W\d_]+", plain(text))))


def is_name(text: str) -> bool:
    """Say whether a cell holds words rather than a number or a missing mark."""
    return LETTERS.search(text) is not None and not MISSING_MARK.match(text)


def is_value(text: str, *, earliest: int, latest: int) -> bool:
    """Say whether a cell looks like a value: a number that is no year, or a missing mark."""
    if MISSING_MARK.match(text):
        return True
    return SIMPLE_NUMBER.match(text) is not None and not years_in(text, earliest=earliest, latest=latest)
