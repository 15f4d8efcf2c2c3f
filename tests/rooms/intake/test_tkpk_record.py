"""A secretariat's list of its documents: what is taken in, what is refused, and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nangkis.intake.layouts.tkpk_record import day_read
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region


REGION = Region.parse("kemendagri-2025:72.06")
HEADER = "Item;Tahun;Nomor;Tanggal;Berkas"


def outcome_of(folder: Path, *lines: str, header: str = HEADER) -> SheetOutcome:
    path = folder / "bukti.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    (outcome,) = read_file(path, Request(region=REGION), parameters=packaged(), on=date(2026, 11, 24))
    return outcome


def test_each_document_is_a_row_with_its_number_and_date(tmp_path: Path) -> None:
    done = outcome_of(tmp_path, "SK TKPK;;100/2025;2 Mei 2025;sk.pdf", "LP2KD;2025;3;31/03/2026;", "Catatan;;;;")

    assert done.layout == "tkpk_record"
    assert done.reading is not None
    assert (done.rows_in, done.rows_frame, done.rows_accepted, done.rows_refused) == (4, 2, 2, 0)
    assert done.reading.frame.select("item", "year", "number", "dated", "attached", "_row").rows() == [
        ("decree", None, "100/2025", date(2025, 5, 2), "sk.pdf", 2),
        ("lp2kd", 2025, "3", date(2026, 3, 31), None, 3),
    ]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("Piagam;2026;1;2 Mei 2025;", "record-item-unknown", "A"),
        ("RAT;2026;;2 Mei 2025;", "record-number-blank", "C"),
        ("RAT;2026;1;31 Februari 2026;", "record-date-unreadable", "D"),
        ("RAT;2026;1;;", "record-date-unreadable", "D"),
        ("RAT;tahun depan;1;2 Mei 2025;", "record-year-unreadable", "B"),
    ],
)
def test_a_row_that_is_no_record_is_refused_at_its_cell(tmp_path: Path, line: str, code: str, column: str) -> None:
    done = outcome_of(tmp_path, "RAT;2026;9;2026-01-12;", line)

    assert (done.rows_in, done.rows_frame, done.rows_accepted, done.rows_refused) == (3, 1, 1, 1)
    assert [(found.code, found.at) for found in done.findings if found.code.startswith("record")] == [
        (code, f"csv!{column}3")
    ]


def test_without_a_column_of_years_no_year_is_made_up(tmp_path: Path) -> None:
    done = outcome_of(tmp_path, "RAT;9;2026-01-12", header="Item;Nomor;Tanggal")

    assert done.reading is not None
    assert done.reading.frame["year"].to_list() == [None]


@pytest.mark.parametrize("text", [None, "", "13/13/2026", "31 Mai 2026", "2026", "besok", "1-1-26"])
def test_what_is_no_date_is_not_read_as_one(text: str | None) -> None:
    assert day_read(text) is None
