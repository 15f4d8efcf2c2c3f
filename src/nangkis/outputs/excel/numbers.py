"""Numbers in cells: what is written so that Excel shows the printed number, and what a cell shows now.

Excel keeps fifteen digits. A number that prints with more, or that Excel would show otherwise than paper does, is
written as paper shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, getcontext
from math import isfinite

from nangkis.content.catalogue import Language
from nangkis.content.numbers import MINUS, on_paper, print_number
from nangkis.vocabulary.figures import Figure


_MOST_DIGITS = 15
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"}
_ASIDE = re.compile(r"\[[^\]]*\]|[\"\\\s_]")
_PLAIN = re.compile(r"(?:#,##)?0(?:\.(0+))?")


def cell_number(figure: Figure, printed: str, language: Language) -> float | None:
    """Return the number that shows as the figure was printed; None when no number of fifteen digits does."""
    for wanted in _candidates(figure, printed, language):
        number = float(wanted)
        shows_minus = number < 0
        if _shown(number, figure.places, language) == printed and shows_minus == printed.startswith(MINUS):
            return number
    return None


def _candidates(figure: Figure, printed: str, language: Language) -> Iterator[Decimal]:
    exact = on_paper(figure)
    yield exact
    yield _from_print(printed, language)
    yield Decimal(f"{exact:.{figure.places}f}") if exact else Decimal(0)


def number_format(places: int) -> str:
    r"""Return Excel's code for a number with this many decimals, its minus as we print it.

    >>> number_format(1)
    '#,##0.0;\\−#,##0.0'
    """
    whole = "#,##0" + ("." + "0" * places if places else "")
    return f"{whole};\\{MINUS}{whole}"


def shown(number: float, code: str, language: Language) -> str:
    """Return what a cell with this number and format shows, with the marks of the document's language.

    A format that is none of plain numbers shows every digit, so that no format hides another number.
    """
    places = _places(code)
    if places is None:
        exponent = Decimal(f"{number:.{_MOST_DIGITS}g}").normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    if not isfinite(number) or max(0, _whole_digits(number)) + places > getcontext().prec:
        return f"{number:.{_MOST_DIGITS}g}"  # more digits than print_number keeps: no figure of ours was written so
    return _shown(number, places, language)


def _whole_digits(number: float) -> int:
    return Decimal(number).adjusted() + 1


def built_in_format(number: int) -> str:
    """Return the code of one of Excel's own plain number formats, else nothing."""
    return _BUILT_IN.get(number, "")


def _places(code: str) -> int | None:
    sections = [section.lstrip(f"-{MINUS}") for section in _ASIDE.sub("", code).split(";")]
    found = [_PLAIN.fullmatch(section) for section in sections if section]
    if not found or None in found:
        return None
    first = found[0]
    return len(first[1] or "") if first else None


def _shown(number: float, places: int, language: Language) -> str:
    return print_number(Decimal(f"{number:.{_MOST_DIGITS}g}"), places=places, language=language)


def _from_print(printed: str, language: Language) -> Decimal:
    thousands, point = (".", ",") if language == "id" else (",", ".")
    return Decimal(printed.replace(thousands, "").replace(point, ".").replace(MINUS, "-"))
