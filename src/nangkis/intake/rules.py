"""What reading goes by, besides the file and the request: the limits and the thresholds in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nangkis.budget.nomenclature.versions import Version, versions_on
from nangkis.budget.posture_accounts import PostureRules, posture_rules_on
from nangkis.intake.limits import Limits, Thresholds, limits_on, thresholds_on
from nangkis.parameters.dated import Parameters


@dataclass(frozen=True)
class Rules:
    """The limits and thresholds in force, the accounts of postures, and names: of the World Bank's, of versions."""

    limits: Limits
    thresholds: Thresholds
    posture: PostureRules
    bank_indicators: Mapping[str, str]
    versions: Mapping[str, Version]  # of the nomenclature


def rules_on(parameters: Parameters, day: date) -> Rules:
    """Return what is in force on a day."""
    bank = parameters.on("bank_dunia_indikator", day).value
    return Rules(
        limits_on(parameters, day),
        thresholds_on(parameters, day),
        posture_rules_on(parameters, day),
        bank,
        versions_on(parameters, day),
    )
