"""How long the import of a large pagu sheet takes, all checks included, against a bare openpyxl loop over its rows.

The rival does nothing with the cells that it reads. Runs are interleaved, so that a busy machine slows both alike;
processor seconds, those of the child process included, say what each way costs when no second core is free.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl

from nangkis.budget.schema import Stage
from nangkis.example.budget_files import big_pagu
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region


ROWS = 100_000
SEED = 2026
REPETITIONS = 5
GOAL = 3.0
SAID = Request(region=Region.parse("contoh:90.05"), year=2026, stage=Stage.RKPD)


def main() -> None:
    """Write the sheet, time both ways, and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pagu.xlsx"
        big_pagu(path, rows=ROWS, seed=SEED)
        print(f"{ROWS:,} rows of pagu, {path.stat().st_size / 2**20:.1f} MiB of xlsx, {REPETITIONS} runs of each")
        ours, theirs = _medians(lambda: _import(path), lambda: _loop(path))
    ratio = theirs.wall / ours.wall
    verdict = "met" if ratio >= GOAL else "NOT met"
    print(f"nangkis, all checks:         {ours.wall:.2f} s, {ours.processor:.2f} processor seconds")
    print(f"openpyxl, read-only loop:    {theirs.wall:.2f} s, {theirs.processor:.2f} processor seconds")
    print(f"{ratio:.1f} times faster (goal: {GOAL:.0f} times, {verdict})")
    print(f"{theirs.processor / ours.processor:.1f} times fewer processor seconds")


class Taken(NamedTuple):
    """Seconds that one run took, or the medians of several."""

    wall: float
    processor: float


def _medians(*ways: Callable[[], None]) -> tuple[Taken, ...]:
    runs: list[list[Taken]] = [[] for _ in ways]
    for _ in range(REPETITIONS):
        for way, taken in zip(ways, runs, strict=True):
            start, before = time.perf_counter(), _processor_seconds()
            way()
            taken.append(Taken(time.perf_counter() - start, _processor_seconds() - before))
    return tuple(Taken(*map(statistics.median, zip(*taken, strict=True))) for taken in runs)


def _processor_seconds() -> float:
    return sum(os.times()[:4])


def _import(path: Path) -> None:
    (outcome,) = read_file(path, SAID, parameters=packaged(), on=date(2026, 11, 5))
    if outcome.rows_accepted != ROWS:
        raise SystemExit(f"{outcome.rows_accepted:,} of {ROWS:,} rows were accepted: {outcome.refusal}")


def _loop(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if rows < ROWS:
        raise SystemExit(f"the loop saw {rows:,} rows")


if __name__ == "__main__":
    main()
