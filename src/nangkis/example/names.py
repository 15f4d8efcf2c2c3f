"""What the example's files are called: as people call them, so that a year stands in the name only."""

from __future__ import annotations


WIDE = "persentase penduduk miskin 2012-2025.xlsx"
PROVINCES = "Persentase Penduduk Miskin Menurut Provinsi, 2012-2022.xlsx"
PAGU_KABUPATEN = "pagu RKPD 2026 Kabupaten Contoh Hulu.xlsx"
PAGU_KOTA = "pagu RKPD 2026 Kota Contoh Raya.csv"
ACCOUNTS = "anggaran APBD 2025 Kabupaten Contoh Timur.xlsx"
RPJMD = "program RPJMD 2025-2029 Kabupaten Contoh Hulu.xlsx"
DISTRICTS = "keluarga per desil 2025 Kabupaten Contoh Hulu.csv"
MAP = "peta.yaml"
README = {"id": "BACA SAYA.txt", "en": "README.txt"}
BUDGET_YEAR = 2026
ACCOUNTS_YEAR = 2025
PLAN_START = 2025
DISTRICTS_YEAR = 2025


def lines(year: int) -> str:
    """The file of poverty lines of a year."""
    return f"Garis Kemiskinan Menurut Kabupaten_Kota, {year}.csv"


def poor(year: int) -> str:
    """The file of the number and share of poor people of a year."""
    return f"Jumlah dan Persentase Penduduk Miskin Menurut Kabupaten_Kota, {year}.csv"


def posture(name: str, year: int) -> str:
    """The file of the APBD posture of a region and year, named as the ministry's downloads are."""
    return f"APBD_{name.replace(' ', '_')}_{year}.csv"
