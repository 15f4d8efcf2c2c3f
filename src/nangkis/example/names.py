"""What the example's files are called: as people call them, so that a year stands in the name only."""

from __future__ import annotations


WIDE = "persentase penduduk miskin 2012-2025.xlsx"
PROVINCES = "Persentase Penduduk Miskin Menurut Provinsi, 2012-2022.xlsx"
PAGU_KABUPATEN = "pagu RKPD 2026 Kabupaten Contoh Hulu.xlsx"
PAGU_KOTA = "pagu RKPD 2026 Kota Contoh Raya.csv"
MAP = "peta.yaml"
README = {"id": "BACA SAYA.txt", "en": "README.txt"}
BUDGET_YEAR = 2026


def lines(year: int) -> str:
    """The file of poverty lines of a year."""
    return f"Garis Kemiskinan Menurut Kabupaten_Kota, {year}.csv"


def poor(year: int) -> str:
    """The file of the number and share of poor people of a year."""
    return f"Jumlah dan Persentase Penduduk Miskin Menurut Kabupaten_Kota, {year}.csv"
