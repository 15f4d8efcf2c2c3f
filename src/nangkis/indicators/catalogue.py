"""What each indicator means: unit, direction, source, ranges, names in real headers; read strictly from ``data/``.

The words (name, definition, formula) stand in the catalogue of sentences under ``indicator.<code>.…``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nangkis.content.catalogue import LANGUAGES, Language, has, template
from nangkis.content.strict_yaml import YamlBroken, read_yaml
from nangkis.indicators.schema import Period
from nangkis.parameters.dated import Confidence
from nangkis.vocabulary.figures import ParameterUse
from nangkis.vocabulary.refusals import RequestRefused
from nangkis.vocabulary.sources import Source
from nangkis.vocabulary.units import Unit


class IndicatorFileRefused(RequestRefused):
    """A file of the indicator catalogue is not as it must be; the values name the file, the entry and what is wrong."""


class Direction(StrEnum):
    """Which way is better. CONTEXT: neither, such as a poverty line that follows prices."""

    LOWER = "lower"
    HIGHER = "higher"
    CONTEXT = "context"


class Aggregation(StrEnum):
    """How the value of a province or the nation follows from its regencies when it is not published."""

    SUM = "sum"
    SHARE_OF_POPULATION = "share-of-population"  # sum of the counted people over the sum of the implied population
    WEIGHTED_MEAN = "weighted-mean"  # of the regencies, by another indicator; known, not computed by the panel
    NONE = "none"  # it does not follow from them


class Level(StrEnum):
    """The smallest regions for which the source publishes it."""

    PROVINCE = "provinsi"
    REGENCY = "kabupaten-kota"


@dataclass(frozen=True)
class Change:
    """A size of change: ``by`` in the indicator's own unit, or as a share (0-1) of the value that it starts from."""

    by: float
    relative: bool

    def at(self, value: float) -> float:
        """Return the size in the indicator's unit for a change that starts from ``value``.

        >>> Change(by=0.5, relative=True).at(10.0)
        5.0
        """
        return self.by * abs(value) if self.relative else self.by


class ErrorBy(StrEnum):
    """How the standard error of a sample estimate is approximated where none was published."""

    PROPORTION = "proportion"  # as that of a share of the units sampled
    GAP = "gap"  # as that of the mean gap to the line, whose mean square is another indicator
    COUNTED = "counted"  # the relative error of the percentage whose people it counts
    NONE = "none"  # no approximation is honest


class Survey(StrEnum):
    """Which survey's households stand behind an estimate."""

    SUSENAS = "susenas"
    SAKERNAS = "sakernas"


@dataclass(frozen=True)
class ErrorBasis:
    """What the approximate error of a sample estimate rests on.

    ``units_per_household`` says how many units of the percentage's base (people, children of an age) stand in a sampled
    household, ``households`` whose households those are; both for a proportion and a gap only. ``percent`` is the code
    of the percentage whose people a number counts, for a counted number only; ``squared`` that of the mean squared gap,
    for a gap only.
    """

    by: ErrorBy
    units_per_household: float | None = None
    households: Survey | None = None
    percent: str | None = None
    squared: str | None = None


@dataclass(frozen=True)
class BpsVariable:
    """A table of the BPS web service: the domain that publishes it (0000 is the nation) and its number there."""

    domain: str
    number: int


@dataclass(frozen=True)
class MethodBreak:
    """From ``year`` on the numbers are made another way; ``reason`` names the sentence that says so.

    ``rule`` is the dated rule that says so, where it is one.
    """

    year: int
    reason: str
    rule: ParameterUse | None = None


@dataclass(frozen=True)
class Series:
    """One of several ways to make the same measure: ``method`` keeps them apart, never the year."""

    measure: str
    method: str


@dataclass(frozen=True)
class Indicator:
    """One published indicator. Ranges and ``smallest_meaningful_change`` (per year) are in ``unit``.

    ``counted_by`` is, for a share of the population, the indicator that counts the same people; ``weighted_by`` the
    indicator by which a mean of regencies is weighted, and a share whose people are not counted. ``series`` is None for
    a measure that is made one way only. From ``not_better_beyond`` on, a further move in the good direction is no
    progress. ``diagnosed``: plans are judged by it. ``sampling``: estimated from a sample, or modelled on one, so that
    a difference needs a test, by the ``error`` that it rests on; else administrative, and ``error`` is None.
    ``because`` is the reason of the ``confidence``.
    """

    code: str
    unit: Unit
    direction: Direction
    level: Level
    frequency: str
    periods: tuple[str, ...]
    aggregation: Aggregation
    counted_by: str | None
    weighted_by: str | None
    series: Series | None
    not_better_beyond: float | None
    diagnosed: bool
    plausible: tuple[float, float]
    largest_yearly_change: Change
    smallest_meaningful_change: Change
    places: int
    sampling: bool
    error: ErrorBasis | None
    aliases: tuple[str, ...]
    method_breaks: tuple[MethodBreak, ...]
    source: Source
    bps_variables: tuple[BpsVariable, ...]
    confidence: Confidence
    because: str

    @property
    def possible_periods(self) -> tuple[str, ...]:
        """The periods under which a table may hold it, the one that counts first: its own, then the whole year."""
        return tuple(dict.fromkeys((*self.periods, Period.YEAR.value)))

    @property
    def name(self) -> Mapping[Language, str]:
        """The name by language, as it opens a cell or a title."""
        return self._words("name")

    @property
    def definition(self) -> Mapping[Language, str]:
        """What is measured, by language."""
        return self._words("definition")

    @property
    def formula(self) -> Mapping[Language, str]:
        """How it is computed, in words, by language."""
        return self._words("formula")

    def _words(self, part: str) -> Mapping[Language, str]:
        return MappingProxyType({one: template(f"indicator.{self.code}.{part}", one) for one in LANGUAGES})


WORDS = ("name", "opening", "inline", "publisher", "definition", "formula")


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator by its code, in the order of the files and of the entries in them."""
    found: dict[str, Indicator] = {}
    for name, entries in by_file().items():
        if twice := next(iter(found.keys() & entries), None):
            raise IndicatorFileRefused("indicator-twice", file=f"{name}.yaml", indicator=twice)
        found |= entries
    return MappingProxyType(found)


@cache
def by_file() -> Mapping[str, Mapping[str, Indicator]]:
    """Return the entries of each file by its name without the ending."""
    files = {file.name: file for file in resources.files("nangkis.indicators").joinpath("data").iterdir()}
    names = sorted(name for name in files if name.endswith(".yaml"))
    return MappingProxyType({name.removesuffix(".yaml"): read_file(files[name]) for name in names})


def read_file(file: Traversable | Path) -> dict[str, Indicator]:
    """Read one file of the catalogue. Raises IndicatorFileRefused, naming the file, the entry and what is wrong."""
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except YamlBroken as error:
        raise IndicatorFileRefused("indicator-file-broken", file=file.name, why=str(error)) from None
    return {code: _read_entry(code, entry, file=file.name) for code, entry in (content or {}).items()}


def _read_entry(code: str, entry: Any, *, file: str) -> Indicator:
    _check_keys(entry, set(READERS), file=file, indicator=code)
    values = {}
    for key, read in READERS.items():
        try:
            values[key] = read(entry[key])
        except (ValueError, TypeError, KeyError) as error:
            raise IndicatorFileRefused(
                "indicator-value", file=file, indicator=code, key=key, found=entry[key], why=str(error)
            ) from None
    if absent := [part for part in WORDS if not has(f"indicator.{code}.{part}")]:
        raise IndicatorFileRefused("indicator-without-words", file=file, indicator=code, words=", ".join(absent))
    found = Indicator(code=code, **values)
    for key, why in _contradictions(found):
        raise IndicatorFileRefused("indicator-value", file=file, indicator=code, key=key, found=entry[key], why=why)
    return found


def _contradictions(one: Indicator) -> Iterator[tuple[str, str]]:
    """Yield which key contradicts another, and how."""
    if one.sampling != (one.error is not None):
        yield "error", "a sample estimate needs a basis of its error, and nothing else has one"
    may_be_weighted = one.aggregation is Aggregation.SHARE_OF_POPULATION
    if not may_be_weighted and (one.aggregation is Aggregation.WEIGHTED_MEAN) != (one.weighted_by is not None):
        yield "weighted_by", "a weighted mean needs what it is weighted by, and only a share may have it too"
    if (one.aggregation is Aggregation.SHARE_OF_POPULATION) != (one.counted_by is not None):
        yield "counted_by", "a share of the population needs what counts its people, and nothing else has it"
    if one.error is not None and one.error.by is ErrorBy.PROPORTION and one.unit is not Unit.PERCENT:
        yield "error", "only a percentage is a proportion"


def _check_keys(entry: Any, keys: set[str], *, file: str, indicator: str) -> None:
    found = set(map(str, entry)) if isinstance(entry, Mapping) else set()
    if unknown := found - keys:
        raise IndicatorFileRefused(
            "indicator-keys-unknown",
            file=file,
            indicator=indicator,
            keys=", ".join(sorted(unknown)),
            known=", ".join(sorted(keys)),
        )
    if missing := keys - found:
        raise IndicatorFileRefused(
            "indicator-keys-missing", file=file, indicator=indicator, keys=", ".join(sorted(missing))
        )


def _exactly(entry: Any, *keys: str) -> tuple[Any, ...]:
    if not isinstance(entry, Mapping) or set(entry) != set(keys):
        raise ValueError(f"needs exactly {', '.join(keys)}")
    return tuple(entry[key] for key in keys)


def _number(value: Any) -> float:
    if not isinstance(value, str):
        raise TypeError("is not a number")
    return float(value)


def _yes_or_no(value: Any) -> bool:
    if value not in {"true", "false"}:
        raise ValueError("is neither true nor false")
    return bool(value == "true")


def _range(entry: Any) -> tuple[float, float]:
    low, high = map(_number, _exactly(entry, "low", "high"))
    if not low < high:
        raise ValueError("low is not below high")
    return low, high


def _change(entry: Any) -> Change:
    by, of = _exactly(entry, "by", "of")
    if of not in {"points", "value"}:
        raise ValueError("'of' is neither points nor value")
    return Change(_number(by), relative=of == "value")


def _error(entry: Any) -> ErrorBasis | None:
    if entry is None:
        return None
    by = ErrorBy(entry["by"])
    if by in {ErrorBy.PROPORTION, ErrorBy.GAP}:
        more = ("squared",) if by is ErrorBy.GAP else ()
        _, units, households, *squared = _exactly(entry, "by", "units_per_household", "households", *more)
        if not _number(units) > 0:
            raise ValueError("units_per_household is not above nothing")
        return ErrorBasis(by, _number(units), Survey(households), squared=str(squared[0]) if squared else None)
    if by is ErrorBy.COUNTED:
        return ErrorBasis(by, percent=str(_exactly(entry, "by", "percent")[1]))
    _exactly(entry, "by")
    return ErrorBasis(by)


def _bps_variables(entry: Any) -> tuple[BpsVariable, ...]:
    """Read "0000/192": the domain of four digits, and the number of the variable there."""
    parts = [str(one).split("/") for one in entry]
    if any(len(part) != 2 or len(part[0]) != 4 for part in parts) or len(set(entry)) != len(entry):  # noqa: PLR2004
        raise ValueError("needs domain/variable, each once")
    return tuple(BpsVariable(domain, int(number)) for domain, number in parts)


def _said(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("says nothing")
    return value


def _periods(entry: Any) -> tuple[str, ...]:
    if not entry or set(entry) - set(Period):
        raise ValueError(f"periods are {', '.join(Period)}")
    return tuple(entry)


def _aliases(entry: Any) -> tuple[str, ...]:
    if not entry or len(set(entry)) != len(entry):
        raise ValueError("needs names, each once")
    return tuple(map(str, entry))


def _break(year: str, reason: str) -> MethodBreak:
    return MethodBreak(int(year), reason)


def _series(entry: Any) -> Series | None:
    return None if entry is None else Series(*map(str, _exactly(entry, "measure", "method")))


def _limit(value: Any) -> float | None:
    return None if value is None else _number(value)


def _breaks(entry: Any) -> tuple[MethodBreak, ...]:
    found = tuple(_break(*_exactly(one, "year", "reason")) for one in entry)
    if unsaid := [one.reason for one in found if not has(one.reason)]:
        raise ValueError(f"the catalogue has no sentence {unsaid[0]}")
    return tuple(sorted(found, key=lambda one: one.year))


def _source(entry: Any) -> Source:
    title, place, url, published, kept_copy = _exactly(entry, "title", "place", "url", "published", "kept_copy")
    if not title or not place:
        raise ValueError("a source must give its title and its place")
    day = None if published is None else date.fromisoformat(published)
    return Source(title=title, place=place, url=url, published=day, kept_copy=kept_copy)


READERS: Mapping[str, Callable[[Any], Any]] = {
    "unit": Unit,
    "direction": Direction,
    "level": Level,
    "frequency": str,
    "periods": _periods,
    "aggregation": Aggregation,
    "counted_by": lambda code: code,
    "weighted_by": lambda code: code,
    "series": _series,
    "not_better_beyond": _limit,
    "diagnosed": _yes_or_no,
    "plausible": _range,
    "largest_yearly_change": _change,
    "smallest_meaningful_change": _change,
    "places": int,
    "sampling": _yes_or_no,
    "error": _error,
    "aliases": _aliases,
    "method_breaks": _breaks,
    "source": _source,
    "bps_variables": _bps_variables,
    "confidence": Confidence,
    "because": _said,
}
