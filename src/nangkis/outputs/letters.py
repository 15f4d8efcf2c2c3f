"""How wide a text comes out, by the advance widths of the fonts themselves; without kerning, so never too little."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import font_source_sans_pro

from nangkis.outputs import tokens


_UNICODE_FULL = 12  # a character map of ranges over all of Unicode
# In thousandths of the size. Arial comes with no package; Liberation Sans has the same widths.
_ARIAL: Mapping[int, str] = {
    191: "'", 222: "ijl\u2018\u2019", 260: "|", 278: " !,./:;I[\\]ft·\N{NO-BREAK SPACE}", 333: "()-`r\u201c\u201d²",
    334: "{}", 350: "•", 355: '"', 389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 549: "±",
    556: "#$0123456789?L_abdeghnopqu\N{EN DASH}§", 584: "+<=>~\N{MINUS SIGN}×", 604: "●■○", 611: "FTZ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_ARIAL_BOLD: Mapping[int, str] = {
    238: "'", 278: " ,./I\\ijl·\u2018\u2019\N{NO-BREAK SPACE}", 280: "|", 333: "!()-:;[]`ft²", 350: "•", 389: "*r{}",
    400: "°", 474: '"', 500: "z\u201c\u201d", 549: "±", 556: "#$0123456789J_aceksvxy\N{EN DASH}§",
    584: "+<=>^~\N{MINUS SIGN}×", 604: "●■○", 611: "?FLTZbdghnopqu", 667: "EPSVXY", 722: "&ABCDHKNRU", 778: "GOQw",
    833: "M", 889: "%m", 944: "W", 975: "@", 1000: "—…",
}  # fmt: skip


def text_width(text: str, size: float, *, font: str = tokens.WORD_FONT, bold: bool = False) -> float:
    """Return how many points a text of one line takes in Arial or in the charts' font.

    >>> text_width("10,38", 10) < text_width("10,38", 10, bold=True) + 0.01
    True
    """
    return sum(map(_widths(font, bold=bold).__getitem__, text)) * size


class _Widths(dict[str, float]):
    """Widths of letters in parts of the font's size: an accented letter is as wide as its base, an unknown one full."""

    def __missing__(self, letter: str) -> float:
        base = unicodedata.normalize("NFD", letter)[0]
        self[letter] = found = self[base] if base != letter else 1.0
        return found


@lru_cache(maxsize=4)
def _widths(font: str, *, bold: bool) -> _Widths:
    if font == tokens.WORD_FONT:
        table = _ARIAL_BOLD if bold else _ARIAL
        return _Widths((letter, width / 1000) for width, letters in table.items() for letter in letters)
    return _Widths(_advances("Bold" if bold else "Regular"))


@cache
def characters(face: str) -> dict[str, int]:
    """Return the characters of a face of the charts' font with their glyphs, as its table ``cmap`` lists them."""
    table = _tables(face)[b"cmap"]
    count = struct.unpack(">H", table[2:4])[0]
    for _, _, at in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count]):
        if struct.unpack(">H", table[at : at + 2])[0] == _UNICODE_FULL:
            groups = struct.unpack(">I", table[at + 12 : at + 16])[0]
            ranges = struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * groups])
            return {chr(code): glyph + code - first for first, last, glyph in ranges for code in range(first, last + 1)}
    raise ValueError(f"the font {face} has no map of all characters")


def _advances(face: str) -> Iterator[tuple[str, float]]:
    """Yield each character's advance width, of the tables ``head``, ``hhea`` and ``hmtx``, in parts of the size."""
    tables = _tables(face)
    em = struct.unpack(">H", tables[b"head"][18:20])[0]
    count = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    advances = [advance for advance, _ in struct.iter_unpack(">HH", tables[b"hmtx"][: 4 * count])]
    for letter, glyph in characters(face).items():
        yield letter, advances[min(glyph, count - 1)] / em


@cache
def _tables(face: str) -> dict[bytes, bytes]:
    content = Path(font_source_sans_pro.font_directory, f"SourceSansPro-{face}.ttf").read_bytes()
    return {tag: table for tag, _, table in font_tables(content)}


def font_tables(font: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield each table of an OpenType font: its tag, its checksum and its content."""
    count = struct.unpack(">H", font[4:6])[0]
    for tag, checksum, at, length in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count]):
        yield tag, checksum, font[at : at + length]
