"""At which level a division of the lines can be said: of a whole programme, of a sub kegiatan, or of its name."""

from __future__ import annotations

import polars as pl


# Columns by which figures divide the lines.
DIVISIONS = (
    ("class",),
    ("blud",),
    ("tag",),
    ("tag", "strategy"),
    ("tag", "strategy", "directness"),
    ("tag", "dimension"),
)
# From coarse to fine: what can be said of a whole programme is said once. A rule sees code and name, nothing finer.
LEVELS = (("program_code",), ("sub_kegiatan_code",), ("sub_kegiatan_code", "sub_kegiatan_name"))


def with_levels(lines: pl.DataFrame) -> pl.DataFrame:
    """Return tagged lines with a column per division: the first of LEVELS whose lines all stand in one part of it."""
    parts = lines.with_columns(_part(division).alias(level_name(division)) for division in DIVISIONS)
    return parts.with_columns(
        _level(pl.col(level_name(division))).alias(level_name(division)) for division in DIVISIONS
    )


def level_name(division: tuple[str, ...]) -> str:
    """Return the name of the column that holds a division's level."""
    return f"_level:{','.join(division)}"


def _part(division: tuple[str, ...]) -> pl.Expr:
    told = [pl.col(column).cast(pl.String).fill_null("") for column in division]
    return pl.concat_str(told, separator="/").rank("dense")


def _level(part: pl.Expr) -> pl.Expr:
    programme, sub_kegiatan, _ = LEVELS
    alike = [part.min().over(keys) == part.max().over(keys) for keys in (programme, sub_kegiatan)]
    return pl.when(alike[0]).then(0).when(alike[1]).then(1).otherwise(2)
