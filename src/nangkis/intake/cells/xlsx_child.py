"""The child process that reads a workbook: a script that imports almost nothing and may die without harm.

Run as ``python -I -S xlsx_child.py FOLDER_OF_CALAMINE WORKBOOK MEMORY_BYTES``; it waits for a line on its input, then
writes one marshalled value: ``("refused", code, words)`` or ``("read", sheets)``. A sheet is
``(name, visible, first_row, first_column, height, columns, merged)``, a column ``(texts, numbers)``, each None when
there are none. Texts are ``(words, which)``: the different texts, and as bytes of unsigned ints which one each row has.
Numbers are ``(rows, values)``: bytes of the row indexes, None when every row has one, and bytes of the doubles. Real
columns repeat their texts, so little has to pass from one process to the other.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from array import array
from typing import Any


Texts = tuple[list[str | None], bytes]
Numbers = tuple[bytes | None, bytes]


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


def split(column: tuple[Any, ...]) -> tuple[Texts | None, Numbers | None]:
    """Return a column's texts and its numbers, each None when there are none."""
    kinds = set(map(type, column))
    numeric = kinds & {int, float}
    if kinds <= {str}:
        return packed(column), None
    if kinds == numeric:
        return None, (None, array("d", column).tobytes())
    texts = [value if type(value) is str else None if type(value) in numeric else as_text(value) for value in column]
    rows = array("I", [row for row, value in enumerate(column) if type(value) in numeric])
    numbers = (rows.tobytes(), array("d", [column[row] for row in rows]).tobytes()) if numeric else None
    return packed(texts), numbers


def packed(texts: Any) -> Texts:
    """Return each different text once, and which one every row has."""
    words = list(dict.fromkeys(texts))
    places = dict(zip(words, range(len(words)), strict=True))
    return words, array("I", map(places.__getitem__, texts)).tobytes()


def read(path: str) -> tuple[Any, ...]:
    """Read every sheet of a workbook."""
    import python_calamine  # noqa: PLC0415 - only after memory is limited

    try:
        # Not from_path, which believes the file's name; the bytes tell what it is.
        with open(path, "rb") as stream:  # noqa: PTH123 - pathlib would cost this process its quick start
            workbook = python_calamine.CalamineWorkbook.from_filelike(stream)
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
    rows = sheet.to_python()
    columns = [split(column) for column in zip(*rows, strict=False)]
    first_row, first_column = sheet.start or (0, 0)
    merged = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    visible = str(meta.visible).rpartition(".")[2] == "Visible"
    return (sheet.name, visible, first_row + 1, first_column, len(rows), columns, merged)


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    limit_memory(int(sys.argv[3]))
    if sys.stdin.readline():
        # Nothing made here is garbage before the answer is written, and what remains then goes with the process.
        gc.disable()
        marshal.dump(read(sys.argv[2]), sys.stdout.buffer)
        sys.stdout.buffer.flush()
        os._exit(0)
