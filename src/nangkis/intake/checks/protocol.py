"""What a check of values is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from nangkis.intake.rules import Rules
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


# The frame that the checks see: one row per value, as it will lie in the lake.
Values = pl.DataFrame
# The years of one of these are one series.
LINE = ("indicator", "region", "period")


@dataclass(frozen=True)
class Check:
    """One check: whether it has anything to say about these values, and what it says.

    ``across``: it may say something of a table and those accepted before it that it says of none of them alone.
    """

    applies: Callable[[Values], bool]
    find: Callable[[Values, Rules], Iterator[Finding]]
    across: bool = True


def several_years(values: Values) -> bool:
    """Say whether a table has more than one year, so that one can be held against another."""
    return values["year"].n_unique() > 1


def named(values: Values) -> Values:
    """Return the values with the register's name for each region that its table gives by its code alone."""
    bare = values["name_read"].fill_null("") == ""
    if not bare.any():
        return values
    names = {code: place(Region.parse(code)).name for code in values["region"].filter(bare).unique()}
    told = pl.col("region").replace_strict(names, default=None, return_dtype=pl.String)
    return values.with_columns(pl.when(bare).then(told).otherwise("name_read").alias("name_read"))
