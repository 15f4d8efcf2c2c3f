"""Kuadran as content: the regions beside each other by two indicators, and what lying in a corner means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from nangkis.content.charts import Corner, Cut, Quadrant, QuadrantPoint, figures_of
from nangkis.content.sentences import Sentence, Value, sentence, spoken
from nangkis.content.tree import Block, Paragraph, Picture
from nangkis.diagnosis import methods
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.errors import error_of
from nangkis.diagnosis.figures import margin, origin_of
from nangkis.diagnosis.judging import Absent
from nangkis.diagnosis.position import Against, Position, reference_value
from nangkis.diagnosis.quadrants import quadrants
from nangkis.diagnosis.tables import sources
from nangkis.diagnosis.wording import inline, listed_short, name_of, named, opening, short, when
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator, indicators
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Level, Place, children, nation_of, place, province_of
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Method
from nangkis.vocabulary.units import Unit


# Fewer regions are told apart by their numbers: a cloud of one says nothing.
FEWEST = 2
SIDES = {True: "quadrant.side.higher", False: "quadrant.side.lower"}
SIDES_OF_SUM = {True: "quadrant.side.more", False: "quadrant.side.fewer"}
JUDGED = {True: "quadrant.side.better", False: "quadrant.side.worse"}
CORNERS: Mapping[tuple[bool, bool], Corner] = {
    (False, True): Corner.UPPER_LEFT,
    (True, True): Corner.UPPER_RIGHT,
    (False, False): Corner.LOWER_LEFT,
    (True, False): Corner.LOWER_RIGHT,
}


@dataclass(frozen=True)
class Spot:
    """One region's two facts, and its corner seen from both cuts."""

    place: Place
    x: Fact
    y: Fact
    corner: Corner


@dataclass(frozen=True)
class Field:
    """The regions beside each other by two indicators; ``without`` have no value in one of them."""

    x: Indicator
    y: Indicator
    place: Place
    above: Place
    reference: Place
    spots: tuple[Spot, ...]
    x_cut: Cut
    y_cut: Cut
    meanings: Mapping[Corner, Sentence]
    without: int

    @property
    def own(self) -> Spot:
        """The spot of the region itself."""
        return next(spot for spot in self.spots if spot.place == self.place)


def pair_of(found: Diagnosis, code: str) -> tuple[str, str] | None:
    """Return the first pair of the rule that holds an indicator."""
    return next((pair for pair in found.rules.quadrants if code in pair), None)


def quadrant_blocks(found: Diagnosis, code: str) -> tuple[Block, ...]:
    """Return what the quadrant of an indicator shows, and its picture; nothing where it cannot be drawn."""
    field = field_of(found, code)
    return () if field is None else (Paragraph(_said(found, field)), _picture(found, field))


def quadrant_picture(found: Diagnosis, code: str, against: Against | None = None) -> Picture | None:
    """Return the regions by the pair of an indicator; None where fewer than two have both values and a cut."""
    field = field_of(found, code, against)
    return None if field is None else _picture(found, field)


def field_of(found: Diagnosis, code: str, against: Against | None = None) -> Field | None:
    """Return the regions beside each other in the year in which the region itself stands, or None."""
    pair = pair_of(found, code)
    stands = {stand.indicator.code: stand for stand in found.positions}
    if pair is None or found.region.parent is None or not set(pair) <= set(stands):
        return None
    nation = against is Against.NATION or found.region.level is Level.PROVINCE
    reference = place((nation_of if nation else province_of)(found.region.region))
    beside = _beside(found, stands[pair[0]], stands[pair[1]])
    level = Level.NATION if nation else Level.PROVINCE
    rows = quadrants(beside, [pair], reference=level, z=found.rules.design.z).drop_nulls("y_value").sort("region")
    if rows.height < FEWEST or not (rows["region"] == str(found.region.region)).any():
        return None
    return _field(found, pair, reference, list(rows.iter_rows(named=True)))


def _beside(found: Diagnosis, x: Position, y: Position) -> pl.DataFrame:
    """Return the values of the regions that have both, each indicator in one year, with their mean.

    The year is that in which the region stands by the first; the second has its own only where it has no value then.
    """
    same = found.facts.value(y.indicator.code, y.place.region, x.fact.year, y.fact.period)
    years = (x.fact, same if same is not None and same.value is not None else y.fact)
    known = found.judged.values.filter(
        pl.col("region").is_in([str(peer.place.region) for peer in x.peers]),
        pl.any_horizontal(*(_is_of(fact) for fact in years)),
    )
    known = known.filter(pl.col("indicator").n_unique().over("region") == len(years))
    enough = pl.len().over("indicator") >= found.rules.fewest_regions
    return known.with_columns(pl.when(enough).then(pl.col("value").mean().over("indicator")).alias("field_mean"))


def _is_of(fact: Fact) -> pl.Expr:
    told = {"indicator": fact.indicator, "period": fact.period, "year": fact.year}
    return pl.all_horizontal(*(pl.col(name) == value for name, value in told.items()))


def _field(found: Diagnosis, pair: tuple[str, str], reference: Place, rows: list[dict[str, Any]]) -> Field:
    x, y = (indicators()[code] for code in pair)
    spots = tuple(_spot(found, x, y, row) for row in rows)
    above = place(Region.parse(rows[0]["above"]))
    own = next(spot for spot in spots if spot.place == found.region)
    x_cut, y_cut = (
        _mean(found, facts, above, rows[0][f"{axis}_cut"]) if _is_sum(fact) else _cut(found, fact, reference)
        for axis, fact, facts in (
            ("x", own.x, [spot.x for spot in spots]),
            ("y", own.y, [spot.y for spot in spots]),
        )
    )
    return Field(
        x=x,
        y=y,
        place=found.region,
        above=above,
        reference=reference,
        spots=spots,
        x_cut=x_cut,
        y_cut=y_cut,
        meanings=_meanings(x, y),
        without=len(children(above.region)) - len(spots),
    )


def _spot(found: Diagnosis, x: Indicator, y: Indicator, row: dict[str, Any]) -> Spot:
    region = Region.parse(row["region"])
    facts = [_fact(found, indicator, region, row[f"{axis}_year"]) for axis, indicator in (("x", x), ("y", y))]
    sides = (row["x_value"] > row["x_cut"], row["y_value"] > row["y_cut"])
    return Spot(place(region), facts[0], facts[1], CORNERS[sides] if row["sure"] else Corner.UNSURE)


def _fact(found: Diagnosis, indicator: Indicator, region: Region, year: int) -> Fact:
    fact = found.facts.value(indicator.code, region, year, found.facts.period_of(indicator.code, region))
    if fact is None:
        raise ValueError(f"no fact behind {indicator.code} {region} {year}")
    return fact


def _is_sum(fact: Fact) -> bool:
    return indicators()[fact.indicator].aggregation is Aggregation.SUM


def _cut(found: Diagnosis, own: Fact, whose: Place) -> Cut:
    """Return the value of the province or the nation in the year of a fact."""
    fact = reference_value(found.facts, own.indicator, whose, own.year, own.period)
    if isinstance(fact, Absent):
        raise TypeError(f"a cut without a fact: {fact}")  # quadrants() left such a pair out
    return Cut(fact.figure, named(whose))


def _mean(found: Diagnosis, facts: Sequence[Fact], above: Place, value: float) -> Cut:
    """Return the mean of the regions beside each other."""
    own = facts[0]
    origin = origin_of(methods.MEAN_OF_REGIONS, facts, uses=[found.rules.fewest])
    key = f"quadrant/{own.indicator}/{own.year}/{above.region}/mean"
    figure = Figure(key, value, indicators()[own.indicator].unit, min(fact.places for fact in facts), origin)
    return Cut(figure, sentence("quadrant.cut.mean", reference=named(above)))


def _meanings(x: Indicator, y: Indicator) -> dict[Corner, Sentence]:
    said = {
        corner: sentence("quadrant.corner", x=opening(x), x_side=_side(x, right), y=inline(y), y_side=_side(y, up))
        for (right, up), corner in CORNERS.items()
    }
    return said | {Corner.UNSURE: sentence("quadrant.unsure")}


def _side(indicator: Indicator, higher: bool) -> Sentence:  # noqa: FBT001 - which side of the cut
    """Return the words for a side of the cut: a number is more or fewer, a rate better or worse where it is judged."""
    if indicator.aggregation is Aggregation.SUM:
        return sentence(SIDES_OF_SUM[higher])
    if indicator.direction is Direction.CONTEXT:
        return sentence(SIDES[higher])
    return sentence(JUDGED[higher is (indicator.direction is Direction.HIGHER)])


def _said(found: Diagnosis, field: Field) -> tuple[Sentence, ...]:
    own = field.own
    cuts: dict[str, Value] = {"x_cut": field.x_cut.figure, "y_cut": field.y_cut.figure}
    code = "quadrant.own.unsure" if own.corner is Corner.UNSURE else "quadrant.own"
    meaning = {} if own.corner is Corner.UNSURE else {"meaning": field.meanings[own.corner]}
    lead = sentence(
        code,
        place=named(field.place),
        x=own.x.figure,
        x_when=when(own.x),
        y=own.y.figure,
        y_when=when(own.y),
        x_name=field.x_cut.label,
        y_name=field.y_cut.label,
        **meaning,
        **cuts,
    )
    return (lead, _counted(found, field), *_named(field), *_without(found, field))


def _counted(found: Diagnosis, field: Field) -> Sentence:
    unsure = sum(spot.corner is Corner.UNSURE for spot in field.spots)
    count = _count(found, field, "regions", len(field.spots), methods.NUMBER_OF_REGIONS)
    if not unsure:
        return sentence("quadrant.counted.all", count=count, reference=named(field.above))
    held_back = _count(found, field, "unsure", unsure, methods.REGIONS_UNTOLD)
    return sentence("quadrant.counted", count=count, unsure=held_back, reference=named(field.above))


def _named(field: Field) -> Iterable[Sentence]:
    """Yield which regions lie in each corner that is told, corner by corner."""
    for corner, meaning in field.meanings.items():
        there = [spot.place for spot in field.spots if spot.corner is corner]
        if there and corner is not Corner.UNSURE:
            yield sentence("quadrant.there", meaning=meaning, names=listed_short(there))


def _without(found: Diagnosis, field: Field) -> Iterable[Sentence]:
    if field.without:
        count = _count(found, field, "without", field.without, methods.REGIONS_UNTOLD)
        yield sentence("quadrant.without", count=count)


def _count(found: Diagnosis, field: Field, what: str, number: int, method: Method) -> Figure:
    facts = [fact for spot in field.spots for fact in (spot.x, spot.y)]
    rules = found.rules
    uses = [*rules.design.uses_for(field.x), *rules.design.uses_for(field.y), rules.fewest]
    origin = origin_of(method, facts, uses=uses if method is methods.REGIONS_UNTOLD else ())
    key = f"quadrant/{field.x.code}-{field.y.code}/{field.own.x.year}/{field.reference.region}/{what}"
    return Figure(f"{key}/{field.above.region}", number, Unit.COUNT, 0, origin)


def _picture(found: Diagnosis, field: Field) -> Picture:
    chart = Quadrant(
        x_title=_axis(field.own.x),
        y_title=_axis(field.own.y),
        points=tuple(_point(found, field, spot) for spot in field.spots),
        x_cut=field.x_cut,
        y_cut=field.y_cut,
        corners=tuple(
            (corner, meaning)
            for corner, meaning in field.meanings.items()
            if any(spot.corner is corner for spot in field.spots)
        ),
    )
    own = field.own
    title = sentence(
        "quadrant.picture", x=opening(field.x), y=inline(field.y), reference=named(field.above), when=when(own.x)
    )
    alternative = sentence(
        "quadrant.alternative",
        reference=named(field.above),
        x=inline(field.x),
        y=inline(field.y),
        place=named(field.place),
        x_value=own.x.figure,
        y_value=own.y.figure,
        x_name=field.x_cut.label,
        x_cut=field.x_cut.figure,
        y_name=field.y_cut.label,
        y_cut=field.y_cut.figure,
    )
    return Picture(title, chart, alternative, _sources(found, field, chart))


def _sources(found: Diagnosis, field: Field, chart: Quadrant) -> tuple[Sentence, ...]:
    """Return who published the figures of both, and their files, each once: one publisher stands under two codes."""
    told: dict[str, Sentence] = {}
    for indicator in (field.x, field.y):
        for source in sources(found, indicator, figures_of(chart)):
            told.setdefault(spoken(source, "id"), source)
    return tuple(told.values())


def _axis(fact: Fact) -> Sentence:
    unit = sentence(f"unit.{indicators()[fact.indicator].unit}.head")
    return sentence("quadrant.axis", indicator=name_of(fact.indicator), when=when(fact), unit=unit)


def _point(found: Diagnosis, field: Field, spot: Spot) -> QuadrantPoint:
    design = found.rules.design
    errors = [margin(fact, error_of(fact, found.judged), design) for fact in (spot.x, spot.y)]
    return QuadrantPoint(
        label=short(spot.place),
        x=spot.x.figure,
        y=spot.y.figure,
        corner=spot.corner,
        is_subject=spot.place == field.place,
        x_error=errors[0],
        y_error=errors[1],
    )
