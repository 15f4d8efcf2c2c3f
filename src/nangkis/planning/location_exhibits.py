"""Priority locations as content: a table for each level, counts of few families never printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from nangkis.budget.telling import file_sources
from nangkis.content.charts import Tile, Tiles
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Cell, Column, Empty, Missing, Paragraph, Picture, Row, Table
from nangkis.lake.snapshot import TABLE
from nangkis.planning.locations import CRITERIA, FIRST_CLASS, LAST_CLASS, Locations
from nangkis.planning.places_schema import DECILES, FSVA_CLASSES, PlaceLevel
from nangkis.vocabulary.figures import Figure, Label, Method, Ordinal, Origin, Selection
from nangkis.vocabulary.units import Unit


FAMILIES = Method("families_of_deciles", 1)
SHARE = Method("families_share", 1)
POINTS = Method("location_points", 1)
COUNT_PLACES = Method("locations_of_class", 1)
ROLES = {FIRST_CLASS: "first", "2": "second", LAST_CLASS: "third"}


def location_blocks(found: Sequence[Locations]) -> tuple[Block, ...]:
    """Return the rule in words and a table for each level; why there is none when no table of places is accepted."""
    if not found:
        return (Empty(sentence("planning.locations.empty.why"), sentence("planning.locations.empty.do")),)
    blocks: list[Block] = [Paragraph((_rule(found[0]),)), _criteria(found[0])]
    for one in found:
        blocks.append(Paragraph((_said(one),)))
        if one.level is PlaceLevel.KECAMATAN:  # villages are too many for tiles
            blocks.append(_picture(one))
        blocks.append(_table(one))
    return tuple(blocks)


def families_of_all(found: Locations) -> Figure | None:
    """Return the families of the poor deciles in all places of a level.

    None where a place does not tell them, or where the sum would give away what a place hides.
    """
    hides = any("poor" in hidden for hidden in _hidden(found))
    if hides or found.places["poor"].has_nulls():
        return None
    inputs = _of_all(found, _poor(found))
    key = f"locations/{found.places['region'][0]}/{found.year}/{found.level}/families"
    return Figure(key, int(found.places["poor"].sum()), Unit.COUNT, 0, Origin(FAMILIES, inputs, (found.rule,)))


def _rule(found: Locations) -> Sentence:
    points = {name: Label(str(found.points_of_class[number])) for number, name in list(ROLES.items())[:2]}
    return sentence("planning.locations.rule", **points)


def poor_deciles(found: Locations) -> Label:
    """Return the deciles that count as poor, as a table names them."""
    return Label(f"1–{found.poor_deciles}")


def _criteria(found: Locations) -> Bullets:
    values = {"many": {"deciles": poor_deciles(found)}, "fsva_low": {"classes": Label(f"1–{found.fsva_at_most}")}}
    items = (sentence(f"planning.locations.criterion.{name}", **values.get(name, {})) for name in CRITERIA)
    return Bullets(tuple(items))


def _poor(found: Locations) -> tuple[str, ...]:
    """Return the columns of the poor deciles."""
    return tuple(f"families_{number}" for number in range(1, found.poor_deciles + 1))


def _all_families(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns that say how many families a place has: its total, else its deciles."""
    if row["families_total"] is not None:
        return ("families_total",)
    return tuple(f"families_{number}" for number in range(1, DECILES + 1))


def _of_all(found: Locations, columns: tuple[str, ...]) -> tuple[Selection, ...]:
    """Return these columns of every place of the level."""
    region, level = str(found.places["region"][0]), found.level.value
    where = (("region", (region,)), ("year", (found.year,)), ("level", (level,)))
    tables = found.places[TABLE].unique().sort()
    return tuple(Selection(table, where, column) for table in tables for column in columns)


def _judged(found: Locations) -> tuple[Selection, ...]:
    """Return what the points of any place rest on: each is held against the median and the share of all places."""
    totals = dict.fromkeys(name for row in found.places.iter_rows(named=True) for name in _all_families(row))
    return _of_all(found, tuple(dict.fromkeys((*_poor(found), *totals))))


def _said(found: Locations) -> Sentence:
    first, all_ = (found.places.filter(priority=FIRST_CLASS), found.places)
    return sentence(
        f"planning.locations.said.{found.level}",
        first=_count(found, first, "first"),
        count=_count(found, all_, "all"),
        year=Label(str(found.year)),
    )


def _count(found: Locations, rows: pl.DataFrame, name: str) -> Figure:
    inputs = _of_all(found, ("place_name",)) if name == "all" else (*_judged(found), *_of_all(found, ("fsva", "idm")))
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
            first=_count(found, found.places.filter(priority=FIRST_CLASS), "first"),
            count=_count(found, found.places, "all"),
        ),
        file_sources(found.manifests),
    )


def _tile(row: Mapping[str, Any], found: Locations) -> Tile:
    words = sentence("planning.locations.tile", priority=Label(row["priority"]), points=_points(row, found))
    return Tile(ROLES[row["priority"]], Label(row["place_name"]), words)


def _points(row: Mapping[str, Any], found: Locations) -> Figure:
    own = _made(row, "points", row["points"], POINTS, ("fsva", "idm"))
    return replace(own, origin=Origin(POINTS, (*_judged(found), *own.origin.inputs), (found.rule,)))


def _table(found: Locations) -> Table:
    shown = found.places.head(found.most_shown)
    hidden = _hidden(found)[: shown.height]
    rows = tuple(
        Row(_cells(row, found, small=small), emphasis=row["priority"] == FIRST_CLASS)
        for row, small in zip(shown.iter_rows(named=True), hidden, strict=True)
    )
    notes = [
        sentence("planning.locations.note.order", deciles=poor_deciles(found)),
        sentence("planning.locations.note.fsva", worst=Label("1"), best=Label(str(FSVA_CLASSES))),
        sentence("planning.locations.note.small"),
    ]
    if shown.height < found.places.height:
        notes.append(sentence("planning.locations.note.first"))
    return Table(
        sentence(f"planning.locations.table.{found.level}", year=Label(str(found.year))),
        _columns(found),
        rows,
        notes=tuple(notes),
        sources=file_sources(found.manifests),
        landscape=True,
    )


def _columns(found: Locations) -> tuple[Column, ...]:
    deciles = {"decile": Label("1"), "poor": poor_deciles(found)}
    widths = {"code": 0.16, "name": 0.20, "decile": 0.10, "poor": 0.12, "share": 0.10, "fsva": 0.08, "idm": 0.12}
    numeric = {"decile", "poor", "share", "fsva", "points", "class"}
    return tuple(
        Column(
            sentence(f"planning.locations.column.{name}", **({"deciles": deciles[name]} if name in deciles else {})),
            width,
            numeric=name in numeric,
        )
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
    poor = _poor(found)
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
        shown("share", _figure(row, "share", row["share"], SHARE, (*poor, *_all_families(row)), unit=Unit.SHARE)),
        blank if row["fsva"] is None else Ordinal(row["fsva"]),
        blank if row["idm"] is None else sentence(f"planning.locations.idm.{row['idm']}"),
        _points(row, found),
        Ordinal(int(row["priority"])),
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
) -> Figure:
    where = (("place", (str(row["place"]),)), ("year", (int(row["year"]),)))
    inputs = tuple(Selection(row[TABLE], where, column) for column in columns)
    key = f"locations/{row['place']}/{row['year']}/{name}"
    return Figure(key, value, unit, 1 if unit is Unit.SHARE else 0, Origin(method, inputs))
