"""Where the money of a budget goes: exact sums by bidang urusan, by office, by tag."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nangkis.budget.lines import LineClass
from nangkis.budget.rules import Tag


# A hundred amounts of 10^15 rupiah pass 2^63 sen, and Int64 sums wrap around in silence.
EXACT = pl.Int128
SEN = pl.col("amount_sen").cast(EXACT)


def sums(tagged: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return exact sums of sen and counts of lines, for each value of ``by``, or one row for the whole.

    Columns, besides ``by``: ``sen`` (all), ``penunjang_sen`` and ``transfer_desa_sen`` (those classes), ``base_sen``
    (the rest, the base of tagging), of it ``tagged_sen``, ``not_relevant_sen`` and ``held_sen``, all Int128;
    ``lines`` with an amount, ``empty`` lines without one. ``tagged`` is what :func:`nangkis.budget.tags.with_tags`
    returns. In the order of ``by``.
    """
    measures = [
        SEN.sum().alias("sen"),
        *(_sen_where(pl.col("class") == which, name) for name, which in CLASSES.items()),
        *(_sen_where(pl.col("tag") == which, name) for name, which in TAGS.items()),
        pl.col("amount_sen").is_not_null().sum().alias("lines"),
        pl.col("amount_sen").is_null().sum().alias("empty"),
    ]
    if not by:
        return tagged.select(measures)
    return tagged.group_by(by).agg(measures).sort(by)


CLASSES = {
    "penunjang_sen": LineClass.PENUNJANG,
    "transfer_desa_sen": LineClass.TRANSFER_DESA,
    "base_sen": LineClass.PROGRAM,
}
TAGS = {"tagged_sen": Tag.TAGGED, "not_relevant_sen": Tag.NOT_RELEVANT, "held_sen": Tag.HELD}


def _sen_where(condition: pl.Expr, name: str) -> pl.Expr:
    return SEN.filter(condition.fill_null(value=False)).sum().alias(name)


def exact_sen(lines: pl.DataFrame) -> int | None:
    """Return the exact sum of sen, or None when no line has an amount."""
    if lines["amount_sen"].drop_nulls().is_empty():
        return None
    return int(lines.select(SEN.sum()).item())
