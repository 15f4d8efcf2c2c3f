"""A series of the World Bank as a sheet: one row for each entry of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nangkis.intake.cells.answer_table import answer_sheet
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Severity


SHEET = "data"
# The country stands where other tables have a region, its three letters beside it.
HEADER = ("source_key", "country_iso3", "country", "indicator_id", "indicator", "year", "obs_status", "value")


def is_bank_series(answer: Any) -> bool:
    """Say whether an answer is a page of a series."""
    if not isinstance(answer, list) or len(answer) != 2 or not isinstance(answer[0], Mapping):  # noqa: PLR2004 - page, rows
        return False
    rows = answer[1]
    return "total" in answer[0] and isinstance(rows, list) and all(_is_row(row) for row in rows)


def _is_row(row: Any) -> bool:
    return isinstance(row, Mapping) and {"indicator", "country", "date", "value"} <= row.keys()


def bank_sheet(path: Path, pages: Sequence[Any], limits: Limits) -> Sheet:
    """Return the sheet of a series, all its pages one below the other; rows that are lacking are told."""
    rows = [_row(f"{page}/1/{index}", row) for page, answer in enumerate(pages) for index, row in enumerate(answer[1])]
    return answer_sheet(path, SHEET, HEADER, rows, findings=tuple(_told(pages, len(rows))), limits=limits)


def _row(key: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    indicator, country = _named(row["indicator"]), _named(row["country"])
    code = row.get("countryiso3code")
    return (key, code, country[1], indicator[0], indicator[1], row["date"], row.get("obs_status") or None, row["value"])


def _named(entry: Any) -> tuple[Any, Any]:
    return (entry.get("id"), entry.get("value")) if isinstance(entry, Mapping) else (None, entry)


def _told(pages: Sequence[Any], found: int) -> Iterator[Finding]:
    said = pages[0][0]
    if str(said["total"]) != str(found):
        yield Finding("answer-incomplete", Severity.WARNING, SHEET, {"total": said["total"], "found": found})
    source, updated = str(said.get("sourcename") or said.get("sourceid") or "–"), str(said.get("lastupdated") or "–")
    yield Finding("answer-note", Severity.NOTE, SHEET, {"variable": source, "updated": updated, "note": "–"})
