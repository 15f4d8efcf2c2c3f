"""Six provinces' percentages of poor people, as two offices might send them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from nangkis.intake.request import Request
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.opened import Workspace


AT = datetime(2026, 11, 5, 8, tzinfo=UTC)
NAMES = ("Aceh", "Sumatera Utara", "Sumatera Barat", "Riau", "Jambi", "Bengkulu")
VALUES = (14.45, 8.15, 5.95, 6.68, 7.58, 14.04)


def table(folder: Path, name: str, *, year: int = 2023, values: tuple[float, ...] = VALUES) -> Path:
    """Write the percentages of a year."""
    path = folder / name
    rows = [f"{place},{value}" for place, value in zip(NAMES, values, strict=True)]
    path.write_text("\n".join([f"Provinsi,Persentase Penduduk Miskin {year}", *rows]), encoding="utf-8")
    return path


def take_in(workspace: Workspace, path: Path, rules: ImportRules | None = None) -> Imported:
    """Import one file."""
    rules = rules or ImportRules(Request())
    (done,) = import_files(workspace, [path], rules=rules, at=AT, on=date(2026, 11, 5), by="Sari")
    return done
