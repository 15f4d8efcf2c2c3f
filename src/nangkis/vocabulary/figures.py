"""Computed numbers that know how they were made, and labels: the only two ways for a digit to enter a sentence."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from nangkis.vocabulary.units import Unit


Number = int | float | Decimal
Scalar = str | int


@dataclass(frozen=True)
class Selection:
    """Cells that a figure was computed from: rows of one lake table, chosen by equality, and one column of them.

    ``where`` pairs a column with the values that it may have, so that the same rows can be found again in a table
    that supersedes this one.
    """

    table: str
    where: tuple[tuple[str, tuple[Scalar, ...]], ...]
    column: str


@dataclass(frozen=True)
class ParameterUse:
    """A dated rule that a figure depends on, with the digest of the value that was used."""

    name: str
    in_force_from: str
    digest: str


@dataclass(frozen=True)
class Method:
    """A named way of computing. A changed answer needs a new ``version``.

    The catalogue holds its formula in words under ``method.<name>``.
    """

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


@dataclass(frozen=True)
class Origin:
    """How a figure was made: by which method, from which cells, under which dated rules."""

    method: Method
    inputs: tuple[Selection, ...]
    parameters: tuple[ParameterUse, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A computed number. ``key`` says what it is and is the same in every run; ``places`` are decimals on paper.

    ``value`` is in ``unit`` (RUPIAH: whole sen). A figure without origin cannot be made.
    """

    key: str
    value: Number
    unit: Unit
    places: int
    origin: Origin

    def __post_init__(self) -> None:
        if not self.origin.inputs and not self.origin.parameters:
            raise ValueError(f"figure {self.key} has no input: a number without a source is not printed")
        if self.unit is Unit.RUPIAH and not isinstance(self.value, int):
            raise TypeError(f"figure {self.key} is money and must be an integer of sen")

    @cached_property
    def id(self) -> str:
        """Ten letters and digits derived from the key: short enough for a Word tag, typed after ``nangkis trace``."""
        return base64.b32encode(hashlib.sha256(self.key.encode()).digest()).decode().lower()[:10]


@dataclass(frozen=True)
class Label:
    """A year, code, legal number or name: digits that are not computed; ``english`` where it is written otherwise."""

    text: str
    english: str | None = None


class Ordinal(Label):
    """A year, or the number of a class or strategy: a label that a spreadsheet sorts and filters as a number.

    >>> Ordinal(2026).text
    '2026'
    """

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
