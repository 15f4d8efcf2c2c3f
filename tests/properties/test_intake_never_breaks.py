"""Whatever bytes come in, intake answers with outcomes that add up, and never with an error of the program."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings, strategies as st

from nangkis.intake.reading import read_file
from nangkis.intake.report import as_plain, as_text
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged


DAY = date(2026, 11, 5)
OFTEN = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "...",
            "Kab. Morowali",
            "Kediri",
            "ACEH",
            "Jumlah",
            "Keterangan",
            "Garis Kemiskinan 2020",
            "2019",
            "(1)",
            "OPD",
            "Sub Kegiatan",
            "Pagu",
            "1.01.02.2.01.0001 Satu",
            "1.01.0.00.0.00.01.0000 Dinas",
            "Rp 1.000",
            "1.234",
            "#REF!",
            "Kode",
            "7203",
            "RKPD 2026 Kabupaten Contoh Hulu",
            "\u00a0",
            "10,38",
        ]
    ),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12)
LAYOUTS = st.sampled_from([None, "bps_table", "indicator_wide", "sipd_pagu", "sipd_22", "rkpd_print"])


def check(path: Path, layout: str | None) -> None:
    """Every row is accounted for, and the report can be written in both languages."""
    outcomes = read_file(path, Request(layout=layout), parameters=packaged(), on=DAY)
    for outcome in outcomes:
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    assert as_text(outcomes, "id", {})
    assert as_plain(outcomes, "en", {})


@OFTEN
@given(table=TABLES, layout=LAYOUTS, delimiter=st.sampled_from(",;\t"))
def test_any_table_of_text_gives_an_answer(
    tmp_path: Path, table: list[list[str]], layout: str | None, delimiter: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(delimiter.join(row) for row in table), encoding="utf-8", errors="replace")
    check(path, layout)


@OFTEN
@given(raw=st.binary(max_size=300), layout=LAYOUTS)
def test_any_bytes_give_an_answer(tmp_path: Path, raw: bytes, layout: str | None) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(raw)
    check(path, layout)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("Data")
    page.write_row(0, 0, ["Kabupaten/Kota", "Garis Kemiskinan 2020"])
    page.write_row(1, 0, ["Kab. Morowali", 400_000])
    book.close()
    return buffer.getvalue()


@OFTEN
@given(place=st.integers(min_value=0), byte=st.integers(min_value=0, max_value=255))
def test_a_workbook_with_one_broken_byte_gives_an_answer(
    tmp_path: Path, workbook: bytes, place: int, byte: int
) -> None:
    raw = bytearray(workbook)
    raw[place % len(raw)] = byte
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(raw))
    check(path, None)


@OFTEN
@given(
    place=st.integers(min_value=0),
    inside=st.sampled_from(["sheet1.xml", "workbook.xml", "styles.xml", "sharedStrings.xml", "workbook.xml.rels"]),
    byte=st.sampled_from(b"<>\"'&/=0A "),
)
def test_a_workbook_with_one_broken_letter_of_xml_gives_an_answer(
    tmp_path: Path, workbook: bytes, place: int, inside: str, byte: int
) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = bytearray(source.read(name))
            if name.endswith(f"/{inside}"):
                content[place % len(content)] = byte
            target.writestr(name, bytes(content))
    check(path, None)


CODES = st.one_of(
    st.sampled_from(
        [
            "",
            "X",
            "XX",
            "0",
            "1",
            "2.01",
            "2.1",
            "201",
            "sub_kegiatan",
            "program",
            "PROV",
            "KABKOT",
            "terima",
            "kode lain",
        ]
    ),
    st.sampled_from(
        ["1.01.02.2.01.0001 Nama", "1.01.02.2.01.0001", "X.XX.01", "1.01.02 Nama", '["TAG"]', "[null]", "SPM"]
    ),
    CELLS,
)
HEADS = st.sampled_from(
    [
        "JENIS PEMDA;PROGRAM;KEGIATAN;SUBKEGIATAN;TAG;SPM;JENIS;SUBKEGIATAN SEBELUMNYA",
        "URUSAN/UNSUR;BIDANG URUSAN/BIDANG UNSUR;PROGRAM;KEGIATAN;SUB KEGIATAN;NOMENKLATUR URUSAN;SATUAN",
        "urusan_kode;bidang_kode;bidang_nama",
        "level;kode;nama",
        "Akun;Kelompok;Jenis;Objek;Rincian Objek;Sub Rincian Objek;Uraian Akun",
        "Versi asal;Kode asal;Jenis pemda asal;Versi tujuan;Kode tujuan;Keputusan;Kode lain yang benar",
    ]
)


@OFTEN
@given(head=HEADS, rows=st.lists(st.lists(CODES, min_size=1, max_size=8), min_size=1, max_size=10))
def test_a_list_of_codes_of_any_cells_is_answered(tmp_path: Path, head: str, rows: list[list[str]]) -> None:
    cells = [[cell.translate({10: None, 13: None, 34: None, 59: None}) for cell in row] for row in rows]
    path = tmp_path / "daftar.csv"
    path.write_text("\n".join([head, *(";".join(row) for row in cells)]), encoding="utf-8", errors="replace")

    outcomes = read_file(path, Request(nomenclature="900-1317-2023"), parameters=packaged(), on=DAY)

    for outcome in outcomes:
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    as_plain(outcomes, "id", {})
    as_text(outcomes, "en", {})
