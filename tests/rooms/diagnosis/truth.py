"""An independent reader of the rows: it works out anew, by plain sums, what a diagnosis may claim of them.

It shares no function with the library. What it knows of the fictional province is written here a second time: twelve
regencies, and 90.10 founded out of 90.09 with figures of its own from 2015 on. Values before 2015 may be of another
month than March.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, isclose, log, sqrt
from statistics import NormalDist, median


Row = tuple[str, str, int, float | str | None]

REGENCIES = [f"90.{number:02}" for number in range(1, 11)] + ["90.71", "90.72"]
NAMES = dict(
    zip(
        [*REGENCIES, "90", "00"],
        [
            f"Kabupaten Contoh {part}"
            for part in ["Barat", "Timur", "Utara", "Selatan", "Hulu", "Hilir", "Pesisir", "Lembah", "Bukit", "Rimba"]
        ]
        + ["Kota Contoh Raya", "Kota Contoh Hilir", "Provinsi Nusa Contoh", "Negara Contoh"],
        strict=True,
    )
)
CHILD, PARENT, SINCE = "90.10", "90.09", 2015
MARCH_SINCE = 2015
RECENT, ON_YEAR = 2, 2026  # years; a value more than that before the day of the diagnosis is old
TARGET = 5.0  # percent of people, by 2029
Z = 1.959963984540054
SMALLEST: dict[str, Callable[[float], float]] = {
    "POV.P0": lambda _: 0.1,
    "POV.N": lambda first: 0.01 * first,
    "POV.GK": lambda first: 0.005 * first,
}


@dataclass(frozen=True)
class Truth:
    """The rows of one table by indicator, region digits and year."""

    rows: Sequence[Row]

    def value(self, indicator: str, region: str, year: int) -> float | None:
        """The published value; for province and nation else what the regencies add up to."""
        own = self._published(indicator, region, year)
        if own is not None or region in REGENCIES or indicator == "POV.GK":
            return own
        members = [one for one in REGENCIES if one != CHILD or year >= SINCE]
        poor = self._of_all("POV.N", members, year)
        if poor is None or indicator == "POV.N":
            return None if poor is None else sum(poor)
        percent = self._of_all("POV.P0", members, year)
        if percent is None:
            return None
        return 100 * sum(poor) / sum(n / (p / 100) for n, p in zip(poor, percent, strict=True))

    def _of_all(self, indicator: str, members: Sequence[str], year: int) -> list[float] | None:
        """The published value of each; None when one has none."""
        found = [self._published(indicator, one, year) for one in members]
        known = [value for value in found if value is not None]
        return known if len(known) == len(found) else None

    def _known(self, indicator: str, region: str, year: int) -> float:
        """The value of a year that is known to have one."""
        value = self.value(indicator, region, year)
        assert value is not None
        return value

    def _published(self, indicator: str, region: str, year: int) -> float | None:
        if region == CHILD and year < SINCE:
            return None
        found = [row[3] for row in self.rows if row[:3] == (indicator, f"contoh-2026:{region}", year)]
        return found[0] if found and isinstance(found[0], float) else None

    def years(self, indicator: str, region: str) -> list[int]:
        """Years with a value, in order."""
        asked = sorted({row[2] for row in self.rows})
        return [year for year in asked if self.value(indicator, region, year) is not None]

    def error(self, indicator: str, region: str, year: int) -> float | None:
        """The approximate standard error; None where none is known."""
        percent = self.value("POV.P0", region, year)
        own = self.value(indicator, region, year)
        if percent is None or own is None or indicator == "POV.GK":
            return None
        regencies = len(REGENCIES) - (year < SINCE)
        households = {"00": 345000, "90": 671 * regencies}.get(region, 671)
        share = percent / 100
        points = 100 * sqrt(2 * share * (1 - share) / households)
        return points if indicator == "POV.P0" else own * points / percent

    def differs(self, indicator: str, one: tuple[str, int], other: tuple[str, int], *, z: float = Z) -> bool | None:
        """Whether two values differ by more than chance allows; None where no error is known."""
        first, second = self.error(indicator, *one), self.error(indicator, *other)
        if first is None or second is None:
            return None
        gap = abs((self.value(indicator, *one) or 0) - (self.value(indicator, *other) or 0))
        return gap > z * sqrt(first**2 + second**2)

    def peers(self, indicator: str, year: int) -> list[str]:
        """The regencies with a value in a year."""
        return [one for one in REGENCIES if self.value(indicator, one, year) is not None]

    def rank(self, indicator: str, region: str, year: int) -> tuple[int, int, int, int]:
        """Place, best, worst and count; lower is better for all that has a rank here."""
        peers = self.peers(indicator, year)
        own = self._known(indicator, region, year)
        below = [one for one in peers if self._known(indicator, one, year) < own]
        above = [one for one in peers if self._known(indicator, one, year) > own]
        z = NormalDist().inv_cdf((1 + 0.95 ** (1 / (len(peers) - 1))) / 2) if len(peers) > 1 else Z
        surely = {one for one in peers if self.differs(indicator, (region, year), (one, year), z=z)}
        best, worst = 1 + len(surely & set(below)), len(peers) - len(surely & set(above))
        return 1 + len(below), best, worst, len(peers)

    def comparable(self, indicator: str, region: str) -> list[int]:
        """The years that can be compared with the latest."""
        years = self.years(indicator, region)
        since = max(MARCH_SINCE, SINCE if region in {CHILD, PARENT} else 0)
        cut = years and years[-1] >= since
        return [year for year in years if not cut or year >= since]

    def standing_year(self, indicator: str, region: str) -> int:
        """The last year, or a recent one whose value can be compared with the province's."""
        years = self.comparable(indicator, region)
        if indicator == "POV.N":
            return years[-1]
        recent = [year for year in reversed(years) if years[-1] - year <= RECENT]
        return next((year for year in recent if self.value(indicator, "90", year) is not None), years[-1])

    def is_above_target(self, region: str, year: int) -> bool:
        """Whether the share of poor people lies above the national target by more than chance allows."""
        value, error = self.value("POV.P0", region, year), self.error("POV.P0", region, year)
        return value is not None and error is not None and value - TARGET > Z * error

    def pace(self, indicator: str, region: str) -> tuple[float, float]:
        """The pace from first to last and the median pace: points a year, or growth in percent for money."""
        years = self.comparable(indicator, region)
        values = [self._known(indicator, region, year) for year in years]
        money = indicator == "POV.GK"
        told = [log(value) if money else value for value in values]
        slopes = [(told[b] - told[a]) / (years[b] - years[a]) for a, b in combinations(range(len(years)), 2)]
        pace = (told[-1] - told[0]) / (years[-1] - years[0])
        first_to_last, middle = (100 * (exp(one) - 1) if money else one for one in (pace, median(slopes)))
        return first_to_last, middle


def near(one: float, other: float) -> bool:
    """Say whether two numbers are one, but for binary fractions."""
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
