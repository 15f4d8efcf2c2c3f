"""From a figure back to its cells: formula, inputs, file, sheet, cell."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.indicators.catalogue import indicators
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import chosen_rows
from nangkis.parameters.dated import Parameter
from nangkis.vocabulary.figures import Selection
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.units import Unit
from nangkis.workspace.opened import Workspace
from nangkis.workspace.reading import read_document
from nangkis.workspace.record import KeptFigure


LARGEST = 5
# A sum of percentages or of poverty lines would be a number without meaning.
ADDABLE = frozenset({Unit.RUPIAH})


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
class Trace:
    """All that is known of one figure."""

    id: str
    kept: KeptFigure
    inputs: tuple[TracedInput, ...]
    parameters: tuple[Parameter, ...]


def trace(workspace: Workspace, path: Path, figure_id: str) -> Trace:
    """Follow one figure of a document to its cells. Raises FigureUnknown with the nearest ids."""
    record = read_document(workspace, path).record
    wanted = figure_id.removeprefix("nk:").split(".")[0].lower()
    kept = record.figures.get(wanted)
    if kept is None:
        near = difflib.get_close_matches(wanted, record.figures, n=3, cutoff=0.5)
        raise FigureUnknown("figure-unknown", id=figure_id, file=path.name, near=", ".join(near) or "—")
    origin = kept.figure.origin
    known = workspace.parameters
    return Trace(
        id=wanted,
        kept=kept,
        inputs=tuple(follow(workspace, selection) for selection in origin.inputs),
        parameters=tuple(
            known.on(use.name, record.request.as_of) for use in origin.parameters if use.name in known.by_name
        ),
    )


def follow(workspace: Workspace, selection: Selection) -> TracedInput:
    """Follow one selection to the cells of its table."""
    lake = workspace.lake
    if not lake.holds(selection.table):
        return TracedInput(selection, None, None, None, 0, None, ())
    rows = chosen_rows(lake.rows(selection.table), selection)
    unit = _unit(rows, selection.column)
    column = rows[selection.column]
    ordered = rows.sort(selection.column, descending=True, nulls_last=True) if column.dtype.is_numeric() else rows
    keys = [name for name, _ in selection.where]
    cells = tuple(
        TracedCell(
            keys=tuple((key, str(row[key])) for key in keys),
            value=row[selection.column],
            places=row.get("places", 0) or 0,
            sheet=row["_sheet"],
            cell=f"{row['_col']}{row['_row']}",
        )
        for row in ordered.head(LARGEST).iter_rows(named=True)
    )
    return TracedInput(
        selection=selection,
        manifest=lake.manifest(selection.table),
        superseded_by=lake.successor(selection.table),
        unit=unit,
        count=rows.height,
        total=Decimal(sum(column.drop_nulls().to_list())) if unit in ADDABLE else None,
        cells=cells,
    )


def _unit(rows: pl.DataFrame, column: str) -> Unit | None:
    if column == "amount_sen":
        return Unit.RUPIAH
    codes = rows["indicator"].unique().to_list() if column == "value" and "indicator" in rows.columns else []
    return indicators()[codes[0]].unit if len(codes) == 1 else None
