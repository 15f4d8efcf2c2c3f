"""Headers that are an indicator's own name, and units that only the size of the numbers tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.indicators.catalogue import indicators
from nangkis.intake.layouts import words
from nangkis.intake.repairs.units import contradicts
from tests.rooms.intake.files import accepted, codes, read_text, refusal


NAMES = [(code, name) for code, one in indicators().items() for name in one.name.values()]


@pytest.mark.parametrize("form", ["{}", "{} 2025", "2025 {}"])
@pytest.mark.parametrize(("code", "name"), NAMES)
def test_every_indicators_own_names_are_recognised_as_a_header(code: str, name: str, form: str) -> None:
    header = form.format(name)
    assert words.indicator_in(header) == code
    assert not words.other_group(header)
    assert not words.other_measure(header)
    assert not contradicts(words.beside_name(words.plain(header), code), code)


@pytest.mark.parametrize(
    "header",
    [
        "Jumlah Penduduk 15+",
        "Jumlah Penduduk Laki-laki",
        "Jumlah Penduduk Usia Kerja",
        "Persentase Angkatan Kerja",
        "Jumlah Penduduk Perkotaan",
        "Jumlah Penduduk 0-14 Tahun",
    ],
)
def test_an_own_name_within_a_longer_header_says_nothing(header: str) -> None:
    assert words.indicator_in(header) is None


@pytest.mark.parametrize("header", ["Jumlah Penduduk", "Jumlah Penduduk 2025", "Population"])
@pytest.mark.parametrize(
    ("cells", "word"), [(("586600", "968681"), "people"), (("586.6", "968.681"), "thousand-people")]
)
def test_a_population_without_a_unit_is_told_by_the_size_of_its_numbers(
    tmp_path: Path, header: str, cells: tuple[str, str], word: str
) -> None:
    text = f"Kabupaten/Kota,{header}\nKabupaten Pacitan,{cells[0]}\nKabupaten Ponorogo,{cells[1]}\n"
    reading = accepted(read_text(tmp_path, text, name="penduduk 2025.csv"))
    assert reading.frame["indicator"].unique().to_list() == ["DEM.POP"]
    assert reading.frame["value"].to_list() == [586600.0, 968681.0]
    (told,) = [repair for repair in reading.repairs if repair.code == "unit-by-size"]
    assert (told.at, told.count, told.values["people_counted"]) == ("csv!B2, B3", 2, word)


def test_thousands_of_a_province_are_never_taken_for_people(tmp_path: Path) -> None:
    text = "Provinsi,Jumlah Penduduk 2025\nJawa Barat,50345.2\nJawa Tengah,37892.3\nGorontalo,1227.8\n"
    assert accepted(read_text(tmp_path, text)).frame["value"].to_list() == [50345200.0, 37892300.0, 1227800.0]


def test_a_population_that_fits_neither_unit_is_refused_for_its_unit(tmp_path: Path) -> None:
    outcome = read_text(
        tmp_path, "Kabupaten/Kota,Jumlah Penduduk 2025\nKabupaten Pacitan,5.8\nKabupaten Ponorogo,9.6\n"
    )
    assert refusal(outcome) == "unit-unsaid"


def test_people_below_a_title_of_the_poor_may_be_the_poor_and_are_not_read(tmp_path: Path) -> None:
    text = (
        "Persentase Penduduk Miskin Maret 2024;;\nKabupaten/Kota;Jumlah Penduduk;Persentase\n"
        "Kabupaten Pacitan;76.93;13.65\nKabupaten Ponorogo;83.5;9.53\n"
    )
    outcome = read_text(tmp_path, text)
    assert accepted(outcome).frame["indicator"].unique().to_list() == ["POV.P0"]
    assert "column-not-read" in codes(outcome)


def test_a_sheet_of_no_indicator_is_told_a_few_names_and_where_the_others_are(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Kabupaten/Kota;2024\nKab. Poso;12.1\nKab. Sigi;9.1\n")
    assert refusal(outcome) == "indicator-unsaid"
    assert outcome.refusal is not None
    named = outcome.refusal.values["indicators"]
    assert isinstance(named, tuple)
    assert len(named) in range(1, 6)
