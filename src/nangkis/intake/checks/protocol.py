"""What a check of values is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding


# The frame that the checks see: one row per value, as it will lie in the lake.
Values = pl.DataFrame


@dataclass(frozen=True)
class Check:
    """One check: whether it has anything to say about these values, and what it says."""

    applies: Callable[[Values], bool]
    find: Callable[[Values, Rules], Iterator[Finding]]
