"""The peak of a process's memory while plans of one region after another are made; in a process of its own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from nangkis.workspace.formats import Format
from nangkis.workspace.making import write_document
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.record import Request


STATUS = Path("/proc/self/status")


def peaks(workspace: Path, folder: Path, regions: list[str], day: date) -> list[int]:
    """Return the peak so far in bytes, after each region's plan in three formats."""
    opened, found = open_workspace(workspace), list[int]()
    for region in regions:
        write_document(opened, Request("rpkd", region, "id", day, None, None, None), folder, formats=list(Format))
        found.append(_peak())
    return found


def _peak() -> int:
    """Read it from Linux: what getrusage says begins with the peak of the process that started this one."""
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="utf-8"))
    if found is None:
        raise SystemExit("the system does not say a process's peak of memory")
    return int(found[1]) * 1024
