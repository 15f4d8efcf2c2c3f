"""Families by decile: places by code and name, one kabupaten, totals of kecamatan against their desa."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.reading import SheetOutcome
from nangkis.regions.register import children
from nangkis.vocabulary.codes import Region
from tests.rooms.intake.files import accepted, codes, read_text, refusal


HEADER = "Kode Wilayah;Nama Wilayah;Tahun;Desil 1;Desil 2;Desil 3;Desil 4;Jumlah Keluarga;FSVA;Status IDM"
DISTRICT = children(Region.parse("kemendagri:72.06"))[0]
FIRST, SECOND = children(DISTRICT.region)[:2]


def row(
    place: Any, families: str = "10;20;30;40;200", *, year: str = "2025", classes: str = "2;Maju", name: str = ""
) -> str:
    return f"{place.region.digits};{name or place.name};{year};{families};{classes}"


def read_rows(folder: Path, *rows: str, **said: Any) -> SheetOutcome:
    return read_text(folder, "\n".join((HEADER, *rows)) + "\n", **said)


def test_each_place_has_its_families_and_classes(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, row(FIRST))

    (line,) = accepted(outcome).frame.to_dicts()
    assert outcome.layout == "wilayah_desil"
    assert (line["region"], line["place"], line["level"]) == ("kemendagri-2025:72.06", str(FIRST.region), "desa")
    assert [line[f"families_{decile}"] for decile in (1, 4, 5)] == [10, 40, None]
    assert (line["families_total"], line["fsva"], line["idm"], line["year"]) == (200, 2, "maju", 2025)
    assert codes(outcome) == []


def test_a_kecamatan_is_weighed_against_its_desa(tmp_path: Path) -> None:
    fits = row(DISTRICT, "20;40;60;80;400", classes=";")
    assert codes(read_rows(tmp_path, fits, row(FIRST), row(SECOND))) == []
    assert codes(read_rows(tmp_path, fits, row(FIRST), row(SECOND, "11;20;30;40;200"))) == ["kecamatan-differs"]


def test_deciles_above_their_total_are_told(tmp_path: Path) -> None:
    assert codes(read_rows(tmp_path, row(FIRST, "10;20;30;40;99"))) == ["place-total-differs"]  # 10+20+30+40 > 99


def test_codes_that_do_not_fit_their_names_need_a_system(tmp_path: Path) -> None:
    wrong = row(SECOND, name="Desa Lain Sekali")
    assert refusal(read_rows(tmp_path, row(FIRST), wrong)) == "codes-unsaid"


def test_places_of_two_kabupaten_are_refused(tmp_path: Path) -> None:
    other = children(children(Region.parse("kemendagri:72.05"))[0].region)[0]
    assert refusal(read_rows(tmp_path, row(FIRST), row(other))) == "several-in-one-sheet"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (row(SECOND, "1,5;2;3;4;20"), "families-unreadable"),
        (row(SECOND, classes="7;Maju"), "fsva-unknown"),
        (row(SECOND, classes="1;Kaya"), "idm-unknown"),
    ],
)
def test_a_row_that_cannot_be_is_refused(tmp_path: Path, line: str, code: str) -> None:
    outcome = read_rows(tmp_path, row(FIRST), line)
    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert codes(outcome) == [code]


def test_a_file_with_a_number_of_a_person_is_refused_whole(tmp_path: Path) -> None:
    assert refusal(read_rows(tmp_path, row(FIRST), "7206015203850004;Seseorang;2025;1;1;1;1;4;;")) == "personal-data"


def test_a_file_with_the_names_of_families_is_refused_whole(tmp_path: Path) -> None:
    text = f"{HEADER};Nama Kepala Keluarga\n{row(FIRST)};Suharni Lapangasa\n"
    assert refusal(read_text(tmp_path, text)) == "personal-names"


def test_a_total_row_is_part_of_the_frame(tmp_path: Path) -> None:
    outcome = read_rows(tmp_path, row(FIRST), ";Jumlah;;10;20;30;40;200;;")
    assert accepted(outcome).frame_rows == {"1": "heading", "3": "total"}


def test_another_year_or_region_said_is_refused(tmp_path: Path) -> None:
    assert refusal(read_rows(tmp_path, row(FIRST), year=2024)) == "request-contradicts"
    assert refusal(read_rows(tmp_path, row(FIRST), region=Region.parse("kemendagri:72.05"))) == "request-contradicts"


@pytest.mark.parametrize(
    ("name", "told"),
    [("desil 2019.csv", ["file-name-differs"]), ("desil 2025.csv", []), ("desil 2019-2024.csv", []), ("desil.csv", [])],
)
def test_another_year_in_the_name_of_the_file_is_told(tmp_path: Path, name: str, told: list[str]) -> None:
    outcome = read_text(tmp_path, f"{HEADER}\n{row(FIRST)}\n", name=name)
    assert codes(outcome) == told
    assert accepted(outcome).frame["year"].to_list() == [2025]
    assert all(finding.values["named"] == "2019" for finding in outcome.findings)
