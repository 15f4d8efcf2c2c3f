"""Tables with one indicator by row, and tables of several indicators by column."""

from __future__ import annotations

from pathlib import Path

from nangkis.vocabulary.codes import CodeSystem
from tests.rooms.intake.files import accepted, codes, read_text, refusal


LONG = """provinsi,tahun,semester,indikator,nilai,satuan,bps_turvar_label,suppressed,catatan
Aceh,2024,Maret,Persentase Penduduk Miskin,14.23,persen,Jumlah,false,
Aceh,2024,Maret,Persentase Penduduk Miskin,16.75,persen,Perdesaan,false,
Riau,2024,Maret,Persentase Penduduk Miskin,6.67,persen,Jumlah,true,
Jambi,2024,Maret,Persentase Penduduk Miskin,7.10,ribu jiwa,Jumlah,false,
Jambi,2024,Maret,Jumlah Kucing,7,ekor,Jumlah,false,
Bali,2024,Maret,Jumlah Penduduk Miskin,184.43,ribu orang,Jumlah,false,angka sementara
Bali,2024,September,Persentase Penduduk Miskin,#N/A,persen,Jumlah,false,
Bali,2024,Maret,Jumlah Penduduk Miskin,184.43,ribu orang,Jumlah,false,
"""
MANY = """kemendagri_2025,kode,nama,tahun,p0,miskin_ribu,warna
72.06,72.06,Kabupaten Morowali,2023,12.31,16.11,biru
72.06,72.06,Kabupaten Morowali,2024,11.97,15.90,biru
72.71,7271,Kota Palu,2023,#N/A,#REF!,merah
72.71,72.1,Kota Palu,2024,5.94,23.80,merah
"""


def test_each_row_of_a_long_table_is_accepted_or_its_reason_is_told(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, LONG)

    frame = accepted(outcome).frame
    assert outcome.layout == "indicator_long"
    assert frame.select("indicator", "name_read", "value").rows() == [
        ("POV.P0", "Aceh", 14.23),
        ("POV.N", "Bali", 184.43),
    ]
    assert (outcome.rows_frame, outcome.rows_accepted, outcome.rows_refused) == (1, 2, 8 - 2)
    assert {
        "row-group-other", "row-suppressed", "row-unit-other", "row-indicator-unknown", "row-twice", "cell-error",
        "row-unreadable", "rows-noted",
    } <= set(codes(outcome))  # fmt: skip


def test_years_and_periods_come_from_their_own_columns(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, LONG.replace("#N/A", "3.80"))

    periods = accepted(outcome).frame.filter(indicator="POV.P0", name_read="Bali").select("year", "period").rows()
    assert periods == [(2024, "september")]


def test_the_two_surveys_of_a_year_are_never_taken_for_each_other(tmp_path: Path) -> None:
    head = "provinsi,tahun,periode,indikator,nilai\n"
    rows = (f"Aceh,2024,{period},Tingkat Pengangguran Terbuka,{5 + index / 10}\n" for index, period in enumerate(
        ("Februari", "Agustus", "Triwulan I")
    ))  # fmt: skip

    outcome = read_text(tmp_path, head + "".join(rows))

    assert accepted(outcome).frame.select("period", "value").rows() == [("februari", 5.0), ("agustus", 5.1)]
    assert "row-period-unknown" in codes(outcome)


def test_a_column_that_is_no_indicator_is_named(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, MANY)

    assert outcome.layout == "indicator_many"
    (told,) = [finding for finding in outcome.findings if finding.code == "columns-no-indicator"]
    assert told.values == {"count": 1, "columns": "G ('warna')"}


def test_a_second_column_of_codes_is_compared_with_the_named_one(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, MANY)

    (told,) = [finding for finding in outcome.findings if finding.code == "codes-of-column-differ"]
    assert (told.at, told.values["count"]) == ("csv!B5", 1)  # 72.1 lost the zero of 72.10, which is no region either
    assert accepted(outcome).about["codes"] == "kemendagri-2025"


def test_a_row_of_error_cells_is_refused_and_each_cell_named(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, MANY)

    assert (outcome.rows_accepted, outcome.rows_refused) == (3, 1)
    assert [finding.at for finding in outcome.findings if finding.code == "cell-error"] == ["csv!E4", "csv!F4"]


def test_two_columns_of_the_same_values_are_told_and_neither_is_read(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, MANY.replace("warna", "tingkat kemiskinan"))

    assert "columns-alike-not-read" in codes(outcome)
    assert set(accepted(outcome).frame["indicator"]) == {"POV.N"}


def test_a_code_system_that_contradicts_the_header_is_refused(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, MANY, codes=CodeSystem.parse("bps-2020"))

    assert refusal(outcome) == "request-contradicts"
