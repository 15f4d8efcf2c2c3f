"""The raw pagu files, and large ones for benchmarks: office, sub kegiatan and amount, code and name in one cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from nangkis.example import names
from nangkis.example.flaws import flaws_of, plant, positions
from nangkis.example.grids import (
    Cell,
    Dialect,
    Grid,
    Worksheet,
    comma_decimal,
    csv_bytes,
    open_workbook,
    workbook_bytes,
    write_row,
)
from nangkis.example.nomenclature import SALARIES, Line, Office, offices
from nangkis.example.places import BUDGET_KABUPATEN, BUDGET_KOTA, FICTIONAL, Place


HEADS: list[Cell] = ["OPD", "Sub Kegiatan", "Pagu"]
SHEET = "Pagu"
TOTAL = "TOTAL"
TITLE_ROWS = 2
OFFICE, LINE, AMOUNT = range(3)
JUTA = 1_000_000
BLANK_ONE_IN = 6  # about 15 % of the amounts are left empty; in a real file it was 37 %
NEVER_BLANK_RUPIAH = 2_500 * JUTA
SUPPORT, SUPPORT_OF_KECAMATAN, SUPPORT_IN_KOTA = 8, 5, 4
# Rows of the finished sheet, counted from 0, that are put in between: the line above once more, and a code with a
# letter where a zero belongs.
REPEATED_ROWS, REPEATED_RUPIAH = (17, 149), 35 * JUTA
MALFORMED_ROW, MALFORMED_RUPIAH = 153, 48 * JUTA
MALFORMED = "1.06.O4.2.01.0003 Penyediaan Alat Bantu"
BLANK_ROW_IN_KOTA = 79


def budget_files(generator: Random) -> dict[str, bytes]:
    """Return the pagu files by name."""
    return {names.PAGU_KABUPATEN: _kabupaten(generator), names.PAGU_KOTA: _kota(generator)}


def big_pagu(path: Path, *, rows: int, seed: int) -> None:
    """Write a pagu workbook of ``rows`` lines, with memory that does not grow with them; no key is repeated."""
    with open_workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        write_row(page, 0, [_title(BUDGET_KABUPATEN)])
        write_row(page, 1, HEADS)
        lines = itertools.islice(_endless(Random(seed)), rows)  # noqa: S311 - invented amounts, no secrets
        for number, cells in enumerate(lines, start=TITLE_ROWS):
            write_row(page, number, cells)


def _endless(generator: Random) -> Iterator[list[Cell]]:
    """Every office with all its lines, again and again under another number of its unit."""
    for number, office in enumerate(itertools.cycle(offices(BUDGET_KABUPATEN)), start=1):
        head = f"{office.code[: -len('00.0000')]}{number % 100:02d}.{number // 100:04d} {office.name}"
        for line in office.lines(support=len(office.support)):
            blank = generator.randrange(BLANK_ONE_IN) == 0
            yield [head, line.text, None if blank else _amount(generator, line)]


def _kabupaten(generator: Random) -> bytes:
    grid = _table(
        generator, BUDGET_KABUPATEN, ((office, _kabupaten_lines(office)) for office in offices(BUDGET_KABUPATEN))
    )
    for row in REPEATED_ROWS:
        grid.insert(row, [*grid[row - 1][:AMOUNT], REPEATED_RUPIAH])
    grid.insert(MALFORMED_ROW, [grid[MALFORMED_ROW - 1][OFFICE], MALFORMED, MALFORMED_RUPIAH])
    _leave_blanks(generator, grid, names.PAGU_KABUPATEN)
    plant(names.PAGU_KABUPATEN, grid)
    # A sum in a spreadsheet passes over amounts that are text: the total is too small by just these.
    grid.append([TOTAL, None, _sum(grid)])
    return workbook_bytes([Worksheet(SHEET, grid)])


def _kabupaten_lines(office: Office) -> tuple[Line, ...]:
    return office.lines(support=SUPPORT_OF_KECAMATAN if office.is_kecamatan else SUPPORT)


def _kota(generator: Random) -> bytes:
    """The smaller file: fewer offices, every other line, amounts with a decimal comma, and a total that is right."""
    chosen = (office for office in offices(BUDGET_KOTA) if office.in_kota)
    grid = _table(
        generator, BUDGET_KOTA, ((office, office.lines(support=SUPPORT_IN_KOTA, every=2)) for office in chosen)
    )
    grid.insert(BLANK_ROW_IN_KOTA, ["", "", ""])
    _leave_blanks(generator, grid, names.PAGU_KOTA)
    amounts = [list(row) for row in grid]
    plant(names.PAGU_KOTA, grid)
    total = _sum(row for row, planted in zip(amounts, grid, strict=True) if planted[AMOUNT] != "-")
    grid.append([TOTAL, "", comma_decimal(total)])
    return csv_bytes(grid, Dialect(delimiter=";"))


def _table(generator: Random, place: Place, chosen: Iterable[tuple[Office, tuple[Line, ...]]]) -> Grid:
    grid: Grid = [[_title(place), None, None], HEADS]
    for office, lines in chosen:
        head = f"{office.code} {office.name}"
        grid += [[head, line.text, _amount(generator, line)] for line in lines]
    return grid


def _title(place: Place) -> str:
    return f"{FICTIONAL} - Pagu RKPD {names.BUDGET_YEAR} {place.name}"


def _amount(generator: Random, line: Line) -> int:
    """Some amount around the usual one, in whole hundreds of rupiah."""
    return line.juta * JUTA // 100 * generator.randint(70, 130) // 10_000 * 10_000 + generator.randint(1, 99) * 100


def _leave_blanks(generator: Random, grid: Grid, file: str) -> None:
    """Leave about one amount in six empty, but no salaries, no large one and none in a row with a flaw of its own."""
    single = (flaw.cells for flaw in flaws_of(file) if ":" not in flaw.cells)
    kept = {row for cells in single for row, _ in positions(cells)} | {row - 1 for row in REPEATED_ROWS}
    for number, row in enumerate(grid[TITLE_ROWS:], start=TITLE_ROWS):
        amount = row[AMOUNT]
        chosen = generator.randrange(BLANK_ONE_IN) == 0
        small = isinstance(amount, int) and amount < NEVER_BLANK_RUPIAH and SALARIES not in str(row[LINE])
        if chosen and small and number not in kept:
            row[AMOUNT] = None


def _sum(rows: Iterable[list[Cell]]) -> int:
    return sum(row[AMOUNT] for row in rows if isinstance(row[AMOUNT], int))  # type: ignore[misc]
