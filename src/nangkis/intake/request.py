"""What the user said about a file, by options or by a --map file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nangkis.budget.schema import Stage
from nangkis.indicators.schema import Period
from nangkis.intake.columns_said import ColumnsSaid
from nangkis.vocabulary.codes import CodeSystem, Region


@dataclass(frozen=True)
class Request:
    """What was said; None is what was not said. Never a default: what is missing is taken from elsewhere or asked."""

    layout: str | None = None
    region: Region | None = None
    year: int | None = None
    stage: Stage | None = None
    codes: CodeSystem | None = None
    indicator: str | None = None
    period: Period | None = None
    nomenclature: str | None = None  # the version of a list of codes
    columns: ColumnsSaid | None = None
    of_sheets: tuple[tuple[str, Mapping[str, Any]], ...] = ()  # a pattern of names, and what its sheets have otherwise
    remembered: tuple[ColumnsSaid, ...] = ()  # what the workspace knows from earlier files
    batch: tuple[str, ...] = ()  # the names of all files of one import: a bare "Kediri" is told by its Kota
