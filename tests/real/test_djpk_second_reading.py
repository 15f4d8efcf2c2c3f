"""Every amount of all 228 postures is the one in its file, and every sum that differs is found by a second reader.

The second reader is Python's csv and XML modules with the ministry's labels written out below: none of our code.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region


JATIM, SUMBAR = "03_apbd/djpk_jatim", "03_apbd/djpk_sumbar_2018_2025"
SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
SOMEWHERE = Request(region=Region.parse("kemendagri-2025:13.71"), year=2021)
BILLION_IN_SEN, RUPIAH_IN_SEN = Decimal(10**11), Decimal(100)
# Each group with what it holds; of a label that comes twice the first row is the group and the second its only part.
GROUPS = {
    "Pendapatan Daerah": ("PAD", "TKDD", "Pendapatan Lainnya"),
    "PAD": ("Pajak Daerah", "Retribusi Daerah", "Hasil Pengelolaan Kekayaan Daerah yang Dipisahkan",
            "Lain-Lain PAD yang Sah"),
    "TKDD": ("Pendapatan Transfer Pemerintah Pusat",),
    "Pendapatan Lainnya": ("Pendapatan Transfer Antar Daerah", "Pendapatan Hibah", "Dana Darurat",
        "Lain-lain Pendapatan Sesuai dengan Ketentuan Peraturan Perundang-Undangan"),
    "Belanja Daerah": ("Belanja Pegawai", "Belanja Barang Jasa", "Belanja Modal", "Belanja Lainnya"),
    "Belanja Pegawai": ("Belanja Pegawai (2)",),
    "Belanja Barang Jasa": ("Belanja Barang dan Jasa",),
    "Belanja Modal": ("Belanja Modal (2)",),
    "Belanja Lainnya": ("Belanja Bunga", "Belanja Subsidi", "Belanja Hibah", "Belanja Bantuan Sosial",
        "Belanja Tidak Terduga", "Belanja Bagi Hasil", "Belanja Bantuan Keuangan", "Belanja Lainnya (2)"),
    "Pembiayaan Daerah": ("Penerimaan Pembiayaan Daerah", "-Pengeluaran Pembiayaan Daerah"),
    "Penerimaan Pembiayaan Daerah": ("Sisa Lebih Perhitungan Anggaran Tahun Sebelumnya", "Pencairan Dana Cadangan",
        "Penjualan Kekayaan Daerah yang Dipisahkan", "Penerimaan Pinjaman Daerah",
        "Penerimaan Kembali Pemberian Pinjaman Daerah",
        "Penerimaan Pembiayaan Lainnya Sesuai dengan Ketentuan Peraturan Perundang-Undangan"),
    "Pengeluaran Pembiayaan Daerah": ("Pembentukan Dana Cadangan", "Penyertaan Modal Daerah",
        "Pembayaran Cicilan Pokok Utang yang Jatuh Tempo", "Pemberian Pinjaman Daerah",
        "Pengeluaran Pembiayaan Lainnya Sesuai dengan Ketentuan Peraturan Perundang-Undangan"),
}  # fmt: skip
DAMAGED = {"Belanjaodal": "Belanja Modal", "Penyertaanodal Daerah": "Penyertaan Modal Daerah"}
COLUMNS = {"B": "budget_sen", "C": "realised_sen"}


@dataclass(frozen=True)
class Line:
    """One row as the second reader sees it, amounts in sen; None for an empty cell."""

    row: int
    label: str
    amounts: dict[str, Decimal | None]


def jatim(path: Path) -> list[Line]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return [
        Line(at, " ".join(label.split()), {"B": billions(budget), "C": billions(realised)})
        for at, (label, budget, realised, *_) in enumerate(rows, start=2)
    ]


def billions(cell: str) -> Decimal | None:
    """Read "2777.29" of 2021 and "2.774,77 M" of 2022."""
    if not cell:
        return None
    bare = cell.removesuffix("M").strip()
    return Decimal(bare.replace(".", "").replace(",", ".") if cell.endswith("M") else bare) * BILLION_IN_SEN


def sumbar(path: Path) -> list[Line]:
    rows = ET.parse(path).getroot().iter(f"{SPACE}Row")  # noqa: S314 - an official file of our own
    lines = [[data.text or "" for data in row.iter(f"{SPACE}Data")] for row in rows]
    return [
        Line(at, " ".join(label.split()), {"B": Decimal(budget) * RUPIAH_IN_SEN, "C": Decimal(got) * RUPIAH_IN_SEN})
        for at, (label, budget, got, *_) in enumerate(lines[1:], start=2)
    ]


def keyed(lines: Iterable[Line]) -> dict[str, Line]:
    """Return the lines by label, the second of one label marked so; goods and services have two spellings."""
    found: dict[str, Line] = {}
    for line in lines:
        label = DAMAGED.get(line.label, line.label)
        if label == "Belanja Barang dan Jasa" and "Belanja Barang Jasa" not in found:
            label = "Belanja Barang Jasa"
        found[f"{label} (2)" if label in found else label] = line
    return found


def differing(lines: list[Line], half_place: Callable[[Decimal], Decimal]) -> Iterator[str]:
    """Yield the cells of all sums that their parts do not give, half a last place allowed for each number.

    An empty cell among the parts counts as nothing; a group without any part is not asked.
    """
    by_label = keyed(lines)
    for group, parts in GROUPS.items():
        there = [(Decimal(-1 if part[0] == "-" else 1), by_label.get(part.lstrip("-"))) for part in parts]
        for column in COLUMNS:
            added = [sign * (part.amounts[column] or 0) for sign, part in there if part is not None]
            whole = by_label[group].amounts[column] if group in by_label else None
            if whole is not None and added and abs(whole - sum(added)) > sum(map(half_place, [whole, *added])):
                yield f"{column}{by_label[group].row}"


def of_billions(_: Decimal) -> Decimal:
    """Half of the second decimal of a billion."""
    return BILLION_IN_SEN * Decimal("0.005")


def of_fourteen_digits(sen: Decimal) -> Decimal:
    """The exports write fourteen digits at most: of a hundred billion rupiah on, not all sen."""
    hidden = len(str(int(abs(sen)))) - 14
    return Decimal(10) ** hidden / 2 if hidden > 0 else Decimal(0)


def check(path: Path, lines: list[Line], half_place: Callable[[Decimal], Decimal]) -> tuple[SheetOutcome, list[str]]:
    """Compare one file; return what our reader made of it, and the sums that differ."""
    (outcome,) = read_file(path, SOMEWHERE, parameters=packaged(), on=date(2026, 11, 24))
    assert outcome.reading is not None, outcome.refusal
    assert (outcome.rows_in, outcome.rows_frame, outcome.rows_accepted) == (len(lines) + 1, 1, len(lines))
    for line, read in zip(lines, outcome.reading.frame.iter_rows(named=True), strict=True):
        assert (read["_row"], read["account_name"]) == (line.row, line.label)
        for column, name in COLUMNS.items():
            assert read[name] == line.amounts[column], (path.name, line)
    told = [one.at.rpartition("!")[2] for one in outcome.findings if one.code == "posture-sum-differs"]
    found = list(differing(lines, half_place))
    assert sorted(told) == sorted(found), path.name
    return outcome, found


@pytest.mark.parametrize(("year", "count"), [("2021", 6), ("2022", 12)])
def test_jawa_timur_to_the_last_printed_place(shared_data: Path, year: str, count: int) -> None:
    files = sorted((shared_data / JATIM / year).glob("*.csv"))
    assert len(files) == 38

    found = [cell for path in files for cell in check(path, jatim(path), of_billions)[1]]

    assert len(found) == count


def test_the_indents_of_2021_say_the_same_tree(shared_data: Path) -> None:
    """Only this year shows its tree; the labels above must mean the same sums."""
    for path in (shared_data / JATIM / "2021").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            labels = [row[0] for row in csv.reader(stream)][1:]
        above: dict[int, str] = {}
        for label in labels:
            depth, name = (len(label) - len(label.lstrip())) // 4, DAMAGED.get(label.strip(), label.strip())
            above[depth] = "Belanja Barang Jasa" if name == "Belanja Barang dan Jasa" else name
            parent = above.get(depth - 1) if depth else None
            if parent is not None:
                assert above[depth] in {part.lstrip("-") for part in GROUPS[parent]}, (path.name, label)


def test_sumatera_barat_to_the_sen(shared_data: Path) -> None:
    files = sorted((shared_data / SUMBAR).glob("pemda-*.xml"))
    assert len(files) == 152
    with_sen = 0

    found = []
    for path in files:
        lines = sumbar(path)
        found += check(path, lines, of_fourteen_digits)[1]
        with_sen += sum(any((amount or 0) % 100 for amount in line.amounts.values()) for line in lines)

    assert len(found) == 60
    assert with_sen > 1000
