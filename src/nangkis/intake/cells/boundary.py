"""Reads GeoJSON and TopoJSON as sheets: properties are columns, features are rows, borders hang beside them."""

from __future__ import annotations

import importlib.util
import marshal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from nangkis.intake.cells.deadline import deadline_for
from nangkis.intake.cells.formats import FileBroken, FileTooLarge, too_large
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.limits import Limits
from nangkis.vocabulary.sources import column_letter


CHILD = Path(__file__).with_name("boundary_child.py")
BORDERS = pl.Schema(
    {
        "geometry": pl.String(),
        "trouble": pl.String(),
        "mended": pl.Boolean(),
        "points": pl.Int64(),
        "points_kept": pl.Int64(),
        "change": pl.Float64(),
    }
)
GEOMETRY = "geometry"  # the header of the last column, which says of each feature what it has


def read_boundaries(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """Return each collection of features as a sheet: row 1 names the properties, each row below is a feature.

    Raises FileTooLarge or FileBroken. What mends polygons runs in a process of its own, with limits on memory and time.
    """
    deadline = deadline_for(path, limits)
    try:
        done = subprocess.run(  # noqa: S603 - our own script, run by this Python; the file's name is one argument
            _command(path, limits),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=deadline.left,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise deadline.passed() from None
    if done.returncode != 0:
        raise _out_of_memory(path, limits)
    kind, *rest = marshal.loads(done.stdout)  # noqa: S302 - written by our own script just now
    if kind == "refused":
        raise _refusal(path, limits, *rest)
    return tuple(_sheet(path, limits, collection) for collection in rest[0])


def _command(path: Path, limits: Limits) -> list[str]:
    spec = importlib.util.find_spec("shapely")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("shapely")
    folder = str(Path(spec.submodule_search_locations[0]).parent)
    bounds = (limits.memory_bytes, limits.boundary_points, limits.boundary_detail_metres)
    return [sys.executable, "-I", "-S", str(CHILD), folder, str(path.resolve()), *map(str, bounds)]


def _refusal(path: Path, limits: Limits, code: str, values: dict[str, Any]) -> FileBroken | FileTooLarge:
    if code == "file-too-large":
        return too_large(path, **values) if values else _out_of_memory(path, limits)
    if code == "boundary-too-deep":
        return FileBroken("boundary-too-deep", file=path.name)
    return FileBroken("boundary-broken", file=path.name, **values)


def _out_of_memory(path: Path, limits: Limits) -> FileTooLarge:
    return FileTooLarge("file-needs-memory", file=path.name, limit="memory_bytes", most=limits.memory_bytes)


def _sheet(path: Path, limits: Limits, collection: tuple[Any, ...]) -> Sheet:
    name, header, rows, borders = collection
    for limit, most, found in (("rows", limits.rows, len(rows)), ("columns", limits.columns, len(header) + 1)):
        if found > most:
            raise too_large(path, limit, most, found)
    cells = [[row[place] for row in rows] for place in range(len(header))]
    cells.append([trouble or GEOMETRY for _, trouble, *_ in borders])
    columns = tuple(
        _column(place, title, column)
        for place, (title, column) in enumerate(zip((*header, GEOMETRY), cells, strict=True))
    )
    numbers = pl.select(pl.int_range(1, len(rows) + 2, dtype=pl.Int32)).to_series()
    hung = pl.DataFrame([(None,) * len(BORDERS), *borders], schema=BORDERS, orient="row")
    return Sheet(path.name, name, numbers, columns, borders=hung)


def _column(place: int, title: str, cells: Sequence[str | float | None]) -> Column:
    texts = [title, *(None if isinstance(cell, float) else (cell or "").strip() or None for cell in cells)]
    numbers = [None, *(cell if isinstance(cell, float) else None for cell in cells)]
    return Column(column_letter(place), pl.Series(texts, dtype=pl.String), pl.Series(numbers, dtype=pl.Float64))
