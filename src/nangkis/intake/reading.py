"""From a file to readings: cells, personal data stopped, layout, repairs and checks; one outcome for each sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nangkis.intake.cells.read import read_sheets
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.personal import refuse_personal_data
from nangkis.intake.layouts.register import layout_of
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules, rules_on
from nangkis.lake.manifest import Reading
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.findings import Finding, Repair
from nangkis.vocabulary.refusals import FileRefused


@dataclass(frozen=True)
class SheetOutcome:
    """What became of one sheet: a reading, a refusal, or neither when the sheet is empty.

    ``rows_in = rows_frame + rows_accepted + rows_refused`` in every case; a file that could not be opened has one
    outcome with an empty sheet name and no rows.
    """

    file: str
    sheet: str
    layout: str | None
    reading: Reading | None
    refusal: FileRefused | None
    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]


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
        sheets = read_sheets(path, rules.limits)
    except FileRefused as refusal:
        return (_refused_file(path, refusal),)
    return tuple(_outcome(sheet, request, rules) for sheet in sheets)


def _refused_file(path: Path, refusal: FileRefused) -> SheetOutcome:
    return SheetOutcome(path.name, "", None, None, refusal, 0, 0, 0, 0, (), ())


def _outcome(sheet: Sheet, request: Request, rules: Rules) -> SheetOutcome:
    name = request.layout
    try:
        if not sheet.height:
            return SheetOutcome(sheet.file, sheet.name, None, None, None, 0, 0, 0, 0, sheet.findings, sheet.repairs)
        refuse_personal_data(sheet, rules.limits)
        layout = layout_of(sheet, request, rules)
        name = layout.name
        reading = layout.read(sheet, request, rules)
    except FileRefused as refusal:
        return SheetOutcome(
            sheet.file, sheet.name, name, None, refusal, sheet.height, 0, 0, sheet.height, sheet.findings, sheet.repairs
        )
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
    )
