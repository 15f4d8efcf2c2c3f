"""What the sentences of the further answers claim, as conditions on the rows: worked out anew by plain sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import ceil, exp, log, sqrt
from statistics import median

from nangkis.content.sentences import Sentence
from tests.rooms.diagnosis.reading import Context, code, expected_movement, number, year
from tests.rooms.diagnosis.truth import ON_YEAR, TARGET, Z, near


TARGET_YEAR = 2029
HORIZON = 50  # years ahead in which a year of arrival is still told


def relevance(said: Sentence, context: Context) -> bool:
    """The two movements are those of the rows over the common years, and the word follows from them."""
    from_place = {"Provinsi Nusa Contoh": "90", "Negara Contoh": "00"}
    reference = from_place[said.values["reference"].text]  # type: ignore[union-attr]
    years = common(context, reference)
    own, other = (moved(context, region, years) for region in (context.region, reference))
    right = (year(said, "first"), year(said, "last")) == (years[0], years[-1]) and len(years) >= 3
    words = {name: code(said, name).rpartition(".")[2] for name in ("own", "other") if name in said.values}
    right = right and words["own"] == own and words.get("other", other) == other
    return right and said.code == "relevance." + together(own, other)


def together(own: str, other: str) -> str:
    if {own, other} & {"unsure", "untested"}:
        return "unsure"
    if own == other:
        return "steady" if own == "steady" else "same"
    return "apart" if "steady" in {own, other} else "opposite"


def common(context: Context, reference: str) -> list[int]:
    years = context.truth.comparable(context.indicator, context.region)
    return [one for one in years if context.truth.value(context.indicator, reference, one) is not None]


def moved(context: Context, region: str, years: list[int]) -> str:
    of = Context(context.truth, context.indicator, region)
    first, last = (context.truth.value(context.indicator, region, one) or 0 for one in (years[0], years[-1]))
    return expected_movement(of, years, first, last)


def no_relevance(said: Sentence, context: Context) -> bool:
    if context.indicator == "POV.GK":
        return code(said, "why") == "absent.nothing-better"
    return code(said, "why") == "absent.few-years" and all(len(common(context, one)) < 3 for one in ("90", "00"))


def line(context: Context) -> tuple[float, float | None, list[int]]:
    """What the line through the years before the last leads to, its error, and those years."""
    truth, money = context.truth, context.indicator == "POV.GK"
    *years, last = truth.comparable(context.indicator, context.region)
    values = [truth.value(context.indicator, context.region, one) or 0 for one in years]
    told = [log(value) if money else value for value in values]
    pairs = combinations(range(len(years)), 2)
    slope = median((told[b] - told[a]) / (years[b] - years[a]) for a, b in pairs)
    rest = [y - slope * t for t, y in zip(years, told, strict=True)]
    level = median(rest)
    expected = level + slope * last
    errors = [truth.error(context.indicator, context.region, one) for one in years]
    if money or None in errors:
        return (exp(expected) if money else expected), None, years
    scatter = 1.4826 * median(abs(one - level) for one in rest)
    asked = sqrt(sum((error or 0) ** 2 for error in errors) / len(errors))
    middle = sum(years) / len(years)
    spread = sum((one - middle) ** 2 for one in years)
    far = 1 / len(years) + (last - middle) ** 2 / spread
    return expected, max(scatter, asked) * sqrt(far), years


def effectiveness(said: Sentence, context: Context) -> bool:
    """The expected value, the distance and the class are those of the rows."""
    expected, error, years = line(context)
    last = context.truth.comparable(context.indicator, context.region)[-1]
    value = context.truth.value(context.indicator, context.region, last) or 0
    own = context.truth.error(context.indicator, context.region, last)
    right = (year(said, "first"), year(said, "last"), year(said, "when")) == (years[0], years[-1], last)
    right = right and len(years) >= 3 and near(number(said, "expected"), expected)
    if "distance" in said.values:
        right = right and near(number(said, "distance"), abs(value - expected))
    word = said.code.rpartition(".")[2]
    if error is None or own is None:
        return right and word == ("higher" if value > expected else "lower" if value < expected else "same")
    beyond = abs(value - expected) > Z * sqrt(own**2 + error**2) + 1e-9 * (abs(value) + abs(expected))
    return right and word == ("equal" if not beyond else "better" if value < expected else "worse")


def no_effectiveness(_: Sentence, context: Context) -> bool:
    return len(context.truth.comparable(context.indicator, context.region)) < 4


def pace(said: Sentence, context: Context) -> bool:
    """The needed and the own pace, their range and the verdict are those of the rows."""
    truth, years = context.truth, context.truth.comparable(context.indicator, context.region)
    last = truth.value(context.indicator, context.region, years[-1]) or 0
    half = Z * (truth.error(context.indicator, context.region, years[-1]) or 0)
    word = said.code.removeprefix("pace.")
    if last <= TARGET:
        return word == ("reached" if TARGET - last > half else "reached-unsure")
    needed, own, worst, best = paces(context, years)
    told = [number(said, name) for name in ("needed", "pace", "worst", "best")]
    right = all(near(one, other) for one, other in zip(told, (needed, own, worst, best), strict=True))
    hardest, easiest = ((last - TARGET + side * half) / (TARGET_YEAR - years[-1]) for side in (1, -1))
    if -worst >= hardest:
        return right and word == "enough"
    if best >= 0:
        return right and word == "away"
    return right and word == ("too-slow" if -best < easiest else "unsure")


def paces(context: Context, years: list[int]) -> tuple[float, float, float, float]:
    """The pace needed, the own one, the worst and the best: lower is better for what has a target here."""
    truth = context.truth
    values = [truth.value(context.indicator, context.region, one) or 0 for one in years]
    slopes = sorted((values[b] - values[a]) / (years[b] - years[a]) for a, b in combinations(range(len(years)), 2))
    low, high = interval(slopes, values)
    first, last = (truth.error(context.indicator, context.region, one) or 0 for one in (years[0], years[-1]))
    half = Z * sqrt(first**2 + last**2) / (years[-1] - years[0])
    own = median(slopes)
    return (TARGET - values[-1]) / (TARGET_YEAR - years[-1]), own, max(high, own + half), min(low, own - half)


def interval(slopes: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """The interval of Sen (1968): slopes at two places of their order, by the variance of Kendall's statistic."""
    n, many = len(values), len(slopes)
    ties = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    low = max(round((many - Z * sqrt(variance)) / 2) - 1, 0)
    high = min(round((many + Z * sqrt(variance)) / 2), many - 1)
    return slopes[low], slopes[high]


def no_pace(_: Sentence, context: Context) -> bool:
    return context.indicator == "POV.P0" and len(context.truth.comparable(context.indicator, context.region)) < 3


def arrival(said: Sentence, context: Context) -> bool:
    """The years are those to which the paces lead from the last value, as far as the horizon."""
    years = context.truth.comparable(context.indicator, context.region)
    last = context.truth.value(context.indicator, context.region, years[-1]) or 0
    _, own, worst, best = paces(context, years)
    told = {"pace": own, "worst": worst, "best": best}
    led_to = {name: years[-1] + ceil((TARGET - last) / one) for name, one in told.items() if one < 0}
    expected = {name: one for name, one in led_to.items() if one <= ON_YEAR + HORIZON}
    named = {name: number(said, name) for name in said.values if name != "years"}
    assert led_to["pace"]
    ways = {
        "pace.arrival.far": "pace" not in expected and "best" not in expected,
        "pace.arrival.far-but": "pace" not in expected and "best" in expected,
        "pace.arrival.late": "pace" in expected and "worst" in led_to and "worst" not in expected,
        "pace.arrival.open": "pace" in expected and "worst" not in led_to and "best" in led_to,
        "pace.arrival.range": {"pace", "worst", "best"} == set(expected),
    }
    return named == expected and ways.get(said.code, False) and ("years" in said.values) == (led_to != expected)


def past(said: Sentence, context: Context) -> bool:
    """One of the years to which the paces lead is over on the day of the question."""
    years = context.truth.comparable(context.indicator, context.region)
    last = context.truth.value(context.indicator, context.region, years[-1]) or 0
    led_to = [years[-1] + ceil((TARGET - last) / one) for one in paces(context, years)[1:] if one < 0]
    return min(led_to) < ON_YEAR and year(said, "when") == years[-1]


def no_peers(said: Sentence, context: Context) -> bool:
    # No table of these worlds holds what makes regions alike.
    return code(said, "why") == ("absent.size-of-region" if context.indicator == "POV.N" else "absent.few-peers")


def no_driver_known(_: Sentence, context: Context) -> bool:
    # No table of these worlds holds a driver.
    return context.indicator == "POV.P0"


CHECKS_OF_ANSWERS: dict[str, Callable[[Sentence, Context], bool]] = {
    "relevance.none": no_relevance,
    "relevance.": relevance,
    "effectiveness.none": no_effectiveness,
    "effectiveness.": effectiveness,
    "pace.none": no_pace,
    "pace.arrival": arrival,
    "pace.past": past,
    "pace.": pace,
    "peers.none": no_peers,
    "drivers.unknown": no_driver_known,
}
