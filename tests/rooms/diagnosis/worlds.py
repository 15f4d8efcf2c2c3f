"""Small worlds of the fictional province, drawn as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from nangkis.content.catalogue import Language
from nangkis.content.sentences import Sentence, Value, spoken
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.trend import Trend
from nangkis.lake.store import Lake
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.indicators.lakes import accept


ON = date(2026, 11, 1)
PROVINCE = "contoh-2026:90"
NATION = "contoh-2026:00"


def drawn(table: str) -> list[tuple[str, str, int, float | str | None]]:
    """Read a drawn table: the first column names regions by their digits, the first row indicator and year.

    A cell without a number is missing, and says why (``dash``, ``implausible``); an empty one is no cell at all.
    """
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [
        (indicator, f"contoh-2026:{region}", int(year), _value(cell))
        for region, *cells in lines
        for (indicator, year), cell in zip((name.split() for name in head[1:]), cells, strict=True)
        if cell
    ]


def _value(cell: str) -> float | str:
    return float(cell) if cell[0].isdigit() else cell


def with_design(*, design_effect: str = "2", households_regency: str = "671", nation: str = "345000") -> Parameters:
    """Return the packaged parameters with another design of the survey."""
    chosen = {
        "sampling_design_effect": design_effect,
        "sampling_households_regency": households_regency,
        "sampling_households_nation": nation,
    }
    ours = {name: (replace(packaged().on(name, ON), value=value),) for name, value in chosen.items()}
    return packaged().with_overrides(Parameters(ours))


def diagnosed(folder: Path, table: str, region: str = "90.01", *, parameters: Parameters | None = None) -> Diagnosis:
    """Return the diagnosis of a region of the fictional province from a drawn table."""
    return diagnosed_rows(folder, drawn(table), f"contoh:{region}", parameters=parameters)


def diagnosed_rows(
    folder: Path,
    rows: Sequence[tuple[str, str, int, float | str | None]],
    region: str,
    *,
    parameters: Parameters | None = None,
) -> Diagnosis:
    """Return the diagnosis of a region from rows of one table."""
    lake = Lake(folder)
    accept(lake, rows)
    return diagnose(lake.snapshot(), Region.parse(region), parameters=parameters or packaged(), on=ON)


def position_of(found: Diagnosis, indicator: str = "POV.P0") -> Position:
    """Return the position in one indicator."""
    return next(stand for stand in found.positions if stand.indicator.code == indicator)


def trend_of(found: Diagnosis, indicator: str = "POV.P0") -> Trend:
    """Return the trend of one indicator."""
    return next(course for course in found.trends if course.indicator.code == indicator)


def said(value: Value, language: Language = "id") -> str:
    """Return a sentence as a reader sees it, in Indonesian unless told."""
    return spoken(value, language)


def codes_in(piece: Value) -> list[str]:
    """Return the codes of a sentence and of all sentences in it."""
    if not isinstance(piece, Sentence):
        return []
    return [piece.code, *(code for value in piece.values.values() for code in codes_in(value))]


def series(numbers: Sequence[float | None]) -> pl.Series:
    """Return numbers as a column."""
    return pl.Series(numbers, dtype=pl.Float64)
