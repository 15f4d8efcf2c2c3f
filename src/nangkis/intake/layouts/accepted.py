"""What every layout hands over in the end: the accepted rows, and what became of all rows of the sheet."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nangkis.content.messages import table_words
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding, Repair


def as_stored(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Return the accepted ones of ``rows``, told by their column ``kind``, as they will lie in the lake."""
    return rows.filter(pl.col("kind") == RowKind.ACCEPTED).select(list(schema)).cast(schema)


def reading_of(
    sheet: Sheet,
    kinds: pl.Series,
    frame: pl.DataFrame,
    *,
    kind: str,
    about: Mapping[str, str],
    owner: str,
    layout: str,
    version: int,
    repairs: tuple[Repair, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Reading:
    """Return a sheet's reading; ``kinds`` says of each of its rows what it is, ``frame`` holds the accepted ones."""
    count = counted(sheet.rows, kinds)
    return Reading(
        kind=kind,
        title=table_words(kind, about, "id"),
        owner=owner,
        layout=layout,
        layout_version=version,
        sheet=sheet.name,
        cell_range=sheet.cell_range,
        frame=frame,
        rows_in=count.rows_in,
        rows_frame=count.rows_frame,
        rows_accepted=count.rows_accepted,
        rows_refused=count.rows_refused,
        frame_rows=count.frame_rows,
        repairs=repairs,
        findings=findings,
        about=about,
    )
