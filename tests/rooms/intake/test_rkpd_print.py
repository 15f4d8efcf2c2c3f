"""The printed RKPD: levels below each other, codes in parts, further indicators, offices by number or by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nangkis.budget.schema import Stage
from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import finding_words
from nangkis.intake.layouts import words
from nangkis.intake.reading import SheetOutcome
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from tests.rooms.intake.files import accepted, codes, read, refusal, write_book


Row = Sequence[Any]
TITLES = ("Rancangan Perubahan Rencana Kerja Pemerintah Daerah (RKPD)", "Kabupaten Contoh Hulu", "Tahun 2021")
HEADS = ("Kode", None, None, None, None, "Urusan/ Bidang Urusan/ Program/ Kegiatan/ Sub Kegiatan",
         "Indikator Program/ Kegiatan/ Sub Kegiatan", "Menjadi", "RKPD 2021 Perubahan", "Lokasi", "Sumber Dana",
         "Perangkat Daerah Penanggung Jawab")  # fmt: skip
URUSAN: Row = (1, None, None, None, None, "URUSAN WAJIB")
BIDANG: Row = (1, 1, None, None, None, "PENDIDIKAN", None, None, 1500)
PROGRAM: Row = (1, 1, 2, None, None, "PROGRAM PENGELOLAAN PENDIDIKAN", "Angka melanjutkan", "100 %", 1500)
KEGIATAN: Row = (1, 1, 2, "2.01", None, "Pengelolaan Sekolah Dasar", None, None, 1500)
CLASSROOMS: Row = (1, 1, 2, "2.01", 1, "Pembangunan Ruang Kelas", "Rasio siswa", "0.03 unit", 1000, "Semua Kecamatan",
                   "PAD", 1)  # fmt: skip
FURTHER: Row = (None, None, None, None, None, None, "Ruang kelas baik", "50 %")
BOOKS: Row = (1, 1, 2, "2.01", 12, "Pengadaan Buku", None, None, 500, None, None, 1)
TOTAL: Row = ("TOTAL", None, None, None, None, None, None, None, 1500)
BODY = (URUSAN, BIDANG, PROGRAM, KEGIATAN, CLASSROOMS, FURTHER, BOOKS, TOTAL)
OFFICES: Row = (("id", "opd_nama"), (1, "Dinas Pendidikan"), (2, "Dinas Kesehatan"))


def book(
    folder: Path,
    body: Sequence[Row] = BODY,
    *,
    titles: Sequence[str] = TITLES,
    heads: Sequence[Row] = (HEADS,),
    offices: Sequence[Row] | None = OFFICES,
) -> Path:
    """Write a printed RKPD and its list of offices."""

    def fill(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("RKPD")
        for number, row in enumerate([*((title,) for title in titles), *heads, *body]):
            page.write_row(number, 0, row)
        if offices is not None:
            listed = made.add_worksheet("OPD")
            for number, row in enumerate(offices):
                listed.write_row(number, 0, row)

    return write_book(folder / "rkpd.xlsx", fill)


def read_print(path: Path, **said: Any) -> SheetOutcome:
    return read(path, **said)[0]


def changed(row: Row, **cells: Any) -> Row:
    """Return a row with other cells, by the letter of their column."""
    answer = [*row, *[None] * (len(HEADS) - len(row))]
    for letter, value in cells.items():
        answer[ord(letter) - ord("A")] = value
    return answer


def test_lines_are_the_sub_kegiatan_and_all_other_rows_are_counted_as_what_they_are(tmp_path: Path) -> None:
    outcome = read_print(book(tmp_path))
    reading = accepted(outcome)

    assert outcome.layout == "rkpd_print"
    assert (outcome.rows_in, outcome.rows_frame, outcome.rows_accepted) == (3 + 1 + 8, 3 + 1 + 6, 2)
    kinds = list(reading.frame_rows.values())
    assert kinds == [*["title"] * 3, "heading", *["subtotal"] * 4, "indicator", "total"]
    assert reading.frame["amount_sen"].sum() == (1000 + 500) * SEN_PER_RUPIAH
    assert codes(outcome) == ["rkpd-offices-from-list", "rkpd-draft"]


def test_a_broken_code_is_told_at_its_column_where_two_columns_hold_the_code(tmp_path: Path) -> None:
    heads: Row = ("Kode", None, *HEADS[5:])
    further: Row = (None, None, 1000, None, None, 1)
    body: Sequence[Row] = (
        ("1.01.02.2.01", None, "Pengelolaan Sekolah Dasar"),
        ("1.01.02.2.01", "01", "Pembangunan Ruang Kelas", *further),
        (None, "02", "Pengadaan Buku", *further),
    )

    outcome = read_print(book(tmp_path, body, heads=(heads,)))

    assert accepted(outcome).frame["sub_kegiatan_code"].to_list() == ["1.01.02.2.01.01"]
    (told,) = [one for one in outcome.findings if one.code == "rkpd-code-incomplete"]
    assert told.at == "RKPD!B7"


def test_a_line_has_its_whole_code_its_parents_and_what_belongs_to_it(tmp_path: Path) -> None:
    first, second = accepted(read_print(book(tmp_path))).frame.to_dicts()

    assert {key: value for key, value in first.items() if value is not None and not key.startswith("_")} == {
        "region": "contoh-2026:90.05",
        "year": 2021,
        "stage": "rkpd-p",
        "office_code": "1",
        "office_name": "Dinas Pendidikan",
        "bidang_code": "1.01",
        "program_code": "1.01.02",
        "program_name": "PROGRAM PENGELOLAAN PENDIDIKAN",
        "kegiatan_code": "1.01.02.2.01",
        "kegiatan_name": "Pengelolaan Sekolah Dasar",
        "sub_kegiatan_code": "1.01.02.2.01.01",
        "sub_kegiatan_name": "Pembangunan Ruang Kelas",
        "fund_name": "PAD",
        "output_indicator": "Rasio siswa; Ruang kelas baik",
        "output_target": "0.03 unit; 50 %",
        "location_name": "Semua Kecamatan",
        "amount_sen": 1000 * SEN_PER_RUPIAH,
    }
    assert (second["sub_kegiatan_code"], second["output_indicator"]) == ("1.01.02.2.01.12", None)


def test_the_list_of_offices_is_no_refused_sheet(tmp_path: Path) -> None:
    _, listed = read(book(tmp_path))

    assert (listed.reading, listed.refusal, listed.rows_in, listed.rows_frame) == (None, None, 3, 3)
    assert codes(listed) == ["sheet-of-offices"]


def test_offices_may_stand_in_the_table_by_name(tmp_path: Path) -> None:
    body = [changed(row, L="Dinas Pendidikan") if row in (CLASSROOMS, BOOKS) else row for row in BODY]
    outcome = read_print(book(tmp_path, body, offices=None))

    assert accepted(outcome).frame["office_name"].to_list() == ["Dinas Pendidikan"] * 2
    assert accepted(outcome).frame["office_code"].to_list() == [None, None]
    assert codes(outcome) == ["rkpd-draft"]


def test_offices_may_stand_in_the_table_by_code_and_name(tmp_path: Path) -> None:
    office = "1.01.2.22.0.00.01.0000 Dinas Pendidikan"
    body = [changed(row, L=office) if row in (CLASSROOMS, BOOKS) else row for row in BODY]
    frame = accepted(read_print(book(tmp_path, body, offices=None))).frame

    assert frame.select("office_code", "office_name").unique().rows() == [tuple(office.split(" ", 1))]


def test_numbers_of_offices_without_a_list_are_told(tmp_path: Path) -> None:
    outcome = read_print(book(tmp_path, offices=None))

    assert accepted(outcome).frame["office_name"].to_list() == [None, None]
    assert "rkpd-office-numbers-only" in codes(outcome)


def test_a_number_that_the_list_lacks_refuses_its_row(tmp_path: Path) -> None:
    body = [changed(row, L=9) if row is BOOKS else row for row in BODY]
    outcome = read_print(book(tmp_path, body))

    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert "rkpd-office-unlisted" in codes(outcome)
    # What was refused is missing below each of its parents: three subtotals and the total say so.
    assert codes(outcome).count("rkpd-subtotal-differs") == 3
    assert "total-differs" in codes(outcome)


def test_a_subtotal_that_its_lines_do_not_add_to_is_told_with_both_sums(tmp_path: Path) -> None:
    body = [changed(row, I=1400) if row is KEGIATAN else row for row in BODY]
    outcome = read_print(book(tmp_path, body))
    (finding,) = [each for each in outcome.findings if each.code == "rkpd-subtotal-differs"]

    assert finding.at == "RKPD!I8"
    assert finding.values["code"] == "1.01.02.2.01"
    assert (finding.values["total"], finding.values["sum"], finding.values["difference"]) == ("1.400", "1.500", "-100")
    for language in LANGUAGES:
        assert "1.500" in finding_words(finding, language)[0]


def test_a_total_that_the_lines_do_not_add_to_is_told(tmp_path: Path) -> None:
    body = [changed(row, I=1501) if row is TOTAL else row for row in BODY]

    assert "total-differs" in codes(read_print(book(tmp_path, body)))


def test_a_subtotal_that_is_no_number_is_told(tmp_path: Path) -> None:
    body = [changed(row, I="menyusul") if row is PROGRAM else row for row in BODY]

    assert "rkpd-subtotal-unreadable" in codes(read_print(book(tmp_path, body)))


def test_columns_may_move_and_headers_may_be_said_otherwise(tmp_path: Path) -> None:
    order = (11, 8, 0, 1, 2, 3, 4, 5, 9, 6, 7, 10)
    renamed = list(HEADS)
    renamed[7], renamed[8], renamed[11] = "Target Capaian", "Pagu Indikatif (Rp)", "OPD"
    body = [[changed(row)[index] for index in order] for row in BODY]
    heads = [[renamed[index] for index in order]]

    moved = accepted(read_print(book(tmp_path, body, heads=heads))).frame
    usual = accepted(read_print(book(tmp_path))).frame
    assert moved.drop("_col").equals(usual.drop("_col"))
    assert moved["_col"].unique().to_list() == ["B"]


def test_of_amounts_before_and_after_the_change_the_changed_one_is_read(tmp_path: Path) -> None:
    heads = [*HEADS[:8], "Pagu Semula", "Pagu Menjadi", *HEADS[9:]]
    body = [[*row[:8], 7, *row[8:]] if len(row) > 8 else row for row in BODY]
    outcome = read_print(book(tmp_path, body, heads=[heads]))

    assert accepted(outcome).frame["amount_sen"].sum() == 1500 * SEN_PER_RUPIAH
    assert "columns-not-read" in codes(outcome)


def test_two_amounts_that_no_header_tells_apart_are_refused(tmp_path: Path) -> None:
    heads = [*HEADS[:8], "Pagu A", "Pagu B", *HEADS[9:]]
    body = [[*row[:8], 7, *row[8:]] if len(row) > 8 else row for row in BODY]

    assert refusal(read_print(book(tmp_path, body, heads=[heads]))) == "amounts-several"


def test_a_header_that_comes_again_on_each_page_is_no_data(tmp_path: Path) -> None:
    numbers = list(range(1, len(HEADS) + 1))
    body = [*BODY[:5], HEADS, numbers, *BODY[5:]]
    outcome = read_print(book(tmp_path, body, heads=[HEADS, numbers]))

    assert (outcome.rows_accepted, outcome.rows_refused) == (2, 0)
    assert list(accepted(outcome).frame_rows.values()).count("heading") == 4


def test_words_below_the_table_are_notes(tmp_path: Path) -> None:
    outcome = read_print(book(tmp_path, [*BODY, (None,) * 9 + ("Contoh Hulu, 12 Juli 2021",), ("Bupati Contoh Hulu",)]))

    assert outcome.rows_refused == 0
    assert list(accepted(outcome).frame_rows.values()).count("note") == 2


def test_a_whole_code_may_stand_in_one_cell(tmp_path: Path) -> None:
    whole = {id(BIDANG): "1.01", id(PROGRAM): "1.01.02", id(KEGIATAN): "1.01.02.2.01",
             id(CLASSROOMS): "1.01.02.2.01.0001", id(BOOKS): "1.01.02.2.01.0012"}  # fmt: skip
    body = [[whole.get(id(row), row[0]), *changed(row)[5:]] for row in BODY]
    outcome = read_print(book(tmp_path, body, heads=[["Kode", *HEADS[5:]]]))

    found = accepted(outcome).frame["sub_kegiatan_code"].to_list()
    assert found == ["1.01.02.2.01.0001", "1.01.02.2.01.0012"]
    assert outcome.rows_refused == 0
    assert "rkpd-subtotal-differs" not in codes(outcome)


def test_a_kegiatan_as_a_number_has_its_two_digits_again(tmp_path: Path) -> None:
    body = [changed(row, D=2.1) if len(row) > 3 and row[3] else row for row in BODY]
    outcome = read_print(book(tmp_path, body))

    assert accepted(outcome).frame["kegiatan_code"].unique().to_list() == ["1.01.02.2.10"]
    assert "code-put-together" in [repair.code for repair in outcome.repairs]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"D": "2.1"}, "sub-kegiatan-code-malformed"),
        ({"D": "3.01"}, "sub-kegiatan-code-malformed"),
        ({"D": None}, "rkpd-code-incomplete"),
        ({"A": None}, "rkpd-code-incomplete"),
        ({"B": 101}, "sub-kegiatan-code-malformed"),
        ({"E": "001"}, "sub-kegiatan-code-malformed"),
        ({"E": "satu"}, "sub-kegiatan-code-malformed"),
        ({"A": None, "B": None, "C": None, "D": None, "E": None}, "sub-kegiatan-code-malformed"),
        ({"I": "seribu"}, "number-unreadable"),
        ({"L": None}, "office-blank"),
    ],
)
def test_a_row_with_a_broken_code_office_or_amount_is_refused_and_told(
    tmp_path: Path, cells: dict[str, Any], code: str
) -> None:
    outcome = read_print(book(tmp_path, [changed(row, **cells) if row is BOOKS else row for row in BODY]))
    errors = [finding for finding in outcome.findings if finding.severity == "error"]

    assert (outcome.rows_accepted, outcome.rows_refused) == (1, 1)
    assert [(finding.code, finding.at[-2:]) for finding in errors] == [(code, "11")]


def test_a_bare_number_of_a_sub_kegiatan_is_not_read_where_four_digits_may_be_meant(tmp_path: Path) -> None:
    titles = (*TITLES[:2], "Tahun 2026")
    heads = [[str(head).replace("2021", "2026") if head else None for head in HEADS]]
    text = [changed(row, E="0012") if row is BOOKS else row for row in BODY]
    outcome = read_print(book(tmp_path, text, titles=titles, heads=heads))

    assert accepted(outcome).frame["sub_kegiatan_code"].to_list() == ["1.01.02.2.01.0012"]
    assert [finding.code for finding in outcome.findings if finding.severity == "error"] == ["rkpd-code-width-unknown"]


def test_a_line_below_a_kegiatan_of_another_code_is_told_and_takes_no_name_from_it(tmp_path: Path) -> None:
    body = [changed(row, D="2.02") if row is BOOKS else row for row in BODY]
    outcome = read_print(book(tmp_path, body))

    assert "parent-code-differs" in codes(outcome)
    assert accepted(outcome).frame["kegiatan_name"].to_list() == ["Pengelolaan Sekolah Dasar", None]


def test_the_pagu_of_another_year_is_refused(tmp_path: Path) -> None:
    assert refusal(read_print(book(tmp_path, titles=(*TITLES[:2], "Tahun 2022")))) == "amount-of-another-year"


def test_region_year_and_stage_are_asked_for_where_the_title_does_not_say_them(tmp_path: Path) -> None:
    assert refusal(read_print(book(tmp_path, titles=("Lampiran",)))) == "unsaid"


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Rancangan Perubahan Rencana Kerja Pemerintah Daerah (RKPD)", Stage.RKPD_P),
        ("Rencana Kerja Pemerintah Daerah (RKPD) Perubahan", Stage.RKPD_P),
        ("Perubahan RKPD 2021", Stage.RKPD_P),
        ("Rencana Kerja Pemerintah Daerah", Stage.RKPD),
        ("RKPD Tahun 2021", Stage.RKPD),
    ],
)
def test_a_title_in_full_words_says_the_stage(title: str, stage: Stage) -> None:
    assert words.stage_in(title) is stage


def with_lists(folder: Path, *lists: tuple[str, Sequence[Row], bool], table: bool = True) -> tuple[SheetOutcome, ...]:
    """Read a printed RKPD beside sheets with lists: name, rows, and whether the sheet is hidden."""

    def fill(made: xlsxwriter.Workbook) -> None:
        page = made.add_worksheet("RKPD")
        rows = [*((title,) for title in TITLES), HEADS, *BODY] if table else [("Catatan",)]
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for name, listed, hidden in lists:
            other = made.add_worksheet(name)
            for number, row in enumerate(listed):
                other.write_row(number, 0, row)
            if hidden:
                other.hide()

    return read(write_book(folder / "rkpd.xlsx", fill))


def test_a_hidden_list_of_offices_names_them_too(tmp_path: Path) -> None:
    outcome, hidden = with_lists(tmp_path, ("OPD", OFFICES, True))

    assert accepted(outcome).frame["office_name"].to_list() == ["Dinas Pendidikan"] * 2
    assert (hidden.rows_in, hidden.rows_frame, hidden.aside) == (3, 3, False)


def test_of_two_lists_of_offices_none_is_chosen(tmp_path: Path) -> None:
    other = (("no", "skpd"), (1, "Dinas Perikanan"))
    outcome, *_ = with_lists(tmp_path, ("OPD", OFFICES, False), ("SKPD", other, False))

    assert accepted(outcome).frame["office_name"].to_list() == [None, None]
    assert "rkpd-office-numbers-only" in codes(outcome)


def test_a_list_with_two_names_for_one_number_is_none(tmp_path: Path) -> None:
    outcome, _ = with_lists(tmp_path, ("OPD", (*OFFICES, (1, "Dinas Perikanan")), False))

    assert "rkpd-office-numbers-only" in codes(outcome)


def test_a_list_of_offices_beside_no_printed_rkpd_is_not_passed_over(tmp_path: Path) -> None:
    _, listed = with_lists(tmp_path, ("OPD", OFFICES, False), table=False)

    assert refusal(listed) == "layout-nearly-known"


def test_a_table_without_any_line_is_refused(tmp_path: Path) -> None:
    assert refusal(read_print(book(tmp_path, BODY[:4]))) == "no-data-row"
