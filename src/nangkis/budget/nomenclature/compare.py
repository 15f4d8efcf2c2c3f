"""Two versions side by side: which codes stayed, were renamed, moved, appeared or vanished."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from nangkis.budget.nomenclature.codes import (
    GOVERNMENT_DIGIT,
    OWN_BIDANG,
    bidang_of,
    compatible,
    government_digit,
    is_support,
    plain_name,
    without_bidang,
    without_padding,
)
from nangkis.budget.nomenclature.schema import Level


class Change(StrEnum):
    """What became of a code."""

    SAME = "same"  # code and name, however many digits its last part has
    RENAMED = "renamed"  # the code stayed
    GENERAL = "general"  # the support programme of one bidang, written X.XX by the other list
    MOVED = "moved"  # the name stands under another code, and only there
    VANISHED = "vanished"
    APPEARED = "appeared"


CHANGES = pl.Schema(
    {
        "level": pl.String(),  # Level
        "change": pl.String(),  # Change
        "before_code": pl.String(),  # null of what appeared
        "before_government": pl.String(),
        "before_name": pl.String(),
        "after_code": pl.String(),  # null of what vanished
        "after_government": pl.String(),
        "after_name": pl.String(),
    }
)


def compare(before: pl.DataFrame, after: pl.DataFrame, *, support: str) -> pl.DataFrame:
    """Return what became of each code, as CHANGES, in the order of levels, changes and codes.

    Compared is what both lists can hold: the levels that both have, and the governments (by the digit of a kegiatan)
    that both have. A list without an ordinary code of provinces says nothing of any code of theirs.

    Args:
        before: the codes of one version, as SCHEMA.
        after: those of the other.
        support: the number of support programmes, such as ``01``.
    """
    one, other = _in_scope(_keyed(before, support), _keyed(after, support))
    kept = _kept(one, other)
    left, right = _rest(one, other, kept)
    general = _general(left, right)
    left, right = _rest(left, right, general)
    moved = _moved(left, right)
    left, right = _rest(left, right, moved)
    parts = [
        _told(pl.concat([kept, general, moved]), one, other),
        _alone(left, "before", Change.VANISHED),
        _alone(right, "after", Change.APPEARED),
    ]
    told = pl.concat(parts, how="diagonal").select(list(CHANGES)).cast(CHANGES)
    ranks = {value.value: rank for rank, value in enumerate((*Level, *Change))}
    order = [pl.col(column).replace_strict(ranks, default=len(ranks)) for column in ("level", "change")]
    return told.sort(*order, pl.coalesce("before_code", "after_code"), maintain_order=True)


def out_of_scope(before: pl.DataFrame, after: pl.DataFrame, *, support: str) -> tuple[int, int]:
    """Return how many codes of either list the other cannot hold, and which are therefore not compared."""
    one, other = _in_scope(_keyed(before, support), _keyed(after, support))
    return before.height - one.height, after.height - other.height


def _keyed(codes: pl.DataFrame, support: str) -> pl.DataFrame:
    code = pl.col("code")
    return codes.select("level", "code", "government", "name").with_columns(
        without_padding(code).alias("bare"),
        plain_name(pl.col("name")).alias("plain"),
        government_digit(pl.concat_str([code, pl.lit(".")])).alias("digit"),
        is_support(code, support).alias("support"),
        bidang_of(code).alias("bidang"),
        without_bidang(without_padding(code)).alias("tail"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("_id"),
    )


def _in_scope(one: pl.DataFrame, other: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    one, other = _of_held_governments(one, other), _of_held_governments(other, one)
    levels = set(one["level"].unique()) & set(other["level"].unique())
    digits = set(one["digit"].drop_nulls().unique()) & set(other["digit"].drop_nulls().unique())
    return _held(one, levels, digits), _held(other, levels, digits)


def _of_held_governments(codes: pl.DataFrame, by: pl.DataFrame) -> pl.DataFrame:
    """Return the codes without those of a government of which the other list has no ordinary code."""
    held = set(by["digit"].drop_nulls().unique())
    without = [government for digit, government in GOVERNMENT_DIGIT.items() if held and digit not in held]
    return codes.filter(~pl.col("government").is_in(without).fill_null(value=False))


def _held(codes: pl.DataFrame, levels: set[str], digits: set[str]) -> pl.DataFrame:
    """Return the codes of these levels that are of these governments, or stand above such a code."""
    deep = codes.filter(pl.col("digit").is_not_null())
    if deep.is_empty():
        return codes.filter(pl.col("level").is_in(list(levels)))
    below = deep.filter(pl.col("digit").is_in(list(digits)))["code"]
    pieces = below.str.split(".")
    above = {".".join(code[:depth]) for code in pieces.to_list() for depth in (1, 2, 3)}
    in_scope = pl.col("digit").is_in(list(digits)) | (pl.col("digit").is_null() & pl.col("code").is_in(list(above)))
    return codes.filter(pl.col("level").is_in(list(levels)) & in_scope.fill_null(value=False))


def _paired(one: pl.DataFrame, other: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    pairs = one.join(other, on=["level", *keys], how="inner", suffix="_to")
    return pairs.filter(compatible("government", "government_to"))


def _kept(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of one code: under one name, else under two where no side has its name elsewhere in the code."""
    pairs = _paired(one, other, ["bare"])
    named = (pl.col("plain") == pl.col("plain_to")).fill_null(value=False)
    same = pairs.filter(named).select("_id", "_id_to", pl.lit(Change.SAME.value).alias("change"))
    free = pairs.filter(~named).join(same, on="_id", how="anti").join(same, on="_id_to", how="anti")
    renamed = free.unique("_id", keep="first", maintain_order=True).unique("_id_to", keep="first", maintain_order=True)
    return pl.concat([same, renamed.select("_id", "_id_to", pl.lit(Change.RENAMED.value).alias("change"))])


def _general(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    pairs = _paired(one.filter("support"), other.filter("support"), ["tail", "plain"])
    written = (pl.col("bidang") == OWN_BIDANG) != (pl.col("bidang_to") == OWN_BIDANG)
    return pairs.filter(written).select("_id", "_id_to", pl.lit(Change.GENERAL.value).alias("change"))


def _moved(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    pairs = _paired(one, other, ["plain"]).filter(pl.col("digit").eq_missing(pl.col("digit_to")))
    alone = (pl.len().over("_id") == 1) & (pl.len().over("_id_to") == 1)
    return pairs.filter(alone).select("_id", "_id_to", pl.lit(Change.MOVED.value).alias("change"))


def _rest(one: pl.DataFrame, other: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return one.join(pairs, on="_id", how="anti"), other.join(pairs, left_on="_id", right_on="_id_to", how="anti")


def _told(pairs: pl.DataFrame, one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    named = [pl.col(column).alias(f"before_{column}") for column in ("code", "government", "name")]
    named_to = [pl.col(column).alias(f"after_{column}") for column in ("code", "government", "name")]
    told = pairs.join(one.select("_id", "level", *named), on="_id")
    return told.join(other.select(pl.col("_id").alias("_id_to"), *named_to), on="_id_to")


def _alone(codes: pl.DataFrame, side: str, change: Change) -> pl.DataFrame:
    named = [pl.col(column).alias(f"{side}_{column}") for column in ("code", "government", "name")]
    return codes.select("level", pl.lit(change.value).alias("change"), *named)
