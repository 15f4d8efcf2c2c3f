"""Reads what web services answer, as JSON: kept by ``nangkis fetch`` with its request, or saved by hand without.

A table of BPS and a series of the World Bank become a sheet with a row for each value, in the order of the answer,
below one row of headers: the third value stands in row 4. The key of a value, or its place, stands in column A.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nangkis.intake.cells import bps_answer
from nangkis.intake.cells.answer_table import HEADER_ROWS
from nangkis.intake.cells.bank_answer import bank_sheet, is_bank_series
from nangkis.intake.cells.bps_answer import bps_sheet, is_bps_list, is_bps_table
from nangkis.intake.cells.formats import FileBroken, FormatRefused
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.limits import Limits
from nangkis.lake.answers import JsonBroken, KeptAnswer, is_kept, parsed, read_answer
from nangkis.vocabulary.findings import Finding, Severity


KEPT = "answer-kept"


def read_json(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheet of an answer.

    Raises FileBroken (no JSON, not whole), FormatRefused (no answer that is known) and FileTooLarge (rows).
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileBroken("text-broken", file=path.name, encoding="utf-8") from None
    kept = read_answer(text, file=path.name) if is_kept(text) else None
    pages = [_value(path, page) for page in ([text] if kept is None else [page.decode() for page in kept.pages])]
    request = {} if kept is None else kept.request
    if len(pages) == 1 and is_bps_table(pages[0]):
        sheet = bps_sheet(path, pages[0], request, limits)
    elif pages and all(is_bank_series(page) for page in pages):
        sheet = bank_sheet(path, pages, limits)
    elif pages and all(is_bps_list(page) for page in pages):
        raise FormatRefused("answer-is-list", file=path.name)
    else:
        raise FormatRefused("json-shape-unknown", file=path.name, seen=_seen(pages))
    return (_with_origin(sheet, kept),)


def pointers(path: Path, limits: Limits) -> dict[int, str]:
    """Return the JSON pointer (RFC 6901) of each value of an answer in its file, by the row of its sheet."""
    (sheet,) = read_json(path, limits)
    keys = dict(zip(sheet.rows.to_list(), sheet.columns[0].text.to_list(), strict=True))
    kept = any(finding.code == KEPT for finding in sheet.findings)
    below = {row: key for row, key in keys.items() if row > HEADER_ROWS and key is not None}
    if sheet.name == bps_answer.SHEET:
        page = "/answers/0" if kept else ""
        return {row: f"{page}/{bps_answer.SHEET}/{bps_answer.plain_key(key)}" for row, key in below.items()}
    places = {row: key.partition("/") for row, key in below.items()}
    return {row: (f"/answers/{page}" if kept else "") + f"/{place}/value" for row, (page, _, place) in places.items()}


def _value(path: Path, text: str) -> Any:
    try:
        return parsed(text)
    except JsonBroken as problem:
        where = "–" if problem.position is None else str(problem.position)
        raise FileBroken("json-broken", file=path.name, position=where, why=str(problem)) from None


def _with_origin(sheet: Sheet, kept: KeptAnswer | None) -> Sheet:
    told = [_origin(sheet, kept)]
    if kept is not None and not kept.is_whole:
        told.append(Finding("answer-changed", Severity.WARNING, sheet.name))
    return Sheet(sheet.file, sheet.name, sheet.rows, sheet.columns, findings=(*told, *sheet.findings))


def _origin(sheet: Sheet, kept: KeptAnswer | None) -> Finding:
    if kept is None:
        return Finding("answer-without-request", Severity.NOTE, sheet.name)
    request = ", ".join(f"{name} {value}" for name, value in kept.request.items())
    values: dict[str, object] = {"service": kept.service, "request": request, "moment": kept.fetched_at.isoformat()}
    return Finding(KEPT, Severity.NOTE, sheet.name, values)


def _seen(pages: Sequence[Any]) -> str:
    first = pages[0] if pages else None
    if isinstance(first, Mapping):
        return ", ".join(itertools.islice(map(str, first), 6)) or "{}"
    return type(first).__name__
