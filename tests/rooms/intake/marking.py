"""Sheets and findings to mark, and the marked workbook as a spreadsheet program opens it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import polars as pl
from openpyxl.workbook import Workbook

from nangkis.content.catalogue import Language
from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet, from_columns
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.limits import Limits, limits_on
from nangkis.intake.marked.workbook import marked_workbook_bytes
from nangkis.intake.reading import SheetOutcome
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.refusals import FileRefused
from tests.rooms.intake.files import DAY, read


TABLE = "Kabupaten/Kota;Garis Kemiskinan 2020\nKab. Morowali;400.000\nMorowalli;1\nKota Palu;505\nSumber: BPS;\n"
NIK = "900101" + "010190" + "0001"


def limits() -> Limits:
    return limits_on(packaged(), DAY)


def marked(path: Path, language: Language = "id") -> bytes:
    return marked_workbook_bytes(read_sheets(path, limits()), read(path), language=language, limits=limits())


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table(folder: Path, text: str = TABLE, name: str = "tabel.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def outcome(sheet: Sheet, *findings: Finding, refusal: FileRefused | None = None) -> SheetOutcome:
    rows = sheet.height
    return SheetOutcome(sheet.file, sheet.name, None, None, refusal, rows, rows, 0, 0, findings, ())


def sheet_of(texts: Sequence[str | None], numbers: Sequence[float | None] | None = None, name: str = "Data") -> Sheet:
    text = pl.Series(texts, dtype=pl.String)
    number = pl.Series(numbers or [None] * len(texts), dtype=pl.Float64)
    return from_columns(file="a.xlsx", name=name, first_row=1, first_column=0, columns=[(text, number, None)])


def warning(at: str) -> Finding:
    return Finding("formula-without-value", Severity.WARNING, at, {"count": 1})


def grouped(sheet: Sheet, rows: Sequence[int]) -> Finding:
    series = pl.Series(rows, dtype=pl.Int32)
    (found,) = one_finding("line-twice", Severity.NOTE, sheet, "A", rows=series, limits=limits())
    return found
