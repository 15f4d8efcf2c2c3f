"""How long the import of a budget of 100,000 accounts x 22 columns takes, all checks included, against openpyxl's loop.

As in ``import_pagu``, with the wider sheet that SIPD exports.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from nangkis.budget.schema import Stage
from nangkis.example.account_files import big_accounts
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


ROWS = 100_000
SEED = 2026
REPETITIONS = 3
GOAL = 3.0
DAY = date(2026, 11, 5)
SAID = Request(region=Region.parse("contoh:90.05"), stage=Stage.APBD)


def main() -> None:
    """Write the sheet, time both ways in turn, and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anggaran.xlsx"
        big_accounts(path, rows=ROWS, seed=SEED)
        print(f"{ROWS:,} rows x 22 columns, {path.stat().st_size / 2**20:.1f} MiB of xlsx, {REPETITIONS} runs of each")
        runs = [(_seconds(lambda: _import(path)), _seconds(lambda: _loop(path))) for _ in range(REPETITIONS)]
    imported, looped = (statistics.median(taken) for taken in zip(*runs, strict=True))
    ratio = looped / imported
    print(f"nangkis, import with all checks: {imported:.2f} s; openpyxl, read-only loop: {looped:.2f} s")
    print(f"the import is {ratio:.1f} times faster (goal: {GOAL:.0f} times, {'met' if ratio >= GOAL else 'NOT met'})")


def _seconds(way: Callable[[], None]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


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
    if imported.outcome.rows_accepted != ROWS or imported.table is None:
        raise SystemExit(f"{imported.outcome.rows_accepted:,} of {ROWS:,} rows: {imported.outcome.refusal}")


def _loop(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    if rows < ROWS:
        raise SystemExit(f"the loop saw {rows:,} rows")


if __name__ == "__main__":
    main()
