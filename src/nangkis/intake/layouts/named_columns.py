"""The header row of a sheet whose columns are known by their names: where it stands, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.listing import one_repair
from nangkis.intake.layouts import words
from nangkis.intake.layouts.rows import kinds_above
from nangkis.intake.repairs.texts import Tidied, tidy
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Repair, Severity


NOT_OF_A_NAME = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class NamedColumns:
    """Where the header stands (index among rows that are not blank), and the letter of each column by its role.

    ``cells`` is what the header says above each column.
    """

    row: int
    letters: dict[str, str]
    cells: dict[str, str]

    def below(self, sheet: Sheet, role: str) -> Column:
        """Return a column's cells below the header."""
        return sheet.column(self.letters[role]).from_row(self.row + 1)

    def texts(self, sheet: Sheet, role: str) -> Tidied:
        """Return a column's cells below the header as tidied words; all null where the sheet has no such column."""
        if role in self.letters:
            return tidy(self.below(sheet, role).label)
        height = sheet.height - self.row - 1
        none = pl.repeat(None, height, eager=True, dtype=pl.String)
        return Tidied(none, pl.repeat(value=False, n=height, eager=True, dtype=pl.Boolean))

    def tidied(self, sheet: Sheet, roles: Iterable[str]) -> Iterator[tuple[str, str, pl.Series]]:
        """Yield, as ``repairs`` takes it, which texts of these columns were tidied."""
        for role in roles:
            if role in self.letters:
                yield "spaces-tidied", role, self.texts(sheet, role).changed

    def mask(self, below: pl.Series) -> pl.Series:
        """Return a mask over all rows of the sheet from one over those below the header."""
        return pl.concat([pl.repeat(value=False, n=self.row + 1, eager=True, dtype=pl.Boolean), below])

    def kinds(self, below: pl.Series) -> pl.Series:
        """Return what every row of the sheet is, from what those below the header are."""
        return pl.concat([kinds_above(self.row), below])

    def repairs(self, masks: Iterable[tuple[str, str, pl.Series]], sheet: Sheet, rules: Rules) -> Iterator[Repair]:
        """Yield what was mended; a mask has the repair's code, the column's role, and which cells below it touched."""
        for code, role, mask in masks:
            yield from one_repair(code, sheet, self.letters[role], self.mask(mask), rules.limits)

    def shown(self, letters: Sequence[str]) -> str:
        """Return columns as a person finds them: ``C ('Pagu'), D``."""
        return ", ".join(f"{letter} ('{self.cells[letter]}')" if self.cells[letter] else letter for letter in letters)

    def stored_as(self, roles: Mapping[str, str]) -> str:
        """Return the letters of stored columns by the roles that they come from: ``families_1=D,fsva=N``."""
        return ",".join(f"{name}={self.letters[role]}" for name, role in roles.items() if role in self.letters)


def slug(header: str) -> str:
    """Return a header in small letters, its words parted by underscores.

    >>> slug(" Kode  SKPD")
    'kode_skpd'
    """
    return NOT_OF_A_NAME.sub("_", header.casefold()).strip("_")


def named_columns(sheet: Sheet, rules: Rules, role_of: Callable[[str], str | None]) -> NamedColumns:
    """Return the first row that names the most columns; ``role_of`` knows a column by its header's cell."""
    letters = [column.letter for column in sheet.columns]
    best = NamedColumns(0, {}, {})
    for index, row in enumerate(sheet.head(rules.thresholds.header_rows)):
        cells = dict(zip(letters, row, strict=True))
        found: dict[str, str] = {}
        for letter, cell in cells.items():
            role = role_of(cell)
            if role is not None:
                found.setdefault(role, letter)
        if len(found) > len(best.letters):
            best = NamedColumns(index, found, cells)
    return best


def columns_not_read(columns: NamedColumns, sheet: Sheet, rules: Rules) -> tuple[Finding, ...]:
    """Return one finding that lists the columns that were not read, a column of running numbers left out."""
    read, most = set(columns.letters.values()), rules.limits.addresses
    unread = [
        letter
        for letter, cell in columns.cells.items()
        if letter not in read and not words.NUMBERING_HEADERS.match(words.plain(cell))
    ]
    if not unread:
        return ()
    shown = columns.shown(unread[:most]) + (", …" if len(unread) > most else "")
    return (Finding("columns-not-read", Severity.NOTE, sheet.name, {"count": len(unread), "columns": shown}),)
