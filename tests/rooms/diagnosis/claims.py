"""What each sentence of a diagnosis claims, as a condition on the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nangkis.content.sentences import Sentence
from nangkis.content.tree import Block, Bullets, Marked, Paragraph, Table
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.claims_answers import CHECKS_OF_ANSWERS
from tests.rooms.diagnosis.claims_borders import CHECKS_OF_BORDERS, rows_hold
from tests.rooms.diagnosis.claims_places import CHECKS_OF_PLACES
from tests.rooms.diagnosis.reading import Context, code, expected_movement, indicator, number, text, year
from tests.rooms.diagnosis.truth import (
    CHILD,
    MARCH_SINCE,
    NAMES,
    ON_YEAR,
    PARENT,
    RECENT,
    SINCE,
    TARGET,
    Truth,
    near,
)


DIGITS = {name: digits for digits, name in NAMES.items()}
ABOVE_TARGET = "reason.above-target"
SIGN = {"rose": 1, "fell": -1, "same": 0, "above": 1, "below": -1, "none": 0}


@dataclass
class Claims:
    """Every sentence that was held to the rows, by its code."""

    truth: Truth
    checked: list[str] = field(default_factory=list)

    def hold(self, blocks: Iterable[Block]) -> None:
        """Check all sentences of all paragraphs, in reading order."""
        context = Context(self.truth)
        for block in blocks:
            if isinstance(block, Paragraph | Bullets):
                for said in block.sentences if isinstance(block, Paragraph) else block.items:
                    self.hold_one(said, context)
            elif isinstance(block, Table) and block.title.code == "position.table":
                self.hold_classes(block, context)
            elif isinstance(block, Table) and block.title.code == "borders.table":
                assert rows_hold(block, context)
            elif isinstance(block, Table):
                self.hold_notes(block, context)

    def hold_classes(self, table: Table, context: Context) -> None:
        """Check the class in every row of a table of regions."""
        for row in table.rows:
            name, *cells = row.cells
            words = next((cell.words for cell in cells if isinstance(cell, Marked)), None)
            if words is not None:
                assert isinstance(name, Label)
                of = Context(self.truth, context.indicator, DIGITS[name.text], context.year)
                assert words.code == "class.province." + expected_class(of, "90", *CLASS_WORDS)
                self.checked.append(words.code)

    def hold_notes(self, table: Table, context: Context) -> None:
        """Check the pace below a table of years, and that the table says how old the values are."""
        for note in table.notes:
            if note.code == "trend.note.slope":
                assert slope(note, context)
                self.checked.append(note.code)

    def hold_one(self, said: Sentence, context: Context) -> None:
        """Check one sentence; an unknown code is a claim that nobody holds to the rows."""
        check = next(found for start, found in CHECKS.items() if said.code.startswith(start))
        assert check(said, context), (said.code, context)
        self.checked.append(said.code)


def lead(said: Sentence, context: Context) -> bool:
    context.indicator, context.region = indicator(said), DIGITS[text(said, "place")]
    context.year = year(said, "when")
    truth = context.truth
    expected = truth.standing_year(context.indicator, context.region)
    value = truth.value(context.indicator, context.region, context.year)
    right = value is not None and context.year == expected and near(number(said, "value"), value)
    return right and _standing(said, context) and _rank(said, context)


def newer(said: Sentence, context: Context) -> bool:
    latest = context.truth.years(context.indicator, context.region)[-1]
    value = context.truth.value(context.indicator, context.region, latest)
    right = (year(said, "then"), year(said, "when")) == (context.year, latest) and context.year < latest
    return (
        right
        and value is not None
        and near(number(said, "value"), value)
        and (context.truth.value(context.indicator, "90", latest) is None)
    )


def old(said: Sentence, context: Context) -> bool:
    latest = context.truth.years(context.indicator, context.region)[-1]
    return (year(said, "year"), year(said, "now")) == (latest, ON_YEAR) and ON_YEAR - latest > RECENT


def _standing(said: Sentence, context: Context) -> bool:
    reference = context.truth.value(context.indicator, "90", context.year)
    compared = reference is not None and context.indicator != "POV.N"
    if "standing" not in said.values:
        return not compared
    return compared and code(said, "standing") == "class.province." + expected_class(context, "90", *CLASS_WORDS)


CLASS_WORDS = ("better", "worse", "equal", "higher", "lower", "same")


def expected_class(context: Context, reference: str, *words: str) -> str:
    """The class that the rows allow: lower is better for what is judged here."""
    better, worse, equal, higher, lower, same = words
    here, there = (context.region, context.year), (reference, context.year)
    truth = context.truth
    gap = (truth.value(context.indicator, *here) or 0) - (truth.value(context.indicator, *there) or 0)
    differs = truth.differs(context.indicator, here, there)
    if differs is None:
        return higher if gap > 0 else lower if gap < 0 else same
    return equal if not differs else better if gap < 0 else worse


def _rank(said: Sentence, context: Context) -> bool:
    peers = context.truth.peers(context.indicator, context.year)
    known = context.truth.error(context.indicator, context.region, context.year) is not None
    ranked = context.indicator != "POV.GK" and len(peers) >= 3 and known
    classed = context.indicator != "POV.N" and context.truth.value(context.indicator, "90", context.year) is not None
    if "rank" not in said.values:
        return not (ranked and classed)
    if said.code.startswith("position.lead.") is not classed:
        return False
    told = said.values["rank"]
    assert isinstance(told, Sentence)
    place, best, worst, count = context.truth.rank(context.indicator, context.region, context.year)
    end = "rank.end.fewest" if context.indicator == "POV.N" else "rank.end.best"
    right = ranked and (number(told, "rank"), number(told, "count")) == (place, count) and code(told, "end") == end
    if told.code == "rank.sure":
        return right and best == worst == place
    return right and (number(told, "best"), number(told, "worst")) == (best, worst) and best < worst


def gap(said: Sentence, context: Context) -> bool:
    reference = DIGITS[text(said, "reference")]
    own = context.truth.value(context.indicator, context.region, context.year)
    other = context.truth.value(context.indicator, reference, context.year)
    assert own is not None
    assert other is not None
    sign = (own > other) - (own < other)
    right = SIGN[said.code.rpartition(".")[2]] == sign and near(number(said, "value"), other)
    if "gap" in said.values:
        right = right and near(number(said, "gap"), abs(own - other))
    words = ("better", "worse", "unsure", "untested", "untested", "untested")
    return right and (
        context.indicator == "POV.GK"
        if "test" not in said.values
        else code(said, "test") == "test." + expected_class(context, reference, *words)
    )


def not_compared(said: Sentence, context: Context) -> bool:
    reference = DIGITS[text(said, "reference")]
    return context.truth.value(context.indicator, reference, context.year) is None


def ranked(said: Sentence, context: Context) -> bool:
    return DIGITS[text(said, "reference")] == "90" and _rank(said, context)


def not_ranked(_: Sentence, context: Context) -> bool:
    known = context.truth.error(context.indicator, context.region, context.year) is not None
    return not known or len(context.truth.peers(context.indicator, context.year)) < 3


def share(said: Sentence, context: Context) -> bool:
    assert code(said, "indicator") == "indicator.POV.N.inline"
    total = context.truth.value(context.indicator, DIGITS[text(said, "reference")], context.year)
    own = context.truth.value(context.indicator, context.region, context.year)
    return own is not None and total is not None and near(number(said, "share"), own / total)


def trend_lead(said: Sentence, context: Context) -> bool:
    context.indicator, context.region = indicator(said), DIGITS[text(said, "place")]
    truth, years = context.truth, context.truth.comparable(context.indicator, context.region)
    first, last = (truth.value(context.indicator, context.region, one) or 0 for one in (years[0], years[-1]))
    right = (year(said, "first"), year(said, "last")) == (years[0], years[-1]) and len(years) >= 3
    right = right and SIGN[said.code.rpartition(".")[2]] == (last > first) - (last < first)
    right = right and near(number(said, "after"), last)
    if last != first:
        right = right and near(number(said, "before"), first) and near(number(said, "change"), abs(last - first))
    return right and code(said, "verdict") == "movement." + expected_movement(context, years, first, last)


def pace(said: Sentence, context: Context) -> bool:
    return near(number(said, "yearly"), context.truth.pace(context.indicator, context.region)[0])


def slope(said: Sentence, context: Context) -> bool:
    return near(number(said, "slope"), context.truth.pace(context.indicator, context.region)[1])


def month(said: Sentence, context: Context) -> bool:
    years = context.truth.years(context.indicator, context.region)
    right = code(said, "reason") == "break.survey-month"
    if "year" in said.values:
        right = right and int(text(said, "year")) == MARCH_SINCE
    return right and years[0] < MARCH_SINCE <= years[-1]


def cut(said: Sentence, context: Context) -> bool:
    years = context.truth.years(context.indicator, context.region)
    told = (int(text(said, "year")), DIGITS[text(said, "child")], DIGITS[text(said, "parent")])
    return told == (SINCE, CHILD, PARENT) and years[0] < SINCE <= years[-1] and context.region in {CHILD, PARENT}


def not_judged(said: Sentence, context: Context) -> bool:
    context.indicator, context.region = indicator(said), DIGITS[text(said, "place")]
    few = code(said, "why") == "absent.few-years"
    return few and len(context.truth.comparable(context.indicator, context.region)) < 3


def _named(said: Sentence) -> set[str]:
    """The codes of the names that are told one after another."""
    told: set[str] = set()
    piece = said.values["names"]
    while isinstance(piece, Sentence) and piece.code == "list.two":
        told.add(code(piece, "other"))
        piece = piece.values["one"]
    assert isinstance(piece, Sentence)
    return told | {piece.code}


def without(said: Sentence, context: Context) -> bool:
    """The names, one after another, are those of which no row has a value; those that a plan is judged by."""
    here = DIGITS[text(said, "place")]
    told = _named(said)
    spoken_of = {row[0] for row in context.truth.rows if row[1].endswith(f":{here}")}
    missing = [
        one for one in ("POV.P0", "POV.N", "POV.GK") if not context.truth.years(one, here) and one not in spoken_of
    ]
    return told == {f"indicator.{one}.inline" for one in missing}


def without_depth(said: Sentence, context: Context) -> bool:
    """The gap in rupiah needs the gap index, which no world of these has."""
    why, here = said.values["why"], DIGITS[text(said, "place")]
    assert isinstance(why, Sentence)
    parts = [name for name in ("POV.GK", "POV.N", "POV.P0") if not context.truth.years(name, here)]
    return why.code == "gap.why.without" and _named(why) == {f"indicator.{one}.inline" for one in ("POV.P1", *parts)}


def silent(said: Sentence, context: Context) -> bool:
    why = said.values["why"]
    assert isinstance(why, Sentence)
    return not context.truth.years(indicator(said), DIGITS[text(why, "place")])


def problem(said: Sentence, context: Context) -> bool:
    context.indicator, context.region = indicator(said), DIGITS[text(said, "place")]
    context.year = year_of_problem(said)
    target = next((piece for piece in said.values.values() if getattr(piece, "code", "") == ABOVE_TARGET), None)
    if isinstance(target, Sentence):
        assert (number(target, "target"), text(target, "year")) == (TARGET, "2029")
    return {code(said, letter) for letter in "abcd" if letter in said.values} == expected_reasons(context)


def year_of_problem(said: Sentence) -> int:
    """The year of the value, which is said to be old where it is."""
    piece = said.values["year"]
    inner = piece.values["year"] if isinstance(piece, Sentence) else piece
    assert isinstance(inner, Label)
    assert (ON_YEAR - int(inner.text) > RECENT) is isinstance(piece, Sentence)
    return int(inner.text)


def expected_reasons(context: Context) -> set[str]:
    """The reasons that the rows allow; none where nothing is better."""
    if context.indicator == "POV.GK":
        return set()
    classes = {}
    for reference, name in (("90", "province"), ("00", "nation")):
        known = context.indicator != "POV.N" and context.truth.value(context.indicator, reference, context.year)
        classes[name] = expected_class(context, reference, *CLASS_WORDS) if known else None
    years = context.truth.comparable(context.indicator, context.region)
    ends = [context.truth.value(context.indicator, context.region, one) or 0 for one in (years[0], years[-1])]
    movement = expected_movement(context, years, *ends) if len(years) >= 3 else None
    shown = {f"reason.worse-than-{name}" for name, word in classes.items() if word == "worse"}
    shown |= {"reason.worsening"} if movement == "worsening" else set()
    told = {context.year, years[-1]} if context.indicator == "POV.P0" else set()
    above = told and all(context.truth.is_above_target(context.region, one) for one in told)
    return shown | ({ABOVE_TARGET} if above else set())


def expected_unjudged(truth: Truth, region: str) -> set[tuple[str, str, str | None]]:
    """What the rows do not allow to judge: aspect, indicator, and the reference."""
    found: set[tuple[str, str, str | None]] = set()
    for name in ("POV.P0", "POV.N"):
        if not truth.years(name, region):
            found.add(("whole", name, None))
            continue
        stands = truth.standing_year(name, region)
        beside = ("90", "00") if name == "POV.P0" else ()
        found |= {("reference", name, one) for one in beside if truth.value(name, one, stands) is None}
        years = truth.comparable(name, region)
        ends = ((region, one) for one in (years[0], years[-1]))
        if len(years) < 3 or truth.differs(name, *ends) is None:
            found.add(("course", name, None))
    return found


def unjudged(said: Sentence, context: Context) -> bool:
    aspect = said.code.removeprefix("unjudged.")
    beside = DIGITS[text(said, "reference")] if "reference" in said.values else None
    return (aspect, indicator(said), beside) in expected_unjudged(context.truth, DIGITS[text(said, "place")])


def context_only(_: Sentence, context: Context) -> bool:
    return context.indicator == "POV.GK"


CHECKS: dict[str, Callable[[Sentence, Context], bool]] = {
    "position.lead.": lead,
    "position.gap.": gap,
    "position.side.": gap,
    "position.context": context_only,
    "position.not-compared": not_compared,
    "position.ranked": ranked,
    "position.not-ranked": not_ranked,
    "position.share": share,
    "position.no-share": not_compared,
    "position.newer": newer,
    "diagnosis.old": old,
    "unjudged.": unjudged,
    "trend.lead.": trend_lead,
    "trend.pace": pace,
    "trend.cut.split": cut,
    "trend.cut.method": month,
    "trend.cut.also": month,
    "trend.not-judged": not_judged,
    "diagnosis.silent": silent,
    "diagnosis.without": without,
    **CHECKS_OF_ANSWERS,
    **CHECKS_OF_BORDERS,
    **CHECKS_OF_PLACES,
    "problem.": problem,
    "gap.none": without_depth,
    "gap.do": lambda _, __: True,
}
