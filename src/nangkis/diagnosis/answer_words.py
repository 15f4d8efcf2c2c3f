"""The further answers in sentences, chosen by computed facts only: the code of a sentence is its claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.diagnosis import answer_figures as figures
from nangkis.diagnosis.answers import Alignment, Answers, Arrival, Pace, Together
from nangkis.diagnosis.determinants import GOVERNMENTS
from nangkis.diagnosis.drivers import Driver, Drivers
from nangkis.diagnosis.figures import target_figure
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.wording import MOVEMENTS, inline, named, opening, when, why
from nangkis.regions.register import Place, place
from nangkis.vocabulary.figures import Label


TOGETHER: Mapping[Together, str] = {
    Together.SAME: "relevance.same",
    Together.OPPOSITE: "relevance.opposite",
    Together.APART: "relevance.apart",
    Together.STEADY: "relevance.steady",
    Together.UNSURE: "relevance.unsure",
}
LINES: Mapping[Class, str] = {
    Class.BETTER: "effectiveness.better",
    Class.EQUAL: "effectiveness.equal",
    Class.WORSE: "effectiveness.worse",
    Class.HIGHER: "effectiveness.higher",
    Class.LOWER: "effectiveness.lower",
}
SAME_AS_LINE = "effectiveness.same"
ARRIVALS: Mapping[Arrival, str] = {
    Arrival.REACHED: "pace.reached",
    Arrival.REACHED_UNSURE: "pace.reached-unsure",
    Arrival.PASSED: "pace.passed",
    Arrival.ENOUGH: "pace.enough",
    Arrival.TOO_SLOW: "pace.too-slow",
    Arrival.AWAY: "pace.away",
    Arrival.UNSURE: "pace.unsure",
}
# Where no pace is needed any more, or none can help.
THERE = frozenset({Arrival.REACHED, Arrival.REACHED_UNSURE, Arrival.PASSED})
PEERS: Mapping[Class, str] = {
    Class.BETTER: "peers.better",
    Class.EQUAL: "peers.equal",
    Class.WORSE: "peers.worse",
    Class.HIGHER: "peers.higher",
    Class.LOWER: "peers.lower",
}
SAME_AS_PEERS = "peers.same"


def answer_sentences(found: Answers, rules: Rules, on: date) -> tuple[Sentence, ...]:
    """Return relevansi, efektivitas, laju terhadap target and the peers, each answer or why there is none.

    ``on`` is the day of the question: a year of arrival may be over by then, where the data are old.
    """
    return (
        *_relevance(found),
        *_effectiveness(found, rules),
        *_pace(found, rules, on),
        *_beside(found, rules),
    )


def _relevance(found: Answers) -> Iterator[Sentence]:
    for one in found.relevance:
        if isinstance(one, Alignment):
            yield _alignment(found, one)
    if found.relevance and not any(isinstance(one, Alignment) for one in found.relevance):
        absent = next(one for one in found.relevance if isinstance(one, Absent))
        yield sentence("relevance.none", indicator=inline(found.indicator), why=why(absent))


def _alignment(found: Answers, one: Alignment) -> Sentence:
    said: dict[str, Value] = {
        "indicator": (inline if one.together is Together.UNSURE else opening)(found.indicator),
        "place": named(found.place),
        "reference": named(one.reference),
        "first": when(one.own[0]),
        "last": when(one.own[-1]),
        "own": _moved(one.own_movement),
    }
    if one.together not in (Together.SAME, Together.STEADY):
        said["other"] = _moved(one.movement)
    return sentence(TOGETHER[one.together], **said)


def _moved(movement: Movement) -> Sentence:
    if movement is Movement.UNSURE:
        return sentence("relevance.moved.unsure")
    return sentence(MOVEMENTS.get(movement, "relevance.moved.untested"))


def _effectiveness(found: Answers, rules: Rules) -> Iterator[Sentence]:
    line = found.effectiveness
    if isinstance(line, Absent):
        yield sentence("effectiveness.none", indicator=inline(found.indicator), why=why(line))
        return
    same = line.verdict is Class.EQUAL and not line.tested
    said: dict[str, Value] = {
        "when": when(line.fact),
        "expected": figures.expected(line, rules),
        "first": when(line.before[0]),
        "last": when(line.before[-1]),
    }
    if line.verdict is not Class.EQUAL:
        said["distance"] = figures.distance(line, rules)
    yield sentence(SAME_AS_LINE if same else LINES[line.verdict], **said)


def _pace(found: Answers, rules: Rules, on: date) -> Iterator[Sentence]:
    pace = found.pace
    if isinstance(pace, Absent):
        yield sentence("pace.none", indicator=inline(found.indicator), why=why(pace))
    if not isinstance(pace, Pace):
        return
    said: dict[str, Value] = {"target": target_figure(pace.target), "year": Label(str(pace.target.year))}
    if pace.verdict in THERE:
        yield sentence(ARRIVALS[pace.verdict], value=pace.facts[-1].figure, when=when(pace.facts[-1]), **said)
        return
    yield sentence(ARRIVALS[pace.verdict], **said, **figures.pace_figures(pace, rules))
    if pace.verdict is not Arrival.AWAY and pace.arrival is not None:
        yield _arrival(pace, rules, on)
        if any(year is not None and year < on.year for year in (pace.arrival, pace.first, pace.last)):
            yield sentence("pace.past", when=when(pace.facts[-1]))


def _arrival(pace: Pace, rules: Rules, on: date) -> Sentence:
    """Return the years to which the paces lead, as far as the horizon; beyond it a year would say nothing."""
    last_told = on.year + rules.horizon_years
    asked = {"pace": pace.arrival, "best": pace.first, "worst": pace.last}
    years: dict[str, Value] = {
        name: figures.arrival_year(pace, name, year, rules)
        for name, year in asked.items()
        if year is not None and year <= last_told
    }
    if "pace" not in years:
        code = "pace.arrival.far-but" if "best" in years else "pace.arrival.far"
        return sentence(code, **years, years=rules.years_told)
    if "worst" in years and "best" in years:
        return sentence("pace.arrival.range", **years)
    if pace.last is None:
        return sentence("pace.arrival.open", **years)
    return sentence("pace.arrival.late", **years, years=rules.years_told)


def _beside(found: Answers, rules: Rules) -> Iterator[Sentence]:
    beside = found.peers
    if isinstance(beside, Absent):
        yield sentence("peers.none", why=why(beside))
        return
    same = beside.verdict is Class.EQUAL and not beside.tested
    yield sentence(
        SAME_AS_PEERS if same else PEERS[beside.verdict],
        value=beside.fact.figure,
        when=when(beside.fact),
        mean=figures.mean_of_peers(beside, rules),
        peers=listed([place(fact.region) for fact in beside.peers]),
        traits=joined([inline(code) for code in beside.traits]),
    )


def driver_sentences(behind: Drivers) -> tuple[Sentence, ...]:
    """Return what drives an indicator and who may act on it, what was cleared, and what no data tell of."""
    said: dict[str, Value] = {"indicator": inline(behind.indicator), "place": named(behind.place)}
    none = (sentence("drivers.none", **said),) if behind.cleared else ()
    lead = found_drivers(behind) if behind.found else none
    rest = (("drivers.cleared", behind.cleared), ("drivers.unknown", behind.unknown))
    return (*lead, *(sentence(code, names=joined([inline(one) for one in codes])) for code, codes in rest if codes))


def found_drivers(behind: Drivers) -> tuple[Sentence, ...]:
    """Return the drivers that were found, and who may act on each."""
    lead = sentence("drivers.found", indicator=inline(behind.indicator), place=named(behind.place))
    return (lead, *(_driver(one) for one in behind.found))


def _driver(one: Driver) -> Sentence:
    return sentence(
        "drivers.own" if one.own else "drivers.others",
        indicator=opening(one.stand.indicator),
        value=one.stand.fact.figure,
        when=when(one.stand.fact),
        movement=sentence("drivers.unfollowed") if one.movement is None else _moved(one.movement),
        acts=joined([sentence(GOVERNMENTS[level]) for level in one.acts]),
    )


def listed(places: list[Place]) -> Label:
    """Return the names of places one after another."""
    return Label(", ".join(here.name for here in places))


def joined(names: list[Sentence]) -> Sentence:
    """Return words one after another as one piece."""
    first, *rest = names
    for name in rest:
        first = sentence("list.two", one=first, other=name)
    return first
