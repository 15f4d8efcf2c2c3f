"""What each sentence about the old whole of a divided region claims, as a condition on the rows."""

from __future__ import annotations

from collections.abc import Callable
from math import log, sqrt

from nangkis.content.sentences import Sentence, figures_in
from nangkis.content.tree import Missing, Table
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.reading import Context, code, indicator, number, text, year
from tests.rooms.diagnosis.truth import CHILD, MARCH_SINCE, NAMES, PARENT, SINCE, SMALLEST, Truth, Z, near


SIGN = {"rose": 1, "fell": -1, "same": 0}


def whole(truth: Truth, name: str, when: int) -> float | None:
    """The value of parent and child together, by plain sums."""
    if when < SINCE:
        return None if name == "POV.N" and is_back_cast(truth) else truth.value(name, PARENT, when)
    parts = [truth.value(name, here, when) for here in (PARENT, CHILD)]
    poor = [truth.value("POV.N", here, when) for here in (PARENT, CHILD)]
    if None in parts or None in poor:
        return None
    if name == "POV.N":
        return sum(one or 0 for one in poor)
    people = sum((count or 0) / ((percent or 1) / 100) for count, percent in zip(poor, parts, strict=True))
    return 100 * sum(one or 0 for one in poor) / people


def is_back_cast(truth: Truth) -> bool:
    """Whether the last number before the split lies nearer to the parent's after it than to that of both."""
    years = truth.years("POV.N", PARENT)
    before = [when for when in years if when < SINCE]
    after = [when for when in years if when >= SINCE and truth.value("POV.N", CHILD, when) is not None]
    if not before or not after:
        return False
    last, alone, child = (
        truth.value("POV.N", here, when) or 0
        for here, when in ((PARENT, before[-1]), (PARENT, after[0]), (CHILD, after[0]))
    )
    return abs(log(last / alone)) < abs(log(last / (alone + child)))


def error(truth: Truth, name: str, when: int) -> float | None:
    """The standard error of the whole: that of independent samples, put together."""
    if when < SINCE:
        return truth.error(name, PARENT, when)
    errors = [truth.error(name, here, when) for here in (PARENT, CHILD)]
    if None in errors:
        return None
    poor, percent = ([truth.value(one, here, when) or 0 for here in (PARENT, CHILD)] for one in ("POV.N", "POV.P0"))
    people = [count / (share / 100) for count, share in zip(poor, percent, strict=True)]
    weights = [1.0, 1.0] if name == "POV.N" else [one / sum(people) for one in people]
    return sqrt(sum((weight * (one or 0)) ** 2 for weight, one in zip(weights, errors, strict=True)))


def comparable(truth: Truth, name: str) -> list[int]:
    years = [one for one in sorted({row[2] for row in truth.rows}) if whole(truth, name, one) is not None]
    return [one for one in years if one >= MARCH_SINCE] if years and years[-1] >= MARCH_SINCE else years


def lead(said: Sentence, context: Context) -> bool:
    name, truth = indicator(said), context.truth
    years = comparable(truth, name)
    first, last = (whole(truth, name, one) or 0 for one in (years[0], years[-1]))
    right = (year(said, "first"), year(said, "last")) == (years[0], years[-1]) and len(years) >= 3
    right = right and SIGN[said.code.rpartition(".")[2]] == (last > first) - (last < first)
    told = {piece: next(figures_in(said.values[piece])).value for piece in ("after", "before") if piece in said.values}
    right = right and near(float(told["after"]), last) and text(said, "root") == NAMES[PARENT]
    if last != first:
        right = right and near(float(told["before"]), first) and near(number(said, "change"), abs(last - first))
    return right and code(said, "verdict") == "movement." + _movement(truth, name, years, first, last)


def _movement(truth: Truth, name: str, years: list[int], first: float, last: float) -> str:
    per_year = (last - first) / (years[-1] - years[0])
    errors = [error(truth, name, one) for one in (years[0], years[-1])]
    if per_year == 0 or abs(per_year) < SMALLEST[name](first):
        return "steady"
    if None in errors:
        return "untested"
    if abs(last - first) <= Z * sqrt(sum((one or 0) ** 2 for one in errors)):
        return "unsure"
    return "improving" if last < first else "worsening"


def not_judged(said: Sentence, context: Context) -> bool:
    few = code(said, "why") == "absent.few-years"
    return few and len(comparable(context.truth, indicator(said))) < 3


def cut(said: Sentence, context: Context) -> bool:
    years = sorted({row[2] for row in context.truth.rows})
    known = [one for one in years if whole(context.truth, context.indicator, one) is not None]
    told = (int(text(said, "year")), code(said, "reason")) == (MARCH_SINCE, "break.survey-month")
    return told and known[0] < MARCH_SINCE <= known[-1]


def refused(said: Sentence, context: Context) -> bool:
    name, truth = indicator(said), context.truth
    before = any(one < SINCE for one in truth.years(name, PARENT))
    why = code(said, "why")
    if name == "POV.GK":
        return before and why == "absent.no-whole"
    if name == "POV.N" and is_back_cast(truth):
        return before and why == "absent.whole-back-cast"
    goes_on = any(whole(truth, name, row[2]) is not None for row in truth.rows if row[2] >= SINCE)
    return before and not goes_on and why in {"absent.whole-lacking", "absent.whole-unweighted"}


def advice(said: Sentence, context: Context) -> bool:
    asked = context.indicator == "POV.GK"
    read = context.indicator == "POV.N" and is_back_cast(context.truth)
    return asked is (said.code == "borders.do.ask") and read is (said.code == "borders.do.read")


def rows_hold(table: Table, context: Context) -> bool:
    """Every value of the old whole in the table, and what is missing from it."""
    name = next(piece.code for piece in table.title.values.values() if isinstance(piece, Sentence))
    for row in table.rows:
        when, _, cell = row.cells[0], row.cells[1], row.cells[2]
        assert isinstance(when, Label)
        expected = whole(context.truth, name.removeprefix("indicator.").removesuffix(".name"), int(when.text))
        if isinstance(cell, Missing):
            if expected is not None:
                return False
        elif expected is None or not near(float(next(figures_in(cell)).value), expected):  # type: ignore[arg-type]
            return False
    return True


CHECKS_OF_BORDERS: dict[str, Callable[[Sentence, Context], bool]] = {
    "borders.lead.": lead,
    "borders.not-judged": not_judged,
    "borders.cut": cut,
    "borders.refused": refused,
    "borders.do.": advice,
}
