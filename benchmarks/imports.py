"""What the benchmarks of imports share: the whole deed, the rival's bare loop, and medians of interleaved runs."""

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

from nangkis.intake.reading import SheetOutcome
from nangkis.intake.request import Request
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


DAY = date(2026, 11, 5)
GOAL = 3.0


class Taken(NamedTuple):
    """Seconds that one run took, or the medians of several."""

    wall: float
    processor: float


def medians(*ways: Callable[[], None], repetitions: int) -> tuple[Taken, ...]:
    """Run all ways in turn, so that a busy machine slows all alike, and return the medians of each."""
    runs: list[list[Taken]] = [[] for _ in ways]
    for _ in range(repetitions):
        for way, taken in zip(ways, runs, strict=True):
            start, before = time.perf_counter(), _processor_seconds()
            way()
            taken.append(Taken(time.perf_counter() - start, _processor_seconds() - before))
    return tuple(Taken(*map(statistics.median, zip(*taken, strict=True))) for taken in runs)


def _processor_seconds() -> float:
    return sum(os.times()[:4])


def imported(path: Path, said: Request, *, rows: int) -> None:
    """Import a file into a fresh workspace; the benchmark ends when not all rows were accepted."""
    with tempfile.TemporaryDirectory() as folder:
        (done,) = import_files(
            open_workspace(Path(folder)),
            [path],
            rules=ImportRules(said),
            at=datetime(2026, 11, 5, tzinfo=UTC),
            on=DAY,
            by="benchmark",
        )
        check(done.outcome, rows=rows, accepted=done.table is not None)


def check(outcome: SheetOutcome, *, rows: int, accepted: bool = True) -> None:
    """End the benchmark when not all rows were accepted."""
    if outcome.rows_accepted != rows or not accepted:
        raise SystemExit(f"{outcome.rows_accepted:,} of {rows:,} rows were accepted: {outcome.refusal}")


def looped(path: Path, *, rows: int) -> None:
    """Read every row of the first sheet with openpyxl, and do nothing with it."""
    book = openpyxl.load_workbook(path, read_only=True)
    seen = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if seen < rows:
        raise SystemExit(f"the loop saw {seen:,} rows")


def line(what: str, taken: Taken, rival: Taken) -> str:
    """Return one way's seconds beside the rival's."""
    faster, fewer = rival.wall / taken.wall, rival.processor / taken.processor
    cost = f"{taken.wall:.2f} s, {taken.processor:.2f} processor seconds"
    return f"{what}: {cost} ({faster:.1f} times faster, {fewer:.1f} times fewer processor seconds)"


def verdict(taken: Taken, rival: Taken) -> str:
    """Return how much faster an import is than the rival, and whether that meets the goal."""
    ratio = rival.wall / taken.wall
    return f"the import is {ratio:.1f} times faster (goal: {GOAL:.0f} times, {'met' if ratio >= GOAL else 'NOT met'})"
