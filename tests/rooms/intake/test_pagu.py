"""Budget lines: code and name in one cell or two, region, year and stage from their places, checks on lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from nangkis.budget.schema import DETAIL, Stage
from nangkis.content.messages import finding_words
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from tests.rooms.intake.files import accepted, codes, read, read_text, refusal, write_book


HULU = Region.parse("contoh:90.05")
SAID: dict[str, Any] = {"region": HULU, "year": 2026, "stage": Stage.RKPD}
OFFICE = "1.01.0.00.0.00.01.0000 Dinas Pendidikan"
HEALTH = "1.02.0.00.0.00.02.0000 Dinas Kesehatan"
LINE = "1.01.02.2.01.0001 Pembangunan Ruang Kelas"


def sheet(*rows: str, header: str = "OPD;Sub Kegiatan;Pagu", above: str = "") -> str:
    return "\n".join((*([above] if above else []), header, *rows)) + "\n"


def line(number: int, amount: str = "1000", office: str = OFFICE) -> str:
    return f"{office};1.01.02.2.01.{number:04d} Sub {number};{amount}"


def test_code_and_name_in_one_cell_are_taken_apart(tmp_path: Path) -> None:
    frame = accepted(read_text(tmp_path, sheet(f"{OFFICE};{LINE};1000"), **SAID)).frame
    (row,) = frame.to_dicts()
    assert [row[key] for key in DETAIL] == [None] * len(DETAIL)
    assert {key: row[key] for key in row if not key.startswith("_") and key not in DETAIL} == {
        "region": "contoh-2026:90.05",
        "year": 2026,
        "stage": "rkpd",
        "office_code": "1.01.0.00.0.00.01.0000",
        "office_name": "Dinas Pendidikan",
        "bidang_code": "1.01",
        "program_code": "1.01.02",
        "kegiatan_code": "1.01.02.2.01",
        "sub_kegiatan_code": "1.01.02.2.01.0001",
        "sub_kegiatan_name": "Pembangunan Ruang Kelas",
        "amount_sen": 1000 * SEN_PER_RUPIAH,
        "missing": None,
    }


def test_code_and_name_in_two_columns_are_read_alike(tmp_path: Path) -> None:
    header = "Tahun;Tahapan;Kode SKPD;Nama SKPD;Kode Sub Kegiatan;Nama Sub Kegiatan;Pagu (Rp)"
    cells = ";".join((*OFFICE.split(" ", 1), *LINE.split(" ", 1)))
    outcome = read_text(tmp_path, sheet(f"2026;RKPD;{cells};1000", header=header), region=HULU)
    two = accepted(outcome).frame.drop("_col")
    one = accepted(read_text(tmp_path, sheet(f"{OFFICE};{LINE};1000"), **SAID)).frame.drop("_col")
    assert two.equals(one)


@pytest.mark.parametrize(
    ("above", "said", "name"),
    [
        ("PAGU RKPD KABUPATEN CONTOH HULU TAHUN 2026;;", {}, "a.csv"),
        ("", SAID, "a.csv"),
        ("", {}, "pagu RKPD 2026 Kabupaten Contoh Hulu.csv"),
        ("PAGU RKPD KABUPATEN CONTOH HULU TAHUN 2026;;", {}, "APBD 2020 Kota Contoh Raya.csv"),
    ],
)
def test_region_year_and_stage_come_from_content_then_request_then_file_name(
    tmp_path: Path, above: str, said: dict[str, Any], name: str
) -> None:
    outcome = read_text(tmp_path, sheet(line(1), above=above), name=name, **said)
    reading = accepted(outcome)
    assert (reading.about["region"], reading.about["year"], reading.about["stage"]) == (
        "contoh-2026:90.05",
        "2026",
        "rkpd",
    )
    assert codes(outcome).count("taken-from-file-name") == (0 if above or said else 3)


@pytest.mark.parametrize(("left_out", "option"), [("region", "--region"), ("year", "--year"), ("stage", "--stage")])
def test_what_nothing_says_is_asked_for_and_never_assumed(tmp_path: Path, left_out: str, option: str) -> None:
    outcome = read_text(tmp_path, sheet(line(1)), **{key: SAID[key] for key in SAID if key != left_out})
    assert refusal(outcome) == "unsaid"
    assert outcome.refusal is not None
    assert (outcome.refusal.values["what"], outcome.refusal.values["option"]) == (left_out, option)


@pytest.mark.parametrize(
    ("what", "other"), [("region", Region.parse("contoh:90.71")), ("year", 2025), ("stage", Stage.APBD)]
)
def test_content_and_request_that_contradict_are_refused(tmp_path: Path, what: str, other: object) -> None:
    text = sheet(line(1), above="PAGU RKPD KABUPATEN CONTOH HULU TAHUN 2026;;")
    outcome = read_text(tmp_path, text, **{**SAID, what: other})
    assert refusal(outcome) == "request-contradicts"
    assert outcome.refusal is not None
    assert outcome.refusal.values["what"] == what


@pytest.mark.parametrize("years", [(2025, 2026), (2026, 2025)])
def test_of_several_columns_of_money_the_one_of_the_year_is_read(tmp_path: Path, years: tuple[int, int]) -> None:
    header = "OPD;Sub Kegiatan;" + ";".join(f"Pagu Tahun {year}" for year in years)
    outcome = read_text(tmp_path, sheet(line(1, ";".join(map(str, years))), header=header), **SAID)
    reading = accepted(outcome)
    assert reading.frame["amount_sen"].to_list() == [2026 * SEN_PER_RUPIAH]
    assert reading.frame["_col"].to_list() == ["CD"[years.index(2026)]]
    (finding,) = [finding for finding in outcome.findings if finding.code == "columns-not-read"]
    assert finding.values["columns"] == f"{'CD'[years.index(2025)]} ('Pagu Tahun 2025')"


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        ("Pagu;Pagu Perubahan", "amounts-several"),
        ("Pagu Perubahan;Pagu", "amounts-several"),
        ("Pagu;Pagu", "amounts-several"),
        ("Pagu Tahun 2024;Pagu Tahun 2025", "amounts-several"),
        ("Pagu 2026;Pagu Perubahan 2026", "amounts-several"),
        ("Pagu;Prakiraan Maju 2027", "amounts-several"),
        ("Pagu Tahun 2025;Sumber Dana", "amount-of-another-year"),
    ],
)
def test_money_of_another_or_a_doubtful_column_is_refused(tmp_path: Path, heads: str, code: str) -> None:
    outcome = read_text(tmp_path, sheet(line(1, "1000;2000"), header=f"OPD;Sub Kegiatan;{heads}"), **SAID)
    assert refusal(outcome) == code
    assert outcome.refusal is not None
    assert "C ('Pagu" in str(outcome.refusal.values["columns"])


def test_columns_that_are_not_read_are_listed(tmp_path: Path) -> None:
    text = sheet(f"1;{line(1)};DAU;ya", header="No;OPD;Sub Kegiatan;Pagu;Sasaran;Anggaran Responsif Gender")
    (finding,) = [f for f in read_text(tmp_path, text, **SAID).findings if f.code == "columns-not-read"]
    assert finding.values == {"count": 2, "columns": "E ('Sasaran'), F ('Anggaran Responsif Gender')"}


def test_two_years_in_one_sheet_are_refused(tmp_path: Path) -> None:
    text = sheet(f"2025;{line(1)}", f"2026;{line(2)}", header="Tahun;OPD;Sub Kegiatan;Pagu")
    assert refusal(read_text(tmp_path, text, region=HULU, stage=Stage.RKPD)) == "several-in-one-sheet"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (f"{OFFICE};1.01.02.2.1.1 Salah;1", "sub-kegiatan-code-malformed", "csv!B3"),
        (f"{OFFICE};1.01.O2.2.01.0001 Huruf O;1", "sub-kegiatan-code-letter", "csv!B3"),
        (f"{OFFICE};;1", "sub-kegiatan-blank", "csv!B3"),
        (f"Dinas Tanpa Kode;{LINE};1", "office-code-malformed", "csv!A3"),
        (f";{LINE};1", "office-blank", "csv!A3"),
        (f"{OFFICE};{LINE};10OO", "letter-in-number", "csv!C3"),
        (f"{OFFICE};{LINE};#REF!", "cell-error", "csv!C3"),
        (f"{OFFICE};{LINE};1000000000000001", "amount-too-large", "csv!C3"),
        (f"{OFFICE};{LINE};10,555", None, None),
        (f"{OFFICE};{LINE};10,5551", "amount-finer-than-sen", "csv!C3"),
    ],
)
def test_a_line_that_cannot_be_accepted_is_refused_with_its_cell(
    tmp_path: Path, row: str, code: str | None, cell: str | None
) -> None:
    outcome = read_text(tmp_path, sheet(line(7), row), **SAID)
    assert outcome.rows_refused == (0 if code is None else 1)
    assert [(found.code, found.at) for found in outcome.findings if found.severity == "error"] == (
        [] if code is None else [(code, cell)]
    )


@pytest.mark.parametrize(
    ("row", "flaw", "remedy"),
    [
        (
            f"{OFFICE};1.06.O4.2.01.0001 Bantuan Sosial;1",
            "Sel csv!B3: kode pada '1.06.O4.2.01.0001 Bantuan Sosial' memuat huruf O di tempat angka 0.",
            "Ganti huruf O dengan angka 0, lalu unggah lagi.",
        ),
        (
            f"l.01.0.00.0.00.01.0000 Dinas;{LINE};1",
            "Sel csv!A3: kode pada 'l.01.0.00.0.00.01.0000 Dinas' memuat huruf l di tempat angka 1.",
            "Ganti huruf l dengan angka 1, lalu unggah lagi.",
        ),
        (
            f"{OFFICE};{LINE};Rp 1.0O0.000",
            "Sel csv!C3 berisi 'Rp 1.0O0.000': huruf O berada di tempat angka 0.",
            "Ganti huruf O dengan angka 0, lalu unggah lagi.",
        ),
        (
            f"{OFFICE};1.01.02.2.01 Kurang;1",
            "Sel csv!B3: '1.01.02.2.01 Kurang' tidak diawali kode sub kegiatan yang lengkap",
            "Lengkapi kodenya; Excel kadang menghapus nol di belakang.",
        ),
    ],
)
def test_a_letter_where_a_digit_belongs_is_named(tmp_path: Path, row: str, flaw: str, remedy: str) -> None:
    outcome = read_text(tmp_path, sheet(line(7), row), **SAID)
    (found,) = [finding for finding in outcome.findings if finding.severity == "error"]

    says, do = finding_words(found, "id")

    assert says.startswith(flaw)
    assert do == remedy


def test_a_number_in_a_finding_has_the_marks_of_the_language(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Pagu")
        page.write_row(0, 0, ["OPD", "Sub Kegiatan", "Pagu"])
        page.write_row(1, 0, [OFFICE, LINE, 1000])
        page.write_row(2, 0, [OFFICE, LINE, 1234.5678])

    (outcome,) = read(write_book(tmp_path / "pagu.xlsx", fill), **SAID)
    (found,) = [finding for finding in outcome.findings if finding.severity == "error"]

    assert found.code == "amount-finer-than-sen"
    assert "1.234,5678" in finding_words(found, "id")[0]
    assert "1,234.5678" in finding_words(found, "en")[0]


def test_blank_dash_and_zero_are_three_things(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, sheet(line(1, ""), line(2, "-"), line(3, "0"), line(4, "(500)")), **SAID)
    frame = accepted(outcome).frame
    assert frame["amount_sen"].to_list() == [None, None, 0, -500 * SEN_PER_RUPIAH]
    assert frame["missing"].to_list() == ["blank", "dash", None, None]
    told = {finding.code: finding for finding in outcome.findings}
    assert (told["amount-blank"].values["count"], told["amount-blank"].at) == (2, "csv!C2, C3")
    assert told["amount-negative"].at == "csv!C5"


def test_the_same_sub_kegiatan_twice_is_told_and_not_merged(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, sheet(line(1, "10"), line(1, "20"), line(2, "5")), **SAID)
    assert accepted(outcome).frame["amount_sen"].sum() == 35 * SEN_PER_RUPIAH
    (finding,) = [found for found in outcome.findings if found.code == "line-twice"]
    assert (finding.at, finding.values["count"]) == ("csv!B3", 1)


def test_an_office_with_two_names_or_two_codes_is_told(tmp_path: Path) -> None:
    other = OFFICE.replace("Pendidikan", "Pendidikan dan Kebudayaan")
    again = HEALTH.replace("02.0000", "03.0000")
    rows = [line(1), line(2, office=other), line(3, office=HEALTH), line(4, office=again)]
    outcome = read_text(tmp_path, sheet(*rows), **SAID)
    assert {"office-with-several-names", "office-with-several-codes"} <= set(codes(outcome))
    assert outcome.rows_accepted == 4


@pytest.mark.parametrize(("total", "told"), [("30", 0), ("31", 1)])
def test_a_total_is_frame_and_is_held_against_the_sum(tmp_path: Path, total: str, told: int) -> None:
    outcome = read_text(tmp_path, sheet(line(1, "10"), line(2, "20"), f"Jumlah;;{total}", "Catatan: x;;"), **SAID)
    assert dict(accepted(outcome).frame_rows) == {"1": "heading", "4": "total", "5": "note"}
    assert codes(outcome).count("total-differs") == told


def test_totals_of_parts_are_held_against_their_part(tmp_path: Path) -> None:
    rows = [line(1, "10"), "Jumlah;;10", line(2, "20"), "Jumlah;;20", "Jumlah Total;;30"]
    assert "total-differs" not in codes(read_text(tmp_path, sheet(*rows), **SAID))


def test_a_repeated_header_is_frame(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, sheet(line(1), "OPD;Sub Kegiatan;Pagu", line(2)), **SAID)
    assert (outcome.rows_frame, outcome.rows_accepted) == (2, 2)


@pytest.mark.parametrize(("amount", "code"), [("0", "column-all-zero"), ("1000", "column-constant")])
def test_a_column_of_one_amount_is_told(tmp_path: Path, amount: str, code: str) -> None:
    rows = [line(number, amount) for number in range(12)]
    assert codes(read_text(tmp_path, sheet(*rows), **SAID)).count(code) == 1


def test_sen_are_kept(tmp_path: Path) -> None:
    frame = accepted(read_text(tmp_path, sheet(line(1, "Rp 1.535.759,25")), **SAID)).frame
    assert frame["amount_sen"].to_list() == [153_575_925]
    assert frame.schema["amount_sen"] == pl.Int64


@pytest.mark.parametrize(
    ("header", "above", "rupiah"),
    [
        ("OPD;Sub Kegiatan;Pagu (Rp)", "", 1_000),
        ("OPD;Sub Kegiatan;Pagu (ribu rupiah)", "", 1_000 * 10**3),
        ("OPD;Sub Kegiatan;Pagu (Rp Juta)", "", 1_000 * 10**6),
        ("OPD;Sub Kegiatan;Pagu (dalam jutaan)", "", 1_000 * 10**6),
        ("OPD;Sub Kegiatan;Pagu", "Pagu RKPD (dalam ribu rupiah)", 1_000 * 10**3),
    ],
)
def test_amounts_in_thousands_or_millions_are_brought_to_rupiah(
    tmp_path: Path, header: str, above: str, rupiah: int
) -> None:
    outcomes = read_text(tmp_path, sheet(f"{OFFICE};{LINE};1000", header=header, above=above), **SAID)

    assert accepted(outcomes).frame["amount_sen"].to_list() == [rupiah * SEN_PER_RUPIAH]
    assert any(repair.code.startswith("rupiah-") for repair in accepted(outcomes).repairs) == (rupiah != 1_000)


def test_location_output_target_and_fund_are_kept_where_the_file_says_them(tmp_path: Path) -> None:
    header = "OPD;Sub Kegiatan;Pagu;Lokasi;Indikator Keluaran;Target;Sumber Dana"
    outcome = read_text(tmp_path, sheet(f"{line(1)};Kec.  Satu;Ruang kelas;3 ruang;DAU", header=header), **SAID)
    (row,) = accepted(outcome).frame.to_dicts()

    told = [row[name] for name in ("location_name", "output_indicator", "output_target", "fund_name")]
    assert told == ["Kec. Satu", "Ruang kelas", "3 ruang", "DAU"]
    assert "columns-not-read" not in codes(outcome)
