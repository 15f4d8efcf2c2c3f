"""The fictional province's raw files, with the flaws that were planted in them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from nangkis.budget.schema import Stage
from nangkis.example.flaws import PLANTED, Flaw, FlawKind, Outcome, positions
from nangkis.indicators.facts import facts
from nangkis.intake.request import Request as ImportRequest
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Severity
from nangkis.vocabulary.sources import column_letter
from nangkis.workspace.importing import BudgetAlreadyThere, Imported, ImportRules, import_files
from tests.rooms.workspace.conftest import HULU, NOON, TODAY, Example, import_example


def second_reader(path: Path, sheet: str) -> int:
    """Count physical rows that are not blank, without any of intake's code."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [
            [str(cell) if cell is not None else "" for cell in row] for row in book[sheet].iter_rows(values_only=True)
        ]
    else:
        content = path.read_bytes()
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
        text = content.decode(encoding)
        delimiter = max(",;\t", key=text.count)
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    return sum(any(cell.strip() for cell in row) for row in rows)


def test_no_row_is_lost_by_a_second_readers_count(example: Example) -> None:
    assert len(example.imported) >= 14
    for imported in example.imported:
        outcome = imported.outcome
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
        assert outcome.rows_in == second_reader(example.raw / outcome.file, outcome.sheet), outcome.file


def cells_of(at: str) -> set[str]:
    """The cells that a report names: ``Pagu!C7, C24, …`` gives C7 and C24."""
    return set(re.findall(r"\b[A-Z]{1,3}\d+\b", at.partition("!")[2]))


def planted_cells(flaw: Flaw) -> set[str]:
    return {f"{column_letter(column)}{row + 1}" for row, column in positions(flaw.cells)}


def of_file(example: Example, flaw: Flaw) -> Imported:
    return next(
        imported
        for imported in example.imported
        if (imported.outcome.file, imported.outcome.sheet) == (flaw.file, flaw.sheet)
    )


def planted(outcome: Outcome, *, without: frozenset[FlawKind] = frozenset()) -> pytest.MarkDecorator:
    flaws = [flaw for flaw in PLANTED if flaw.outcome is outcome and flaw.kind not in without]
    return pytest.mark.parametrize("flaw", flaws, ids=lambda flaw: f"{flaw.file}-{flaw.at}")


@planted(Outcome.REPAIRED)
def test_a_flaw_that_is_safely_mended_is_reported_with_its_cell(example: Example, flaw: Flaw) -> None:
    repairs = of_file(example, flaw).outcome.repairs

    assert any(cells_of(repair.at) & planted_cells(flaw) for repair in repairs), repairs


@planted(Outcome.MISSING)
def test_a_missing_value_keeps_its_row_with_the_reason(example: Example, flaw: Flaw) -> None:
    imported = of_file(example, flaw)
    assert imported.table is not None
    rows = example.workspace.lake.rows(imported.table.id)
    value = "value" if "value" in rows.columns else "amount_sen"
    without = {
        f"{row['_col']}{row['_row']}": row["missing"]
        for row in rows.filter(pl.col(value).is_null()).iter_rows(named=True)
    }
    refused = {cell for finding in imported.outcome.findings for cell in cells_of(finding.at)}

    assert (set(without) | refused) & planted_cells(flaw)
    assert all(without.values())


# What only a look at several tables, or at the history of borders, can notice is not intake's to say.
@planted(Outcome.NOTICED, without=frozenset({FlawKind.BACKFILLED, FlawKind.TWO_SOURCES}))
def test_what_a_person_should_look_at_is_a_finding_at_its_cell(example: Example, flaw: Flaw) -> None:
    findings = of_file(example, flaw).outcome.findings

    assert any(
        finding.at.partition("!")[0] == flaw.sheet and (not flaw.cells or cells_of(finding.at) & planted_cells(flaw))
        for finding in findings
    )


def test_two_sources_for_one_fact_are_noticed_when_facts_are_read(example: Example) -> None:
    found = facts(example.workspace.lake.snapshot(), parameters=example.workspace.parameters, on=TODAY).findings

    assert [(finding.values["region"], finding.values["year"]) for finding in found] == [("Kab. Contoh Timur", "2024")]


@planted(Outcome.REFUSED)
def test_a_row_that_cannot_be_read_is_refused_with_its_cell(example: Example, flaw: Flaw) -> None:
    outcome = of_file(example, flaw).outcome
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]

    assert any(cells_of(finding.at) & planted_cells(flaw) for finding in errors)
    assert outcome.rows_refused == 1


@planted(Outcome.LISTED)
def test_what_is_no_data_is_listed_as_frame(example: Example, flaw: Flaw) -> None:
    imported = of_file(example, flaw)
    assert imported.table is not None

    assert {str(row + 1) for row, _ in positions(flaw.cells)} <= set(imported.table.frame_rows)


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
