"""Money of a line over its parts: whole sen, none lost, the largest remainders first."""

from __future__ import annotations

import polars as pl

from nangkis.budget.tagging.schema import WHOLE


LINE = "_line"


def split_sen(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the lines with ``amount_sen`` of each part, in place of the whole line's.

    Args:
        lines: one row per part: ``_line``, ``part`` (from 1), ``share`` in ten-thousandths that add up to WHOLE over a
            line, null for a line without parts, and ``amount_sen`` of the whole line, null when it has none.
    Returns: the same rows and order. Each part gets its share rounded down, and the sen that are left go one by one to
        the parts with the largest remainder; of equal ones, to the earlier part. Their sum is the line's amount.
    """
    in_parts = (pl.col("share") < WHOLE).fill_null(value=False)
    if not lines.select(in_parts.any()).item():
        return lines
    product = pl.col("amount_sen").cast(pl.Int128) * pl.col("share")
    whole = product // WHOLE
    # Rounding down leaves remainders from 0 up, for money taken back (a negative amount) too.
    parts = (
        lines.filter(in_parts)
        .with_columns(whole.alias("_sen"), (product - whole * WHOLE).alias("_left"))
        .with_columns((pl.col("amount_sen") - pl.col("_sen").sum().over(LINE)).alias("_spare"))
        .sort(LINE, "_left", "part", descending=[False, True, False])
        .with_columns(pl.int_range(pl.len()).over(LINE).alias("_place"))
        .with_columns((pl.col("_sen") + (pl.col("_place") < pl.col("_spare")).cast(pl.Int128)).alias("_sen"))
    )
    found = parts.select(LINE, "part", pl.col("_sen").cast(pl.Int64))
    joined = lines.join(found, on=[LINE, "part"], how="left", maintain_order="left", nulls_equal=False)
    return joined.with_columns(pl.when(in_parts).then("_sen").otherwise("amount_sen").alias("amount_sen")).drop("_sen")
