"""Checks between facts speak of what cannot be, and are silent about what rounding explains."""

from __future__ import annotations

import random
from datetime import date

import polars as pl

from nangkis.indicators.schema import SCHEMA
from nangkis.intake.checks.facts import ipm_of
from nangkis.intake.checks.values import check_values
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import registered
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import CodeSystem


RULES = rules_on(packaged(), date(2026, 11, 1))
PARENTS = {split.parent for split in every_split()} | {split.child for split in every_split()}
REGIONS = [one for one in registered(CodeSystem.parse("kemendagri-2025")) if one.region not in PARENTS][50:90]


def values(*facts: tuple[str, int, int, float], places: int = 2) -> pl.DataFrame:
    """Return facts (indicator, number of the region, year, value) in the lake's form, one to a row of column D."""
    rows = [
        (code, str(REGIONS[at].region), REGIONS[at].name, year, "tahun", value, places, None, "S", row, "D")
        for row, (code, at, year, value) in enumerate(facts, start=2)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def codes(frame: pl.DataFrame) -> list[str]:
    return [finding.code for finding in check_values(frame, RULES)]


def test_a_severity_above_the_depth_is_told_at_its_cell_and_one_within_rounding_is_not() -> None:
    above = values(("POV.P1", 0, 2020, 1.0), ("POV.P2", 0, 2020, 1.02))
    rounded = values(("POV.P1", 0, 2020, 1.0), ("POV.P2", 0, 2020, 1.01))

    assert [(one.code, one.at) for one in check_values(above, RULES)] == [("part-above-whole", "S!D3")]
    assert codes(rounded) == []


def test_an_ipm_computed_from_drawn_components_passes_and_one_point_more_does_not() -> None:
    draw = random.Random(7)  # noqa: S311 - numbers for a test
    facts = []
    for at in range(20):
        parts = {"uhh": draw.uniform(60, 78), "hls": draw.uniform(9, 16), "rls": draw.uniform(4, 12)}
        parts = {name: round(value, 2) for name, value in parts.items()} | {
            "spending": float(draw.randint(5000, 20000))
        }
        columns = {name: pl.lit(value) for name, value in parts.items()}
        ipm = round(float(pl.select(ipm_of(**columns, bounds=RULES.thresholds.ipm)).item()), 2)
        facts += [
            ("HLT.UHH", at, 2024, parts["uhh"]),
            ("EDU.HLS", at, 2024, parts["hls"]),
            ("EDU.RLS", at, 2024, parts["rls"]),
            ("DEV.PKD", at, 2024, parts["spending"]),
            ("DEV.IPM", at, 2024, ipm),
        ]
    wrong = [*facts[:-1], (*facts[-1][:3], facts[-1][3] + 1)]
    other = [(code, at, year, value - 5 if code == "DEV.IPM" else value) for code, at, year, value in facts]

    assert codes(values(*facts)) == []
    assert codes(values(*wrong)) == ["ipm-not-its-parts"]
    assert codes(values(*other)) == ["ipm-method-unlike"]


def test_a_year_that_mostly_repeats_the_one_before_is_told() -> None:
    first = [("EMP.TPT", at, 2015, 3 + at / 10) for at in range(20)]
    second = [("EMP.TPT", at, 2016, 3 + at / 10 + (0.4 if at < 5 else 0)) for at in range(20)]

    assert codes(values(*first, *second)) == ["year-mostly-copied"]


def test_poverty_lines_that_rise_by_whole_thousands_look_chosen_and_odd_ones_do_not() -> None:
    first = [("POV.GK", at, 2024, 400_000.0 + 37 * at) for at in range(20)]
    chosen = [("POV.GK", at, 2025, 400_000.0 + 37 * at + (9000 if at < 6 else 9011 + at)) for at in range(20)]
    odd = [("POV.GK", at, 2025, 400_000.0 + 37 * at + 9011 + at) for at in range(20)]

    assert codes(values(*first, *chosen, places=0)) == ["change-looks-chosen"]
    assert codes(values(*first, *odd, places=0)) == []


def test_a_zero_far_below_all_other_values_is_doubted() -> None:
    facts = [("INF.SAN", at, 2021, 40.0 + at) for at in range(12)]

    assert codes(values(*facts, ("INF.SAN", 12, 2021, 0.0))) == ["zero-for-missing"]
    assert codes(values(*facts, ("INF.SAN", 12, 2021, 12.5))) == []
