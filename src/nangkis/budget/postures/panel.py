"""Every posture of a snapshot in one long table: one row per region, year, basis and account of the dated table.

Exports leave out accounts that a region does not use, and groups of older label sets. An account that is not told is
nothing only where its group is the sum of the others; else it stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from nangkis.budget.posture_accounts import FINANCING, PostureRules, posture_rules_on
from nangkis.budget.posture_schema import KIND, SCHEMA
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse
from nangkis.vocabulary.missing import Missing


class Basis(StrEnum):
    """Which of the two amounts of a posture. They are of different stages (domain note 10.6)."""

    BUDGET = "budget"  # behaves like the APBD as first adopted
    REALISED = "realised"  # spent under the APBD as last changed


class State(StrEnum):
    """How the amount of an account is known."""

    PRINTED = "printed"
    ADDED = "added"  # not printed; the sum of its parts, or receipts less payments where 0 is printed over them
    NOTHING = "nothing"  # not printed or blank, and its group is the sum of the other parts: 0
    UNKNOWN = "unknown"


KEY = ("region", "year", "basis")
COLUMNS = {Basis.BUDGET: "budget_sen", Basis.REALISED: "realised_sen"}
_HALVES = {Basis.BUDGET: "budget_resolution_sen", Basis.REALISED: "realised_resolution_sen"}
SEN = pl.Int128()  # a nation's sums pass 2^63 sen


@dataclass(frozen=True)
class PosturePanel:
    """``amounts``: KEY, ``account``, ``parent``, ``sign``, ``sen`` and ``half`` (Int128), ``state``, ``_table``.

    One row for each account of the dated table, sorted by KEY and in the table's order. ``half`` is half the last
    printed place, in sen. ``printed`` are the rows as the files have them, of the latest table of a region and year.
    """

    amounts: pl.DataFrame
    printed: pl.DataFrame
    rules: PostureRules
    use: ParameterUse

    def of(self, region: str, *, until: int) -> PosturePanel:
        """Return the panel of one region up to a year; empty where that year has no posture."""
        there = (self.amounts["region"] == region) & (self.amounts["year"] == until)
        mine = (pl.col("region") == region) & (pl.col("year") <= until) & pl.lit(there.any())
        return PosturePanel(self.amounts.filter(mine), self.printed.filter(mine), self.rules, self.use)


def posture_panel(snapshot: Snapshot, *, parameters: Parameters, on: date) -> PosturePanel:
    """Return the postures of all regions and years; of several tables of one region and year the latest counts."""
    rules = posture_rules_on(parameters, on)
    return panel_of(latest(snapshot), rules, parameters.on("akun_postur", on).use)


def latest(snapshot: Snapshot) -> pl.DataFrame:
    """Return the rows of the latest accepted table of each region and year."""
    accepted = {manifest.id: manifest.accepted_at for manifest in snapshot.of_kind(KIND)}
    newest = sorted(accepted, key=lambda name: (accepted[name], name))
    order = pl.DataFrame({TABLE: newest}, schema={TABLE: pl.String}).with_row_index("newest")
    rows = snapshot.frame(KIND, SCHEMA).collect().join(order, on=TABLE, how="left", maintain_order="left")
    return rows.filter(pl.col("newest") == pl.col("newest").max().over("region", "year")).drop("newest")


def panel_of(rows: pl.DataFrame, rules: PostureRules, use: ParameterUse) -> PosturePanel:
    """Return the panel of rows as the lake holds them, each account of a region and year once."""
    grid = _grid(rows, rules)
    settled = _nothing_where_sums_hold(_groups_from_parts(_financing_from_parts(grid)))
    state = pl.when(pl.col("sen").is_null()).then(pl.lit(State.UNKNOWN.value)).otherwise(pl.col("state"))
    amounts = settled.with_columns(state.alias("state")).sort(*KEY, "order", maintain_order=True)
    told = ("account", "parent", "sign", "sen", "half", "state", TABLE)
    return PosturePanel(amounts.select(*KEY, *told), rows, rules, use)


def _grid(rows: pl.DataFrame, rules: PostureRules) -> pl.DataFrame:
    """Return a row for each account of the dated table, in every region, year and basis that the files tell of."""
    long = pl.concat(
        rows.filter(pl.col("account").is_not_null()).select(
            "region",
            "year",
            pl.lit(basis.value).alias("basis"),
            "account",
            pl.col(COLUMNS[basis]).cast(SEN).alias("sen"),
            pl.col(_HALVES[basis]).cast(SEN).alias("half"),
            pl.col("missing").fill_null(Missing.BLANK.value).alias("missing"),
        )
        for basis in Basis
    )
    accounts = pl.DataFrame(
        [(a.code, a.parent, a.sign, _depth(rules, a.code)) for a in rules.accounts],
        schema={"account": pl.String, "parent": pl.String, "sign": pl.Int64, "depth": pl.Int64},
        orient="row",
    ).with_row_index("order")
    held = rows.select("region", "year", TABLE).unique()
    every = held.join(pl.DataFrame({"basis": [basis.value for basis in Basis]}), how="cross")
    grid = every.join(accounts, how="cross").join(long, on=[*KEY, "account"], how="left", maintain_order="left")
    # What a cell holds that cannot be read is never nothing.
    unread = pl.col("sen").is_null() & (pl.col("missing") != Missing.BLANK.value)
    return grid.with_columns(
        unread.fill_null(value=False).alias("unread"),
        pl.when(pl.col("sen").is_not_null()).then(pl.lit(State.PRINTED.value)).alias("state"),
    ).drop("missing")


def _depth(rules: PostureRules, code: str) -> int:
    parents = {account.code: account.parent for account in rules.accounts}
    depth, above = 0, parents[code]
    while above is not None:
        depth, above = depth + 1, parents[above]
    return depth


def _sums(grid: pl.DataFrame) -> pl.DataFrame:
    """Return for each group the signed sum of the parts that are known, how many they are, and their rounding."""
    parts = grid.filter(pl.col("parent").is_not_null())
    return parts.group_by(*KEY, pl.col("parent").alias("account")).agg(
        (pl.col("sen") * pl.col("sign")).sum().alias("sum"),
        pl.col("half").fill_null(0).sum().alias("sum_half"),
        pl.col("sen").count().alias("known"),
        pl.col("unread").any().alias("any_unread"),
    )


def _financing_from_parts(grid: pl.DataFrame) -> pl.DataFrame:
    """Where financing is printed as 0 over parts that are there, take it from them; without receipts it is unknown."""
    receipts = grid.filter((pl.col("parent") == FINANCING) & (pl.col("sign") > 0)).select(
        *KEY, pl.lit(FINANCING).alias("account"), pl.col("sen").is_not_null().alias("receipts")
    )
    beside = grid.join(_sums(grid), on=[*KEY, "account"], how="left").join(receipts, on=[*KEY, "account"], how="left")
    empty = (pl.col("account") == FINANCING) & (pl.col("sen") == 0) & (pl.col("known") > 0)
    told = pl.col("receipts") & ~pl.col("any_unread")
    settled = beside.with_columns(
        pl.when(~empty).then("sen").when(told).then("sum").alias("sen"),
        pl.when(empty).then(pl.max_horizontal("half", "sum_half")).otherwise("half").alias("half"),
        pl.when(empty).then(pl.lit(State.ADDED.value)).otherwise("state").alias("state"),
        (pl.col("unread") | (empty & ~told)).alias("unread"),
    )
    return settled.drop("sum", "sum_half", "known", "any_unread", "receipts")


def _groups_from_parts(grid: pl.DataFrame) -> pl.DataFrame:
    """Give a group that the file leaves out the sum of its parts, from the deepest groups on."""
    for depth in _depths(grid, descending=True):
        beside = grid.join(_sums(grid), on=[*KEY, "account"], how="left")
        here = (pl.col("depth") == depth) & pl.col("sen").is_null() & ~pl.col("unread")
        added = here & (pl.col("known") > 0) & ~pl.col("any_unread")
        grid = beside.with_columns(
            pl.when(added).then("sum").otherwise("sen").alias("sen"),
            pl.when(added).then("sum_half").otherwise("half").alias("half"),
            pl.when(added).then(pl.lit(State.ADDED.value)).otherwise("state").alias("state"),
        ).drop("sum", "sum_half", "known", "any_unread")
    return grid


def _nothing_where_sums_hold(grid: pl.DataFrame) -> pl.DataFrame:
    """Take a part that is not told as 0 where its group is the sum of the others, from the top down."""
    for depth in _depths(grid, descending=False):
        groups = grid.select(*KEY, "account", pl.col("sen").alias("whole"), pl.col("half").alias("whole_half"))
        held = groups.join(_sums(grid), on=[*KEY, "account"]).select(
            *KEY,
            pl.col("account").alias("parent"),
            ((pl.col("whole") - pl.col("sum")).abs() <= pl.col("whole_half") + pl.col("sum_half")).alias("holds"),
        )
        beside = grid.join(held, on=[*KEY, "parent"], how="left")
        nothing = (
            (pl.col("depth") == depth)
            & pl.col("sen").is_null()
            & ~pl.col("unread")
            & pl.col("holds").fill_null(value=False)
        )
        grid = beside.with_columns(
            pl.when(nothing).then(pl.lit(0, SEN)).otherwise("sen").alias("sen"),
            pl.when(nothing).then(pl.lit(0, SEN)).otherwise("half").alias("half"),
            pl.when(nothing).then(pl.lit(State.NOTHING.value)).otherwise("state").alias("state"),
        ).drop("holds")
    return grid


def _depths(grid: pl.DataFrame, *, descending: bool) -> list[int]:
    return sorted(grid["depth"].unique().to_list(), reverse=descending)
