"""Borders from the lake: of the regions asked for, the table accepted last, all parts of a region together."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from nangkis.lake.manifest import Reading
from nangkis.lake.store import Lake
from nangkis.regions.boundaries import KIND, SCHEMA, Borders, borders_of
from nangkis.vocabulary.codes import Region


MOROWALI, POSO = Region.parse("kemendagri:72.06"), Region.parse("kemendagri:72.02")
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


def square(left: float) -> list[list[list[float]]]:
    return [[[left, 0.0], [left + 1, 0.0], [left + 1, 1.0], [left, 1.0], [left, 0.0]]]


def accept(lake: Lake, folder: Path, at: datetime, *rows: tuple[Region, float]) -> None:
    texts = [json.dumps({"type": "MultiPolygon", "coordinates": [square(left)]}) for _, left in rows]
    frame = pl.DataFrame(
        [
            (str(region), "–", text, "s", place, "B")
            for place, ((region, _), text) in enumerate(zip(rows, texts, strict=True))
        ],
        schema=SCHEMA,
        orient="row",
    )
    count = len(rows)
    reading = Reading(KIND, "Batas", "kemendagri-2025:72", KIND, 1, "s", "A1:B2", frame, count, 0, count, 0)
    source = folder / f"{at:%H%M}.geojson"
    source.write_text(str(at), encoding="utf-8")
    lake.accept(reading, source_file=source, at=at, by="Ibu Ratna")


def test_all_parts_of_a_region_are_one_outline_and_others_are_not_read(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    accept(lake, tmp_path, NOON, (MOROWALI, 1.0), (POSO, 5.0), (MOROWALI, 3.0))

    found = borders_of(lake.snapshot(), [MOROWALI]).outlines

    assert set(found) == {MOROWALI}
    assert [polygon[0][0] for polygon in found[MOROWALI].polygons] == [(1.0, 0.0), (3.0, 0.0)]


def test_of_two_tables_the_one_accepted_last_gives_a_region_s_border(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    accept(lake, tmp_path, NOON, (MOROWALI, 1.0), (POSO, 5.0))
    accept(lake, tmp_path, NOON + timedelta(hours=1), (MOROWALI, 2.0))

    found = borders_of(lake.snapshot(), [MOROWALI, POSO]).outlines

    assert found[MOROWALI].polygons[0][0][0] == (2.0, 0.0)
    assert found[POSO].polygons[0][0][0] == (5.0, 0.0)


def test_a_region_without_a_border_is_left_out(tmp_path: Path) -> None:
    assert borders_of(Lake(tmp_path / "lake").snapshot(), [MOROWALI]) == Borders({})
