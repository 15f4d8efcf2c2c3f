"""Where things stand in a table of indicators: title and header rows, the column of names, the columns of values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.repairs.places import names_regions
from nangkis.intake.rules import Rules
from nangkis.vocabulary.sources import column_letter


@dataclass(frozen=True)
class HeadedColumn:
    """A column with numbers below its header; ``own`` is what its header says, with what spans it from the left."""

    letter: str
    own: str


@dataclass(frozen=True)
class Shape:
    """The parts of a table. ``header_rows`` counts the leading rows that are not data; the letters name columns.

    ``first_names`` are the names in the first rows of data.
    """

    header_rows: int
    titles: tuple[str, ...]
    name: str
    code: str | None
    values: tuple[HeadedColumn, ...]
    first_names: tuple[str, ...]


@dataclass(frozen=True)
class SheetSeen:
    """A sheet and what it is read by; its shape is found once, however many layouts ask for it.

    ``others`` are the other sheets of its file: a list of offices may stand on one of them.
    """

    sheet: Sheet
    rules: Rules
    others: tuple[Sheet, ...] = ()

    @cached_property
    def shape(self) -> Shape | None:
        """The parts of a table of names and numbers; None when it is none."""
        return shape_of(self.sheet, self.rules)


def shape_of(sheet: Sheet, rules: Rules) -> Shape | None:
    """Return the parts of a table of names and numbers; None when no row has both."""
    head = sheet.head(rules.thresholds.header_rows * 2)
    first = next((index for index, row in enumerate(head) if _is_data(row, rules)), None)
    if first is None or first > rules.thresholds.header_rows:
        return None
    body = [row for row in head[first:] if _is_data(row, rules)]
    letters = [column.letter for column in sheet.columns]
    name = _name_column(head[:first], body)
    # A province's heading, or a first row whose numbers are broken, already belongs to the table.
    while first and names_regions([head[first - 1][name]]):
        first -= 1
    header = head[:first]
    code = _code_column(header, body, name)
    alone = _lone_rows(sheet, header)
    own = [row for row, is_lone in zip(header, alone, strict=True) if not is_lone]
    lone = [row for row, is_lone in zip(header, alone, strict=True) if is_lone]
    spanned = _with_titles(_spanned(own, {name, name if code is None else code}, width=len(letters)), lone, name)
    values = tuple(
        HeadedColumn(letter, spanned[index])
        for index, letter in enumerate(letters)
        if index not in (name, code) and _holds_values(index, own, body, spanned[index])
    )
    titles = tuple(
        " ".join(filter(None, row)) if is_lone else row[name]
        for row, is_lone in zip(header, alone, strict=True)
        if is_lone or row[name]
    )
    names = tuple(row[name] for row in body if row[name])
    return Shape(first, titles, letters[name], None if code is None else letters[code], values, names)


def _lone_rows(sheet: Sheet, header: list[list[str]]) -> list[bool]:
    """Return which header rows are titles: one filled cell, which speaks of the whole table wherever it stands.

    Words merged over several columns to the right of the first are a header of those columns.
    """
    letters = [column.letter for column in sheet.columns]
    wide = {(top, column_letter(left)) for top, left, _, right in sheet.merged if right > left}
    answer = []
    for number, row in zip(sheet.rows.to_list(), header, strict=False):
        filled = [letter for letter, cell in zip(letters, row, strict=True) if cell]
        answer.append(len(filled) == 1 and (filled[0] == letters[0] or (number, filled[0]) not in wide))
    return answer


def _with_titles(spanned: list[str], lone: list[list[str]], name: int) -> list[str]:
    """Return the headers with the titles that stand above a column of values which says no more than a year itself."""
    return [
        " ".join(filter(None, (*(row[index] for row in lone), own))) if index > name and words.is_bare(own) else own
        for index, own in enumerate(spanned)
    ]


def _is_data(row: list[str], rules: Rules) -> bool:
    years = rules.thresholds.years
    named = any(words.is_name(cell) for cell in row)
    return named and any(words.is_value(cell, **years) for cell in row)


def _name_column(header: list[list[str]], body: list[list[str]]) -> int:
    """Return the column with most words; of several, the one headed as kabupaten or kota, else as a region."""

    def fitness(index: int) -> tuple[bool, bool, int, int]:
        heads = words.plain(" ".join(row[index] for row in header))
        filled = sum(words.is_name(row[index]) for row in body)
        mostly = 2 * filled > len(body)
        return (
            mostly,
            mostly and words.REGENCY_HEADERS.search(heads) is not None,
            filled + len(body) * (words.NAME_HEADERS.search(heads) is not None),
            -index,
        )

    return max(range(len(body[0])), key=fitness)


def _code_column(header: list[list[str]], body: list[list[str]], name: int) -> int | None:
    for index in range(len(body[0])):
        headed = any(words.CODE_HEADERS.search(words.plain(row[index])) for row in header)
        if index != name and headed and any(words.SIMPLE_NUMBER.match(row[index]) for row in body):
            return index
    return None


def _holds_values(index: int, header: list[list[str]], body: list[list[str]], heads: str) -> bool:
    """Say whether a column is one of values: an indicator stands above it, or numbers mostly do below its header."""
    if any(words.NUMBERING_HEADERS.match(words.plain(row[index])) for row in header):
        return False
    if words.indicator_in(heads) is not None:
        return True
    if _is_running(row[index] for row in body):
        return False
    filled = [row[index] for row in body if row[index]]
    numeric = sum(bool(words.SIMPLE_NUMBER.match(cell) or words.MISSING_MARK.match(cell)) for cell in filled)
    return numeric > 0 and (2 * numeric > len(filled) or words.YEAR.search(heads) is not None)


def _is_running(cells: Iterable[str]) -> bool:
    """Say whether cells number their rows: 1, 2, 3 and so on, blank ones aside, beginning again below a heading."""
    filled = [cell.rstrip(".") for cell in cells if cell]
    if len(filled) < 2 or not all(cell.isascii() and cell.isdigit() for cell in filled):  # noqa: PLR2004 - one is no run
        return False
    steps = [(int(before), int(here)) for before, here in pairwise(("0", *filled))]
    rising = sum(here == before + 1 for before, here in steps)
    return rising > len(steps) / 2 and all(here in (1, before + 1) for before, here in steps)


def _spanned(header: list[list[str]], left_out: set[int], *, width: int) -> list[str]:
    """Return each column's header words; a blank header cell takes the words that span it from the left.

    Words do not span the column of names or codes.
    """
    found: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        spanning = ""
        for index in range(width):
            if index in left_out:
                spanning = ""
                continue
            spanning = row[index] or spanning
            if spanning and not words.BRACKETED_ORDINAL.match(spanning):
                found[index].append(spanning)
    return [" ".join(parts) for parts in found]
