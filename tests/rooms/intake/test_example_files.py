"""The example's raw files: a second reader counts the same rows and cells, and every planted flaw meets its outcome."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from nangkis.example.flaws import PLANTED, Flaw, Outcome, positions
from nangkis.example.names import MAP
from nangkis.example.province import write_example
from nangkis.intake.mapping import read_map, request_for
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import column_letter
from tests.rooms.intake.files import DAY


ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16"}
DATA_FILES = (".csv", ".xlsx")
Rows = list[list[Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("contoh")
    write_example(found)
    return found


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[tuple[str, str], SheetOutcome]:
    """Every sheet of the example by file and sheet, read with the example's own map."""
    entries = read_map(folder / MAP)
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in DATA_FILES]
    read = [read_file(path, request_for(path, entries, Request()), parameters=packaged(), on=DAY) for path in paths]
    return {(outcome.file, outcome.sheet): outcome for sheets in read for outcome in sheets}


def second_reading(path: Path) -> dict[str, Rows]:
    """Every sheet's rows as the csv module and openpyxl read them."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, data_only=True)
        return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book.worksheets}
    raw = path.read_bytes()
    encoding = next((name for mark, name in ENCODINGS.items() if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    delimiter = max(",;\t", key=text.count)
    return {"csv": list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))}


def test_no_file_of_the_example_is_refused(outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    assert {key: outcome.refusal for key, outcome in outcomes.items() if outcome.refusal is not None} == {}


def test_a_second_reader_counts_the_same_rows(folder: Path, outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    for (file, sheet), outcome in outcomes.items():
        rows = second_reading(folder / file)[sheet]
        filled = sum(any(cell is not None and str(cell).strip() for cell in row) for row in rows)
        assert (file, outcome.rows_in) == (file, filled)
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused


def test_a_second_reader_finds_the_same_values(folder: Path, outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    compared = 0
    for (file, sheet), outcome in outcomes.items():
        if outcome.reading is None:
            continue
        rows = second_reading(folder / file)[sheet]
        column = "value" if "value" in outcome.reading.frame.columns else "amount_sen"
        factor = 1 if column == "value" else SEN_PER_RUPIAH
        for line in outcome.reading.frame.filter(pl.col(column).is_not_null()).iter_rows(named=True):
            cell = rows[line["_row"] - 1][ord(line["_col"]) - ord("A")]
            if isinstance(cell, int | float):
                assert line[column] == cell * factor
                compared += 1
    assert compared > 500


@pytest.mark.parametrize("flaw", PLANTED, ids=lambda flaw: f"{flaw.file}-{flaw.at}-{flaw.kind.name}")
def test_every_planted_flaw_meets_its_outcome(flaw: Flaw, outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    outcome = outcomes[flaw.file, flaw.sheet]
    assert CHECKS[flaw.outcome](flaw, outcome)


def _cells(flaw: Flaw) -> set[tuple[str, int]]:
    return {(column_letter(column), row + 1) for row, column in positions(flaw.cells)} if flaw.cells else set()


def _missing(flaw: Flaw, outcome: SheetOutcome) -> bool:
    assert outcome.reading is not None
    cells = _cells(flaw)
    there = outcome.reading.frame.filter(pl.col("missing").is_not_null()).select("_col", "_row").rows()
    return bool(cells & set(there))


def _told(flaw: Flaw, outcome: SheetOutcome) -> bool:
    if not flaw.cells:
        return any(finding.at == flaw.sheet for finding in outcome.findings)
    cells = {f"{letter}{row}" for letter, row in _cells(flaw)}
    named = {part for finding in outcome.findings for part in finding.at.partition("!")[2].split(", ")}
    # What needs the neighbours of a region, or a second table, is told by the rooms above.
    return flaw.kind.name in {"BACKFILLED", "TWO_SOURCES"} or bool(cells & named)


def _mended(flaw: Flaw, outcome: SheetOutcome) -> bool:
    cells = {f"{letter}{row}" for letter, row in _cells(flaw)}
    named = {part for repair in outcome.repairs for part in repair.at.partition("!")[2].split(", ")}
    return bool(cells & named)


def _refused(flaw: Flaw, outcome: SheetOutcome) -> bool:
    return outcome.rows_refused > 0 and _told(flaw, outcome)


def _listed(flaw: Flaw, outcome: SheetOutcome) -> bool:
    assert outcome.reading is not None
    return {str(row) for _, row in _cells(flaw)} <= set(outcome.reading.frame_rows)


def _read(flaw: Flaw, outcome: SheetOutcome) -> bool:
    return outcome.reading is not None and not any(f"!{flaw.cells}" in finding.at for finding in outcome.findings)


CHECKS = {
    Outcome.MISSING: _missing,
    Outcome.NOTICED: _told,
    Outcome.REPAIRED: _mended,
    Outcome.REFUSED: _refused,
    Outcome.LISTED: _listed,
    Outcome.READ: _read,
}
