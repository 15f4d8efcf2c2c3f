"""A form that people fill: its words, its open cells and its drop-downs."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl

from nangkis.outputs.excel.form import form_bytes


DAY = date(2026, 11, 24)
TABLE = pl.DataFrame({"Kode": ["1.01", "=1+1"], "Skor": [0.5, None], "Keputusan": [None, "tolak"]})


def form(table: pl.DataFrame = TABLE) -> bytes:
    return form_bytes(
        table,
        name="Formulir",
        as_of=DAY,
        above=("Judul", "Keterangan"),
        open_columns=["Keputusan"],
        choices={"Keputusan": ["terima", "tolak"]},
    )


def test_the_header_stands_below_the_explanation_and_stays_in_sight() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form())).active

    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["Judul", "Keterangan", "Kode"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:C5"


def test_an_open_cell_takes_the_words_of_its_list_only() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form())).active
    (rule,) = sheet.data_validations.dataValidation

    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"terima,tolak"', "C4:C5")
    assert sheet["C5"].value == "tolak"
    assert sheet["C4"].fill.fgColor.rgb != sheet["B4"].fill.fgColor.rgb


def test_text_is_never_a_formula_and_the_same_form_gives_the_same_bytes() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form())).active

    assert (sheet["A5"].value, sheet["A5"].data_type) == ("=1+1", "s")
    assert form() == form()


def test_a_form_without_rows_can_be_opened() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form(TABLE.head(0)))).active

    assert sheet.max_row == 3
    assert not sheet.data_validations.dataValidation
