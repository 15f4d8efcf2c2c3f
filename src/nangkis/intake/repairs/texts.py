"""Words tidied: spaces of every kind become one plain space, and how many cells that touched is told."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


# Non-breaking, thin, zero-width and other spaces, byte-order marks, tabs and line breaks inside a cell.
ODD_SPACES = "\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\t\r\n"
UNTIDY = rf"[{ODD_SPACES}]|  |^ | $"
EVERY_SPACE = rf"[ {ODD_SPACES}]+"


@dataclass(frozen=True)
class Tidied:
    """Tidied texts, and which of them were not tidy before."""

    text: pl.Series
    changed: pl.Series


def tidy(text: pl.Series) -> Tidied:
    r"""Return texts with single plain spaces and none at the ends.

    >>> tidy(pl.Series(["Kab.\u00a0 Morowali "])).text.to_list()
    ['Kab. Morowali']
    """
    words = text.unique()
    untidy = words.filter(words.str.contains(UNTIDY))
    if untidy.is_empty():
        return Tidied(text, pl.repeat(value=False, n=len(text), dtype=pl.Boolean, eager=True))
    changed = text.is_in(untidy.implode()).fill_null(value=False)
    cleaned = text.filter(changed).str.replace_all(EVERY_SPACE, " ").str.strip_chars(" ")
    return Tidied(text.clone().scatter(changed.arg_true(), cleaned), changed)
