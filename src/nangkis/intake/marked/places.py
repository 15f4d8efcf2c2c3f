"""Where a finding stands: the cells that an address such as ``Sheet1!C4, C9`` or ``Sheet1!C`` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nangkis.intake.cells.sheet import Sheet
from nangkis.vocabulary.findings import ColumnCells
from nangkis.vocabulary.sources import column_letter


ROWS, COLUMNS = 1_048_576, 16_384  # what a sheet of Excel has
_PART = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})?(?::[A-Z]{1,3}(?:[0-9]{1,7})?)?|(?P<only>[0-9]{1,7})")

# Row and column, both counted from 0.
Place = tuple[int, int]


def places_of(at: str, sheet: Sheet) -> tuple[Place, ...]:
    """Return the cells that an address names in this sheet, a column or a range by its head; none for a whole sheet.

    An address of another sheet names nothing here, and neither does what lies outside of Excel's sheet.
    """
    if not at.startswith(f"{sheet.name}!"):
        return ()
    parts = (_PART.fullmatch(part.strip()) for part in at.removeprefix(f"{sheet.name}!").split(","))
    found = (_place(part, sheet) for part in parts if part is not None)
    return tuple(dict.fromkeys(place for place in found if _inside(place)))


def places_in(cells: Iterable[ColumnCells]) -> Iterator[Place]:
    """Yield the places of cells, column by column, without those that lie outside of Excel's sheet."""
    for of_column in cells:
        column = column_index(of_column.column)
        yield from filter(_inside, ((row - 1, column) for row in of_column.rows))


def of_sheet(at: str, sheet: Sheet) -> bool:
    """Say whether an address is this sheet, or lies in it."""
    return at == sheet.name or at.startswith(f"{sheet.name}!")


def cells_named(at: str) -> int | None:
    """Return how many cells an address names one by one; None where it names a column, a range or a whole sheet.

    >>> [cells_named(at) for at in ("Pagu!C4", "Pagu!C4, C9, …", "Pagu!C", "Pagu!C4:C9", "Pagu")]
    [1, 2, None, None, None]
    """
    _, inside, told = at.rpartition("!")
    cells = [part for part in told.split(", ") if part != "…"]
    single = inside and all(re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", cell) for cell in cells)
    return len(cells) if single else None


def names_cells(at: str, sheet: Sheet) -> bool:
    """Say whether an address is one single cell of this sheet, so that a comment there needs no address."""
    return re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", at.removeprefix(f"{sheet.name}!")) is not None


def address(place: Place) -> str:
    """Return a cell as Excel writes it.

    >>> address((411, 2))
    'C412'
    """
    row, column = place
    return f"{column_letter(column)}{row + 1}"


def column_index(letter: str) -> int:
    """Return the place of a column, counted from 0.

    >>> [column_index(letter) for letter in ("A", "Z", "AA", "XFD")]
    [0, 25, 26, 16383]
    """
    index = 0
    for each in letter:
        index = index * 26 + ord(each) - ord("A") + 1
    return index - 1


def _place(part: re.Match[str], sheet: Sheet) -> Place:
    if part["only"]:
        first = sheet.columns[0].letter if sheet.columns else "A"
        return int(part["only"]) - 1, column_index(first)
    row = int(part["row"]) if part["row"] else _head(sheet, part["column"])
    return row - 1, column_index(part["column"])


def _head(sheet: Sheet, letter: str) -> int:
    """Return the first row, counted from 1, in which a column holds anything; else the sheet's first row."""
    for column in sheet.columns:
        if column.letter == letter:
            filled = (column.text.is_not_null() | column.number.is_not_null()).arg_max()
            return int(sheet.rows[filled or 0])
    return int(sheet.rows[0]) if sheet.height else 1


def _inside(place: Place) -> bool:
    row, column = place
    return 0 <= row < ROWS and 0 <= column < COLUMNS
