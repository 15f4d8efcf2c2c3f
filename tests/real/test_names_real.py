"""Names that must not be confused, in real files and in both directions: each value is one region's and no other's."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nangkis.intake.mapping import read_map
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import CodeSystem
from nangkis.workspace.importing import ImportRules, import_files
from nangkis.workspace.opened import open_workspace


DAY = date(2026, 11, 24)
KABKOTA, PROVINSI = "02_indikator/kabkota", "02_indikator/provinsi"
LINES = f"{KABKOTA}/garis_kemiskinan_2011_2025"
JATIM, SUMBAR = "03_apbd/djpk_jatim", "03_apbd/djpk_sumbar_2018_2025"
BPS_2020 = CodeSystem.parse("bps-2020")
# The seven names that a kabupaten and a kota of Jawa Timur share, with the codes of both.
TWINS = {
    "Blitar": ("35.05", "35.72"),
    "Kediri": ("35.06", "35.71"),
    "Madiun": ("35.19", "35.77"),
    "Malang": ("35.07", "35.73"),
    "Mojokerto": ("35.16", "35.76"),
    "Pasuruan": ("35.14", "35.75"),
    "Probolinggo": ("35.13", "35.74"),
}
# Every file of kabupaten and kota in which all provinces stand too, with the number of its title rows.
WITH_PROVINCES = [
    *(f"{LINES}/Garis Kemiskinan Menurut Kabupaten_Kota, {year}.csv" for year in
      ("2011", "2014", "2017 2", "2020", "2023 3", "2025")),
    *(f"{KABKOTA}/ipm_2011_2013/Indeks Pembangunan Manusia Menurut Kabupaten_Kota, {year}.csv"
      for year in (2011, 2013)),
]  # fmt: skip
WITHOUT_PROVINCES: list[tuple[str, str, str, str, dict[str, Any]]] = [
    (f"{LINES}/garis_kemiskinan_wide.csv", ",", "wilayah", "2018", {}),
    (f"{KABKOTA}/klasifikasi_kemiskinan_514_2021.csv", ";", "Kab/Kota", "Tingkat Pengangguran Terbuka", {}),
    (f"{KABKOTA}/miranti_p0_514_2010_2018_wide.csv", ",", "District", "pov2018", {"codes": BPS_2020}),
]


def read(path: Path, **said: Any) -> SheetOutcome:
    (outcome,) = read_file(path, Request(**said), parameters=packaged(), on=DAY)
    return outcome


def by_region(outcome: SheetOutcome, indicator: str | None = None, year: int | None = None) -> dict[str, float]:
    assert outcome.reading is not None
    frame = outcome.reading.frame
    return {
        row["region"].partition(":")[2]: row["value"]
        for row in frame.iter_rows(named=True)
        if row["value"] is not None and indicator in {None, row["indicator"]} and year in {None, row["year"]}
    }


def raw(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def printed(path: Path, place: str, value: str, delimiter: str) -> dict[str, float]:
    """Return the numbers of a column by the names beside them, as they are printed."""
    header, *rows = raw(path, delimiter)
    names, values = header.index(place), header.index(value)
    return {row[names].strip("* "): float(row[values].replace(",", ".")) for row in rows if row[values].strip()}


@pytest.mark.parametrize("name", WITH_PROVINCES)
def test_where_provinces_stand_too_each_of_the_three_gorontalo_has_its_own_value(shared_data: Path, name: str) -> None:
    """The file of 2011 writes kabupaten in capitals like provinces: there only the order tells them apart."""
    rows = [(row[0], float(row[1])) for row in raw(shared_data / name)[3:] if row[0].upper() == "GORONTALO"]
    (kota,) = [float(row[1]) for row in raw(shared_data / name)[3:] if row[0].upper() == "KOTA GORONTALO"]
    (first, province), (second, regency) = rows
    assert province != regency, (first, second)

    found = by_region(read(shared_data / name))

    assert (found["75"], found["75.01"], found["75.71"]) == (province, regency, kota)


@pytest.mark.parametrize("told", WITHOUT_PROVINCES, ids=lambda told: told[0])
def test_where_no_province_stands_gorontalo_is_the_kabupaten(
    shared_data: Path, told: tuple[str, str, str, str, dict[str, Any]]
) -> None:
    name, delimiter, place, value, said = told
    there = printed(shared_data / name, place, value, delimiter)

    outcome = read(shared_data / name, **said)

    assert outcome.reading is not None
    indicator = {"2018": "POV.GK", "pov2018": "POV.P0"}.get(value, "EMP.TPT")
    found = by_region(outcome, indicator, 2018 if "2018" in value else None)
    assert "75" not in found
    assert (found["75.01"], found["75.71"]) == (there["Gorontalo"], there["Kota Gorontalo"])


@pytest.mark.parametrize("year", [2015, 2020, 2025])
def test_in_a_table_of_provinces_gorontalo_is_the_province(shared_data: Path, year: int) -> None:
    (path,) = (shared_data / PROVINSI).glob(f"bps_miskin*/*{year}.csv")
    (row,) = [row for row in raw(path) if row[0] == "Gorontalo"]

    found = by_region(read(path), "POV.N")

    assert "75.01" not in found
    assert found["75"] in {float(cell) for cell in row[1:] if cell != "..."}


@pytest.mark.parametrize("name", WITH_PROVINCES)
def test_kota_baru_is_a_kabupaten_of_kalimantan_selatan_and_its_neighbours_stay_kota(
    shared_data: Path, name: str
) -> None:
    """It is printed "Kota Baru" between Tanah Laut and Banjar; Kota Banjarbaru is another."""
    there = {row[0].upper(): float(row[1]) for row in raw(shared_data / name)[3:] if row[1].strip() not in {"", "-"}}

    found = by_region(read(shared_data / name))

    assert found["63.02"] == there["KOTA BARU"]
    assert found["63.72"] == next(value for key, value in there.items() if key.replace(" ", "") == "KOTABANJARBARU")
    assert found["13.07"] == there["LIMA PULUH KOTA"]
    assert (found["62.01"], found["62.02"]) == (there["KOTAWARINGIN BARAT"], there["KOTAWARINGIN TIMUR"])


def test_kotabaru_in_one_word_is_the_same_kabupaten(shared_data: Path) -> None:
    path = shared_data / KABKOTA / "grdp_pc_514_2000_2024.csv"
    (row,) = [row for row in raw(path) if row[1] == "Kotabaru"]

    assert by_region(read(path), year=2000)["63.02"] == float(row[6].replace(",", ""))


@pytest.mark.parametrize("name", WITH_PROVINCES)
def test_the_seven_twins_of_jawa_timur_keep_their_values_apart(shared_data: Path, name: str) -> None:
    there = {row[0].upper(): float(row[1]) for row in raw(shared_data / name)[3:] if row[1].strip() not in {"", "-"}}

    found = by_region(read(shared_data / name))

    for twin, (regency, kota) in TWINS.items():
        bare, beside = there[twin.upper()], there[f"KOTA {twin.upper()}"]
        assert bare != beside
        assert (found[regency], found[kota]) == (bare, beside), twin


@pytest.mark.parametrize("year", ["2021", "2022"])
@pytest.mark.parametrize("twin", TWINS)
def test_the_posture_of_a_bare_twin_is_the_kabupatens_only_beside_its_kotas(
    shared_data: Path, tmp_path: Path, twin: str, year: str
) -> None:
    regency, kota = TWINS[twin]
    files = [shared_data / JATIM / year / f"{name}.csv" for name in (twin, f"Kota_{twin}")]
    rules = ImportRules(Request(year=int(year)), confirm_identical="diperiksa")
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)

    (alone,) = import_files(open_workspace(tmp_path / "a"), files[:1], rules=rules, at=at, on=DAY, by="Sri")
    (kota_alone,) = import_files(open_workspace(tmp_path / "b"), files[1:], rules=rules, at=at, on=DAY, by="Sri")
    both = import_files(open_workspace(tmp_path / "c"), files, rules=rules, at=at, on=DAY, by="Sri")

    assert alone.outcome.refusal is not None
    assert alone.outcome.refusal.code == "posture-region-ambiguous"
    assert kota_alone.table is not None
    assert kota_alone.table.owner == f"kemendagri-2025:{kota}"
    owners = [item.table.owner.partition(":")[2] for item in both if item.table is not None]
    assert owners == [regency, kota]
    for item, path in zip(both, files, strict=True):
        assert item.table is not None
        assert item.table.source.name == path.name


def selectors(shared_data: Path) -> dict[str, tuple[str, str]]:
    """Return the BPS code and name of each of the ministry's own numbers, from its list."""
    with (shared_data / SUMBAR / "djpk_sumbar_pemda.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["djpk_pemda_selector"]: (row["geography_id"].rpartition(".")[2], row["djpk_source_name"]) for row in rows
    }


def test_the_number_in_a_postures_name_is_never_taken_for_a_region(shared_data: Path) -> None:
    """Of the ministry's 12 and 17, 13.12 is Pasaman Barat for everybody else, and nothing is 13.17."""
    for number in ("12", "17"):
        outcome = read(shared_data / SUMBAR / f"pemda-{number}-2020-desember.xml", year=2020)

        assert outcome.reading is None
        assert outcome.refusal is not None
        assert (outcome.refusal.code, outcome.refusal.values["option"]) == ("unsaid", "--region")


def test_kota_padang_and_pasaman_barat_get_each_its_own_amounts_by_the_ministrys_list(
    shared_data: Path, tmp_path: Path
) -> None:
    known = selectors(shared_data)
    assert (known["12"], known["17"]) == (("1371", "Kota Padang"), ("1312", "Kab. Pasaman Barat"))
    said = "".join(f'- {{file: "pemda-{number}-*.xml", region: "bps-2020:{known[number][0]}"}}\n' for number in known)
    (tmp_path / "peta.yaml").write_text(said, encoding="utf-8")
    files = [shared_data / SUMBAR / f"pemda-{number}-2020-desember.xml" for number in ("12", "17")]
    rules = ImportRules(Request(year=2020), read_map(tmp_path / "peta.yaml"))
    workspace = open_workspace(tmp_path / "kerja")

    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    done = import_files(workspace, files, rules=rules, at=at, on=DAY, by="Sri")

    revenue = {}
    for item in done:
        assert item.table is not None
        first = workspace.lake.rows(item.table.id).row(0, named=True)
        assert first["account"] == "4"
        revenue[item.table.owner] = first["budget_sen"]
    # The second cell of the first line under the head of each file.
    assert revenue == {"kemendagri-2025:13.71": 268_720_643_564_000, "kemendagri-2025:13.12": of(files[1])}
    assert of(files[0]) == 268_720_643_564_000


def of(path: Path) -> int:
    """Return the first amount of a posture in sen, found in its text."""
    text = path.read_text(encoding="utf-8")
    return int(text.partition('ss:Type="Number">')[2].partition("<")[0]) * 100
