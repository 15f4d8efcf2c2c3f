"""Which characters the PDF's font can print. An archive's PDF may hold no other: one would stop the whole document."""

from __future__ import annotations

import re
from functools import cache

from nangkis.outputs.letters import characters


_FACES = ("Regular", "Bold")
_MARK = "\N{BALLOT BOX}"  # the font has no replacement character, but an empty box


def printable(text: str) -> str:
    """Return the text with a mark for each character that cannot be printed.

    >>> printable("Kabupaten Hulu 漢")
    'Kabupaten Hulu ☐'
    """
    return _unprintable().sub(_MARK, text)


@cache
def _unprintable() -> re.Pattern[str]:
    covered = set.intersection(*(set(characters(face)) for face in _FACES))
    # Numbers must not be turned round by a mark of direction that stands in some cell.
    letters = "".join(re.escape(letter) for letter in sorted(covered) if letter.isprintable())
    return re.compile(f"[^{letters}\n]")
