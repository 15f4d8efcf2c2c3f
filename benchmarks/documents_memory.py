"""Memory while plans of one region after another are made: of the process that makes them, and of its children.

Run alone as ``python -m benchmarks.documents_memory [PLANS]`` it makes 12 plans, or 36: of every region as of one day
more in turn, so that no plan is made twice. Only Linux says the peak of one process.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path

from benchmarks.example import DAY, REGIONS, example
from nangkis.workspace.formats import Format
from nangkis.workspace.making import write_document
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.record import Request


PLANS = 12
WARM = 1  # plans: the first loads what the later ones use too
FLAT_GOAL = 1.10  # of the peaks of the last plans to the first ones after the warm-up
_ENDS = 3  # plans at either end of which the median is taken
_SAMPLED = 0.005  # seconds between two looks at the children, whose peak Linux keeps until they end
MIB = 2**20


@dataclass(frozen=True)
class Taken:
    """Bytes for one plan: this process's peak, what it holds afterwards, and its children's peak (the PDF's)."""

    peak: int
    held: int
    child: int


def main() -> None:
    """Make the example and print the measurement, of as many plans as the command says."""
    with tempfile.TemporaryDirectory() as folder:
        plans = int(sys.argv[1]) if len(sys.argv) > 1 else PLANS
        measure_memory(example(Path(folder)), Path(folder) / "banyak", plans)


def measure_memory(workspace: Workspace, folder: Path, plans: int = PLANS) -> None:
    """Print the memory of each plan in three formats, and whether the last ones take more than the first."""
    if not Path("/proc/self/clear_refs").exists():
        print("memory: skipped, only Linux says the peak of one process")
        return
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pool.submit(taken, workspace.folder, folder, plans).result()
    print(f"memory of {plans} plans in three formats, one after another in one process, MiB:")
    for name, about in (
        ("peak", "its peak during each plan"),
        ("held", "what it holds after each"),
        ("child", "peak of the child that sets each PDF"),
    ):
        each = [getattr(one, name) for one in found]
        first, last = _middle(each[WARM : WARM + _ENDS]), _middle(each[-_ENDS:])
        print(f"  {about}: {', '.join(f'{value / MIB:.0f}' for value in each)}")
        print(f"    last {_ENDS} to first {_ENDS} after {WARM}: {last / first:.2f} ({_goal(last / first)})")


def taken(workspace: Path, folder: Path, plans: int) -> list[Taken]:
    """Make the plans and return what each took: every region's as of each day in turn."""
    opened, found = open_workspace(workspace), list[Taken]()
    days = (DAY - timedelta(days=back) for back in range(plans))
    for day, region in islice(product(days, REGIONS), plans):
        found.append(_one(opened, folder, region, day))
    return found


def _one(workspace: Workspace, folder: Path, region: str, day: date) -> Taken:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    ended, peaks = threading.Event(), [0]
    watch = threading.Thread(target=_watch, args=(ended, peaks))
    watch.start()
    try:
        write_document(workspace, Request("rpkd", region, "id", day, None, None, None), folder, formats=list(Format))
    finally:
        ended.set()
        watch.join()
    return Taken(_status(os.getpid(), "VmHWM"), _status(os.getpid(), "VmRSS"), max(peaks))


def _watch(ended: threading.Event, peaks: list[int]) -> None:
    while not ended.wait(_SAMPLED):
        for thread in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # it may end while it is looked at
                peaks += [
                    _status(int(child), "VmHWM")
                    for child in (thread / "children").read_text(encoding="ascii").split()
                    if b"typst_child" in Path(f"/proc/{child}/cmdline").read_bytes()  # before that it is our own image
                ]


def _status(process: int, name: str) -> int:
    """Read it from Linux: what getrusage says begins with the peak of the process that started this one."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(rf"{name}:\s+(\d+) kB", text)
    return int(found[1]) * 1024 if found else 0


def _middle(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def _goal(ratio: float) -> str:
    return f"goal: at most {FLAT_GOAL:.2f}, {'met' if ratio <= FLAT_GOAL else 'NOT met'}"


if __name__ == "__main__":
    main()
