"""Every value taken from a real indicator file is the number that its cell holds, of the region and year of its row.

The second reader is Python's own csv module and openpyxl with a few lines about each file: none of our code. It reads
every cell of every accepted row, not a sample.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import CodeSystem
from nangkis.vocabulary.sources import column_letter


FOLDER = "02_indikator"
BPS_2020 = {"codes": CodeSystem.parse("bps-2020")}
MARKS = {"", "-", "...", "…"}
# Product per head stands there in million rupiah, and is kept in thousand.
MILLIONS = {"ECO.PDRBPC": 1000.0}
Rows = list[list[Any]]


def as_printed(cell: object) -> float:
    return float(str(cell).strip())


def with_commas_for_thousands(cell: object) -> float:
    return float(str(cell).replace(",", "").strip())


def with_any_decimal_mark(cell: object) -> float:
    """The file of 2021 has no thousands marks: a comma and a dot both part the decimals."""
    return float(str(cell).replace(",", ".").strip())


@dataclass(frozen=True)
class Book:
    """What is known about a file from looking at it: how its numbers are written, where region and year stand.

    ``code`` and ``year`` name columns; without ``year`` it is the last four digits of a column's header, or ``only``.
    ``lands`` says which sort of code ``code`` holds. ``factors`` bring a value to its indicator's unit.
    """

    name: str
    accepted: int
    said: Mapping[str, Any] = field(default_factory=dict)
    sheet: str = "csv"
    delimiter: str = ","
    number: Callable[[object], float] = as_printed
    head: int = 1
    code: str | None = None
    lands: str = "bps_2020"
    place: str | None = None
    year: str | None = None
    only: int | None = None
    factors: Mapping[str, float] = field(default_factory=dict)


def lines_of(year: int) -> str:
    shown = {2017: "2017 2", 2019: "2019 2", 2023: "2023 3"}.get(year, str(year))
    return f"kabkota/garis_kemiskinan_2011_2025/Garis Kemiskinan Menurut Kabupaten_Kota, {shown}.csv"


def poor_of(year: int) -> str:
    return f"provinsi/bps_miskin_provinsi_2015_2025/Jumlah dan Persentase Penduduk Miskin Menurut Provinsi, {year}.csv"


WIDE = "kabkota/garis_kemiskinan_2011_2025/garis_kemiskinan_wide.csv"
IPM = "kabkota/ipm_2011_2013/Indeks Pembangunan Manusia Menurut Kabupaten_Kota"
RKP = "provinsi/bps_2010_2021_dan_target_rkp"
FONDASI = "provinsi/fondasi_data_kemiskinan_2015_2025.xlsx"
BOOKS = (
    Book("kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv", 514, code="kemendagri_2025", lands="kemendagri_2025",
         place="nama", year="tahun"),
    Book("kabkota/klasifikasi_kemiskinan_514_2021.csv", 514, delimiter=";", number=with_any_decimal_mark,
         place="Kab/Kota", only=2021),
    Book("kabkota/DERIVED_miranti_repaired_514_2010_2018.csv", 4626, code="bps_2020", place="nama", year="tahun"),
    Book("kabkota/miranti_p0_514_2010_2018_wide.csv", 514, said=BPS_2020, place="District"),
    Book("kabkota/grdp_pc_514_2000_2024.csv", 514, number=with_commas_for_thousands, place="district"),
    Book("kabkota/grdp_pop_514_2000_2017.csv", 510, said=BPS_2020, code="KDJ", place="District_name"),
    Book("kabkota/pengeluaran_per_kapita_disesuaikan_2016_2020.xlsx", 549, sheet="table", head=2),
    *(Book(lines_of(year), 552, head=3, only=year) for year in range(2011, 2026)),
    Book(WIDE, 514, place="wilayah"),
    *(Book(f"{IPM}, {year}.csv", 553, head=3, only=year) for year in (2011, 2012, 2013)),
    *(Book(poor_of(year), 39 if year > 2021 else 35, place="Provinsi", only=year) for year in range(2015, 2026)),
    Book("provinsi/bps-current38-province-panel-long.csv", 456, code="bps_province_code", lands="prov_bps_2025",
         place="geography_name", year="year", factors=MILLIONS),
    Book("provinsi/bps-stable32-canonical-observations.csv", 1536, code="bps_province_code", lands="prov_bps_2025",
         place="geography_name", year="year", factors=MILLIONS),
    Book("provinsi/var-192-long.csv", 541, place="bps_vervar_label", year="bps_th_label"),
    Book("provinsi/var-98-long.csv", 541, place="bps_vervar_label", year="bps_th_label"),
    *(Book(f"{RKP}/{name}.xlsx", count, sheet=sheet, place="Tahun") for name, count, sheet in (
        ("Indeks Pembangunan Manusia", 35, "Indeks Pembangunan Manusia"), ("Inflasi", 35, "Sheet1"),
        ("KFD", 35, "Sheet1"), ("Laju PDRB", 35, "Sheet1"), ("giniratio", 33, "Sheet1"), ("pengangguran", 33, "Sheet1"),
    )),
    Book(FONDASI, 418, sheet="Panel_March", place="province", year="year"),
    Book(FONDASI, 802, sheet="Poverty_Raw", place="province", year="year"),
    Book(FONDASI, 4418, sheet="Indicators_Long", place="province", year="year"),
    *(Book(f"sumbar/{name}.csv", count, said=BPS_2020, code="geography_id", lands="idn", year="time_start")
      for name, count in (("bps-canonical-observations", 1080), ("bps-expansion-canonical-observations", 568),
                          ("bps-milestone4-batch1-observations", 302))),
)  # fmt: skip


@cache
def outcomes(path: Path, said: tuple[tuple[str, Any], ...]) -> Mapping[str, SheetOutcome]:
    found = read_file(path, Request(**dict(said)), parameters=packaged(), on=date(2026, 11, 5))
    return {outcome.sheet: outcome for outcome in found}


@cache
def second_reading(path: Path, sheet: str, delimiter: str) -> Rows:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, data_only=True)[sheet]
        return [list(row) for row in book.iter_rows(values_only=True)]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [list(row) for row in csv.reader(stream, delimiter=delimiter)]


@pytest.fixture(scope="module")
def lands(shared_data: Path) -> Mapping[str, Mapping[str, str]]:
    """From the codes of several lists to Kemendagri's of 2025, as the crosswalk beside the data says."""
    with (shared_data / "01_wilayah/DERIVED_kabkota_514_crosswalk.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    dotted = {row["kemendagri_2025"]: f"{row['kemendagri_2025'][:2]}.{row['kemendagri_2025'][2:]}" for row in rows}
    found = {name: {row[name]: dotted[row["kemendagri_2025"]] for row in rows} for name in ("bps_2020", "bps_2025")}
    provinces = {row["prov_bps_2025"]: row["prov_kemendagri_2025"] for row in rows}
    found |= {"kemendagri_2025": dotted, "prov_bps_2025": provinces}
    regencies = {f"idn.{code[:2]}.{code}": digits for code, digits in found["bps_2020"].items()}
    return found | {"idn": regencies | {f"idn.{code}": digits for code, digits in provinces.items()}}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.name}!{book.sheet}")
def test_every_row_is_accounted_for(shared_data: Path, book: Book) -> None:
    rows = second_reading(shared_data / FOLDER / book.name, book.sheet, book.delimiter)

    outcome = read(shared_data, book)

    filled = sum(any(cell is not None and str(cell).strip() for cell in row) for row in rows)
    assert outcome.rows_in == filled == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    assert outcome.rows_accepted == book.accepted
    assert outcome.reading is not None
    assert outcome.reading.frame["_row"].n_unique() == book.accepted


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.name}!{book.sheet}")
def test_every_value_is_the_number_in_its_cell_and_every_other_cell_has_a_reason(shared_data: Path, book: Book) -> None:
    rows = second_reading(shared_data / FOLDER / book.name, book.sheet, book.delimiter)
    outcome = read(shared_data, book)
    assert outcome.reading is not None
    told = {one.at for one in outcome.findings if one.code in {"value-implausible", "number-ambiguous"}}
    more = any(one.code == "more-of-a-kind" for one in outcome.findings)

    for value in outcome.reading.frame.iter_rows(named=True):
        cell = rows[value["_row"] - 1][index_of(value["_col"])]
        if value["value"] is not None:
            expected = book.number(cell) * book.factors.get(value["indicator"], 1.0)
            assert value["value"] == pytest.approx(expected, rel=1e-12), (value, cell)
        elif cell is not None and str(cell).strip() not in MARKS:
            at = f"{book.sheet}!{value['_col']}{value['_row']}"
            assert at in told or (more and value["missing"] == "implausible"), (value, cell)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: f"{book.name}!{book.sheet}")
def test_every_value_is_of_the_region_and_year_that_its_row_names(
    shared_data: Path, lands: Mapping[str, Mapping[str, str]], book: Book
) -> None:
    rows = second_reading(shared_data / FOLDER / book.name, book.sheet, book.delimiter)
    header = [str(cell or "") for cell in rows[book.head - 1]]
    outcome = read(shared_data, book)
    assert outcome.reading is not None

    for value in outcome.reading.frame.iter_rows(named=True):
        row = rows[value["_row"] - 1]
        if book.code is not None:
            digits = lands[book.lands][str(row[header.index(book.code)])]
            assert value["region"] == f"kemendagri-2025:{digits}"
        if book.place is not None:
            assert value["name_read"].strip("* ") == " ".join(str(row[header.index(book.place)]).split()).strip("* ")
        assert value["year"] == year_of(book, header, row, index_of(value["_col"]))


def read(shared_data: Path, book: Book) -> SheetOutcome:
    return outcomes(shared_data / FOLDER / book.name, tuple(book.said.items()))[book.sheet]


def index_of(letters: str) -> int:
    return next(index for index in range(100) if column_letter(index) == letters)


def year_of(book: Book, header: list[str], row: list[Any], column: int) -> int:
    if book.only is not None:
        return book.only
    if book.year is not None:
        return int(str(row[header.index(book.year)])[:4])
    (year,) = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", header[column])
    return int(year)
