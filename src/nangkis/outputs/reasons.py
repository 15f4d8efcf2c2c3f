"""Why cells of a table are empty: a letter beside each dash, and what the letter means below the table."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.content.sentences import Sentence
from nangkis.outputs.occurrences import reason_key


DASH = "\N{EM DASH}"


class Reasons:
    """The letters of a table's missing values: one per reason, in reading order."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, Sentence]] = {}

    def letter(self, reason: Sentence) -> str:
        """Return the letter that stands for this reason."""
        return self._found.setdefault(reason_key(reason), (_letter(len(self._found)), reason))[0]

    def __iter__(self) -> Iterator[tuple[str, Sentence]]:
        return iter(self._found.values())


def _letter(place: int) -> str:
    before, here = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + here)
