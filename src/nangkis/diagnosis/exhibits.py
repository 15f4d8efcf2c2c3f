"""A diagnosis as content: for each indicator the answer, then the picture, then the table, with their sources."""

from __future__ import annotations

from collections.abc import Mapping

from nangkis.content.charts import figures_of
from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Empty, Heading, Paragraph, Picture
from nangkis.diagnosis.diagnose import Diagnosis, Problem, Reason
from nangkis.diagnosis.position import Position
from nangkis.diagnosis.tables import bars, lines, position_table, sources, trend_table, trend_title
from nangkis.diagnosis.trend import Change, Trend
from nangkis.diagnosis.wording import gap_sentences, name_of, position_lead, trend_lead, trend_sentences, when, why
from nangkis.indicators.catalogue import Direction
from nangkis.vocabulary.figures import Label


LEVEL = 3
# A picture of one bar, or of one year, shows less than its number.
FEWEST_DRAWN = 2
REASONS: Mapping[Reason, str] = {
    Reason.WORSE_THAN_PROVINCE: "reason.worse-than-province",
    Reason.WORSE_THAN_NATION: "reason.worse-than-nation",
    Reason.WORSENING: "reason.worsening",
    Reason.NOT_YET_BETTER: "reason.not-yet-better",
    Reason.NOT_YET_IMPROVING: "reason.not-yet-improving",
}


def diagnosis_summary(found: Diagnosis) -> tuple[Block, ...]:
    """Return what stands out, in one paragraph: where the region stands and which way it goes."""
    said: list[Sentence] = []
    courses = {course.indicator.code: course for course in found.trends}
    for stand in found.positions:
        if stand.indicator.direction is Direction.CONTEXT:
            continue
        said.append(position_lead(stand, found.rules))
        course = courses[stand.indicator.code]
        said.extend([trend_lead(course, course.change)] if isinstance(course.change, Change) else [])
    return (Paragraph(tuple(said)),) if said else (_empty(found),)


def diagnosis_blocks(found: Diagnosis) -> tuple[Block, ...]:
    """Return the blocks of every indicator under a heading each, then what is not analysed and why."""
    courses = {course.indicator.code: course for course in found.trends}
    blocks: list[Block] = []
    for stand in found.positions:
        blocks.extend(indicator_blocks(found, stand, courses[stand.indicator.code]))
    if not blocks:
        return (_empty(found),)
    silent = tuple(
        sentence("diagnosis.silent", indicator=name_of(indicator), why=why(absent))
        for indicator, absent in found.silent
    )
    return (*blocks, Paragraph(silent)) if silent else tuple(blocks)


def indicator_blocks(found: Diagnosis, stand: Position, course: Trend) -> tuple[Block, ...]:
    """Return one indicator: posisi relatif, then perkembangan antar waktu."""
    heading = Heading(LEVEL, None, name_of(stand.indicator))
    lead = (position_lead(stand, found.rules), *gap_sentences(stand))
    return (
        heading,
        Paragraph(lead),
        *_position_exhibits(found, stand),
        Paragraph(trend_sentences(course)),
        *_trend_exhibits(found, course),
    )


def problem_sentence(problem: Problem) -> Sentence:
    """Return what is wrong with an indicator, and why we say so."""
    codes = {1: "problem.one", 2: "problem.two", 3: "problem.three"}
    reasons = {letter: sentence(REASONS[reason]) for letter, reason in zip("abc", problem.reasons, strict=False)}
    return sentence(
        codes[len(reasons)],
        indicator=name_of(problem.indicator),
        place=Label(problem.place.name),
        year=Label(str(problem.year)),
        **reasons,
    )


def _position_exhibits(found: Diagnosis, stand: Position) -> tuple[Block, ...]:
    if len(stand.peers) < FEWEST_DRAWN:
        return ()
    chart, above = bars(found, stand), stand.above or stand.place
    title = sentence(
        "position.picture", indicator=name_of(stand.indicator), reference=Label(above.name), when=when(stand.fact)
    )
    alternative = sentence(
        "position.alternative",
        reference=Label(above.name),
        place=Label(stand.place.name),
        value=stand.fact.figure,
    )
    return Picture(title, chart, alternative, sources(found, figures_of(chart))), position_table(found, stand)


def _trend_exhibits(found: Diagnosis, course: Trend) -> tuple[Block, ...]:
    known = [fact for fact in course.facts if fact.value is not None]
    if len(known) < FEWEST_DRAWN:
        return ()
    chart = lines(found, course)
    filled = trend_title(course)
    title = sentence(
        "trend.picture",
        indicator=sentence(f"indicator.{course.indicator.code}.inline"),
        **{name: filled[name] for name in ("place", "first", "last")},
    )
    alternative = sentence(
        "trend.alternative",
        place=filled["place"],
        before=known[0].figure,
        first=when(known[0]),
        after=known[-1].figure,
        last=when(known[-1]),
    )
    return Picture(title, chart, alternative, sources(found, figures_of(chart))), trend_table(found, course)


def _empty(found: Diagnosis) -> Empty:
    place = Label(found.region.name)
    return Empty(sentence("diagnosis.empty.why", place=place), sentence("diagnosis.empty.do", place=place))
