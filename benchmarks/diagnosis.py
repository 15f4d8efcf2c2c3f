"""How long the five analyses of all kabupaten and kota take, against SciPy and pandas alone and a bare Polars pass.

Ours is everything: totals of provinces and nation, sampling errors, comparisons with province and nation, ranks with
their ranges, courses with breaks and Theil-Sen intervals, relevansi, efektivitas, laju terhadap target, and peers. The
rival computes two of these quantities, one series at a time: scipy.stats.theilslopes, and pandas' rank in each field.
The bare pass groups the same table once. Runs are interleaved; the peak of memory is that of a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

import pandas as pd
import polars as pl
from scipy.stats import theilslopes

from nangkis.diagnosis.judged import Judged, judge
from nangkis.diagnosis.rules import rules_on
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.choice import KEY
from nangkis.indicators.facts import Facts
from nangkis.parameters.loader import packaged
from nangkis.regions import register
from nangkis.regions.table import KEMENDAGRI
from nangkis.vocabulary.codes import Region


ON = date(2026, 11, 24)
YEARS = range(2011, 2026)
HOW_MANY = 20  # indicators
REPETITIONS = 5
FASTER_GOAL, BARE_GOAL, MEMORY_GOAL = 10, 15, 500  # times, times, MiB
MIB = 2**20 if sys.platform == "darwin" else 2**10  # of what the system calls the peak


def main() -> None:
    """Invent the table, time all ways, and print the medians and their ratios."""
    table = invented()
    print(f"{table['region'].n_unique()} regions x {HOW_MANY} indicators x {len(YEARS)} years: {table.height:,} values")
    fields = table.select("indicator", "region", "year", "value", pl.col("region").str.slice(0, 18).alias("field"))
    frame = pd.DataFrame(fields.to_dict(as_series=False))
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: ours(table),
        "rival": lambda: rival(frame),
        "bare": lambda: bare(table),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(REPETITIONS):
        for name, way in ways.items():
            begun = perf_counter()
            way()
            times[name].append(perf_counter() - begun)
    took = {name: median(each) for name, each in times.items()}
    print(f"nangkis, five analyses: {took['ours']:.2f} s; SciPy and pandas, two quantities: {took['rival']:.2f} s")
    print(f"a bare Polars pass: {1000 * took['bare']:.0f} ms")
    print(f"{took['rival'] / took['ours']:.1f} times faster than SciPy and pandas (goal {FASTER_GOAL})")
    print(f"{took['ours'] / took['bare']:.1f} times the bare pass (goal: at most {BARE_GOAL})")
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
    ):
        path = Path(folder) / "angka.parquet"
        table.write_parquet(path)
        print(f"peak of memory: {pool.submit(peak, path).result():.0f} MiB (goal: under {MEMORY_GOAL})")


def invented() -> pl.DataFrame:
    """Return one value for each region, indicator and year, as the lake's tables choose them: one seed, one table."""
    chance = Random(2026)  # noqa: S311 - the same table every time
    codes = [one.code for one in indicators().values() if one.direction != "context" and "tahun" not in one.periods]
    nation = Region(KEMENDAGRI, "00")
    regions = [str(here.region) for here in register.regencies(nation)]
    rows = []
    for code in codes[:HOW_MANY]:
        low, high = indicators()[code].plausible
        period = indicators()[code].periods[0]
        for region in regions:
            level = low + (high - low) * chance.uniform(0.2, 0.4)
            rows += [
                (code, region, year, period, round(level * chance.uniform(0.9, 1.1), 2), 2, None, None, "t", None)
                for year in YEARS
            ]
    schema: dict[str, Any] = {
        "indicator": pl.String,
        "region": pl.String,
        "year": pl.Int32,
        "period": pl.String,
        "value": pl.Float64,
        "places": pl.Int8,
        "missing": pl.String,
        "standard_error": pl.Float64,
        "_table": pl.String,
        "losers": pl.List(pl.String),
    }
    return pl.DataFrame(rows, schema=schema, orient="row").sort(KEY)


def ours(table: pl.DataFrame) -> Judged:
    """Judge every region in every indicator of the table."""
    march = packaged().on("bulan_survei_pasti", ON)
    facts = Facts(table, (), packaged().on("source_preference", ON).use, {}, march.use)
    return judge(facts, rules_on(packaged(), ON), codes=table["indicator"].unique().to_list())


def rival(frame: pd.DataFrame) -> None:
    """Compute slopes one series at a time, and ranks in each field: no errors, no comparison, no verdict."""
    for _, series in frame.groupby(["indicator", "region"], sort=False):
        theilslopes(series["value"].to_numpy(), series["year"].to_numpy())
    frame.groupby(["indicator", "field", "year"])["value"].rank()


def bare(table: pl.DataFrame) -> None:
    """Pass over the table once: what any computation on its series costs at least.

    A series is of one period, and its last value that of its last year, wherever its row stands.
    """
    values, series = pl.col("value"), ("indicator", "region", "period")
    told = (values.mean().alias("mean"), values.min().alias("least"), values.max().alias("most"))
    last = values.sort_by("year").last().alias("last")
    table.lazy().group_by(series).agg(*told, last, pl.len()).sort(series).collect()


def peak(path: Path) -> float:
    """Return the most MiB that a process of its own takes for the analyses of a table at rest."""
    ours(pl.read_parquet(path))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


if __name__ == "__main__":
    main()
