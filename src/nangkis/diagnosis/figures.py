"""The numbers of a diagnosis as figures: each with a stable key, the cells and rules that it follows from."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from nangkis.diagnosis import methods
from nangkis.diagnosis.errors import SamplingError
from nangkis.diagnosis.judging import UNITS
from nangkis.diagnosis.position import Comparison, Position, Rank, Share
from nangkis.diagnosis.rules import Rules, Target
from nangkis.diagnosis.sampling import Design
from nangkis.diagnosis.trend import Change, Trend
from nangkis.indicators.aggregates import implied_population
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Fact
from nangkis.indicators.selections import merged
from nangkis.vocabulary.figures import Figure, Method, Origin, ParameterUse, Selection
from nangkis.vocabulary.units import Unit


PLACES_OF_SHARE = 1
# An approximate error is known to its first digits only: more decimals would be false.
PLACES_OF_MARGIN = 1


def origin_of(
    method: Method, facts: Iterable[Fact], *, more: Iterable[Selection] = (), uses: Iterable[ParameterUse] = ()
) -> Origin:
    """Return how a number was made from facts, further cells and rules."""
    known = tuple(facts)
    cells = merged((*(cell for fact in known for cell in (*fact.selections, *fact.losers)), *more))
    return Origin(method, cells, tuple(dict.fromkeys((*(use for fact in known for use in fact.parameters), *uses))))


def implied_people(poor: Fact, percent: Fact) -> Figure:
    """Return the population that a number of poor people and their percentage imply, in thousands."""
    people = float(implied_population(pl.Series([poor.number]), pl.Series([percent.number]))[0])
    origin = origin_of(methods.IMPLIED_POPULATION, [poor, percent])
    return Figure(f"implied-population/{poor.year}/{poor.region}", people, Unit.THOUSAND_PEOPLE, 1, origin)


def margin(fact: Fact, error: SamplingError | None, design: Design) -> Figure | None:
    """Return half the width of a value's confidence interval; None where no error is known or there is none."""
    if error is None or error.size == 0:
        return None
    uses = (design.sureness,) if error.is_published else design.uses_for(indicators()[fact.indicator])
    origin = origin_of(methods.MARGIN, [fact], more=error.inputs, uses=uses)
    unit = UNITS[indicators()[fact.indicator].unit].difference
    places = min(fact.places, PLACES_OF_MARGIN)
    return Figure(f"margin/{fact.key}", design.z * error.size, unit, places, origin)


def gap_size(stand: Position, against: Comparison) -> Figure:
    """Return the size of the gap to a reference, without its sign: the sentence says above or below."""
    fact, other = stand.fact, against.fact
    unit = UNITS[stand.indicator.unit].difference
    key = f"position/{fact.key}/gap/{against.reference.region}"
    origin = origin_of(methods.GAP, [fact, other], uses=stand.uses)
    return Figure(key, abs(against.gap), unit, min(fact.places, other.places), origin)


def share_of_total(stand: Position, share: Share) -> Figure:
    """Return a region's part of the total of the region above it."""
    origin = origin_of(methods.SHARE_OF_TOTAL, [stand.fact, share.total])
    key = f"position/{stand.fact.key}/share/{share.reference.region}"
    return Figure(key, share.part, Unit.SHARE, PLACES_OF_SHARE, origin)


def rank_figures(stand: Position, rank: Rank, rules: Rules) -> dict[str, Figure]:
    """Return ``rank``, ``best``, ``worst`` and ``count``; all rest on the rule of how many regions make a rank."""
    facts, uses = [peer.fact for peer in stand.peers], [rules.fewest, *stand.uses]
    errors = [cell for peer in stand.peers if peer.error is not None for cell in peer.error.inputs]
    place = origin_of(methods.PLACE_IN_ORDER, facts, uses=uses)
    tested = origin_of(
        methods.RANGE_OF_PLACES, facts, more=errors, uses=[*rules.design.uses_for(stand.indicator), *uses]
    )
    counted = origin_of(methods.NUMBER_OF_REGIONS, facts, uses=uses)
    key = f"position/{stand.fact.key}"
    return {
        "rank": Figure(f"{key}/rank", rank.place, Unit.RANK, 0, place),
        "best": Figure(f"{key}/rank-best", rank.best, Unit.RANK, 0, tested),
        "worst": Figure(f"{key}/rank-worst", rank.worst, Unit.RANK, 0, tested),
        "count": Figure(f"{key}/regions", rank.count, Unit.COUNT, 0, counted),
    }


def change_size(course: Trend, change: Change) -> Figure:
    """Return the size of the change between the two ends, without its sign: the sentence says rose or fell."""
    places = min(change.first.places, change.last.places)
    origin = origin_of(methods.CHANGE, [change.first, change.last], uses=course.uses)
    unit = UNITS[course.indicator.unit].difference
    return Figure(f"{_trend_key(change)}/change", abs(change.change), unit, places, origin)


def yearly(course: Trend, change: Change) -> Figure:
    """Return the pace from the first to the last year."""
    units = UNITS[course.indicator.unit]
    method = methods.YEARLY_GROWTH if units.relative else methods.YEARLY_CHANGE
    origin = origin_of(method, [change.first, change.last], uses=course.uses)
    return Figure(f"{_trend_key(change)}/yearly", change.yearly, units.yearly, units.places, origin)


def slope(course: Trend, change: Change) -> Figure:
    """Return the median pace over all pairs of years."""
    units = UNITS[course.indicator.unit]
    method = methods.THEIL_SEN_GROWTH if units.relative else methods.THEIL_SEN
    origin = origin_of(method, course.comparable, uses=course.uses)
    return Figure(f"{_trend_key(change)}/slope", change.slope, units.yearly, units.places, origin)


def level_figure(design: Design) -> Figure:
    """Return how sure a test must be: without decimals where it has none."""
    places = 0 if round(100 * design.level, PLACES_OF_SHARE).is_integer() else PLACES_OF_SHARE
    origin = Origin(methods.CONFIDENCE_LEVEL, (), (design.sureness,))
    return Figure("confidence-level", design.level, Unit.SHARE, places, origin)


def target_figure(target: Target) -> Figure:
    """Return the height of a national target, without decimals where it has none."""
    unit = indicators()[target.indicator].unit
    places = 0 if target.at_most == round(target.at_most) else PLACES_OF_SHARE
    origin = Origin(methods.NATIONAL_TARGET, (), (target.use,))
    return Figure(f"target/{target.indicator}/{target.year}", target.at_most, unit, places, origin)


def _trend_key(change: Change) -> str:
    return f"trend/{change.last.key}/since-{change.first.year}"
