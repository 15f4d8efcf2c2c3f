"""From a figure back to its cells: formula, inputs, file, sheet, cell."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.intake.cells.answers import pointers
from nangkis.intake.layouts import service_answers
from nangkis.intake.limits import limits_on
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import chosen_rows, fits
from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.figures import ParameterUse, Selection
from nangkis.vocabulary.refusals import FileRefused, RequestRefused
from nangkis.vocabulary.units import Unit
from nangkis.workspace.opened import Workspace
from nangkis.workspace.reading import read_document
from nangkis.workspace.record import KeptFigure


LARGEST = 5
# A sum of percentages or of poverty lines would be a number without meaning.
ADDABLE = frozenset({Unit.RUPIAH})
ERROR = "standard_error"  # as published, beside the value of an indicator
VALUE_COLUMNS = ("amount_sen", "value")  # of a budget line, of an indicator


class FigureUnknown(RequestRefused):
    """The document's record holds no figure of this id."""


@dataclass(frozen=True)
class TracedCell:
    """One input: the value as the lake holds it, and the cell that it was read from."""

    keys: tuple[tuple[str, str], ...]
    value: Any
    places: int
    sheet: str
    cell: str


@dataclass(frozen=True)
class TracedInput:
    """A selection followed to its table: how many cells, their exact sum when they add, and the largest of them.

    ``unit`` is that of the values; None where the column holds no numbers.
    """

    selection: Selection
    manifest: TableManifest | None  # None: this workspace does not hold the table
    superseded_by: str | None
    unit: Unit | None
    count: int
    total: Decimal | None
    cells: tuple[TracedCell, ...]


@dataclass(frozen=True)
class TracedRule:
    """A dated rule that the figure used, and the one of that name today; None when there is none any more."""

    use: ParameterUse
    today: Parameter | None

    @property
    def has_changed(self) -> bool:
        """Whether today's value is not the one that was used."""
        return self.today is None or self.today.digest != self.use.digest


@dataclass(frozen=True)
class Trace:
    """All that is known of one figure."""

    id: str
    kept: KeptFigure
    inputs: tuple[TracedInput, ...]
    rules: tuple[TracedRule, ...]


def trace(workspace: Workspace, path: Path, figure_id: str) -> Trace:
    """Follow one figure of a document to its cells. Raises FigureUnknown with the nearest ids."""
    record = read_document(workspace, path).record
    wanted = figure_id.removeprefix("nk:").split(".")[0].lower()
    kept = record.figures.get(wanted)
    if kept is None:
        near = difflib.get_close_matches(wanted, record.figures, n=3, cutoff=0.5)
        raise FigureUnknown("figure-unknown", id=figure_id, file=path.name, near=", ".join(near) or "—")
    origin = kept.figure.origin
    return Trace(
        id=wanted,
        kept=kept,
        inputs=tuple(follow(workspace, selection) for selection in origin.inputs),
        rules=tuple(_rule(workspace, use, record.request.as_of) for use in origin.parameters),
    )


def follow(workspace: Workspace, selection: Selection) -> TracedInput:
    """Follow one selection to the cells of its table.

    A row's address is that of its value, so it is the value that is shown, whichever column was counted; a selection
    of the whole table is told by its range.
    """
    lake = workspace.lake
    if not lake.holds(selection.table) or not fits(lake.rows(selection.table), selection):
        return TracedInput(selection, None, None, None, 0, None, ())
    rows = chosen_rows(lake.rows(selection.table), selection)
    letters = _letters(lake.manifest(selection.table))
    value = next((column for column in VALUE_COLUMNS if column in rows.columns), selection.column)
    if selection.column == ERROR:
        value = ERROR
    unit = _unit(rows, value)
    largest = rows.sort(value, descending=True, nulls_last=True).head(LARGEST if selection.where else 0)
    places = _pointers(workspace, lake.manifest(selection.table))
    adds = unit in ADDABLE and selection.column == value
    return TracedInput(
        selection=selection,
        manifest=lake.manifest(selection.table),
        superseded_by=lake.successor(selection.table),
        unit=unit,
        count=rows.height,
        total=Decimal(sum(rows[value].drop_nulls().to_list())) if adds else None,
        cells=tuple(
            _pointed(_cell(row, value, [name for name, _ in selection.where], letters), row, places)
            for row in largest.iter_rows(named=True)
        ),
    )


def _pointers(workspace: Workspace, manifest: TableManifest) -> dict[int, str]:
    """Return the place of each row's value in the answer of a service, which has no cells; none for other files."""
    path = workspace.lake.source_path(manifest)
    if manifest.layout not in service_answers.NAMES or not path.is_file():
        return {}
    try:
        return pointers(path, limits_on(workspace.parameters, manifest.accepted_at.date()))
    except FileRefused:  # the copy was damaged since; the table itself is whole, and its rows are shown
        return {}


def _pointed(cell: TracedCell, row: dict[str, Any], places: Mapping[int, str]) -> TracedCell:
    pointer = places.get(row["_row"])
    return cell if pointer is None else replace(cell, keys=(*cell.keys, ("pointer", pointer)))


def _letters(manifest: TableManifest) -> dict[str, str]:
    """Return the sheet's letter of each column, of a table whose rows have several columns of values."""
    named = (pair.partition("=") for pair in manifest.about.get("columns", "").split(",") if pair)
    return {column: letter for column, _, letter in named}


def _cell(row: dict[str, Any], value: str, keys: list[str], letters: Mapping[str, str]) -> TracedCell:
    return TracedCell(
        keys=tuple((key, str(row[key])) for key in keys),
        value=row[value],
        places=row.get("places", 0) or 0,
        sheet=row["_sheet"],
        cell=_address(row, row["_error_col"] if value == ERROR else letters.get(value, row["_col"])),
    )


def _address(row: dict[str, Any], letters: str) -> str:
    """Return the cell of a row, or the several that one number follows from."""
    return ":".join(f"{letter}{row['_row']}" for letter in letters.split(":"))


def _rule(workspace: Workspace, use: ParameterUse, day: date) -> TracedRule:
    return TracedRule(use, workspace.parameters.in_force(use.name, day))


def _unit(rows: pl.DataFrame, column: str) -> Unit | None:
    if column.endswith("_sen"):
        return Unit.RUPIAH
    if "indicator" not in rows.columns:
        return Unit.COUNT if rows.schema[column].is_integer() else None
    codes = rows["indicator"].unique().to_list()
    known = indicators().get(codes[0]) if len(codes) == 1 else None  # an RPJMD's indicators have names, not codes
    return None if known is None else known.unit
