"""What a plan needs beside figures and a budget: the programmes of the RPJMD, and families by decile of each place."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from nangkis.example import names
from nangkis.example.flaws import plant
from nangkis.example.grids import Cell, Dialect, Grid, Worksheet, csv_bytes, workbook_bytes
from nangkis.example.nomenclature import Office, offices, program_name
from nangkis.example.places import BUDGET_KABUPATEN, DISTRICTS, FICTIONAL, VILLAGES
from nangkis.example.series import half_up


SHEET = "Program"
PLAN_YEARS = 5
JUTA = 1_000_000
# The region's own target for poverty stands under a programme of social protection, as many RPJMD have it.
IMPACT_PROGRAM = "1.06.05"
IMPACT: list[Cell] = ["Persentase penduduk miskin", "persen", 17.3, 16.5, 15.7, 14.9, 14.1, 13.3, 13.3]
SASARAN = (("S1", "Menurunnya kemiskinan"), ("S2", "Meningkatnya pelayanan pemerintah daerah"))
RPJMD_HEADS: list[Cell] = [
    "Kode SKPD", "Nama SKPD", "Kode Sasaran", "Sasaran", "Kode Program", "Nama Program", "Indikator", "Satuan",
    "Target Awal", *(f"Target {year}" for year in range(1, PLAN_YEARS + 1)), "Target Akhir",
    *(f"Pagu {year}" for year in range(1, PLAN_YEARS + 1)),
]  # fmt: skip
DECILES = 10
DISTRICT_HEADS: list[Cell] = [
    "Kode Wilayah", "Nama Wilayah", *(f"Desil {decile}" for decile in range(1, DECILES + 1)), "Jumlah Keluarga",
    "FSVA", "Status IDM",
]  # fmt: skip
IDM = ("Sangat Tertinggal", "Tertinggal", "Berkembang", "Maju", "Mandiri")
TOTAL = "TOTAL"


def plan_files(generator: Random) -> dict[str, bytes]:
    """Return the files by name."""
    return {names.RPJMD: _rpjmd(generator), names.DISTRICTS: _districts(generator)}


def _rpjmd(generator: Random) -> bytes:
    period = f"{names.PLAN_START}-{names.PLAN_START + PLAN_YEARS - 1}"
    title = f"{FICTIONAL} - Program RPJMD {period} {BUDGET_KABUPATEN.name}"
    grid: Grid = [[title, *[None] * (len(RPJMD_HEADS) - 1)], RPJMD_HEADS]
    for office in offices(BUDGET_KABUPATEN):
        grid += _programmes(generator, office)
    plant(names.RPJMD, grid)
    return workbook_bytes([Worksheet(SHEET, grid, merged=len(RPJMD_HEADS))])


def _programmes(generator: Random, office: Office) -> Iterator[list[Cell]]:
    """Yield each programme of an office: a share that grows, and somewhat more money than its lines usually have."""
    juta: dict[str, int] = {}
    for line in office.lines(support=len(office.support)):
        code = line.code[: len("1.01.02")]
        juta[code] = juta.get(code, 0) + line.juta
    for code, usual in sorted(juta.items()):
        sasaran = SASARAN[1] if code.endswith(".01") else SASARAN[0]
        start = generator.randint(45, 75)
        step = generator.randint(2, 5)
        indicator = f"Persentase layanan {program_name(code).removeprefix('PROGRAM ').lower()} yang sesuai standar"
        targets: list[Cell] = [start + step * year for year in range(1, PLAN_YEARS + 1)]
        pagu: list[Cell] = [half_up(usual * (106 + 4 * year), 100) * JUTA for year in range(PLAN_YEARS)]
        about: list[Cell] = [office.code, office.name, *sasaran, code, program_name(code), indicator, "persen"]
        yield [*about, start, *targets, targets[-1], *pagu]
        if code == IMPACT_PROGRAM:  # a further indicator: the money above is its programme's, and is not written again
            yield [*about[:-2], *IMPACT, *([None] * PLAN_YEARS)]


def _districts(generator: Random) -> bytes:
    title = f"{FICTIONAL} - Keluarga per desil kesejahteraan, {BUDGET_KABUPATEN.name}, {names.DISTRICTS_YEAR}"
    grid: Grid = [[title, *[""] * (len(DISTRICT_HEADS) - 1)], DISTRICT_HEADS]
    total = [0] * DECILES
    for number, (code, name) in enumerate(DISTRICTS.items()):
        desa = {at: _families(generator, number) for at in VILLAGES if at.startswith(code)}
        sums = [sum(families) for families in zip(*desa.values(), strict=True)]
        total = [one + other for one, other in zip(total, sums, strict=True)]
        grid.append([code, f"Kecamatan {name}", *sums, sum(sums), 1 + number, ""])
        for at, families in desa.items():
            classes = (min(6, 1 + number + generator.randint(0, 2)), IDM[min(4, number + generator.randint(0, 1))])
            grid.append([at, f"Desa {VILLAGES[at]}", *families, sum(families), *classes])
    grid.append([TOTAL, "", *total, sum(total), "", ""])
    grid += [["", *[""] * (len(DISTRICT_HEADS) - 1)], [f"Keterangan: {FICTIONAL}", *[""] * (len(DISTRICT_HEADS) - 1)]]
    plant(names.DISTRICTS, grid)
    return csv_bytes(grid, Dialect(delimiter=";"))


def _families(generator: Random, better_off: int) -> list[int]:
    """Return a desa's families by decile, the poorest first: the remoter its kecamatan, the more of them are poor."""
    tilt = 12 - 4 * better_off
    return [generator.randint(180, 320) + tilt * (5 - decile) * 2 for decile in range(DECILES)]
