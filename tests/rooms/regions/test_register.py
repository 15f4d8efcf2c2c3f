"""What the register promises about codes."""

from __future__ import annotations

import hashlib

import pytest
from lokal import wilayah

from nangkis.regions.register import (
    Level,
    RegionNotInSystem,
    RegionUnknown,
    children,
    in_system,
    nation_of,
    place,
    province_of,
    regencies,
    registered,
)
from nangkis.regions.table import CONTOH, KEMENDAGRI, SYSTEMS
from nangkis.vocabulary.codes import CodeRefused, CodeSystem, Region


INDONESIA = Region.parse("kemendagri-2025:00")
MOROWALI = Region.parse("kemendagri-2025:72.06")
BPS_2020 = CodeSystem("bps", 2020)
# Of every "code,name" of the list, in code order, one a line: a changed list must be looked at, not slipped in.
CHECKSUM = "3992a0f89c3ae1ec8cda8c176b972f9b6b887197f0fb72f45ab867e9fecd8786"


def digest_of(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def whole_list() -> list[tuple[str, str]]:
    provinces = wilayah.list_wilayah()
    regions = [*provinces]
    for above in provinces:
        for kabkota in wilayah.list_wilayah(above.code):
            regions.append(kabkota)
            for kecamatan in wilayah.list_wilayah(kabkota.code):
                regions.append(kecamatan)
                regions.extend(wilayah.list_wilayah(kecamatan.code))
    return sorted((region.code, region.name) for region in regions)


def test_the_list_of_kemendagri_is_the_one_that_was_reviewed() -> None:
    found = whole_list()

    counts = [sum(code.count(".") == dots for code, _ in found) for dots in range(4)]
    assert counts == [38, 514, 7_285, 83_762]
    assert digest_of([f"{code},{name}" for code, name in found]) == CHECKSUM


def test_our_own_table_says_what_the_list_of_kemendagri_says() -> None:
    ours = {(here.region.digits, here.name) for here in registered(KEMENDAGRI)} - {("00", "Indonesia")}

    assert ours == {(code, name) for code, name in whole_list() if code.count(".") < 2}


def test_every_kabupaten_and_kota_has_a_code_in_every_edition_and_comes_back_from_it() -> None:
    everywhere = regencies(INDONESIA)

    assert len(everywhere) == 514
    for system in SYSTEMS:
        if system == CONTOH:
            continue
        codes = [in_system(here.region, system) for here in everywhere]
        assert len(set(codes)) == 514
        assert [place(code) for code in codes] == list(everywhere)


def test_199_codes_mean_another_place_at_bps_than_at_kemendagri() -> None:
    different = [here for here in regencies(INDONESIA) if not means_the_same_at_bps(here.region)]

    assert len(different) == 199


def means_the_same_at_bps(region: Region) -> bool:
    return in_system(region, CodeSystem("bps", 2025)).digits == region.digits.replace(".", "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("kemendagri:72.06", "Kabupaten Morowali"),
        ("kemendagri:7206", "Kabupaten Morowali"),
        ("bps:7203", "Kabupaten Morowali"),
        ("bps-2020:72.03", "Kabupaten Morowali"),
        ("bps:7206", "Kabupaten Toli-Toli"),
        ("kemendagri:72.03", "Kabupaten Donggala"),
        # Papua was numbered anew: the same digits, another place.
        ("kemendagri-2020:91.01", "Kabupaten Merauke"),
        ("bps-2020:9404", "Kabupaten Nabire"),
        ("kemendagri-2025:94.04", "Kabupaten Mimika"),
        ("bps-2025:9604", "Kabupaten Nabire"),
        ("kemendagri-2025:96.04", "Kabupaten Tambrauw"),
        ("bps-2020:9101", "Kabupaten Fak Fak"),
        ("bps-2025:9201", "Kabupaten Raja Ampat"),
        ("kemendagri-2020:92.01", "Kabupaten Sorong"),
        ("kemendagri-2025:96", "Papua Barat Daya"),
        ("bps-2025:92", "Papua Barat Daya"),
        ("bps-2025:96", "Papua Tengah"),
        ("bps-2020:91", "Papua Barat"),
        ("bps-2025:94", "Papua"),
        ("bps:00", "Indonesia"),
        ("bps:0000", "Indonesia"),
        ("bps:7200", "Sulawesi Tengah"),
        ("kemendagri:72.06.05", "Bungku Tengah"),
        ("contoh:00", "Negara Contoh"),
        ("contoh:90", "Nusa Contoh"),
        ("contoh:90.72", "Kota Contoh Hilir"),
    ],
)
def test_a_code_means_what_its_own_system_and_edition_say(code: str, name: str) -> None:
    assert place(Region.parse(code)).name == name


@pytest.mark.parametrize(
    "code",
    [
        "kemendagri:72.99",  # no such kabupaten
        "kemendagri:91.01",  # Merauke until 2022
        "kemendagri:91.2",  # has lost its zero
        "kemendagri:7.206",  # a number with a thousands mark
        "kemendagri:72.06.99",
        "kemendagri:72.06.05.9999",
        "kemendagri:90.01",  # the fictional province is in no real list
        "contoh:72.06",
        "bps-2020:9201",  # founded in no edition of 2020
        "bps-2020:97",
        "kemendagri-2020:93",
        "kemendagri-2020:72.06.05",  # kecamatan are known in the latest edition only
        "bps:7203010",
        "bps:72.0.3",
        "kemendagri-2023:72.06",
        "kemendagri-2020:96.01",
    ],
)
def test_a_code_on_no_list_is_refused(code: str) -> None:
    with pytest.raises(RegionUnknown):
        place(Region.parse(code))


def test_a_refusal_names_the_nearest_codes() -> None:
    with pytest.raises(RegionUnknown) as refusal:
        place(Region.parse("kemendagri:72.06.99"))

    assert refusal.value.code == "region-unknown"
    assert "72.06.05 Bungku Tengah" in str(refusal.value.values["nearest"])


def test_a_bare_string_is_refused() -> None:
    with pytest.raises(CodeRefused):
        Region.parse("72.06")


def test_a_province_founded_in_2022_has_no_code_of_2020() -> None:
    with pytest.raises(RegionNotInSystem) as refusal:
        in_system(Region.parse("kemendagri:93"), BPS_2020)

    assert refusal.value.values["name"] == "Papua Selatan"


def test_a_fictional_region_has_no_real_code() -> None:
    with pytest.raises(RegionNotInSystem):
        in_system(Region.parse("contoh:90.01"), KEMENDAGRI)


def test_a_place_knows_what_it_lies_in() -> None:
    morowali = place(Region.parse("bps-2020:7203"))

    assert morowali.level is Level.KABUPATEN
    assert province_of(morowali.region) == morowali.parent == Region.parse("kemendagri:72")
    assert nation_of(morowali.region) == INDONESIA
    assert place(INDONESIA).parent is None
    with pytest.raises(RegionNotInSystem):
        province_of(INDONESIA)


def test_children_go_one_level_down_in_code_order() -> None:
    provinces = children(INDONESIA)
    sulteng = children(Region.parse("kemendagri:72"))
    kecamatan = children(MOROWALI)
    desa = children(kecamatan[0].region)

    assert [len(provinces), len(sulteng), len(kecamatan)] == [38, 12 + 1, 10]
    assert {here.level for here in kecamatan} == {Level.KECAMATAN}
    assert {here.level for here in desa} == {Level.DESA}
    assert all(here.parent == kecamatan[0].region for here in desa)
    assert children(desa[0].region) == ()
    for found in (provinces, sulteng, kecamatan, desa):
        assert [here.region.digits for here in found] == sorted(here.region.digits for here in found)


def test_the_fictional_province_has_ten_kabupaten_and_two_kota() -> None:
    fictional = regencies(Region.parse("contoh:00"))

    assert [here.level for here in fictional] == [Level.KABUPATEN] * 10 + [Level.KOTA] * 2
    assert fictional == regencies(Region.parse("contoh:90"))
    assert all("Contoh" in here.name for here in fictional)
    assert children(fictional[0].region) == ()


def test_no_real_region_bears_a_fictional_name_or_code() -> None:
    assert not [here for here in registered(KEMENDAGRI) if "Contoh" in here.name or here.region.digits.startswith("90")]


def test_jakarta_has_five_kota_and_one_kabupaten() -> None:
    jakarta = regencies(Region.parse("kemendagri:31"))

    assert [here.level for here in jakarta] == [Level.KABUPATEN] + [Level.KOTA] * 5
