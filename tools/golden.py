"""The example's figures with the version of the method that computed each: ``python -m tools.golden`` writes them.

A figure may change only together with its method's version or with a dated rule that it depends on, so the tool refuses
to write one that changed alone.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nangkis.content.tree import figures_of_document
from nangkis.example.province import write_example
from nangkis.intake.mapping import read_map
from nangkis.intake.request import Request as ImportRequest
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.making import make_document
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.record import Request


GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "example_figures.json"
REGIONS = ("contoh-2026:90.05", "contoh-2026:90.10", "contoh-2026:90.71")
DAY = date(2026, 11, 24)
Golden = Mapping[str, tuple[Any, str]]  # key of the figure -> value, method@version and the digests of its rules


def computed() -> dict[str, tuple[Any, str]]:
    """Return the figures of three plans of the example: a regency with a budget, one that was split, and a city."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "berkas"
        write_example(raw)
        workspace = open_workspace(Path(folder) / "kerja")
        files = sorted(path for path in raw.iterdir() if path.suffix in {".csv", ".xlsx"})
        rules = ImportRules(ImportRequest(), read_map(raw / "peta.yaml"))
        import_files(workspace, files, rules=rules, at=datetime(2026, 11, 24, tzinfo=UTC), on=DAY, by="Sri")
        snapshot = workspace.lake.snapshot()
        found: dict[str, tuple[Any, str]] = {}
        for region in REGIONS:
            document = make_document(workspace, Request("rpkd", region, "id", DAY, None, None, None), snapshot)
            for figure in figures_of_document(document).values():
                if any(table in figure.key for table in snapshot.ids):
                    continue  # a count of one table is named after it, and a table's name follows its layout's version
                uses = sorted(f"{use.name}:{use.digest}" for use in figure.origin.parameters)
                found[figure.key] = (figure.value, " ".join([str(figure.origin.method), *uses]))
        return dict(sorted(found.items()))


def kept() -> dict[str, tuple[Any, str]]:
    """Return the golden figures as they are kept."""
    return {key: (value, method) for key, (value, method) in json.loads(GOLDEN.read_text(encoding="utf-8")).items()}


def changed_alone(before: Golden, after: Golden) -> list[str]:
    """Return the figures whose value changed though neither their method's version nor their rules did."""
    both = before.keys() & after.keys()
    return sorted(
        key
        for key in both
        if before[key][1] == after[key][1] and not math.isclose(before[key][0], after[key][0], rel_tol=1e-9)
    )


def main() -> int:
    """Write the golden figures; 1 when a figure changed without a new version of its method."""
    after = computed()
    if GOLDEN.is_file() and (alone := changed_alone(kept(), after)):
        print(f"{len(alone)} figures changed without a new method version or rule, such as {alone[0]}")
        return 1
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(entry)}" for key, entry in after.items())
    GOLDEN.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{len(after)} figures written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
