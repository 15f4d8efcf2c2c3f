"""The fictional province, imported once, and a copy of its workspace for each test that changes something."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.example.province import write_example
from nangkis.intake.mapping import read_map
from nangkis.intake.request import Request as ImportRequest
from nangkis.workspace.importing import Imported, ImportRules, import_files
from nangkis.workspace.making import Made, write_document
from nangkis.workspace.opened import Workspace, open_workspace
from nangkis.workspace.record import Request


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HULU = "contoh-2026:90.05"


@dataclass(frozen=True)
class Example:
    """Raw files, a workspace in which they are imported, and a plan made from it."""

    raw: Path
    workspace: Workspace
    imported: tuple[Imported, ...]
    made: Made


def import_example(folder: Path, raw: Path) -> tuple[Workspace, tuple[Imported, ...]]:
    workspace = open_workspace(folder)
    files = sorted(path for path in raw.iterdir() if path.suffix in {".csv", ".xlsx"})
    rules = ImportRules(ImportRequest(), read_map(raw / "peta.yaml"))
    return workspace, import_files(workspace, files, rules=rules, at=NOON, on=TODAY, by="Sri")


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Made once; only read by the tests."""
    folder = tmp_path_factory.mktemp("contoh")
    raw = folder / "berkas"
    write_example(raw)
    workspace, imported = import_example(folder / "kerja", raw)
    made = write_document(workspace, Request("rpkd", HULU, "id", TODAY, None, None, None), folder / "dokumen")
    return Example(raw, workspace, imported, made)


@pytest.fixture
def own(example: Example, tmp_path: Path) -> Example:
    """A copy that a test may change."""
    shutil.copytree(example.workspace.folder, tmp_path / "kerja")
    shutil.copytree(example.raw, tmp_path / "berkas")
    path = tmp_path / example.made.path.name
    shutil.copy(example.made.path, path)
    workspace = open_workspace(tmp_path / "kerja")
    return Example(tmp_path / "berkas", workspace, example.imported, Made(path, example.made.record))
