"""The pagu files: how many rows and offices, what the totals leave out, and the large generated file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

from nangkis.example import names
from nangkis.example.budget_files import big_pagu
from nangkis.example.province import example_files


FILES = example_files(seed=2026, language="id")
CODE = re.compile(r"\d\.\d{2}\.\d{2}\.2\.\d{2}\.\d{4} \S")


@pytest.fixture(scope="module")
def kabupaten() -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(FILES[names.PAGU_KABUPATEN]))
    return list(book["Pagu"].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def kota() -> list[list[str]]:
    return list(csv.reader(io.StringIO(FILES[names.PAGU_KOTA].decode("utf-8-sig")), delimiter=";"))


def amount(text: str) -> int:
    return int(text.removesuffix(",00").replace(".", ""))


def test_the_kabupaten_has_about_420_lines_in_about_28_offices(kabupaten: list[tuple[object, ...]]) -> None:
    lines = kabupaten[2:-1]

    assert len(lines) == 428
    assert len({line[0] for line in lines}) == 29
    assert sum(str(line[0]).startswith("7.01") for line in lines) == 4 * (5 + 6)


def test_its_total_leaves_out_just_the_three_amounts_that_are_text(kabupaten: list[tuple[object, ...]]) -> None:
    amounts = [line[2] for line in kabupaten[2:-1]]
    numbers = sum(value for value in amounts if isinstance(value, int))
    texts = [value for value in amounts if isinstance(value, str)]

    assert kabupaten[-1] == ("TOTAL", None, numbers)
    assert texts == ["Rp 125.000.000,-"] * 3
    assert 1.0e12 < numbers + 3 * 125_000_000 < 1.3e12


def test_every_office_has_programme_01_and_the_salaries_are_never_blank(kabupaten: list[tuple[object, ...]]) -> None:
    salaries = [line for line in kabupaten[2:-1] if "Gaji dan Tunjangan ASN" in str(line[1])]

    assert len(salaries) == 29
    assert all(isinstance(line[2], int | str) for line in salaries)


def test_village_transfers_stand_at_the_finance_office(kabupaten: list[tuple[object, ...]]) -> None:
    transfers = [line for line in kabupaten[2:-1] if str(line[1]).startswith("5.02.02.2.04.0008")]

    assert [str(line[0])[:4] for line in transfers] == ["5.02"]
    assert isinstance(transfers[0][2], int)
    assert transfers[0][2] > 100e9


def test_all_codes_but_the_planted_one_are_whole(kabupaten: list[tuple[object, ...]], kota: list[list[str]]) -> None:
    cells = [str(line[1]) for line in (*kabupaten[2:-1], *kota[2:-1]) if line[1]]

    assert [cell for cell in cells if not CODE.match(cell)] == ["1.06.O4.2.01.0003 Penyediaan Alat Bantu"]


def test_the_kota_has_a_total_that_is_right(kota: list[list[str]]) -> None:
    amounts = [amount(line[2]) for line in kota[2:-1] if line[2] not in {"", "-"}]

    assert len(kota) == 2 + 168 + 1
    assert amount(kota[-1][2]) == sum(amounts)


def test_a_large_file_has_the_rows_asked_for_and_no_key_twice(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"

    big_pagu(path, rows=1_500, seed=1)

    rows = list(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(min_row=3, values_only=True))
    keys = {(str(row[0]).split()[0], str(row[1]).split()[0]) for row in rows}
    assert len(rows) == len(keys) == 1_500


def test_a_large_file_is_the_same_for_one_seed(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]

    for path in paths:
        big_pagu(path, rows=200, seed=5)

    assert paths[0].read_bytes() == paths[1].read_bytes()
