"""A region's list of poverty spending: the SIPD label with codes, or a list with names only."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.budget.tagging.schema import LIST_KIND
from nangkis.intake.layouts.tag_list import strategy_read
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.budget.budgets import TODAY


SIPD = """id_label_miskin,kelompok_teks,strategi_teks,kode_sub_giat,nama_sub_giat,is_locked,tahun_anggaran
1,PPKE,Pengurangan Beban Pengeluaran Masyarakat,1.06.04.2.01.0001,Penyediaan Permakanan,1,2026
2,PPKE,Peningkatan Pendapatan Masyarakat,,2.17.07.2.01.01 Pendataan  Usaha Mikro,1,2026
"""
HERE = Region.parse("contoh:90.01")


def outcome(folder: Path, text: str, *, year: int | None = None, name: str = "label.csv") -> SheetOutcome:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (found,) = read_file(path, Request(region=HERE, year=year), parameters=packaged(), on=TODAY)
    return found


def test_the_sipd_label_is_read_with_codes_names_and_strategy(tmp_path: Path) -> None:
    found = outcome(tmp_path, SIPD)

    assert found.layout == "tag_list"
    assert found.reading is not None
    assert found.reading.kind == LIST_KIND
    columns = ("year", "sub_kegiatan_code", "sub_kegiatan_name", "strategy", "group_read", "_row")
    assert found.reading.frame.select(columns).rows() == [
        (2026, "1.06.04.2.01.0001", "Penyediaan Permakanan", "1", "PPKE", 2),
        (2026, "2.17.07.2.01.01", "Pendataan Usaha Mikro", "2", "PPKE", 3),
    ]
    assert found.rows_in == found.rows_frame + found.rows_accepted + found.rows_refused == 3


def test_a_list_with_names_only_needs_its_year_from_the_user(tmp_path: Path) -> None:
    text = "strategi,opd,program,kegiatan,sub_kegiatan\n3,Dinas PU,Program A,Kegiatan B,Pembangunan Irigasi\n"

    said = outcome(tmp_path, text, year=2025)
    unsaid = outcome(tmp_path, text)

    assert said.reading is not None
    assert said.reading.frame.select("year", "sub_kegiatan_code", "program_name", "strategy").row(0) == (
        2025, None, "Program A", "3",
    )  # fmt: skip
    assert unsaid.refusal is not None


def test_a_row_without_a_name_or_with_a_strange_strategy_is_told_and_not_taken(tmp_path: Path) -> None:
    text = "strategi,sub_kegiatan\n1,Penyediaan Permakanan\n9,Rekonstruksi Jalan\n2,\n"
    found = outcome(tmp_path, text, year=2026)

    assert (found.rows_accepted, found.rows_refused) == (1, 2)
    told = {finding.code: finding.at for finding in found.findings if finding.severity == "error"}
    assert told == {"tag-list-strategy-unknown": "csv!A3", "tag-list-name-blank": "csv!B4"}


def test_an_entry_may_leave_its_strategy_open(tmp_path: Path) -> None:
    found = outcome(tmp_path, "strategi,sub_kegiatan\n,Penyediaan Permakanan\n", year=2026)

    assert found.reading is not None
    assert found.reading.frame["strategy"].to_list() == [None]


def test_two_years_in_one_list_are_refused(tmp_path: Path) -> None:
    found = outcome(tmp_path, SIPD.replace(",1,2026\n2", ",1,2025\n2"))

    assert found.refusal is not None
    assert found.refusal.code == "several-in-one-sheet"


@pytest.mark.parametrize(
    ("text", "strategy"),
    [
        ("1", "1"),
        ("Strategi 2: Peningkatan Pendapatan", "2"),
        ("Meminimalkan kantong kemiskinan", "3"),
        ("PENGURANGAN BEBAN", "1"),
        ("beban dan pendapatan", None),
        ("1: pendapatan", None),
        ("12", None),
        ("lain-lain", None),
        (None, None),
    ],
)
def test_a_strategy_is_read_by_number_or_word_and_never_guessed(text: str | None, strategy: str | None) -> None:
    assert strategy_read(text) == strategy
