"""The yearly poverty gap in rupiah: what all poor people of a region together lack. Drawn tables, worked sums."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from nangkis.content.tree import Heading, Paragraph
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.exhibits import diagnosis_blocks
from nangkis.diagnosis.gap_words import gap_blocks
from nangkis.diagnosis.poverty_gap import NoGap, PovertyGap, poverty_gap
from nangkis.vocabulary.units import Unit
from tests.rooms.diagnosis.worlds import diagnosed, said


Z = 1.959963984540054
WORLD = """
      | POV.P0 2024 | POV.N 2024 | POV.P1 2024 | POV.GK 2024 | POV.P0 2025 | POV.N 2025 | POV.GK 2025
90.01 | 12.00       | 18.00      | 2.00        | 500000      | 11.00       | 16.50      | 520000
"""
#  2.00 / 100 of Rp500.000, for each of 18.000 / 12 % = 150.000 people, twelve months a year
RUPIAH = 2.00 / 100 * 500_000 * 12 * (18_000 / 0.12)


def gap_of(found: Diagnosis) -> PovertyGap:
    told = poverty_gap(found)
    assert isinstance(told, PovertyGap)
    return told


def why(found: Diagnosis) -> str:
    told = poverty_gap(found)
    assert isinstance(told, NoGap)
    return told.code


def test_the_gap_is_the_mean_shortfall_times_all_people_times_twelve_months(tmp_path: Path) -> None:
    told = gap_of(diagnosed(tmp_path, WORLD))

    assert told.gap.value == pytest.approx(RUPIAH / 1e9) == pytest.approx(18)
    assert told.gap.unit is Unit.BILLION_RUPIAH
    assert told.people.value == pytest.approx(18 / 0.12)


def test_all_parts_are_of_one_year_the_latest_that_has_them_all(tmp_path: Path) -> None:
    told = gap_of(diagnosed(tmp_path, WORLD))

    assert {fact.year for fact in told.parts.values()} == {2024}
    cells = told.gap.origin.inputs
    where = {column: found for cell in cells for column, found in cell.where}
    assert where["year"] == (2024,)
    assert where["indicator"] == ("POV.GK", "POV.N", "POV.P0", "POV.P1")


def test_no_digit_is_told_that_the_rounding_of_the_parts_does_not_bear(tmp_path: Path) -> None:
    told = gap_of(diagnosed(tmp_path, WORLD))

    off = RUPIAH * (0.005 / 2.00 + 0.005 / 500_000 + 0.005 / 18.00 + 0.005 / 12.00)
    assert off == pytest.approx(57.5e6, rel=0.01)
    assert (told.gap.places, told.rounding.places) == (1, 2)
    assert told.rounding.value == pytest.approx(0.06)  # 57.6 million, up to the next hundredth of a billion


def test_the_error_of_the_index_makes_a_range(tmp_path: Path) -> None:
    table = """
          | POV.P0 2024 | POV.N 2024 | POV.P1 2024 | POV.P2 2024 | POV.GK 2024
    90.01 | 12.00       | 18.00      | 2.00        | 0.50        | 500000
    """
    told = gap_of(diagnosed(tmp_path, table))

    error = 100 * sqrt(2 * (0.0050 - 0.02**2) / 671)  # by the variance that P2 leaves
    assert told.low is not None
    assert told.high is not None
    assert told.low.value == pytest.approx(RUPIAH * (1 - Z * error / 2.00) / 1e9)
    assert told.high.value == pytest.approx(RUPIAH * (1 + Z * error / 2.00) / 1e9)
    assert any("POV.P2" in dict(cell.where)["indicator"] for cell in told.low.origin.inputs)


def test_what_it_says_names_the_base_the_bound_and_the_digits(tmp_path: Path) -> None:
    heading, paragraph = gap_blocks(diagnosed(tmp_path, WORLD), level=3)

    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    lead, bound, parts, rounding, untested = (said(one) for one in paragraph.sentences[:5])
    assert lead == (
        "Kesenjangan pengeluaran seluruh penduduk miskin Kabupaten Contoh Barat terhadap garis kemiskinan pada Maret "
        "2024 setara Rp18,0 miliar setahun."
    )
    assert bound.startswith("Itulah batas bawah biaya")
    assert (
        "indeks kedalaman 2,00, garis kemiskinan Rp500.000 per kapita per bulan, dan penduduk 150,0 ribu orang" in parts
    )
    assert rounding.endswith("sampai Rp0,06 miliar.")
    assert untested.startswith("Galat indeks kedalaman belum diketahui")
    assert said(paragraph.sentences[0], "en").endswith("in March 2024 came to Rp18.0 billion a year.")


def test_it_stands_in_the_analysis_of_poverty_after_the_poverty_line(tmp_path: Path) -> None:
    headings = [block.title for block in diagnosis_blocks(diagnosed(tmp_path, WORLD)) if isinstance(block, Heading)]

    assert [said(one) for one in headings][-2:] == ["Garis kemiskinan", "Kesenjangan kemiskinan setahun dalam rupiah"]


def test_without_a_part_it_is_absent_and_the_part_is_named(tmp_path: Path) -> None:
    found = diagnosed(tmp_path, "| POV.P0 2024 | POV.N 2024 | POV.GK 2024\n90.01 | 12.00 | 18.00 | 500000")

    (paragraph,) = gap_blocks(found, level=3)
    assert isinstance(paragraph, Paragraph)
    assert [said(one) for one in paragraph.sentences] == [
        (
            "Kesenjangan kemiskinan setahun Kabupaten Contoh Barat dalam rupiah belum dapat dihitung: belum ada tabel "
            "yang memuat indeks kedalaman kemiskinan."
        ),
        "Impor tabel BPS yang memuatnya untuk Maret tahun yang sama.",
    ]


def test_parts_of_different_years_are_never_multiplied(tmp_path: Path) -> None:
    table = "| POV.P0 2024 | POV.N 2024 | POV.P1 2023 | POV.GK 2024\n90.01 | 12.00 | 18.00 | 2.00 | 500000"

    assert why(diagnosed(tmp_path, table)) == "gap.why.apart"


def test_a_gap_of_other_borders_is_not_that_of_the_region(tmp_path: Path) -> None:
    table = "| POV.P0 2014 | POV.N 2014 | POV.P1 2014 | POV.GK 2014\n90.09 | 12.00 | 18.00 | 2.00 | 500000"

    assert why(diagnosed(tmp_path, table, "90.09")) == "gap.why.borders"


def test_a_gap_below_a_billion_is_told_in_millions_and_a_large_one_in_trillions(tmp_path: Path) -> None:
    small = "| POV.P0 2024 | POV.N 2024 | POV.P1 2024 | POV.GK 2024\n90.01 | 12.00 | 0.18 | 2.00 | 500000"
    large = "| POV.P0 2024 | POV.N 2024 | POV.P1 2024 | POV.GK 2024\n90.01 | 12.00 | 1800.00 | 2.00 | 500000"

    assert gap_of(diagnosed(tmp_path / "a", small)).gap.unit is Unit.MILLION_RUPIAH
    told = gap_of(diagnosed(tmp_path / "b", large)).gap
    assert told.unit is Unit.TRILLION_RUPIAH
    assert told.value == pytest.approx(100 * RUPIAH / 1e12)
