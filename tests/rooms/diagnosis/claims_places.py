"""What the sentences about a quadrant and a map claim, worked out anew from the rows."""

from __future__ import annotations

from math import isclose, sqrt

from nangkis.content.sentences import Sentence
from nangkis.vocabulary.figures import Label
from tests.rooms.diagnosis.reading import Context, code, number, text, year
from tests.rooms.diagnosis.truth import NAMES, REGENCIES, Truth, Z


DIGITS = {name: digits for digits, name in NAMES.items()}
SHORT = {name.removeprefix("Kabupaten "): digits for name, digits in DIGITS.items()}
NAME, PERCENT = "POV.N", "POV.P0"


def drawn(truth: Truth, when: int) -> list[str]:
    """The regencies that have both values in a year."""
    return [one for one in truth.peers(PERCENT, when) if truth.value(NAME, one, when) is not None]


def corner(truth: Truth, region: str, when: int) -> tuple[str, str] | None:
    """The sides of a region: its percentage against the province, its number against the mean; None if not told."""
    mean = _mean(truth, when)
    own, error = truth.value(NAME, region, when), truth.error(NAME, region, when)
    assert own is not None
    assert error is not None
    if not truth.differs(PERCENT, (region, when), ("90", when)) or not abs(own - mean) > Z * sqrt(error**2):
        return None
    lower = _value(truth, region, when) < _value(truth, "90", when)
    return ("better" if lower else "worse", "more" if own > mean else "fewer")


def _value(truth: Truth, region: str, when: int) -> float:
    value = truth.value(PERCENT, region, when)
    assert value is not None
    return value


def _mean(truth: Truth, when: int) -> float:
    numbers = [truth.value(NAME, one, when) or 0 for one in drawn(truth, when)]
    return sum(numbers) / len(numbers)


def own(said: Sentence, context: Context) -> bool:
    context.region, context.year = DIGITS[text(said, "place")], year(said, "x_when")
    truth, when = context.truth, context.year
    told = (number(said, "x"), number(said, "y"), number(said, "x_cut"), number(said, "y_cut"))
    known = (truth.value(PERCENT, context.region, when), truth.value(NAME, context.region, when))
    right = all(isclose(one, other or 0) for one, other in zip(told, known, strict=False))
    right = right and isclose(told[2], _value(truth, "90", when)) and isclose(told[3], _mean(truth, when))
    right = right and year(said, "y_when") == when == truth.standing_year(PERCENT, context.region)
    expected = corner(truth, context.region, when)
    if said.code == "quadrant.own.unsure":
        return right and expected is None
    return right and _sides(said) == expected


def _sides(said: Sentence) -> tuple[str, str]:
    meaning = said.values["meaning"]
    assert isinstance(meaning, Sentence)
    sides = [code(meaning, name).removeprefix("quadrant.side.") for name in ("x_side", "y_side")]
    return sides[0], sides[1]


def counted(said: Sentence, context: Context) -> bool:
    shown = drawn(context.truth, context.year)
    unsure = sum(corner(context.truth, one, context.year) is None for one in shown)
    told = number(said, "unsure") if "unsure" in said.values else 0
    return (number(said, "count"), told) == (len(shown), unsure)


def there(said: Sentence, context: Context) -> bool:
    expected = {
        one for one in drawn(context.truth, context.year) if corner(context.truth, one, context.year) == _sides(said)
    }
    return _names(said) == expected


def without(said: Sentence, context: Context) -> bool:
    return number(said, "count") == len(REGENCIES) - len(drawn(context.truth, context.year)) > 0


def by_class(said: Sentence, context: Context) -> bool:
    context.year = year(said, "when")
    return all(
        number(said, word) == sum(_class(context.truth, one, context.year) == word for one in REGENCIES)
        for word in ("better", "equal", "worse")
    )


def worse(said: Sentence, context: Context) -> bool:
    return _names(said) == {one for one in REGENCIES if _class(context.truth, one, context.year) == "worse"}


def _class(truth: Truth, region: str, when: int) -> str:
    if truth.value(PERCENT, region, when) is None:
        return "none"
    if not truth.differs(PERCENT, (region, when), ("90", when)):
        return "equal"
    return "better" if _value(truth, region, when) < _value(truth, "90", when) else "worse"


def _names(said: Sentence) -> set[str]:
    names = said.values["names"]
    assert isinstance(names, Label)
    return {SHORT[name] for name in names.text.split(", ")}


CHECKS_OF_PLACES = {
    "quadrant.own": own,
    "quadrant.counted": counted,
    "quadrant.there": there,
    "quadrant.without": without,
    "map.counted": by_class,
    "map.worse": worse,
}
