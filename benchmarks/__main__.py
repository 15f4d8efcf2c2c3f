"""``make bench``: run every benchmark, one after the other, on a machine that does nothing else."""

from __future__ import annotations

import os
import platform

from benchmarks import diagnosis, documents, import_accounts, import_pagu, rollups, tag_quality, tag_rules


print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
for benchmark in (import_pagu, import_accounts, documents, tag_rules, tag_quality, rollups, diagnosis):
    print(f"\n== {benchmark.__name__.removeprefix('benchmarks.')}: {(benchmark.__doc__ or '').strip().splitlines()[0]}")
    benchmark.main()
