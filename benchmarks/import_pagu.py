"""How long the import of a large pagu sheet takes, all checks included, against a bare openpyxl loop over its rows.

The import is the whole deed: read, check, and accept into a fresh workspace (copy of the source, Parquet, manifest, all
flushed to disk); reading and checking alone is shown beside it. The rival does nothing with the cells that it reads.
Runs are interleaved, so that a busy machine slows all alike; processor seconds, those of the child process included,
say what each way costs when no second core is free.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl

from nangkis.budget.schema import Stage
from nangkis.example.budget_files import big_pagu
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


ROWS = 100_000
SEED = 2026
REPETITIONS = 5
GOAL = 3.0
DAY = date(2026, 11, 5)
SAID = Request(region=Region.parse("contoh:90.05"), year=2026, stage=Stage.RKPD)


def main() -> None:
    """Write the sheet, time all ways, and print the medians and their ratios to the rival."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pagu.xlsx"
        big_pagu(path, rows=ROWS, seed=SEED)
        print(f"{ROWS:,} rows of pagu, {path.stat().st_size / 2**20:.1f} MiB of xlsx, {REPETITIONS} runs of each")
        imported, read, looped = _medians(lambda: _import(path), lambda: _read(path), lambda: _loop(path))
    ratio = looped.wall / imported.wall
    print(_line("nangkis, import with all checks", imported, looped))
    print(_line("nangkis, reading and checks only", read, looped))
    print(f"openpyxl, read-only loop: {looped.wall:.2f} s, {looped.processor:.2f} processor seconds")
    print(f"the import is {ratio:.1f} times faster (goal: {GOAL:.0f} times, {'met' if ratio >= GOAL else 'NOT met'})")


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


def _line(what: str, taken: Taken, rival: Taken) -> str:
    faster, fewer = rival.wall / taken.wall, rival.processor / taken.processor
    cost = f"{taken.wall:.2f} s, {taken.processor:.2f} processor seconds"
    return f"{what}: {cost} ({faster:.1f} times faster, {fewer:.1f} times fewer processor seconds)"


def _import(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (imported,) = import_files(
            open_workspace(Path(folder)),
            [path],
            rules=ImportRules(SAID),
            at=datetime(2026, 11, 5, tzinfo=UTC),
            on=DAY,
            by="benchmark",
        )
        _check(imported.outcome, accepted=imported.table is not None)


def _read(path: Path) -> None:
    (outcome,) = read_file(path, SAID, parameters=packaged(), on=DAY)
    _check(outcome, accepted=True)


def _check(outcome: SheetOutcome, *, accepted: bool) -> None:
    if outcome.rows_accepted != ROWS or not accepted:
        raise SystemExit(f"{outcome.rows_accepted:,} of {ROWS:,} rows were accepted: {outcome.refusal}")


def _loop(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if rows < ROWS:
        raise SystemExit(f"the loop saw {rows:,} rows")


if __name__ == "__main__":
    main()
