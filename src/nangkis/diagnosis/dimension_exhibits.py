"""A dimension as content: what stands out, one table, small charts, the drivers, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nangkis.content.charts import Panel, SmallMultiples
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import (
    Block,
    Bullets,
    Cell,
    Column,
    Empty,
    Heading,
    Marked,
    Missing,
    Paragraph,
    Picture,
    Row,
    Table,
    Verdict,
)
from nangkis.diagnosis.answer_words import joined
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.dimension_words import (
    TOLD_BELOW,
    authority_sentences,
    driver_paragraphs,
    inline_dimension,
    reference_of,
    result_sentences,
    untold_sentences,
)
from nangkis.diagnosis.dimensions import Member, Profile, profile
from nangkis.diagnosis.exhibits import LEVEL
from nangkis.diagnosis.figures import level_figure, yearly
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import Comparison, reference_value
from nangkis.diagnosis.tables import MARKS, contradictions, lines, references, sources_of
from nangkis.diagnosis.trend import Change
from nangkis.diagnosis.wording import inline, name_of, named, when, why
from nangkis.indicators.catalogue import Aggregation
from nangkis.indicators.dimensions import Dimension
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Level, Place
from nangkis.vocabulary.figures import Ordinal


# Three charts stand side by side on an upright page: two rows of them take a third of it.
MOST_PANELS = 6
CLASSES: Mapping[Class, str] = {
    Class.BETTER: "dimension.class.better",
    Class.EQUAL: "dimension.class.equal",
    Class.WORSE: "dimension.class.worse",
    Class.HIGHER: "dimension.class.higher",
    Class.LOWER: "dimension.class.lower",
}
SAME = "dimension.class.same"
COURSES: Mapping[Movement, str] = {
    Movement.IMPROVING: "dimension.movement.improving",
    Movement.WORSENING: "dimension.movement.worsening",
    Movement.UNSURE: "dimension.movement.unsure",
    Movement.STEADY: "dimension.movement.steady",
    Movement.RISING: "dimension.movement.rising",
    Movement.FALLING: "dimension.movement.falling",
}
COURSE_MARKS: Mapping[Movement, Verdict] = {
    Movement.IMPROVING: Verdict.BETTER,
    Movement.WORSENING: Verdict.WORSE,
    Movement.UNSURE: Verdict.UNSURE,
}
SIDES = frozenset({Class.HIGHER, Class.LOWER})
DIRECTIONS = frozenset({Movement.RISING, Movement.FALLING})


def dimension_blocks(found: Diagnosis, dimension: Dimension, *, title: Sentence | None = None) -> tuple[Block, ...]:
    """Return what a diagnosis of every indicator says of a dimension, but for those that a plan treats one by one.

    ``title`` is its heading, where its section holds more than it alone.
    """
    told = profile(found, dimension)
    heading = () if title is None else (Heading(LEVEL, None, title),)
    if not told.members:
        why_empty = sentence("dimension.empty.why", dimension=inline_dimension(dimension), place=named(told.place))
        return (*heading, Empty(why_empty, sentence(f"dimension.{dimension}.do")))
    behind, untold = (*driver_paragraphs(told), authority_sentences(told)), untold_sentences(told)
    return (
        *heading,
        Paragraph(result_sentences(found, told)),
        dimension_table(found, told),
        *_drawn(found, told),
        *(Paragraph(said) for said in behind if said),
        *((Bullets(untold),) if untold else ()),
    )


def dimension_picture(found: Diagnosis, dimension: Dimension) -> Picture | None:
    """Return the series of a dimension side by side; None where none has years enough for a course.

    ``found`` is the diagnosis of every indicator. Those that a plan treats one by one are drawn too.
    """
    told = profile(found, dimension, with_main=True)
    return _picture(found, told, worth_drawing(told)[:MOST_PANELS])


def worth_drawing(told: Profile) -> tuple[Member, ...]:
    """Return what has years enough for a course: first the problems, in their order, then what is judged, the rest."""
    places = {problem.indicator: place for place, problem in enumerate(told.problems)}
    followed = told.those(lambda one: isinstance(one.course.change, Change))
    return tuple(sorted(followed, key=lambda one: (places.get(one.indicator.code, len(places)), not one.is_judged)))


def _drawn(found: Diagnosis, told: Profile) -> tuple[Block, ...]:
    worth = worth_drawing(told)
    picture = _picture(found, told, worth[:MOST_PANELS])
    if picture is None:
        return ()
    rest = worth[MOST_PANELS:]
    if not rest:
        return (picture,)
    names = joined([inline(one.indicator) for one in rest])
    return (Paragraph((sentence("dimension.picture.rest", names=names),)), picture)


def _picture(found: Diagnosis, told: Profile, drawn: tuple[Member, ...]) -> Picture | None:
    if not drawn:
        return None
    panels = tuple(Panel(name_of(one.indicator), lines(found, one.course)) for one in drawn)
    dimension, here = inline_dimension(told.dimension), named(told.place)
    names = joined([inline(one.indicator) for one in drawn])
    return Picture(
        sentence("dimension.picture", dimension=dimension, place=here),
        SmallMultiples(panels, shared=False),
        sentence("dimension.alternative", place=here, names=names),
        sources_of(found, [fact for one in drawn for fact in one.course.facts if fact.value is not None]),
    )


def dimension_table(found: Diagnosis, told: Profile) -> Table:
    """Return a row for each indicator that has a value."""
    rows = tuple(_row(found, one) for one in told.members)
    facts = [fact for one in told.members for fact in _shown(found, one)]
    return Table(
        sentence("dimension.table", dimension=inline_dimension(told.dimension), place=named(told.place)),
        _columns(found),
        rows,
        notes=(*_notes(found, told), *contradictions(found, facts)),
        sources=sources_of(found, facts),
    )


def _columns(found: Diagnosis) -> tuple[Column, ...]:
    above = references(found)
    nearest = () if not above else (Column(sentence(_AGAINST[above[0].level]), 0.14),)
    widths = 0.27 / (1 + len(above))
    fixed = (
        Column(sentence("dimension.column.indicator"), 0.36),
        Column(sentence("dimension.column.year"), 0.06, numeric=True),
        Column(sentence("dimension.column.own"), widths, numeric=True),
        *(Column(sentence(_VALUES[whose.level]), widths, numeric=True) for whose in above),
        *nearest,
        Column(sentence("dimension.column.course"), 0.18),
        Column(sentence("dimension.column.since"), 0.06, numeric=True),
        Column(sentence("dimension.column.yearly"), 0.07, numeric=True),
    )
    whole = sum(column.width for column in fixed)
    return tuple(Column(one.title, one.width / whole, one.numeric) for one in fixed)


_VALUES: Mapping[Level, str] = {
    Level.PROVINCE: "dimension.column.province",
    Level.NATION: "dimension.column.nation",
}
_AGAINST: Mapping[Level, str] = {
    Level.PROVINCE: "dimension.column.class.province",
    Level.NATION: "dimension.column.class.nation",
}


def _row(found: Diagnosis, one: Member) -> Row:
    stand, unit = one.stand, sentence(f"unit.{one.indicator.unit}.head")
    named_so = "dimension.cell.indicator.old" if found.is_old(stand.fact.year) else "dimension.cell.indicator"
    return Row(
        (
            sentence(named_so, indicator=name_of(one.indicator), unit=unit),
            Ordinal(stand.fact.year),
            stand.fact.figure,
            *(_reference(found, one, above) for above in references(found)),
            *(() if reference_of(stand.place) is None else (_class(one),)),
            *_course(one),
        )
    )


def _reference(found: Diagnosis, one: Member, above: Place) -> Cell:
    value = _beside(found, one, above)
    return Missing(why(value, told=TOLD_BELOW)) if isinstance(value, Absent) else value.figure


def _beside(found: Diagnosis, one: Member, above: Place) -> Fact | Absent:
    fact = one.stand.fact
    if one.indicator.aggregation is Aggregation.SUM:
        return Absent("absent.count-of-people", {"reference": above})
    return reference_value(found.facts, fact.indicator, above, fact.year, fact.period)


def _class(one: Member) -> Cell:
    nearest = one.stand.nearest
    if isinstance(nearest, Absent):
        return Missing(why(nearest, told=TOLD_BELOW))
    same = nearest.verdict is Class.EQUAL and not nearest.tested
    words = sentence(SAME if same else CLASSES[nearest.verdict])
    return Marked(MARKS[nearest.verdict], words) if nearest.tested else words


def _course(one: Member) -> tuple[Cell, Cell, Cell]:
    """Return which way the series went, since when, and how fast; or why that is not told."""
    change = one.course.change
    if isinstance(change, Absent):
        return (Missing(why(change)),) * 3
    words = sentence(COURSES[change.verdict])
    mark = COURSE_MARKS.get(change.verdict) if one.course.movement is not None else None
    told = words if mark is None else Marked(mark, words)
    return told, Ordinal(change.first.year), yearly(one.course, change)


def _shown(found: Diagnosis, one: Member) -> Iterator[Fact]:
    yield one.stand.fact
    yield from (value for above in references(found) if isinstance(value := _beside(found, one, above), Fact))


def _notes(found: Diagnosis, told: Profile) -> Iterator[Sentence]:
    nearest = [one.stand.nearest for one in told.members]
    changes = [one.course.change for one in told.members]
    followed = [change for change in changes if isinstance(change, Change)]
    tested = any(isinstance(one, Comparison) and one.tested for one in nearest) or any(one.tested for one in followed)
    if tested:
        yield sentence("dimension.note.test", level=level_figure(found.rules.design))
    sides = any(isinstance(one, Comparison) and one.verdict in SIDES for one in nearest)
    if sides or any(change.verdict in DIRECTIONS for change in followed):
        yield sentence("dimension.note.side")
    if followed:
        yield sentence("dimension.note.pace")
    yield from (_newer(one) for one in told.members if one.stand.newer is not None)
    if any(found.is_old(one.stand.fact.year) for one in told.members):
        yield sentence("dimension.note.old")


def _newer(one: Member) -> Sentence:
    newer = one.stand.newer
    if newer is None:
        raise ValueError(f"{one.indicator.code} has no newer value")
    return sentence(
        "dimension.note.newer",
        indicator=inline(one.indicator),
        then=when(one.stand.fact),
        value=newer.fact.figure,
        when=when(newer.fact),
        why=why(newer.why),
    )
