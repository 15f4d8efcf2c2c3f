"""The example's workspace, as the benchmarks of documents use it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from nangkis.example.province import write_example
from nangkis.intake.mapping import read_map
from nangkis.intake.request import Request
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import Workspace, open_workspace


DAY = date(2026, 11, 24)
REGIONS = [f"contoh-2026:90.{number:02}" for number in (*range(1, 11), 71, 72)]


def example(folder: Path) -> Workspace:
    """Write the example's files and import them all."""
    raw = folder / "berkas"
    write_example(raw)
    workspace = open_workspace(folder / "kerja")
    files = sorted(path for path in raw.iterdir() if path.suffix in {".csv", ".xlsx"})
    rules = ImportRules(Request(), read_map(raw / "peta.yaml"))
    import_files(workspace, files, rules=rules, at=datetime(2026, 11, 24, tzinfo=UTC), on=DAY, by="benchmark")
    return workspace
