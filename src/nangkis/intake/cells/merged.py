"""Cells merged over several rows: their words hold for every row that they span. Numbers are never spread."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Repair
from nangkis.vocabulary.sources import column_letter


def with_merged_filled(sheet: Sheet, limits: Limits) -> Sheet:
    """Return the sheet with the words of cells merged over several rows in every row that is not blank anyway."""
    spans = [(top, left, bottom) for top, left, bottom, _ in sheet.merged if bottom > top]
    if not spans or not sheet.height:
        return sheet
    columns, repairs = [], list(sheet.repairs)
    for column in sheet.columns:
        own = [(top, bottom) for top, left, bottom in spans if column_letter(left) == column.letter]
        filled, rows = _filled(sheet, column, own)
        columns.append(filled)
        if rows:
            repairs.append(Repair("merged-filled", sheet.at(column.letter, rows, most=limits.addresses), len(rows)))
    return replace(sheet, columns=tuple(columns), repairs=tuple(repairs))


def _filled(sheet: Sheet, column: Column, spans: list[tuple[int, int]]) -> tuple[Column, list[int]]:
    """Return the column with each span filled from its first row, and the rows that were filled."""
    if not spans:
        return column, []
    texts, numbers, rows = column.text.to_list(), column.number.to_list(), sheet.rows.to_list()
    index_of = {row: index for index, row in enumerate(rows)}
    touched = []
    for top, bottom in spans:
        words = texts[index_of[top]] if top in index_of else None
        for row in range(top + 1, bottom + 1):
            index = index_of.get(row)
            if words is not None and index is not None and texts[index] is None and numbers[index] is None:
                texts[index] = words
                touched.append(row)
    return replace(column, text=pl.Series(texts, dtype=pl.String)), touched
