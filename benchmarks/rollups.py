"""How long the sums of 27.6 million budget lines take, against a bare Polars scan-and-group and against pandas.

Ours sums by region, year, bidang and strategy: what the rules propose of each distinct sub kegiatan is joined to the
lines. The bare scan reads the same columns and groups them by region, year and bidang once. Each way runs in a process
of its own, whose peak of memory is told; runs are interleaved. The lines are written once, which takes about a minute.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd
import polars as pl

from nangkis.budget.rollups import BUDGET, distinct, proposals, roll_up
from nangkis.example.scale import RawKind, Scale, write_scale
from nangkis.parameters.loader import packaged


ON = date(2026, 11, 24)
WHOLE, TENTH = Scale(552, 5, 10_000), Scale(276, 1, 10_000)  # 27.6 and 2.76 million lines
REPETITIONS = 3
BARE_GOAL, PANDAS_GOAL, TAGGING_GOAL, SIZE_GOAL, MEMORY_GOAL = 2.5, 4, 0.5, 12, 2048  # times, shares of a scan, MiB
BY = [*BUDGET, "bidang_code"]
READ = [*BY, "sub_kegiatan_code", "sub_kegiatan_name", "amount_sen"]
MIB = 2**20 if sys.platform == "darwin" else 2**10  # of what the system calls the peak


def main() -> None:
    """Write the lines, time all ways, and print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth = (_written(Path(folder) / name, scale) for name, scale in (("whole", WHOLE), ("tenth", TENTH)))
        asked: Mapping[str, tuple[Callable[[Path], object], Path]] = {
            "ours": (strategies, whole),
            "untagged": (bidang, whole),
            "tenth": (strategies, tenth),
            "bare": (bare, whole),
            "pandas": (with_pandas, whole),
        }
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
        for _ in range(REPETITIONS):
            for name, (way, where) in asked.items():
                runs[name].append(_alone(way, where))
    took = {name: median(seconds for seconds, _ in each) for name, each in runs.items()}
    peak = {name: max(mebibytes for _, mebibytes in each) for name, each in runs.items()}
    print(f"27.6 million lines: {took['ours']:.2f} s; bare {took['bare']:.2f} s; pandas {took['pandas']:.2f} s")
    print(f"{took['ours'] / took['bare']:.2f} times the bare scan and group (goal: at most {BARE_GOAL})")
    print(f"{took['pandas'] / took['ours']:.1f} times faster than pandas (goal {PANDAS_GOAL})")
    tagging = (took["ours"] - took["untagged"]) / took["bare"]
    print(f"tagging adds {tagging:.2f} of a bare scan (goal: at most {TAGGING_GOAL})")
    print(f"{took['ours'] / took['tenth']:.1f} times as long as for a tenth of the lines (goal: at most {SIZE_GOAL})")
    print(f"peak of memory: {peak['ours']:.0f} MiB (goal: under {MEMORY_GOAL}); pandas {peak['pandas']:.0f} MiB")


def strategies(folder: Path) -> pl.DataFrame:
    """Sum by what the rules propose."""
    lines = pl.scan_parquet(folder / "*.parquet")
    told = proposals(distinct(lines).collect(engine="streaming"), packaged(), ON)
    return roll_up(lines, "strategy", told.lazy()).collect(engine="streaming")


def bidang(folder: Path) -> pl.DataFrame:
    """Sum by what the lines say themselves."""
    return roll_up(pl.scan_parquet(folder / "*.parquet"), "bidang").collect(engine="streaming")


def bare(folder: Path) -> pl.DataFrame:
    """Read the columns that ours reads, and group once."""
    told = (pl.col(column).first() for column in ("sub_kegiatan_code", "sub_kegiatan_name"))
    lines = pl.scan_parquet(folder / "*.parquet")
    return lines.group_by(BY).agg(pl.col("amount_sen").sum(), pl.len(), *told).collect(engine="streaming")


def with_pandas(folder: Path) -> pd.DataFrame:
    """Sum as an analyst would who does not run out of memory: the same columns, as categories."""
    paths = sorted(folder.glob("*.parquet"))
    told = proposals(distinct(pl.scan_parquet(paths)).collect(engine="streaming"), packaged(), ON)
    strategy = pd.DataFrame(told.select("sub_kegiatan_code", "sub_kegiatan_name", "strategy").to_dict(as_series=False))
    lines = pd.concat([pd.read_parquet(path, columns=READ) for path in paths], ignore_index=True)
    joined = lines.merge(strategy, on=["sub_kegiatan_code", "sub_kegiatan_name"], how="left")
    return joined.groupby([*BY, "strategy"], dropna=False, observed=True)["amount_sen"].sum().reset_index()


def _written(folder: Path, scale: Scale) -> Path:
    deque(write_scale(folder, scale, kind=RawKind.NONE, seed=2026, language="en"), maxlen=0)
    return folder / "parquet"


def _alone(way: Callable[[Path], object], folder: Path) -> tuple[float, float]:
    """Return the seconds and the peak of memory in MiB of one way in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, way, folder).result()


def _measured(way: Callable[[Path], object], folder: Path) -> tuple[float, float]:
    begun = perf_counter()
    way(folder)
    return perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


if __name__ == "__main__":
    main()
