"""How a rule of a parameter file finds budget lines: by code prefix in whole segments, and by words of the name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.vocabulary.refusals import RequestRefused


# How many segments a code has says which level of the budget it names.
COLUMN_OF_SEGMENTS = {2: "bidang_code", 3: "program_code", 5: "kegiatan_code", 6: "sub_kegiatan_code"}
_CODE = re.compile(r"\d+(\.\d+)*")


class RuleRefused(RequestRefused):
    """A rule of a parameter file cannot be read; the values name the rule and what is wrong with it."""


@dataclass(frozen=True)
class Pattern:
    """Code prefixes and a regular expression on the name of the sub kegiatan; an empty part matches any line."""

    codes: tuple[str, ...]
    words: str

    @classmethod
    def read(cls, entry: Mapping[str, Any], *, rule: str) -> Pattern:
        """Read ``codes`` and ``words`` of a rule. Raises RuleRefused for a code level or words that do not exist."""
        codes = tuple(str(code) for code in entry["codes"])
        for code in codes:
            if not _CODE.fullmatch(code) or len(code.split(".")) not in COLUMN_OF_SEGMENTS:
                raise RuleRefused("rule-code-unknown", rule=rule, found=code)
        try:
            pl.Series([""]).str.contains(str(entry["words"]))
        except pl.exceptions.ComputeError as error:
            raise RuleRefused("rule-words-broken", rule=rule, words=str(entry["words"]), why=str(error)) from None
        return cls(codes, str(entry["words"]))

    @property
    def condition(self) -> pl.Expr:
        """The rows that match, as an expression over the columns of the budget table."""
        return _codes_match(self.codes) & _words_match(self.words)


def _codes_match(codes: tuple[str, ...]) -> pl.Expr:
    if not codes:
        return pl.lit(value=True)
    levels = {column: [c for c in codes if len(c.split(".")) == n] for n, column in COLUMN_OF_SEGMENTS.items()}
    return pl.any_horizontal(
        plain_code(pl.col(column)).is_in([_plain_code(code) for code in found]).fill_null(value=False)
        for column, found in levels.items()
        if found
    )


def _words_match(words: str) -> pl.Expr:
    if not words:
        return pl.lit(value=True)
    return pl.col("sub_kegiatan_name").str.contains(f"(?i){words}").fill_null(value=False)


def plain_code(code: pl.Expr) -> pl.Expr:
    """Return a code whose last segment has no leading zeros."""
    # The older nomenclature numbers a sub kegiatan 05, the newer one 0005: the same line under both.
    return code.str.replace(r"\.0*(\d+)$", ".$1")


def _plain_code(code: str) -> str:
    head, _, last = code.rpartition(".")
    return f"{head}.{int(last)}"
