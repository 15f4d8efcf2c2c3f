"""What each row is: data, or part of the frame (title, heading, note, total). Every row that is not blank counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class RowKind(StrEnum):
    """What became of a row."""

    TITLE = "title"
    HEADING = "heading"
    NOTE = "note"
    TOTAL = "total"
    SUBTOTAL = "subtotal"  # the sum of a part, such as a programme
    INDICATOR = "indicator"  # a further indicator, kept with the row above
    ACCEPTED = "accepted"
    REFUSED = "refused"


FRAME = tuple(kind.value for kind in RowKind if kind not in (RowKind.ACCEPTED, RowKind.REFUSED))


@dataclass(frozen=True)
class RowCount:
    """Rows in = frame + accepted + refused; ``frame_rows`` maps the row's number to what it is."""

    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    frame_rows: Mapping[str, str]


def counted(numbers: pl.Series, kinds: pl.Series) -> RowCount:
    """Count rows by what became of them; ``kinds`` are values of RowKind."""
    in_frame = kinds.is_in(FRAME)
    shown = zip(numbers.filter(in_frame).to_list(), kinds.filter(in_frame).to_list(), strict=True)
    return RowCount(
        rows_in=len(kinds),
        rows_frame=int(in_frame.sum()),
        rows_accepted=int((kinds == RowKind.ACCEPTED.value).sum()),
        rows_refused=int((kinds == RowKind.REFUSED.value).sum()),
        frame_rows={str(row): kind for row, kind in shown},
    )


def kind_of(flaw: pl.Expr, *, note: pl.Expr, total: pl.Expr | None = None) -> pl.Expr:
    """Return what each row is: a total, else a note, else refused for its flaw, else accepted; no flaw is null."""
    return (
        pl.when(pl.lit(value=False) if total is None else total)
        .then(pl.lit(RowKind.TOTAL.value))
        .when(note)
        .then(pl.lit(RowKind.NOTE.value))
        .when(flaw.is_not_null())
        .then(pl.lit(RowKind.REFUSED.value))
        .otherwise(pl.lit(RowKind.ACCEPTED.value))
    )


def kinds_above(header: int) -> pl.Series:
    """Return what the rows to the header are: titles, then the header, which stands at this index."""
    return pl.Series([RowKind.TITLE.value] * header + [RowKind.HEADING.value], dtype=pl.String)
