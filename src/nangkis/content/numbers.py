"""The one function that prints numbers, half up on exact values and with the marks of the language; and days."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nangkis.content.catalogue import Language, template
from nangkis.vocabulary.figures import Figure, Number
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.units import Unit


_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(29))  # as many as a Decimal keeps
_SWAP = str.maketrans({",": ".", ".": ","})
MINUS = "\N{MINUS SIGN}"
_UNGROUPED = frozenset({Unit.CALENDAR_YEAR})
# Shares are 0 to 1 inside and percent on paper; money is sen inside and rupiah on paper.
_ON_PAPER = {Unit.SHARE: Decimal(100), Unit.RUPIAH: Decimal(1) / SEN_PER_RUPIAH}


def print_number(value: Number, *, places: int, language: Language, unit: Unit | None = None) -> str:
    """Return the number as text, rounded half up to ``places`` decimals; in a unit, as paper shows that unit.

    >>> print_number(0.125, places=2, language="id")
    '0,13'
    >>> print_number(153575949633600, places=0, language="en", unit=Unit.RUPIAH)
    '1,535,759,496,336'
    """
    rounded = _as_paper_shows(value, unit).quantize(_QUANTA[places], rounding=ROUND_HALF_UP)
    grouped = "" if unit in _UNGROUPED else ","
    text = f"{abs(rounded):{grouped}.{places}f}"
    sign = MINUS if rounded < 0 else ""
    return sign + (text.translate(_SWAP) if language == "id" else text)


def print_date(day: date, language: Language) -> str:
    """Return the day as it is written in a letter.

    >>> print_date(date(2026, 1, 5), "id")
    '5 Januari 2026'
    """
    month = template("date.months", language).split()[day.month - 1]
    return f"{day.day} {month} {day.year}"


def print_figure(figure: Figure, language: Language) -> str:
    """Return a figure's number without its unit: the text that stands in the document and in its manifest."""
    return print_number(figure.value, places=figure.places, language=language, unit=figure.unit)


def on_paper(figure: Figure) -> Decimal:
    """Return a figure's number as paper shows it, not yet rounded: a share in percent, money in rupiah."""
    return _as_paper_shows(figure.value, figure.unit)


def _as_paper_shows(value: Number, unit: Unit | None) -> Decimal:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    factor = _ON_PAPER.get(unit) if unit is not None else None
    return exact if factor is None else exact * factor


def around_number(unit: Unit, language: Language) -> tuple[str, str]:
    """Return what is written before and after a number of this unit in a sentence, such as ``("Rp", "")``."""
    before, _, after = template(f"unit.{unit}", language).partition("{number}")
    return before, after
