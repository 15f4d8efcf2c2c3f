"""Files into a workspace: two sources for one fact, the same file again, a budget that replaces one, a mere check."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter

from nangkis.budget.schema import Stage
from nangkis.content.messages import refusal_words
from nangkis.indicators.facts import facts
from nangkis.intake.request import Request as ImportRequest
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import (
    BudgetAlreadyThere,
    Imported,
    ImportRules,
    ReplacementNotOne,
    ReplacementUnlike,
    import_files,
)
from tests.rooms.workspace.conftest import HULU, NOON, TODAY, Example, import_example


READING_NAMES = (
    "kind", "title", "owner", "layout", "layout_version", "sheet", "cell_range", "rows_in", "rows_frame",
    "rows_accepted", "rows_refused",
)  # fmt: skip


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
    # The lines are those of another region: that they are right here too, a person must say.
    replacing = ImportRules(said, supersedes=held.id, confirm_identical="kedua daerah memakai pagu yang sama")
    (accepted,) = import_files(own.workspace, [corrected], rules=replacing, at=NOON, on=TODAY, by="Sri")

    assert isinstance(refused.outcome.refusal, BudgetAlreadyThere)
    assert (refused.outcome.rows_accepted, refused.outcome.rows_refused) == (0, accepted.outcome.rows_accepted)
    assert accepted.table is not None
    assert own.workspace.lake.latest(held.id) == accepted.table.id


def budget_of(own: Example, region: str) -> TableManifest:
    return next(table for table in own.workspace.lake.live() if table.kind == "budget" and table.owner == region)


def corrected_budget(own: Example, name: str = "pagu perbaikan.csv") -> Path:
    """Another office's budget, as if it were that of Hulu."""
    path = own.raw / name
    other = (own.raw / "pagu RKPD 2026 Kota Contoh Raya.csv").read_bytes()
    path.write_bytes(
        other.replace(b"RKPD 2026 Kota Contoh Raya", b"Kabupaten Contoh Hulu")
    )  # says neither stage nor year
    return path


def import_budget(
    own: Example, *paths: Path, stage: Stage = Stage.RKPD, year: int = 2026, supersedes: str | None = None
) -> tuple[Imported, ...]:
    said = ImportRequest(region=Region.parse(HULU), year=year, stage=stage)
    rules = ImportRules(said, supersedes=supersedes)
    return import_files(own.workspace, paths, rules=rules, at=NOON, on=TODAY, by="Sri")


def test_budgets_of_two_stages_of_one_year_both_count(own: Example) -> None:
    held = budget_of(own, HULU)

    (accepted,) = import_budget(own, corrected_budget(own), stage=Stage.APBD)

    assert accepted.table is not None
    assert {held.id, accepted.table.id} <= {table.id for table in own.workspace.lake.live()}


@pytest.mark.parametrize("unlike", ["kind", "owner", "year", "stage"])
def test_only_a_table_that_says_the_same_is_replaced(own: Example, unlike: str) -> None:
    live = own.workspace.lake.live()
    others = {
        "kind": next(table.id for table in live if table.kind == "indicator"),
        "owner": next(table.id for table in live if table.kind == "budget" and table.owner != HULU),
    }
    (refused,) = import_budget(
        own,
        corrected_budget(own),
        stage=Stage.APBD if unlike == "stage" else Stage.RKPD,
        year=2027 if unlike == "year" else 2026,
        supersedes=others.get(unlike, budget_of(own, HULU).id),
    )

    assert isinstance(refused.outcome.refusal, ReplacementUnlike)
    assert own.workspace.lake.live() == live


def test_a_replacement_is_still_counted_against_all_other_tables(own: Example) -> None:
    lake, held = own.workspace.lake, budget_of(own, HULU)
    (other,) = import_budget(own, corrected_budget(own), stage=Stage.APBD)
    assert other.table is not None
    second = Reading(
        **{name: getattr(held, name) for name in READING_NAMES},
        frame=lake.rows(held.id).head(3),
        about={**held.about, "stage": "apbd"},
    )
    twice = lake.accept(second, source_file=next(own.raw.iterdir()), at=NOON, by="Sri")  # as an older program let it be
    path = corrected_budget(own, "lagi.csv")
    path.write_bytes(b"\n".join(path.read_bytes().splitlines()[:-5]) + b"\n")

    (refused,) = import_budget(own, path, stage=Stage.APBD, supersedes=twice.id)

    assert isinstance(refused.outcome.refusal, BudgetAlreadyThere)
    assert refused.outcome.refusal.values["table"] == other.table.id


def test_one_table_is_not_replaced_by_two_files(own: Example) -> None:
    before = own.workspace.lake.live()

    with pytest.raises(ReplacementNotOne) as refused:
        import_budget(own, corrected_budget(own), corrected_budget(own, "b.csv"), supersedes=budget_of(own, HULU).id)

    assert own.workspace.lake.live() == before
    assert "2 berkas" in refusal_words(refused.value, "id")


def test_one_table_is_not_replaced_by_two_sheets(own: Example) -> None:
    before = own.workspace.lake.live()
    rows = list(csv.reader(corrected_budget(own).read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    path = own.raw / "dua lembar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Pagu", "Pagu lagi"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    with pytest.raises(ReplacementNotOne):
        import_budget(own, path, supersedes=budget_of(own, HULU).id)

    assert own.workspace.lake.live() == before


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
