"""Sums over every budget of a workspace, on Polars here or on a cluster of Spark: the same answer from either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import polars as pl

from nangkis.budget.lines import BudgetMissing, check_counted_once
from nangkis.budget.rollups import BUDGET, columns_of, distinct, needs_proposals, proposals, roll_ups, schema_of
from nangkis.budget.schema import KIND, SCHEMA
from nangkis.budget.tags import SEEN
from nangkis.lake.snapshot import Snapshot
from nangkis.lake.spark import collected, read_tables, spark_session, to_spark
from nangkis.parameters.dated import Parameters
from nangkis.workspace.opened import Workspace, tables_of


class Engine(StrEnum):
    """What computes a roll-up."""

    POLARS = "polars"
    SPARK = "spark"


def rolled_up(
    workspace: Workspace, names: Sequence[str], *, on: date, engine: Engine = Engine.POLARS, master: str | None = None
) -> pl.DataFrame:
    """Return these roll-ups of all live budget tables, as :func:`nangkis.budget.rollups.roll_ups` says, sorted.

    ``on`` is the day whose rules propose tags. Raises BudgetMissing where there is no budget, BudgetDoubled where two
    tables hold one, and what :func:`nangkis.lake.spark.spark_session` raises.
    """
    snapshot = tables_of(workspace)
    if not snapshot.of_kind(KIND):
        raise BudgetMissing("budget-none")
    check_counted_once(snapshot)
    if engine is Engine.SPARK:
        found = _on_spark(snapshot, names, workspace.parameters, on, master)
    else:
        found = _on_polars(snapshot, names, workspace.parameters, on)
    return found.sort("roll_up", *BUDGET, *columns_of(names)[len(BUDGET) :], nulls_last=True)


def _on_polars(snapshot: Snapshot, names: Sequence[str], parameters: Parameters, on: date) -> pl.DataFrame:
    lines = snapshot.frame(KIND, SCHEMA)
    told = None
    if any(map(needs_proposals, names)):
        told = proposals(distinct(lines).collect(engine="streaming"), parameters, on).lazy()
    return roll_ups(lines, names, told).collect(engine="streaming").cast(schema_of(names))


def _on_spark(
    snapshot: Snapshot, names: Sequence[str], parameters: Parameters, on: date, master: str | None
) -> pl.DataFrame:
    with spark_session(master) as session:
        lines = read_tables(session, snapshot.paths(KIND), SCHEMA)
        told = None
        if any(map(needs_proposals, names)):
            keys = collected(distinct(lines), pl.Schema(dict.fromkeys(SEEN, pl.String())))
            told = to_spark(session, proposals(keys, parameters, on))
        return collected(roll_ups(lines, names, told), schema_of(names))
