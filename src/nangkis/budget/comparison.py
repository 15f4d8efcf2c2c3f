"""Two stages or years of one region's budget side by side: what is cut, raised, moved, new, and who loses.

A sub kegiatan is the same where its office and its code are; codes of another nomenclature are the same only by a
crosswalk that a person accepted. What moves is not cut: support programmes change bidang with their office.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl

from nangkis.budget.schema import Stage
from nangkis.vocabulary.refusals import RequestRefused


class ExecutionStageRefused(RequestRefused):
    """Realisation is measured against the budget as last changed, and against nothing else."""


class Change(StrEnum):
    """What became of a sub kegiatan of an office. Each is in exactly one."""

    SAME = "same"
    RAISED = "raised"
    CUT = "cut"
    MOVED_OFFICE = "moved-office"  # the same code under another office
    MOVED_SUPPORT = "moved-support"  # programme 01 under another bidang of the same office: 1.01.01 -> 2.22.01
    NEW = "new"
    DROPPED = "dropped"
    OFFICE_ONLY_BEFORE = "office-only-before"  # no line of the office stands in the later one: it may be incomplete
    OFFICE_ONLY_AFTER = "office-only-after"
    UNKNOWN = "unknown"  # there twice, but without an amount in one of the two


SUPPORT = "01"
REALISED = frozenset({Stage.LRA_UNAUDITED, Stage.LRA_AUDITED})
CHANGED = frozenset({Stage.P_APBD})


def compared(before: pl.DataFrame, after: pl.DataFrame, *, crosswalk: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return what became of each sub kegiatan of each office.

    Args:
        before: lines as the lake holds them, of one region, year and stage.
        after: the same of another stage or year.
        crosswalk: ``from_code``, ``to_code`` of sub kegiatan, as a person accepted it; a code that it gives two ways
            is left as it is.
    Returns: ``change``, ``office_before``, ``office_after``, ``code_before``, ``code_after``, ``name``, ``before``,
        ``after`` and ``difference`` (exact sen, Int128; null where there is none). The sums of ``before`` and ``after``
        are those of the lines.
    """
    old, new = _summed(before), _summed(after)
    old = _same_offices(old, new)
    if crosswalk is not None:
        old = _crossed(old, crosswalk)
    rows: list[pl.DataFrame] = []
    for change, keys, chosen in (
        (Change.SAME, ["key", "to"], pl.lit(value=True)),
        (Change.MOVED_OFFICE, ["to"], pl.lit(value=True)),
        (Change.MOVED_SUPPORT, ["key", "tail"], pl.col("tail").is_not_null()),
    ):
        found, old, new = _matched(old, new, keys, chosen)
        rows.append(found.with_columns(pl.lit(change.value).alias("change")))
    lost = _one_sided(old, "before", Change.DROPPED, Change.OFFICE_ONLY_BEFORE, there=_summed(after))
    gained = _one_sided(
        new, "after", Change.NEW, Change.OFFICE_ONLY_AFTER, there=_same_offices(_summed(before), _summed(after))
    )
    return _told(pl.concat([*rows, lost, gained], how="diagonal_relaxed"))


def by_change(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of each change, in the order of Change: its ``count``, ``before``, ``after``, ``difference``."""
    order = {change.value: place for place, change in enumerate(Change)}
    sums = rows.group_by("change").agg(pl.len().alias("count"), *(_sum_or_none(side) for side in ("before", "after")))
    told = sums.with_columns((pl.col("after") - pl.col("before")).alias("difference"))
    return told.sort(pl.col("change").replace_strict(order, return_dtype=pl.Int64))


def _sum_or_none(side: str) -> pl.Expr:
    return pl.when(pl.col(side).count() > 0).then(pl.col(side).sum()).alias(side)


def losers(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the offices that have less than before, the largest loss first; what moved counts at both offices.

    Returns: ``office``, ``before``, ``after``, ``difference`` (exact sen). Offices that only one of the two tells of
    are left out: their absence may be the file's.
    """
    told = rows.filter(~pl.col("change").is_in([Change.OFFICE_ONLY_BEFORE, Change.OFFICE_ONLY_AFTER]))
    sides = [
        told.filter(pl.col(f"office_{side}").is_not_null())
        .group_by(pl.col(f"office_{side}").alias("office"))
        .agg(pl.col(side).sum())
        for side in ("before", "after")
    ]
    both = (
        sides[0]
        .join(sides[1], on="office", how="full", coalesce=True)
        .with_columns(pl.col("before", "after").fill_null(0))
    )
    lost = both.with_columns((pl.col("after") - pl.col("before")).alias("difference"))
    return lost.filter(pl.col("difference") < 0).sort("difference", "office")


def check_execution(before: Stage, after: Stage) -> None:
    """Raise ExecutionStageRefused unless a percentage of the second over the first is one of execution."""
    if before not in CHANGED or after not in REALISED:
        raise ExecutionStageRefused("execution-stage", before=str(before), after=str(after))


def _summed(lines: pl.DataFrame) -> pl.DataFrame:
    """Return one row per office and sub kegiatan: repeated keys are units or places of one sub kegiatan."""
    named = pl.coalesce(pl.col("office_name").replace("", None), "office_code")
    own = lines.select(
        pl.col("office_code"),
        named.alias("office"),
        pl.col("sub_kegiatan_code").alias("code"),
        pl.col("sub_kegiatan_name").alias("name"),
        pl.col("amount_sen").cast(pl.Int128).alias("sen"),
    ).with_columns(_letters(pl.col("office")).alias("key"))
    return (
        own.group_by("key", "code", maintain_order=True)
        .agg(
            pl.col("office_code", "office", "name").first(),
            pl.when(pl.col("sen").count() > 0).then(pl.col("sen").sum()).alias("sen"),
        )
        .with_columns(pl.col("code").alias("to"), _tail().alias("tail"))
    )


def _letters(name: pl.Expr) -> pl.Expr:
    return name.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def _tail() -> pl.Expr:
    """What a support programme's code is without its bidang: 01.2.02.01 of 1.01.01.2.02.01."""
    parts = pl.col("code").str.split(".")
    is_support = parts.list.get(2, null_on_oob=True) == SUPPORT
    return pl.when(is_support).then(parts.list.slice(2).list.join("."))


def _same_offices(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Name an office that was renamed as it is later, where its code says that it is the same and no name does."""
    later = new.select("office_code", pl.col("key").alias("later")).unique().drop_nulls()
    later = later.filter(pl.col("office_code").str.contains(r"\.") & (pl.len().over("office_code") == 1))
    beside = old.join(later, on="office_code", how="left", maintain_order="left")
    unnamed = ~pl.col("key").is_in(new["key"].unique().to_list())
    return beside.with_columns(
        pl.when(unnamed & pl.col("later").is_not_null()).then("later").otherwise("key").alias("key")
    ).drop("later")


def _crossed(old: pl.DataFrame, crosswalk: pl.DataFrame) -> pl.DataFrame:
    sure = crosswalk.select(pl.col("from_code").alias("code"), pl.col("to_code").alias("crossed")).unique()
    sure = sure.filter(pl.len().over("code") == 1)
    beside = old.join(sure, on="code", how="left", maintain_order="left")
    return beside.with_columns(pl.coalesce("crossed", "code").alias("to")).drop("crossed")


def _matched(
    old: pl.DataFrame, new: pl.DataFrame, keys: Sequence[str], chosen: pl.Expr
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Pair rows that have the keys once on both sides; return the pairs and what is left of each."""
    left, right = (side.with_row_index("at").filter(chosen).filter(pl.len().over(keys) == 1) for side in (old, new))
    pairs = left.join(right, on=keys, suffix="_new")
    rest_old = old.with_row_index("at").join(pairs.select("at"), on="at", how="anti").drop("at")
    rest_new = new.with_row_index("at").join(pairs.select(pl.col("at_new").alias("at")), on="at", how="anti").drop("at")
    told = pairs.select(
        pl.col("office").alias("office_before"), pl.col("office_new").alias("office_after"),
        pl.col("code").alias("code_before"), pl.col("code_new").alias("code_after"), pl.col("name_new").alias("name"),
        pl.col("sen").alias("before"), pl.col("sen_new").alias("after"),
    )  # fmt: skip
    return told, rest_old, rest_new


def _one_sided(rows: pl.DataFrame, side: str, change: Change, absent: Change, *, there: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("key").is_in(there["key"].unique().to_list())
    return rows.select(
        pl.col("office").alias(f"office_{side}"),
        pl.col("code").alias(f"code_{side}"),
        "name",
        pl.col("sen").alias(side),
        pl.when(known).then(pl.lit(change.value)).otherwise(pl.lit(absent.value)).alias("change"),
    )


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    there = (pl.col("change") == Change.SAME) & pl.any_horizontal(pl.col("before", "after").is_null())
    difference = pl.col("after") - pl.col("before")
    told = rows.with_columns(difference.alias("difference")).with_columns(
        pl.when(there & ~pl.all_horizontal(pl.col("before", "after").is_null()))
        .then(pl.lit(Change.UNKNOWN.value))
        .when((pl.col("change") == Change.SAME) & (pl.col("difference") > 0))
        .then(pl.lit(Change.RAISED.value))
        .when((pl.col("change") == Change.SAME) & (pl.col("difference") < 0))
        .then(pl.lit(Change.CUT.value))
        .otherwise("change")
        .alias("change")
    )
    columns = ("change", "office_before", "office_after", "code_before", "code_after", "name")
    return told.select(*columns, "before", "after", "difference").sort(
        "change", "office_before", "code_before", "office_after", "code_after", nulls_last=True, maintain_order=True
    )
