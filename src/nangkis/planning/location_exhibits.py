"""Priority locations as content: a table for each level, counts of few families never printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from nangkis.content.charts import Tile, Tiles
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Cell, Column, Empty, Missing, Paragraph, Picture, Row, Table
from nangkis.lake.snapshot import TABLE
from nangkis.planning.locations import CRITERIA, LAST_CLASS, Locations
from nangkis.planning.places_schema import PlaceLevel
from nangkis.planning.telling import sources
from nangkis.vocabulary.figures import Figure, Label, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


FAMILIES = Method("families_of_deciles", 1)
SHARE = Method("families_share", 1)
POINTS = Method("location_points", 1)
COUNT_PLACES = Method("locations_of_class", 1)
ROLES = {"1": "first", "2": "second", LAST_CLASS: "third"}


def location_blocks(found: Sequence[Locations]) -> tuple[Block, ...]:
    """Return the rule in words and a table for each level; why there is none when no table of places is accepted."""
    if not found:
        return (Empty(sentence("planning.locations.empty.why"), sentence("planning.locations.empty.do")),)
    rule = Bullets(tuple(sentence(f"planning.locations.criterion.{name}") for name in CRITERIA))
    blocks: list[Block] = [Paragraph((sentence("planning.locations.rule"),)), rule]
    for one in found:
        blocks.append(Paragraph((_said(one),)))
        if one.level is PlaceLevel.KECAMATAN:  # villages are too many for tiles
            blocks.append(_picture(one))
        blocks.append(_table(one))
    return tuple(blocks)


def _said(found: Locations) -> Sentence:
    first, all_ = (found.places.filter(priority="1"), found.places)
    return sentence(
        f"planning.locations.said.{found.level}",
        first=_count(found, first, "first"),
        count=_count(found, all_, "all"),
        year=Label(str(found.year)),
    )


def _count(found: Locations, rows: pl.DataFrame, name: str) -> Figure:
    places = found.places["place"].to_list()
    inputs = tuple(
        Selection(table, (("place", tuple(places)), ("year", (found.year,))), "families_1")
        for table in found.places[TABLE].unique().sort()
    )
    key = f"locations/{found.places['region'][0]}/{found.year}/{found.level}/{name}"
    return Figure(key, rows.height, Unit.COUNT, 0, Origin(COUNT_PLACES, inputs, (found.rule,)))


def _picture(found: Locations) -> Picture:
    """Draw a tile per place in the order of codes: a reader finds each where a list of codes has it."""
    rows = found.places.sort("place").iter_rows(named=True)
    return Picture(
        sentence("planning.locations.picture", year=Label(str(found.year))),
        Tiles(tuple(_tile(row, found) for row in rows)),
        sentence(
            "planning.locations.picture.alternative",
            first=_count(found, found.places.filter(priority="1"), "first"),
            count=_count(found, found.places, "all"),
        ),
        sources(found.manifests),
    )


def _tile(row: Mapping[str, Any], found: Locations) -> Tile:
    words = sentence("planning.locations.tile", priority=Label(row["priority"]), points=_points(row, found))
    return Tile(ROLES[row["priority"]], Label(row["place_name"]), words)


def _points(row: Mapping[str, Any], found: Locations) -> Figure:
    poor = tuple(f"families_{n}" for n in range(1, found.poor_deciles + 1))
    columns = (*poor, "families_total", "fsva", "idm")
    return _made(row, "points", row["points"], POINTS, columns, uses=(found.rule,))


def _table(found: Locations) -> Table:
    shown = found.places.head(found.most_shown)
    hidden = _hidden(found)[: shown.height]
    rows = tuple(
        Row(_cells(row, found, small=small), emphasis=row["priority"] == "1")
        for row, small in zip(shown.iter_rows(named=True), hidden, strict=True)
    )
    notes = [sentence("planning.locations.note.classes"), sentence("planning.locations.note.small")]
    if shown.height < found.places.height:
        notes.append(sentence("planning.locations.note.first"))
    return Table(
        sentence(f"planning.locations.table.{found.level}", year=Label(str(found.year))),
        _columns(),
        rows,
        notes=tuple(notes),
        sources=sources(found.manifests),
        landscape=True,
    )


def _columns() -> tuple[Column, ...]:
    widths = {"code": 0.16, "name": 0.20, "decile": 0.10, "poor": 0.12, "share": 0.10, "fsva": 0.08, "idm": 0.12}
    numeric = {"decile", "poor", "share", "fsva", "points"}
    return tuple(
        Column(sentence(f"planning.locations.column.{name}"), width, numeric=name in numeric)
        for name, width in {**widths, "points": 0.06, "class": 0.06}.items()
    )


def _hidden(found: Locations) -> list[frozenset[str]]:
    """Return what is not printed of each place; what one desa hides, none of its kecamatan shows.

    Otherwise the kecamatan's own count less those of the other desa would give the hidden one.
    """
    own = [_small(row, found) for row in found.places.iter_rows(named=True)]
    if found.level is PlaceLevel.KECAMATAN:
        return own
    above = [str(place).rpartition(".")[0] for place in found.places["place"]]
    together: dict[str, frozenset[str]] = {}
    for kecamatan, small in zip(above, own, strict=True):
        together[kecamatan] = together.get(kecamatan, frozenset()) | small
    return [together[kecamatan] for kecamatan in above]


def _small(row: Mapping[str, Any], found: Locations) -> frozenset[str]:
    """Return which counts of a place would show, or let be reckoned, fewer families than may be printed."""
    least, first, poor = found.smallest_cell, row["families_1"], row["poor"]
    small = {name for name, value in (("decile", first), ("poor", poor)) if value is not None and 0 < value < least}
    if first is not None and poor is not None and 0 < poor - first < least:
        small.add("decile")
    rest = None if poor is None or row["families"] is None else row["families"] - poor
    if "poor" in small or (rest is not None and 0 < rest < least):
        small |= {"poor", "share"}
    return frozenset(small)


def _cells(row: Mapping[str, Any], found: Locations, *, small: frozenset[str]) -> tuple[Cell, ...]:
    poor = tuple(f"families_{n}" for n in range(1, found.poor_deciles + 1))
    code = str(row["place"]).partition(":")[2]
    blank = Missing(sentence("planning.locations.missing.blank"))

    def shown(name: str, figure: Figure | None) -> Cell:
        if name in small:
            return Missing(sentence("planning.locations.missing.small"))
        return figure if figure is not None else blank

    return (
        Label(code),
        Label(row["place_name"]),
        shown("decile", _figure(row, "decile", row["families_1"], FAMILIES, ("families_1",))),
        shown("poor", _figure(row, "poor", row["poor"], FAMILIES, poor)),
        shown("share", _figure(row, "share", row["share"], SHARE, (*poor, "families_total"), unit=Unit.SHARE)),
        blank if row["fsva"] is None else Label(str(row["fsva"])),
        blank if row["idm"] is None else sentence(f"planning.locations.idm.{row['idm']}"),
        _points(row, found),
        Label(row["priority"]),
    )


def _figure(
    row: Mapping[str, Any],
    name: str,
    value: float | None,
    method: Method,
    columns: tuple[str, ...],
    *,
    unit: Unit = Unit.COUNT,
) -> Figure | None:
    return None if value is None else _made(row, name, value, method, columns, unit=unit)


def _made(
    row: Mapping[str, Any],
    name: str,
    value: float,
    method: Method,
    columns: tuple[str, ...],
    *,
    unit: Unit = Unit.COUNT,
    uses: tuple[ParameterUse, ...] = (),
) -> Figure:
    where = (("place", (str(row["place"]),)), ("year", (int(row["year"]),)))
    inputs = tuple(Selection(row[TABLE], where, column) for column in columns)
    key = f"locations/{row['place']}/{row['year']}/{name}"
    return Figure(key, value, unit, 1 if unit is Unit.SHARE else 0, Origin(method, inputs, uses))
