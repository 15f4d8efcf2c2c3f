"""Slips in codes, names that are written alike, and rows of one region that contradict each other."""

from __future__ import annotations

from pathlib import Path

from tests.rooms.intake.files import accepted, codes, read_text, refusal
from tests.rooms.intake.test_desil import DISTRICT, FIRST, SECOND, read_rows, row


def test_one_mistyped_code_refuses_its_own_row_only(tmp_path: Path) -> None:
    slip = row(SECOND).replace(SECOND.region.digits, SECOND.region.digits[:-1], 1)
    outcome = read_rows(tmp_path, row(FIRST), row(DISTRICT, classes=";"), slip)
    assert (outcome.rows_accepted, outcome.rows_refused) == (2, 1)


def test_a_slip_among_codes_and_names_that_agree_does_not_refuse_the_table(tmp_path: Path) -> None:
    rows = "Kabupaten/Kota;Kode;p0_2024\nKab. Morowali;7203;12.3\nKab. Poso;7204;14.1\nKab. Donggala;72o5;15.2\n"
    outcome = read_text(tmp_path, rows)
    assert accepted(outcome).frame["region"].to_list()[:2] == ["kemendagri-2025:72.06", "kemendagri-2025:72.02"]
    assert [finding.at for finding in outcome.findings if finding.code.startswith("region-code")] == ["csv!B4"]


def test_codes_that_agree_in_no_system_are_named_by_their_cells(tmp_path: Path) -> None:
    rows = "Kabupaten/Kota;Kode;p0_2024\nKab. Morowali;7203;12.3\nKab. Poso;7205;14.1\nKab. Tolitoli;7206;14.1\n"
    outcome = read_text(tmp_path, rows)
    assert refusal(outcome) == "codes-unsaid"
    assert outcome.refusal is not None
    assert "('7205')" in str(outcome.refusal.values["cells"])
    assert str(outcome.refusal.values["cells"]).startswith("B")


def test_bare_names_told_apart_by_their_order_are_told_with_both_cells(tmp_path: Path) -> None:
    names = ["Gorontalo", "Gorontalo", "Boalemo", "Pohuwato", "Bone Bolango", "Gorontalo Utara", "Kota Gorontalo"]
    rows = "".join(f"{name};{14 + place / 10}\n" for place, name in enumerate(names))
    outcome = read_text(tmp_path, f"Persentase Penduduk Miskin;\nKabupaten/Kota;2024\n{rows}")
    (told,) = [repair for repair in outcome.repairs if repair.code == "names-by-position"]
    assert (told.at, told.count) == ("csv!A3, A4", 2)
    assert str(told.values["readings"]).endswith("A4: Kabupaten Gorontalo")


def test_two_rows_of_a_region_with_other_values_are_both_refused(tmp_path: Path) -> None:
    rows = "Kab. Poso;9.1\nKab. Morowali;12.3\nKab. Poso;12.4\nKab. Morowali;12.3\n"
    outcome = read_text(tmp_path, f"Persentase Penduduk Miskin Maret 2024;\nKabupaten/Kota;2024\n{rows}")
    assert accepted(outcome).frame["value"].to_list() == [12.3]
    differs = [finding for finding in outcome.findings if finding.code == "region-twice-differs"]
    assert [(finding.at, finding.values["others"]) for finding in differs] == [("csv!A3", "A5"), ("csv!A5", "A3")]
    assert "region-twice" in codes(outcome)


def test_two_rows_of_a_fact_with_other_values_are_both_refused(tmp_path: Path) -> None:
    rows = "Kab. Poso,2024,POV.P0,9.1\nKab. Poso,2024,POV.P0,12.4\nKab. Sigi,2024,POV.P0,8\n"
    outcome = read_text(tmp_path, f"wilayah,tahun,indikator,nilai\n{rows}")
    assert accepted(outcome).frame["name_read"].to_list() == ["Kab. Sigi"]
    assert codes(outcome).count("row-twice-differs") == 2


def test_a_fact_told_twice_once_with_a_dash_has_its_value(tmp_path: Path) -> None:
    rows = "Kab. Poso,2024,POV.P0,-\nKab. Sigi,2024,POV.P0,8\nKab. Poso,2024,POV.P0,12.4\n"
    outcome = read_text(tmp_path, f"wilayah,tahun,indikator,nilai\n{rows}")
    assert accepted(outcome).frame["value"].to_list() == [8, 12.4]
    (told,) = [finding for finding in outcome.findings if finding.code.startswith("row-twice")]
    assert (told.code, told.at) == ("row-twice", "csv!A2")


def test_a_region_listed_under_both_its_provinces_once_with_a_dash_has_its_value(tmp_path: Path) -> None:
    rows = "Kab. Malinau;-\nKab. Berau;8.1\nKab. Malinau;6.9\n"
    outcome = read_text(tmp_path, f"Persentase Penduduk Miskin Maret 2024;\nKabupaten/Kota;2024\n{rows}")
    assert accepted(outcome).frame["value"].to_list() == [8.1, 6.9]
    (told,) = [finding for finding in outcome.findings if finding.code.startswith("region-twice")]
    assert (told.code, told.at, told.values["first"]) == ("region-twice", "csv!A3", "A5")
