"""From a path to its sheets, whatever the file's name says."""

from __future__ import annotations

from pathlib import Path

from nangkis.intake.cells.answers import read_json
from nangkis.intake.cells.boundary import read_boundaries
from nangkis.intake.cells.delimited import read_delimited
from nangkis.intake.cells.formats import Format, format_of
from nangkis.intake.cells.opendocument import read_fods, read_ods
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.cells.spreadsheetml import read_spreadsheetml
from nangkis.intake.cells.webpage import read_webpage
from nangkis.intake.cells.workbook import read_workbook, read_xls
from nangkis.intake.limits import Limits


READERS = {
    Format.XLSX: read_workbook,
    Format.XLS: read_xls,
    Format.SPREADSHEETML: read_spreadsheetml,
    Format.ODS: read_ods,
    Format.FODS: read_fods,
    Format.HTML: read_webpage,
    Format.JSON: read_json,
    Format.BOUNDARY: read_boundaries,
    Format.TEXT: read_delimited,
}


def read_sheets(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of a file. Raises FormatRefused, FileTooLarge or FileBroken (all of them FileRefused)."""
    return READERS[format_of(path, limits)](path, limits)
