"""The dated rules that a diagnosis is made under, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nangkis.diagnosis.sampling import Design, design
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


@dataclass(frozen=True)
class Rules:
    """How surely differences are told, and how many data a verdict needs at least, by the rule ``fewest``."""

    design: Design
    fewest_regions: int
    fewest_years: int
    fewest: ParameterUse


def rules_on(parameters: Parameters, on: date) -> Rules:
    """Return the rules in force on a day."""
    fewest = parameters.on("diagnosis_fewest", on)
    return Rules(
        design=design(parameters, on),
        fewest_regions=int(fewest.value["regions_for_rank"]),
        fewest_years=int(fewest.value["years_for_trend"]),
        fewest=fewest.use,
    )
