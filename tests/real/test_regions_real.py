"""The register and its names against real lists and real tables."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from nangkis.regions.names import Resolution, resolve_codes, resolve_names
from nangkis.regions.register import Level, in_system, place, regencies
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import CodeSystem, Region


INDONESIA = Region.parse("kemendagri-2025:00")
BPS_2025 = CodeSystem("bps", 2025)
BPS_2020 = CodeSystem("bps", 2020)
YEARS = range(2011, 2025 + 1)


def read(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file, delimiter=delimiter) if row]


def records(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    head, *body = read(path, delimiter)
    return [dict(zip(head, row, strict=True)) for row in body]


def table_rows(path: Path) -> list[list[str]]:
    """Return the rows below the three title rows of a BPS table."""
    return read(path)[3:]


def poverty_lines(shared_data: Path, year: int) -> list[list[str]]:
    folder = shared_data / "02_indikator" / "kabkota" / "garis_kemiskinan_2011_2025"
    (path,) = folder.glob(f"Garis Kemiskinan Menurut Kabupaten_Kota, {year}*.csv")
    return table_rows(path)


def resolved(names: list[str]) -> tuple[Resolution, ...]:
    found = resolve_names(names)
    assert [resolution.name for resolution in found if resolution.place is None] == []
    return found


def test_the_crosswalk_agrees_in_every_edition(shared_data: Path) -> None:
    for row in records(shared_data / "01_wilayah" / "DERIVED_kabkota_514_crosswalk.csv"):
        here = place(Region.parse(f"kemendagri-2025:{row['kemendagri_2025']}"))
        for edition in ("kemendagri-2020", "bps-2025", "bps-2020"):
            system = CodeSystem.parse(edition)
            code = in_system(here.region, system).digits.replace(".", "")
            assert code == row[edition.replace("-", "_")], here.name
        assert here.name == row["nama_kemendagri_2025"]
        assert (
            in_system(Region.parse(f"kemendagri-2025:{row['prov_kemendagri_2025']}"), BPS_2025).digits
            == row["prov_bps_2025"]
        )


def test_the_bridge_of_2020_says_the_same(shared_data: Path) -> None:
    for level in ("provinsi", "kabkota"):
        for row in records(shared_data / "01_wilayah" / f"bridge_bps_kemendagri_{level}_2020s2.csv"):
            by_bps = place(Region.parse(f"bps-2020:{row['kode_bps']}"))
            assert by_bps == place(Region.parse(f"kemendagri-2020:{row['kode_dagri']}"))


def test_the_provinces_of_bps_2025_are_those_of_its_list(shared_data: Path) -> None:
    rows = records(shared_data / "01_wilayah" / "bridge_bps_kemendagri_kecamatan_2025.csv")
    names = {row["kode_provinsi"]: row["nama_provinsi"] for row in rows}
    found = resolve_names([*names.values(), "INDONESIA"])[:-1]
    codes = resolve_codes(list(names), system=BPS_2025)

    assert len(names) == 38
    assert [resolution.place for resolution in found] == list(codes)


@pytest.mark.parametrize("year", YEARS)
def test_every_name_of_a_poverty_line_table_is_found(shared_data: Path, year: int) -> None:
    names = [row[0] for row in poverty_lines(shared_data, year)]
    found = [resolution.place for resolution in resolved(names)]

    assert len(found) == len(set(found)) == 514 + 38
    assert found.count(None) == 0


def test_the_order_of_the_table_confirms_what_its_names_mean(shared_data: Path) -> None:
    names = [row[0] for row in poverty_lines(shared_data, 2025)]
    found = [resolution.place for resolution in resolved(names) if resolution.place is not None]
    codes: dict[str, list[str]] = {}
    for here in found:
        if here.level is Level.PROVINCE:
            assert here.name not in codes
            province = codes.setdefault(here.name, [])
        else:
            province.append(in_system(here.region, BPS_2025).digits)

    # The table prints each province's kabupaten and kota in the order of their BPS codes.
    assert sum(map(len, codes.values())) == 514
    assert [name for name, inside in codes.items() if inside != sorted(inside)] == []
    for name, inside in codes.items():
        assert {place(place(Region(BPS_2025, code)).parent).name for code in inside} == {name}


def test_the_wide_table_by_the_alphabet_is_read_whole(shared_data: Path) -> None:
    folder = shared_data / "02_indikator" / "kabkota" / "garis_kemiskinan_2011_2025"
    found = resolved([row["wilayah"] for row in records(folder / "garis_kemiskinan_wide.csv")])

    assert {resolution.place for resolution in found} == set(regencies(INDONESIA))


def test_names_mean_what_the_codes_beside_them_say(shared_data: Path) -> None:
    rows = records(shared_data / "02_indikator" / "kabkota" / "miranti_p0_514_2010_2018_wide.csv")
    found = [resolution.place for resolution in resolved([row["District"] for row in rows])]
    codes = resolve_codes([row["Code"] for row in rows], system=BPS_2020)

    differing = [row["Code"] for row, name, code in zip(rows, found, codes, strict=True) if name != code]
    assert differing == ["911"]  # Manokwari Selatan, 9111: the file has lost a digit
    assert len(set(found)) == 514


def test_names_without_codes_or_headings_are_all_found(shared_data: Path) -> None:
    rows = records(shared_data / "02_indikator" / "kabkota" / "klasifikasi_kemiskinan_514_2021.csv", delimiter=";")
    found = [resolution.place for resolution in resolved([row["Kab/Kota"] for row in rows])]

    assert set(found) == set(regencies(INDONESIA))


def test_names_are_found_province_by_province(shared_data: Path) -> None:
    rows = records(shared_data / "02_indikator" / "kabkota" / "klasifikasi_kemiskinan_514_2021.csv", delimiter=";")
    whole = [resolution.place for resolution in resolved([row["Kab/Kota"] for row in rows])]
    provinces = [resolution.place for resolution in resolved([row["Provinsi"] for row in rows])]
    by_province: dict[Region, list[int]] = {}
    for position, province in enumerate(provinces):
        assert province is not None
        by_province.setdefault(province.region, []).append(position)

    for region, positions in by_province.items():
        if region.digits.startswith("9"):
            continue  # the table of 2021 has the two provinces that Papua was then
        found = resolve_names([rows[position]["Kab/Kota"] for position in positions], within=region)
        assert [resolution.place for resolution in found] == [whole[position] for position in positions]


@pytest.mark.parametrize("year", [2011, 2012, 2013])
def test_a_table_all_in_capitals_is_read_whole(shared_data: Path, year: int) -> None:
    folder = shared_data / "02_indikator" / "kabkota" / "ipm_2011_2013"
    names = [row[0] for row in table_rows(folder / f"Indeks Pembangunan Manusia Menurut Kabupaten_Kota, {year}.csv")]
    times = Counter(resolution.place for resolution in resolved(names))

    # Regions of the five provinces founded since 2012 stand under both their old and their new province.
    assert len(names) == 584
    assert len(times) == 514 + 38 + 1
    assert sum(times.values()) - len(times) == 584 - (514 + 38 + 1)


def test_a_cut_off_list_is_doubted_where_it_cannot_be_read(shared_data: Path) -> None:
    rows = records(shared_data / "01_wilayah" / "bridge_bps_kemendagri_kabkota_2020s2.csv")
    found = resolve_names([row["nama_dagri"] for row in rows])
    truth = resolve_codes([row["kode_dagri"] for row in rows], system=CodeSystem("kemendagri", 2020))

    doubted = Counter(resolution.name for resolution in found if resolution.place is None)
    assert doubted == {"KAB. OGAN KOMERING ULU": 3, "KAB. BOLAANG MONGONDOW": 4}
    assert all(read.place in (None, meant) for read, meant in zip(found, truth, strict=True))


def test_a_split_region_has_no_figure_of_its_own_before_the_year_we_say(shared_data: Path) -> None:
    first: dict[Region, int] = {}
    for year in YEARS:
        rows = poverty_lines(shared_data, year)
        for resolution, row in zip(resolved([row[0] for row in rows]), rows, strict=True):
            if row[1].strip() != "-" and resolution.place is not None:
                first.setdefault(resolution.place.region, year)

    for split in every_split():
        if split.kind == "kabupaten" and split.child.system == INDONESIA.system:
            assert first[split.child] == split.first_own_year
