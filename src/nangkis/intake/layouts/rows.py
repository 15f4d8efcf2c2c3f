"""What each row is: data, or part of the frame (title, heading, note, total). Every row that is not blank counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class RowKind(StrEnum):
    """What became of a row."""

    TITLE = "title"
    HEADING = "heading"
    NOTE = "note"
    TOTAL = "total"
    ACCEPTED = "accepted"
    REFUSED = "refused"


FRAME = (RowKind.TITLE, RowKind.HEADING, RowKind.NOTE, RowKind.TOTAL)


@dataclass(frozen=True)
class RowCount:
    """Rows in = frame + accepted + refused; ``frame_rows`` maps the row's number to what it is."""

    rows_in: int
    rows_frame: int
    rows_accepted: int
    rows_refused: int
    frame_rows: Mapping[str, str]


def counted(numbers: Sequence[int], kinds: Sequence[RowKind]) -> RowCount:
    """Count rows by what became of them."""
    by_kind = Counter(kinds)
    return RowCount(
        rows_in=len(kinds),
        rows_frame=sum(by_kind[kind] for kind in FRAME),
        rows_accepted=by_kind[RowKind.ACCEPTED],
        rows_refused=by_kind[RowKind.REFUSED],
        frame_rows={str(row): kind.value for row, kind in zip(numbers, kinds, strict=True) if kind in FRAME},
    )
