"""Text parted by commas, semicolons, tabs or bars: the delimiter is seen in the content, whatever the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.limits import limits_on
from nangkis.parameters.loader import packaged
from tests.rooms.intake.files import DAY, codes, read_text, values


LIMITS = limits_on(packaged(), DAY)
MARKS = pytest.mark.parametrize("mark", [",", ";", "\t", "|"])


def cells_of(folder: Path, text: str) -> list[list[str | None]]:
    path = folder / "a.tsv"
    path.write_text(text, encoding="utf-8")
    (sheet,) = read_sheets(path, LIMITS)
    return [list(row) for row in zip(*(column.text.to_list() for column in sheet.columns), strict=True)]


@MARKS
@pytest.mark.parametrize("name", ["a.tsv", "a.txt", "a.csv", "a.xls"])
def test_a_table_is_read_whatever_its_mark_and_name(tmp_path: Path, mark: str, name: str) -> None:
    lines = [("Kabupaten/Kota", "Garis Kemiskinan 2020"), ("Kota Palu", "500000"), ("Kabupaten Poso", "450000")]
    text = "\n".join(mark.join(line) for line in lines)
    assert values(read_text(tmp_path, text, name=name)) == {"Kota Palu": 500_000, "Kabupaten Poso": 450_000}


@MARKS
def test_leading_zeros_quotes_and_errors_stay_as_written(tmp_path: Path, mark: str) -> None:
    rows = [["0072", f"a{mark}b", "12,5%"], ["01", 'c "d"', "#N/A"]]
    text = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert cells_of(tmp_path, text) == rows


@MARKS
def test_an_error_cell_is_named_and_gives_no_value(tmp_path: Path, mark: str) -> None:
    lines = [("Kabupaten/Kota", "Garis Kemiskinan 2020"), ("Kota Palu", "#N/A"), ("Kabupaten Poso", "450000")]
    outcome = read_text(tmp_path, "\n".join(mark.join(line) for line in lines))
    assert "cell-error" in codes(outcome)
    assert "Kota Palu" not in {name for name, value in values(outcome).items() if value is not None}


def test_bars_and_tabs_within_cells_of_another_mark_part_nothing(tmp_path: Path) -> None:
    rows = [["a|b", "c\td", "e"], ["f|g", "h\ti", "j"]]
    assert cells_of(tmp_path, "\n".join(",".join(row) for row in rows)) == rows
