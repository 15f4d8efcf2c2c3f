"""Cells merged over several rows: their words hold for every row that they span. Numbers are never spread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace

import polars as pl

from nangkis.intake.cells.deadline import Deadline
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Repair
from nangkis.vocabulary.sources import column_letter


def with_merged_filled(sheet: Sheet, limits: Limits, deadline: Deadline) -> Sheet:
    """Return the sheet with the words of cells merged over several rows in every row that is not blank anyway."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for top, left, bottom, _ in sheet.merged:
        if bottom > top:
            spans[column_letter(left)].append((top, bottom))
    if not spans or not sheet.height:
        return sheet
    columns, repairs, numbers = [], list(sheet.repairs), sheet.rows.to_list()
    for column in sheet.columns:
        deadline.check()
        filled, rows = _filled(column, sorted(spans.get(column.letter, [])), numbers)
        columns.append(filled)
        if rows:
            repairs.append(Repair("merged-filled", sheet.at(column.letter, rows, most=limits.addresses), len(rows)))
    return replace(sheet, columns=tuple(columns), repairs=tuple(repairs))


def _filled(column: Column, spans: list[tuple[int, int]], rows: list[int]) -> tuple[Column, list[int]]:
    """Return the column with each span filled from its first row, and the rows that were filled.

    Only rows that exist are walked, and each once: spans that overlap, which no office program writes, take from where
    the one before ended.
    """
    if not spans:
        return column, []
    texts, numbers = column.text.to_list(), column.number.to_list()
    touched, reached = [], 0
    for top, bottom in spans:
        first = bisect_left(rows, top)
        words = texts[first] if first < len(rows) and rows[first] == top else None
        if words is None:
            continue
        for index in range(bisect_right(rows, max(top, reached)), bisect_right(rows, bottom)):
            if texts[index] is None and numbers[index] is None:
                texts[index] = words
                touched.append(rows[index])
        reached = max(reached, bottom)
    return replace(column, text=pl.Series(texts, dtype=pl.String)), touched
