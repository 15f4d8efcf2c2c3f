"""A value that a web service gave is traced to its place in the kept answer."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from nangkis.intake.request import Request
from nangkis.lake.answers import KeptAnswer, write_answer
from nangkis.vocabulary.figures import Selection
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace
from nangkis.workspace.tracing import follow
from tests.rooms.connectors.answers import table


AT = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
OF_P0 = {"model": "data", "domain": "0000", "var": "192"}


def test_a_value_is_traced_to_its_key_in_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "jawaban.json"
    write_answer(path, KeptAnswer("bps", OF_P0, AT, (json.dumps(table()).encode(),)))
    workspace = open_workspace(tmp_path / "kerja")

    (done,) = import_files(workspace, [path], rules=ImportRules(Request()), at=AT, on=date(2026, 11, 24), by="Sri")
    assert done.table is not None
    where = (("region", ("kemendagri-2025:72",)), ("year", (2024,)), ("period", ("maret",)))
    (cell,) = follow(workspace, Selection(done.table.id, where, "value")).cells

    # Sulawesi Tengah (7200), variable 192, everybody (434), 2024 (124), March (61).
    key = "720019243412461"
    assert dict(cell.keys)["pointer"] == f"/answers/0/datacontent/{key}"
    assert cell.value == table()["datacontent"][key]
    workspace.lake.source_path(done.table).write_text("{", encoding="utf-8")
    (cell,) = follow(workspace, Selection(done.table.id, where, "value")).cells
    assert "pointer" not in dict(cell.keys)
