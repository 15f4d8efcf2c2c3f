"""Decisions and lists of the tests' own making, as they would lie in the lake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.budget.analysis import BudgetAnalysis, analyse_budget
from nangkis.budget.tagging.schema import DECISION_KIND, DECISIONS, LIST_KIND, LISTS, WHOLE
from nangkis.lake.manifest import Reading
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from tests.rooms.budget.budgets import CENDANA, TODAY, Line, accept, budget_frame


MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
BOS = ("1.01.02.2.01.29", "Pengelolaan Dana BOS Sekolah Dasar")
KITS = ("1.01.02.2.01.28", "Pengadaan Perlengkapan Siswa")


def decision(of: tuple[str, str], tag: str | None = "ditandai", *, hour: int = 0, **values: Any) -> dict[str, Any]:
    """One part of a decision on a sub kegiatan: by default the whole of it, for education, strategy 1, direct."""
    is_tag = tag == "ditandai"
    own = {"dimension": "pendidikan", "strategy": "1", "directness": "langsung"} if is_tag else {}
    return {
        "region": str(CENDANA),
        "year": 2026,
        "sub_kegiatan_code": of[0],
        "sub_kegiatan_name": of[1],
        "part": 1,
        "tag": tag,
        **own,
        "share": None if tag is None else WHOLE,
        "reason": "Diputuskan rapat TKPK",
        "by": "Sekretariat TKPK",
        "at": (MORNING + timedelta(hours=hour)).isoformat(timespec="microseconds"),
        **values,
    }


def entry(of: tuple[str | None, str], strategy: str | None = "1", **values: Any) -> dict[str, Any]:
    """One entry of the region's list."""
    own = {"region": str(CENDANA), "year": 2026, "sub_kegiatan_code": of[0], "sub_kegiatan_name": of[1]}
    return {**own, "strategy": strategy, **values}


def official(of: tuple[str, str], tags: str = "KEMISKINAN EKSTREM (ASTACITA)") -> dict[str, Any]:
    """A sub kegiatan of the nomenclature with its official tags."""
    return {"level": "sub-kegiatan", "code": of[0], "name": of[1], "tags": tags, "valid_from": 2027}


NOMENCLATURE = pl.Schema(
    {
        **dict.fromkeys(("level", "code", "name", "tags"), pl.String()),
        "valid_from": pl.Int32(),
        "_sheet": pl.String(),
        "_row": pl.Int32(),
        "_col": pl.String(),
    }
)


def keep(lake: Lake, kind: str, schema: pl.Schema, rows: Sequence[Mapping[str, Any]]) -> str:
    """Put rows into the lake as a table of a kind; return its name."""
    placed = [{"_sheet": "Penandaan", "_row": row, "_col": "K", **values} for row, values in enumerate(rows, start=2)]
    frame = pl.DataFrame(placed, schema=schema)
    lake.folder.mkdir(parents=True, exist_ok=True)
    source = lake.folder.parent / f"{kind}.csv"
    source.write_bytes(frame.write_json().encode())
    reading = Reading(
        kind=kind, title=kind, owner=str(CENDANA), layout=kind, layout_version=1, sheet="Penandaan",
        cell_range="A1:P9", frame=frame, rows_in=frame.height + 1, rows_frame=1, rows_accepted=frame.height,
        rows_refused=0, about={"region": str(CENDANA), "place": "Kabupaten Cendana", "year": "2026"},
    )  # fmt: skip
    return lake.accept(reading, source_file=source, at=MORNING, by="Sekretariat TKPK").id


def analysed(
    folder: Path,
    lines: Sequence[Line],
    *decisions: Mapping[str, Any],
    entries: Sequence[Mapping[str, Any]] = (),
    codes: Sequence[Mapping[str, Any]] = (),
) -> BudgetAnalysis:
    """The budget of these lines with these decisions, entries of the region's list and official tags."""
    lake = Lake(folder / "lake")
    accept(lake, budget_frame(lines))
    if decisions:
        keep(lake, DECISION_KIND, DECISIONS, decisions)
    if entries:
        keep(lake, LIST_KIND, LISTS, entries)
    if codes:
        keep(lake, "nomenclature", NOMENCLATURE, codes)
    return analyse_budget(lake.snapshot(), CENDANA, 2026, parameters=packaged(), on=TODAY)
