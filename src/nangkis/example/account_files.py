"""Budgets by account in the 22 columns of SIPD: large ones for benchmarks, with memory that does not grow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random

from nangkis.example import names
from nangkis.example.grids import Cell, open_workbook, write_row
from nangkis.example.nomenclature import Line, Office, offices
from nangkis.example.places import BUDGET_KABUPATEN


HEADS: list[Cell] = [
    "tahun", "kode_urusan", "nama_urusan", "kode_skpd", "nama_skpd", "kode_sub_unit", "nama_sub_unit",
    "kode_bidang_urusan", "nama_bidang_urusan", "kode_program", "nama_program", "kode_kegiatan", "nama_kegiatan",
    "kode_sub_kegiatan", "nama_sub_kegiatan", "kode_sumber_dana", "nama_sumber_dana", "kode_rekening", "nama_rekening",
    "kode_standar_harga", "nama_standar_harga", "pagu",
]  # fmt: skip
SHEET = "Anggaran"
# What a sub kegiatan buys: code and name of the account.
ACCOUNTS = (
    ("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor"),
    ("5.1.02.01.01.0025", "Belanja Kertas dan Cover"),
    ("5.1.02.01.01.0052", "Belanja Makanan dan Minuman Rapat"),
    ("5.1.02.02.01.0003", "Honorarium Narasumber"),
    ("5.1.02.04.01.0001", "Belanja Perjalanan Dinas Biasa"),
    ("5.2.02.05.01.0004", "Belanja Modal Alat Kantor Lainnya"),
)
FUNDS = (("1.1.01", "Pendapatan Asli Daerah"), ("1.2.01", "Dana Alokasi Umum"))
JUTA = 1_000_000


def big_accounts(path: Path, *, rows: int, seed: int) -> None:
    """Write a workbook of ``rows`` lines by account; no key of office, sub kegiatan and account is repeated."""
    with open_workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        write_row(page, 0, HEADS)
        for number, cells in enumerate(itertools.islice(_endless(Random(seed)), rows), start=1):  # noqa: S311 - invented
            write_row(page, number, cells)


def _endless(generator: Random) -> Iterator[list[Cell]]:
    """Every office with all its lines and their accounts, again and again under another number of its unit."""
    for number, office in enumerate(itertools.cycle(offices(BUDGET_KABUPATEN)), start=1):
        code = f"{office.code[: -len('00.0000')]}{number % 100:02d}.{number // 100:04d}"
        for line in office.lines(support=len(office.support)):
            for position, account in enumerate(ACCOUNTS):
                fund = FUNDS[position % len(FUNDS)]
                amount = generator.randint(1, 90) * JUTA // 10
                yield [*_levels(office, code, line), *fund, *account, f"{account[0]}.01", account[1], amount]


def _levels(office: Office, code: str, line: Line) -> list[Cell]:
    urusan, bidang, program, kegiatan = (line.code[:length] for length in (1, 4, 7, 12))
    return [
        names.BUDGET_YEAR, urusan, f"Urusan {urusan}", code, office.name, code, office.name, bidang, f"Bidang {bidang}",
        program, f"Program {program}", kegiatan, f"Kegiatan {kegiatan}", line.code, line.name,
    ]  # fmt: skip
