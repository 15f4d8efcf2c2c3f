"""Lists of codes: what is taken in under which version, what is refused, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.intake.files import accepted, codes, read_text


SIPD = "JENIS PEMDA;BIDANG;PROGRAM;KEGIATAN;SUBKEGIATAN;KINERJA;SATUAN;TAG;SPM;JENIS;SUBKEGIATAN SEBELUMNYA"
HEALTH = "1.02 URUSAN KESEHATAN;1.02.02 PROGRAM UPAYA KESEHATAN;1.02.02.2.01 Penyediaan Fasilitas"
ROW = f"KABKOT;{HEALTH};1.02.02.2.01.0001 Pembangunan Rumah Sakit;Terbangun;Unit;[null];SPM;Layanan;"
SPLIT = "URUSAN/UNSUR;BIDANG URUSAN/BIDANG UNSUR;PROGRAM;KEGIATAN;SUB KEGIATAN;NOMENKLATUR URUSAN;SATUAN"
NEW, OLD = "900-1317-2023", "050-3708-2020"


def test_an_export_gives_a_row_for_each_code_at_every_level(tmp_path: Path) -> None:
    done = read_text(tmp_path, f"{SIPD}\n{ROW}", nomenclature="sipd-2027-1")

    assert (done.layout, done.rows_in, done.rows_frame, done.rows_accepted) == ("nomenclature_sipd", 2, 1, 1)
    assert accepted(done).frame.select("level", "government", "code", "parent", "name", "_col").rows() == [
        ("bidang", "KABKOT", "1.02", "1", "URUSAN KESEHATAN", "B"),
        ("program", "KABKOT", "1.02.02", "1.02", "PROGRAM UPAYA KESEHATAN", "C"),
        ("kegiatan", "KABKOT", "1.02.02.2.01", "1.02.02", "Penyediaan Fasilitas", "D"),
        ("sub-kegiatan", "KABKOT", "1.02.02.2.01.0001", "1.02.02.2.01", "Pembangunan Rumah Sakit", "E"),
    ]


def test_every_row_carries_the_version_with_its_decree_and_years(tmp_path: Path) -> None:
    done = read_text(tmp_path, f"{SPLIT}\n1;2;2;2.01;1;Pembangunan Rumah Sakit;Unit", nomenclature=NEW)

    decree = "Keputusan Menteri Dalam Negeri 900.1.15.5-1317 Tahun 2023"
    told = accepted(done).frame.select("version", "decree", "valid_from", "valid_until").rows()
    assert told == [(NEW, decree, 2024, 2024)]


def test_a_version_is_never_guessed(tmp_path: Path) -> None:
    done = read_text(tmp_path, f"{SPLIT}\n1;2;2;2.01;1;Pembangunan Rumah Sakit;Unit", name="Sub keg 900.csv")

    assert done.refusal is not None
    assert (done.refusal.code, done.refusal.values["option"]) == ("unsaid", "--nomenclature")


def test_a_version_of_the_title_counts_and_may_not_be_contradicted(tmp_path: Path) -> None:
    text = f"Kepmendagri Nomor 050-3708 Tahun 2020\n{SPLIT}\n1;2;2;2.01;1;Pembangunan Rumah Sakit;Unit"
    done = read_text(tmp_path, text)
    other = read_text(tmp_path, text, nomenclature=NEW)

    assert accepted(done).about["version"] == OLD
    assert other.refusal is not None
    assert other.refusal.code == "request-contradicts"


def test_a_version_of_the_file_name_is_told(tmp_path: Path) -> None:
    name = "nomenklatur_versi_pemutakhiran_2027_1.csv"
    done = read_text(tmp_path, f"{SIPD}\n{ROW}", name=name)

    assert accepted(done).about["version"] == "sipd-2027-1"
    assert "taken-from-file-name" in codes(done)


def test_a_version_that_nobody_set_is_refused(tmp_path: Path) -> None:
    done = read_text(tmp_path, f"{SIPD}\n{ROW}", nomenclature="900-1-1999")

    assert done.refusal is not None
    assert done.refusal.code == "nomenclature-version-unknown"


@pytest.mark.parametrize(
    ("version", "line", "code", "level"),
    [
        (NEW, "1;2;2;2.01;7;Nama;", "1.02.02.2.01.0007", "sub-kegiatan"),
        (OLD, "1;2;2;2.01;7;Nama;", "1.02.02.2.01.07", "sub-kegiatan"),
        (OLD, "1;2;2;201;7;Nama;", "1.02.02.2.01.07", "sub-kegiatan"),
        (NEW, "X;XX;1;2.10;;Nama;", "X.XX.01.2.10", "kegiatan"),
        (OLD, "0;0;1;;;Nama;", "X.XX.01", "program"),
        (NEW, "7;1;;;;Nama;", "7.01", "bidang"),
        (NEW, "7;;;;;Nama;", "7", "urusan"),
    ],
)
def test_parts_of_a_code_are_written_as_the_decree_writes_them(
    tmp_path: Path, version: str, line: str, code: str, level: str
) -> None:
    done = read_text(tmp_path, f"{SPLIT}\n{line}", nomenclature=version)

    assert accepted(done).frame.select("code", "level").rows() == [(code, level)]


SOUND = "1;2;2;2.01;1;Pembangunan Rumah Sakit;Unit"


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("1;2;;2.01;2;Tanpa program;", "nomenclature-code-unreadable"),
        ("1;2;2;2.1;2;Nol yang hilang;", "nomenclature-code-unreadable"),
        ("1;2;2;0.01;2;Kewenangan nol;", "nomenclature-code-unreadable"),
        ("1;222;2;2.01;2;Tiga angka;", "nomenclature-code-unreadable"),
        (";;;;;Judul yang menumpang;", "nomenclature-code-unreadable"),
        ("1;2;2;2.01;12345;Lima angka;", "nomenclature-code-unreadable"),
        ("1;2;2;2.01;2;;", "nomenclature-name-blank"),
        ("1;2;2;2.01;1;pembangunan rumah  sakit;", "nomenclature-code-repeated"),
    ],
)
def test_a_row_that_is_no_code_is_refused_at_its_cell(tmp_path: Path, line: str, flaw: str) -> None:
    done = read_text(tmp_path, f"{SPLIT}\n{SOUND}\n{line}", nomenclature=NEW)

    assert (done.rows_in, done.rows_accepted, done.rows_refused) == (3, 1, 1)
    (told,) = [finding for finding in done.findings if finding.code == flaw]
    assert told.at == "csv!E3"


def test_of_a_code_with_two_names_neither_is_taken_in(tmp_path: Path) -> None:
    lines = f"{SOUND}\n1;2;2;2.01;2;Pemeliharaan;\n1;2;2;2.01;2;Rehabilitasi;"
    done = read_text(tmp_path, f"{SPLIT}\n{lines}", nomenclature=NEW)

    assert (done.rows_accepted, done.rows_refused) == (1, 2)
    assert codes(done).count("nomenclature-code-contradictory") == 2


def test_one_code_may_be_of_a_province_and_of_a_regency(tmp_path: Path) -> None:
    special = "1.01 A;1.01.02 B;1.01.02.3.01 C"
    both = f"PROV;{special};1.01.02.3.01.0001 D;;;;;;\nKABKOT;{special};1.01.02.3.01.0001 E;;;;;;"
    done = read_text(tmp_path, f"{SIPD}\n{both}", nomenclature="sipd-2027-1")

    subs = accepted(done).frame.filter(level="sub-kegiatan")
    assert subs.select("government", "name").rows() == [("PROV", "D"), ("KABKOT", "E")]
    assert "nomenclature-both-governments" in codes(done)


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ("KABKOT;1.02", "DESA;1.02", "nomenclature-government-unknown"),
        ("1.02.02.2.01.0001 P", "1.03.02.2.01.0001 P", "nomenclature-code-elsewhere"),
        ("1.02.02.2.01.0001 P", "1.02.02.2.01.01 P", "nomenclature-digits-differ"),
        ("1.02.02.2.01.0001 P", "1.02.O2.2.01.0001 P", "nomenclature-code-unreadable"),
    ],
)
def test_a_row_of_an_export_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, flaw: str) -> None:
    sound = ROW.replace("0001 P", "0002 P")
    done = read_text(tmp_path, "\n".join((SIPD, sound, ROW.replace(old, new))), nomenclature="sipd-2027-1")

    assert (done.rows_in, done.rows_accepted, done.rows_refused) == (3, 1, 1)
    assert flaw in codes(done)


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ('"[""STUNTING"", ""KESPRO""]"', "STUNTING; KESPRO"),
        ("[null]", None),
        ("[]", None),
        ('"{""a"": 1}"', None),
        ("bukan json", None),
        ("[" * 5_000, None),
    ],
)
def test_official_tags_are_read_from_their_json(tmp_path: Path, cell: str, tags: str | None) -> None:
    done = read_text(tmp_path, "\n".join((SIPD, ROW.replace("[null]", cell))), nomenclature="sipd-2027-1")

    assert accepted(done).frame["tags"][-1] == tags
    assert ("nomenclature-tags-unreadable" in codes(done)) == (tags is None and cell not in ("[null]", "[]"))


def test_two_styles_of_one_code_are_one(tmp_path: Path) -> None:
    text = "level,kode,nama\nsub_kegiatan,1.01.02.02.01.0001,USB\nsub_kegiatan,1.01.02.2.01.0002,Ruang"
    done = read_text(tmp_path, text, nomenclature=NEW)

    assert done.layout == "nomenclature_coded"
    assert accepted(done).frame["code"].to_list() == ["1.01.02.2.01.0001", "1.01.02.2.01.0002"]
    assert [(repair.code, repair.count) for repair in done.repairs] == [("code-digit-bared", 1)]


def test_four_digits_under_a_decree_of_two_are_refused(tmp_path: Path) -> None:
    done = read_text(tmp_path, "level,kode,nama\nsub_kegiatan,1.01.02.2.01.0001,USB", nomenclature=OLD)

    assert done.refusal is not None
    assert done.refusal.code == "no-row-accepted"


def test_accounts_and_funds_are_trees_of_six_levels(tmp_path: Path) -> None:
    header = "Akun;Kelompok;Jenis;Objek;Rincian Objek;Sub Rincian Objek;Uraian Akun;Keterangan"
    spending = "5;;;;;;BELANJA DAERAH;\n5;1;2;;;;Belanja Barang dan Jasa;\n5;1;2;1;1;25;Belanja Kertas;Untuk kertas"
    lines = f"{spending}\n5;;2;;;;Lubang;"
    done = read_text(tmp_path, f"{header}\n{lines}", nomenclature=OLD)
    funds = read_text(tmp_path, f"{header.replace('Akun;', 'Sumber Dana;', 1)}\n1;1;;;;;PAD;", nomenclature=OLD)

    assert (done.rows_accepted, done.rows_refused) == (3, 1)
    assert accepted(done).frame.select("listed", "level", "code", "parent").rows() == [
        ("rekening", 1, "5", None),
        ("rekening", 3, "5.1.02", "5.1"),
        ("rekening", 6, "5.1.02.01.01.0025", "5.1.02.01.01"),
    ]
    assert accepted(funds).frame.select("listed", "code").rows() == [("sumber-dana", "1.1")]


def test_an_option_that_a_list_is_not_read_by_is_told(tmp_path: Path) -> None:
    done = read_text(tmp_path, f"{SIPD}\n{ROW}", nomenclature="sipd-2027-1", year=2027)

    assert "option-not-used" in codes(done)
