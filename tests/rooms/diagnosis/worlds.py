"""Small worlds of the fictional province, drawn as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.content.catalogue import Language
from nangkis.content.sentences import Sentence, Value, spoken
from nangkis.diagnosis.course import courses
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.standing import class_of, ranked, sign_of
from nangkis.diagnosis.trend import Trend
from nangkis.indicators.catalogue import indicators
from nangkis.lake.store import Lake
from nangkis.parameters.dated import Parameters
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.indicators.lakes import accept


Estimate = tuple[float, float | None]  # a value and its standard error
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


def diagnosed_everything(
    folder: Path, rows: Sequence[tuple[str, str, int, float | str | None]], region: str
) -> Diagnosis:
    """Return the diagnosis of a region of the fictional province in every indicator; work is surveyed in August."""
    lake = Lake(folder)
    for title, begins, period in (("Kerja", "EMP.", "agustus"), ("Ekonomi", "ECO.", "tahun"), ("Lain", "", "maret")):
        own = [row for row in rows if (row[0].startswith(begins) if begins else row[0][:4] not in {"EMP.", "ECO."})]
        if own:
            accept(lake, own, title=title, period=period)
    here = Region.parse(f"contoh:{region}")
    return diagnose(lake.snapshot(), here, parameters=packaged(), on=ON, codes=list(indicators()))


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


def differs(pairs: Sequence[tuple[Estimate, Estimate]], *, z: float) -> list[int]:
    """Return for each pair 1 where the first lies above the second by more than chance allows, -1 below, else 0."""
    rows = [(*one, *other) for one, other in pairs]
    schema = dict.fromkeys(("value", "error", "other", "other_error"), pl.Float64)
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table.select(sign_of("other", "other_error", z=z)).to_series().to_list()


def ranks(estimates: Sequence[Estimate], *, lower_is_better: bool = True) -> list[tuple[int, int, int]]:
    """Return place, best and worst of each of the regions of one field, in their order; the range is sure to 95 %."""
    rows = [(0, number, -1 if lower_is_better else 1, *one) for number, one in enumerate(estimates)]
    schema = {"group": pl.Int8, "region": pl.Int32, "good": pl.Int8, "value": pl.Float64, "error": pl.Float64}
    found = ranked(pl.DataFrame(rows, schema=schema, orient="row"), level=0.95).sort("region")
    return found.select("place", "best", "worst").rows()


def course(
    years: Sequence[tuple[int, float]],
    *,
    error: float | None = 0.0,
    good: int = -1,
    grows: bool = False,
    smallest: float = 0.0,
) -> dict[str, Any]:
    """Return the course of one invented series, as a row; every value has the same error."""
    table = pl.DataFrame(
        [("X", "nowhere", "tahun", year, value, error) for year, value in sorted(years)],
        schema={
            "indicator": pl.String,
            "region": pl.String,
            "period": pl.String,
            "year": pl.Int32,
            "value": pl.Float64,
            "error": pl.Float64,
        },
        orient="row",
    ).with_columns(
        pl.lit(0, pl.UInt32).alias("series"),
        pl.lit(good).alias("good"),
        pl.lit(grows).alias("grows"),
        pl.lit(smallest).alias("smallest"),
        pl.lit(0.0).alias("smallest_share"),
    )
    breaks = pl.DataFrame(schema={"indicator": pl.String, "period": pl.String, "break": pl.Int32})
    return courses(table, breaks, z=1.96, level=0.95, fewest=2).row(0, named=True)


def classes(value: Estimate, reference: Estimate, *, goods: Sequence[int], z: float) -> list[str]:
    """Return the class of a value against a reference, by the direction that is good: 1, -1 or 0."""
    tested = None not in (value[1], reference[1])
    rows = [(*value, *reference, value[0] - reference[0], good, tested and good != 0) for good in goods]
    numbers = dict.fromkeys(("value", "error", "other", "other_error", "gap"), pl.Float64)
    table = pl.DataFrame(rows, schema={**numbers, "good": pl.Int8, "tested": pl.Boolean}, orient="row")
    return table.select(class_of(sign_of("other", "other_error", z=z), "gap", "tested")).to_series().to_list()


def series(numbers: Sequence[float | None]) -> pl.Series:
    """Return numbers as a column."""
    return pl.Series(numbers, dtype=pl.Float64)
