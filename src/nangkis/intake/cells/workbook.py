"""Reads xlsx: the scan here, the parser in a child process with a limit on memory and on time."""

from __future__ import annotations

import importlib.util
import marshal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.intake.cells.formats import FileBroken, FileTooLarge, too_large
from nangkis.intake.cells.merged import with_merged_filled
from nangkis.intake.cells.scan import PartScan, column_number, scan_workbook
from nangkis.intake.cells.sheet import Sheet, from_columns
from nangkis.intake.limits import Limits
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


CHILD = Path(__file__).with_name("xlsx_child.py")
# Where the operating system enforces the child's memory limit, it may begin while the scan still runs.
MEMORY_IS_ENFORCED = sys.platform == "linux"


def read_workbook(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in the order of their tabs, chart sheets left out.

    Raises FileTooLarge or FileBroken. Never lets the parser run in this process.
    """
    child = _start_child(path, limits)
    try:
        if MEMORY_IS_ENFORCED:
            _release(child)
        scans = scan_workbook(path, limits)
        sheets = _answer(path, child, limits)
    finally:
        child.kill()
        child.wait()
    return tuple(_sheet(path, sheet, scans, limits) for sheet in sheets)


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


def _answer(path: Path, child: subprocess.Popen[bytes], limits: Limits) -> list[Any]:
    """Return the child's sheets; a child that was killed by a limit, or died, is a refusal of the file."""
    try:
        output, _ = child.communicate(input=None if MEMORY_IS_ENFORCED else b"go\n", timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise FileTooLarge(
            "file-too-slow", file=path.name, limit="seconds", most=limits.seconds, found=limits.seconds
        ) from None
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


def _sheet(path: Path, read: Any, scans: dict[str, PartScan], limits: Limits) -> Sheet:
    name, visible, first_row, first_column, columns, merged = read
    seen = scans.get(name, PartScan())
    lists = [(texts, numbers, height) for texts, numbers, height in columns]
    lists = _with_errors(path, lists, seen, first_row=first_row, first_column=first_column)
    percents = _percents(seen, height=lists[0][2] if lists else 0, first_row=first_row)
    findings = [] if visible else [Finding("sheet-hidden", Severity.NOTE, name)]
    sheet = from_columns(
        file=path.name,
        name=name,
        first_row=first_row,
        first_column=first_column,
        columns=[
            (
                _series(texts, height, pl.String),
                _series(numbers, height, pl.Float64),
                percents.get(first_column + index),
            )
            for index, (texts, numbers, height) in enumerate(lists)
        ],
        merged=tuple(merged),
        findings=(*findings, *_empty_formulas(name, seen, limits)),
    )
    if len(sheet.columns) > limits.columns:
        raise too_large(path, "columns", limits.columns, len(sheet.columns))
    return with_merged_filled(replace(sheet, hidden=not visible), limits)


def _series(values: list[Any] | None, height: int, kind: type[pl.DataType]) -> pl.Series:
    if values is None:
        return pl.select(pl.repeat(None, height, dtype=kind())).to_series()
    return pl.Series(values, dtype=kind)


def _with_errors(path: Path, lists: list[Any], seen: PartScan, *, first_row: int, first_column: int) -> list[Any]:
    """Put the words of error cells back where the parser left them blank."""
    for (letter, row), words in seen.errors.items():
        index = column_number(letter) - 1 - first_column
        if not (0 <= index < len(lists) and 0 <= row - first_row < lists[index][2]):
            raise FileBroken("workbook-broken", file=path.name, why=f"{letter}{row}")
        texts, numbers, height = lists[index]
        texts = texts if texts is not None else [None] * height
        texts[row - first_row] = words
        lists[index] = (texts, numbers, height)
    return lists


def _percents(seen: PartScan, *, height: int, first_row: int) -> dict[int, pl.Series]:
    """Return, by column counted from 0, which rows are shown as percent."""
    by_column: dict[int, list[bool]] = {}
    for letter, row in seen.percents:
        flags = by_column.setdefault(column_number(letter) - 1, [False] * height)
        if 0 <= row - first_row < height:
            flags[row - first_row] = True
    return {column: pl.Series(flags, dtype=pl.Boolean) for column, flags in by_column.items()}


def _empty_formulas(name: str, seen: PartScan, limits: Limits) -> list[Finding]:
    if not seen.formulas:
        return []
    first, *others = seen.formulas[: limits.addresses]
    cells = ", ".join([cell_at(name, *first), *(f"{letter}{row}" for letter, row in others)])
    return [Finding("formula-without-value", Severity.WARNING, cells, {"count": len(seen.formulas)})]
