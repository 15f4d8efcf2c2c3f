"""Small files written on the spot and read back, for the tests of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.parameters.loader import packaged


DAY = date(2026, 11, 5)


def read(path: Path, **said: Any) -> tuple[SheetOutcome, ...]:
    """Read a file with what was said of it."""
    outcomes = read_file(path, Request(**said), parameters=packaged(), on=DAY)
    for outcome in outcomes:
        assert outcome.rows_in == outcome.rows_frame + outcome.rows_accepted + outcome.rows_refused
    return outcomes


def read_text(
    folder: Path, text: str, *, name: str = "tabel.csv", encoding: str = "utf-8", **said: Any
) -> SheetOutcome:
    """Write a csv file and read it."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    (outcome,) = read(path, **said)
    return outcome


def write_book(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> Path:
    """Write a workbook."""
    book = xlsxwriter.Workbook(path)
    fill(book)
    book.close()
    return path


def accepted(outcome: SheetOutcome) -> Reading:
    """Return the reading of a sheet that must have been accepted."""
    assert outcome.reading is not None, outcome.refusal
    return outcome.reading


def values(outcome: SheetOutcome) -> dict[str, float | None]:
    """Return the values of a sheet with one value for each region, by the name as read."""
    frame = accepted(outcome).frame
    return dict(zip(frame["name_read"].to_list(), frame["value"].to_list(), strict=True))


def codes(outcome: SheetOutcome) -> list[str]:
    """Return the codes of what was found."""
    return [finding.code for finding in outcome.findings]


def refusal(outcome: SheetOutcome) -> str:
    """Return the code of the refusal of a sheet that must have been refused."""
    assert outcome.refusal is not None
    assert outcome.reading is None
    assert outcome.rows_accepted == 0
    return outcome.refusal.code
