"""What every layout hands over in the end: the accepted rows, and what became of all rows of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from nangkis.content.messages import table_words
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import collected
from nangkis.intake.layouts.named_columns import NamedColumns
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Repair, Severity
from nangkis.vocabulary.sources import cell_at


Row = Mapping[str, Any]


def as_stored(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Return the accepted ones of ``rows``, told by their column ``kind``, as they will lie in the lake."""
    return rows.filter(pl.col("kind") == RowKind.ACCEPTED).select(list(schema)).cast(schema)


def refusals(
    rows: pl.DataFrame,
    sheet: Sheet,
    columns: NamedColumns,
    *,
    role_of: Callable[[Row], str],
    told: Callable[[Row], dict[str, object]],
) -> Iterator[Finding]:
    """Yield an error for each refused row, of its ``flaw``; ``role_of`` says in which column, ``told`` its values."""
    for row in rows.filter(pl.col("kind") == RowKind.REFUSED).iter_rows(named=True):
        at = cell_at(sheet.name, columns.letters[role_of(row)], row["_row"])
        yield Finding(row["flaw"], Severity.ERROR, at, told(row))


def columns_reading(
    seen: SheetSeen,
    columns: NamedColumns,
    rows: pl.DataFrame,
    *,
    kind: str,
    schema: pl.Schema,
    about: Mapping[str, str],
    owner: Region,
    layout: tuple[str, int],
    masks: Iterable[tuple[str, str, pl.Series]],
    findings: Iterable[Finding],
) -> Reading:
    """Return the reading of a sheet of named columns; ``layout`` is its name and version.

    ``rows`` are all below the header, each with its ``kind``. ``masks`` say what was mended in them, as ``repairs`` of
    the columns takes it; ``findings`` come after those of the sheet itself.
    """
    sheet, rules = seen.sheet, seen.rules
    return reading_of(
        sheet,
        columns.kinds(rows["kind"]),
        as_stored(rows, schema),
        kind=kind,
        about=about,
        owner=str(owner),
        layout=layout[0],
        version=layout[1],
        repairs=(*sheet.repairs, *columns.repairs(masks, sheet, rules)),
        findings=collected((*sheet.findings, *findings), sheet=sheet.name, limits=rules.limits),
    )


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
