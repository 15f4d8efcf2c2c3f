"""Letters typed where a digit belongs: ``1O,38`` and ``1.06.O4``. They are named, never mended: a person decides."""

from __future__ import annotations

import polars as pl


DIGIT_OF = {"O": "0", "o": "0", "l": "1", "I": "1", "i": "1"}
LETTER_IN_NUMBER = "letter-in-number"


def with_digits(text: pl.Expr) -> pl.Expr:
    """Return texts with each letter that looks like a digit as that digit; null for a text without any digit."""
    replaced = text.str.replace_many(list(DIGIT_OF), list(DIGIT_OF.values()))
    return pl.when(text.str.contains("[0-9]")).then(replaced)


def letter_told(text: str) -> dict[str, object]:
    """Return the first letter of a text that looks like a digit, and the digit, as values of a finding."""
    letter = next((character for character in text if character in DIGIT_OF), None)
    return {} if letter is None else {"letter": letter, "digit": DIGIT_OF[letter]}


def written(trouble: str, cell: object) -> dict[str, object]:
    """Return what stands in a cell, as values of a finding about its number; the letter too where that is the flaw."""
    return {"cell": cell, **(letter_told(str(cell)) if trouble == LETTER_IN_NUMBER else {})}
