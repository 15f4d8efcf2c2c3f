"""A diagnosis as content: for each indicator the answer, then the picture, then the table, with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nangkis.content.charts import figures_of
from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.content.tree import Block, Empty, Heading, Paragraph, Picture
from nangkis.diagnosis.answer_words import answer_sentences, driver_sentences, joined
from nangkis.diagnosis.border_words import border_blocks
from nangkis.diagnosis.diagnose import Aspect, Diagnosis, Problem, Reason, Unjudged
from nangkis.diagnosis.figures import target_figure
from nangkis.diagnosis.gap_words import gap_blocks
from nangkis.diagnosis.peer_exhibits import peers_blocks, peers_lead, peers_picture
from nangkis.diagnosis.position import Against, Position
from nangkis.diagnosis.tables import bars, lines, position_table, sources, trend_table, trend_title
from nangkis.diagnosis.trend import Change, Trend
from nangkis.diagnosis.wording import (
    gap_sentences,
    inline,
    name_of,
    named,
    newer_sentences,
    opening,
    position_lead,
    trend_lead,
    trend_sentences,
    unclassed_sentences,
    when,
    why,
)
from nangkis.indicators.catalogue import Direction
from nangkis.vocabulary.figures import Label


LEVEL = 3
NO_DATA = "absent.no-data"
# A picture of one bar, or of one year, shows less than its number.
FEWEST_DRAWN = 2
REASONS: Mapping[Reason, str] = {
    Reason.WORSE_THAN_PROVINCE: "reason.worse-than-province",
    Reason.WORSE_THAN_NATION: "reason.worse-than-nation",
    Reason.WORSENING: "reason.worsening",
    Reason.ABOVE_TARGET: "reason.above-target",
}
ASPECTS: Mapping[Aspect, str] = {
    Aspect.REFERENCE: "unjudged.reference",
    Aspect.COURSE: "unjudged.course",
    Aspect.WHOLE: "unjudged.whole",
}


def diagnosis_summary(found: Diagnosis) -> tuple[Block, ...]:
    """Return what stands out, in one paragraph: where the region stands and which way it goes."""
    said: list[Sentence] = []
    courses = {course.indicator.code: course for course in found.trends}
    for stand in found.positions:
        if stand.indicator.direction is Direction.CONTEXT:
            continue
        course = courses[stand.indicator.code]
        said += [*_lead(found, stand), *_unclassed(stand), *newer_sentences(stand)]
        said += [trend_lead(course, course.change)] if isinstance(course.change, Change) else []
        said += [old for old in age_sentences(found, course) if old not in said]
    return (Paragraph(tuple(said)),) if said else (_empty(found),)


def diagnosis_blocks(found: Diagnosis) -> tuple[Block, ...]:
    """Return every indicator under a heading of its own, the gap in rupiah, and what is not analysed and why."""
    courses = {course.indicator.code: course for course in found.trends}
    blocks: list[Block] = []
    for stand in found.positions:
        blocks.extend(indicator_blocks(found, stand, courses[stand.indicator.code]))
    if not blocks:
        return (_empty(found),)
    silent = tuple(_silences(found))
    return (*blocks, *gap_blocks(found, level=LEVEL), *((Paragraph(silent),) if silent else ()))


def _silences(found: Diagnosis) -> Iterator[Sentence]:
    """Yield why indicators are not analysed: in one sentence those that no table holds, then each other one."""
    for indicator, absent in found.silent:
        if absent.code != NO_DATA:
            yield sentence("diagnosis.silent", indicator=opening(indicator), why=why(absent))
    without = [inline(indicator) for indicator, absent in found.silent if absent.code == NO_DATA]
    if without:
        yield sentence("diagnosis.without", place=named(found.region), names=joined(without))


def indicator_blocks(found: Diagnosis, stand: Position, course: Trend) -> tuple[Block, ...]:
    """Return one indicator: posisi relatif, then perkembangan antar waktu."""
    heading = Heading(LEVEL, None, name_of(stand.indicator))
    lead = (*_lead(found, stand), *gap_sentences(stand, found.rules), *newer_sentences(stand))
    age = age_sentences(found, course)
    beside = _position_exhibits(found, stand, notes=age)
    return (
        heading,
        Paragraph(lead),
        *beside,
        Paragraph(trend_sentences(course)),
        *_trend_exhibits(found, course, notes=() if beside else age),
        *border_blocks(found, course),
        Paragraph(answer_sentences(found.answers[stand.indicator.code], found.rules, found.on)),
        *_driver_blocks(found, stand.indicator.code),
    )


def _lead(found: Diagnosis, stand: Position) -> tuple[Sentence, ...]:
    if stand.against is Against.PEERS:
        return peers_lead(found, stand)
    return (position_lead(stand, found.rules),)


def _unclassed(stand: Position) -> tuple[Sentence, ...]:
    """Return why there is no class; the lead against peers says it already."""
    return () if stand.against is Against.PEERS else unclassed_sentences(stand)


def _driver_blocks(found: Diagnosis, code: str) -> tuple[Block, ...]:
    behind = found.drivers.get(code)
    return () if behind is None else (Paragraph(driver_sentences(behind)),)


def problem_sentence(problem: Problem) -> Sentence:
    """Return what is wrong with an indicator, and why we say so."""
    codes = {1: "problem.one", 2: "problem.two", 3: "problem.three", 4: "problem.four"}
    reasons = {letter: _reason(problem, reason) for letter, reason in zip("abcd", problem.reasons, strict=False)}
    year = Label(str(problem.year))
    return sentence(
        codes[len(reasons)],
        indicator=name_of(problem.indicator),
        place=named(problem.place),
        year=sentence("problem.old-year", year=year) if problem.is_old else year,
        **reasons,
    )


def _reason(problem: Problem, reason: Reason) -> Sentence:
    if reason is Reason.ABOVE_TARGET and problem.target is not None:
        return sentence(REASONS[reason], target=target_figure(problem.target), year=Label(str(problem.target.year)))
    return sentence(REASONS[reason])


def unjudged_sentences(found: Diagnosis) -> tuple[Sentence, ...]:
    """Return what could not be judged and why: without it, silence about problems would read as praise."""
    return tuple(_unjudged(one) for one in found.unjudged)


def _unjudged(one: Unjudged) -> Sentence:
    said: dict[str, Value] = {"place": named(one.place), "why": why(one.why)}
    if one.aspect is Aspect.COURSE:
        return sentence(ASPECTS[one.aspect], indicator=inline(one.indicator), **said)
    said["indicator"] = opening(one.indicator)
    if one.reference is not None:
        said |= {"reference": named(one.reference), "year": Label(str(one.year))}
    return sentence(ASPECTS[one.aspect], **said)


def age_sentences(found: Diagnosis, course: Trend) -> tuple[Sentence, ...]:
    """Return that the latest values are old on the day of the diagnosis, where they are."""
    year = course.comparable[-1].year
    if not found.is_old(year):
        return ()
    return (sentence("diagnosis.old", year=Label(str(year)), now=Label(str(found.on.year))),)


def _position_exhibits(found: Diagnosis, stand: Position, *, notes: tuple[Sentence, ...]) -> tuple[Block, ...]:
    if stand.against is Against.PEERS:
        return peers_blocks(found, stand, notes=notes)
    picture = _position_picture(found, stand)
    return () if picture is None else (picture, position_table(found, stand, notes=notes))


def position_picture(found: Diagnosis, code: str) -> Picture | None:
    """Return the regions beside each other in an indicator; None where fewer than two have a value."""
    stand = next((one for one in found.positions if one.indicator.code == code), None)
    return None if stand is None else _position_picture(found, stand)


def _position_picture(found: Diagnosis, stand: Position) -> Picture | None:
    if stand.against is Against.PEERS:
        return peers_picture(found, stand)
    if len(stand.peers) < FEWEST_DRAWN:
        return None
    chart, above = bars(found, stand), stand.above or stand.place
    title = sentence(
        "position.picture", indicator=name_of(stand.indicator), reference=named(above), when=when(stand.fact)
    )
    alternative = sentence(
        "position.alternative" if chart.lines else "position.alternative.alone",
        reference=named(above),
        place=named(stand.place),
        value=stand.fact.figure,
    )
    return Picture(title, chart, alternative, sources(found, stand.indicator, figures_of(chart)))


def _trend_exhibits(found: Diagnosis, course: Trend, *, notes: tuple[Sentence, ...]) -> tuple[Block, ...]:
    picture = _trend_picture(found, course)
    return () if picture is None else (picture, trend_table(found, course, notes=notes))


def trend_picture(found: Diagnosis, code: str) -> Picture | None:
    """Return the years of an indicator; None where fewer than two have a value."""
    course = next((one for one in found.trends if one.indicator.code == code), None)
    return None if course is None else _trend_picture(found, course)


def _trend_picture(found: Diagnosis, course: Trend) -> Picture | None:
    known = [fact for fact in course.facts if fact.value is not None]
    if len(known) < FEWEST_DRAWN:
        return None
    chart = lines(found, course)
    filled = trend_title(course)
    title = sentence(
        "trend.picture",
        indicator=inline(course.indicator),
        **{name: filled[name] for name in ("place", "first", "last")},
    )
    alternative = sentence(
        "trend.alternative" if len(chart.lines) > 1 else "trend.alternative.alone",
        place=filled["place"],
        before=known[0].figure,
        first=when(known[0]),
        after=known[-1].figure,
        last=when(known[-1]),
    )
    return Picture(title, chart, alternative, sources(found, course.indicator, figures_of(chart)))


def _empty(found: Diagnosis) -> Empty:
    place = named(found.region)
    return Empty(sentence("diagnosis.empty.why", place=place), sentence("diagnosis.empty.do", place=place))
