"""What headings and captions say, in every format alike."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from nangkis.content.catalogue import Language
from nangkis.content.sentences import sentence
from nangkis.content.tree import Heading
from nangkis.outputs.words import plain


_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_CHAPTER_WORDS = frozenset({"", "bab", "chapter"})
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass
class CaptionNumbers:
    """Counts tables and pictures within chapters."""

    chapter: str = ""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def enter(self, heading: Heading) -> None:
        """Begin a chapter when the heading is one."""
        if heading.level == 1:
            self.chapter = chapter_mark(heading.number.text if heading.number else "")

    def next(self, word: str) -> str:
        """Return the number of the chapter's next table or picture, such as ``Tabel 3.1``."""
        before, number = self.next_parts(word)
        return f"{before}{number}"

    def next_parts(self, word: str) -> tuple[str, int]:
        """Return the same in two parts, what stands before the count and the count: ``Tabel 3.`` and 1."""
        self.counts[word, self.chapter] += 1
        before = f"{word} {self.chapter}." if self.chapter else f"{word} "
        return before, self.counts[word, self.chapter]


def chapter_mark(label: str) -> str:
    """Return what stands before the point in a caption's number.

    Only a chapter's Roman number becomes Arabic: Table 1.1 is in chapter I, Table I.1 in annex I.

    >>> chapter_mark("Bab III"), chapter_mark("4"), chapter_mark("Lampiran I"), chapter_mark("")
    ('3', '4', 'I', '')
    """
    word, _, last = label.strip().rpartition(" ")
    is_chapter = word.casefold() in _CHAPTER_WORDS
    return str(_from_roman(last)) if is_chapter and _ROMAN.fullmatch(last) else last


def _from_roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def heading_text(heading: Heading, language: Language) -> str:
    """Return a heading as it is printed and repeated in the contents."""
    whole = sentence("outputs.heading", number=heading.number, title=heading.title) if heading.number else heading.title
    return plain(whole, language)
