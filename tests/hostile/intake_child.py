"""Run by the hostile tests in a process of its own: reads every file of a folder and tells what it cost.

``python intake_child.py FOLDER`` prints a JSON object: by file the code and values of its refusal and the seconds, and
the most memory that this process and its children took.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged


KIB = 1024


def main(folder: Path) -> None:
    answers = {}
    for path in sorted(folder.iterdir()):
        start = time.perf_counter()
        outcomes = read_file(path, Request(), parameters=packaged(), on=date(2026, 11, 5))
        refusal = outcomes[0].refusal
        answers[path.name] = {
            "code": refusal.code if refusal else None,
            "kind": type(refusal).__name__,
            "limit": refusal.values.get("limit") if refusal else None,
            "readings": sum(outcome.reading is not None for outcome in outcomes),
            "seconds": time.perf_counter() - start,
        }
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(json.dumps({"files": answers, "memory_bytes": most * KIB}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
