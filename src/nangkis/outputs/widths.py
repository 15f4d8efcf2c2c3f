"""Column widths: as asked, but no narrower than the longest word or number, which would break in its middle."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from nangkis.content.catalogue import Language
from nangkis.content.numbers import print_figure
from nangkis.content.sentences import Value, spoken
from nangkis.content.tree import Cell, Column, Marked, Missing, Table
from nangkis.outputs import tokens
from nangkis.outputs.letters import text_width
from nangkis.vocabulary.figures import Figure
from nangkis.vocabulary.units import Unit


CELL_MARGIN_POINTS = 4.5
_SLACK_POINTS = 1.0  # renderers round widths: a number that fits exactly is broken in some columns
_POINTS_PER_MM = 72 / 25.4
_MARK = "n "  # as wide as the sign before a verdict, which does not stand alone on a line
_BREAKS = re.compile(r"[\s\-–/]+")
# One address or file name without spaces must not push the other columns off the page.
_WIDEST_SHARE = 0.35
# Rows that are taller on average are read worse than a page that must be turned.
_TALLEST_ROW_LINES = 4.0
_TALLEST_HEAD_LINES = 2.5
_LINES_KEPT = 12  # of a table's end: about a third of a sideways page
_ROWS_KEPT = 3


def column_widths(table: Table, language: Language, width_mm: float) -> list[float]:
    """Return the columns' widths in points; together they are ``width_mm``."""
    return _widths(table, _least_widths(table, language), language, width_mm * _POINTS_PER_MM)


def fits(table: Table, language: Language, width_mm: float) -> bool:
    """Say whether a table reads well at this width: no word or number breaks, and its rows stay low on average."""
    least, whole = _least_widths(table, language), width_mm * _POINTS_PER_MM
    if sum(least) > whole:
        return False
    widths = _widths(table, least, language, whole)
    lines = [max(map(_lines, row.cells, widths, [language] * len(widths))) for row in table.rows]
    return sum(lines) <= _TALLEST_ROW_LINES * len(lines)


def kept_at_end(table: Table, widths: list[float], language: Language) -> int:
    """Return how many last rows stay together: a few lines alone on a page, which may be sideways, look forgotten.

    Never more than half of the rows; of tall rows three are enough. ``widths`` are those of the columns in points.
    """
    lines, kept = 0, 0
    for row in reversed(table.rows):
        lines += max(map(_lines, row.cells, widths, [language] * len(widths)))
        kept += 1
        if lines >= _LINES_KEPT:
            break
    return max(_ROWS_KEPT, min(kept, len(table.rows) // 2))


def fitted(wanted: list[float], least: list[float]) -> list[float]:
    """Raise the widths that are too small, and take it from the others in proportion; the sum stays.

    >>> fitted([10.0, 45.0, 45.0], [20.0, 0.0, 0.0])
    [20.0, 40.0, 40.0]
    """
    whole = sum(wanted)
    over = sum(least) - whole
    if 0 < over <= max(least) / 4:  # better one long word breaks than every number
        least = [width - over if place == least.index(max(least)) else width for place, width in enumerate(least)]
    if over >= 0:
        return [width / sum(least) * whole for width in least]
    raised: set[int] = set()
    while True:
        room = whole - sum(least[place] for place in raised)
        others = sum(width for place, width in enumerate(wanted) if place not in raised)
        widths = [least[place] if place in raised else width / others * room for place, width in enumerate(wanted)]
        short = {place for place, width in enumerate(widths) if width < least[place]} - raised
        if not short:
            return widths
        raised |= short


def _widths(table: Table, least: list[float], language: Language, whole: float) -> list[float]:
    asked = sum(column.width for column in table.columns)
    wanted = [column.width / asked * whole for column in table.columns]
    held = [min(width, whole * _WIDEST_SHARE) for width in least]
    low = [max(width, _low_head(column, language)) for width, column in zip(held, table.columns, strict=True)]
    # A head may get high where room lacks; a word or number breaks last.
    return fitted(wanted, low if sum(low) <= whole else held)


def _least_widths(table: Table, language: Language) -> list[float]:
    return [_least(table, place, language) for place in range(len(table.columns))]


def _least(table: Table, place: int, language: Language) -> float:
    cells = [row.cells[place] for row in table.rows]
    words = set(_BREAKS.split(spoken(table.columns[place].title, language)))
    words |= {print_figure(each, language) for each in _longest(cells)}
    words |= {piece for cell in cells for piece in _pieces(cell, language)}
    widest = max(map(_width, words))  # not that of most letters: "berkembang" is wider than "tertinggal"
    return widest + 2 * CELL_MARGIN_POINTS + _SLACK_POINTS


def _low_head(column: Column, language: Language) -> float:
    """Return a width at which a column's head takes few lines, which break at its words."""
    return _width(spoken(column.title, language)) / _TALLEST_HEAD_LINES + 2 * CELL_MARGIN_POINTS


def _longest(cells: list[Cell]) -> Iterable[Figure]:
    """Return the figures of which one is printed longest: of those printed alike, the one furthest from nothing."""
    found: dict[tuple[Unit, int, bool], Figure] = {}
    for cell in cells:
        if isinstance(cell, Figure):
            alike = cell.unit, cell.places, cell.value < 0
            # Python compares a Decimal with a float exactly, which its type stubs do not know.
            if alike not in found or abs(cell.value) > abs(found[alike].value):  # type: ignore[operator]
                found[alike] = cell
    return found.values()


def _pieces(cell: Cell, language: Language) -> list[str]:
    """Return the words of a cell that is not just a number."""
    value: Value
    match cell:
        case Figure() | Missing():
            return []
        case Marked():
            first, *rest = _BREAKS.split(spoken(cell.words, language))
            return [_MARK + first, *rest]
        case _:
            value = cell
    return _BREAKS.split(spoken(value, language))


def _lines(cell: Cell, width: float, language: Language) -> int:
    """Return about how many lines a cell takes in a column of ``width`` points."""
    if isinstance(cell, Missing):
        return 1
    value = cell.words if isinstance(cell, Marked) else cell
    return max(1, math.ceil(_width(spoken(value, language, bare=True)) / (width - 2 * CELL_MARGIN_POINTS)))


def _width(text: str) -> float:
    return text_width(text, tokens.TABLE_POINTS, bold=True)
