"""The codes of a printed RKPD: parts in columns of their own, as numbers or texts, put together again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nangkis.intake.cells.sheet import Column, Sheet


# What each level's code looks like, by how many parts it has: 1, 1.01, 1.01.02, 1.01.02.2.01, 1.01.02.2.01.01.
DEPTHS = {1: "urusan", 2: "bidang", 3: "program", 5: "kegiatan", 6: "sub_kegiatan"}
KEGIATAN_PARTS, SUB_KEGIATAN_PARTS = 5, 6
LEVELS = tuple(DEPTHS.values())
DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
PART_DIGITS = 2  # of every part but the first, and the kegiatan's kind


@dataclass(frozen=True)
class CodeRead:
    """One row's code. ``level`` is None when the row has none or a broken one; ``trouble`` says what is broken.

    ``code`` is put together as the nomenclature writes it, and as the file writes it where it is broken.
    """

    code: str | None
    level: str | None = None
    trouble: str | None = None
    filled: bool = False  # a zero that the cell had lost was put back


def read_codes(sheet: Sheet, letters: Sequence[str], start: int, *, two_digits: bool) -> tuple[CodeRead, ...]:
    """Return the code of each row from ``start`` on.

    ``two_digits`` says that the bare number 1 of a sub kegiatan means 01; later nomenclatures have 0001 as well.
    """
    columns = [_cells(sheet.column(letter).from_row(start)) for letter in letters]
    above: tuple[str, ...] = ()
    answer = []
    for cells in zip(*columns, strict=True):
        read = _read(cells, above, two_digits=two_digits)
        answer.append(read)
        if read.level is not None:
            above = tuple(text for text, _ in cells)
    return tuple(answer)


def _cells(column: Column) -> list[tuple[str, bool]]:
    """Return each cell's words, and whether it is a number; a number with decimals has the two of a code."""
    texts = column.text.fill_null("").to_list()
    return [
        (" ".join(text.split()), False) if number is None else (_digits(number), True)
        for text, number in zip(texts, column.number.to_list(), strict=True)
    ]


def _digits(number: float) -> str:
    """Return a number as a code writes it: 2.1 was 2.10, because every second part has two digits."""
    if not math.isfinite(number):
        return str(number)
    if number == int(number):
        return str(int(number))
    two = f"{number:.2f}"
    return two if float(two) == number else str(number)


def _read(cells: Sequence[tuple[str, bool]], above: Sequence[str], *, two_digits: bool) -> CodeRead:
    texts = [text for text, _ in cells]
    is_filled = [bool(text) for text in texts]
    if not any(is_filled):
        return CodeRead(None)
    written = ".".join(filter(None, texts))
    if not is_filled[0] or is_filled != sorted(is_filled, reverse=True):
        # Parts that are merged down from the row above say nothing new: the row goes on with what stands there.
        same = above and all(not text or text == other for text, other in zip(texts, above, strict=True))
        return CodeRead(None) if same else CodeRead(written, trouble="rkpd-code-incomplete")
    if not all(DIGITS.fullmatch(text) for text in filter(None, texts)):
        return CodeRead(written, trouble="sub-kegiatan-code-malformed")
    parts = written.split(".")
    last_is_number = cells[len(list(filter(None, texts))) - 1][1]
    return _together(parts, written, bare=last_is_number, two_digits=two_digits)


def _together(parts: Sequence[str], written: str, *, bare: bool, two_digits: bool) -> CodeRead:
    """Put parts together: those of two digits get the zero that a number has not; the rest must be whole."""
    level = DEPTHS.get(len(parts))
    padded = [parts[0], *(part.zfill(PART_DIGITS) for part in parts[1:3]), *parts[3:KEGIATAN_PARTS]]
    whole = (
        level is not None
        and len(parts[0]) == 1
        and all(len(part) == PART_DIGITS for part in padded[1:3])
        and padded[3:4] in ([], ["1"], ["2"])
        and all(len(part) == PART_DIGITS for part in padded[4:KEGIATAN_PARTS])
    )
    if not whole:
        return CodeRead(written, trouble="sub-kegiatan-code-malformed")
    if len(parts) == SUB_KEGIATAN_PARTS:
        last = parts[-1]
        if not two_digits and (bare or len(last) == 1):
            return CodeRead(written, trouble="rkpd-code-width-unknown")
        padded.append(last.zfill(PART_DIGITS))
        if len(padded[-1]) not in (PART_DIGITS, 2 * PART_DIGITS):
            return CodeRead(written, trouble="sub-kegiatan-code-malformed")
    code = ".".join(padded)
    return CodeRead(code, level, filled=code != written)


def levels_above(codes: Iterable[CodeRead]) -> list[dict[str, int]]:
    """Return, for each row, the index of the row of each level that it stands below."""
    held: dict[str, int] = {}
    answer = []
    for index, read in enumerate(codes):
        if read.level is not None:
            depth = LEVELS.index(read.level)
            held = {level: at for level, at in held.items() if LEVELS.index(level) < depth}
        answer.append(dict(held))
        if read.level is not None and read.level != LEVELS[-1]:
            held[read.level] = index
    return answer
