"""Every flaw that the example promises stands at its address, seen by other readers than ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import openpyxl
import pytest

from nangkis.example import names
from nangkis.example.flaws import PLANTED, Flaw, FlawKind, flaws_of, positions
from nangkis.example.province import example_files


FILES = example_files(seed=2026, language="id")
ENCODINGS = {names.lines(2021): "latin-1", names.lines(2023): "utf-16"}
DELIMITERS = {names.lines(2021): ";", names.lines(2023): "\t", names.PAGU_KOTA: ";", names.DISTRICTS: ";"}
Values = list[object]
NBSP = "\N{NO-BREAK SPACE}"

LOOKS: dict[FlawKind, Callable[[Values], bool]] = {
    FlawKind.DASH: lambda values: values == ["-"],
    FlawKind.NOT_AVAILABLE: lambda values: values == ["n.a."],
    FlawKind.LETTER_O: lambda values: str(values[0]).endswith("O") and "," in str(values[0]),
    FlawKind.HARD_SPACE: lambda values: NBSP in str(values[0]) and " " not in str(values[0]),
    FlawKind.DECIMAL_COMMA: lambda values: sum("," in str(value) for value in values) > len(values) * 0.8,
    FlawKind.DOTTED_THOUSANDS: lambda values: all(str(value)[-4] == "." for value in values),
    FlawKind.LOST_THOUSANDS: lambda values: len(str(values[0])) == len("389"),
    FlawKind.NOTES_BELOW: lambda values: str(values[0]).startswith("Keterangan"),
    FlawKind.MERGED_TITLE: lambda values: str(values[0]).startswith("DATA FIKTIF") and not any(values[1:]),
    FlawKind.TRAILING_DOT: lambda values: all(str(value).endswith("Kebudayaan.") for value in values),
    FlawKind.LINE_BREAK: lambda values: "\n" in str(values[0]),
    FlawKind.RUPIAH_TEXT: lambda values: values == ["Rp 125.000.000,-"],
    FlawKind.ZERO: lambda values: values == [0],
    FlawKind.BLANK_AMOUNTS: lambda values: 0.08 < sum(v in {None, ""} for v in values) / len(values) < 0.2,
    FlawKind.BLANK_ROW: lambda values: not any(values),
    FlawKind.MALFORMED_CODE: lambda values: str(values[0]).startswith("1.06.O4."),
    FlawKind.TOTAL_ROW: lambda values: values[0] == "TOTAL",
    FlawKind.DAMAGED_LABEL: lambda values: values == [" Belanjaodal"],
    FlawKind.DOTS: lambda values: values.count("...") >= 12,
}


def workbook(file: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(FILES[file]))


def rows_of(file: str, sheet: str) -> list[Values]:
    if file.endswith(".xlsx"):
        return [list(row) for row in workbook(file)[sheet].iter_rows(values_only=True)]
    text = FILES[file].decode(ENCODINGS.get(file, "utf-8-sig"))
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=DELIMITERS.get(file, ","))]


def values_at(flaw: Flaw) -> Values:
    rows = rows_of(flaw.file, flaw.sheet)
    return [rows[row][column] for row, column in positions(flaw.cells)]


@pytest.mark.parametrize(
    "flaw", [flaw for flaw in PLANTED if flaw.kind in LOOKS], ids=lambda flaw: f"{flaw.kind.name}-{flaw.file}-{flaw.at}"
)
def test_a_flaw_of_cells_stands_at_its_address(flaw: Flaw) -> None:
    assert LOOKS[flaw.kind](values_at(flaw))


def test_no_flaw_is_left_unlooked_at() -> None:
    elsewhere = {
        FlawKind.LATIN_1,
        FlawKind.UTF_16,
        FlawKind.CRLF,
        FlawKind.HIDDEN_SHEET,
        FlawKind.BACKFILLED,
        FlawKind.TWO_SOURCES,
        FlawKind.REPEATED_KEY,
        FlawKind.TOTAL_DIFFERS,
        FlawKind.UNIT_UNSAID,
    }

    assert set(FlawKind) == set(LOOKS) | elsewhere
    assert {flaw.kind for flaw in PLANTED} == set(FlawKind)


def test_the_encodings_are_what_they_are_said_to_be() -> None:
    assert b"\xb1" in FILES[names.lines(2021)]
    assert FILES[names.lines(2023)].startswith(b"\xff\xfe")
    assert FILES[names.lines(2018)].startswith(b"\xef\xbb\xbf")
    assert FILES[names.lines(2025)].count(b"\r\n") == 16 - 1
    with pytest.raises(UnicodeDecodeError):
        FILES[names.lines(2021)].decode()


def test_the_second_sheet_is_hidden_and_the_title_is_merged() -> None:
    book = workbook(names.WIDE)

    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("Data", "visible"), ("Catatan", "hidden")]
    assert [str(merged) for merged in book["Data"].merged_cells.ranges] == ["A1:P1"]


def test_the_child_region_repeats_its_parent_before_the_split() -> None:
    (flaw,) = (flaw for flaw in PLANTED if flaw.kind is FlawKind.BACKFILLED)
    rows = rows_of(flaw.file, flaw.sheet)
    (child, first), *_ = positions(flaw.cells)

    assert rows[child][1] == "90.10"
    assert rows[child][first : first + 3] == rows[child - 1][first : first + 3]


def test_only_one_share_differs_between_the_two_sources() -> None:
    wide = {str(row[0]): row for row in rows_of(names.WIDE, "Data")[2:]}
    differing = []
    for year in (2023, 2024, 2025):
        rows = rows_of(names.poor(year), "csv")
        column = rows[1].index("Persentase Penduduk Miskin - Maret")
        for number, row in enumerate(rows[3:15], start=4):
            name = str(row[0]) if str(row[0]).startswith("Kota") else f"Kab. {row[0]}"
            cells = wide.get(name) or wide[name.replace(" ", NBSP)]
            if float(str(row[column])) != cells[2 + year - 2012]:
                differing.append((year, number, column))

    assert differing == [(2024, 5, "ABCDEFG".index("F"))]


def test_a_repeated_key_stands_right_below_its_twin() -> None:
    rows = rows_of(names.PAGU_KABUPATEN, "Pagu")
    keys = [(row[0], row[1]) for row in rows[2:-1]]
    repeated = [number for number, key in enumerate(keys, start=3) if key in keys[: number - 3]]

    planted = [flaw for flaw in flaws_of(names.PAGU_KABUPATEN) if flaw.kind is FlawKind.REPEATED_KEY]
    assert [f"Pagu!B{number}" for number in repeated] == [flaw.at for flaw in planted]
    assert all(isinstance(rows[number - 2][2], int) for number in repeated)
