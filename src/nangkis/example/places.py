"""The fictional province: names, codes of the system ``contoh``, and how poverty runs in each region."""

from __future__ import annotations

from dataclasses import dataclass


FIRST_YEAR, LAST_YEAR = 2012, 2025
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
POSTURE_YEARS = range(2022, 2025)
# Contoh Rimba left Contoh Bukit on this day; what is published of it for earlier years is the parent's value.
CHILD, PARENT, SPLIT_ON = "90.10", "90.09", "2014-06-01"
# Its share of poor people equals the province's in the last year.
TYPICAL = "90.03"
FICTIONAL = "DATA FIKTIF"


@dataclass(frozen=True)
class Place:
    """A region with the run of its figures: all invented.

    ``share_2012`` and ``yearly`` are in hundredths of a percent; ``people_2012`` in persons, growing by ``growth``
    per ten thousand a year; ``line_2018`` in rupiah per person per month.
    """

    code: str
    name: str
    share_2012: int
    yearly: int
    people_2012: int
    growth: int
    line_2018: int

    @property
    def published_name(self) -> str:
        """The name as statistical tables write it: a kabupaten without its kind."""
        return self.name.removeprefix("Kabupaten ")


NATION = Place("00", "Negara Contoh", 1166, -23, 24_600_000, 105, 401_220)
PROVINCE_CODE, PROVINCE_NAME = "90", "Provinsi Nusa Contoh"
PROVINCE_IN_CAPITALS = "NUSA CONTOH"

# Two rise (Pesisir, Rimba), one stands far above the province (Hulu), the rest fall slowly.
PLACES = (
    Place("90.01", "Kabupaten Contoh Barat", 1492, -29, 391_400, 118, 352_410),
    Place("90.02", "Kabupaten Contoh Timur", 1320, -24, 342_900, 104, 338_775),
    Place("90.03", "Kabupaten Contoh Utara", 1290, -20, 268_300, 96, 361_902),
    Place("90.04", "Kabupaten Contoh Selatan", 1105, -17, 301_700, 121, 344_318),
    Place("90.05", "Kabupaten Contoh Hulu", 2118, -31, 187_600, 135, 318_264),
    Place("90.06", "Kabupaten Contoh Hilir", 1263, -22, 224_500, 99, 340_087),
    Place("90.07", "Kabupaten Contoh Pesisir", 1018, 14, 158_200, 110, 356_733),
    Place("90.08", "Kabupaten Contoh Lembah", 1377, -26, 139_800, 92, 329_546),
    Place("90.09", "Kabupaten Contoh Bukit", 1444, -24, 173_100, 88, 321_850),
    Place("90.10", "Kabupaten Contoh Rimba", 1460, 9, 84_700, 141, 312_995),
    Place("90.71", "Kota Contoh Raya", 612, -11, 452_600, 152, 447_680),
    Place("90.72", "Kota Contoh Hilir", 884, -15, 131_900, 127, 418_209),
)
BUDGET_KABUPATEN, BUDGET_KOTA = PLACES[4], PLACES[10]
# Its budget is the one by account; it has no pagu sheet.
ACCOUNTS_KABUPATEN = PLACES[1]

# Kecamatan of the kabupaten and the desa in them, as the register has them: the one region whose places are invented.
_WORDS = ("Satu", "Dua", "Tiga", "Empat")
_DESA = ("Jaya", "Makmur", "Sari", "Indah", "Baru")
DISTRICTS = {f"90.05.{number:02d}": f"Hulu {word}" for number, word in enumerate(_WORDS, start=1)}
VILLAGES = {
    f"{code}.{2000 + number}": f"{name} {word}"
    for code, name in DISTRICTS.items()
    for number, word in enumerate(_DESA, start=1)
}
