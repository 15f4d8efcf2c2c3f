"""Reads csv, tsv and text parted by bars: encoding, delimiter and quotes from the content, a row for each record."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from pathlib import Path

import polars as pl

from nangkis.intake.cells.formats import HEAD_BYTES, FileBroken, too_large, utf16_without_mark
from nangkis.intake.cells.sheet import Sheet, from_columns
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Repair


MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 65536
SAMPLE_RECORDS = 50
SHEET_NAME = "csv"


def read_delimited(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the one sheet of a csv file, every cell as text.

    Raises FileBroken (not text; quotes that never close) and FileTooLarge (rows, columns, cells).
    """
    text, encoding = _decode(path)
    delimiter = _delimiter(text)
    rows = _records(path, text, delimiter, limits)
    columns = [pl.Series(list(cells), dtype=pl.String) for cells in itertools.zip_longest(*rows)]
    nothing = pl.Series([None] * len(rows), dtype=pl.Float64)
    repairs = [Repair("encoding", SHEET_NAME, 1, {"encoding": encoding})] if encoding == "cp1252" else []
    return (
        from_columns(
            file=path.name,
            name=SHEET_NAME,
            first_row=1,
            first_column=0,
            columns=[(column, nothing, None) for column in columns],
            repairs=tuple(repairs),
        ),
    )


def _decode(path: Path) -> tuple[str, str]:
    """Return the text and its encoding; what is not UTF is read as Windows' western letters, its unused bytes as is."""
    raw = path.read_bytes()
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), None) or utf16_without_mark(
        raw[:HEAD_BYTES]
    )
    if encoding is None and b"\x00" in raw:
        raise FileBroken("text-broken", file=path.name, encoding="utf-8")
    try:
        return raw.decode(encoding or "utf-8"), encoding or "utf-8"
    except UnicodeDecodeError:
        if encoding is not None:
            raise FileBroken("text-broken", file=path.name, encoding=encoding) from None
    return raw.decode("cp1252", errors="replace"), "cp1252"


def _delimiter(text: str) -> str:
    """Return the mark that cuts most of the first records into equally many cells, two or more."""
    sample = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS and "\n" in sample:
        sample = sample[: sample.rindex("\n")]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in _first_records(sample, delimiter) if len(record) > 1)
        width, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return often, width

    return max(DELIMITERS, key=evenness)


def _first_records(sample: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        return list(itertools.islice(reader, SAMPLE_RECORDS))
    except csv.Error:
        return []


def _records(path: Path, text: str, delimiter: str, limits: Limits) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    widest = 0
    try:
        for row in reader:
            rows.append(row)
            widest = max(widest, len(row))
            if len(row) > limits.columns:
                raise too_large(path, "columns", limits.columns, len(row))
            if len(rows) > limits.rows:
                raise too_large(path, "rows", limits.rows, len(rows))
            # The columns made of the rows are as wide as the widest row, whatever the others hold.
            if len(rows) * widest > limits.cells:
                raise too_large(path, "cells", limits.cells, len(rows) * widest)
    except csv.Error:
        raise FileBroken("csv-quotes", file=path.name, row=str(len(rows) + 1)) from None
    return rows
