"""A table of BPS' WebAPI (``model/data``) as a sheet: one row for each entry of ``datacontent``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nangkis.intake.cells.answer_keys import PARTS, Entry, lists_of, readings
from nangkis.intake.cells.answer_table import HEADER_ROWS, answer_sheet, plain_note
from nangkis.intake.cells.deadline import deadline_for
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Severity, by_column
from nangkis.vocabulary.sources import first_cells_at


SHEET = "datacontent"
KEY = "A"
HEADER = (
    "source_key", "bps_vervar_id", "bps_vervar_label", "bps_domain", "bps_var_id", "bps_var_label", "bps_var_unit",
    "bps_var_decimal", "bps_turvar_label", "bps_th_label", "bps_turth_label", "value",
)  # fmt: skip
# A long key looks like a person's number: its ids are parted, and a key that was not told apart begins with a letter.
BETWEEN, UNREAD = "+", "key"


@dataclass(frozen=True)
class _Variable:
    unit: str
    decimal: str
    note: str


def plain_key(cell: str) -> str:
    """Return a key as the answer has it, from the cell of its row."""
    return cell.removeprefix(UNREAD).replace(BETWEEN, "")


def is_bps_table(answer: Any) -> bool:
    """Say whether an answer is a table."""
    return isinstance(answer, Mapping) and "datacontent" in answer and all(part in answer for part in PARTS)


def is_bps_list(answer: Any) -> bool:
    """Say whether an answer is a list, which holds no values."""
    return isinstance(answer, Mapping) and "data-availability" in answer and isinstance(answer.get("data"), list)


def bps_sheet(path: Path, answer: Mapping[str, Any], request: Mapping[str, str], limits: Limits) -> Sheet:
    """Return the sheet of a table. A key that is none of the lists', or several ways, keeps its row, and is told."""
    lists = lists_of(answer)
    content = answer["datacontent"]
    entries = content.items() if isinstance(content, Mapping) else ()  # nothing at all is written as []
    variables = dict(_variables(answer["var"]))
    domain = request.get("domain")
    rows: list[tuple[Any, ...]] = []
    troubles: dict[str, list[tuple[int, str]]] = {"answer-key-unknown": [], "answer-key-ambiguous": []}
    deadline = deadline_for(path, limits)
    for number, (key, value) in enumerate(entries, start=HEADER_ROWS + 1):
        deadline.check()
        ways = readings(key, lists)
        first, second = next(ways, None), next(ways, None)
        if first is None or second is not None:
            troubles["answer-key-unknown" if first is None else "answer-key-ambiguous"].append((number, key))
            rows.append((f"{UNREAD}{key}", *(None,) * (len(HEADER) - 2), value))
            continue
        rows.append(_row(first, variables.get(first[1].id), domain, value))
    findings = (*_notes(answer, variables), *_told(troubles, limits))
    return answer_sheet(path, SHEET, HEADER, rows, findings=findings, limits=limits)


def _row(found: tuple[Entry, ...], variable: _Variable | None, domain: str | None, value: Any) -> tuple[Any, ...]:
    place, var, group, year, part = found
    unit, decimal = (None, None) if variable is None else (variable.unit, variable.decimal)
    key = BETWEEN.join(entry.id for entry in found)
    return (key, place.id, place.label, domain, var.id, var.label, unit, decimal, group.label, year.label, part.label,
            value)  # fmt: skip


def _variables(listed: Any) -> Iterator[tuple[str, _Variable]]:
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, Mapping):
            unit, decimal = str(entry.get("unit") or ""), str(entry.get("decimal") or "")
            yield str(entry.get("val")), _Variable(unit, decimal, plain_note(str(entry.get("note") or "")))


def _notes(answer: Mapping[str, Any], variables: Mapping[str, _Variable]) -> Iterator[Finding]:
    updated = str(answer.get("last_update") or "–")
    for variable, found in variables.items():
        values: dict[str, object] = {"variable": variable, "updated": updated, "note": found.note or "–"}
        yield Finding("answer-note", Severity.NOTE, SHEET, values)


def _told(troubles: Mapping[str, list[tuple[int, str]]], limits: Limits) -> Iterator[Finding]:
    for code, found in troubles.items():
        if found:
            cells = [(KEY, row) for row, _ in found]
            at = first_cells_at(SHEET, cells, most=limits.addresses)
            keys = ", ".join(key for _, key in found[: limits.addresses])
            values: dict[str, object] = {"count": len(found), "keys": keys}
            yield Finding(code, Severity.ERROR, at, values, by_column(cells))
