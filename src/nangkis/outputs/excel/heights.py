"""How many lines a text takes in a column: LibreOffice raises no row of a file by itself, as Excel does."""

from __future__ import annotations

import re


_EM = {  # widths of the font's letters, in parts of its size
    **dict.fromkeys("ijl'|", 0.22),
    **dict.fromkeys(" ,.:;/!ftI[]\\", 0.28),
    **dict.fromkeys("()-r·", 0.34),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("ABEKPSVXYCDHNRUw", 0.7),
    **dict.fromkeys("GOQmM", 0.82),
    **dict.fromkeys("W%—…@", 1.0),
}
_USUAL, _WIDEST, _BOLD = 0.56, 1.0, 1.07
_POINTS_PER_LETTER = 5.5  # of a column, whose width is counted in digits of the same font
_EDGES = 3.0  # points of a cell that hold no text
_LINE = 1.28  # height of a line in parts of the font's size
HIGHEST = 409.0  # points of a row
_WORDS = re.compile(r"\S+")


def text_lines(text: str, letters: float, *, size: float = 10, bold: bool = False) -> int:
    """Return about how many lines a text takes in a column ``letters`` wide, rather too many than too few.

    >>> text_lines("Kabupaten Contoh Hulu", 12)
    2
    """
    room = max(letters * _POINTS_PER_LETTER - _EDGES, size) / (size * (_BOLD if bold else 1))
    return sum(_lines(part, room) for part in text.split("\n"))


def row_height(lines: int, size: float = 10) -> float:
    """Return the height in points of a row of so many lines.

    >>> row_height(2)
    27.6
    """
    return min(HIGHEST, lines * size * _LINE + 2)


def _lines(text: str, room: float) -> int:
    if len(text) * _WIDEST <= room:
        return 1
    count, used = 1, 0.0
    for word in _WORDS.findall(text):
        width = sum(_EM.get(letter, _USUAL) for letter in word)
        if used and used + _EM[" "] + width > room:
            count, used = count + 1, 0.0
        used += width + (_EM[" "] if used else 0)
        if used > room:  # a word that is longer than a line goes on below
            count += int(used // room)
            used %= room
    return count
