"""Proposed budget lines of the tests' own making, as the budget's analysis hands them on."""

from __future__ import annotations

import polars as pl


def tagged(
    *lines: tuple[str, tuple[str, str], str, int | None], dimension: str = "perlindungan-sosial"
) -> pl.DataFrame:
    """Lines of strategy, office, code and rupiah, all of one dimension."""
    rows = [
        (strategy, dimension, *office, code, f"Sub kegiatan {code}", None if rupiah is None else rupiah * 100)
        for strategy, office, code, rupiah in lines
    ]
    columns = ("strategy", "dimension", "office_code", "office_name", "sub_kegiatan_code", "sub_kegiatan_name")
    return pl.DataFrame(rows, schema={**dict.fromkeys(columns, pl.String()), "amount_sen": pl.Int64()}, orient="row")
