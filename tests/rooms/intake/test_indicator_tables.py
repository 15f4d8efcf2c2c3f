"""Tables of regions by indicators: headers, headings, notes, names, codes, years, missing marks, checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nangkis.content.messages import finding_words
from nangkis.intake.layouts.register import LAYOUTS
from nangkis.intake.report import as_text
from nangkis.vocabulary.codes import CodeSystem, Region
from tests.rooms.intake.files import accepted, codes, read_text, refusal


def table(*rows: str, header: str = "Kabupaten/Kota;Garis Kemiskinan 2020") -> str:
    return "\n".join((header, *rows)) + "\n"


def test_titles_headings_notes_and_totals_are_frame(tmp_path: Path) -> None:
    outcome = read_text(
        tmp_path,
        "Tabel 1. Garis Kemiskinan Menurut Kabupaten/Kota;;\n"
        "Kabupaten/Kota;2019;2020\n"
        "(1);(2);(3)\n"
        "SULAWESI TENGAH;;\n"
        "Morowali;400000;410000\n"
        "Kota Palu;500000;510000\n"
        "Kabupaten/Kota;2019;2020\n"
        "GORONTALO;;\n"
        "Boalemo;300000;310000\n"
        "Jumlah;1;2\n"
        ";;\n"
        "Keterangan: angka sementara;;\n"
        "Sumber: BPS;;\n",
    )
    reading = accepted(outcome)
    assert dict(reading.frame_rows) == {
        "1": "title",
        "2": "heading",
        "3": "heading",
        "4": "heading",
        "7": "heading",
        "8": "heading",
        "10": "total",
        "12": "note",
        "13": "note",
    }
    assert (outcome.rows_in, outcome.rows_accepted) == (12, 3)
    assert sorted(set(reading.frame["year"])) == [2019, 2020]


def test_a_province_without_values_among_provinces_is_data_and_not_a_heading(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Aceh;400000", "Riau;", "Jambi;...", header="Provinsi;Garis Kemiskinan 2020"))
    frame = accepted(outcome).frame
    assert frame["missing"].to_list() == [None, "blank", "dots"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [("-", "dash"), ("–", "dash"), ("...", "dots"), ("…", "dots"), ("n.a.", "not-available"), ("NA", "not-available")],
)
def test_missing_marks_keep_their_reason(tmp_path: Path, cell: str, reason: str) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", f"Kota Palu;{cell}"))
    assert accepted(outcome).frame["missing"].to_list() == [None, reason]
    assert outcome.rows_refused == 0


def test_zero_is_not_missing(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Kota Palu;0"))
    assert accepted(outcome).frame["missing"].to_list() == [None, "implausible"]
    assert codes(outcome).count("value-implausible") == 1


def test_a_value_outside_the_plausible_range_is_told_with_its_cell(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Kota Palu;505"))
    (finding,) = [found for found in outcome.findings if found.code == "value-implausible"]
    assert (finding.at, finding.values["cell"], finding.values["name"]) == ("csv!B3", "505", "Kota Palu")


def test_a_letter_for_a_digit_is_not_guessed(tmp_path: Path) -> None:
    outcome = read_text(
        tmp_path, table("Kab. Morowali;10,38;9", "Kota Palu;6.8O;7", header="Kabupaten/Kota;p0_2019;p0_2020")
    )
    (finding,) = [found for found in outcome.findings if found.code == "letter-in-number"]
    assert (finding.at, finding.values["cell"]) == ("csv!B3", "6.8O")
    assert finding_words(finding, "id")[1] == "Ganti huruf O dengan angka 0, lalu unggah lagi."
    assert outcome.rows_accepted == 2


def test_a_row_with_no_readable_cell_is_refused(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Kota Palu;#REF!"))
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert {"cell-error", "row-unreadable"} <= set(codes(outcome))


def test_unknown_ambiguous_and_missing_names_are_refused_with_candidates(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Morowalli;1", "Kediri;500000", ";600000"))
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 3)
    told = {finding.code: finding for finding in outcome.findings}
    assert "Morowali" in str(told["region-name-unknown"].values["candidates"])
    assert "Kota Kediri" in str(told["region-name-ambiguous"].values["candidates"])
    assert told["region-name-missing"].at == "csv!A5"


def test_a_bare_name_is_the_kabupaten_when_its_kota_is_in_the_file(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kediri;400000", "Kota Kediri;500000"))
    assert accepted(outcome).frame["region"].to_list() == ["kemendagri-2025:35.06", "kemendagri-2025:35.71"]


def test_the_second_row_of_a_region_is_refused(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "KABUPATEN MOROWALI;400000"))
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    (finding,) = [found for found in outcome.findings if found.code == "region-twice"]
    assert (finding.at, finding.values["first"]) == ("csv!A3", "A2")


WIDE = "Kabupaten/Kota;Kode;p0_2019;p0_2020"


def test_codes_and_names_that_agree_in_one_system_tell_it(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;7203;14;13", "Kab. Poso;7204;17;16", header=WIDE))
    (repair,) = [repair for repair in outcome.repairs if repair.code == "codes-inferred"]
    assert repair.values == {"system": "bps-2025"}
    assert accepted(outcome).frame["region"][0] == "kemendagri-2025:72.06"


def test_codes_that_fit_two_systems_are_asked_for(tmp_path: Path) -> None:
    rows = table("Kab. Kediri;3506;14;13", "Kota Kediri;3571;7;6", header=WIDE)
    assert refusal(read_text(tmp_path, rows)) == "codes-unsaid"
    assert read_text(tmp_path, rows, codes=CodeSystem.parse("bps")).rows_accepted == 2


@pytest.mark.parametrize(
    ("line", "offered"),
    [("Kab. Morowali;9999;14;13", "bps-2025, bps-2020, kemendagri-2025"), ("Contoh Hulu;9999;14;13", "contoh-2026")],
)
def test_the_codes_of_the_example_are_offered_for_the_example_only(tmp_path: Path, line: str, offered: str) -> None:
    outcome = read_text(tmp_path, table(line, header=WIDE))
    assert refusal(outcome) == "codes-unsaid"
    assert outcome.refusal is not None
    known = str(outcome.refusal.values["known"])
    assert known.startswith(offered)
    assert ("contoh" in known) == ("Contoh" in line)


def test_a_code_of_another_region_than_its_name_is_refused(tmp_path: Path) -> None:
    rows = table("Kab. Morowali;7206;14;13", "Kab. Poso;7204;17;16", header=WIDE)
    outcome = read_text(tmp_path, rows, codes=CodeSystem.parse("bps-2020"))
    (finding,) = [found for found in outcome.findings if found.code == "region-code-contradicts-name"]
    assert finding.at == "csv!B2"
    assert outcome.rows_refused == 1


FOUR = ("Kab. Morowali;7203;14;13", "Kab. Poso;7204;17;16", "Kab. Donggala;7205;18;17", "Kota Palu;7271;7;6")


def test_codes_that_contradict_many_names_are_of_another_system(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table(*FOUR, header=WIDE), codes=CodeSystem.parse("kemendagri"))
    assert refusal(outcome) == "codes-of-another-system"
    assert outcome.refusal is not None
    told = outcome.refusal.values
    assert (told["said"], told["count"], told["total"]) == ("kemendagri-2025", 3, 4)
    assert "bps-2020" in str(told["fitting"])


def test_codes_that_contradict_many_names_in_every_system_are_refused(tmp_path: Path) -> None:
    shifted = ("Kab. Morowali;7204;14;13", "Kab. Poso;7205;17;16", "Kab. Donggala;7271;18;17", "Kota Palu;7203;7;6")
    outcome = read_text(tmp_path, table(*shifted, header=WIDE), codes=CodeSystem.parse("bps-2020"))
    assert refusal(outcome) == "codes-contradict-names"


def test_the_code_carries_a_name_that_is_not_known(tmp_path: Path) -> None:
    rows = table("Morwali;7203;14;13", "Kab. Poso;7204;17;16", header=WIDE)
    outcome = read_text(tmp_path, rows, codes=CodeSystem.parse("bps-2020"))
    assert codes(outcome).count("region-name-by-code") == 1
    assert outcome.rows_accepted == 2


def test_the_fictional_province_is_told_by_its_names(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("NUSA CONTOH;400000", "Contoh Barat;410000", "Kota Contoh Raya;500000"))
    assert accepted(outcome).owner == "contoh-2026:90"


@pytest.mark.parametrize(
    ("text", "said", "name", "year"),
    [
        ("Kabupaten/Kota;Garis Kemiskinan\nKab. Morowali;400000\n", {"year": 2020}, "a.csv", 2020),
        ("Kabupaten/Kota;Garis Kemiskinan\nKab. Morowali;400000\n", {}, "Garis 2019.csv", 2019),
        ("Garis Kemiskinan, 2018;\nKabupaten/Kota;Rupiah\nKab. Morowali;400000\n", {}, "2019.csv", 2018),
        ("Kabupaten/Kota;2017\nKab. Morowali;400000\n", {"indicator": "POV.GK"}, "a.csv", 2017),
    ],
)
def test_the_year_comes_from_content_then_request_then_file_name(
    tmp_path: Path, text: str, said: dict[str, Any], name: str, year: int
) -> None:
    outcome = read_text(tmp_path, text, name=name, **said)
    assert accepted(outcome).frame["year"].to_list() == [year]
    assert ("taken-from-file-name" in codes(outcome)) == (year == 2019)


@pytest.mark.parametrize(
    ("text", "said", "code"),
    [
        ("Kabupaten/Kota;Garis Kemiskinan\nKab. Morowali;400000\n", {}, "unsaid"),
        ("Kabupaten/Kota;2020\nKab. Morowali;400000\n", {}, "indicator-unsaid"),
        ("Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400000\n", {"year": 2021}, "request-contradicts"),
        ("Garis Kemiskinan 2020;\nKabupaten/Kota;Rupiah\nKab. Morowali;4\n", {"year": 2021}, "request-contradicts"),
        ("Kabupaten/Kota;Garis Kemiskinan 2020\nPalu;4\n", {"indicator": "POV.P0"}, "request-contradicts"),
        ("Kabupaten/Kota;2020\nKab. Morowali;4\n", {"indicator": "POV.P9"}, "indicator-unknown"),
        ("Kabupaten/Kota;Luas (km2)\nKab. Morowali;4\n", {}, "columns-unknown"),
        ("Kabupaten/Kota;Garis Kemiskinan 2020\nMorowalli;4\n", {"layout": "bps_table"}, "no-row-accepted"),
        ("a;b\nc;d\n", {}, "layout-unknown"),
        ("a;b\nc;d\n", {"layout": "tabel_bps"}, "layout-name-unknown"),
        ("a;b\nc;d\n", {"layout": "sipd_pagu"}, "table-not-found"),
        ("a;b\nc;d\n", {"layout": "bps_table"}, "table-not-found"),
    ],
)
def test_what_cannot_be_met_is_refused_by_name(tmp_path: Path, text: str, said: dict[str, Any], code: str) -> None:
    assert refusal(read_text(tmp_path, text, **said)) == code


def test_an_unknown_layout_says_what_was_seen_and_what_the_nearest_lacks(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "OPD;Kegiatan;Anggaran\nDinas;Satu;1000\n")
    assert outcome.refusal is not None
    told = outcome.refusal.values
    assert (told["nearest"], told["lacks"]) == ("sipd_pagu", ("sub_kegiatan",))
    assert told["seen"] == "OPD | Kegiatan | Anggaran"


@pytest.mark.parametrize("text", ["tahun;batas_bawah;batas_atas\n2021;7.7;9.1\n2020;4.8;5.1\n", "a;b\nc;d\n"])
def test_a_table_that_is_near_no_layout_is_told_no_nearest(tmp_path: Path, text: str) -> None:
    outcome = read_text(tmp_path, text)
    assert refusal(outcome) == "layout-unknown"
    assert outcome.refusal is not None
    assert not {"nearest", "lacks"} & set(outcome.refusal.values)
    assert "sipd" not in as_text([outcome], "id", {}).partition("Yang dikenal")[0]


def test_an_unknown_layout_says_the_known_ones_and_that_a_mapping_may_name_the_columns(tmp_path: Path) -> None:
    shown = as_text([read_text(tmp_path, "OPD;Kegiatan;Anggaran\nDinas;Satu;1000\n")], "id", {})
    assert "--map" in shown
    assert all(name in shown for name in LAYOUTS)


def test_a_period_in_the_header_is_taken_and_an_absent_one_is_told(tmp_path: Path) -> None:
    header = "Provinsi;Garis Kemiskinan - Maret (Rp);Garis Kemiskinan - September (Rp);Persentase Penduduk Miskin"
    outcome = read_text(tmp_path, table("Aceh;400000;410000;15", header=header), year=2020)
    frame = accepted(outcome).frame
    assert frame.select("indicator", "period").rows() == [
        ("POV.GK", "maret"),
        ("POV.GK", "september"),
        ("POV.P0", "maret"),
    ]
    assert codes(outcome).count("period-assumed") == 1


def test_each_assumed_period_names_the_indicators_that_it_was_taken_for(tmp_path: Path) -> None:
    header = "Kabupaten/Kota;Persentase Penduduk Miskin;Garis Kemiskinan;Indeks Pembangunan Manusia"
    outcome = read_text(tmp_path, table("Kab. Morowali;12,3;400000;71,2", header=header), year=2020)
    assumed = [finding.values for finding in outcome.findings if finding.code == "period-assumed"]
    usual = {each["period"]: each["indicators"] for each in assumed}
    assert usual.pop("maret") == ["POV.P0", "POV.GK"]
    assert len(usual) == 1
    assert "maret" not in usual
    said = as_text([outcome], "id", {})
    assert "Susenas" not in said
    assert "POV." not in said  # an official reads names, not our codes


def test_a_column_that_is_no_indicator_is_told(tmp_path: Path) -> None:
    header = "Kabupaten/Kota;Garis Kemiskinan 2020;Luas (km2)"
    outcome = read_text(tmp_path, table("Kab. Morowali;400000;5000", header=header))
    assert "column-not-read" in codes(outcome)
    assert accepted(outcome).frame["_col"].to_list() == ["B"]


def test_decimals_are_those_that_the_column_gives(tmp_path: Path) -> None:
    header = "Kabupaten/Kota;p0_2019;Garis Kemiskinan 2019"
    outcome = read_text(tmp_path, table("Kab. Morowali;14,25;400000,0", "Kota Palu;6,8;500000,0", header=header))
    frame = accepted(outcome).frame
    assert dict(zip(frame["indicator"], frame["places"], strict=True)) == {"POV.P0": 2, "POV.GK": 0}


KABUPATEN = ("Banggai", "Poso", "Donggala", "Buol", "Sigi", "Morowali", "Parigi Moutong", "Tojo Una-Una", "Tolitoli")
NAMES = tuple(f"Kab. {name}" for name in (*KABUPATEN, "Banggai Kepulauan"))


def test_a_copied_year_and_a_jump_are_told(tmp_path: Path) -> None:
    rows = [f"{name};{10 + number};{10 + number}" for number, name in enumerate(NAMES)]
    rows[0] = "Kab. Banggai;10;10"
    copied = read_text(tmp_path, table(*rows, header="Kabupaten/Kota;p0_2019;p0_2020"))
    assert codes(copied).count("year-copied") == 1
    jumped = read_text(tmp_path, table("Kab. Morowali;10;16", header="Kabupaten/Kota;p0_2019;p0_2020"))
    (finding,) = [found for found in jumped.findings if found.code == "value-jumps"]
    assert (finding.at, finding.values["before"], finding.values["value"]) == ("csv!C2", 10.0, 16.0)


def test_a_constant_column_is_told(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table(*(f"{name};400000" for name in NAMES)))
    assert codes(outcome).count("column-constant") == 1


def test_many_findings_of_a_kind_are_counted_and_not_listed(tmp_path: Path) -> None:
    rows = [f"Kab. Tiada {number};1" for number in range(50)]
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Kota Palu;1", *rows), layout="bps_table")
    assert codes(outcome).count("region-name-unknown") == 20
    (more,) = [found for found in outcome.findings if found.code == "more-of-a-kind"]
    assert more.values["count"] == 50 - 20


def test_the_region_that_was_said_decides_an_ambiguous_name(tmp_path: Path) -> None:
    rows = table("Gorontalo;400000", "Boalemo;300000", "Pohuwato;310000")
    within = Region.parse("kemendagri:35")
    assert read_text(tmp_path, table("Kediri;400000"), region=within).rows_accepted == 0
    assert read_text(tmp_path, rows).rows_in == 4


def test_cells_of_the_frame_carry_their_address(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, table("Kab. Morowali;400000", "Kota Palu;500000"))
    frame = accepted(outcome).frame
    assert frame.select("_sheet", "_row", "_col").rows() == [("csv", 2, "B"), ("csv", 3, "B")]
    assert frame.schema["_row"] == pl.Int32
