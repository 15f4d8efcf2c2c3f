"""What a user said about the columns of a sheet that no layout knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nangkis.indicators.schema import Period


@dataclass(frozen=True)
class ColumnSaid:
    """What one column holds: a role such as ``region_name``, or an indicator with what its header leaves unsaid."""

    role: str | None = None
    indicator: str | None = None
    year: int | None = None
    period: Period | None = None
    unit: str = ""


@dataclass(frozen=True)
class ColumnsSaid:
    """The columns of one kind of sheet, by letter or by header.

    ``layout`` is the one that reads them; ``header_row`` the row of the file, when letters alone do not tell it;
    ``name`` is the fingerprint under which a workspace remembers this, empty as long as it does not.
    """

    layout: str
    columns: Mapping[str, ColumnSaid]
    header_row: int | None = None
    name: str = ""
    header: tuple[str, ...] = ()  # the header as remembered: plain words, years blanked
