"""What a name may mean, alone and in its column."""

from __future__ import annotations

import pytest

from nangkis.regions.index import regional
from nangkis.regions.names import (
    NameAmbiguous,
    NameUnknown,
    Resolution,
    resolve_codes,
    resolve_name,
    resolve_names,
)
from nangkis.regions.register import regencies
from nangkis.regions.spelling import written
from nangkis.regions.table import CONTOH, KEMENDAGRI, rows
from nangkis.vocabulary.codes import CodeSystem, Region


SULTENG = Region.parse("kemendagri:72")
JATIM = Region.parse("kemendagri:35")
GORONTALO = Region.parse("kemendagri:75")


def meanings(*names: str | None, **options: object) -> list[str | None]:
    found = resolve_names(names, **options)  # type: ignore[arg-type]
    return [resolution.place.name if resolution.place else None for resolution in found]


def one(name: str, *column: str) -> Resolution:
    """Resolve a name at the end of a column."""
    return resolve_names([*column, name])[-1]


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("KAB. MOROWALI", "Kabupaten Morowali"),
        ("Kabupaten Morowali", "Kabupaten Morowali"),
        ("KAB.MOROWALI", "Kabupaten Morowali"),
        ("  kab   morowali ", "Kabupaten Morowali"),
        ("Morowali, Kab.", "Kabupaten Morowali"),
        ("Kota Pare-Pare/Parepare", "Kota Parepare"),
        ("Pare Pare", "Kota Parepare"),
        ("Kota Makasar", "Kota Makassar"),
        ("Makasar", "Kota Makassar"),
        ("KOTA ADM. JAKARTA BARAT", "Kota Administrasi Jakarta Barat"),
        ("KODYA JAKARTA BARAT", "Kota Administrasi Jakarta Barat"),
        ("KAB. ADM. KEP. SERIBU", "Kabupaten Administrasi Kepulauan Seribu"),
        ("Adm. Kepulauan Seribu", "Kabupaten Administrasi Kepulauan Seribu"),
        ("Kep. Seribu", "Kabupaten Administrasi Kepulauan Seribu"),
        ("D I YOGYAKARTA", "Daerah Istimewa Yogyakarta"),
        ("D.I. Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("DKI Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("Provinsi Daerah Khusus Ibukota Jakarta", "Daerah Khusus Ibukota Jakarta"),
        ("P A P U A", "Papua"),
        ("KEP. BANGKA BELITUNG", "Kepulauan Bangka Belitung"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("Prov. Sulawesi Tengah", "Sulawesi Tengah"),
        ("Nduga *", "Kabupaten Nduga"),
        ("Papua Barat1)", "Papua Barat"),
        ("Papua Barat²", "Papua Barat"),
        ("Tanjung Balai", "Kota Tanjungbalai"),
        ("Batang Hari", "Kabupaten Batanghari"),
        ("Toba Samosir", "Kabupaten Toba"),
        ("Limapuluh Kota", "Kabupaten Lima Puluh Kota"),
        ("50 Kota", "Kabupaten Lima Puluh Kota"),
        ("Pangkajene Dan Kepulauan", "Kabupaten Pangkajene dan Kepulauan"),
        ("KAB. PANGKAJENE KEPULAUAN", "Kabupaten Pangkajene dan Kepulauan"),
        ("Pangkajene & Kepulauan", "Kabupaten Pangkajene dan Kepulauan"),
        ("Karang Asem", "Kabupaten Karangasem"),
        ("Fakfak", "Kabupaten Fak Fak"),
        ("Tojo Una-una", "Kabupaten Tojo Una Una"),
        ("Bolaang Mongondow", "Kabupaten Bolaang Mongondow"),
        ("Bolaang Mongondow Utara", "Kabupaten Bolaang Mongondow Utara"),
        ("Kota Baru", "Kabupaten Kotabaru"),
        ("Sawahlunto/Sijunjung", "Kabupaten Sijunjung"),
        ("Kabupaten Pontianak", "Kabupaten Mempawah"),
        ("Kediri (Kota)", "Kota Kediri"),
        ("Banda Aceh", "Kota Banda Aceh"),
        ("INDONESIA", "Indonesia"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, means: str) -> None:
    assert resolve_name(name).name == means


@pytest.mark.parametrize("name", ["Kediri", "Banjar", "Pontianak", "Gorontalo", "Jambi", "Yogyakarta", "Sorong"])
def test_a_name_of_several_places_is_refused_with_them(name: str) -> None:
    with pytest.raises(NameAmbiguous) as refusal:
        resolve_name(name)

    assert str(refusal.value.values["candidates"]).count("kemendagri-2025:") >= 2


@pytest.mark.parametrize(
    "name",
    [
        "Morowalli",
        "Bolaang",
        "Kabupaten Banda Aceh",
        "Kota Morowali",
        "Kota Kotawaringin Barat",
        "Provinsi",
        "",
        "-",
        "72",
    ],
)
def test_nothing_is_taken_because_it_looks_similar(name: str) -> None:
    with pytest.raises(NameUnknown):
        resolve_name(name)


def test_a_misspelt_name_is_refused_with_similar_ones() -> None:
    with pytest.raises(NameUnknown) as refusal:
        resolve_name("Morowalli")

    assert "Kabupaten Morowali (kemendagri-2025:72.06, Sulawesi Tengah)" in str(refusal.value.values["candidates"])


def test_a_province_narrows_what_a_name_may_mean() -> None:
    assert resolve_name("Morowali", within=SULTENG).name == "Kabupaten Morowali"
    assert resolve_name("Banjar", within=Region.parse("bps:32")).name == "Kota Banjar"
    assert resolve_name("Bungku Tengah", within=Region.parse("bps:7203")).region == Region.parse("kemendagri:72.06.05")
    with pytest.raises(NameUnknown):
        resolve_name("Kediri", within=SULTENG)
    with pytest.raises(NameAmbiguous):
        resolve_name("Kediri", within=JATIM)


def test_a_bare_name_is_the_kabupaten_only_beside_its_kota() -> None:
    beside = one("Kediri", "Kota Kediri")
    alone = one("Kediri", "Kota Blitar", "Malang")

    assert beside.place is not None
    assert (beside.place.name, beside.how) == ("Kabupaten Kediri", "kota-in-batch")
    assert alone.place is None
    assert alone.how == "ambiguous"
    assert [here.name for here in alone.candidates] == ["Kabupaten Kediri", "Kota Kediri"]


def test_the_order_of_kabupaten_and_kota_does_not_matter() -> None:
    assert meanings("Kediri", "Kota Kediri") == ["Kabupaten Kediri", "Kota Kediri"]


def test_two_bare_names_are_not_told_apart() -> None:
    assert meanings("SORONG", "SORONG") == [None, None]


def test_a_heading_says_which_banjar_is_meant() -> None:
    column = ["JAWA BARAT", "Ciamis", "Banjar", "KALIMANTAN SELATAN", "Banjar", "Tapin"]

    assert meanings(*column)[2] == "Kota Banjar"
    assert meanings(*column)[4] == "Kabupaten Banjar"
    assert one("Banjar", *column[:2]).how == "under-heading"


def test_a_list_by_the_alphabet_has_no_headings() -> None:
    assert one("Banjar", "Jawa Barat", "Tapin", "Ciamis").how == "ambiguous"


def test_capitals_tell_the_province_gorontalo() -> None:
    column = ["GORONTALO", "Boalemo", "Gorontalo", "Kota Gorontalo"]

    assert meanings(*column) == ["Gorontalo", "Kabupaten Boalemo", "Kabupaten Gorontalo", "Kota Gorontalo"]


def test_order_tells_the_province_gorontalo_where_capitals_do_not() -> None:
    column = ["SULAWESI TENGGARA", "KOTA KENDARI", "GORONTALO", "BOALEMO", "GORONTALO", "POHUWATO", "KOTA GORONTALO"]

    assert meanings(*column)[2:5] == ["Gorontalo", "Kabupaten Boalemo", "Kabupaten Gorontalo"]


def test_a_total_at_the_end_is_not_taken_for_a_heading() -> None:
    column = ["GORONTALO", "BOALEMO", "POHUWATO", "KOTA GORONTALO", "GORONTALO"]

    assert meanings(*column) == [None, "Kabupaten Boalemo", "Kabupaten Pohuwato", "Kota Gorontalo", None]


def test_a_list_without_provinces_means_the_kabupaten_gorontalo() -> None:
    assert meanings("Gorontalo", "Kota Gorontalo", "Morowali", "Boalemo")[0] == "Kabupaten Gorontalo"


def test_a_list_of_provinces_means_the_provinces() -> None:
    assert meanings("Jambi", "Bengkulu", "Lampung", "Gorontalo", "Indonesia") == [
        "Jambi",
        "Bengkulu",
        "Lampung",
        "Gorontalo",
        "Indonesia",
    ]


def test_jambi_beside_kota_jambi_is_the_province() -> None:
    assert meanings("JAMBI", "KERINCI", "KOTA JAMBI")[0] == "Jambi"


def test_a_complete_province_has_no_row_for_itself() -> None:
    names = [here.name.removeprefix("Kabupaten ") for here in regencies(GORONTALO)]

    assert meanings(*names, within=GORONTALO) == [here.name for here in regencies(GORONTALO)]


def test_a_table_from_before_2022_heads_merauke_with_papua() -> None:
    column = ["PAPUA", "Merauke", "Jayapura", "Kota Jayapura", "PAPUA BARAT", "Fakfak", "Sorong", "Kota Sorong"]

    assert None not in meanings(*column)


def test_names_that_were_cut_off_are_doubted() -> None:
    column = ["KAB. MINAHASA", "KAB. BOLAANG MONGONDOW", "KAB. BOLAANG MONGONDOW", "KAB. SITARO", "KOTA BITUNG"]
    resolution = resolve_names(column)[1]

    assert resolution.how == "ambiguous"
    assert [here.name.removeprefix("Kabupaten Bolaang Mongondow") for here in resolution.candidates] == [
        "",
        " Utara",
        " Timur",
        " Selatan",
    ]


def test_a_long_table_may_repeat_its_names() -> None:
    column = ["Bolaang Mongondow"] * 9 + ["Kediri", "Kota Kediri"] * 9

    assert None not in meanings(*column)


def test_a_missing_name_keeps_its_row() -> None:
    found = resolve_names([None, "", "Morowali"])

    assert [resolution.how for resolution in found] == ["missing", "missing", "exact"]


def test_the_fictional_register_is_its_own() -> None:
    assert meanings("NUSA CONTOH", "Contoh Barat", "Contoh Hilir", "Kota Contoh Hilir", system="contoh") == [
        "Nusa Contoh",
        "Kabupaten Contoh Barat",
        "Kabupaten Contoh Hilir",
        "Kota Contoh Hilir",
    ]
    assert meanings("Morowali", system="contoh") == [None]
    assert meanings("Contoh Barat") == [None]
    with pytest.raises(NameAmbiguous):
        resolve_name("Contoh Hilir", system="contoh")
    assert resolve_name("Provinsi Nusa Contoh", system="contoh").region == Region.parse("contoh:90")


def test_codes_are_read_in_the_system_that_the_caller_names() -> None:
    found = resolve_codes(["7203", " 7203 ", None, "7299", "abc", "911"], system=CodeSystem("bps", 2020))

    assert [here.name if here else None for here in found] == ["Kabupaten Morowali"] * 2 + [None] * 4


def test_no_two_regions_of_one_kind_share_their_letters() -> None:
    for system in (KEMENDAGRI, CONTOH):
        shared = {key: meant for key, meant in regional(system).by_name.items() if key[0] and len(meant) > 1}
        assert shared == {}


def test_a_reviewed_spelling_takes_no_name_from_another_region() -> None:
    official = {written(here.name).key: here for here in regencies(Region.parse("kemendagri:00"))}
    taken = {row["written"] for row in rows("spellings.csv") if written(row["written"]).key in official}

    # Both are refused alone: the city of that name exists too.
    assert taken == {"Pontianak", "Yogyakarta"}
