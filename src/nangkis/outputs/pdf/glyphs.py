"""Which characters the PDF's font can print. An archive's PDF may hold no other: one would stop the whole document."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import font_source_sans_pro

from nangkis.outputs import tokens


_FACES = ("Regular", "Bold")
_UNICODE_FULL = 12  # a character map of ranges over all of Unicode
_MARK = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """Return the text with a mark for each character that cannot be printed.

    >>> printable("Kabupaten Hulu 漢")
    'Kabupaten Hulu �'
    """
    return _unprintable().sub(_MARK, text)


@cache
def _unprintable() -> re.Pattern[str]:
    covered = set.intersection(*(set(_characters(face)) for face in _FACES))
    # Numbers must not be turned round by a mark of direction that stands in some cell.
    letters = "".join(re.escape(chr(code)) for code in sorted(covered) if chr(code).isprintable())
    return re.compile(f"[^{letters}{''.join(tokens.VERDICT_SIGNS.values())}{_MARK}\n]")


def _characters(face: str) -> Iterator[int]:
    """Yield the characters of one face of the font, as its OpenType table ``cmap`` lists them."""
    content = Path(font_source_sans_pro.font_directory, f"SourceSansPro-{face}.ttf").read_bytes()
    tables = struct.unpack(">H", content[4:6])[0]
    entries = struct.iter_unpack(">4sIII", content[12 : 12 + 16 * tables])
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    count = struct.unpack(">H", content[start + 2 : start + 4])[0]
    for _, _, offset in struct.iter_unpack(">HHI", content[start + 4 : start + 4 + 8 * count]):
        at = start + offset
        if struct.unpack(">H", content[at : at + 2])[0] == _UNICODE_FULL:
            groups = struct.unpack(">I", content[at + 12 : at + 16])[0]
            for first, last, _ in struct.iter_unpack(">III", content[at + 16 : at + 16 + 12 * groups]):
                yield from range(first, last + 1)
            return
