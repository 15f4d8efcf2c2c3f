"""The child process that reads a workbook: a script that imports almost nothing and may die without harm.

Run as ``python -I -S xlsx_child.py FOLDER_OF_CALAMINE WORKBOOK MEMORY_BYTES``; it waits for a line on its input, then
writes one marshalled value: ``("refused", code, words)`` or ``("read", sheets)``. A sheet is
``(name, visible, first_row, first_column, columns, merged)``, a column ``(texts or None, numbers or None, height)``.
"""

from __future__ import annotations

import marshal
import sys
from typing import Any


def limit_memory(most: int) -> None:
    """Let the operating system refuse memory beyond ``most`` bytes, where it can."""
    try:
        import resource  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def as_text(value: object) -> str | None:
    """Return a cell that is no number as text: dates in ISO form, truth values as Excel shows them."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    isoformat = getattr(value, "isoformat", None)
    if isoformat is None:
        return str(value) or None
    text: str = isoformat()
    return text.removesuffix("T00:00:00")


def split(column: tuple[object, ...]) -> tuple[list[str | None] | None, list[float | None] | None]:
    """Return a column's texts and its numbers, each None when there are none."""
    kinds = set(map(type, column))
    numeric = kinds & {int, float}
    if kinds <= {str}:
        return list(column), None  # type: ignore[arg-type]
    if kinds == numeric:
        return None, list(column)  # type: ignore[arg-type]
    texts = [value if type(value) is str else None if type(value) in numeric else as_text(value) for value in column]
    numbers = [value if type(value) in numeric else None for value in column] if numeric else None
    return texts, numbers  # type: ignore[return-value]


def read(path: str) -> tuple[Any, ...]:
    """Read every sheet of a workbook."""
    import python_calamine  # noqa: PLC0415 - only after memory is limited

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [
            sheet_of(workbook, meta)
            for meta in workbook.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError:
        return ("refused", "workbook-locked", "")
    except MemoryError:
        return ("refused", "file-too-large", "")
    except Exception as error:  # noqa: BLE001 - whatever the parser says of a stranger's file is a refusal of that file
        return ("refused", "workbook-broken", str(error))
    return ("read", sheets)


def sheet_of(workbook: Any, meta: Any) -> tuple[Any, ...]:
    """Return one sheet as plain values."""
    sheet = workbook.get_sheet_by_name(meta.name)
    columns = [(*split(column), len(column)) for column in zip(*sheet.to_python(), strict=False)]
    first_row, first_column = sheet.start or (0, 0)
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    visible = str(meta.visible).rpartition(".")[2] == "Visible"
    return (sheet.name, visible, first_row + 1, first_column, columns, merged)


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    limit_memory(int(sys.argv[3]))
    if sys.stdin.readline():
        marshal.dump(read(sys.argv[2]), sys.stdout.buffer)
