"""The header of a printed RKPD: several rows, code parts in columns of their own; which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.pagu_header import Header
from nangkis.intake.layouts.rkpd_codes import LEVELS
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.rules import Rules
from nangkis.vocabulary.sources import column_letter


# The first that a header matches is what its column holds; None is a column of another moment: it is not read.
ROLES: tuple[tuple[str | None, re.Pattern[str]], ...] = (
    (None, re.compile(r"prakiraan maju|\bn ?\+ ?1\b|\btahun lalu\b|\bn ?- ?[12]\b")),
    (None, re.compile(r"^(?!.*\b(?:menjadi|sesudah|setelah)\b).*\b(?:semula|sebelum|induk|murni)\b")),
    ("code", re.compile(r"^kode\b")),
    ("indicator", re.compile(r"^(?:indikator|tolok ukur)\b")),
    ("sub_kegiatan", re.compile(r"\bprogram\b.*\bkegiatan\b")),
    ("location", re.compile(r"\blokasi\b")),
    ("fund", re.compile(r"\bsumber (?:dana|pendanaan)\b")),
    ("amount", re.compile(r"\b(?:pagu|plafon|kebutuhan dana|dana indikatif)\b|(?<!tahun )\banggaran\b")),
    ("target", re.compile(r"\btarget\b|^menjadi$|^(?:sesudah|setelah)(?: perubahan)?$")),
    ("amount", re.compile(r"^(?:perubahan )?rkpd(?: tahun)?(?: (?:19|20)[0-9]{2})?(?: perubahan)?$")),
    ("office", re.compile(r"\b(?:perangkat daerah|opd|skpd)\b")),
)
CHANGED = re.compile(r"\b(?:menjadi|sesudah|setelah|perubahan)\b")
PART = re.compile(r"[0-9][0-9.]*")


@dataclass(frozen=True)
class PrintedHeader(Header):
    """The header; ``first`` is the index of its first row, ``row`` of its last, ``codes`` the columns of code parts."""

    first: int
    codes: tuple[str, ...]

    def kinds(self, below: pl.Series) -> pl.Series:
        """Return what every row of the sheet is, from what those below the header are."""
        above = [RowKind.TITLE.value] * self.first + [RowKind.HEADING.value] * (self.row + 1 - self.first)
        return pl.concat([pl.Series(above, dtype=pl.String), below])


def find_printed_header(sheet: Sheet, rules: Rules) -> PrintedHeader | None:
    """Return the header: from the row that names codes and levels to the row above the first code; None without one."""
    letters = [column.letter for column in sheet.columns]
    head = sheet.head(rules.thresholds.header_rows)
    first = next((index for index, row in enumerate(head) if {"code", "sub_kegiatan"} <= {*map(_role, row)}), None)
    if first is None:
        return None
    codes = _code_columns(head[first], letters)
    names = [letters[index] for index, cell in enumerate(head[first]) if _role(cell) == "sub_kegiatan"]
    at = {letter: letters.index(letter) for letter in (codes[0], names[0])}
    below = range(first + 1, len(head))
    data = next((i for i in below if _is_data(head[i][at[codes[0]]], head[i][at[names[0]]])), None)
    if data is None:
        return None
    cells = _joined(sheet, head[first:data], first)
    found = _columns(cells, codes)
    amounts = tuple(found.get("amount", ()))
    one = {role: _changed(of_role, cells)[0] for role, of_role in found.items()}
    return PrintedHeader(
        data - 1, one | _levels(codes), cells, amounts=_changed(amounts, cells), first=first, codes=codes
    )


def _role(cell: str) -> str | None:
    plain = words.plain(cell)
    return next((role for role, pattern in ROLES if pattern.search(plain)), None)


def _code_columns(row: list[str], letters: list[str]) -> tuple[str, ...]:
    """Return the column headed as code, and those right of it that have no header of their own."""
    start = next(index for index, cell in enumerate(row) if _role(cell) == "code")
    more = takewhile(lambda index: not row[index] or _role(row[index]) == "code", range(start + 1, len(row)))
    return (letters[start], *(letters[index] for index in more))


def _is_data(code: str, name: str) -> bool:
    """Say whether a row is the first of data: a row of numbered columns has a number for a name."""
    return PART.fullmatch(code) is not None and words.is_name(name)


def _joined(sheet: Sheet, head: list[list[str]], first: int) -> dict[str, str]:
    """Return what the header says above each column, from the top; words merged over several columns head them all."""
    letters = [column.letter for column in sheet.columns]
    numbers = sheet.rows.slice(first, len(head)).to_list()
    wide = {(top, column_letter(left)): right - left for top, left, _, right in sheet.merged if right > left}
    found: dict[str, list[str]] = {letter: [] for letter in letters}
    for number, row in zip(numbers, head, strict=True):
        for index, cell in enumerate(row):
            if not cell or words.BRACKETED_ORDINAL.match(cell):
                continue
            span = wide.get((number, letters[index]), 0)
            for letter in letters[index : index + span + 1]:
                if cell not in found[letter]:
                    found[letter].append(cell)
    return {letter: " ".join(cells) for letter, cells in found.items()}


def _columns(cells: Mapping[str, str], codes: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for letter, cell in cells.items():
        role = None if letter in codes else _role(cell)
        if role is not None and role != "code":
            found.setdefault(role, []).append(letter)
    return found


def _changed(of_role: Iterable[str], cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of several columns that say they are of the changed plan; all when none or every one does."""
    every = tuple(of_role)
    return tuple(letter for letter in every if CHANGED.search(words.plain(cells[letter]))) or every


def _levels(codes: tuple[str, ...]) -> dict[str, str]:
    """Return the column of each level's part of the code: the last one where the parts are fewer than the levels."""
    *above, lowest = LEVELS
    last = len(codes) - 1
    return {f"{level}_code": codes[min(place, last)] for place, level in enumerate(above)} | {
        f"{lowest}_code": codes[last]
    }
