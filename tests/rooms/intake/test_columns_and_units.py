"""Which column is read as what: titles are no headers, numbering is no value, units and other measures are minded."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.repairs.units import contradicts, unit_said, zeros_said
from tests.rooms.intake.files import accepted, codes, read_text, refusal, values


TITLE = "Persentase Penduduk Miskin Maret 2024"
ROWS = "1;Kabupaten Pacitan;13.65\n2;Kabupaten Ponorogo;9.53\n"


@pytest.mark.parametrize("numbering", ["No", "No.", "No. Urut", "Nomor Urut", "#", "", "Peringkat", "Rank", "Lainnya"])
def test_a_title_over_a_column_of_numbering_is_not_its_header(tmp_path: Path, numbering: str) -> None:
    text = f"{TITLE};;\n{numbering};Kabupaten/Kota;Persentase\n{ROWS}"
    assert values(read_text(tmp_path, text)) == {"Kabupaten Pacitan": 13.65, "Kabupaten Ponorogo": 9.53}


def test_numbers_of_people_below_a_title_of_percent_are_not_read_as_percent(tmp_path: Path) -> None:
    title = "Jumlah dan Persentase Penduduk Miskin, Maret 2024"
    rows = "1;Kabupaten Pacitan;76.93;13.65\n2;Kabupaten Ponorogo;83.5;9.53\n"
    for count in ("Jumlah (ribu)", "Jumlah"):
        outcome = read_text(tmp_path, f"{title};;;\nNo;Kabupaten/Kota;{count};Persentase\n{rows}")
        assert values(outcome) == {"Kabupaten Pacitan": 13.65, "Kabupaten Ponorogo": 9.53}
        assert "column-not-read" in codes(outcome)


def test_a_rank_and_another_count_beside_the_values_are_not_read(tmp_path: Path) -> None:
    text = (
        f"{TITLE};;;;\nNo;Kabupaten/Kota;Rank;Jumlah Penduduk (ribu);Persentase\n"
        "1;Kabupaten Pacitan;10;76.93;13.65\n2;Kabupaten Ponorogo;9;83.5;9.53\n"
    )
    assert values(read_text(tmp_path, text)) == {"Kabupaten Pacitan": 13.65, "Kabupaten Ponorogo": 9.53}


@pytest.mark.parametrize("header", ["Target 2024", "Perubahan 2023-2024", "Persentase Penduduk Miskin Perkotaan 2024"])
def test_a_column_of_another_group_is_not_read(tmp_path: Path, header: str) -> None:
    text = f"{TITLE};;\nKabupaten/Kota;{header};2024\nKabupaten Pacitan;12.5;13.65\nKabupaten Ponorogo;8.5;9.53\n"
    assert values(read_text(tmp_path, text)) == {"Kabupaten Pacitan": 13.65, "Kabupaten Ponorogo": 9.53}


def test_two_columns_of_the_same_values_refuse_the_sheet_and_are_named(tmp_path: Path) -> None:
    text = f"{TITLE};;\nKabupaten/Kota;Persentase;Persen\nKabupaten Pacitan;12;13.65\nKabupaten Ponorogo;8;9.53\n"
    outcome = read_text(tmp_path, text)
    assert refusal(outcome) == "columns-alike"
    assert outcome.refusal is not None
    assert outcome.refusal.values["columns"] == "B, C"


def test_a_title_beside_the_names_speaks_of_every_year(tmp_path: Path) -> None:
    text = "Provinsi/Kabupaten/Kota;;\n;Garis Kemiskinan;\n;2018;2019\nKab. Morowali;400000;410000\n"
    frame = accepted(read_text(tmp_path, text)).frame
    assert frame.select("indicator", "year").rows() == [("POV.GK", 2018), ("POV.GK", 2019)]


@pytest.mark.parametrize(
    "title",
    [
        "Persentase Penduduk Miskin Ekstrem 2024",
        "Tingkat Kemiskinan Ekstrem 2024",
        "Persentase Penduduk Hampir Miskin (P0) 2024",
        "Penduduk Rentan dan Persentase Penduduk Miskin 2024",
    ],
)
def test_another_measure_is_never_read_as_the_one_whose_words_it_carries(tmp_path: Path, title: str) -> None:
    text = f"{title};\nKabupaten/Kota;2024\nKabupaten Pacitan;2.73\nKabupaten Ponorogo;1.9\n"
    assert refusal(read_text(tmp_path, text, name="persentase penduduk miskin.csv")) == "indicator-other"


def test_headers_that_tell_two_measures_apart_are_believed(tmp_path: Path) -> None:
    text = (
        "Kemiskinan dan Kemiskinan Ekstrem 2024;;\n"
        "Kabupaten/Kota;Persentase Penduduk Miskin;Persentase Penduduk Miskin Ekstrem\n"
        "Kabupaten Pacitan;13.65;2.73\nKabupaten Ponorogo;9.53;1.9\n"
    )
    assert values(read_text(tmp_path, text)) == {"Kabupaten Pacitan": 13.65, "Kabupaten Ponorogo": 9.53}


@pytest.mark.parametrize(
    ("title", "cell", "value", "brought"),
    [
        ("Jumlah Penduduk Miskin (jiwa)", "10600", 10600 / 1000, True),
        ("Jumlah Penduduk Miskin (orang)", "10.600", 10600 / 1000, True),
        ("Jumlah Penduduk Miskin (ribu jiwa)", "10.6", 10.6, False),
        ("Jumlah Penduduk Miskin (juta jiwa)", "0.0106", 0.0106 * 1000, True),
        ("Garis Kemiskinan (ribu rupiah/kapita/bulan)", "423.456", 423.456 * 1000, True),
        ("Garis Kemiskinan (Rp juta/kapita/bulan)", "0.423456", 0.423456 * 1e6, True),
        ("Garis Kemiskinan (rupiah/orang/bulan)", "423456", 423456, False),
    ],
)
@pytest.mark.parametrize("in_header", [False, True])
def test_the_unit_that_is_said_is_brought_to_the_indicators(
    tmp_path: Path, title: str, cell: str, value: float, *, brought: bool, in_header: bool
) -> None:
    above, header = ("Tabel 1", f"{title} 2024") if in_header else (title, "2024")
    text = f"{above};\nKabupaten/Kota;{header}\nKabupaten Pacitan;{cell}\nKabupaten Ponorogo;{cell}\n"
    outcome = read_text(tmp_path, text)
    assert values(outcome)["Kabupaten Pacitan"] == pytest.approx(value, abs=1e-6)
    assert ("unit-brought" in {repair.code for repair in outcome.repairs}) == brought


@pytest.mark.parametrize("span", ["rupiah/kapita/tahun", "rupiah per tahun", "rupiah per hari", "rupiah/rumah tangga"])
def test_a_poverty_line_of_another_span_is_refused(tmp_path: Path, span: str) -> None:
    text = f"Garis Kemiskinan ({span});\nKabupaten/Kota;2024\nKabupaten Pacitan;4234560\nKabupaten Ponorogo;1\n"
    assert refusal(read_text(tmp_path, text)) == "unit-other"


def test_a_percent_headed_as_people_is_not_read(tmp_path: Path) -> None:
    text = "Kabupaten/Kota;Angka Kemiskinan (jiwa) 2024\nKabupaten Pacitan;70\nKabupaten Ponorogo;60\n"
    assert refusal(read_text(tmp_path, text)) == "columns-unknown"


def test_what_a_unit_says_of_an_unknown_indicator_is_nothing() -> None:
    assert not contradicts("jumlah (ribu)", None)
    assert unit_said("persentase (persen)", "", "POV.P0").factor == 1


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("Pagu", 0),
        ("Pagu RKPD 2026 Kabupaten Morowali (juta rupiah)", 6),
        ("(dalam ribu rupiah)", 3),
        ("Dalam Ribuan Rupiah", 3),
        ("Pagu (Rp Juta)", 6),
        ("Pagu (Rp. 000)", 3),
        ("Anggaran (Rp miliar)", 9),
        ("Anggaran (jutaan)", 6),
        ("Pagu (Rp)", 0),
    ],
)
def test_the_zeros_that_a_table_of_money_leaves_away_are_told(text: str, zeros: int) -> None:
    assert zeros_said(text) == zeros
