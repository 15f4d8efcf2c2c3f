"""How large a file may be, from the one limits file; every refusal about size names its limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from nangkis.parameters.dated import Parameters
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region


_READERS: Mapping[str, Callable[[Any], Any]] = {"int": int, "Decimal": Decimal}


@dataclass(frozen=True)
class Limits:
    """The limits in force: bytes, counts, seconds, whole rupiah of one amount, metres of detail that borders keep.

    ``unpacked_ratio`` is asked only of a file that unpacks to more than ``unpacked_free_bytes``.
    """

    bytes: int
    unpacked_bytes: int
    unpacked_ratio: int
    unpacked_free_bytes: int
    part_bytes: int
    rows: int
    columns: int
    cells: int
    sheets: int
    error_cells: int
    seconds: int
    memory_bytes: int
    findings_of_a_kind: int
    addresses: int
    amount_rupiah: int
    boundary_points: int
    boundary_detail_metres: int
    boundary_change_percent: int


@dataclass(frozen=True)
class Thresholds:
    """From where on a check speaks up."""

    header_rows: int
    rows_of_a_constant_column: int
    rows_of_a_copied_year: int
    earliest_year: int
    latest_year: int
    contradicting_rows: int
    contradicting_share: Decimal
    share_of_a_copied_year: Decimal
    rows_of_a_round_change: int
    round_change_rupiah: int
    times_of_chance: int
    share_of_another_ipm: Decimal
    places_above_zero: int
    whole_slack_points: Decimal
    implied_population_change: Decimal
    population_bases_apart: Decimal
    rows_of_a_method_change: int
    share_of_a_method_change: Decimal
    same_way_share: Decimal
    times_of_usual_change: Decimal
    slip_years_alike: Decimal
    slip_years_steady: Decimal
    slip_nearness: Decimal
    slip_peers: int
    slip_beyond_peers: Decimal
    ipm: Mapping[str, Decimal]
    people: Mapping[str, int]
    values_of_a_copied_table: int
    pagu_times_of_usual: int
    pagu_share_of_year: Decimal
    two_digit_sub_kegiatan_until: int
    rse_careful: Decimal
    rse_unusable: Decimal

    def people_of(self, region: str) -> tuple[int, int] | None:
        """Return the fewest and the most people that a region of its level can have, None where that is not known."""
        level = place(Region.parse(region)).level
        least, most = self.people.get(f"{level}_least"), self.people.get(f"{level}_most")
        return None if least is None or most is None else (least, most)

    @property
    def years(self) -> dict[str, int]:
        """The years that a text may name."""
        return {"earliest": self.earliest_year, "latest": self.latest_year}


def limits_on(parameters: Parameters, day: date) -> Limits:
    """Return the limits in force on a day."""
    value = parameters.on("intake_batas", day).value
    return Limits(**{field.name: int(value[field.name]) for field in fields(Limits)})


def thresholds_on(parameters: Parameters, day: date) -> Thresholds:
    """Return the thresholds of the checks in force on a day."""
    named = ("intake_ambang", "ambang_fakta", "galat_relatif_terbit", "ipm_metode_baru")
    own, values, errors, ipm = (parameters.on(name, day).value for name in named)
    read = {
        field.name: _READERS[str(field.type)]({**own, **values, **errors}[field.name])
        for field in fields(Thresholds)
        if field.name not in {"ipm", "people"}
    }
    people = {name: int(count) for name, count in parameters.on("penduduk_daerah", day).value.items()}
    return Thresholds(**read, ipm={name: Decimal(bound) for name, bound in ipm.items()}, people=people)
