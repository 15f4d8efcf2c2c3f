"""Where the regions beside each other stand, as a map: each in its borders, or as a tile where none are imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from nangkis.content.charts import Area, Map, Outline, Shade, Tiles, figures_of, map_or_tiles
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Block, Paragraph, Picture
from nangkis.diagnosis import methods
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.figures import origin_of
from nangkis.diagnosis.judging import Class
from nangkis.diagnosis.position import Comparison, Peer, Position
from nangkis.diagnosis.tables import sources
from nangkis.diagnosis.wording import (
    AGAINST_NATION,
    AGAINST_PROVINCE,
    SAME,
    inline,
    listed_short,
    named,
    short,
    when,
    why,
)
from nangkis.regions.boundaries import Borders
from nangkis.regions.register import Place
from nangkis.vocabulary.figures import Figure, Label
from nangkis.vocabulary.units import Unit


FEWEST = 2
# Of more places in one map, names land far from what they name: only the region itself is named, the table has all.
MOST_NAMED = 20
# Dark calls for attention: what is worse, or, where nothing was tested, what is higher.
SHADES: Mapping[Class, Shade] = {
    Class.BETTER: Shade.LIGHTEST,
    Class.EQUAL: Shade.MIDDLE,
    Class.WORSE: Shade.DARKEST,
    Class.LOWER: Shade.LIGHT,
    Class.HIGHER: Shade.DARK,
}
TESTED = (Class.BETTER, Class.EQUAL, Class.WORSE)
# By whether places are drawn as tiles, and whether their differences were tested.
ALTERNATIVES: Mapping[tuple[bool, bool], str] = {
    (False, True): "map.alternative",
    (False, False): "map.alternative.sided",
    (True, True): "map.tiles.alternative",
    (True, False): "map.tiles.alternative.sided",
}
NOWHERE = Outline(())


def map_blocks(found: Diagnosis, code: str, borders: Borders) -> tuple[Block, ...]:
    """Return what the map of an indicator shows, and the map; nothing where it cannot be drawn."""
    stand = _stand(found, code)
    return () if stand is None else (Paragraph(_said(found, stand)), _picture(found, stand, borders))


def map_picture(found: Diagnosis, code: str, borders: Borders) -> Picture | None:
    """Return the regions by their class in an indicator; None where fewer than two have one."""
    stand = _stand(found, code)
    return None if stand is None else _picture(found, stand, borders)


def _stand(found: Diagnosis, code: str) -> Position | None:
    stand = next((one for one in found.positions if one.indicator.code == code), None)
    if stand is None or not isinstance(stand.nearest, Comparison):
        return None
    return stand if sum(peer.verdict is not None for peer in stand.peers) >= FEWEST else None


def _said(found: Diagnosis, stand: Position) -> tuple[Sentence, ...]:
    counts = Counter(peer.verdict for peer in stand.peers)
    tested = _is_tested(stand)
    told = TESTED if tested else (Class.HIGHER, Class.LOWER)
    lead = sentence(
        "map.counted" if tested else "map.sided",
        reference=named(stand.above or stand.place),
        when=when(stand.fact),
        line=sentence("map.line.nation" if stand.is_against_nation else "map.line.province"),
        **{verdict.value: _count(found, stand, verdict, counts[verdict]) for verdict in told},
    )
    worse = [peer.place for peer in stand.peers if peer.verdict is Class.WORSE]
    return (lead, sentence("map.worse", names=listed_short(worse))) if worse else (lead,)


def _count(found: Diagnosis, stand: Position, verdict: Class, number: int) -> Figure:
    facts = [peer.fact for peer in stand.peers]
    if isinstance(stand.nearest, Comparison):
        facts.append(stand.nearest.fact)
    origin = origin_of(methods.REGIONS_OF_CLASS, facts, uses=found.rules.design.uses_for(stand.indicator))
    above = "nation" if stand.is_against_nation else "province"
    key = f"position/{stand.fact.key}/{above}/{verdict.value}"
    return Figure(key, number, Unit.COUNT, 0, origin)


def _picture(found: Diagnosis, stand: Position, borders: Borders) -> Picture:
    areas = tuple(_areas(stand, borders))
    drawn = Map(stand.indicator.unit, _key(stand), areas, named=len(areas) <= MOST_NAMED)
    chart = map_or_tiles(drawn)
    reference = named(stand.above or stand.place)
    title = sentence("map.picture", reference=reference, indicator=inline(stand.indicator), when=when(stand.fact))
    said: dict[str, Value] = {"reference": reference, "indicator": inline(stand.indicator)}
    said |= {"place": named(stand.place), "value": stand.fact.figure}
    alternative = ALTERNATIVES[isinstance(chart, Tiles), _is_tested(stand)]
    files = () if isinstance(chart, Tiles) else borders.files
    told = (sentence("map.source.borders", file=Label(file)) for file in files)
    return Picture(
        title,
        chart,
        sentence(alternative, **said),
        (*sources(found, stand.indicator, figures_of(chart)), *told),
    )


def _key(stand: Position) -> tuple[tuple[Shade, Value], ...]:
    """Return the classes that occur, the best first, and what has none."""
    held = {peer.verdict for peer in stand.peers}
    classes: list[tuple[Shade, Value]] = [
        (shade, _word(stand, verdict)) for verdict, shade in SHADES.items() if verdict in held
    ]
    if None in held or stand.without:
        classes.append((Shade.NONE, sentence("map.key.none")))
    return tuple(classes)


def _areas(stand: Position, borders: Borders) -> Iterable[Area]:
    for peer in stand.peers:
        yield _area(stand, peer, _outline(borders, peer.place))
    for lacking, absent in stand.without:
        yield Area(short(lacking), Shade.NONE, None, why(absent), _outline(borders, lacking))


def _area(stand: Position, peer: Peer, outline: Outline) -> Area:
    verdict = peer.verdict
    standing = sentence("map.key.none") if verdict is None else _word(stand, verdict)
    return Area(
        label=short(peer.place),
        shade=Shade.NONE if verdict is None else SHADES[verdict],
        figure=peer.fact.figure,
        words=sentence("map.area", value=peer.fact.figure, standing=standing),
        outline=outline,
        is_subject=peer.place == stand.place,
    )


def _outline(borders: Borders, here: Place) -> Outline:
    return borders.outlines.get(here.region, NOWHERE)


def _word(stand: Position, verdict: Class) -> Sentence:
    nation = stand.is_against_nation
    if verdict is Class.EQUAL and not _is_tested(stand):
        return sentence(SAME[nation])
    return sentence((AGAINST_NATION if nation else AGAINST_PROVINCE)[verdict])


def _is_tested(stand: Position) -> bool:
    return not any(peer.verdict in (Class.HIGHER, Class.LOWER) for peer in stand.peers)
