"""Which number formats show a number as percent, and which show zeros that the number itself has not."""

from __future__ import annotations

import re


QUOTED = re.compile(r'"[^"]{0,255}"|\\.')
NAMED = {"Percent"}
# The numbers of Excel's own formats 0% and 0.00%, which no file writes out.
PERCENT_IDS = frozenset({9, 10})


ZEROS = re.compile(r"(0{2,12})(?:\.(0{1,12}))?")
THOUSANDS = 3


def zeros_of(written: str) -> tuple[int, int] | None:
    """Return how many digits before and after the point a format of zeros always shows; None for other formats.

    Nor for three after the point: as a text, 12.500 may be twelve thousand.

    >>> zeros_of("00.00"), zeros_of("0000;@"), zeros_of("0.00"), zeros_of("#,##0")
    ((2, 2), (4, 0), None, None)
    """
    found = ZEROS.fullmatch(written.partition(";")[0].strip())
    digits = None if found is None else (len(found[1]), len(found[2] or ""))
    return None if digits is None or digits[1] == THOUSANDS else digits


def shown_with(number: float, zeros: tuple[int, int]) -> str | None:
    """Return what a format of zeros shows of a number, None where it hides digits or adds no zero.

    >>> shown_with(72.1, (2, 2)), shown_with(72.12, (2, 2)), shown_with(72.123, (2, 2)), shown_with(12, (4, 0))
    ('72.10', None, None, '0012')
    """
    before, after = zeros
    shown = f"{number:0{before + after + (after > 0)}.{after}f}"
    plain = str(int(number)) if number == int(number) else str(number)
    return shown if number >= 0 and float(shown) == number and shown != plain else None


def shows_percent(written: str) -> bool:
    r"""Say whether a number format shows a hundred times the number and a percent sign; quoted signs show no more.

    >>> shows_percent("0.00%"), shows_percent('0.00"%"'), shows_percent("Percent"), shows_percent("0\\%")
    (True, False, True, False)
    """
    return written in NAMED or "%" in QUOTED.sub("", written)
