"""Numbers written as text in a file: a float where a float holds them to the sen, the text itself where it does not."""

from __future__ import annotations

import math
import re
from decimal import Decimal


PLAIN = re.compile(r"[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[Ee][+-]?\d{1,3})?")
SAFE_LENGTH = 15  # so many digits, and no exponent, always come back from a double as they were written
SEN_EXPONENT = -2
EXACT_BELOW = 2.0**53


def exact_number(written: str) -> float | str | None:
    """Return a number cell's value: a float, or its plain digits as text where a float would change a sen or a digit.

    None where the text is no number of a program (``1234.5``, ``-2``, ``1E+12``).

    >>> exact_number("1209471396990.6"), exact_number("123456789012345.65"), exact_number("9007199254740993")
    (1209471396990.6, '123456789012345.65', '9007199254740993')
    """
    plain = written.strip()
    if PLAIN.fullmatch(plain) is None:
        return None
    value = float(plain)
    if len(plain) <= SAFE_LENGTH and math.isfinite(value):
        return value
    told = Decimal(plain)
    if math.isfinite(value) and _holds(value, told):
        return value
    return format(told, "f")


def _holds(value: float, told: Decimal) -> bool:
    """Say whether the whole part and its sen come back from the double; more decimals than sen are a measure's."""
    if not isinstance(exponent := told.normalize().as_tuple().exponent, int) or exponent < SEN_EXPONENT:
        return abs(value) < EXACT_BELOW
    if abs(value) >= EXACT_BELOW:
        return False
    whole = int(value)
    return Decimal(whole) * 100 + round((value - whole) * 100) == told * 100
