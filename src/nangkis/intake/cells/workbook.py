"""Reads xlsx and xls: the scan here, the parser in a child process with a limit on memory and on time."""

from __future__ import annotations

import importlib.util
import marshal
import subprocess
import sys
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.intake.cells.biff import scan_xls
from nangkis.intake.cells.deadline import Deadline, deadline_for
from nangkis.intake.cells.formats import FileBroken, FileTooLarge, too_large
from nangkis.intake.cells.merged import with_merged_filled
from nangkis.intake.cells.number_formats import shown_with
from nangkis.intake.cells.scan import PartScan, column_number, comments_of, scan_workbook
from nangkis.intake.cells.sheet import FORMULA_MARK, Sheet, formulas_without_value, from_columns, zeros_shown
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.sources import column_letter


CHILD = Path(__file__).with_name("xlsx_child.py")
# Where the operating system enforces the child's memory limit, it may begin while the scan still runs.
MEMORY_IS_ENFORCED = sys.platform == "linux"
# What was seen in each sheet, by its name, and the words of the comments.
Scanned = tuple[dict[str, PartScan], tuple[str, ...]]


def read_workbook(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of an xlsx workbook in the order of their tabs, chart sheets left out.

    Raises FileTooLarge or FileBroken. Never lets the parser run in this process.
    """
    return _read(path, limits, _scan_xlsx)


def read_xls(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of an xls workbook (BIFF5, BIFF8) in the order of their tabs, chart sheets left out.

    Raises FormatRefused (an OLE file of another program), FileTooLarge or FileBroken.
    """
    return _read(path, limits, scan_xls)


def _scan_xlsx(path: Path, limits: Limits, deadline: Deadline) -> Scanned:
    return scan_workbook(path, limits, deadline), comments_of(path, limits)


def _read(path: Path, limits: Limits, scan: Callable[[Path, Limits, Deadline], Scanned]) -> tuple[Sheet, ...]:
    deadline = deadline_for(path, limits)
    child = _start_child(path, limits)
    try:
        if MEMORY_IS_ENFORCED:
            _release(child)
        scans, comments = scan(path, limits, deadline)
        sheets = _answer(path, child, limits, deadline)
    finally:
        child.kill()
        child.wait()
    if not sheets:
        raise FileBroken("workbook-without-sheets", file=path.name)
    first, *others = (_sheet(path, sheet, scans, limits, deadline=deadline) for sheet in sheets)
    return (replace(first, comments=comments), *others)


def _start_child(path: Path, limits: Limits) -> subprocess.Popen[bytes]:
    spec = importlib.util.find_spec("python_calamine")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("python_calamine")
    folder = str(Path(spec.submodule_search_locations[0]).parent)
    return subprocess.Popen(  # noqa: S603 - our own script, run by this Python; the file's name is one argument
        [sys.executable, "-I", "-S", str(CHILD), folder, str(path.resolve()), str(limits.memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _release(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None and not child.stdin.closed:
        try:
            child.stdin.write(b"go\n")
            child.stdin.flush()
        except BrokenPipeError:
            return


def _answer(path: Path, child: subprocess.Popen[bytes], limits: Limits, deadline: Deadline) -> list[Any]:
    """Return the child's sheets; a child that was killed by a limit, or died, is a refusal of the file."""
    try:
        output, _ = child.communicate(input=None if MEMORY_IS_ENFORCED else b"go\n", timeout=deadline.left)
    except subprocess.TimeoutExpired:
        raise deadline.passed() from None
    if child.returncode != 0:
        raise _out_of_memory(path, limits)
    kind, *rest = marshal.loads(output)  # noqa: S302 - written by our own script just now
    if kind == "read":
        sheets: list[Any] = rest[0]
        return sheets
    code, words = rest
    if code == "file-too-large":
        raise _out_of_memory(path, limits)
    raise FileBroken(code, file=path.name, why=words)


def _out_of_memory(path: Path, limits: Limits) -> FileTooLarge:
    return FileTooLarge("file-needs-memory", file=path.name, limit="memory_bytes", most=limits.memory_bytes)


def _sheet(path: Path, read: Any, scans: dict[str, PartScan], limits: Limits, *, deadline: Deadline) -> Sheet:
    deadline.check()
    name, visible, first_row, first_column, height, columns, merged = read
    if (seen := scans.get(name)) is None:
        raise FileBroken("workbook-broken", file=path.name, why=name)
    texts = [_texts(packed, height) for packed, _ in columns]
    _put_errors_back(path, texts, seen, first_row=first_row, first_column=first_column)
    formulas = [*seen.formulas, *_take_marks(texts, first=(first_row, first_column))]
    numbers = [_numbers(packed, height) for _, packed in columns]
    shown = _shown_zeros(name, texts, numbers, seen, limits, first=(first_row, first_column))
    percents = _percents(seen, height=height, first_row=first_row)
    findings = [] if visible else [Finding("sheet-hidden", Severity.NOTE, name)]
    sheet = from_columns(
        file=path.name,
        name=name,
        first_row=first_row,
        first_column=first_column,
        columns=[(texts[index], numbers[index], percents.get(first_column + index)) for index in range(len(columns))],
        merged=tuple(merged),
        repairs=shown,
        findings=(*findings, *([formulas_without_value(name, formulas, limits)] if formulas else ())),
    )
    if len(sheet.columns) > limits.columns:
        raise too_large(path, "columns", limits.columns, len(sheet.columns))
    return with_merged_filled(replace(sheet, hidden=not visible), limits, deadline)


def _texts(packed: tuple[list[str | None], bytes] | None, height: int) -> pl.Series:
    if packed is None:
        return pl.repeat(None, height, dtype=pl.String, eager=True)
    words, which = packed
    return pl.Series(words, dtype=pl.String).gather(pl.Series(array("I", which), dtype=pl.UInt32))


def _numbers(packed: tuple[bytes | None, bytes] | None, height: int) -> pl.Series:
    nothing = pl.repeat(None, height, dtype=pl.Float64, eager=True)
    if packed is None:
        return nothing
    rows, doubles = packed
    values = pl.Series(array("d", doubles), dtype=pl.Float64)
    return values if rows is None else nothing.scatter(pl.Series(array("I", rows), dtype=pl.UInt32), values)


def _put_errors_back(path: Path, texts: list[pl.Series], seen: PartScan, *, first_row: int, first_column: int) -> None:
    """Put the words of error cells back where the parser left them blank."""
    by_column: dict[int, dict[int, str]] = {}
    for (letter, row), words in seen.errors.items():
        index = column_number(letter) - 1 - first_column
        if not (0 <= index < len(texts) and 0 <= row - first_row < len(texts[index])):
            raise FileBroken("workbook-broken", file=path.name, why=f"{letter}{row}")
        by_column.setdefault(index, {})[row - first_row] = words
    for index, errors in by_column.items():
        texts[index] = texts[index].scatter(list(errors), list(errors.values()))


def _take_marks(texts: list[pl.Series], *, first: tuple[int, int]) -> list[tuple[str, int]]:
    """Blank the marks of formulas without a value, and return where they stood."""
    first_row, first_column = first
    found: list[tuple[str, int]] = []
    for index, text in enumerate(texts):
        rows = (text == FORMULA_MARK).arg_true()
        if len(rows):
            texts[index] = text.scatter(rows, None)
            found.extend((column_letter(first_column + index), first_row + row) for row in rows.to_list())
    return found


def _shown_zeros(
    name: str,
    texts: list[pl.Series],
    numbers: list[pl.Series],
    seen: PartScan,
    limits: Limits,
    *,
    first: tuple[int, int],
) -> tuple[Repair, ...]:
    """Write numbers as a format of zeros shows them (72.10, 0012): so are codes meant; nothing of a number is lost."""
    repairs = []
    first_row, first_column = first
    for letter, cells in seen.zeros.items():
        index = column_number(letter) - 1 - first_column
        if not 0 <= index < len(numbers):
            continue
        held = numbers[index].to_list()
        found = {
            row - first_row: shown
            for row, zeros in cells
            if 0 <= row - first_row < len(held)
            and (number := held[row - first_row]) is not None
            and (shown := shown_with(number, zeros)) is not None
        }
        if found:
            texts[index] = texts[index].scatter(list(found), list(found.values()))
            numbers[index] = numbers[index].scatter(list(found), None)
            rows = [row + first_row for row in found]
            repairs.append(zeros_shown(name, letter, rows, next(iter(found.values())), limits))
    return tuple(repairs)


def _percents(seen: PartScan, *, height: int, first_row: int) -> dict[int, pl.Series]:
    """Return, by column counted from 0, which rows are shown as percent."""
    return {
        column_number(letter) - 1: pl.select(
            pl.int_range(first_row, first_row + height).is_in(pl.Series(rows, dtype=pl.UInt32).implode())
        ).to_series()
        for letter, rows in seen.percents.items()
    }
