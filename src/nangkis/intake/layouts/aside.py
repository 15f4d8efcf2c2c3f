"""Sheets that hold no data of their own: findings that Nangkis wrote, and the offices that another sheet numbers."""

from __future__ import annotations

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.messages import fill
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import rkpd_print
from nangkis.intake.layouts.rkpd_offices import office_list
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.vocabulary.findings import Finding, Severity


OURS = "sheet-of-findings"
_TOP = 8  # title, file, explanation and signs stand in the first rows; people write notes above them


def set_aside(seen: SheetSeen) -> Finding | None:
    """Return why a sheet is not read as data; None when it is to be read."""
    if is_findings_page(seen.sheet):
        return Finding(OURS, Severity.NOTE, seen.sheet.name)
    if office_list(seen.sheet, seen.rules) is None:
        return None
    for other in seen.others:
        if not other.hidden and other.height and rkpd_print.recognise(SheetSeen(other, seen.rules)).complete:
            return Finding("sheet-of-offices", Severity.NOTE, seen.sheet.name, {"other": other.name})
    return None


def is_findings_page(sheet: Sheet) -> bool:
    """Say whether a sheet is the first one of a marked workbook, by its title and explanation in either language."""
    top = {cell for row in sheet.head(_TOP) for cell in row} if sheet.height else set()
    return any({fill(f"marked.{part}", language) for part in ("title", "about")} <= top for language in LANGUAGES)
