"""A planner reads a few groups of money; the file's own word stays where the number came from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nangkis.content.tree import Table
from nangkis.parameters.loader import packaged
from nangkis.planning.funds import funds_of
from nangkis.planning.matrix_exhibits import matrix_blocks
from nangkis.vocabulary.figures import Figure, Label
from nangkis.workspace.tracing import follow
from tests.rooms.planning.imports import TODAY, take_budget
from tests.rooms.planning.matrices import AID, SOCIAL, made, notes, told


HEADER = "OPD;Sub Kegiatan;Pagu;Sumber Dana"
FUNDS = funds_of(packaged(), TODAY)


def money_of(folder: Path, *funds: tuple[str, int]) -> Table:
    lines = (f"{SOCIAL};{AID};{pagu};{fund}" for fund, pagu in funds)
    found = matrix_blocks(made(take_budget(folder, *lines, header=HEADER)))
    return [block for block in found if isinstance(block, Table)][-2]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("PENDAPATAN ASLI DAERAH (PAD)", "APBD: PAD"),
        ("[DAU] - Dana Transfer Umum-Dana Alokasi Umum", "APBD: DAU"),
        ("DBH Cukai Hasil Tembakau (CHT)", "APBD: DBH"),
        ("DAK Fisik-Bidang Pendidikan-Reguler-SMP", "DAK fisik"),
        ("DAK NonFisik-Dana Ketahanan Pangan dan Pertanian", "DAK nonfisik"),
        ("Dana Alokasi Khusus", "DAK (fisik atau nonfisik tidak disebut)"),
        ("Dana Desa", "Desa (Dana Desa, APB Desa)"),
        ("Bantuan Keuangan Khusus dari Pemerintah Provinsi", "Provinsi atau daerah lain"),
        ("Tugas Pembantuan", "APBN (langsung dari pusat)"),
        ("CSR PT Nikel", "Bukan pemerintah (CSR, hibah, sumbangan)"),
        ("SiLPA DAK Fisik", "APBD: pembiayaan (SiLPA, pinjaman)"),
        ("APBD Kabupaten", "APBD (sumbernya tidak dirinci)"),
        ("PAD; DAU", "APBD: PAD; APBD: DAU"),
        ("Pendapatan Zakat, Infaq, Shadaqah, dan Wakaf", "APBD: PAD"),
        ("DAU, Dana Alokasi Umum", "APBD: DAU"),
        ("PAD, kas kecil", "APBD: PAD"),
        ("Padi unggul", "Padi unggul"),  # no word of a group stands in it whole
        ("Dana Abadi", "Dana Abadi"),
    ],
)
def test_a_source_stands_by_its_group_and_an_unknown_one_by_its_own_name(name: str, shown: str) -> None:
    assert FUNDS.told(name).text == shown


def test_before_the_table_sources_stand_as_the_file_names_them() -> None:
    assert funds_of(packaged(), date(2019, 1, 1)).told("Dana Alokasi Umum") == Label("Dana Alokasi Umum")


def test_sources_of_one_group_are_one_row_and_lead_to_their_cells(tmp_path: Path) -> None:
    first, second, other = ("DAK Fisik-Bidang Jalan", 3), ("DAK Fisik-Bidang Sosial", 4), ("Kas", 5)
    workspace = take_budget(
        tmp_path, *(f"{SOCIAL};{AID};{pagu};{fund}" for fund, pagu in (first, second, other)), header=HEADER
    )
    _, money, _ = (block for block in matrix_blocks(made(workspace)) if isinstance(block, Table))
    whole, physical, own = money.rows[1:]

    assert [[told(cell) for cell in row.cells[3:]] for row in (whole, physical, own)] == [
        ["semua sumber", str(3 + 4 + 5)],
        ["DAK fisik", str(3 + 4)],
        ["Kas", "5"],
    ]
    figure = physical.cells[-1]
    assert isinstance(figure, Figure)
    traced = [cell for one in figure.origin.inputs for cell in follow(workspace, one).cells]
    assert [cell.value for cell in traced] == [400, 300]
    assert packaged().on("sumber_pendanaan", TODAY).use in figure.origin.parameters
    assert dict(figure.origin.inputs[0].where)["fund_name"] == (first[0], second[0])


def test_several_sources_of_one_group_need_no_rows_of_their_own(tmp_path: Path) -> None:
    money = money_of(tmp_path, ("DAK Fisik-Bidang Jalan", 3), ("DAK Fisik-Bidang Sosial", 4))

    assert [[told(cell) for cell in row.cells[3:]] for row in money.rows[1:]] == [["DAK fisik", "7"]]
    assert "matrix.note.funds" in notes(money)


def test_money_without_a_source_is_not_said_to_be_of_the_others(tmp_path: Path) -> None:
    money = money_of(tmp_path, ("DAU", 3), ("", 4))

    assert [[told(cell) for cell in row.cells[3:]] for row in money.rows[1:]] == [
        ["semua sumber; sebagian barisnya tidak menyebut sumber dana", "7"],
        ["APBD: DAU", "3"],
    ]


def test_a_source_without_money_is_not_shown_and_ungrouped_ones_need_no_note(tmp_path: Path) -> None:
    money = money_of(tmp_path, ("Kas", 3), ("DAU", 0))

    assert [[told(cell) for cell in row.cells[3:]] for row in money.rows[1:]] == [["Kas", "3"]]
    assert "matrix.note.funds" not in notes(money)
