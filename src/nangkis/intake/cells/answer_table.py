"""Values of an answer as the columns of a sheet: texts as text, numbers as numbers, whatever else as its text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.intake.cells.formats import too_large
from nangkis.intake.cells.sheet import Sheet, from_columns
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding


HEADER_ROWS = 1
NOTE_LONGEST = 1000


def answer_sheet(
    path: Path,
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    findings: Sequence[Finding],
    limits: Limits,
) -> Sheet:
    """Return rows below their header as a sheet; only the last column holds numbers. Raises FileTooLarge."""
    if len(rows) + HEADER_ROWS > limits.rows:
        raise too_large(path, "rows", limits.rows, len(rows))
    columns: list[tuple[pl.Series, pl.Series, pl.Series | None]] = []
    for index, title in enumerate(header):
        cells = [row[index] for row in rows]
        is_value = index == len(header) - 1
        numbers = [_number(cell) if is_value else None for cell in cells]
        texts = [None if number is not None else _text(cell) for cell, number in zip(cells, numbers, strict=True)]
        # A column of nothing has no header either; the first and the last one are what the sheet is known by.
        is_empty = not is_value and index and not any(text is not None for text in texts)
        text = pl.Series([None if is_empty else title, *texts], dtype=pl.String)
        columns.append((text, pl.Series([None, *numbers], dtype=pl.Float64), None))
    return from_columns(
        file=path.name, name=name, first_row=1, first_column=0, columns=columns, findings=tuple(findings)
    )


def _number(cell: Any) -> float | None:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)
    return float(cell) if is_number else None


def _text(cell: Any) -> str | None:
    return None if cell is None else str(cell)


def plain_note(text: str) -> str:
    """Return a note without its HTML, on one line, at most so long that a report can carry it.

    >>> plain_note("<p>Maret</p><ul><li>tanpa Papua&nbsp;Barat</li></ul>")
    'Maret tanpa Papua Barat'
    """
    plain = " ".join(unescape(re.sub(r"<[^<>]*>", " ", text)).split())
    return plain if len(plain) <= NOTE_LONGEST else plain[:NOTE_LONGEST] + "…"
