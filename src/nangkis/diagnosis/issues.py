"""The problems of a region as a list to read: by dimension, those that call loudest first, and none left out."""

from __future__ import annotations

from collections.abc import Iterator

from nangkis.content.sentences import Sentence, sentence
from nangkis.content.tree import Block, Bullets, Heading, Paragraph
from nangkis.diagnosis.answer_words import joined
from nangkis.diagnosis.diagnose import Diagnosis, Problem
from nangkis.diagnosis.dimension_words import inline_dimension, name_of_dimension
from nangkis.diagnosis.dimensions import Profile, profile
from nangkis.diagnosis.exhibits import LEVEL, problem_sentence
from nangkis.diagnosis.wording import inline
from nangkis.indicators.dimensions import Dimension, dimension_of


# More points than a reader keeps in mind become a row of names.
MOST_POINTS = 7


def issue_blocks(found: Diagnosis) -> tuple[Block, ...]:
    """Return the problems of each dimension under its name, in their order; none where there are none."""
    return tuple(block for dimension in Dimension for block in _of_dimension(found, dimension))


def _of_dimension(found: Diagnosis, dimension: Dimension) -> Iterator[Block]:
    own = [problem for problem in found.problems if dimension_of(problem.indicator) is dimension]
    if not own:
        return
    yield Heading(LEVEL, None, name_of_dimension(dimension))
    yield from points(own)


def points(problems: list[Problem]) -> Iterator[Block]:
    """Yield problems as numbered points; of many, the last ones by name."""
    shown, rest = problems[:MOST_POINTS], problems[MOST_POINTS:]
    yield Bullets(tuple(problem_sentence(problem) for problem in shown), numbered=True)
    if rest:
        names = joined([inline(problem.indicator) for problem in rest])
        yield Paragraph((sentence("issues.more", names=names),))


def unmeasured_sentences(found: Diagnosis) -> tuple[Sentence, ...]:
    """Return which dimensions no indicator can judge, and which show no problem: silence is not praise."""
    told = [profile(found, dimension, with_main=True) for dimension in Dimension]
    without = [one.dimension for one in told if not _is_judged(one)]
    clear = [one.dimension for one in told if _is_judged(one) and not one.problems]
    kinds = (("issues.clear", clear), ("issues.unmeasured", without))
    return tuple(sentence(code, names=joined([inline_dimension(one) for one in own])) for code, own in kinds if own)


def _is_judged(told: Profile) -> bool:
    """Say whether any indicator of a dimension was tested, against what lies above or over the years."""
    return bool(told.those(lambda one: one.is_judged and (one.stand.verdict, one.course.movement) != (None, None)))
