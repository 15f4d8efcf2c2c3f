"""Budgets by account in the 22 columns of SIPD: the example's, and large ones with memory that does not grow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from random import Random

from nangkis.example import names
from nangkis.example.flaws import plant
from nangkis.example.grids import Cell, Grid, Worksheet, open_workbook, workbook_bytes, write_row
from nangkis.example.nomenclature import SALARIES, Line, Office, offices, program_name
from nangkis.example.places import ACCOUNTS_KABUPATEN, BUDGET_KABUPATEN, FICTIONAL


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
# Further ones, so that a budget of one region has thousands of lines without naming an account twice.
MORE_ACCOUNTS = (
    ("5.1.02.01.01.0026", "Belanja Bahan Cetak"),
    ("5.1.02.01.01.0031", "Belanja Alat Listrik"),
    ("5.1.02.02.01.0026", "Belanja Jasa Tenaga Administrasi"),
    ("5.1.02.03.02.0117", "Belanja Pemeliharaan Peralatan Kantor"),
    ("5.1.02.04.01.0003", "Belanja Perjalanan Dinas Dalam Kota"),
)
SUPPORT_ACCOUNTS = (*ACCOUNTS, *MORE_ACCOUNTS[:-1])
SALARY_ACCOUNTS = (
    ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS"),
    ("5.1.01.01.02.0001", "Belanja Tunjangan Keluarga PNS"),
    ("5.1.01.01.03.0001", "Belanja Tunjangan Jabatan PNS"),
    ("5.1.01.01.04.0001", "Belanja Tunjangan Fungsional PNS"),
    ("5.1.01.01.05.0001", "Belanja Tunjangan Fungsional Umum PNS"),
    ("5.1.01.01.06.0001", "Belanja Tunjangan Beras PNS"),
    ("5.1.01.01.07.0001", "Belanja Tunjangan PPh/Tunjangan Khusus PNS"),
    ("5.1.01.01.09.0001", "Belanja Iuran Jaminan Kesehatan PNS"),
    ("5.1.01.01.10.0001", "Belanja Iuran Jaminan Kecelakaan Kerja PNS"),
    ("5.1.01.01.11.0001", "Belanja Iuran Jaminan Kematian PNS"),
)
TITLE_ROWS = 2
OFFICE_NAME = HEADS.index("nama_skpd")
FUNDS = (("1.1.01", "Pendapatan Asli Daerah"), ("1.2.01", "Dana Alokasi Umum"))
JUTA, ROUND = 1_000_000, 1_000


def account_files(generator: Random) -> dict[str, bytes]:
    """Return the example's budget by account, by name: one kabupaten, with a total below."""
    grid: Grid = [
        [f"{FICTIONAL} - APBD {names.ACCOUNTS_YEAR} {ACCOUNTS_KABUPATEN.name}", *[None] * (len(HEADS) - 1)],
        HEADS,
    ]
    grid += _budget(generator)
    plant(names.ACCOUNTS, grid)
    total: list[Cell] = [None] * len(HEADS)
    # A sum in a spreadsheet passes over the amount that is text.
    total[OFFICE_NAME], total[-1] = "TOTAL", sum(row[-1] for row in grid[TITLE_ROWS:] if isinstance(row[-1], int))
    grid.append(total)
    return {names.ACCOUNTS: workbook_bytes([Worksheet(SHEET, grid, merged=len(HEADS))])}


def _budget(generator: Random) -> Iterator[list[Cell]]:
    """Every office's lines, each parted among as many accounts, with no account of a line twice."""
    for office in offices(ACCOUNTS_KABUPATEN):
        for line in office.lines(support=len(office.support)):
            accounts = (*ACCOUNTS, *MORE_ACCOUNTS) if line in office.own else SUPPORT_ACCOUNTS
            accounts = SALARY_ACCOUNTS if line.code.endswith(SALARIES) else accounts
            parts = [generator.randint(1, 90) for _ in accounts]
            whole = line.juta * JUTA // ROUND
            amounts = [whole * part // sum(parts) * ROUND for part in parts]
            levels = _levels(office, office.code, line, year=names.ACCOUNTS_YEAR)
            for position, (account, amount) in enumerate(zip(accounts, amounts, strict=True)):
                yield [*levels, *_bought(position, account, amount)]


def _bought(position: int, account: tuple[str, str], amount: int) -> list[Cell]:
    """Fund, account, price standard and amount of the account at a position of its line."""
    return [*FUNDS[position % len(FUNDS)], *account, f"{account[0]}.01", account[1], amount]


def big_accounts(path: Path, *, rows: int, seed: int) -> None:
    """Write a workbook of ``rows`` lines by account; no key of office, sub kegiatan and account is repeated."""
    with open_workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(SHEET)
        write_row(page, 0, HEADS)
        for number, cells in enumerate(itertools.islice(_endless(Random(seed)), rows), start=1):  # noqa: S311 - invented
            write_row(page, number, cells)


def account_lines() -> Iterator[list[Cell]]:
    """Yield without end what lines say between year and amount, no office, sub kegiatan and account twice.

    Every office comes with all its lines and their accounts, again and again under another number of its unit.
    """
    for number, office in enumerate(itertools.cycle(offices(BUDGET_KABUPATEN)), start=1):
        code = f"{office.code[: -len('00.0000')]}{number % 100:02d}.{number // 100:04d}"
        for line in office.lines(support=len(office.support)):
            levels = _levels(office, code, line, year=names.BUDGET_YEAR)[1:]
            for position, account in enumerate(ACCOUNTS):
                yield [*levels, *_bought(position, account, 0)[:-1]]


def _endless(generator: Random) -> Iterator[list[Cell]]:
    for cells in account_lines():
        yield [names.BUDGET_YEAR, *cells, generator.randint(1, 90) * JUTA // 10]


def _levels(office: Office, code: str, line: Line, *, year: int) -> list[Cell]:
    urusan, bidang, program, kegiatan = (line.code[:length] for length in (1, 4, 7, 12))
    return [
        year, urusan, f"Urusan {urusan}", code, office.name, code, office.name, bidang, f"Bidang {bidang}",
        program, program_name(program), kegiatan, f"Kegiatan {kegiatan}", line.code, line.name,
    ]  # fmt: skip
