"""An independent reader of a dimension: what its rows allow to be said of each indicator, by plain sums.

It shares no function with the library. Six indicators stand for all kinds: estimates with an error where less is better
and where more is, one without a known error, a number that adds up, and administrative ones without sampling error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from tests.rooms.diagnosis.truth import ON_YEAR, RECENT, Row, Z


# code -> which way is better, smallest meaningful change a year (as a share of the first value where below zero), units
# of its base in a sampled household: none where no error is known, zero for what is no sample
KINDS: Mapping[str, tuple[int, float, float | None]] = {
    "EMP.TPT": (-1, 0.1, 1.9),
    "EMP.TPAK": (1, 0.2, 2.7),
    "EMP.WAGE": (1, -0.01, None),
    "EMP.WORK": (0, -0.01, None),
    "ECO.LPE": (1, 0.1, 0.0),
    "ECO.PDRBPC": (0, -0.01, 0.0),
}
REGENCY = 584  # households of a survey of these years
HOUSEHOLDS = {"90": 12 * REGENCY, "00": 300000}
ABOVE = {"90": "00", "00": None}


@dataclass(frozen=True)
class DimensionTruth:
    """The rows by indicator, region digits and year."""

    rows: Sequence[Row]

    def value(self, indicator: str, region: str, year: int) -> float | None:
        found = [row[3] for row in self.rows if row[:3] == (indicator, f"contoh-2026:{region}", year)]
        return found[0] if found and isinstance(found[0], float) else None

    def years(self, indicator: str, region: str) -> list[int]:
        asked = sorted({row[2] for row in self.rows})
        return [year for year in asked if self.value(indicator, region, year) is not None]

    def known(self, indicator: str, region: str, year: int) -> float:
        value = self.value(indicator, region, year)
        assert value is not None
        return value

    def error(self, indicator: str, region: str, year: int) -> float | None:
        units = KINDS[indicator][2]
        if units is None or units == 0:
            return units
        sample = HOUSEHOLDS.get(region, REGENCY) * units / 2
        share = min(max(self.known(indicator, region, year) / 100, 1 / sample), 1 - 1 / sample)
        return 100 * sqrt(share * (1 - share) / sample)

    def told_apart(self, indicator: str, one: tuple[str, int], other: tuple[str, int]) -> int | None:
        """1 where the first value is better by a test, -1 worse, 0 where neither; None where no test is made."""
        good = KINDS[indicator][0]
        first, second = self.error(indicator, *one), self.error(indicator, *other)
        if good == 0 or first is None or second is None:
            return None
        here, there = self.known(indicator, *one), self.known(indicator, *other)
        if abs(here - there) <= Z * sqrt(first**2 + second**2) + 1e-9 * (abs(here) + abs(there)):
            return 0
        return good if here > there else -good

    def standing_year(self, indicator: str, region: str) -> int:
        years, above = self.years(indicator, region), above_of(region)
        if indicator == "EMP.WORK" or above is None:
            return years[-1]
        recent = [year for year in reversed(years) if years[-1] - year <= RECENT]
        return next((year for year in recent if self.value(indicator, above, year) is not None), years[-1])

    def against(self, indicator: str, region: str, reference: str | None) -> int | None:
        """How the value that counts stands against a reference; None where that is not told."""
        year = self.standing_year(indicator, region)
        if reference is None or indicator == "EMP.WORK" or self.value(indicator, reference, year) is None:
            return None
        return self.told_apart(indicator, (region, year), (reference, year))

    def movement(self, indicator: str, region: str) -> str | None:
        """Which way the values went from first to last; None where no test is made."""
        years = self.years(indicator, region)
        if len(years) < 3:
            return None
        judged = self.told_apart(indicator, (region, years[-1]), (region, years[0]))
        if judged is None:
            return None
        first, last = (self.known(indicator, region, year) for year in (years[0], years[-1]))
        pace = abs(last - first) / (years[-1] - years[0])
        smallest = KINDS[indicator][1]
        if pace == 0 or pace < (smallest if smallest > 0 else -smallest * abs(first)):
            return "steady"
        return {1: "improving", -1: "worsening", 0: "unsure"}[judged]

    def is_problem(self, indicator: str, region: str) -> bool:
        worse = -1 in (
            self.against(indicator, region, above_of(region)),
            self.against(indicator, region, nation_of(region)),
        )
        return bool(KINDS[indicator][0]) and (worse or self.movement(indicator, region) == "worsening")

    def is_old(self, indicator: str, region: str) -> bool:
        return ON_YEAR - self.standing_year(indicator, region) > RECENT


def above_of(region: str) -> str | None:
    return ABOVE.get(region, "90")


def nation_of(region: str) -> str | None:
    return None if region == "00" else "00"
