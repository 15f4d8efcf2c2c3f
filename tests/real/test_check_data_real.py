"""All real indicator files in one workspace, checked in one run: what is found is what PROVENANCE.md names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nangkis.intake.request import Request
from nangkis.vocabulary.codes import CodeSystem
from nangkis.vocabulary.findings import Finding
from nangkis.workspace.checking import DataChecked, check_data
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, tzinfo=UTC)
BROKEN = "miranti_panel514_2010_2018.dta"  # labelled wrongly, of a kind that is not read
FEWEST_TABLES = 40


@pytest.fixture(scope="module")
def done(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> DataChecked:
    """Every file, with the codes of BPS where it does not say its own."""
    opened = open_workspace(tmp_path_factory.mktemp("kerja"))
    files = [path for path in sorted((shared_data / "02_indikator").rglob("*.*")) if path.suffix in {".csv", ".xlsx"}]
    codes = Request(codes=CodeSystem.parse("bps-2020"))
    for path in files:
        for said in (codes, Request()):
            taken = import_files(opened, [path], rules=ImportRules(said), at=AT, on=ON, by="Ibu Ratna")
            if any(one.table is not None for one in taken):
                break
    return check_data(opened, on=ON)


def of(done: DataChecked, name: str) -> tuple[int, tuple[Finding, ...]]:
    check = next(one for one in done.checks if one.name == name)
    return check.cases, check.findings


def test_enough_of_the_files_became_tables(done: DataChecked) -> None:
    assert len(done.ages) >= FEWEST_TABLES


def test_the_index_recomputes_for_all_regions_but_alor(done: DataChecked) -> None:
    cases, findings = of(done, "ipm")

    assert cases == 514
    assert [one.values["name"] for one in findings] == ["Kabupaten Alor"]


def test_severity_above_depth_is_found_in_the_swapped_columns_only(done: DataChecked) -> None:
    _, findings = of(done, "order")

    assert all("DERIVED_miranti_repaired" in one.at for one in findings)
    assert {(one.values["part"], one.values["whole"]) for one in findings} == {("POV.P2", "POV.P1")}
    assert sum(one.values["year"] == "2014" for one in findings) == 38  # all of Jawa Timur


def test_all_provinces_and_the_nation_are_what_their_regencies_give(done: DataChecked) -> None:
    cases, findings = of(done, "wholes")

    assert cases >= 2 * (38 + 1)
    assert findings == ()


def test_the_copied_years_and_the_round_poverty_lines_are_found(done: DataChecked) -> None:
    _, copies = of(done, "copies")
    _, chosen = of(done, "chosen")

    assert any(one.code == "year-mostly-copied" and one.values["count"] == 458 for one in copies)
    assert {one.values["year"] for one in copies} == {"2016"}
    # The yearly file and the wide one hold the same 2025.
    assert {(one.values["year"], one.values["count"]) for one in chosen} == {("2025", 20)}


def test_each_finding_names_its_file(done: DataChecked) -> None:
    assert done.findings
    assert all(one.at.startswith("[") for one in done.findings)
