"""How long the import of a large pagu sheet takes, all checks included, against a bare openpyxl loop over its rows.

The import is the whole deed: read, check, and accept into a fresh workspace (copy of the source, Parquet, manifest, all
flushed to disk); reading and checking alone is shown beside it. The rival does nothing with the cells that it reads.
Runs are interleaved, so that a busy machine slows all alike; processor seconds, those of the child process included,
say what each way costs when no second core is free.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.imports import DAY, check, imported, line, looped, medians, verdict
from nangkis.budget.schema import Stage
from nangkis.example.budget_files import big_pagu
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region


ROWS = 100_000
SEED = 2026
REPETITIONS = 5
SAID = Request(region=Region.parse("contoh:90.05"), year=2026, stage=Stage.RKPD)


def main() -> None:
    """Write the sheet, time all ways, and print the medians and their ratios to the rival."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pagu.xlsx"
        big_pagu(path, rows=ROWS, seed=SEED)
        print(f"{ROWS:,} rows of pagu, {path.stat().st_size / 2**20:.1f} MiB of xlsx, {REPETITIONS} runs of each")
        whole, read, loop = medians(
            lambda: imported(path, SAID, rows=ROWS),
            lambda: _read(path),
            lambda: looped(path, rows=ROWS),
            repetitions=REPETITIONS,
        )
    print(line("nangkis, import with all checks", whole, loop))
    print(line("nangkis, reading and checks only", read, loop))
    print(f"openpyxl, read-only loop: {loop.wall:.2f} s, {loop.processor:.2f} processor seconds")
    print(verdict(whole, loop))


def _read(path: Path) -> None:
    (outcome,) = read_file(path, SAID, parameters=packaged(), on=DAY)
    check(outcome, rows=ROWS)


if __name__ == "__main__":
    main()
