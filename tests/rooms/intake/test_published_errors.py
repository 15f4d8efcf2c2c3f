"""Standard errors that a file publishes beside its values: read with the values, checked, and named by their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.intake.files import accepted, codes, read_text


LONG = """provinsi,tahun,semester,indikator,nilai,{head},satuan
Aceh,2024,Maret,Persentase Penduduk Miskin,14.23,{aceh},persen
Bali,2024,Maret,Persentase Penduduk Miskin,4.00,{bali},persen
"""
TABLE = """Persentase Penduduk Miskin Menurut Kabupaten/Kota,,,,
Kabupaten/Kota,2024,,2025,
,Nilai,RSE (%),Nilai,RSE (%)
Kabupaten Morowali,12.00,10,11.00,30
Kabupaten Poso,14.00,20,13.00,60
"""


def long_table(head: str, aceh: str, bali: str) -> str:
    return LONG.format(head=head, aceh=aceh, bali=bali)


@pytest.mark.parametrize(
    ("head", "aceh", "bali", "columns"),
    [
        ("galat baku", "0.50", "0.20", "F"),
        ("Standard Error", "0.50", "0.20", "F"),
        ("RSE (%)", f"{100 * 0.50 / 14.23}", "5", "F"),
        ("batas bawah,batas atas", f"{14.23 - 1.959964 * 0.5},{14.23 + 1.959964 * 0.5}", "3.6080072,4.3919928", "F:G"),
    ],
)
def test_an_error_is_read_however_it_is_published(
    tmp_path: Path, head: str, aceh: str, bali: str, columns: str
) -> None:
    frame = accepted(read_text(tmp_path, long_table(head, aceh, bali))).frame

    assert frame["value"].to_list() == [14.23, 4.0]
    assert frame["standard_error"].to_list() == pytest.approx([0.50, 0.20], abs=1e-6)
    assert frame["_error_col"].to_list() == [columns, columns]


def test_an_error_is_brought_to_the_unit_of_its_value(tmp_path: Path) -> None:
    text = (
        "provinsi,tahun,semester,indikator,nilai,SE,satuan\nBali,2024,Maret,Jumlah Penduduk Miskin,184430,9000,jiwa\n"
    )

    frame = accepted(read_text(tmp_path, text)).frame

    assert frame.select("value", "standard_error").rows() == [(184.43, 9.0)]


def test_each_year_of_a_wide_table_has_its_own_errors(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, TABLE, indicator="POV.P0")

    rows = accepted(outcome).frame.select("name_read", "year", "value", "standard_error", "_error_col").rows()
    assert sorted(rows) == [
        ("Kabupaten Morowali", 2024, 12.0, pytest.approx(12.0 * 10 / 100), "C"),
        ("Kabupaten Morowali", 2025, 11.0, pytest.approx(11.0 * 30 / 100), "E"),
        ("Kabupaten Poso", 2024, 14.0, pytest.approx(14.0 * 20 / 100), "C"),
        ("Kabupaten Poso", 2025, 13.0, pytest.approx(13.0 * 60 / 100), "E"),
    ]
    assert {"error-relative-careful", "error-relative-unusable"} <= set(codes(outcome))


@pytest.mark.parametrize(
    ("bali", "code"), [("-0.2", "error-not-positive"), ("0", "error-not-positive"), ("4.10", "error-above-value")]
)
def test_what_cannot_be_the_error_of_its_value_is_told_and_not_taken(tmp_path: Path, bali: str, code: str) -> None:
    outcome = read_text(tmp_path, long_table("galat baku", "0.50", bali))

    assert accepted(outcome).frame["value"].to_list() == [14.23, 4.0]
    assert accepted(outcome).frame["standard_error"].to_list() == [0.5, None]
    assert [(one.code, one.at) for one in outcome.findings if one.code.startswith("error-")] == [(code, "csv!F3")]


def test_a_table_without_errors_is_kept_as_before_they_were_read(tmp_path: Path) -> None:
    frame = accepted(read_text(tmp_path, long_table("warna", "biru", "merah"))).frame

    assert not {"standard_error", "_error_col"} & set(frame.columns)


def test_an_error_of_another_year_is_of_no_value(tmp_path: Path) -> None:
    text = "Kabupaten/Kota,P0 2024,Galat baku P0 2023\nKabupaten Morowali,12.00,1.1\nKabupaten Poso,14.00,1.2\n"

    outcome = read_text(tmp_path, text)

    assert accepted(outcome).frame.select("year", "value").rows() == [(2024, 12.0), (2024, 14.0)]
    assert "standard_error" not in accepted(outcome).frame.columns
    assert [one.at for one in outcome.findings if one.code == "column-not-read"] == ["csv!C"]
