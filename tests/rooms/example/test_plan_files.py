"""Postures, the budget by account, programmes and places: what they add up to, counted by other readers than ours."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from nangkis.example import names
from nangkis.example.places import BUDGET_KABUPATEN, BUDGET_KOTA, DISTRICTS, POSTURE_YEARS, VILLAGES
from nangkis.example.province import example_files
from nangkis.regions import register
from nangkis.vocabulary.codes import Region


FILES = example_files(seed=2026, language="id")


def rows(file: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(FILES[file].decode("utf-8-sig")), delimiter=delimiter))


def sheet(file: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(FILES[file]), read_only=True).worksheets[0].values)


def billions(cell: str) -> Decimal:
    return Decimal(cell.removesuffix(" M").replace(".", "").replace(",", ".") if "M" in cell else cell)


@pytest.mark.parametrize("name", [BUDGET_KABUPATEN.name, BUDGET_KOTA.name])
@pytest.mark.parametrize("year", POSTURE_YEARS)
@pytest.mark.parametrize("column", [1, 2])
def test_each_account_of_a_posture_is_the_sum_of_those_below_it(name: str, year: int, column: int) -> None:
    lines = [(len(row[0]) - len(row[0].lstrip()), row) for row in rows(names.posture(name, year))[1:-1]]
    compared = 0
    for position, (level, row) in enumerate(lines):
        parts = []
        for below, other in lines[position + 1 :]:
            if below <= level:
                break
            if below == level + 1:
                sign = -1 if "Pengeluaran" in other[0] else 1
                parts.append(sign * billions(other[column]))
        if parts:
            assert billions(row[column]) == sum(parts)
            compared += 1
    assert compared == 12


@pytest.mark.parametrize("year", POSTURE_YEARS)
def test_the_budget_of_a_posture_balances(year: int) -> None:
    amounts = {row[0]: billions(row[1]) for row in rows(names.posture(BUDGET_KABUPATEN.name, year))[1:-1]}

    assert amounts["Pendapatan Daerah"] + amounts["Pembiayaan Daerah"] == amounts["Belanja Daerah"]


def test_the_budget_by_account_has_six_thousand_lines_and_none_twice() -> None:
    lines = sheet(names.ACCOUNTS)[2:-1]

    assert 6_000 <= len(lines) < 6_100
    assert len({(line[3], line[13], line[17]) for line in lines}) == len(lines)
    assert 1.0e12 < sum(line[-1] for line in lines if isinstance(line[-1], int)) < 1.3e12


def test_its_total_leaves_out_just_the_amount_that_is_text() -> None:
    lines = sheet(names.ACCOUNTS)[2:]

    assert lines[-1][4] == "TOTAL"
    assert lines[-1][-1] == sum(line[-1] for line in lines[:-1] if isinstance(line[-1], int))
    assert [line[-1] for line in lines[:-1] if not isinstance(line[-1], int)] == ["Rp 125.000.000,-"]


def test_every_programme_of_the_budget_is_one_of_the_plan() -> None:
    planned = {(line[0], line[4]) for line in sheet(names.RPJMD)[2:]}
    budgeted = {(line[3], line[9]) for line in sheet(names.ACCOUNTS)[2:-1]}

    assert planned == budgeted


def test_a_kecamatan_has_the_families_of_its_desa_and_the_total_those_of_all() -> None:
    lines = {row[0]: [int(cell) for cell in row[2:13]] for row in rows(names.DISTRICTS, ";")[2:27]}

    assert set(lines) == {*DISTRICTS, *VILLAGES, "TOTAL"}
    for code in DISTRICTS:
        desa = [lines[at] for at in VILLAGES if at.startswith(code)]
        assert lines[code] == [sum(column) for column in zip(*desa, strict=True)]
    assert lines["TOTAL"] == [sum(column) for column in zip(*(lines[code] for code in DISTRICTS), strict=True)]
    assert all(sum(line[:-1]) == line[-1] and min(line) > 0 for line in lines.values())


@pytest.mark.parametrize(("code", "name"), [*DISTRICTS.items(), *VILLAGES.items()])
def test_names_and_codes_of_places_are_those_of_the_register(code: str, name: str) -> None:
    found = register.place(Region.parse(f"contoh:{code}"))

    level = register.Level.DESA if code in VILLAGES else register.Level.KECAMATAN
    assert (found.name, found.level, found.region.digits) == (name, level, code)
    assert found.parent == Region.parse(f"contoh-2026:{code.rpartition('.')[0]}")
