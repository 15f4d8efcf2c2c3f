"""A damaged table is never computed with, and comes back from the file that it was read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.content.messages import refusal_words
from nangkis.intake.mapping import read_map
from nangkis.intake.request import Request
from nangkis.lake.integrity import TableDamaged
from nangkis.lake.manifest import TableManifest
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.verifying import verify
from tests.rooms.workspace.conftest import HULU, NOON, TODAY, Example


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def budget_of_hulu(own: Example) -> TableManifest:
    return next(table for table in own.workspace.lake.live() if table.kind == "budget" and table.owner == HULU)


def test_no_document_is_verified_with_a_damaged_table(own: Example) -> None:
    table = budget_of_hulu(own)
    flip_a_byte(own.workspace.lake.tables_folder / f"{table.id}.parquet")

    with pytest.raises(TableDamaged) as refused:
        verify(own.workspace, own.made.path)

    assert table.source.name in refusal_words(refused.value, "id")


def test_importing_the_same_file_again_restores_its_table(own: Example) -> None:
    table = budget_of_hulu(own)
    flip_a_byte(own.workspace.lake.tables_folder / f"{table.id}.parquet")
    rules = ImportRules(Request(), read_map(own.raw / "peta.yaml"))

    imported = import_files(own.workspace, [own.raw / table.source.name], rules=rules, at=NOON, on=TODAY, by="Sri")

    restored = next(item for item in imported if item.table is not None and item.table.id == table.id)
    assert restored.outcome.findings[0].code == "table-restored"
    assert verify(own.workspace, own.made.path).holds
