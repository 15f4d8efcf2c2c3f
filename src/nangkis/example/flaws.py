"""What is wrong with the example's files on purpose, and where: for the readme, and to test that intake finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from nangkis.example import names
from nangkis.example.grids import Cell, Grid, comma_decimal, dotted_thousands
from nangkis.example.places import BUDGET_KABUPATEN, BUDGET_KOTA, CHILD, PLACES, POSTURE_YEARS


CHILD_NAME = next(place.name for place in PLACES if place.code == CHILD)


class Outcome(StrEnum):
    """What a good reader does with a flaw."""

    READ = "read"  # nothing is lost and nothing need be said
    REPAIRED = "repaired"  # mended, and the repair is reported
    MISSING = "missing"  # the row is kept without a value, with the reason
    NOTICED = "noticed"  # accepted, with a finding for a person
    REFUSED = "refused"  # not accepted, with a finding
    LISTED = "listed"  # not data: listed among the rows of the frame


class FlawKind(StrEnum):
    """The kinds of flaws; the value is the catalogue's code of the sentence that explains it."""

    DASH = "example.flaw.dash"
    NOT_AVAILABLE = "example.flaw.not-available"
    DOTS = "example.flaw.dots"
    LETTER_O = "example.flaw.letter-o"
    HARD_SPACE = "example.flaw.hard-space"
    DECIMAL_COMMA = "example.flaw.decimal-comma"
    DOTTED_THOUSANDS = "example.flaw.dotted-thousands"
    LOST_THOUSANDS = "example.flaw.lost-thousands"
    LATIN_1 = "example.flaw.latin-1"
    UTF_16 = "example.flaw.utf-16"
    CRLF = "example.flaw.crlf"
    NOTES_BELOW = "example.flaw.notes-below"
    MERGED_TITLE = "example.flaw.merged-title"
    HIDDEN_SHEET = "example.flaw.hidden-sheet"
    BACKFILLED = "example.flaw.backfilled"
    TWO_SOURCES = "example.flaw.two-sources"
    TRAILING_DOT = "example.flaw.trailing-dot"
    LINE_BREAK = "example.flaw.line-break"
    RUPIAH_TEXT = "example.flaw.rupiah-text"
    ZERO = "example.flaw.zero"
    BLANK_AMOUNTS = "example.flaw.blank-amounts"
    BLANK_ROW = "example.flaw.blank-row"
    REPEATED_KEY = "example.flaw.repeated-key"
    MALFORMED_CODE = "example.flaw.malformed-code"
    TOTAL_ROW = "example.flaw.total-row"
    TOTAL_DIFFERS = "example.flaw.total-differs"
    UNIT_UNSAID = "example.flaw.unit-unsaid"
    DAMAGED_LABEL = "example.flaw.damaged-label"


@dataclass(frozen=True)
class Flaw:
    """One flaw: in which file, at which cells (``csv!B12``, ``Pagu!C3:C428``, or ``csv`` for the whole sheet)."""

    file: str
    kind: FlawKind
    at: str
    outcome: Outcome

    @property
    def sheet(self) -> str:
        """The sheet, named as intake names it."""
        return self.at.partition("!")[0]

    @property
    def cells(self) -> str:
        """The cell or range inside the sheet; empty for the whole sheet."""
        return self.at.partition("!")[2]


COMMAS, BARE = (BUDGET_KABUPATEN.name, CHILD_NAME), BUDGET_KOTA.name
PLANTED: tuple[Flaw, ...] = (
    Flaw(names.lines(2019), FlawKind.DASH, "csv!B14", Outcome.MISSING),
    Flaw(names.lines(2020), FlawKind.LOST_THOUSANDS, "csv!B12", Outcome.MISSING),
    Flaw(names.lines(2021), FlawKind.LATIN_1, "csv", Outcome.READ),
    Flaw(names.lines(2021), FlawKind.NOTES_BELOW, "csv!A18", Outcome.LISTED),
    Flaw(names.lines(2022), FlawKind.DOTTED_THOUSANDS, "csv!B4:B16", Outcome.REPAIRED),
    Flaw(names.lines(2023), FlawKind.UTF_16, "csv", Outcome.READ),
    Flaw(names.lines(2024), FlawKind.NOTES_BELOW, "csv!A18:A20", Outcome.LISTED),
    Flaw(names.lines(2025), FlawKind.CRLF, "csv", Outcome.READ),
    Flaw(names.WIDE, FlawKind.MERGED_TITLE, "Data!A1:P1", Outcome.LISTED),
    Flaw(names.WIDE, FlawKind.HIDDEN_SHEET, "Catatan", Outcome.NOTICED),
    Flaw(names.WIDE, FlawKind.HARD_SPACE, "Data!A6", Outcome.REPAIRED),
    Flaw(names.WIDE, FlawKind.NOT_AVAILABLE, "Data!G9", Outcome.MISSING),
    Flaw(names.WIDE, FlawKind.DECIMAL_COMMA, "Data!J3:J14", Outcome.REPAIRED),
    Flaw(names.WIDE, FlawKind.LETTER_O, "Data!J10", Outcome.MISSING),
    Flaw(names.WIDE, FlawKind.BACKFILLED, "Data!C12:E12", Outcome.NOTICED),
    Flaw(names.poor(2023), FlawKind.DOTS, "csv!C3:C16", Outcome.MISSING),
    Flaw(names.poor(2023), FlawKind.DOTS, "csv!E3:E16", Outcome.MISSING),
    Flaw(names.poor(2023), FlawKind.NOTES_BELOW, "csv!A18:A20", Outcome.LISTED),
    Flaw(names.poor(2024), FlawKind.DOTS, "csv!C4:C15", Outcome.MISSING),
    Flaw(names.poor(2024), FlawKind.DOTS, "csv!E4:E15", Outcome.MISSING),
    Flaw(names.poor(2024), FlawKind.DOTS, "csv!G4:G15", Outcome.MISSING),
    Flaw(names.poor(2024), FlawKind.TWO_SOURCES, "csv!F5", Outcome.NOTICED),
    Flaw(names.poor(2025), FlawKind.DOTS, "csv!C4:C15", Outcome.MISSING),
    Flaw(names.poor(2025), FlawKind.DOTS, "csv!E4:E15", Outcome.MISSING),
    Flaw(names.poor(2025), FlawKind.DOTS, "csv!G4:G15", Outcome.MISSING),
    Flaw(names.PAGU_KABUPATEN, FlawKind.TRAILING_DOT, "Pagu!A3:A26", Outcome.REPAIRED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.LINE_BREAK, "Pagu!B45", Outcome.REPAIRED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.RUPIAH_TEXT, "Pagu!C50", Outcome.REPAIRED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.RUPIAH_TEXT, "Pagu!C120", Outcome.REPAIRED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.RUPIAH_TEXT, "Pagu!C233", Outcome.REPAIRED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.ZERO, "Pagu!C61", Outcome.READ),
    Flaw(names.PAGU_KABUPATEN, FlawKind.ZERO, "Pagu!C188", Outcome.READ),
    Flaw(names.PAGU_KABUPATEN, FlawKind.ZERO, "Pagu!C303", Outcome.READ),
    Flaw(names.PAGU_KABUPATEN, FlawKind.REPEATED_KEY, "Pagu!B18", Outcome.NOTICED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.REPEATED_KEY, "Pagu!B150", Outcome.NOTICED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.MALFORMED_CODE, "Pagu!B154", Outcome.REFUSED),
    Flaw(names.PAGU_KABUPATEN, FlawKind.BLANK_AMOUNTS, "Pagu!C3:C430", Outcome.MISSING),
    Flaw(names.PAGU_KABUPATEN, FlawKind.TOTAL_DIFFERS, "Pagu!C431", Outcome.NOTICED),
    Flaw(names.PAGU_KOTA, FlawKind.DECIMAL_COMMA, "csv!C3:C170", Outcome.REPAIRED),
    Flaw(names.PAGU_KOTA, FlawKind.BLANK_AMOUNTS, "csv!C3:C170", Outcome.MISSING),
    Flaw(names.PAGU_KOTA, FlawKind.BLANK_ROW, "csv!A80:C80", Outcome.READ),
    Flaw(names.PAGU_KOTA, FlawKind.DASH, "csv!C90", Outcome.MISSING),
    Flaw(names.PAGU_KOTA, FlawKind.TOTAL_ROW, "csv!A171:C171", Outcome.LISTED),
    *(
        flaw
        for year in POSTURE_YEARS
        for flaw in (
            *(
                Flaw(names.posture(name, year), FlawKind.DECIMAL_COMMA, "csv!B2:C30", Outcome.REPAIRED)
                for name in COMMAS
            ),
            *(
                Flaw(names.posture(name, year), FlawKind.NOTES_BELOW, "csv!A31", Outcome.LISTED)
                for name in (*COMMAS, BARE)
            ),
            Flaw(names.posture(BARE, year), FlawKind.UNIT_UNSAID, "csv", Outcome.NOTICED),
        )
    ),
    Flaw(names.posture(CHILD_NAME, 2023), FlawKind.DAMAGED_LABEL, "csv!A18", Outcome.REPAIRED),
    Flaw(names.posture(CHILD_NAME, 2024), FlawKind.DASH, "csv!B21", Outcome.MISSING),
    Flaw(names.ACCOUNTS, FlawKind.MERGED_TITLE, "Anggaran!A1:V1", Outcome.LISTED),
    Flaw(names.ACCOUNTS, FlawKind.RUPIAH_TEXT, "Anggaran!V50", Outcome.REPAIRED),
    Flaw(names.ACCOUNTS, FlawKind.ZERO, "Anggaran!V61", Outcome.READ),
    Flaw(names.ACCOUNTS, FlawKind.HARD_SPACE, "Anggaran!O70", Outcome.REPAIRED),
    Flaw(names.ACCOUNTS, FlawKind.MALFORMED_CODE, "Anggaran!N1870", Outcome.REFUSED),
    Flaw(names.ACCOUNTS, FlawKind.TOTAL_ROW, "Anggaran!E6028:V6028", Outcome.LISTED),
    Flaw(names.ACCOUNTS, FlawKind.TOTAL_DIFFERS, "Anggaran!V6028", Outcome.NOTICED),
    Flaw(names.RPJMD, FlawKind.MERGED_TITLE, "Program!A1:T1", Outcome.LISTED),
    Flaw(names.RPJMD, FlawKind.HARD_SPACE, "Program!F8", Outcome.REPAIRED),
    Flaw(names.RPJMD, FlawKind.RUPIAH_TEXT, "Program!Q12", Outcome.REPAIRED),
    Flaw(names.DISTRICTS, FlawKind.HARD_SPACE, "csv!B5", Outcome.REPAIRED),
    Flaw(names.DISTRICTS, FlawKind.TOTAL_ROW, "csv!A27:O27", Outcome.LISTED),
    Flaw(names.DISTRICTS, FlawKind.NOTES_BELOW, "csv!A29", Outcome.LISTED),
)

TYPED_AMOUNT = "Rp 125.000.000,-"
PLANTERS: dict[FlawKind, Callable[[Cell], Cell]] = {
    FlawKind.DASH: lambda _: "-",
    FlawKind.DOTS: lambda _: "...",
    FlawKind.NOT_AVAILABLE: lambda _: "n.a.",
    FlawKind.LETTER_O: lambda cell: str(cell)[:-1] + "O",
    FlawKind.HARD_SPACE: lambda cell: str(cell).replace(" ", "\N{NO-BREAK SPACE}"),
    FlawKind.DECIMAL_COMMA: comma_decimal,
    FlawKind.DOTTED_THOUSANDS: dotted_thousands,
    FlawKind.LOST_THOUSANDS: lambda cell: str(cell)[:3],
    FlawKind.TRAILING_DOT: lambda cell: f"{cell}.",
    FlawKind.LINE_BREAK: lambda cell: re.sub(r" (\w+ \w+)$", r"\n\1", str(cell)),
    FlawKind.RUPIAH_TEXT: lambda _: TYPED_AMOUNT,
    FlawKind.ZERO: lambda _: 0,
    FlawKind.MALFORMED_CODE: lambda cell: str(cell).replace(".04.", ".O4.", 1),
    FlawKind.DAMAGED_LABEL: lambda cell: str(cell).replace(" Modal", "odal"),
}


def flaws_of(file: str) -> tuple[Flaw, ...]:
    """Return what is wrong with one file."""
    return tuple(flaw for flaw in PLANTED if flaw.file == file)


def plant(file: str, grid: Grid) -> None:
    """Put the flaws of single cells into a clean grid, in the order of ``PLANTED``."""
    for flaw in flaws_of(file):
        planter = PLANTERS.get(flaw.kind)
        if planter is not None:
            for row, column in positions(flaw.cells):
                grid[row][column] = planter(grid[row][column])


def positions(cells: str) -> list[tuple[int, int]]:
    """Return the rows and columns, counted from 0, of ``B12`` or ``C3:C14``.

    >>> positions("B2:C3")
    [(1, 1), (1, 2), (2, 1), (2, 2)]
    """
    first, _, last = cells.partition(":")
    (top, left), (bottom, right) = _position(first), _position(last or first)
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _position(cell: str) -> tuple[int, int]:
    letter, digits = cell[0], cell[1:]  # no file of the example is wider than column Z
    return int(digits) - 1, ord(letter) - ord("A")
