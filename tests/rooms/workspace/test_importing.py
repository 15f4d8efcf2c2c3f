"""Files into a workspace: two sources for one fact, the same file again, a budget that replaces one, a mere check."""

from __future__ import annotations

from pathlib import Path

from nangkis.budget.schema import Stage
from nangkis.indicators.facts import facts
from nangkis.intake.request import Request as ImportRequest
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import BudgetAlreadyThere, ImportRules, import_files
from tests.rooms.workspace.conftest import HULU, NOON, TODAY, Example, import_example


def test_two_sources_for_one_fact_are_noticed_when_facts_are_read(example: Example) -> None:
    found = facts(example.workspace.lake.snapshot(), parameters=example.workspace.parameters, on=TODAY).findings

    assert [(finding.values["region"], finding.values["year"]) for finding in found] == [("Kab. Contoh Timur", "2024")]


def test_the_same_file_again_changes_nothing(own: Example) -> None:
    before = own.workspace.lake.live()

    _, again = import_example(own.workspace.folder, own.raw)

    assert own.workspace.lake.live() == before
    read = [imported for imported in again if imported.outcome.reading is not None]
    assert len(read) == len(before)
    assert {imported.table.id for imported in read if imported.table} == {manifest.id for manifest in before}
    assert all(imported.outcome.findings[0].code == "already-accepted" for imported in read)
    assert all(imported.outcome.refusal is None for imported in again)


def test_a_second_budget_of_the_same_stage_is_refused_unless_it_replaces(own: Example) -> None:
    path = own.raw / "pagu RKPD 2026 Kota Contoh Raya.csv"
    text = path.read_bytes().replace(b"Kota Contoh Raya", b"Kabupaten Contoh Hulu")
    corrected = own.raw / "pagu perbaikan.csv"
    corrected.write_bytes(text)
    said = ImportRequest(region=Region.parse(HULU), year=2026, stage=Stage.RKPD)
    held = next(
        manifest for manifest in own.workspace.lake.live() if manifest.kind == "budget" and manifest.owner == HULU
    )

    (refused,) = import_files(own.workspace, [corrected], rules=ImportRules(said), at=NOON, on=TODAY, by="Sri")
    (accepted,) = import_files(
        own.workspace, [corrected], rules=ImportRules(said, supersedes=held.id), at=NOON, on=TODAY, by="Sri"
    )

    assert isinstance(refused.outcome.refusal, BudgetAlreadyThere)
    assert (refused.outcome.rows_accepted, refused.outcome.rows_refused) == (0, accepted.outcome.rows_accepted)
    assert accepted.table is not None
    assert own.workspace.lake.latest(held.id) == accepted.table.id


def test_check_only_accepts_nothing(example: Example, tmp_path: Path) -> None:
    from nangkis.workspace.opened import open_workspace  # noqa: PLC0415 - an empty one, used once

    workspace = open_workspace(tmp_path)
    path = example.raw / "Garis Kemiskinan Menurut Kabupaten_Kota, 2018.csv"
    (checked,) = import_files(
        workspace, [path], rules=ImportRules(ImportRequest(), check_only=True), at=NOON, on=TODAY, by="Sri"
    )

    assert checked.outcome.rows_accepted == 13
    assert checked.table is None
    assert workspace.lake.live() == ()
    assert not (tmp_path / "lake").exists()
