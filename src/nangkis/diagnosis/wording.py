"""A diagnosis in sentences. Which sentence is chosen follows from computed facts only: its code is its claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nangkis.content.sentences import Sentence, Value, sentence
from nangkis.diagnosis import figures
from nangkis.diagnosis.judging import Absent, Class, Movement
from nangkis.diagnosis.position import NEVER_COMPARED, Comparison, Position, Rank
from nangkis.diagnosis.rules import Rules
from nangkis.diagnosis.trend import Change, Cut, Trend
from nangkis.indicators.catalogue import Aggregation, Direction, Indicator
from nangkis.indicators.facts import Fact
from nangkis.regions.register import Level, Place, place
from nangkis.vocabulary.figures import Figure, Label


PERIODS: Mapping[str, str] = {
    "februari": "period.februari",
    "maret": "period.maret",
    "agustus": "period.agustus",
    "september": "period.september",
    "tahun": "period.tahun",
}
AGAINST_PROVINCE: Mapping[Class, str] = {
    Class.BETTER: "class.province.better",
    Class.EQUAL: "class.province.equal",
    Class.WORSE: "class.province.worse",
    Class.HIGHER: "class.province.higher",
    Class.LOWER: "class.province.lower",
}
AGAINST_NATION: Mapping[Class, str] = {
    Class.BETTER: "class.nation.better",
    Class.EQUAL: "class.nation.equal",
    Class.WORSE: "class.nation.worse",
    Class.HIGHER: "class.nation.higher",
    Class.LOWER: "class.nation.lower",
}
# Names that hold the word already, in another form, or are never written with it.
WITHOUT_THE_WORD = ("Aceh", "Daerah ", "DKI ", "DI ", "D.I. ", "Provinsi ")
NOTHING: frozenset[str] = frozenset()
# Why a rank is missing where a reader expects one.
UNRANKED = frozenset({"absent.few-regions", "absent.not-founded", "absent.borders-then", "absent.untested"})
SAME = {True: "class.nation.same", False: "class.province.same"}
TESTS: Mapping[Class, str] = {Class.BETTER: "test.better", Class.WORSE: "test.worse", Class.EQUAL: "test.unsure"}
MOVEMENTS: Mapping[Movement, str] = {
    Movement.IMPROVING: "movement.improving",
    Movement.WORSENING: "movement.worsening",
    Movement.UNSURE: "movement.unsure",
    Movement.STEADY: "movement.steady",
}


def name_of(indicator: str | Indicator) -> Sentence:
    """Return an indicator's name, as it opens a title or a cell."""
    return sentence(f"indicator.{_code(indicator)}.name")


def named(here: Place) -> Label:
    """Return a place's name as a sentence says it: that of a province after the word, but where the name forbids it."""
    bare = here.level is not Level.PROVINCE or here.name.startswith(WITHOUT_THE_WORD)
    return Label(here.name) if bare else Label(f"Provinsi {here.name}", f"the province of {here.name}")


def short(here: Place) -> Label:
    """Return a place's name as it stands beside a point or in a map: a regency's without the word, a city's with it."""
    return Label(here.name.removeprefix("Kabupaten ").removeprefix("Administrasi "))


def listed_short(places: Iterable[Place]) -> Label:
    """Return the short names of places one after another."""
    return Label(", ".join(short(here).text for here in places))


def inline(indicator: str | Indicator) -> Sentence:
    """Return an indicator's name as it stands inside a sentence."""
    return sentence(f"indicator.{_code(indicator)}.inline")


def opening(indicator: str | Indicator) -> Sentence:
    """Return an indicator's name as it opens a sentence: in English with its article."""
    return sentence(f"indicator.{_code(indicator)}.opening")


def _code(indicator: str | Indicator) -> str:
    return indicator if isinstance(indicator, str) else indicator.code


def why(absent: Absent, *, told: frozenset[str] = NOTHING) -> Sentence:
    """Return the reason for silence as a clause.

    ``told`` names what the table beside it says of each row, ``place`` or ``year``: left out, so that one reason below
    the table serves all rows.
    """
    said: dict[str, Value] = {}
    for name, value in absent.values.items():
        if name == "year":
            said["when"] = sentence("absent.then") if name in told else sentence("absent.in-year", year=_label(value))
        else:
            said[name] = sentence("absent.there") if name in told else _label(value)
    return sentence(absent.code, **said)


def _label(value: str | Place | Figure) -> Label | Figure:
    if isinstance(value, Figure):
        return value
    return Label(value) if isinstance(value, str) else named(value)


def when(fact: Fact) -> Sentence:
    """Return the month and year of a fact; the year alone where its month is not certain."""
    return sentence(PERIODS[fact.period] if fact.month_known else PERIODS["tahun"], year=Label(str(fact.year)))


def standing(against: Comparison, *, nation: bool) -> Sentence:
    """Return the class against the province's or the nation's value, in words."""
    if against.verdict is Class.EQUAL and not against.tested:
        return sentence(SAME[nation])
    return sentence((AGAINST_NATION if nation else AGAINST_PROVINCE)[against.verdict])


def position_lead(stand: Position, rules: Rules) -> Sentence:
    """Return the first sentence of a position: the class, then the rank with its range; no rank without a class."""
    said: dict[str, Value] = {
        "indicator": opening(stand.indicator),
        "place": named(stand.place),
        "when": when(stand.fact),
        "value": stand.fact.figure,
    }
    if not isinstance(stand.nearest, Comparison):
        return sentence("position.lead.alone", **said)
    said["standing"] = standing(stand.nearest, nation=stand.is_against_nation)
    if not isinstance(stand.rank, Rank):
        return sentence("position.lead.classed", **said)
    return sentence("position.lead.ranked", rank=_rank(stand, stand.rank, rules), **said)


def unclassed_sentences(stand: Position) -> tuple[Sentence, ...]:
    """Return why a region has no class against what lies right above it, where a reader expects one."""
    against = stand.nearest
    if isinstance(against, Comparison) or against.code in NEVER_COMPARED:
        return ()
    return (_not_compared(stand, against, Level.NATION if stand.is_against_nation else Level.PROVINCE),)


def newer_sentences(stand: Position) -> tuple[Sentence, ...]:
    """Return why the standing is not that of the latest value, where it is not."""
    if stand.newer is None:
        return ()
    newer = stand.newer.fact
    said: dict[str, Value] = {"value": newer.figure, "when": when(newer), "then": when(stand.fact)}
    return (sentence("position.newer", why=why(stand.newer.why), **said),)


def _rank(stand: Position, rank: Rank, rules: Rules) -> Sentence:
    told = figures.rank_figures(stand, rank, rules)
    counts = stand.indicator.aggregation is Aggregation.SUM
    end = sentence("rank.end.fewest" if counts else "rank.end.best", one=Label("1"))
    if rank.best == rank.worst:
        return sentence("rank.sure", rank=told["rank"], count=told["count"], end=end)
    return sentence("rank.range", **told, end=end)


def gap_sentences(stand: Position, rules: Rules) -> tuple[Sentence, ...]:
    """Return how far a value lies from the province and from the nation, or why that is not said.

    A rank without a class comes last: it says who else stands where, and nothing of how well.
    """
    order = _order(stand, rules)
    if stand.indicator.aggregation is Aggregation.SUM:
        return (*_part(stand), *order)
    said = tuple(
        _gap(stand, against) if isinstance(against, Comparison) else _not_compared(stand, against, above)
        for above, against in ((Level.PROVINCE, stand.province), (Level.NATION, stand.nation))
        if isinstance(against, Comparison) or against.code not in {"absent.is-no-regency", "absent.is-nation"}
    )
    compared = any(isinstance(against, Comparison) for against in (stand.province, stand.nation))
    context = stand.indicator.direction is Direction.CONTEXT and compared
    return (*said, sentence("position.context")) if context else (*said, *order)


def _part(stand: Position) -> tuple[Sentence, ...]:
    if stand.above is None:
        return ()
    said: dict[str, Value] = {"indicator": inline(stand.indicator), "reference": named(stand.above)}
    if isinstance(stand.share, Absent):
        return (sentence("position.no-share", why=why(stand.share), **said),)
    return (sentence("position.share", share=figures.share_of_total(stand, stand.share), **said),)


def _order(stand: Position, rules: Rules) -> tuple[Sentence, ...]:
    rank, above = stand.rank, stand.above
    if isinstance(rank, Absent):
        return (sentence("position.not-ranked", why=why(rank)),) if rank.code in UNRANKED else ()
    if above is None or isinstance(stand.nearest, Comparison):
        return ()
    return (sentence("position.ranked", reference=named(above), rank=_rank(stand, rank, rules)),)


def _gap(stand: Position, against: Comparison) -> Sentence:
    said: dict[str, Value] = {"reference": named(against.reference), "value": against.fact.figure}
    judged = stand.indicator.direction is not Direction.CONTEXT
    if judged:
        said["test"] = sentence(TESTS[against.verdict] if against.tested else "test.untested")
    if against.gap == 0:
        return sentence("position.gap.none" if judged else "position.side.none", **said)
    said["gap"] = figures.gap_size(stand, against)
    if against.gap > 0:
        return sentence("position.gap.above" if judged else "position.side.above", **said)
    return sentence("position.gap.below" if judged else "position.side.below", **said)


def _not_compared(stand: Position, absent: Absent, above: Level) -> Sentence:
    parent = stand.above
    while parent is not None and parent.level is not above:
        parent = place(parent.parent) if parent.parent is not None else None
    reference = named(parent if parent is not None else stand.place)
    return sentence("position.not-compared", reference=reference, why=why(absent))


def trend_sentences(course: Trend) -> tuple[Sentence, ...]:
    """Return which way a series went, how fast, and what of it is not compared; or why that is not said."""
    cut = () if course.cut is None else _cut(course.cut)
    change = course.change
    if isinstance(change, Absent):
        said = sentence(
            "trend.not-judged", indicator=inline(course.indicator), place=named(course.place), why=why(change)
        )
        return (said, *cut)
    return (trend_lead(course, change), sentence("trend.pace", yearly=figures.yearly(course, change)), *cut)


def trend_lead(course: Trend, change: Change) -> Sentence:
    """Return the first sentence of a trend: which way, from what to what, and the verdict."""
    said: dict[str, Value] = {
        "indicator": opening(course.indicator),
        "place": named(course.place),
        "after": change.last.figure,
        "first": when(change.first),
        "last": when(change.last),
        "verdict": movement(course, change),
    }
    if change.change == 0:
        return sentence("trend.lead.same", **said)
    said |= {"before": change.first.figure, "change": figures.change_size(course, change)}
    return sentence("trend.lead.rose", **said) if change.change > 0 else sentence("trend.lead.fell", **said)


def movement(course: Trend, change: Change) -> Sentence:
    """Return the verdict of a trend in words."""
    if change.verdict in MOVEMENTS:
        return sentence(MOVEMENTS[change.verdict])
    context = course.indicator.direction is Direction.CONTEXT
    return sentence("movement.context" if context else "movement.untested")


def _cut(cut: Cut) -> tuple[Sentence, ...]:
    year = Label(str(cut.year))
    borders = tuple(
        sentence(
            "trend.cut.split",
            year=year,
            child=named(place(split.child)),
            parent=named(place(split.parent)),
            law=Label(split.law),
        )
        for split in cut.splits
    )
    reasons = [sentence(one.reason) for one in cut.methods]
    if borders:
        return (*borders, *(sentence("trend.cut.also", reason=reason) for reason in reasons))
    return tuple(sentence("trend.cut.method", year=year, reason=reason) for reason in reasons)
