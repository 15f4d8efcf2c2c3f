"""The numbers of the further answers as figures, with the cells and rules that they follow from."""

from __future__ import annotations

from nangkis.diagnosis import methods
from nangkis.diagnosis.answers import Beside, OwnLine, Pace
from nangkis.diagnosis.figures import origin_of
from nangkis.diagnosis.judging import UNITS
from nangkis.diagnosis.rules import Rules
from nangkis.indicators.catalogue import indicators
from nangkis.vocabulary.figures import Figure, Method
from nangkis.vocabulary.units import Unit


def expected(line: OwnLine, rules: Rules) -> Figure:
    """Return the value that the region's own line leads to in the last year."""
    origin = origin_of(methods.EXPECTED_BY_LINE, line.before, uses=(rules.fewest,))
    unit = indicators()[line.fact.indicator].unit
    return Figure(f"line/{line.fact.key}/expected", line.expected, unit, _places(line), origin)


def distance(line: OwnLine, rules: Rules) -> Figure:
    """Return how far the last value lies from the line, without its sign: the sentence says above or below."""
    origin = origin_of(methods.DISTANCE_FROM_LINE, (*line.before, line.fact), uses=(rules.fewest,))
    unit = UNITS[indicators()[line.fact.indicator].unit].difference
    return Figure(f"line/{line.fact.key}/distance", abs(line.distance), unit, _places(line), origin)


def _places(line: OwnLine) -> int:
    return min(fact.places for fact in (line.fact, *line.before))


def pace_figures(pace: Pace, rules: Rules) -> dict[str, Figure]:
    """Return ``pace``, ``worst`` and ``best``, and ``needed`` where the target's year is still to come."""
    last = pace.facts[-1]
    units = UNITS[indicators()[last.indicator].unit]
    uses = (*rules.design.uses_for(indicators()[last.indicator]), rules.fewest)

    def made(name: str, number: float, method: Method) -> Figure:
        origin = origin_of(method, pace.facts, uses=uses if method is methods.PACE_RANGE else (rules.fewest,))
        return Figure(f"pace/{last.key}/{name}", number, units.yearly, units.places, origin)

    found = {
        "pace": made("own", pace.pace, methods.THEIL_SEN),
        "worst": made("worst", pace.worst, methods.PACE_RANGE),
        "best": made("best", pace.best, methods.PACE_RANGE),
    }
    if pace.needed is not None:
        origin = origin_of(methods.PACE_NEEDED, [last], uses=(pace.target.use,))
        found["needed"] = Figure(f"pace/{last.key}/needed", pace.needed, units.yearly, units.places, origin)
    return found


def arrival_year(pace: Pace, name: str, year: int, rules: Rules) -> Figure:
    """Return a year to which a pace leads; ``name`` says which pace."""
    last = pace.facts[-1]
    origin = origin_of(
        methods.ARRIVAL, pace.facts, uses=(pace.target.use, *rules.design.uses_for(indicators()[last.indicator]))
    )
    return Figure(f"pace/{last.key}/arrival-{name}", year, Unit.CALENDAR_YEAR, 0, origin)


def mean_of_peers(beside: Beside, rules: Rules) -> Figure:
    """Return the mean of the peers' values."""
    origin = origin_of(methods.MEAN_OF_PEERS, beside.peers, uses=(rules.likeness.use,))
    places = min(fact.places for fact in beside.peers)
    unit = indicators()[beside.fact.indicator].unit
    return Figure(f"peers/{beside.fact.key}/mean", beside.mean, unit, places, origin)
