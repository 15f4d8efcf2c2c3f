"""Invented quadrants, small charts and maps for the tests of drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from nangkis.content.charts import (
    Area,
    Corner,
    Cut,
    Map,
    Outline,
    Panel,
    Quadrant,
    QuadrantPoint,
    Series,
    Shade,
    SmallMultiples,
    Target,
)
from nangkis.content.sentences import sentence
from nangkis.vocabulary.figures import Label
from nangkis.vocabulary.units import Unit
from tests.rooms.outputs.sample import DISTRICTS, figure, series


SUBJECT = "Kota Bandar Rencana"
POVERTY, INDEX = Label("Persentase penduduk miskin (persen)"), Label("Indeks pembangunan manusia")


def spots(count: int) -> list[tuple[float, float]]:
    """Points on a spiral around the cuts: dense in the middle, as regions are."""
    return [
        (round(12 + place**0.7 * 0.8 * math.cos(place * 2.4), 2), round(70 + place**0.7 * math.sin(place * 2.4), 2))
        for place in range(count)
    ]


def quadrant(points: Sequence[tuple[float, float]] | None = None) -> Quadrant:
    """Regions around the cuts 12 and 70; those within half a unit of one are unsure, and the third is the subject."""
    chosen = spots(40) if points is None else points
    drawn = tuple(
        QuadrantPoint(
            Label(SUBJECT if place == 2 else f"{DISTRICTS[place % len(DISTRICTS)]} {place}"),
            figure(f"x/{place}", x),
            figure(f"y/{place}", y),
            corner_of(x, y),
            is_subject=place == 2,
            x_error=figure(f"x/{place}/error", 0.5),
        )
        for place, (x, y) in enumerate(chosen)
    )
    corners = tuple((corner, Label(f"arti {corner}")) for corner in Corner)
    cuts = Cut(figure("cut/x", 12.0), Label("Provinsi")), Cut(figure("cut/y", 70.0), Label("Provinsi"))
    return Quadrant(POVERTY, INDEX, drawn, *cuts, corners)


def corner_of(x: float, y: float) -> Corner:
    if abs(x - 12) < 0.5 or abs(y - 70) < 0.5:
        return Corner.UNSURE
    return Corner(f"{'upper' if y > 70 else 'lower'}-{'right' if x > 12 else 'left'}")


def with_targets() -> Series:
    """The sample's series, with a path of targets from 2026 to 2029."""
    lines = series()
    targets = tuple(
        Target(year, figure(f"target/{year}", 12 - (year - 2025)), Label("Target")) for year in range(2026, 2030)
    )
    return Series(lines.unit, lines.lines, lines.breaks, targets)


def multiples(*, shared: bool = False, count: int = 5) -> SmallMultiples:
    return SmallMultiples(tuple(Panel(Label(f"Indikator {place}"), with_targets()) for place in range(count)), shared)


def square(left: float, bottom: float, side: float = 1.0) -> Outline:
    right, top = left + side, bottom + side
    return Outline(((((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)),),))


def area(name: str, shade: Shade, outline: Outline, *, value: float | None = 12.5) -> Area:
    number = None if value is None else figure(f"map/{name}", value)
    words = sentence("outputs.heading", number=number or Label("–"), title=Label(f"kelas {shade}"))
    return Area(Label(name), shade, number, words, outline, is_subject=name == SUBJECT)


def places() -> Map:
    """A row of districts, one in each shade."""
    drawn = tuple(
        area(name, shade, square(120 + place, -3), value=None if shade is Shade.NONE else 5.0 + place)
        for place, (name, shade) in enumerate(zip(DISTRICTS, Shade, strict=True))
    )
    return Map(Unit.PERCENT, tuple((shade, Label(f"kelas {shade}")) for shade in Shade), drawn)


def layers(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The layers of one kind of mark."""
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def texts(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every text with where it stands; a halo repeats its text, which then comes twice."""
    for layer in layers(spec, "text"):
        for row in layer["data"]["values"]:
            yield {**row, "mark": layer["mark"]}
