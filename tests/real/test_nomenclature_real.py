"""The official lists of codes as they were published: exact counts, and each fault that is known of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged


EXPORT = "nomenklatur-subkegiatan-20260123005058_versi_pemutakhiran_2027_1.xlsx"


def outcome_of(folder: Path, name: str, version: str | None = None) -> SheetOutcome:
    path = folder / "04_nomenklatur" / name
    (outcome,) = read_file(path, Request(nomenclature=version), parameters=packaged(), on=date(2026, 11, 24))
    assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    return outcome


def frame_of(outcome: SheetOutcome) -> pl.DataFrame:
    assert outcome.reading is not None, outcome.refusal
    return outcome.reading.frame


def counted(outcome: SheetOutcome) -> dict[str, object]:
    return {f.code: f.values.get("count") for f in outcome.findings if f.code != "nomenclature-blank"}


@pytest.fixture(scope="module")
def export(shared_data: Path) -> SheetOutcome:
    return outcome_of(shared_data, EXPORT)


@pytest.fixture(scope="module")
def decree(shared_data: Path) -> SheetOutcome:
    return outcome_of(shared_data, "11. Sub keg 900.xlsx", "900-1317-2023")


def test_the_export_of_sipd_is_taken_in_whole(export: SheetOutcome) -> None:
    subs = frame_of(export).filter(level="sub-kegiatan")

    assert (export.rows_in, export.rows_frame, export.rows_accepted, export.rows_refused) == (7_582, 1, 7_581, 0)
    assert dict(subs["government"].value_counts().iter_rows()) == {"PROV": 4_031, "KABKOT": 3_550}
    assert subs["code"].n_unique() == 7_115
    assert subs["version"].unique().to_list() == ["sipd-2027-1"]


def test_each_known_fault_of_the_export_is_told(export: SheetOutcome) -> None:
    blank = {f.values["field"]: f.values["count"] for f in export.findings if f.code == "nomenclature-blank"}
    told = counted(export)
    both = next(f for f in export.findings if f.code == "nomenclature-both-governments")

    assert blank == {"kinerja": 1, "indikator": 1, "satuan": 1, "definition": 318, "pelaksana": 317}
    assert told["nomenclature-previous"] == 346
    assert (both.values["codes"], both.values["differing"]) == (466, 255)
    assert told["nomenclature-unit-spellings"] == 209  # 215 with their blanks and line breaks
    # 262 rows belong to a programme called "penunjang": 220 are X.XX.01, 42 are 9.02.02 and 9.03.02 of Aceh.
    assert told["nomenclature-own-bidang"] == 220
    assert told["nomenclature-service-unknown"] == 2
    assert told["nomenclature-special-regions"] == 813 + 820 + 223 + 120 + 398 + 15
    assert frame_of(export)["tags"].drop_nulls().len() == 7_581 - 6_003


def test_the_decree_of_2023_is_taken_in_whole(decree: SheetOutcome) -> None:
    frame = frame_of(decree)

    assert (decree.rows_in, decree.rows_frame, decree.rows_accepted, decree.rows_refused) == (4_368, 1, 4_367, 0)
    levels = dict(frame["level"].value_counts().iter_rows())
    assert levels == {"urusan": 10, "bidang": 45, "program": 188, "kegiatan": 729, "sub-kegiatan": 3_395}
    assert frame.filter(level="sub-kegiatan")["code"].str.contains(r"^[\dX]\.[\dX]{2}\.\d{2}\.\d\.\d{2}\.\d{4}$").all()
    assert not frame["name"].str.contains("  |\n").any()
    assert counted(decree)["nomenclature-no-province"] == 3_395


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [("urusan", 8, 1), ("bidang", 43, 1), ("program", 163, 0), ("kegiatan", 410, 0), ("sub_kegiatan", 1_983, 0)],
)
def test_codes_without_padding_are_read_as_the_decree_writes_them(
    shared_data: Path, name: str, accepted: int, refused: int
) -> None:
    done = outcome_of(shared_data, f"morowali_EXTRACTED/ref_{name}.csv", "050-3708-2020")

    assert (done.rows_accepted, done.rows_refused) == (accepted, refused)


def test_the_two_styles_of_an_extract_become_one(shared_data: Path) -> None:
    done = outcome_of(shared_data, "parepare_kode_nama_EXTRACTED.csv", "900-1317-2023")
    subs = frame_of(done).filter(level="sub-kegiatan")

    assert (done.rows_in, done.rows_accepted, subs.height) == (2_549, 2_548, 1_881)
    # 1,798 sub kegiatan and all 483 kegiatan are written with a zero before the government's digit.
    assert [(r.code, r.count) for r in done.repairs if r.code == "code-digit-bared"] == [("code-digit-bared", 2_281)]
    lost = next(f for f in done.findings if f.code == "nomenclature-parents-missing")
    assert (lost.values["count"], lost.values["parents"]) == (19, 18)


@pytest.mark.parametrize(
    ("name", "accepted", "refused", "leaves"),
    [
        ("6a. Kode Belanja permendagri 50.xlsx", 3_413, 0, 3_005),
        ("6. akun.xlsx", 878, 0, 829),
        ("5. sumber dana.xlsx", 300, 0, 142),
        ("5a. sumber dana peremendagri 50.xlsx", 281, 19, 127),
    ],
)
def test_accounts_and_funds_are_taken_in_at_six_levels(
    shared_data: Path, name: str, accepted: int, refused: int, leaves: int
) -> None:
    done = outcome_of(shared_data, name, "050-5889-2021")
    frame = frame_of(done)

    assert (done.rows_accepted, done.rows_refused) == (accepted, refused)
    assert frame.filter(level=6).height == leaves


@pytest.mark.parametrize("name", ["5. sumber dana.xlsx", "5a. sumber dana peremendagri 50.xlsx"])
def test_a_code_without_its_upper_code_is_told(shared_data: Path, name: str) -> None:
    done = outcome_of(shared_data, name, "050-5889-2021")

    lost = next(f for f in done.findings if f.code == "nomenclature-parents-missing")
    assert (lost.values["count"], lost.values["parent"]) == (1, "1.2.02")  # both lists leave it out


def test_a_version_is_asked_for_where_the_file_does_not_say_it(shared_data: Path) -> None:
    done = outcome_of(shared_data, "11. Sub keg 900.xlsx")

    assert done.refusal is not None
    assert done.refusal.code == "unsaid"
