"""The yearly poverty gap in rupiah: what all poor people of a region together lack to the poverty line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import ceil, floor, log10

from nangkis.diagnosis import methods
from nangkis.diagnosis.diagnose import Diagnosis
from nangkis.diagnosis.errors import SamplingError, error_alone
from nangkis.diagnosis.figures import implied_people, origin_of
from nangkis.diagnosis.sampling import Design
from nangkis.indicators.catalogue import indicators
from nangkis.indicators.facts import Fact
from nangkis.regions.splits import first_comparable_year
from nangkis.vocabulary.figures import Figure, Method, Origin
from nangkis.vocabulary.units import Unit


DEPTH, LINE, POOR, SHARE = "POV.P1", "POV.GK", "POV.N", "POV.P0"
PARTS = (DEPTH, LINE, POOR, SHARE)
MONTHS = 12
PEOPLE_IN_A_THOUSAND = 1000
# The largest unit in which the gap is one or more comes first.
UNITS: Mapping[Unit, int] = {Unit.TRILLION_RUPIAH: 10**12, Unit.BILLION_RUPIAH: 10**9, Unit.MILLION_RUPIAH: 10**6}
SMALLEST = (Unit.MILLION_RUPIAH, UNITS[Unit.MILLION_RUPIAH])


@dataclass(frozen=True)
class PovertyGap:
    """The gap of one year, in a unit of money that it can bear; all parts are of the same March.

    ``gap`` is what would lift all poor people to the line if every rupiah reached them and none went further: a lower
    bound. ``rounding`` is how far the published digits of the parts can move it; ``low`` and ``high`` are what the
    sampling error of the gap index allows, None where that error is not known. ``people`` is the population that number
    and percentage of poor people imply.
    """

    parts: Mapping[str, Fact]
    people: Figure
    gap: Figure
    rounding: Figure
    low: Figure | None
    high: Figure | None
    error: SamplingError | None

    @property
    def depth(self) -> Fact:
        """The gap index."""
        return self.parts[DEPTH]


@dataclass(frozen=True)
class NoGap:
    """Why there is no gap: the sentence's code, and the indicators that are not there (together)."""

    code: str
    lacking: tuple[str, ...] = ()


def rupiah_a_year(*, depth: Decimal, line: Decimal, poor: Decimal, percent: Decimal) -> Decimal:
    r"""Return what all poor people lack to the poverty line in a year, in rupiah.

    .. math:: G = \frac{P_1}{100} \cdot z \cdot 12 \cdot \frac{q}{P_0 / 100}

    Args:
        depth: the gap index *P1*, as published: times 100.
        line: *z*, rupiah per person per month.
        poor: *q*, number of poor people.
        percent: *P0*, their percentage, above 0.
    Source: domain note 10.15. The mean gap is one of all people, poor or not, so it is multiplied by the population.

    >>> print(rupiah_a_year(depth=Decimal(2), line=Decimal(500000), poor=Decimal(20000), percent=Decimal(10)))
    24000000000
    """
    return depth * line * MONTHS * poor / percent


def poverty_gap(found: Diagnosis) -> PovertyGap | NoGap:
    """Return the gap of the latest March for which a region has all parts, within its borders of today; or why not."""
    here = found.region.region
    known = {
        code: {fact.year: fact for fact in found.facts.series(code, here) if fact.value is not None} for code in PARTS
    }
    if lacking := tuple(code for code, years in known.items() if not years):
        return NoGap("gap.why.without", lacking)
    told = set.intersection(*map(set, known.values()))
    shared = {year for year in told if all(years[year].number > 0 for years in known.values())}
    if not shared:
        return NoGap("gap.why.apart", PARTS)
    since = first_comparable_year(here)
    usable = [year for year in shared if since is None or year >= since]
    if not usable:
        return NoGap("gap.why.borders")
    return _gap(found, {code: years[max(usable)] for code, years in known.items()})


def _gap(found: Diagnosis, parts: Mapping[str, Fact]) -> PovertyGap:
    exact = {code: Decimal(repr(fact.number)) for code, fact in parts.items()}
    rupiah = rupiah_a_year(
        depth=exact[DEPTH], line=exact[LINE], poor=exact[POOR] * PEOPLE_IN_A_THOUSAND, percent=exact[SHARE]
    )
    off = rupiah * sum((_half_unit(fact) / exact[code] for code, fact in parts.items()), Decimal(0))
    telling = _Telling(f"poverty-gap/{parts[DEPTH].year}/{found.region.region}", tuple(parts.values()), rupiah, off)
    error = error_alone(parts[DEPTH], found.facts, found.rules.design)
    low, high = (None, None) if not error or error.size == 0 else _range(found.rules.design, telling, exact, error)
    return PovertyGap(
        parts=parts,
        people=implied_people(parts[POOR], parts[SHARE]),
        gap=telling.figure("", rupiah, telling.origin(methods.POVERTY_GAP)),
        rounding=telling.rounding,
        low=low,
        high=high,
        error=error,
    )


def _range(
    design: Design, telling: _Telling, exact: Mapping[str, Decimal], error: SamplingError
) -> tuple[Figure, Figure]:
    """Return what the sampling error of the gap index alone allows."""
    reach = telling.rupiah * Decimal(repr(design.z * error.size)) / exact[DEPTH]
    uses = design.uses_for(indicators()[DEPTH])
    origin = origin_of(methods.POVERTY_GAP_RANGE, telling.facts, more=error.inputs, uses=uses)
    low = max(Decimal(0), telling.rupiah - reach)
    return telling.figure("/low", low, origin), telling.figure("/high", telling.rupiah + reach, origin)


@dataclass(frozen=True)
class _Telling:
    """Tells amounts in the unit and with the decimals that a gap can bear: none whose unit its rounding passes."""

    key: str
    facts: tuple[Fact, ...]
    rupiah: Decimal
    off: Decimal

    @property
    def unit(self) -> tuple[Unit, int]:
        return next(((unit, size) for unit, size in UNITS.items() if self.rupiah >= size), SMALLEST)

    def origin(self, method: Method) -> Origin:
        return origin_of(method, self.facts)

    def figure(self, name: str, amount: Decimal, origin: Origin) -> Figure:
        unit, size = self.unit
        places = max(0, floor(-log10(self.off / size)))
        return Figure(self.key + name, float(amount / size), unit, places, origin)

    @property
    def rounding(self) -> Figure:
        """How far rounding can move the gap, up to the next first digit: a bound is never told too small."""
        unit, size = self.unit
        places = max(0, ceil(-log10(self.off / size)))
        told = float((self.off / size).quantize(Decimal(1).scaleb(-places), rounding=ROUND_CEILING))
        return Figure(f"{self.key}/rounding", told, unit, places, self.origin(methods.POVERTY_GAP_ROUNDING))


def _half_unit(fact: Fact) -> Decimal:
    """Return how far a value may lie from the one that was rounded to it."""
    return Decimal(1).scaleb(-fact.places) / 2
