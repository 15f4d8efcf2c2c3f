"""Personal data stops at the door and is nowhere shown. The numbers here are put together on the spot."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from nangkis.intake.report import as_plain, as_text
from tests.rooms.intake.files import read, read_text, refusal, write_book


PLACE = "90" + "0101"  # of the fictional province
MAN, WOMAN = PLACE + "010190" + "0001", PLACE + "410190" + "0002"
PHONE = "0812" + "3456" + "789"


@pytest.mark.parametrize(
    "cell",
    [
        MAN,
        WOMAN,
        f"NIK {MAN}",
        f"NIK.{MAN}",
        f"nik{MAN}",
        f"{MAN[:4]} {MAN[4:8]} {MAN[8:12]} {MAN[12:]}",
        f"{MAN[:6]} {MAN[6:12]} {MAN[12:]}",
        f"{MAN[:6]}.{MAN[6:12]}.{MAN[12:]}",
        f"{MAN[:2]}.{MAN[2:4]}.{MAN[4:6]}.{MAN[6:12]}.{MAN[12:]}",
        f"{MAN[:4]}\u00a0{MAN[4:8]}\u00a0{MAN[8:12]}\u00a0{MAN[12:]}",
        f"{MAN[:6]}\u202f{MAN[6:12]}\u202f{MAN[12:]}",
        f"Budi,{MAN}",
        f"Budi.{MAN}",
        PHONE,
        "62" + PHONE[1:] + "01",
        f"62 {PHONE[1:4]}-{PHONE[4:8]}-{PHONE[8:]}",
        f"({PHONE[:4]}) {PHONE[4:]}",
        f"(+62) {PHONE[1:]}",
        f"Budi, {PHONE}.",
        "+62" + PHONE[1:],
        f"HP {PHONE}",
    ],
)
def test_a_sheet_with_personal_numbers_is_refused_and_they_are_not_shown(tmp_path: Path, cell: str) -> None:
    outcome = read_text(tmp_path, f"Nama;Nomor;Garis Kemiskinan 2020\nKab. Morowali;{cell};400000\n")
    assert refusal(outcome) == "personal-data"
    assert outcome.refusal is not None
    assert outcome.refusal.values["at"] == "csv!B2"
    shown = as_text([outcome], "id", {}) + str(as_plain([outcome], "en", {})) + str(outcome)
    assert cell not in shown
    assert cell[-9:] not in shown


def test_a_number_of_sixteen_digits_in_a_numeric_cell_is_seen(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Nama", "Nomor"])
        page.write_row(1, 0, ["Kab. Morowali", int("1" + MAN[1:])])

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    assert refusal(outcome) == "personal-data"


@pytest.mark.parametrize(
    "cell",
    [
        "1.01.2.22.0.00.01.0000",  # an office
        "62812345678",  # an amount
        "1000000000000001",  # sixteen digits without a date in them
        "19700101" + "199003" + "1001",  # the number of a civil servant has eighteen
        "(0465) 21234",  # an office's telephone
        "628123456789",  # an amount of twelve digits
        "628.123.456.789",
        "0.826004191",  # a degree of latitude
        "-0,870409624",
        f"0,{MAN}",
        f"2.{MAN}",  # decimals of a computed number
        f"a{WOMAN}f",  # part of a hash
    ],
)
def test_codes_amounts_and_office_numbers_are_no_personal_data(tmp_path: Path, cell: str) -> None:
    outcome = read_text(tmp_path, f"Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400000\nCatatan: {cell};\n")
    assert outcome.refusal is None


def test_personal_numbers_in_a_comment_refuse_the_file_and_are_not_shown(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Kabupaten/Kota", "Garis Kemiskinan 2020"])
        page.write_row(1, 0, ["Kab. Morowali", 400000])
        page.write_comment("B2", f"tanya Budi, {MAN}")

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    assert refusal(outcome) == "personal-data-in-comments"
    assert MAN not in as_text([outcome], "id", {}) + str(outcome)


def test_a_comment_without_personal_numbers_is_no_hindrance(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["Kabupaten/Kota", "Garis Kemiskinan 2020"])
        page.write_row(1, 0, ["Kab. Morowali", 400000])
        page.write_comment("B2", "angka sementara 400.000")

    (outcome,) = read(write_book(tmp_path / "a.xlsx", fill))
    assert outcome.refusal is None


@pytest.mark.parametrize(
    "header",
    [
        "Nama Kepala Keluarga",
        "NAMA_KRT",
        "nama kk",
        "Nama Penerima",
        "Nama Penerima Manfaat (KPM)",
        "Nama Lengkap",
        "NamaLengkap",
        "Nama Anggota Rumah Tangga",
        "Nama Individu",
        "Nama Ibu Kandung",
        '"Nama\nKepala Rumah Tangga"',
        "Full Name",
        "Head of household",
    ],
)
def test_a_column_of_names_of_people_is_refused_by_its_header(tmp_path: Path, header: str) -> None:
    text = f"Kabupaten/Kota;{header};Garis Kemiskinan 2020\nKab. Morowali;Suharni Lapangasa;400000\n"
    outcome = read_text(tmp_path, text)
    assert refusal(outcome) == "personal-names"
    assert outcome.refusal is not None
    assert (outcome.refusal.values["at"], outcome.refusal.values["count"]) == ("csv!B1", 1)
    assert "Lapangasa" not in as_text([outcome], "id", {}) + str(as_plain([outcome], "en", {})) + str(outcome)


def test_a_header_of_two_rows_is_one(tmp_path: Path) -> None:
    text = "Kabupaten/Kota;Nama;Garis Kemiskinan 2020\n;Kepala Keluarga;\nKab. Morowali;Suharni Lapangasa;400000\n"
    assert refusal(read_text(tmp_path, text)) == "personal-names"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Nama Wilayah", "Morowali"),
        ("Nama Desa", "Bahodopi"),
        ("Nama OPD", "Dinas Sosial"),
        ("Nama Lengkap SKPD", "Dinas Sosial"),
        ("nama program", "Program Rehabilitasi Sosial"),
        ("nama_rekening", "Belanja Pegawai"),
        ("Nama Penerima Hibah", "Palang Merah Indonesia"),
        ("Nama Lembaga", "Palang Merah Indonesia"),
        ("Nama Kepala Keluarga", ""),
        ("Nama Kepala Keluarga", "12"),
        ("Nama Kepala Keluarga", "-"),
        ("Jumlah Kepala Keluarga", "dua"),
    ],
)
def test_names_of_places_offices_and_accounts_and_empty_columns_are_no_hindrance(
    tmp_path: Path, header: str, cell: str
) -> None:
    text = f"Kabupaten/Kota;{header};Garis Kemiskinan 2020\nKab. Morowali;{cell};400000\n"
    outcome = read_text(tmp_path, text)
    assert outcome.refusal is None or outcome.refusal.code != "personal-names"


@pytest.mark.parametrize("name", ["Nama", "NAMA", "name", "Nama:"])
@pytest.mark.parametrize(
    "other",
    ["Jenis Kelamin", "L/P", "Umur (tahun)", "Tgl. Lahir", "Tempat/Tanggal Lahir", "Alamat", "No. KK", "NIK", "Desil"],
)
def test_a_bare_column_of_names_beside_what_only_people_have_is_refused(tmp_path: Path, name: str, other: str) -> None:
    text = f"No;{name};{other};Bantuan\n1;Suharni Lapangasa;x;PKH\n2;Budi Tambunga;x;PKH\n"
    outcome = read_text(tmp_path, text)
    assert refusal(outcome) == "personal-names"
    assert outcome.refusal is not None
    assert (outcome.refusal.values["at"], outcome.refusal.values["count"]) == ("csv!B1", 2)


def test_a_bare_column_of_names_below_a_title_of_receivers_is_refused(tmp_path: Path) -> None:
    text = "Daftar Penerima BLT Desa 2025;;\nNo;Nama;Dusun\n1;Suharni Lapangasa;I\n"
    assert refusal(read_text(tmp_path, text)) == "personal-names"


def test_a_header_of_the_name_as_on_the_identity_card_is_refused(tmp_path: Path) -> None:
    assert refusal(read_text(tmp_path, "No;Nama sesuai KTP\n1;Suharni Lapangasa\n")) == "personal-names"


@pytest.mark.parametrize(
    "text",
    [
        "Nama;Garis Kemiskinan 2020\nKab. Morowali;400000\n",
        "Daftar penerima menurut kabupaten;\nNama;Garis Kemiskinan 2020\nKab. Morowali;400000\n",
        "Daftar penerima bantuan;\nNama;Garis Kemiskinan 2020\nKab. Morowali;400000\n",
        "Nama;Umur Harapan Hidup;Garis Kemiskinan 2020\nKab. Morowali;69;400000\n",
        "Nama;Alamat;Murid\nSDN 1 Bahodopi;Jl. Trans;12\nPuskesmas Bungku;Jl. Trans;3\n",
        "Nama;Jumlah Keluarga\nBahodopi;12\nLabota;13\n",
    ],
)
def test_a_bare_column_of_names_of_places_and_houses_is_no_hindrance(tmp_path: Path, text: str) -> None:
    outcome = read_text(tmp_path, text)
    assert outcome.refusal is None or outcome.refusal.code != "personal-names"
