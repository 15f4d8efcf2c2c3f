"""The yearly poverty gap in rupiah, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Heading, Paragraph
from nangkis.diagnosis.answer_words import joined
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.errors import basis_of
from nangkis.diagnosis.figures import level_figure
from nangkis.diagnosis.poverty_gap import DEPTH, LINE, PARTS, NoGap, PovertyGap, poverty_gap
from nangkis.diagnosis.wording import inline, named, when
from nangkis.vocabulary.figures import Label


def gap_blocks(found: Diagnosis, *, level: int) -> tuple[Block, ...]:
    """Return the gap under a heading, or a paragraph on why there is none; nothing where no part was asked for."""
    asked = {one.indicator.code for one in found.trends} | {one.code for one, _ in found.silent}
    if asked.isdisjoint(PARTS):
        return ()
    told = poverty_gap(found)
    if isinstance(told, NoGap):
        return (Paragraph(_refused(found, told)),)
    return (Heading(level, None, sentence("gap.heading")), Paragraph(tuple(_sentences(found, told))))


def _refused(found: Diagnosis, told: NoGap) -> tuple[Sentence, ...]:
    names = {"names": joined([inline(code) for code in told.lacking])} if told.lacking else {}
    reason = sentence(told.code, **names)
    return (sentence("gap.none", place=named(found.region), why=reason), sentence("gap.do"))


def _sentences(found: Diagnosis, told: PovertyGap) -> Iterator[Sentence]:
    """Yield what it is, how it was computed, how coarse the published digits make it, and how sure it is."""
    depth = told.depth
    yield sentence("gap.lead", place=named(found.region), when=when(depth), gap=told.gap)
    yield sentence("gap.bound")
    parts = {"depth": told.parts[DEPTH].figure, "line": told.parts[LINE].figure, "people": told.people}
    yield sentence("gap.parts", **parts)
    yield sentence("gap.rounding", rounding=told.rounding)
    if told.low is None or told.high is None:
        yield sentence("gap.untested")
    else:
        level = level_figure(found.rules.design)
        yield sentence("gap.range", low=told.low, high=told.high, level=level, basis=basis_of([told.error]))
    if found.is_old(depth.year):
        yield sentence("diagnosis.old", year=Label(str(depth.year)), now=Label(str(found.on.year)))
