"""A dimension in sentences, chosen by computed facts only: the code of a sentence is its claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from nangkis.content.sentences import Sentence, sentence, spoken
from nangkis.diagnosis.answer_words import found_drivers, joined
from nangkis.diagnosis.determinants import GOVERNMENTS, Government, may_act
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.dimensions import Member, Profile
from nangkis.diagnosis.judging import Absent
from nangkis.diagnosis.position import Comparison
from nangkis.diagnosis.wording import inline, named, when, why
from nangkis.indicators.dimensions import Dimension
from nangkis.regions.register import Level, Place, nation_of, place
from nangkis.vocabulary.figures import Label


NO_DATA = "absent.no-data"
TOLD_BELOW = frozenset({"year"})
T = TypeVar("T")
K = TypeVar("K")


def name_of_dimension(dimension: Dimension) -> Sentence:
    """Return a dimension's name, as it opens a title."""
    return sentence(f"dimension.{dimension}.name")


def inline_dimension(dimension: Dimension) -> Sentence:
    """Return a dimension's name as it stands inside a sentence."""
    return sentence(f"dimension.{dimension}.inline")


def reference_of(here: Place) -> Place | None:
    """Return what a region is told better or worse than: the province, and for a province the nation."""
    if here.level is Level.NATION or here.parent is None:
        return None
    return place(here.parent)


def result_sentences(found: Diagnosis, told: Profile) -> tuple[Sentence, ...]:
    """Return what stands out: what lags and does not improve, what gets worse, what leads, what cannot be told."""
    reference = reference_of(told.place)
    if reference is None:
        return (*_alone(found, told), *_context(found, told))
    above = {"reference": named(reference)}
    lags = tuple(_lags(found, told, above))
    leads = tuple(_leads(told, above))
    calm = (sentence("dimension.result.no-problem", dimension=inline_dimension(told.dimension)),)
    said = (*lags, *leads) if lags or not leads else (*calm, *leads)
    if not told.untold:
        rest: tuple[Sentence, ...] = ()
    elif said:
        rest = (sentence("dimension.result.untold", names=_names(told.untold), **above),)
    else:
        rest = (sentence("dimension.result.none-told", dimension=inline_dimension(told.dimension), **above),)
    return (*said, *rest, *_context(found, told))


def _lags(found: Diagnosis, told: Profile, above: Mapping[str, Label]) -> Iterator[Sentence]:
    nation = {"reference": named(place(nation_of(told.place.region)))}
    if told.behind:
        yield sentence("dimension.result.behind", items=_items(found, told.behind), **above)
    if told.behind_unfollowed:
        yield sentence("dimension.result.behind-unfollowed", items=_items(found, told.behind_unfollowed), **above)
    if told.catching_up:
        yield sentence("dimension.result.catching-up", items=_items(found, told.catching_up), **above)
    if told.behind_nation:
        yield sentence("dimension.result.behind-nation", items=_items(found, told.behind_nation), **nation)
    if told.slipping:
        yield sentence("dimension.result.slipping", items=_items(found, told.slipping), **above)


def _leads(told: Profile, above: Mapping[str, Label]) -> Iterator[Sentence]:
    if told.better:
        yield sentence("dimension.result.better", names=_names(told.better), **above)
    if told.equal:
        yield sentence("dimension.result.equal", names=_names(told.equal), **above)
    if told.improving:
        yield sentence("dimension.result.improving", names=_names(told.improving))


def _alone(found: Diagnosis, told: Profile) -> Iterator[Sentence]:
    """Yield what stands out where nothing lies above: the courses."""
    if told.slipping:
        yield sentence("dimension.result.worsening", items=_items(found, told.slipping))
    if told.improving:
        yield sentence("dimension.result.improving", names=_names(told.improving))


def _context(found: Diagnosis, told: Profile) -> tuple[Sentence, ...]:
    return (sentence("dimension.result.context", items=_items(found, told.context)),) if told.context else ()


def _items(found: Diagnosis, those: Sequence[Member]) -> Sentence:
    """Return indicators with the value that they stand at, and when; old ones say so."""
    return joined([_item(found, one) for one in those])


def _item(found: Diagnosis, one: Member) -> Sentence:
    fact = one.stand.fact
    code = "dimension.item.old" if found.is_old(fact.year) else "dimension.item"
    return sentence(code, indicator=inline(one.indicator), value=fact.figure, when=when(fact))


def _names(those: Iterable[Member]) -> Sentence:
    return joined([inline(one.indicator) for one in those])


def driver_paragraphs(told: Profile) -> tuple[tuple[Sentence, ...], ...]:
    """Return a paragraph for each main indicator with drivers that lag; then one for what is known of the others."""
    lagging = tuple(found_drivers(behind) for behind in told.drivers if behind.found)
    cleared = [one for one in told.drivers if one.cleared and not one.found]
    partly = [one for one in told.drivers if one.unknown and (one.found or one.cleared)]
    unknown = [one for one in told.drivers if not one.found and not one.cleared]
    kinds = (
        ("dimension.drivers.none", cleared),
        ("dimension.drivers.partly", partly),
        ("dimension.drivers.unknown", unknown),
    )
    rest = tuple(sentence(code, names=joined([inline(one.indicator) for one in own])) for code, own in kinds if own)
    return (*lagging, rest) if rest else lagging


def authority_sentences(told: Profile) -> tuple[Sentence, ...]:
    """Return whose affair the problems are; those that the region can only propose are told as that."""
    found = []
    for acts, codes in _by(told.acts, lambda one: one[1]):
        names = joined([inline(code) for code, _ in codes])
        found.append(_authority(names, acts, told.place.level))
    return tuple(found)


def _authority(names: Sentence, acts: tuple[Government, ...], level: Level) -> Sentence:
    if not acts:
        return sentence("dimension.authority.unknown", names=names)
    told = joined([sentence(GOVERNMENTS[one]) for one in acts])
    if may_act(acts, level):
        return sentence("dimension.authority.own", names=names, acts=told)
    return sentence("dimension.authority.others", names=names, acts=told)


def untold_sentences(told: Profile) -> tuple[Sentence, ...]:
    """Return what has no class, no course or no value, in one sentence for each reason."""
    return (*_without_class(told), *_without_course(told), *silence_sentences(told))


def _without_class(told: Profile) -> Iterator[Sentence]:
    reference = reference_of(told.place)
    if reference is None:
        return
    above = named(reference)
    absent = [(one, one.stand.nearest) for one in told.untold if isinstance(one.stand.nearest, Absent)]
    for reason, own in _by_reason(absent):
        yield sentence("dimension.untold.reference", reference=above, why=reason, names=_names(own))
    untested = [one for one in told.untold if isinstance(one.stand.nearest, Comparison)]
    if untested:
        yield sentence("dimension.untold.untested", reference=above, names=_names(untested))


def _without_course(told: Profile) -> Iterator[Sentence]:
    unfollowed = told.those(lambda one: one.goes(None))
    absent = [(one, one.course.change) for one in unfollowed if isinstance(one.course.change, Absent)]
    for reason, own in _by_reason(absent):
        yield sentence("dimension.untold.course", why=reason, names=_names(own))
    untested = [one for one in unfollowed if not isinstance(one.course.change, Absent)]
    if untested:
        yield sentence("dimension.untold.course-untested", names=_names(untested))


def silence_sentences(told: Profile) -> tuple[Sentence, ...]:
    """Return the indicators without a value, by reason; another series of a measure that has one is not missed."""
    measured = {one.indicator.series.measure for one in told.members if one.indicator.series is not None}
    missed = [
        (indicator, absent)
        for indicator, absent in told.silent
        if indicator.series is None or indicator.series.measure not in measured
    ]
    without = [inline(indicator) for indicator, absent in missed if absent.code == NO_DATA]
    rest = [(indicator, absent) for indicator, absent in missed if absent.code != NO_DATA]
    said = tuple(
        sentence("dimension.untold.silent", why=reason, names=joined([inline(one) for one in own]))
        for reason, own in _by_reason(rest)
    )
    none = (sentence("diagnosis.without", place=named(told.place), names=joined(without)),) if without else ()
    return (*said, *none)


def _by_reason(absent: Iterable[tuple[T, Absent]]) -> Iterator[tuple[Sentence, list[T]]]:
    """Yield each reason with what it holds for; the year is left out, for the table tells it of each row."""
    told = [(own, why(reason, told=TOLD_BELOW)) for own, reason in absent]
    for _, same in _by(told, lambda one: spoken(one[1], "id")):
        yield same[0][1], [own for own, _ in same]


def _by(those: Iterable[T], key: Callable[[T], K]) -> Iterator[tuple[K, list[T]]]:
    """Yield what shares a key, in the order of first places."""
    found: dict[K, list[T]] = {}
    for one in those:
        found.setdefault(key(one), []).append(one)
    yield from found.items()
