"""Figures inside a cell's text: where each stood when it was written, and what stands there now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


_WORDS = re.compile(r"\S+")
_DIGITS = re.compile(r"[1-9][0-9]{0,5}|0")
Place = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """A figure's place in the text that was written."""

    start: int
    length: int
    text: str

    def now(self, text: str) -> str:
        """Return what stands in the figure's place in the cell's present text; nothing when it was taken out.

        Other words may have changed: the word that holds the number is followed through the change.
        """
        if text == self.text:
            return self.text[self.start : self.start + self.length]
        old, new = list(_WORDS.finditer(self.text)), _WORDS.findall(text)
        number = next((n for n, word in enumerate(old) if word.start() <= self.start < word.end()), None)
        if number is None:
            return ""
        word = old[number]
        before, after = self.start - word.start(), word.end() - self.start - self.length
        found = " ".join(_following([each[0] for each in old], new, number))
        return self._inside(found, word[0][:before], word[0][len(word[0]) - after :] if after > 0 else "")

    def _inside(self, found: str, before: str, after: str) -> str:
        found = found.removeprefix(before)
        return found.removesuffix(after) if after else found


def read_framed(hidden: dict[Place, str]) -> dict[str, Frame]:
    """Return the frames of the hidden sheet by name: name, start, length and text in columns 2 to 5."""
    found = {}
    for (row, column), name in hidden.items():
        start, length = (_plain_digits(hidden.get((row, place), "")) for place in (3, 4))
        if column == 2 and _DIGITS.fullmatch(start) and _DIGITS.fullmatch(length):  # noqa: PLR2004
            found[name] = Frame(int(start), int(length), hidden.get((row, 5), ""))
    return found


def _plain_digits(text: str) -> str:
    return text.replace(".", "").replace(",", "")


def _following(old: list[str], new: list[str], number: int) -> list[str]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start <= number < end:
            if kind == "equal" or (kind == "replace" and end - start == new_end - new_start):
                return [new[new_start + number - start]]
            return new[new_start:new_end]
    return []
