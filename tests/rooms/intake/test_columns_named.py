"""A column whose indicator's own name carries a word of other groups is read; one of another group is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.layouts.words import other_group
from tests.rooms.intake.files import accepted, read_text


@pytest.mark.parametrize(
    ("header", "indicator"),
    [
        ("Indeks Kedalaman Kemiskinan (P1) 2024", "POV.P1"),
        ("Indeks Keparahan Kemiskinan (P2) 2024", "POV.P2"),
        ("Laju Pertumbuhan PDRB 2024", "ECO.LPE"),
    ],
)
def test_a_column_is_read_by_the_whole_name_of_its_indicator(tmp_path: Path, header: str, indicator: str) -> None:
    outcome = read_text(tmp_path, f"Kabupaten/Kota;{header}\nKab. Morowali;1,21\nKab. Poso;1,35\n")

    assert accepted(outcome).frame["indicator"].to_list() == [indicator] * 2


@pytest.mark.parametrize(
    "header",
    [
        "Persentase Penduduk Miskin Perempuan",
        "Persentase Penduduk Miskin Perkotaan",
        "Penurunan Persentase Penduduk Miskin",
        "Peringkat Indeks Kedalaman Kemiskinan",
        "Target Laju Pertumbuhan PDRB",
        "Pertumbuhan Jumlah Penduduk Miskin",
    ],
)
def test_a_part_of_the_people_a_change_and_a_rank_are_other_things(header: str) -> None:
    assert other_group(header)


def test_beside_a_column_of_years_a_year_in_a_header_is_no_year_of_values(tmp_path: Path) -> None:
    """As in the workbook of provinces: prices of 2010, and a mark for years from 2021 on."""
    rows = [f"{name};{year};{value};{value / 100};0" for name, value in (("Kab. Morowali", 24013), ("Kab. Poso", 31637))
            for year in (2019, 2020)]  # fmt: skip
    head = "kabupaten;tahun;pdrb per kapita adhk 2010;ipm;ipm method break 2021plus"

    outcome = read_text(tmp_path, "\n".join([head, *rows]) + "\n")

    frame = accepted(outcome).frame
    assert outcome.rows_refused == 0
    assert sorted(frame["year"].unique()) == [2019, 2020]
    assert sorted(frame["indicator"].unique()) == ["DEV.IPM", "ECO.PDRBPC"]


def test_a_month_in_the_title_is_that_of_the_survey_and_not_of_an_index_of_the_year(tmp_path: Path) -> None:
    text = (
        "Keadaan Maret 2024;;\nKabupaten/Kota;IPM 2024;Persentase Penduduk Miskin 2024\n"
        "Kab. Morowali;73,15;12,58\nKab. Poso;73,72;14,21\n"
    )

    frame = accepted(read_text(tmp_path, text)).frame

    periods = dict(frame.select("indicator", "period").iter_rows())
    assert periods == {"DEV.IPM": "tahun", "POV.P0": "maret"}
