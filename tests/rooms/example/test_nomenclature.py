"""Codes and names of sub kegiatan are the official ones, each checked in the list of Kementerian Dalam Negeri."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from nangkis.example.nomenclature import Office, offices, program_name
from nangkis.example.places import BUDGET_KABUPATEN


LIST = "04_nomenklatur/nomenklatur-subkegiatan-20260123005058_versi_pemutakhiran_2027_1.xlsx"
OFFICES = offices(BUDGET_KABUPATEN)


@pytest.fixture(scope="module")
def official(shared_data: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(shared_data / LIST, read_only=True).worksheets[0]
    cells = (str(row[4]) for row in sheet.iter_rows(min_row=2, max_col=5, values_only=True) if row[0] == "KABKOT")
    pairs = (cell.strip().partition(" ") for cell in cells)
    return {code: re.sub(r"\s+", " ", name).strip() for code, _, name in pairs}


def test_every_code_has_its_official_name(official: dict[str, str]) -> None:
    own = [line for office in OFFICES for line in office.own]
    support = [line for office in OFFICES for line in office.support]

    assert all(official[line.code] == line.name for line in own)
    assert all(official["X.XX" + line.code[len("1.01") :]] == line.name for line in support)


@pytest.mark.parametrize("office", OFFICES, ids=lambda office: office.code)
def test_an_office_budgets_under_its_own_bidang_urusan(office: Office) -> None:
    head = office.code.split(".")
    bidang = {f"{head[0]}.{head[1]}", f"{head[2]}.{head[3]}", f"{head[4]}.{head[5]}"}

    assert {line.code[: len("1.01")] for line in (*office.support, *office.own)} <= bidang


def test_every_programme_has_its_official_name(shared_data: Path) -> None:
    sheet = openpyxl.load_workbook(shared_data / LIST, read_only=True).worksheets[0]
    cells = (str(row[2]) for row in sheet.iter_rows(min_row=2, max_col=5, values_only=True) if row[0] == "KABKOT")
    named = {" ".join(cell.split()) for cell in cells}
    codes = {line.code[: len("1.01.02")] for office in OFFICES for line in (*office.support, *office.own)}

    assert {f"X.XX.01 {program_name(c)}" if c.endswith(".01") else f"{c} {program_name(c)}" for c in codes} <= named
