"""The data sheet: what each figure's origin says stands in columns of its own, so that a pivot adds them up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from nangkis.content.catalogue import LANGUAGES, Language
from nangkis.content.tree import Column, Document, Row, Table
from nangkis.outputs.excel import workbook
from nangkis.outputs.excel.data_sheet import COLUMNS
from nangkis.outputs.excel.reading import read_excel
from nangkis.outputs.excel.workbook import excel_bytes
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, Scalar, Selection
from nangkis.vocabulary.units import Unit
from nangkis.workspace.reading import word_limits
from tests.rooms.outputs.sample import said


HEADS: dict[Language, list[str]] = {
    "id": [
        "Id", "Kunci", "Tabel atau bagian", "Daerah", "Tahun", "Tahapan", "Indikator", "Perangkat daerah", "Program",
        "Sub kegiatan", "Wilayah", "Nilai", "Satuan", "Tercetak", "Metode",
    ],
    "en": [
        "Id", "Key", "Table or section", "Region", "Year", "Stage", "Indicator", "Office", "Programme",
        "Sub kegiatan", "Place", "Value", "Unit", "As printed", "Method",
    ],
}  # fmt: skip
REGION = "contoh-2026:99.01"
PROGRAMMES = ("1.01.02", "1.06.04", "2.11.03")


def chosen(**where: Scalar | tuple[Scalar, ...]) -> Selection:
    """Rows of one table, each column with its value or with several."""
    pairs = tuple((name, each if isinstance(each, tuple) else (each,)) for name, each in where.items())
    return Selection("0" * 16, pairs, "amount_sen")


def money(key: str, sen: int, *inputs: Selection) -> Figure:
    return Figure(key, sen, Unit.RUPIAH, 0, Origin(Method("budget-sum", 1), inputs))


def written(folder: Path, *figures: Figure, language: Language = "id") -> Path:
    rows = tuple(Row((Label(each.key), each)) for each in figures)
    table = Table(said("Pagu"), (Column(Label("Program"), 1), Column(Label("Rupiah"), 1, numeric=True)), rows)
    tree = Document(said("Judul"), said("Anak judul"), (table,))
    path = folder / "RPKD.xlsx"
    path.write_bytes(excel_bytes(tree, language=language, manifest=b"m", as_of=date(2026, 11, 24)))
    return path


def as_read(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Data").to_python()


def of_one(folder: Path, *inputs: Selection) -> dict[str, Any]:
    """What stands on the data sheet for a figure of these selections; a blank is an empty text."""
    head, row = as_read(written(folder, money("satu", 100, *inputs)))
    return dict(zip(head, row, strict=True))


def test_a_pivot_by_year_and_programme_adds_to_the_sums_of_the_figures(tmp_path: Path) -> None:
    draw = Random(20261124)  # noqa: S311 - sums to test, no secrets
    figures, sums = [], defaultdict[tuple[int, str], int](int)
    for place in range(60):
        year, programme, sen = draw.choice((2024, 2025, 2026)), draw.choice(PROGRAMMES), 100 * draw.randrange(10**11)
        where = chosen(region=REGION, year=year, stage="apbd", office_name=f"Dinas {place}", program_code=programme)
        figures.append(money(f"budget/{place}", sen, where))
        sums[year, programme] += sen
    head, *rows = as_read(written(tmp_path, *figures))

    read = pl.DataFrame(rows, schema=[str(each) for each in head], orient="row")
    pivot = read.pivot(on="Program", index="Tahun", values="Nilai", aggregate_function="sum")

    assert {
        (int(row["Tahun"]), programme): round(100 * row[programme])
        for row in pivot.iter_rows(named=True)
        for programme in PROGRAMMES
        if row[programme] is not None
    } == sums
    assert len(sums) == 9
    assert set(read["Satuan"]) == {"Rp"}


def test_each_column_says_what_the_rows_were_chosen_by(tmp_path: Path) -> None:
    where: dict[str, Scalar | tuple[Scalar, ...]] = {
        "region": REGION, "year": 2026, "stage": "apbd", "indicator": "POV.P0", "office_code": "1.01.0.00",
        "office_name": "Dinas Pendidikan", "program_code": "1.01.02", "sub_kegiatan_code": "1.01.02.2.01.0001",
        "sub_kegiatan_name": "Pembangunan Ruang", "place": "contoh-2026:99.01.02",
    }  # fmt: skip
    row = of_one(tmp_path, chosen(**where))

    assert [row[head] for head in HEADS["id"][3:11]] == [
        REGION, 2026, "apbd", "POV.P0", "1.01.0.00 Dinas Pendidikan", "1.01.02",
        "1.01.02.2.01.0001 Pembangunan Ruang", "contoh-2026:99.01.02",
    ]  # fmt: skip
    assert isinstance(row["Tahun"], int | float)


@pytest.mark.parametrize(
    "inputs",
    [
        (chosen(year=2025), chosen(year=2026)),
        (chosen(year=(2025, 2026)),),
        (chosen(region=REGION),),
        (chosen(year=()),),
    ],
)
def test_a_column_on_which_the_selections_do_not_agree_is_blank(inputs: tuple[Selection, ...], tmp_path: Path) -> None:
    assert of_one(tmp_path, *inputs)["Tahun"] == ""


def test_a_share_stands_by_what_its_part_was_chosen_by(tmp_path: Path) -> None:
    row = of_one(tmp_path, chosen(year=2026, program_code="1.01.02"), chosen(year=2026))

    assert (row["Tahun"], row["Program"]) == (2026, "1.01.02")


def test_a_sum_of_a_programme_and_of_a_sub_kegiatan_of_another_is_of_neither(tmp_path: Path) -> None:
    other = chosen(sub_kegiatan_code="1.06.04.2.01.0001", sub_kegiatan_name="Bantuan")
    row = of_one(tmp_path, chosen(program_code="1.01.02"), other)

    assert (row["Program"], row["Sub kegiatan"]) == ("", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_filter_and_frozen_row_cover_every_column(language: Language, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, money("satu", 100, chosen(year=2026)), language=language))
    sheet = book["Data"]

    heads = sheet[1][: len(COLUMNS)]
    assert [cell.value for cell in heads] == HEADS[language]
    assert sheet.auto_filter.ref == "A1:O2"
    assert sheet.freeze_panes == "A2"
    assert book.defined_names["nk_data"].attr_text.replace("'", "") == "Data!$A$1:$O$2"
    assert all(len(cell.value) + 3 <= sheet.column_dimensions[cell.column_letter].width for cell in heads)


def test_a_workbook_written_before_the_columns_came_is_still_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plans are kept for years: what was written under the first mark is verified as it was written."""
    figure = money("satu", 12_300, chosen(year=2026))
    monkeypatch.setattr(workbook, "MARK", "nangkis.excel.1.")
    path = written(tmp_path, figure)
    book = openpyxl.load_workbook(path)
    book["Data"].delete_cols(4, 8)
    book["Data"]["D2"].value = 124
    book.save(path)

    assert read_excel(path, word_limits(packaged())).texts == ((figure.id, "123"), (figure.id, "124"))


def test_the_data_sheet_prints_one_sentence_beside_its_rows_and_none_of_them(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, money("a", 100, chosen(year=2026))))["Data"]
    beside = len(COLUMNS) + 2

    assert sheet.print_area == f"'Data'!${get_column_letter(beside)}$1"
    assert "tidak ikut dicetak" in sheet.cell(1, beside).value
    assert {cell.value for cell in sheet[get_column_letter(beside - 1)]} == {None}  # a pivot takes the rows alone
