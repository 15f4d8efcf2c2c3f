"""The few words that a renderer adds by itself, and text that may hold no computed number."""

from __future__ import annotations

from datetime import date

from nangkis.content.catalogue import Language, template
from nangkis.content.sentences import Value, runs
from nangkis.vocabulary.figures import Figure


def plain(value: Value, language: Language) -> str:
    """Return the text of a heading, title or marking.

    Raises TypeError for a figure in it: a table of contents and a page header would repeat the number untraced.
    """
    parts = list(runs(value, language))
    for part in parts:
        if isinstance(part, Figure):
            raise TypeError(f"a heading, title or marking holds no figure, found {part.key}")
    return "".join(part for part in parts if isinstance(part, str))


def print_date(day: date, language: Language) -> str:
    """Return the day as it is written in a letter.

    >>> print_date(date(2026, 1, 5), "id")
    '5 Januari 2026'
    """
    month = template("outputs.months", language).split()[day.month - 1]
    return f"{day.day} {month} {day.year}"
