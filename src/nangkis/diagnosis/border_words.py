"""Series over changing borders in sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import ceil, log10
from operator import attrgetter

from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Block, Cell, Column, Missing, Paragraph, Row, Table
from nangkis.diagnosis import figures
from nangkis.diagnosis.borders import REASONS, OverBorders, over_borders
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.judging import UNITS, Absent
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.tables import sources, value_cell
from nangkis.diagnosis.trend import Change, Trend
from nangkis.diagnosis.wording import inline, movement, name_of, named, opening, when, why
from nangkis.indicators.border_facts import ROUNDING, WEIGHT_ERROR, Within
from nangkis.indicators.borders import ESTIMATE, MEAN, SHARE, SUM
from nangkis.indicators.catalogue import Indicator
from nangkis.indicators.facts import Fact
from nangkis.regions.register import place
from nangkis.vocabulary.figures import Figure, Label, Ordinal, Origin
from nangkis.vocabulary.units import Unit


# What to do about a series that cannot be made, by why.
DO: Mapping[str, str] = {
    "absent.no-whole": "borders.do.ask",
    "absent.whole-lacking": "borders.do.import",
    "absent.whole-unweighted": "borders.do.weigh",
    "absent.whole-back-cast": "borders.do.read",
    "absent.whole-untold": "borders.do.read",
}
OLD_MADE: Mapping[str, str] = {SUM: "borders.note.sum", SHARE: "borders.note.share"}
TODAY_MADE: Mapping[str, str] = {
    SUM: "borders.note.today.sum",
    SHARE: "borders.note.today.share",
    ESTIMATE: "borders.note.today.estimate",
}
FIRST_COLUMN = 0.1  # the years
NO_PART, NO_ESTIMATE = Missing(sentence("absent.whole-lacking")), Missing(sentence("absent.no-estimate"))
SLACK = 1e-6


def border_blocks(found: Diagnosis, course: Trend) -> tuple[Block, ...]:
    """Return an indicator's series in borders that stay the same, or why there is none; nothing without a split."""
    over = over_borders(found.judged, course.indicator, course.place)
    if over is None:
        return ()
    if isinstance(over, Absent):
        return (Paragraph(_refused(course.indicator, over)),)
    return (Paragraph(tuple(_course_sentences(over))), _table(found, over))


def _refused(indicator: Indicator, absent: Absent) -> tuple[Sentence, ...]:
    return (sentence("borders.refused", indicator=inline(indicator), why=why(absent)), sentence(DO[absent.code]))


def _course_sentences(over: OverBorders) -> Iterator[Sentence]:
    """Yield which way the old whole went: a sentence of its own, beside that of the region's own series."""
    course = over.course
    if course is None:
        return
    if isinstance(course.change, Absent):
        yield sentence(
            "borders.not-judged", indicator=inline(over.indicator), root=named(over.root), why=why(course.change)
        )
    else:
        yield _lead(over, course, course.change)
    if course.cut is not None:
        year = Label(str(course.cut.year))
        yield from (sentence("borders.cut", year=year, reason=sentence(one.reason)) for one in course.cut.methods)


def _lead(over: OverBorders, course: Trend, change: Change) -> Sentence:
    said: dict[str, Value] = {
        "indicator": opening(over.indicator),
        "root": named(over.root),
        "names": _members(over),
        "after": _told(over, change.last),
        "first": when(change.first),
        "last": when(change.last),
        "verdict": movement(course, change),
    }
    if change.change == 0:
        return sentence("borders.lead.same", **said)
    said |= {"before": _told(over, change.first), "change": figures.change_size(course, change)}
    return sentence("borders.lead.rose", **said) if change.change > 0 else sentence("borders.lead.fell", **said)


def _told(over: OverBorders, fact: Fact) -> Value:
    """Return a value of the whole; an estimate says that it is one."""
    is_estimate = any(one.fact is fact and one.low is not None for one in over.old)
    return sentence("borders.estimated", value=fact.figure) if is_estimate else fact.figure


def _members(over: OverBorders) -> Sentence:
    *others, last = (named(place(member)) for member in over.family.members)
    names = Label(*(", ".join(told) for told in zip(*(_both(label) for label in others), strict=True)))
    return sentence("borders.names.two" if len(others) == 1 else "borders.names.more", names=names, last=last)


def _both(label: Label) -> tuple[str, str]:
    return label.text, label.english or label.text


def _table(found: Diagnosis, over: OverBorders) -> Table:
    own = {fact.year: fact for fact in found.facts.series(over.indicator.code, over.place.region, over.period)}
    today = () if isinstance(over.today, Absent) else over.today
    held = {year for year, fact in own.items() if fact.value is not None}
    years = sorted({*held, *(one.fact.year for one in (*over.old, *today))})
    published = {year: _own(over, own.get(year), year) for year in years}
    columns = [
        (sentence("borders.column.own", place=named(over.place)), published),
        *_columns(sentence("borders.column.old", place=named(over.root)), over.old),
        *_columns(sentence("borders.column.today", place=named(over.place)), today),
    ]
    rows = tuple(Row((Ordinal(year), *(cells.get(year, NO_PART) for _, cells in columns))) for year in years)
    width = (1 - FIRST_COLUMN) / len(columns)
    return Table(
        title=sentence(
            "borders.table",
            indicator=name_of(over.indicator),
            first=Label(str(years[0])),
            last=Label(str(years[-1])),
            unit=sentence(f"unit.{over.indicator.unit}.head"),
        ),
        columns=(
            Column(sentence("trend.column.year"), FIRST_COLUMN),
            *(Column(title, width, numeric=True) for title, _ in columns),
        ),
        rows=rows,
        notes=tuple(_notes(found, over)),
        sources=sources(
            found, over.indicator, [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
        ),
    )


def _columns(title: Sentence, told: Iterable[Within]) -> list[tuple[Sentence, dict[int, Cell]]]:
    """Return the column of some values, with the bounds of estimates beside it; none without a value."""
    by_year = {one.fact.year: one for one in told}
    values = [(title, {year: _cell(one) for year, one in by_year.items()})] if by_year else []
    if all(one.low is None for one in by_year.values()):
        return values
    low, high = (
        {year: bound(one) or (_cell(one) if one.fact.value is None else NO_ESTIMATE) for year, one in by_year.items()}
        for bound in (attrgetter("low"), attrgetter("high"))
    )
    return [*values, (sentence("borders.column.low"), low), (sentence("borders.column.high"), high)]


def _own(over: OverBorders, fact: Fact | None, year: int) -> Cell:
    return value_cell(fact if fact is not None and fact.value is not None else absence(fact, over.place, year))


def _cell(one: Within) -> Cell:
    return Missing(sentence(REASONS[one.reason])) if one.fact.value is None else one.fact.figure


def _notes(found: Diagnosis, over: OverBorders) -> Iterator[Sentence]:
    """Yield what each column is: of which borders, how it was made, how exact it is."""
    since = Label(str(over.divided_from))
    yield sentence("borders.note.area", root=named(over.root), year=since, names=_members(over))
    for kind, code in OLD_MADE.items():
        if made := [one for one in over.old if one.kind == kind]:
            yield sentence(code, rounding=_rounding(over, made))
    if isinstance(over.today, Absent):
        yield sentence("borders.note.no-today", place=named(over.place), year=_settled(over), why=why(over.today))
        told = over.old
    else:
        yield from _of_today(over, over.today)
        told = (*over.old, *over.today)
    if any(one.kind == MEAN for one in told) and over.indicator.weighted_by is not None:
        weight = inline(over.indicator.weighted_by)
        yield sentence("borders.note.mean", weight=weight, off=_weight_error(found.rules))


def _of_today(over: OverBorders, today: Iterable[Within]) -> Iterator[Sentence]:
    kinds = {one.kind for one in today}
    said: dict[str, Value] = {"place": named(over.place), "year": _settled(over)}
    yield from (sentence(code, **said) for kind, code in TODAY_MADE.items() if kind in kinds)


def _settled(over: OverBorders) -> Label:
    return Label(str(over.family.settled_from(over.place.region)))


def _rounding(over: OverBorders, made: list[Within]) -> Figure:
    """Return how far rounding may move the values that were made one way, at most; to its first digit."""
    most = max(one.rounding for one in made)
    cells = (one.fact for one in made)
    key = f"borders/{over.indicator.code}/{over.root.region}/{made[0].kind}/rounding"
    unit = UNITS[over.indicator.unit].difference
    # Half a unit up is what print makes of a tie: the first digit is kept, and a bound is never told too small.
    places = max(0, ceil(-log10(most)))
    told = ceil(most * 10**places - SLACK) / 10**places
    return Figure(key, told, unit, places, figures.origin_of(ROUNDING, cells))


def _weight_error(rules: Rules) -> Figure:
    return Figure("weight-error", rules.weight_error, Unit.SHARE, 0, Origin(WEIGHT_ERROR, (), (rules.weights,)))
