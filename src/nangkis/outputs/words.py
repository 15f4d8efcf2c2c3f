"""The few words that a renderer adds by itself, text that may hold no computed number, and text that XML can hold."""

from __future__ import annotations

import re

from nangkis.content.catalogue import Language
from nangkis.content.sentences import Value, runs
from nangkis.content.tree import Document
from nangkis.vocabulary.figures import Figure


BETWEEN = "  \N{MIDDLE DOT}  "
_ONE_LINE = 100  # letters of a page header
# XML 1.0 has no way to write these; a name from a broken file may hold one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return the text with a mark for each character that XML cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def plain(value: Value, language: Language) -> str:
    """Return the text of a heading, title or marking.

    Raises TypeError for a figure in it: a table of contents and a page header would repeat the number untraced.
    """
    parts = list(runs(value, language))
    for part in parts:
        if isinstance(part, Figure):
            raise TypeError(f"a heading, title or marking holds no figure, found {part.key}")
    return "".join(part for part in parts if isinstance(part, str))


def short_title(document: Document, language: Language) -> str:
    """Name the region too, as long as that fits one line: a page that was copied alone still says whose it is."""
    title, subtitle = plain(document.title, language), plain(document.subtitle, language)
    whole = f"{title}{BETWEEN}{subtitle}"
    return whole if len(whole) <= _ONE_LINE else title
