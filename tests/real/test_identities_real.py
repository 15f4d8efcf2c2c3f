"""What must hold between published figures, computed here in plain Python and by the checks: both find the same."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nangkis.intake.checks.across import Accepted, check_across
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.intake.rules import rules_on
from nangkis.lake.manifest import Reading
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Finding


DAY = date(2026, 11, 24)
REGENCIES = "02_indikator/kabkota/TRANSCRIBED_kemiskinan_ipm_514_2025.csv"
PROVINCES = "02_indikator/provinsi/bps_miskin_provinsi_2015_2025"
HALF = 0.005  # of figures with two decimals
OTHER_NAMES = {"daerah khusus ibukota jakarta": "dki jakarta", "daerah istimewa yogyakarta": "di yogyakarta"}
SLACK_POINTS = 0.05  # what the percentage of a province may be off its regions', beyond rounding


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def reading(path: Path) -> Reading:
    (outcome,) = read_file(path, Request(), parameters=packaged(), on=DAY)
    assert outcome.reading is not None
    return outcome.reading


def told(shared_data: Path, code: str, *, year: int = 2025) -> list[Finding]:
    """Return what the checks say of the regencies of 2025 beside the table of provinces of a year."""
    (path,) = (shared_data / PROVINCES).glob(f"*{year}.csv")
    held = Accepted("provinsi", path.name, reading(path).frame)
    own = reading(shared_data / REGENCIES).frame
    return [one for one in check_across(own, [held], rules_on(packaged(), DAY)) if one.code == code]


def index_again(row: dict[str, str]) -> float:
    """The human development index of the new method: the cube root of three indices, spending over logarithms."""
    uhh, hls, rls, spending = (float(row[name]) for name in ("uhh", "hls", "rls", "peng_ribu"))
    schooling = (hls / 18 + rls / 15) / 2
    money = (math.log(spending) - math.log(1007.436)) / (math.log(26572.352) - math.log(1007.436))
    return 100 * float(((uhh - 20) / (85 - 20) * schooling * min(money, 1)) ** (1 / 3))


def test_the_index_recomputed_is_the_printed_one_to_the_cent_in_all_regions_but_one(shared_data: Path) -> None:
    rows = rows_of(shared_data / REGENCIES)

    wrong = [row["nama"] for row in rows if abs(index_again(row) - float(row["ipm"])) > HALF + 1e-9]

    assert (len(rows), wrong) == (514, ["Kabupaten Alor"])
    (outcome,) = read_file(shared_data / REGENCIES, Request(), parameters=packaged(), on=DAY)
    found = [one.values["name"] for one in outcome.findings if one.code == "ipm-not-its-parts"]
    assert found == wrong


def sums(shared_data: Path) -> Iterator[tuple[str, float, float, float, float, int]]:
    """Yield each province with its number and percentage, those of its regions together, and how many they are."""
    (path,) = (shared_data / PROVINCES).glob("*2025.csv")
    own = {row["Provinsi"].lower(): row for row in rows_of(path)}
    parts: dict[str, list[tuple[float, float]]] = {}
    for row in rows_of(shared_data / REGENCIES):
        parts.setdefault(row["provinsi"].lower(), []).append((float(row["miskin_ribu"]), float(row["p0"])))
    for name, regions in parts.items():
        row = own[OTHER_NAMES.get(name, name)]
        poor = sum(number for number, _ in regions)
        people = sum(number / (share / 100) for number, share in regions)
        number, share = (
            float(row[column])
            for column in ("Jumlah Penduduk Miskin - Maret (ribu) (Ribu)", "Persentase Penduduk Miskin - Maret")
        )
        yield name, number, poor, share, 100 * poor / people, len(regions)


def test_all_provinces_are_the_sum_of_their_people_and_where_one_is_not_it_is_told(shared_data: Path) -> None:
    numbers, shares = set(), set()
    for name, number, poor, share, again, count in sums(shared_data):
        if abs(number - poor) > HALF * (count + 1) + 1e-9:
            numbers.add(name)
        # Rounding of P0 moves the population of a region by half a hundredth point of its percentage.
        if abs(share - again) > SLACK_POINTS + 3 * HALF:
            shares.add(name)

    found = told(shared_data, "whole-not-its-parts")

    for indicator, wrong in (("POV.N", numbers), ("POV.P0", shares)):
        names = {str(one.values["name"]).lower() for one in found if one.values["indicator"] == indicator}
        assert names - {"indonesia"} == wrong


def test_the_mean_of_regions_is_not_the_percentage_of_papua(shared_data: Path) -> None:
    (papua,) = [one for one in sums(shared_data) if one[0] == "papua"]
    rows = [float(row["p0"]) for row in rows_of(shared_data / REGENCIES) if row["provinsi"] == "Papua"]

    assert papua[3] == pytest.approx(papua[4], abs=SLACK_POINTS)
    assert sum(rows) / len(rows) > papua[3] + 5
