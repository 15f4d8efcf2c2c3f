"""A workbook in which nothing runs: every text is written as text, every number as a number."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from nangkis.intake.marked.marks import shortened


CELL_LETTERS = 32_767
_LINKS = 60_000  # Excel takes 65,530 in one sheet
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed day, so that the same content gives the same bytes
_TAB_LETTERS = 31

# xlsxwriter has no types for its worksheets and formats.
Page = Any
Look = Any


class _Exact(float):
    """A number that is printed with every digit it needs: the writer's own sixteen lose the last one."""

    __slots__ = ()

    def __format__(self, _: str, /) -> str:
        return float.__repr__(self)


@dataclass
class Book:
    """The workbook being written, its looks, and how many texts were too long for a cell."""

    stream: io.BytesIO = field(default_factory=io.BytesIO)
    cut: int = 0
    links: int = 0
    _looks: dict[tuple[tuple[str, Any], ...], Look] = field(default_factory=dict)
    _tabs: set[str] = field(default_factory=lambda: {"history"})  # a name that Excel keeps for itself

    def __post_init__(self) -> None:
        """Open the workbook; rows go to a temporary file, so that a long sheet takes no memory."""
        no_guessing = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook = xlsxwriter.Workbook(self.stream, {"constant_memory": True, **no_guessing})
        self.workbook.set_properties({"author": "Nangkis", "created": _MADE})

    def page(self, wanted: str) -> tuple[Page, str]:
        """Add a sheet under this name, or the nearest that Excel takes and no other sheet has."""
        name = tab_name(wanted, self._tabs)
        self._tabs.add(name.casefold())
        return self.workbook.add_worksheet(name), name

    def look(self, **wanted: Any) -> Look:
        """Return the format with these properties, the same one each time."""
        key = tuple(sorted(wanted.items()))
        if key not in self._looks:
            self._looks[key] = self.workbook.add_format(wanted)
        return self._looks[key]

    def text(self, page: Page, row: int, column: int, text: str, look: Look = None) -> None:
        """Write a text as text, whatever it looks like."""
        whole = text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
        written = shortened(whole, CELL_LETTERS)
        self.cut += written != whole
        if written.startswith("<r>") and written.endswith("</r>"):  # the writer would take it for its own markup
            page.write_rich_string(row, column, "<", self.look(italic=False), written[1:], *([look] if look else []))
        else:
            page.write_string(row, column, written, look)

    def number(self, page: Page, row: int, column: int, number: float, look: Look = None) -> None:
        """Write a number with all its digits; what is no finite number has no cell of its own kind, so it is text."""
        if not math.isfinite(number):
            self.text(page, row, column, str(number), look)
            return
        same = float(f"{number:.16G}") == number
        page.write_number(row, column, number if same else _Exact(number), look)

    def link(self, page: Page, row: int, column: int, text: str, *, target: str, look: Look) -> None:
        """Write a text that leads to a cell of this workbook, such as ``'Sheet1'!C4``."""
        if self.links < _LINKS:
            page.write_url(row, column, f"internal:{target}", look, "-")
            self.links += 1
        self.text(page, row, column, text, look)

    def content(self) -> bytes:
        """Close the workbook and return it whole."""
        self.workbook.close()
        return self.stream.getvalue()


def tab_name(wanted: str, taken: set[str]) -> str:
    """Return a sheet's name that Excel takes: 31 letters at most, none of its signs, not among ``taken`` (casefolded).

    >>> tab_name("Data [1]", {"data -1-"})
    'Data -1- (2)'
    """
    plain = "".join("-" if each in "[]:*?/\\'" or not each.isprintable() else each for each in wanted)
    base = _units(plain.strip(), _TAB_LETTERS) or "-"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        end = f" ({count})"
        name = _units(base, _TAB_LETTERS - len(end)) + end
    return name


def _units(text: str, most: int) -> str:
    return text.encode("utf-16-le", "replace")[: most * 2].decode("utf-16-le", "ignore").strip()
