"""What the name of a file says against the regions of its rows: told where the name is sure, and never guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import finding_words
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Severity
from tests.rooms.intake.files import accepted, read_text


HEADER = "Kabupaten/Kota;Persentase Penduduk Miskin 2023\n"
GRESIK = HEADER + "Kab. Gresik;10,96\n"
KEDIRI = HEADER + "Kabupaten Kediri;10,72\nKota Kediri;7,15\n"
PAGU = "OPD;Sub Kegiatan;Pagu\n1.01 Dinas;1.01.02.2.01.0001 Sekolah;5\n"


def named(folder: Path, name: str, text: str) -> list[object]:
    outcome = read_text(folder, text, name=name)
    accepted(outcome)
    found = [finding for finding in outcome.findings if finding.code == "file-name-differs"]
    assert all(finding.severity is Severity.WARNING for finding in found)
    assert all(finding_words(finding, language) for finding in found for language in LANGUAGES)
    return [finding.values["named"] for finding in found]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("kemiskinan_kab_lamongan_2023.csv", "Kabupaten Lamongan"),
        ("Kemiskinan Lamongan 2023.csv", "Kabupaten Lamongan"),
        ("kemiskinan-kotabaru-2023.csv", "Kabupaten Kotabaru"),
        ("Kemiskinan Kota Surabaya.csv", "Kota Surabaya"),
        ("kemiskinan_provinsi_gorontalo_2023.csv", "Gorontalo"),
        ("Kemiskinan Jawa Barat 2023.csv", "Jawa Barat"),
    ],
)
def test_a_region_in_the_name_of_a_file_that_has_no_rows_of_it_is_told(tmp_path: Path, name: str, says: str) -> None:
    assert named(tmp_path, name, GRESIK) == [says]


@pytest.mark.parametrize(
    "name",
    [
        "kemiskinan_kab_gresik_2023.csv",
        "Kemiskinan Jawa Timur 2023.csv",  # the province holds it
        "Kemiskinan Gresik dan Lamongan.csv",
        "kemiskinan_kediri_2023.csv",  # a kabupaten or its kota: no one knows
        "kemiskinan menurut kabupaten kota 2023.csv",
        "kemiskinan Kecamatan Lamongan.csv",  # what a kecamatan is called says nothing of a kabupaten
        "kemiskinan nasional indonesia.csv",
        "kemiskinan.csv",
    ],
)
def test_a_name_that_fits_or_is_unsure_is_not_told(tmp_path: Path, name: str) -> None:
    assert named(tmp_path, name, GRESIK) == []


def test_a_kota_and_its_kabupaten_are_told_apart_by_their_word(tmp_path: Path) -> None:
    only_kota = HEADER + "Kota Kediri;7,15\n"
    assert named(tmp_path, "kemiskinan_kab_kediri.csv", only_kota) == ["Kabupaten Kediri"]
    assert named(tmp_path, "kemiskinan_kota_kediri.csv", only_kota) == []
    assert named(tmp_path, "kemiskinan_kediri.csv", KEDIRI) == []


def test_a_kabupaten_lies_in_the_province_that_its_own_was_founded_out_of(tmp_path: Path) -> None:
    assert named(tmp_path, "kemiskinan_papua.csv", HEADER + "Kabupaten Merauke;9,5\n") == []


def test_a_region_that_was_said_is_held_against_the_name_too(tmp_path: Path) -> None:
    said: dict[str, Any] = {"region": Region.parse("kemendagri:72.06"), "year": 2024}
    outcome = read_text(tmp_path, PAGU, name="pagu rkpd kab poso 2024.csv", **said)
    (told,) = (finding for finding in outcome.findings if finding.code == "file-name-differs")
    assert (told.values["named"], told.values["taken"]) == ("Kabupaten Poso", "Kabupaten Morowali")
