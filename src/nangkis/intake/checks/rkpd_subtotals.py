"""Checks on the subtotals of a printed RKPD: each against the sum of the lines that stand below it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nangkis.intake.checks.rupiah import rupiah_text
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at


def check_subtotals(rows: pl.DataFrame) -> Iterator[Finding]:
    """Yield each subtotal that its lines do not add to; nothing is changed by it.

    ``rows`` are all rows below the header, in their order: ``kind`` (accepted, refused, subtotal …), ``level``,
    ``code``, ``name``, ``parents`` (the indices of the rows that they stand below), and the amount as in the lake.
    """
    lines = rows.filter(pl.col("kind").is_in(["accepted", "refused"])).explode("parents")
    below = lines.group_by("parents").agg(
        pl.col("amount_sen").filter(pl.col("kind") == "accepted").cast(pl.Int128).sum().alias("sum"),
        (pl.col("kind") == "accepted").sum().alias("count"),
        (pl.col("kind") == "refused").sum().alias("refused"),
    )
    own = rows.drop("parents").with_row_index("at").with_columns(pl.col("at").cast(pl.Int64))
    subtotals = own.filter(pl.col("kind") == "subtotal")
    with_sums = subtotals.join(below, left_on="at", right_on="parents", how="left", maintain_order="left")
    for row in with_sums.iter_rows(named=True):
        at = cell_at(row["_sheet"], row["_col"], row["_row"])
        told = {"code_of": row["level"], "code": row["code"], "name": row["name"] or "–"}
        if row["amount_sen"] is None:
            if row["missing"] == Missing.UNREADABLE:
                yield Finding("rkpd-subtotal-unreadable", Severity.WARNING, at, told)
            continue
        total, added = int(row["amount_sen"]), int(row["sum"] or 0)
        if total != added:
            told |= {"total": rupiah_text(total), "sum": rupiah_text(added), "difference": rupiah_text(total - added)}
            counts = {"count": row["count"] or 0, "refused": row["refused"] or 0}
            yield Finding("rkpd-subtotal-differs", Severity.WARNING, at, told | counts)
