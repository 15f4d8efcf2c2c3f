"""From a file to readings: cells, personal data stopped, layout, repairs and checks; one outcome for each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.file_name import check_file_name
from nangkis.intake.checks.personal import PersonalDataFound, refuse_personal_data
from nangkis.intake.columns_said import ColumnsSaid
from nangkis.intake.layouts.aside import set_aside
from nangkis.intake.layouts.protocol import Layout, SheetRefused
from nangkis.intake.layouts.register import layout_of
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.mapped.applied import LAYOUTS, Mapped, fitted, nearly, read_mapped, remembered_for
from nangkis.intake.mapping import request_of_sheet
from nangkis.intake.options import check_options, check_year
from nangkis.intake.profile import Profile, profile_of
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules, rules_on
from nangkis.lake.manifest import Reading
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.findings import Finding, Repair
from nangkis.vocabulary.refusals import FileRefused, Refusal


# Refusals of sheets whose columns are strange: one that comes close to a remembered mapping is told by its name.
COLUMNS_UNKNOWN = {"layout-unknown", "layout-nearly-known", "columns-unknown", "table-not-found"}


@dataclass(frozen=True)
class SheetOutcome:
    """What became of one sheet: a reading, a refusal, or neither when the sheet is hidden or empty.

    ``rows_in = rows_frame + rows_accepted + rows_refused`` in every case; a file that could not be opened has one
    outcome with an empty sheet name and no rows.
    """

    file: str
    sheet: str
    layout: str | None
    reading: Reading | None
    refusal: Refusal | None
    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    profile: Profile | None = None  # None where nothing was read
    mapping: ColumnsSaid | None = None  # the mapping through which it was read, as a workspace remembers it
    aside: bool = False  # no data of its own, as the one finding says: all its rows are frame


def read_file(path: Path, request: Request, *, parameters: Parameters, on: date) -> tuple[SheetOutcome, ...]:
    """Read a file, whatever it is; what cannot be read is an outcome with its refusal, never an exception.

    Args:
        path: the file; its content decides how it is read, not its name.
        request: what the user said about it.
        parameters: the limits and thresholds.
        on: the day on which they are asked for.
    """
    rules = rules_on(parameters, on)
    try:
        check_year(request, file=path.name, thresholds=rules.thresholds)
        sheets = read_sheets(path, rules.limits)
        asked = [request_of_sheet(sheet.name, request) for sheet in sheets]
        for one in asked:
            check_year(one, file=path.name, thresholds=rules.thresholds)
    except FileRefused as refusal:
        return (_refused_file(path, refusal),)
    try:
        refuse_personal_data(sheets, rules.limits)
    except PersonalDataFound as refusal:
        return tuple(_unread(sheet, refusal, None) for sheet in sheets)
    return tuple(_outcome(sheet, sheets, one, rules) for sheet, one in zip(sheets, asked, strict=True))


def _refused_file(path: Path, refusal: FileRefused) -> SheetOutcome:
    return SheetOutcome(path.name, "", None, None, refusal, 0, 0, 0, 0, (), ())


def _outcome(sheet: Sheet, sheets: Sequence[Sheet], request: Request, rules: Rules) -> SheetOutcome:
    if sheet.hidden or not sheet.height:
        return _unread(sheet, None, None)
    layout: Layout | None = None
    seen = SheetSeen(sheet, rules, tuple(other for other in sheets if other is not sheet))
    aside = set_aside(seen)
    if aside is not None:
        return replace(_unread(sheet, None, None), findings=(*sheet.findings, aside), aside=True)
    try:
        mapped = _mapped(seen, request)
        layout = LAYOUTS[mapped.said.layout] if mapped is not None else layout_of(seen, request)
        reading = read_mapped(seen, mapped, request) if mapped is not None else layout.read(seen, request)
        told = (*check_options(reading, request, file=sheet.file), *check_file_name(reading, file=sheet.file))
        reading = replace(reading, findings=(*reading.findings, *told))
    except FileRefused as refusal:
        return _unread(sheet, _no_longer_fits(refusal, seen, request), layout)
    name = layout.name
    return SheetOutcome(
        file=sheet.file,
        sheet=sheet.name,
        layout=name,
        reading=reading,
        refusal=None,
        rows_in=reading.rows_in,
        rows_frame=reading.rows_frame,
        rows_accepted=reading.rows_accepted,
        rows_refused=reading.rows_refused,
        findings=reading.findings,
        repairs=reading.repairs,
        profile=profile_of(sheet, reading, rules.limits),
        mapping=mapped.said if mapped is not None else None,
    )


def _mapped(seen: SheetSeen, request: Request) -> Mapped | None:
    """Return the mapping of a sheet: as said, else as remembered for its header; a layout that was said needs none."""
    said = request.columns
    if said is None and request.layout is None:
        said = remembered_for(seen, request.remembered)
    return None if said is None else fitted(seen, said)


def _no_longer_fits(refusal: FileRefused, seen: SheetSeen, request: Request) -> FileRefused:
    """Name the mapping that a sheet of no known columns comes close to; else return the refusal as it is."""
    near = nearly(seen, request.remembered) if request.layout is None and refusal.code in COLUMNS_UNKNOWN else None
    if near is None:
        return refusal
    said, lacking = near
    columns = ", ".join(lacking)
    file, sheet = seen.sheet.file, seen.sheet.name
    return SheetRefused("mapping-no-longer-fits", file=file, sheet=sheet, mapping=said.name, columns=columns)


def _unread(sheet: Sheet, refusal: Refusal | None, layout: Layout | None) -> SheetOutcome:
    """Return the outcome of a sheet that gave no table: refused, or hidden or empty and so none of the data."""
    refused = sheet.height if refusal is not None else 0
    name = layout.name if layout is not None else None
    frame = sheet.height - refused
    return SheetOutcome(
        sheet.file, sheet.name, name, None, refusal, sheet.height, frame, 0, refused, sheet.findings, sheet.repairs
    )
