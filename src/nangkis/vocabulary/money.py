"""Money is exact: whole sen in an integer, never a float. Real realisation files carry sen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


SEN_PER_RUPIAH = 100
# No Indonesian budget line reaches 10^15 rupiah: such a cell is a slip, and sums stay far inside Int64.
LARGEST_AMOUNT_RUPIAH = 10**15


@dataclass(frozen=True, order=True)
class Rupiah:
    """An amount of money in sen.

    >>> Rupiah.of("1535.50").sen
    153550
    """

    sen: int

    @classmethod
    def of(cls, rupiah: int | str | Decimal) -> Rupiah:
        """Read an exact amount in rupiah; more than two decimals are refused with ValueError."""
        sen = Decimal(rupiah) * SEN_PER_RUPIAH
        if sen != sen.to_integral_value():
            raise ValueError(f"{rupiah} has a part smaller than one sen")
        return cls(int(sen))

    def __add__(self, other: Rupiah) -> Rupiah:
        return Rupiah(self.sen + other.sen)
