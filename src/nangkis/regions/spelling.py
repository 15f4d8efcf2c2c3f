"""How a region's name is written, reduced to what tells regions apart.

Case, dots, spaces, hyphens, apostrophes and footnote marks tell nothing apart; the words Kabupaten and Kota do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Word(StrEnum):
    """The word before a name that says what kind of region it is."""

    PROVINCE = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    DESA = "desa"


@dataclass(frozen=True)
class Written:
    """A name as it was written: its word, if any, the letters of the rest, and the letters of the whole."""

    word: Word | None
    key: str
    whole: str


_WORDS = (
    (Word.PROVINCE, r"(?:provinsi|propinsi|prov|prop)\b"),
    (Word.KABUPATEN, r"(?:kabupaten|kab)\b"),
    (Word.KOTA, r"(?:kota|kotamadya|kotamadia|kodya)\b"),
    (Word.KECAMATAN, r"(?:kecamatan|kec|distrik)\b"),
    (Word.DESA, r"(?:desa|kelurahan|kel)\b"),
)
_BEFORE = [(word, re.compile(rf"{pattern} ?")) for word, pattern in _WORDS]
# "Kediri (Kota)" and "Morowali, Kab.", as alphabetical lists write it.
_AFTER = re.compile(r"(?P<name>[^,(]+)[,(] ?(?P<word>kabupaten|kab|kota)\b[ .)]*")
# "Papua1)", "Nduga *", "Jakarta\u00b2": marks that point to a note below the table.
_NOTE_MARKS = re.compile(r"[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]+|\s*\d+\)\s*$")
_SPACED_OUT = re.compile(r"\b[a-z](?: [a-z])+\b")
# Jakarta's regions are called administrative, and mostly written without the word.
_WORD_BY_WORD = {"kep": "kepulauan", "&": "dan", "administrasi": "", "adm": ""}
_SPACES = str.maketrans({".": " ", "_": " ", "-": " ", "&": " & ", "'": None, "\u2019": None, "`": None})
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)
def written(text: str) -> Written:
    """Read a name as people write it.

    >>> written("KAB. KEP. MENTAWAI *")
    Written(word=<Word.KABUPATEN: 'kabupaten'>, key='kepulauanmentawai', whole='kabupatenkepulauanmentawai')
    >>> written("P A P U A").key
    'papua'
    """
    plain = _NOTE_MARKS.sub("", text).strip()
    plain = unicodedata.normalize("NFKC", plain).casefold()
    turned = _AFTER.fullmatch(plain)
    if turned is not None:
        plain = f"{turned['word']} {turned['name']}"
    words = _plain_words(plain)
    for word, pattern in _BEFORE:
        match = pattern.match(words)
        if match is not None:
            rest = _letters(words[match.end() :])
            return Written(word, rest, word.value + rest)
    return Written(None, _letters(words), _letters(words))


def _plain_words(plain: str) -> str:
    words = " ".join(plain.translate(_SPACES).split())
    words = _SPACED_OUT.sub(lambda run: run[0].replace(" ", ""), words)
    return " ".join(word for word in (_WORD_BY_WORD.get(word, word) for word in words.split(" ")) if word)


def _letters(words: str) -> str:
    return _NOT_LETTERS.sub("", words)


def alternatives(text: str) -> tuple[str, ...]:
    """Return the spellings that a name offers between slashes: ``Kota Pare-Pare/Parepare`` is two of one place."""
    parts = [part.strip() for part in text.split("/") if part.strip()]
    first = written(parts[0]).word if parts else None
    return tuple(part if written(part).word or first is None else f"{first} {part}" for part in parts)


def in_capitals(text: str) -> bool:
    """Say whether every letter of a name is a capital, as tables print provinces."""
    return text.upper() == text and text.lower() != text
