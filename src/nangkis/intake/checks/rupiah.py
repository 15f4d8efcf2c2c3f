"""Exact rupiah as findings print them."""

from __future__ import annotations

from nangkis.vocabulary.money import SEN_PER_RUPIAH


def rupiah_text(sen: int) -> str:
    """Return exact rupiah as Indonesian offices write them, with sen where there are any.

    >>> rupiah_text(-123456789), rupiah_text(500000)
    ('-1.234.567,89', '5.000')
    """
    whole, part = divmod(abs(sen), SEN_PER_RUPIAH)
    shown = f"{whole:,}".replace(",", ".") + (f",{part:02d}" if part else "")
    return f"-{shown}" if sen < 0 else shown
