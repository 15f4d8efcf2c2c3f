"""APBD postures as the ministry of finance offers them: in billions, with "M" and a comma, or bare with a point.

Amounts are whole hundredths of a billion rupiah, so that every parent is exactly the sum of its children.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from nangkis.example import names
from nangkis.example.flaws import plant
from nangkis.example.grids import Dialect, Grid, csv_bytes, dotted_thousands
from nangkis.example.places import BUDGET_KABUPATEN, BUDGET_KOTA, CHILD, FICTIONAL, PLACES, POSTURE_YEARS, Place
from nangkis.example.series import half_up


HUNDREDTHS = 100
PER_MILLE = 1000
# Code in the order of the ministry's files, its parent, its label, and for an account without parts its share of the
# revenue per mille. What is left of spending over revenue comes from last year's surplus.
ACCOUNTS: tuple[tuple[str, str, str, int], ...] = (
    ("4", "", "Pendapatan Daerah", 0),
    ("4.1", "4", "PAD", 0),
    ("4.1.01", "4.1", "Pajak Daerah", 52),
    ("4.1.02", "4.1", "Retribusi Daerah", 11),
    ("4.1.03", "4.1", "Hasil Pengelolaan Kekayaan Daerah yang Dipisahkan", 6),
    ("4.1.04", "4.1", "Lain-Lain PAD yang Sah", 41),
    ("4.2", "4", "TKDD", 0),
    ("4.2.01", "4.2", "Pendapatan Transfer Pemerintah Pusat", 838),
    ("4.3", "4", "Pendapatan Lainnya", 0),
    ("4.2.02", "4.3", "Pendapatan Transfer Antar Daerah", 44),
    ("4.3.01", "4.3", "Pendapatan Hibah", 8),
    ("5", "", "Belanja Daerah", 0),
    ("5-pegawai", "5", "Belanja Pegawai", 0),
    ("5.1.01", "5-pegawai", "Belanja Pegawai", 402),
    ("5-barang-jasa", "5", "Belanja Barang dan Jasa", 0),
    ("5.1.02", "5-barang-jasa", "Belanja Barang dan Jasa", 271),
    ("5-modal", "5", "Belanja Modal", 0),
    ("5.2", "5-modal", "Belanja Modal", 168),
    ("5-lainnya", "5", "Belanja Lainnya", 0),
    ("5.1.04", "5-lainnya", "Belanja Subsidi", 3),
    ("5.1.05", "5-lainnya", "Belanja Hibah", 29),
    ("5.1.06", "5-lainnya", "Belanja Bantuan Sosial", 13),
    ("5.3", "5-lainnya", "Belanja Tidak Terduga", 9),
    ("5.4.02", "5-lainnya", "Belanja Bantuan Keuangan", 152),
    ("6", "", "Pembiayaan Daerah", 0),
    ("6.1", "6", "Penerimaan Pembiayaan Daerah", 0),
    ("6.1.01", "6.1", "Sisa Lebih Perhitungan Anggaran Tahun Sebelumnya", 0),
    ("6.2", "6", "Pengeluaran Pembiayaan Daerah", 0),
    ("6.2.02", "6.2", "Penyertaan Modal Daerah", 7),
)
REVENUE, SPENDING, FINANCING, RECEIPTS, SURPLUS_BEFORE, PAYMENTS = "4", "5", "6", "6.1", "6.1.01", "6.2"
LEVELS = {
    code: 0 if not parent else 1 if "." not in parent and "-" not in parent else 2 for code, parent, *_ in ACCOUNTS
}
NOTE = f"Keterangan: {FICTIONAL}, bukan angka kementerian"
Amounts = Mapping[str, int]


@dataclass(frozen=True)
class PostureOf:
    """A region that has postures: its revenue of the first year in billions, and whether they write "M"."""

    place: Place
    revenue: int
    marked: bool


REGIONS = (
    PostureOf(BUDGET_KABUPATEN, 1_048, marked=True),
    PostureOf(next(place for place in PLACES if place.code == CHILD), 622, marked=True),
    PostureOf(BUDGET_KOTA, 1_614, marked=False),
)


def posture_files(generator: Random) -> dict[str, bytes]:
    """Return the files of postures by name."""
    files: dict[str, bytes] = {}
    for of in REGIONS:
        left: int | None = None
        for year in POSTURE_YEARS:
            files[names.posture(of.place.name, year)], left = _posture(generator, of, year, left)
    return files


def _posture(generator: Random, of: PostureOf, year: int, before: int | None) -> tuple[bytes, int]:
    """Return a year's file and what the year leaves; it begins with what the year before left, None for the first."""
    revenue = of.revenue * HUNDREDTHS * (100 + 4 * (year - POSTURE_YEARS.start)) // 100
    budget = _leaves(generator, revenue)
    realised = {code: half_up(amount * _realised(generator, code), PER_MILLE) for code, amount in budget.items()}
    if before is not None:
        realised[SURPLUS_BEFORE] = before  # the budget had an estimate
    budget, realised = _summed(budget), _summed(realised)
    left = realised[REVENUE] - realised[SPENDING] + realised[FINANCING]
    grid: Grid = [["akun", "anggaran", "realisasi", "persentase"]]
    for code, _, label, _ in ACCOUNTS:
        amounts = (budget[code], realised[code])
        cells = [_written(amount, marked=of.marked) for amount in amounts]
        grid.append([" " * LEVELS[code] + label, *cells, _percent(*amounts)])
    grid.append([NOTE, "", "", ""])
    file = names.posture(of.place.name, year)
    plant(file, grid)
    return csv_bytes(grid, Dialect(encoding="utf-8")), left


def _leaves(generator: Random, revenue: int) -> dict[str, int]:
    """Return the amounts of accounts without parts; the budget balances by the surplus of the year before."""
    leaves = {
        code: half_up(revenue * share * generator.randint(970, 1030), PER_MILLE * PER_MILLE)
        for code, _, _, share in ACCOUNTS
        if share
    }
    return leaves | {SURPLUS_BEFORE: _sum(leaves, SPENDING) + _sum(leaves, PAYMENTS) - _sum(leaves, REVENUE)}


def _realised(generator: Random, code: str) -> int:
    """Return the share of an account that was realised, per mille: less of spending than of revenue."""
    if code == SURPLUS_BEFORE:
        return PER_MILLE
    return generator.randint(975, 1015) if code.startswith(REVENUE) else generator.randint(880, 955)


def _summed(leaves: Amounts) -> dict[str, int]:
    totals = {code: _sum(leaves, code) for code, *_ in ACCOUNTS}
    return totals | {FINANCING: totals[RECEIPTS] - totals[PAYMENTS]}


def _sum(leaves: Amounts, code: str) -> int:
    below = [child for child, parent, *_ in ACCOUNTS if parent == code]
    return leaves[code] if not below else sum(_sum(leaves, child) for child in below)


def _written(amount: int, *, marked: bool) -> str:
    """Return hundredths of a billion as ``2.774,77 M`` or ``2774.77``."""
    whole, part = divmod(amount, HUNDREDTHS)
    return f"{dotted_thousands(whole)},{part:02d} M" if marked else f"{whole}.{part:02d}"


def _percent(budget: int, realised: int) -> str:
    share = half_up(realised * 100 * HUNDREDTHS, budget)
    return f"{share // HUNDREDTHS}.{share % HUNDREDTHS:02d}"
