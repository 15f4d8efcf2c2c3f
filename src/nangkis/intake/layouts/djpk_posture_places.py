"""How finely each printed number of a posture is known: to half its own last place, with sense for zeros left away."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


FRACTION = re.compile(r"[.,]([0-9]+)[^0-9]*$")
NOT_DIGITS = re.compile(r"[^0-9]")
SURE_DIGITS = 15  # of a floating number, as a spreadsheet shows it: what adding up leaves beyond them is no decimal


@dataclass(frozen=True)
class Printed:
    """A number as it stands in its cell: ``places`` decimals, ``written`` as text, or kept as a number."""

    value: float
    places: int
    written: bool
    last_zero: bool  # a decimal 0 stands at its end: 1.379,90


def printed(texts: Iterable[str | None], values: Iterable[float | None]) -> tuple[Printed | None, ...]:
    """Return how each number is printed, from its cell's text (None: a number) and what was read; None: no number."""
    return tuple(
        None if value is None or not math.isfinite(value) else _printed(text, value)
        for text, value in zip(texts, values, strict=True)
    )


def _printed(text: str | None, value: float) -> Printed:
    if text is None:
        exponent = Decimal(f"{value:.{SURE_DIGITS}g}").as_tuple().exponent
        return Printed(value, max(0, -int(exponent)), written=False, last_zero=False)
    # Whether ".276" of "20.276" are decimals or thousands, the reading of the whole column says: the value.
    match, digits = FRACTION.search(text), NOT_DIGITS.sub("", text) or "0"
    places = len(match[1]) if match else 0
    if not math.isclose(int(digits) / 10**places, abs(value), rel_tol=1e-9):
        places = 0
    return Printed(value, places, written=True, last_zero=places > 0 and digits.endswith("0"))


def known_places(numbers: Sequence[Printed | None]) -> tuple[int, ...]:
    """Return to how many decimals each number is known, judged beside all numbers of its file; 0 for none.

    What is printed with as many decimals as most others, or more, is known to its own last place. With fewer it is
    ambiguous. A source that writes a last 0 somewhere (``1.379,90``) keeps its zeros: there ``20.276`` and ``20.276,5``
    are known to their own last place only. One that never does drops them, as does a cell that holds a number: there
    they stand for ``20.276,00`` and ``20.276,50``. A 0 without decimals is nothing, as fine as the rest of the file.
    "Most" is more than half of the numbers that are not 0, so that one number with decimals among whole ones, or with
    more than the rest, makes no other finer.
    """
    filled = sorted((number.places for number in numbers if number is not None and number.value), reverse=True)
    usual = filled[len(filled) // 2] if filled else 0
    keeps = any(number is not None and number.last_zero for number in numbers)
    return tuple(0 if number is None else _known(number, usual, keeps=keeps) for number in numbers)


def _known(number: Printed, usual: int, *, keeps: bool) -> int:
    nothing = not number.value and not number.places
    ambiguous = nothing or not number.written or not keeps
    return max(number.places, usual) if ambiguous else number.places
