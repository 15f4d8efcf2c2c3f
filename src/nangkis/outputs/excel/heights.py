"""How many lines a text takes in a column: LibreOffice raises no row of a file by itself, as Excel does."""

from __future__ import annotations

import re

from nangkis.outputs.letters import text_width


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
    room = max(letters * _POINTS_PER_LETTER - _EDGES, size)
    return sum(_lines(part, room, size=size, bold=bold) for part in text.split("\n"))


def row_height(lines: int, size: float = 10) -> float:
    """Return the height in points of a row of so many lines.

    >>> row_height(2)
    27.6
    """
    return min(HIGHEST, lines * size * _LINE + 2)


def _lines(text: str, room: float, *, size: float, bold: bool) -> int:
    if len(text) * size <= room:
        return 1
    space = text_width(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in _WORDS.findall(text):
        width = text_width(word, size, bold=bold)
        if used and used + space + width > room:
            count, used = count + 1, 0.0
        used += width + (space if used else 0)
        if used > room:  # a word that is longer than a line goes on below
            count += int(used // room)
            used %= room
    return count
