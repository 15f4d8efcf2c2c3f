"""Code and name that stand in one cell, or in one of two columns each."""

from __future__ import annotations

import polars as pl

from nangkis.intake.repairs.texts import Tidied


CODE_AND_NAME = r"^(\d(?:[\d.]*\d)?)\.?(?: ?[-–:])?(?: (.*))?$"


def code_and_name(codes: Tidied | None, names: Tidied | None) -> tuple[pl.Series, pl.Series]:
    """Return codes and names; where only one of the columns is there, its cells hold both, or one of them."""
    if codes is not None and names is not None:
        return codes.text, names.text
    both = names if names is not None else codes
    if both is None:
        raise KeyError("neither code nor name")
    # Most rows of an office repeat its one cell: each different cell is taken apart once.
    frame = pl.DataFrame({"cell": both.text})
    parts = frame.unique().with_columns(pl.col("cell").str.extract_groups(CODE_AND_NAME).alias("parts")).unnest("parts")
    joined = frame.join(parts, on="cell", how="left", nulls_equal=True, maintain_order="left")
    name = pl.coalesce("2", pl.when(pl.col("1").is_null()).then("cell"))
    return joined["1"], joined.select(name).to_series()
