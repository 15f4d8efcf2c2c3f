"""From lists to decisions and back: what the form hands out, what it takes in, and which decision holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nangkis.budget.nomenclature.crosswalk import Standing
from nangkis.budget.nomenclature.decisions import all_decisions
from nangkis.budget.nomenclature.forms import OPEN, decision_form, form_headers, verdict_words
from nangkis.budget.nomenclature.lists import ListContradictory, ListMissing
from nangkis.budget.nomenclature.schema import Verdict
from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.intake.request import Request
from nangkis.outputs.excel.form import form_bytes
from nangkis.vocabulary.codes import Region
from nangkis.workspace.importing import DecisionsByImport, ImportRules, import_files
from nangkis.workspace.nomenclature import (
    Decided,
    DecidedByPerson,
    DecisionsRefused,
    codes_held,
    comparison_of,
    coverage_of,
    crosswalk_of,
    take_decisions,
)
from nangkis.workspace.opened import Workspace, open_workspace


Filled = Mapping[tuple[str, str | None], tuple[str, str | None]]  # (from code, to code): verdict, other code
TODAY, NOON = date(2026, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD, NEW = "050-3708-2020", "900-1317-2023"
LEVELS = "level,kode,nama\nprogram,1.02.02,Kesehatan\nkegiatan,1.02.02.2.01,Fasilitas"
OLD_LIST = f"""{LEVELS}
sub_kegiatan,1.02.02.2.01.01,Pembangunan Rumah Sakit
sub_kegiatan,1.02.02.2.01.02,Pembangunan Puskesmas
sub_kegiatan,1.02.02.2.01.03,Pengadaan Ambulans
"""
NEW_LIST = f"""{LEVELS}
sub_kegiatan,1.02.02.2.01.0001,Pembangunan Rumah Sakit
sub_kegiatan,1.02.02.2.01.0012,Pembangunan Puskesmas
sub_kegiatan,1.02.02.2.01.0013,Pembangunan  puskesmas
sub_kegiatan,1.02.02.2.01.0020,Pengadaan Obat
"""
REGION = Region.parse("kemendagri:72.06")
SIPD = "Kode SKPD;Nama SKPD;Kode Sub Kegiatan;Nama Sub Kegiatan;Pagu"


def taken_in(workspace: Workspace, folder: Path, name: str, text: str, **said: Any) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (done,) = import_files(
        workspace,
        [path],
        rules=ImportRules(Request(**said)),
        at=NOON,
        on=TODAY,
        by="Sri",
    )
    assert done.table is not None, done.outcome.refusal


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = open_workspace(tmp_path / "kerja")
    taken_in(opened, tmp_path, "lama.csv", OLD_LIST, nomenclature=OLD)
    taken_in(opened, tmp_path, "baru.csv", NEW_LIST, nomenclature=NEW)
    return opened


def form_of(workspace: Workspace, path: Path, filled: Filled) -> Path:
    """Write the form with decisions by (from code, to code): the verdict and another code."""
    return form_in(workspace, path, filled, "id")


def form_in(
    workspace: Workspace,
    path: Path,
    filled: Filled,
    language: Language,
) -> Path:
    found = crosswalk_of(workspace, OLD, NEW, on=TODAY)
    table = decision_form(found.proposals, found.held, found.before, found.after, language)
    headers, words = form_headers(language), verdict_words(language)
    opened, choices = [headers[column] for column in OPEN], {headers["verdict"]: list(words.values())}
    path.write_bytes(
        form_bytes(
            table, name="Padanan", as_of=TODAY, above=("Judul", "Keterangan"), open_columns=opened, choices=choices
        )
    )
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in sheet.iter_rows(min_row=4):
        verdict, other = filled.get((row[1].value, row[5].value), (None, None))
        if verdict is not None:
            row[13].value, row[14].value = words.get(verdict, verdict), other
    book.save(path)
    return path


def decide(workspace: Workspace, path: Path, *, minutes: int = 0, by: str = "Sekretaris TKPK") -> Decided:
    return take_decisions(workspace, path, OLD, NEW, by=by, at=NOON + timedelta(minutes=minutes))


def in_force(workspace: Workspace) -> dict[str, tuple[str | None, str]]:
    held = crosswalk_of(workspace, OLD, NEW, on=TODAY).held
    return {code: (to, verdict) for code, to, verdict in held.select("from_code", "to_code", "verdict").iter_rows()}


HOSPITAL: tuple[str, str | None] = ("1.02.02.2.01.01", "1.02.02.2.01.0001")
CLINIC: tuple[str, str | None] = ("1.02.02.2.01.02", "1.02.02.2.01.0012")
AMBULANCE: tuple[str, str | None] = ("1.02.02.2.01.03", None)


def test_nothing_is_in_force_before_a_person_decides(workspace: Workspace) -> None:
    found = crosswalk_of(workspace, OLD, NEW, on=TODAY)

    assert found.held.is_empty()
    assert found.proposals.select("from_code", "standing").rows() == [
        ("1.02.02.2.01.01", Standing.SINGLE),
        ("1.02.02.2.01.02", Standing.AMBIGUOUS),
        ("1.02.02.2.01.02", Standing.AMBIGUOUS),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_form_comes_back_as_what_was_decided(workspace: Workspace, tmp_path: Path, language: Language) -> None:
    filled = {
        HOSPITAL: (Verdict.ACCEPTED.value, None),
        CLINIC: (Verdict.REJECTED.value, None),
        AMBULANCE: ("other", "1.02.02.2.01.0020"),
    }
    done = decide(workspace, form_in(workspace, tmp_path / "isi.xlsx", filled, language))

    outcome = done.outcome
    assert (outcome.rows_in, outcome.rows_accepted, outcome.rows_refused) == (4 + 3, 3, 0)  # 4 rows, 3 above them
    assert in_force(workspace) == {
        "1.02.02.2.01.01": ("1.02.02.2.01.0001", Verdict.ACCEPTED),
        "1.02.02.2.01.02": ("1.02.02.2.01.0012", Verdict.REJECTED),
        "1.02.02.2.01.03": ("1.02.02.2.01.0020", Verdict.ACCEPTED),
    }
    assert done.table is not None
    rows = workspace.lake.rows(done.table.id)
    assert rows["by"].unique().to_list() == ["Sekretaris TKPK"]
    assert rows["at"].unique().to_list() == ["2026-11-24T12:00:00.000000+00:00"]
    told = ["1.02.02.2.01.0001 hanya berbeda jumlah angkanya", "nama sama dalam kegiatan 1.02.02.2.01"]
    if language == "id":  # without a reason of its own, a decision has that of the proposal
        assert rows["reason"].to_list() == [*told, None]


def test_a_changed_decision_takes_the_place_of_the_former_which_stays_in_the_lake(
    workspace: Workspace, tmp_path: Path
) -> None:
    yes: Filled = {HOSPITAL: ("accepted", None)}
    no: Filled = {HOSPITAL: ("without", None)}
    decide(workspace, form_of(workspace, tmp_path / "satu.xlsx", yes))
    decide(workspace, form_of(workspace, tmp_path / "dua.xlsx", no), minutes=1)
    assert in_force(workspace) == {HOSPITAL[0]: (None, Verdict.WITHOUT)}

    decide(workspace, form_of(workspace, tmp_path / "tiga.xlsx", yes), minutes=2)

    assert in_force(workspace) == {HOSPITAL[0]: (HOSPITAL[1], Verdict.ACCEPTED)}
    kept = all_decisions(workspace.lake.snapshot(), OLD, NEW)
    assert kept["verdict"].to_list() == [Verdict.ACCEPTED, Verdict.WITHOUT, Verdict.ACCEPTED]


def test_a_form_shows_what_was_decided_and_read_again_decides_nothing_new(workspace: Workspace, tmp_path: Path) -> None:
    filled = {HOSPITAL: ("accepted", None), AMBULANCE: ("other", "1.02.02.2.01.0020"), CLINIC: ("without", None)}
    decide(workspace, form_of(workspace, tmp_path / "satu.xlsx", filled))
    again = form_of(workspace, tmp_path / "dua.xlsx", {})

    shown = {
        row[1].value: (row[13].value, row[14].value) for row in openpyxl.load_workbook(again).active if row[13].value
    }
    assert shown["1.02.02.2.01.01"] == ("terima", None)
    assert shown["1.02.02.2.01.03"] == ("kode lain", "1.02.02.2.01.0020")
    assert shown["1.02.02.2.01.02"] == ("tanpa padanan", None)
    assert decide(workspace, again, minutes=1).table is None


@pytest.mark.parametrize(
    ("filled", "flaw"),
    [
        ({AMBULANCE: ("mungkin", None)}, "decision-word-unknown"),
        ({AMBULANCE: ("accepted", None)}, "decision-code-missing"),
        ({AMBULANCE: ("other", None)}, "decision-code-missing"),
        ({AMBULANCE: ("other", "obat")}, "decision-code-unreadable"),
        ({AMBULANCE: ("without", "1.02.02.2.01.0020")}, "decision-contradictory"),
        ({AMBULANCE: ("other", "1.02.02.2.01.0099")}, "decision-target-unknown"),
        ({CLINIC: ("accepted", None), (CLINIC[0], "1.02.02.2.01.0013"): ("accepted", None)}, "decision-twice"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_at_its_cell(
    workspace: Workspace, tmp_path: Path, filled: Filled, flaw: str
) -> None:
    done = decide(workspace, form_of(workspace, tmp_path / "isi.xlsx", {HOSPITAL: ("accepted", None), **filled}))

    told = [finding for finding in done.outcome.findings if finding.code == flaw]
    assert told
    assert all(finding.at.startswith("Padanan!") for finding in told)
    assert done.outcome.rows_refused == len(filled)
    assert in_force(workspace) == {HOSPITAL[0]: (HOSPITAL[1], Verdict.ACCEPTED)}


def test_a_form_on_which_nothing_is_decided_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    done = decide(workspace, form_of(workspace, tmp_path / "kosong.xlsx", {}))

    assert done.table is None
    assert done.outcome.refusal is not None


def test_a_form_between_other_versions_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = form_of(workspace, tmp_path / "isi.xlsx", {HOSPITAL: ("accepted", None)})

    with pytest.raises(DecisionsRefused):
        take_decisions(workspace, path, NEW, OLD, by="TKPK", at=NOON)


@pytest.mark.parametrize("by", ["3171234501900001", "NIK 3171 2345 0190 0001"])
def test_a_decision_is_an_offices_and_never_a_persons_number(workspace: Workspace, tmp_path: Path, by: str) -> None:
    path = form_of(workspace, tmp_path / "isi.xlsx", {HOSPITAL: ("accepted", None)})

    with pytest.raises(DecidedByPerson):
        decide(workspace, path, by=by)
    assert in_force(workspace) == {}


def test_a_form_is_not_taken_in_like_data(workspace: Workspace, tmp_path: Path) -> None:
    path = form_of(workspace, tmp_path / "isi.xlsx", {HOSPITAL: ("accepted", None)})
    (done,) = import_files(workspace, [path], rules=ImportRules(Request()), at=NOON, on=TODAY, by="Sri")

    assert isinstance(done.outcome.refusal, DecisionsByImport)
    assert in_force(workspace) == {}


def test_two_tables_that_name_a_code_differently_are_refused_and_the_same_twice_counts_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken_in(workspace, tmp_path, "sama.csv", OLD_LIST.replace("Ambulans", "AMBULANS"), nomenclature=OLD)
    assert crosswalk_of(workspace, OLD, NEW, on=TODAY).before.subs.height == 3
    taken_in(workspace, tmp_path, "lain.csv", OLD_LIST.replace("Ambulans", "Mobil"), nomenclature=OLD)

    with pytest.raises(ListContradictory) as refused:
        comparison_of(workspace, OLD, NEW, on=TODAY)
    assert refused.value.values["code"] == "1.02.02.2.01.03"


def test_a_list_corrects_one_of_its_own_version_only(workspace: Workspace, tmp_path: Path) -> None:
    held = {manifest.about["version"]: manifest.id for manifest in workspace.lake.live()}
    path = tmp_path / "benar.csv"
    path.write_text(OLD_LIST.replace("Ambulans", "Mobil Jenazah"), encoding="utf-8")

    def corrected(table: str) -> str | None:
        rules = ImportRules(Request(nomenclature=OLD), supersedes=table)
        (done,) = import_files(workspace, [path], rules=rules, at=NOON, on=TODAY, by="Sri")
        return None if done.outcome.refusal is None else done.outcome.refusal.code

    assert corrected(held[NEW]) == "replacement-unlike"
    assert corrected(held[OLD]) is None
    assert "Pengadaan Mobil Jenazah" in comparison_of(workspace, OLD, NEW, on=TODAY).before.frame["name"]


def test_a_version_that_is_not_there_is_refused_with_those_that_are(workspace: Workspace) -> None:
    with pytest.raises(ListMissing) as refused:
        comparison_of(workspace, OLD, "900-861-2026", on=TODAY)

    assert refused.value.values["there"] == f"{OLD}, {NEW}"
    assert codes_held(workspace) == {OLD: 5, NEW: 6}


def test_a_decision_covers_the_budget_of_the_years_of_its_version(workspace: Workspace, tmp_path: Path) -> None:
    lines = f"{SIPD}\n1.02;Dinas Kesehatan;1.02.02.2.01.03;Pengadaan Ambulans;1000"
    taken_in(workspace, tmp_path, "pagu.csv", lines, region=REGION, year=2021, stage=Stage.RKPD)

    def standing() -> list[tuple[str, str | None]]:
        found = coverage_of(workspace, REGION, 2021, NEW, stage=None, on=TODAY)
        return found.coverage.select("covered", "to_code").rows()

    assert standing() == [("none", None)]
    path = form_of(workspace, tmp_path / "isi.xlsx", {AMBULANCE: ("other", "1.02.02.2.01.0020")})
    decide(workspace, path)
    assert standing() == [("decided", "1.02.02.2.01.0020")]
