"""The raw files of published indicators, in the shapes of real ones."""

from __future__ import annotations

from nangkis.example import names
from nangkis.example.flaws import plant
from nangkis.example.grids import Cell, Dialect, Grid, Worksheet, csv_bytes, hundredths, workbook_bytes
from nangkis.example.places import (
    FICTIONAL,
    FIRST_YEAR,
    LAST_YEAR,
    NATION,
    PLACES,
    PROVINCE_CODE,
    PROVINCE_IN_CAPITALS,
    YEARS,
)
from nangkis.example.series import COUNT_YEARS, LINE_YEARS, PERSONS_PER_STEP, Series, half_up, poor_people


ROWS = ((PROVINCE_CODE, PROVINCE_IN_CAPITALS), *((place.code, place.published_name) for place in PLACES))
HEAD = "Provinsi/Kabupaten/Kota"
DOTS = "..."
LATIN_1_YEAR, UTF_16_YEAR, CRLF_YEAR, NOTES_YEAR = 2021, 2023, 2025, 2024
# Python's "utf-16" writes the machine's own order of bytes; the example has to be the same everywhere.
DIALECTS = {
    LATIN_1_YEAR: Dialect(delimiter=";", encoding="latin-1"),
    UTF_16_YEAR: Dialect(delimiter="\t", encoding="utf-16-le"),
    CRLF_YEAR: Dialect(newline="\r\n"),
}
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LINE_NOTES = {
    LATIN_1_YEAR: ["Keterangan: angka dibulatkan (\N{PLUS-MINUS SIGN} 1 rupiah)"],
    NOTES_YEAR: [
        "Keterangan: garis kemiskinan bulan Maret",
        f"{FICTIONAL}, bukan angka resmi",
        "Sumber: BPS Negara Contoh",
    ],
}
# What the second source says of one region in one year, in hundredths of a percent more than the first.
OTHER_SOURCE = {("90.02", 2024): 15}
SURVEYED_TWICE = range(2024, LAST_YEAR + 1)
LINE_RISE_PER_MILLE = 1024


def poverty_files(series: Series) -> dict[str, bytes]:
    """Return the files of indicators by name."""
    files = {names.lines(year): _lines(series, year) for year in LINE_YEARS}
    files |= {names.poor(year): _poor(series, year) for year in COUNT_YEARS}
    return files | {names.WIDE: _wide(series), names.PROVINCES: _provinces(series)}


def _lines(series: Series, year: int) -> bytes:
    dialect = DIALECTS.get(year, Dialect())
    title = f"Garis Kemiskinan Menurut Kabupaten/Kota (Rupiah/kapita/bulan) - {FICTIONAL}"
    grid: Grid = [[HEAD, ""], ["", title], ["", str(year)]]
    grid += [[name, series.line[code, year]] for code, name in ROWS]
    grid += _notes(LINE_NOTES.get(year, []), width=2)
    plant(names.lines(year), grid)
    if year == UTF_16_YEAR:
        grid[0][0] = MARK + HEAD
    return csv_bytes(grid, dialect)


def _poor(series: Series, year: int) -> bytes:
    """Number and share of poor people of regions, province and nation; the last two also in September."""
    title = f"{FICTIONAL} - Jumlah dan Persentase Penduduk Miskin Menurut Kabupaten/Kota, {year}"
    twice = year in SURVEYED_TWICE
    heads = [
        "Jumlah Penduduk Miskin - Maret (ribu) (Ribu)",
        "Jumlah Penduduk Miskin - September (ribu) (Ribu)",
        "Persentase Penduduk Miskin - Maret",
        "Persentase Penduduk Miskin - September",
    ]
    if twice:
        heads = ["Garis Kemiskinan - Maret (Rp)", "Garis Kemiskinan - September (Rp)", *heads]
    rows = [[name, *_poor_row(series, code, year, twice=twice)] for code, name in (*ROWS, (NATION.code, NATION.name))]
    grid: Grid = [[title, *[""] * len(heads)], [HEAD, *heads], *rows]
    if not twice:
        notes = ["Keterangan", f"September {year} tidak dilakukan penghitungan kemiskinan", "Sumber: BPS Negara Contoh"]
        grid += _notes(notes, width=len(heads) + 1)
    plant(names.poor(year), grid)
    return csv_bytes(grid, Dialect(encoding="utf-8" if twice else "utf-8-sig"))


def _poor_row(series: Series, code: str, year: int, *, twice: bool) -> list[Cell]:
    share = series.share[code, year] + OTHER_SOURCE.get((code, year), 0)
    counts = [_thousands(series.poor[code, year]), DOTS, hundredths(share), DOTS]
    september = series.september.get((code, year))
    if not twice:
        return [*counts]
    lines = [str(series.line[code, year]), DOTS]
    if september is not None:
        lines[1] = str(half_up(series.line[code, year] * LINE_RISE_PER_MILLE, 1000))
        counts[1] = _thousands(poor_people(september, people=series.people[code, year]))
        counts[3] = hundredths(september)
    return [*lines, *counts]


def _thousands(people: int) -> str:
    return hundredths(people // PERSONS_PER_STEP)


def _wide(series: Series) -> bytes:
    years = f"{FIRST_YEAR}-{LAST_YEAR}"
    title = f"{FICTIONAL} - Persentase Penduduk Miskin (P0) Menurut Kabupaten/Kota, Maret, {years} (Persen)"
    grid: Grid = [[title, *[None] * (len(YEARS) + 1)], ["Kabupaten/Kota", "Kode", *[f"p0_{year}" for year in YEARS]]]
    for place in PLACES:
        name = place.name.replace("Kabupaten", "Kab.")
        grid.append([name, place.code, *[series.share[place.code, year] / 100 for year in YEARS]])
    plant(names.WIDE, grid)
    notes: Grid = [[f"{FICTIONAL}. Lembar kerja lama, jangan dipakai."], ["Contoh Barat", "90.01", 99.99]]
    return workbook_bytes([Worksheet("Data", grid, merged=len(grid[1])), Worksheet("Catatan", notes, hidden=True)])


def _provinces(series: Series) -> bytes:
    years = [year for year in YEARS if year < COUNT_YEARS.start]
    title = f"{FICTIONAL} - Persentase Penduduk Miskin (P0) Menurut Provinsi, Maret (Persen)"
    grid: Grid = [[title, *[None] * len(years)], ["Provinsi", *years]]
    for code, name in ((PROVINCE_CODE, PROVINCE_IN_CAPITALS), (NATION.code, NATION.name)):
        grid.append([name, *[series.share[code, year] / 100 for year in years]])
    return workbook_bytes([Worksheet("Data", grid)])


def _notes(texts: list[str], *, width: int) -> Grid:
    """A blank row and notes below a table; nothing when there are none."""
    lines = ["", *texts] if texts else []
    return [[text, *[""] * (width - 1)] for text in lines]
