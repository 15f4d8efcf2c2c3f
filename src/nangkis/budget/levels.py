"""At which level a division of the lines can be said: of a programme, a sub kegiatan, its name, or its office."""

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
    ("tag", "origin"),
)
# From coarse to fine: what can be said of a whole programme is said once. A rule sees code and name; a decision may be
# for one office, or divide a line into parts: its lines are told with their office, whichever part it is.
LEVELS = (
    ("program_code",),
    ("sub_kegiatan_code",),
    ("sub_kegiatan_code", "sub_kegiatan_name"),
    ("sub_kegiatan_code", "sub_kegiatan_name", "office_code", "office_name"),
)


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
    programme, sub_kegiatan, name, _ = LEVELS
    alike = [part.min().over(keys) == part.max().over(keys) for keys in (programme, sub_kegiatan, name)]
    return pl.when(alike[0]).then(0).when(alike[1]).then(1).when(alike[2]).then(2).otherwise(3)
