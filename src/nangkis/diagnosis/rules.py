"""The dated rules that a diagnosis is made under, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nangkis.diagnosis import methods
from nangkis.diagnosis.peers import Likeness, likeness
from nangkis.diagnosis.sampling import Design, design
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import Figure, Origin, ParameterUse
from nangkis.vocabulary.units import Unit


@dataclass(frozen=True)
class Target:
    """What the nation has set itself: an indicator ``at_most`` this high, in its unit, by ``year``."""

    indicator: str
    at_most: float
    year: int
    use: ParameterUse


@dataclass(frozen=True)
class Rules:
    """How surely differences are told, and how many and how recent data a verdict needs.

    ``fewest`` is the rule behind the two fewest, ``stale`` that behind ``recent_years``: an older value is called old,
    and no standing goes further back for a year that can be compared. ``target`` is None before one was set.
    ``likeness`` is what makes regions peers, ``quadrants`` the pairs of indicators that are laid beside each other.
    ``weight_error`` (0-1) is how far the weights of a mean may be off, by the rule ``weights``. No year of arrival is
    told beyond ``horizon_years`` from the day of the diagnosis, by the rule ``horizon``.
    """

    design: Design
    fewest_regions: int
    fewest_years: int
    fewest: ParameterUse
    recent_years: int
    stale: ParameterUse
    target: Target | None
    likeness: Likeness
    quadrants: tuple[tuple[str, str], ...]
    weight_error: float
    weights: ParameterUse
    horizon_years: int
    horizon: ParameterUse

    @property
    def regions_needed(self) -> Figure:
        """How many regions make a rank, for a sentence."""
        return _needed("regions-for-rank", self.fewest_regions, self.fewest)

    @property
    def years_needed(self) -> Figure:
        """How many years make a trend, for a sentence."""
        return _needed("years-for-trend", self.fewest_years, self.fewest)

    @property
    def years_told(self) -> Figure:
        """How far ahead a year of arrival is told, for a sentence."""
        origin = Origin(methods.HORIZON_OF_ARRIVAL, (), (self.horizon,))
        return Figure("horizon/years", self.horizon_years, Unit.COUNT, 0, origin)


def _needed(what: str, count: int, rule: ParameterUse) -> Figure:
    return Figure(f"fewest/{what}", count, Unit.COUNT, 0, Origin(methods.FEWEST_NEEDED, (), (rule,)))


def rules_on(parameters: Parameters, on: date) -> Rules:
    """Return the rules in force on a day."""
    fewest, stale = parameters.on("diagnosis_fewest", on), parameters.on("diagnosis_stale_years", on)
    weights, horizon = parameters.on("ketidakpastian_bobot", on), parameters.on("diagnosis_horizon_years", on)
    return Rules(
        design=design(parameters, on),
        fewest_regions=int(fewest.value["regions_for_rank"]),
        fewest_years=int(fewest.value["years_for_trend"]),
        fewest=fewest.use,
        recent_years=int(stale.number),
        stale=stale.use,
        target=_target(parameters, on),
        likeness=likeness(parameters.on("diagnosis_pembanding", on)),
        quadrants=tuple((x, y) for x, y in parameters.on("diagnosis_kuadran", on).value),
        weight_error=float(weights.number),
        weights=weights.use,
        horizon_years=int(horizon.number),
        horizon=horizon.use,
    )


def _target(parameters: Parameters, on: date) -> Target | None:
    rule = parameters.in_force("sasaran_kemiskinan_nasional", on)
    if rule is None:  # a diagnosis of a day before it was set
        return None
    said = rule.value
    return Target(said["indicator"], float(said["at_most"]), int(said["year"]), rule.use)
