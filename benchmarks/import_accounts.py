"""How long the import of a budget of 100,000 accounts x 22 columns takes, all checks included, against openpyxl's loop.

As in ``import_pagu``, with the wider sheet that SIPD exports.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.imports import imported, line, looped, medians, verdict
from nangkis.budget.schema import Stage
from nangkis.example.account_files import big_accounts
from nangkis.intake.request import Request
from nangkis.vocabulary.codes import Region


ROWS = 100_000
SEED = 2026
REPETITIONS = 3
SAID = Request(region=Region.parse("contoh:90.05"), stage=Stage.APBD)


def main() -> None:
    """Write the sheet, time both ways in turn, and print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anggaran.xlsx"
        big_accounts(path, rows=ROWS, seed=SEED)
        print(f"{ROWS:,} rows x 22 columns, {path.stat().st_size / 2**20:.1f} MiB of xlsx, {REPETITIONS} runs of each")
        whole, loop = medians(
            lambda: imported(path, SAID, rows=ROWS), lambda: looped(path, rows=ROWS), repetitions=REPETITIONS
        )
    print(line("nangkis, import with all checks", whole, loop))
    print(f"openpyxl, read-only loop: {loop.wall:.2f} s, {loop.processor:.2f} processor seconds")
    print(verdict(whole, loop))


if __name__ == "__main__":
    main()
