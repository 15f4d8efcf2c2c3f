"""Tables and charts of a diagnosis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from nangkis.content.charts import Bar, Line, Point, ReferenceLine, Series, SortedBars
from nangkis.content.sentences import Sentence, sentence, spoken
from nangkis.content.tree import Cell, Column, Marked, Missing, Row, Table, Verdict
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.errors import basis_of, error_of
from nangkis.diagnosis.figures import level_figure, margin, slope as slope_figure
from nangkis.diagnosis.judging import UNITS, Absent, Class
from nangkis.diagnosis.position import Comparison, Peer, Position, reference_value
from nangkis.diagnosis.reasons import absence
from nangkis.diagnosis.trend import Trend
from nangkis.diagnosis.wording import AGAINST_NATION, AGAINST_PROVINCE, name_of, named, when, why
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator, indicators
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Level, Place, is_fictional, place
from nangkis.vocabulary.figures import Figure, Label, Ordinal


MARKS: Mapping[Class, Verdict] = {
    Class.BETTER: Verdict.BETTER,
    Class.WORSE: Verdict.WORSE,
    Class.EQUAL: Verdict.UNSURE,
}
# A yearly series comes from a file a year: a longer list below a chart is not read, and each number knows its file.
MOST_FILES = 3
ROLES: Mapping[Level, str] = {Level.PROVINCE: "province", Level.NATION: "nation"}


def references(found: Diagnosis) -> tuple[Place, ...]:
    """Return the places above the region, the nearest first."""
    above: list[Place] = []
    parent = found.region.parent
    while parent is not None:
        above.append(place(parent))
        parent = above[-1].parent
    return tuple(above)


def sources(found: Diagnosis, indicator: Indicator, figures: Iterable[Figure]) -> tuple[Sentence, ...]:
    """Return who published the figures, then their files, each once; of many, those of most of the figures."""
    fictional = is_fictional(found.region.region)
    publisher = sentence("source.fictional" if fictional else f"indicator.{indicator.code}.publisher")
    used = Counter(table for figure in figures for table in {cell.table for cell in figure.origin.inputs})
    files = Counter[str]()
    for table, times in used.items():
        files[found.tables[table].source.name] += times
    told = sorted(files, key=lambda file: (-files[file], file))
    shown = told if len(told) <= MOST_FILES else told[: MOST_FILES - 1]
    files_named = (sentence("diagnosis.source", file=Label(file)) for file in sorted(shown))
    return (publisher, *files_named, *([sentence("diagnosis.source.more")] if len(shown) < len(told) else []))


def sources_of(found: Diagnosis, facts: Iterable[Fact]) -> tuple[Sentence, ...]:
    """Return who published some facts and their files, each once, in the order of the facts."""
    told: dict[str, Sentence] = {}
    for fact in facts:
        for source in sources(found, indicators()[fact.indicator], [fact.figure]):
            told.setdefault(spoken(source, "id"), source)  # several indicators name one publisher
    return tuple(told.values())


def contradictions(found: Diagnosis, facts: Iterable[Fact]) -> tuple[Sentence, ...]:
    """Return a note for each fact of which another table says otherwise: which table counts, and which does not."""
    return tuple(
        sentence(
            "diagnosis.note.contradicted",
            place=named(place(fact.region)),
            year=Label(str(fact.year)),
            kept=_file(found, fact.selections[0].table),
            other=_file(found, loser.table),
        )
        for fact in facts
        for loser in fact.losers
    )


def _file(found: Diagnosis, table: str) -> Label:
    return Label(found.tables[table].source.name)


def bars(found: Diagnosis, stand: Position) -> SortedBars:
    """Return the regions in order, with their intervals and the lines of province and nation."""
    drawn = tuple(
        Bar(
            Label(peer.place.name),
            peer.fact.figure,
            margin(peer.fact, peer.error, found.rules.design),
            peer.place == stand.place,
        )
        for peer in stand.peers
    )
    compared = (against for against in (stand.province, stand.nation) if isinstance(against, Comparison))
    lines = tuple(
        ReferenceLine(ROLES[against.reference.level], Label(against.reference.name), against.fact.figure)
        for against in compared
    )
    return SortedBars(stand.indicator.unit, drawn, lines)


def position_table(found: Diagnosis, stand: Position, *, notes: tuple[Sentence, ...] = ()) -> Table:
    """Return every region beside the subject with its interval and class, then what they are compared with."""
    rows = (
        *(_row(found, stand, peer, _standing(stand, peer)) for peer in stand.peers),
        *(_without_row(stand, lacking, absent) for lacking, absent in stand.without),
        *_reference_rows(found, stand),
    )
    above = stand.above or stand.place
    return Table(
        title=sentence(
            "position.table",
            indicator=name_of(stand.indicator),
            reference=named(above),
            when=when(stand.fact),
        ),
        columns=_position_columns(stand),
        rows=rows,
        notes=(*notes, *_notes(found, stand), *contradictions(found, [peer.fact for peer in stand.peers])),
        sources=sources(
            found, stand.indicator, [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
        ),
    )


def _has_margin(stand: Position) -> bool:
    """A poverty line has no error here: a column of dashes would say nothing."""
    return stand.indicator.direction is not Direction.CONTEXT


def _has_class(stand: Position) -> bool:
    """Numbers of people are not compared with the total that they are part of."""
    return _has_margin(stand) and stand.indicator.aggregation is not Aggregation.SUM


def _position_columns(stand: Position) -> tuple[Column, ...]:
    unit = stand.indicator.unit
    columns = [
        Column(sentence("position.column.region"), 0.40),
        Column(sentence("position.column.value", unit=sentence(f"unit.{unit}.head")), 0.18, numeric=True),
    ]
    if _has_margin(stand):
        wide = sentence("position.column.margin", unit=sentence(f"unit.{UNITS[unit].difference}.head"))
        columns.append(Column(wide, 0.16, numeric=True))
    if _has_class(stand):
        columns.append(Column(sentence("position.column.class"), 0.26))
    whole = sum(column.width for column in columns)
    return tuple(replace(column, width=column.width / whole) for column in columns)


def _row(found: Diagnosis, stand: Position, peer: Peer, standing: Cell) -> Row:
    half = margin(peer.fact, peer.error, found.rules.design) or Missing(sentence("absent.no-margin"))
    cells: tuple[Cell, ...] = (Label(peer.place.name), peer.fact.figure, half, standing)
    return Row(cells[: len(_position_columns(stand))], emphasis=peer.place == stand.place)


def _standing(stand: Position, peer: Peer) -> Cell:
    """Return a region's class in words with its mark, or why it has none."""
    if peer.verdict is None:
        return Missing(sentence("absent.no-class"))
    words = sentence((AGAINST_NATION if stand.is_against_nation else AGAINST_PROVINCE)[peer.verdict])
    mark = MARKS.get(peer.verdict)
    return words if mark is None else Marked(mark, words)


def _without_row(stand: Position, lacking: Place, absent: Absent) -> Row:
    missing = Missing(why(absent, told=frozenset({"place"})))
    return Row((Label(lacking.name), *(missing for _ in _position_columns(stand)[1:])))


def _reference_rows(found: Diagnosis, stand: Position) -> tuple[Row, ...]:
    if stand.indicator.aggregation is Aggregation.SUM:
        return ()
    rows = []
    for above in references(found):
        fact = reference_value(found.facts, stand.indicator.code, above, stand.fact.year, stand.fact.period)
        if isinstance(fact, Absent):
            rows.append(_without_row(stand, above, fact))
            continue
        peer = Peer(above, fact, error_of(fact, found.judged), None)
        rows.append(_row(found, stand, peer, sentence("position.reference")))
    return tuple(rows)


def _notes(found: Diagnosis, stand: Position) -> tuple[Sentence, ...]:
    if stand.indicator.direction is Direction.CONTEXT:
        return (sentence("position.note.context"),)
    if stand.error is None:
        return (sentence("position.note.untested"),)
    beside = (
        reference_value(found.facts, stand.indicator.code, above, stand.fact.year, stand.fact.period)
        for above in references(found)
    )
    errors = [peer.error for peer in stand.peers] or [stand.error]
    errors += [error_of(fact, found.judged) for fact in beside if isinstance(fact, Fact)]
    margins = sentence("position.note.margin", level=level_figure(found.rules.design), basis=basis_of(errors))
    return (
        (margins, sentence("position.note.test", level=level_figure(found.rules.design)))
        if _has_class(stand)
        else (margins,)
    )


def _other_series(found: Diagnosis, course: Trend) -> tuple[Sentence, ...]:
    """Return a note for each series of another month, which is not joined to this one."""
    code, here = course.indicator.code, course.place.region
    series = (found.facts.series(code, here, period) for period in found.facts.other_periods(code, here))
    lasts = ([fact for fact in facts if fact.value is not None][-1] for facts in series)
    return tuple(sentence("trend.note.other-series", when=when(last)) for last in lasts)


def _trend_notes(found: Diagnosis, course: Trend) -> tuple[Sentence, ...]:
    if isinstance(course.change, Absent):
        return ()
    slope = sentence("trend.note.slope", slope=slope_figure(course, course.change))
    ends = [error_of(fact, found.judged) for fact in (course.change.first, course.change.last)]
    return (
        (sentence("trend.note.test", level=level_figure(found.rules.design), basis=basis_of(ends)), slope)
        if course.change.tested
        else (slope,)
    )


def compared_places(found: Diagnosis, course: Trend) -> tuple[Place, ...]:
    """Return whose lines stand beside the region's own: totals of people lie on another scale, so none for them."""
    return () if course.indicator.aggregation is Aggregation.SUM else references(found)


def course_values(found: Diagnosis, course: Trend, whose: Place) -> tuple[tuple[int, Fact | Absent], ...]:
    """Return a place's value, or why there is none, in each year of the region's series."""
    return tuple(
        (fact.year, reference_value(found.facts, course.indicator.code, whose, fact.year, fact.period))
        for fact in course.facts
    )


def lines(found: Diagnosis, course: Trend) -> Series:
    """Return the series of the region, its province and the nation, with the break marked."""
    own = Line("subject", Label(course.place.name), tuple(_own_point(found, fact) for fact in course.facts))
    others = tuple(
        Line(ROLES[above.level], Label(above.name), tuple(_point(*one) for one in course_values(found, course, above)))
        for above in compared_places(found, course)
    )
    told = tuple(line for line in others if any(point.figure is not None for point in line.points))
    return Series(course.indicator.unit, (own, *told), () if course.cut is None else (course.cut.year,))


def _own_point(found: Diagnosis, fact: Fact) -> Point:
    if fact.value is None:
        return Point(fact.year, None)
    return Point(fact.year, fact.figure, margin(fact, error_of(fact, found.judged), found.rules.design))


def _point(year: int, value: Fact | Absent) -> Point:
    return Point(year, value.figure if isinstance(value, Fact) and value.value is not None else None)


def trend_table(found: Diagnosis, course: Trend, *, notes: tuple[Sentence, ...] = ()) -> Table:
    """Return the values year by year, beside those of the province and the nation."""
    every = {whose: course_values(found, course, whose) for whose in compared_places(found, course)}
    others = [whose for whose, values in every.items() if not all(isinstance(one, Absent) for _, one in values)]
    columns = (
        Column(sentence("trend.column.year"), 0.16),
        *(Column(Label(whose.name), 0.84 / (1 + len(others)), numeric=True) for whose in (course.place, *others)),
    )
    beside = [dict(every[whose]) for whose in others]
    last = {whose: values[-1][1] for whose, values in every.items() if whose not in others}
    unfilled = tuple(
        sentence("trend.unfilled", place=named(whose), why=why(value))
        for whose, value in last.items()
        if isinstance(value, Absent)
    )
    rows = tuple(
        Row((Ordinal(fact.year), _own_cell(course, fact), *(value_cell(values[fact.year]) for values in beside)))
        for fact in course.facts
    )
    return Table(
        title=sentence("trend.table" if others else "trend.table.alone", **trend_title(course)),
        columns=columns,
        rows=rows,
        notes=(
            *notes,
            *unfilled,
            *_trend_notes(found, course),
            *_other_series(found, course),
            *contradictions(found, course.facts),
        ),
        sources=sources(
            found, course.indicator, [cell for row in rows for cell in row.cells if isinstance(cell, Figure)]
        ),
    )


def trend_title(course: Trend) -> dict[str, Sentence | Label]:
    """Return what fills the title of a trend's table."""
    return {
        "indicator": name_of(course.indicator),
        "place": named(course.place),
        "first": Label(str(course.facts[0].year)),
        "last": Label(str(course.facts[-1].year)),
        "unit": sentence(f"unit.{course.indicator.unit}.head"),
    }


def _own_cell(course: Trend, fact: Fact) -> Cell:
    return value_cell(fact if fact.value is not None else absence(fact, course.place, fact.year))


def value_cell(value: Fact | Absent) -> Cell:
    """Return a value of a year, or why there is none."""
    if not isinstance(value, Absent):
        return value.figure
    # The row names the year: one reason without it serves all rows, where ten alike would fill half a page.
    return Missing(why(value, told=frozenset({"year"})))
