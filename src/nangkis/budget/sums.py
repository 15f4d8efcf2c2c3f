"""Exact sums of money."""

from __future__ import annotations

import polars as pl


# A hundred amounts of 10^15 rupiah pass 2^63 sen, and Int64 sums wrap around in silence.
SEN = pl.col("amount_sen").cast(pl.Int128)


def exact_sen(lines: pl.DataFrame) -> int | None:
    """Return the exact sum of sen, or None when no line has an amount."""
    if not lines["amount_sen"].count():
        return None
    return int(lines.select(SEN.sum()).item())
