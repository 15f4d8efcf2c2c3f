"""The example's raw files: a second reader counts the same rows and cells, and every planted flaw meets its outcome."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from nangkis.example.flaws import PLANTED, Flaw, FlawKind, Outcome, positions
from nangkis.example.names import MAP
from nangkis.example.province import write_example
from nangkis.intake.mapping import read_map, request_for
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Severity
from nangkis.vocabulary.money import SEN_PER_RUPIAH
from nangkis.vocabulary.sources import column_letter
from tests.rooms.intake.files import DAY, accepted


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


def amounts_of(frame: pl.DataFrame) -> str | None:
    """The column that ``_col`` names the cell of; None in a table whose numbers lie in many columns."""
    return next((name for name in ("value", "amount_sen", "budget_sen") if name in frame.columns), None)


def test_no_file_of_the_example_is_refused(outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    assert {key: outcome.refusal for key, outcome in outcomes.items() if outcome.refusal is not None} == {}


def test_a_second_reader_counts_the_same_rows(folder: Path, outcomes: dict[tuple[str, str], SheetOutcome]) -> None:
    assert len(outcomes) >= 14
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
        column = amounts_of(outcome.reading.frame)
        if column is None:
            continue
        factor = 1 if column == "value" else SEN_PER_RUPIAH
        for line in outcome.reading.frame.filter(pl.col(column).is_not_null()).iter_rows(named=True):
            cell = rows[line["_row"] - 1][ord(line["_col"]) - ord("A")]
            if isinstance(cell, int | float):
                assert line[column] == cell * factor
                compared += 1
    assert compared > 500


# What intake must say of each kind of flaw: the reason of a missing value, or the code of a repair or finding.
SAID = {
    FlawKind.DASH: "dash",
    FlawKind.DOTS: "dots",
    FlawKind.NOT_AVAILABLE: "not-available",
    FlawKind.BLANK_AMOUNTS: "blank",
    FlawKind.LETTER_O: "unreadable",
    FlawKind.LOST_THOUSANDS: "implausible",
    FlawKind.HARD_SPACE: "spaces-tidied",
    FlawKind.LINE_BREAK: "spaces-tidied",
    FlawKind.TRAILING_DOT: "ending-dot",
    FlawKind.DECIMAL_COMMA: "number-marks",
    FlawKind.DOTTED_THOUSANDS: "number-marks",
    FlawKind.RUPIAH_TEXT: "currency-mark",
    FlawKind.HIDDEN_SHEET: "sheet-hidden",
    FlawKind.REPEATED_KEY: "line-twice",
    FlawKind.TOTAL_DIFFERS: "total-differs",
    FlawKind.MALFORMED_CODE: "sub-kegiatan-code-letter",
    FlawKind.UNIT_UNSAID: "posture-unit-inferred",
    FlawKind.DAMAGED_LABEL: "posture-label-damaged",
}
# What needs the history of borders, or a second table, is told by the rooms above.
TOLD_ABOVE = {FlawKind.BACKFILLED, FlawKind.TWO_SOURCES}


def planted(outcome: Outcome) -> pytest.MarkDecorator:
    flaws = [flaw for flaw in PLANTED if flaw.outcome is outcome and flaw.kind not in TOLD_ABOVE]
    return pytest.mark.parametrize("flaw", flaws, ids=lambda flaw: f"{flaw.file}-{flaw.at}")


def cells_of(flaw: Flaw) -> set[str]:
    return {f"{column_letter(column)}{row + 1}" for row, column in positions(flaw.cells)}


def named_in(at: str) -> set[str]:
    """The cells that a report names: ``Pagu!C7, C24, …`` gives C7 and C24."""
    return set(re.findall(r"\b[A-Z]{1,3}\d+\b", at.partition("!")[2]))


@pytest.fixture
def outcome(flaw: Flaw, outcomes: dict[tuple[str, str], SheetOutcome]) -> SheetOutcome:
    return outcomes[flaw.file, flaw.sheet]


@planted(Outcome.MISSING)
def test_a_missing_value_keeps_its_row_with_the_reason(flaw: Flaw, outcome: SheetOutcome) -> None:
    frame = accepted(outcome).frame
    value = amounts_of(frame)
    assert value is not None
    without = frame.filter(pl.col(value).is_null())
    reasons = {f"{row['_col']}{row['_row']}": row["missing"] for row in without.iter_rows(named=True)}

    assert all(reasons.values())
    assert SAID[flaw.kind] in {reason for cell, reason in reasons.items() if cell in cells_of(flaw)}


@planted(Outcome.REPAIRED)
def test_a_flaw_that_is_safely_mended_is_reported_with_its_cell(flaw: Flaw, outcome: SheetOutcome) -> None:
    assert SAID[flaw.kind] in {repair.code for repair in outcome.repairs if named_in(repair.at) & cells_of(flaw)}


@planted(Outcome.NOTICED)
def test_what_a_person_should_look_at_is_a_finding_at_its_cell(flaw: Flaw, outcome: SheetOutcome) -> None:
    found = [finding for finding in outcome.findings if finding.code == SAID[flaw.kind]]

    assert any(
        finding.at == flaw.sheet if not flaw.cells else named_in(finding.at) & cells_of(flaw) for finding in found
    )


@planted(Outcome.REFUSED)
def test_a_row_that_cannot_be_accepted_is_refused_with_its_cell(flaw: Flaw, outcome: SheetOutcome) -> None:
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]

    assert [(finding.code, finding.at) for finding in errors] == [(SAID[flaw.kind], flaw.at)]
    assert outcome.rows_refused == 1


@planted(Outcome.LISTED)
def test_what_is_no_data_is_listed_as_frame(flaw: Flaw, outcome: SheetOutcome) -> None:
    assert {str(row + 1) for row, _ in positions(flaw.cells)} <= set(accepted(outcome).frame_rows)


@planted(Outcome.READ)
def test_what_is_no_flaw_to_a_good_reader_is_read_without_a_word(flaw: Flaw, outcome: SheetOutcome) -> None:
    assert outcome.reading is not None
    assert not any(f"!{flaw.cells}" in finding.at for finding in outcome.findings)
