"""Every roll-up gives the same answer on a real cluster of Spark as on Polars, to the sen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.budget.rollups import ROLL_UPS, distinct, proposals, roll_ups, schema_of
from nangkis.budget.schema import SCHEMA
from nangkis.lake.spark import collected, read_tables, spark_session, to_spark
from nangkis.parameters import loader
from tests.spark.cluster import SETTINGS, cluster, why_not
from tests.spark.trees import TREES, stacked_trees


ON = date(2026, 11, 24)
TABLES = 4
pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


def test_every_roll_up_of_stacked_random_trees_is_the_same_on_both_engines(tmp_path: Path) -> None:
    folder = tmp_path / "trees [1]"  # a name that Spark would take for a pattern
    folder.mkdir()
    paths = [folder / f"budget-{number}.parquet" for number in range(TABLES)]
    for path, trees in zip(paths, stacked_trees(TABLES), strict=True):
        trees.write_parquet(path)
    names = list(ROLL_UPS)
    lines = pl.scan_parquet(paths, glob=False)
    told = proposals(distinct(lines).collect(), loader.packaged(), ON)
    here = roll_ups(lines, names, told.lazy()).collect()

    with cluster(tmp_path) as master, spark_session(master, settings=SETTINGS) as session:
        rows = read_tables(session, paths, SCHEMA)
        there = collected(roll_ups(rows, names, to_spark(session, told)), schema_of(names))
        workers = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()

    order = here.columns[:-3]
    assert there.sort(order).equals(here.cast(schema_of(names)).sort(order))
    assert workers == 1 + 2  # the driver, and an executor on each worker
    assert set(here["roll_up"]) == set(ROLL_UPS)
    assert here["region"].n_unique() == TREES
    assert here["amount_sen"].max() > 2**63  # type: ignore[operator]
