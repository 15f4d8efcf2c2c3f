"""Checks between facts speak of what cannot be, and are silent about what rounding explains."""

from __future__ import annotations

import random
from datetime import date

import polars as pl
import pytest

from nangkis.intake.checks.facts import ipm_of
from nangkis.intake.checks.values import check_values
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import registered
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import CodeSystem
from tests.rooms.indicators.lakes import PLAIN


RULES = rules_on(packaged(), date(2026, 11, 1))
PARENTS = {split.parent for split in every_split()} | {split.child for split in every_split()}
REGIONS = [one for one in registered(CodeSystem.parse("kemendagri-2025")) if one.region not in PARENTS][50:90]


def values(*facts: tuple[str, int, int, float], places: int = 2) -> pl.DataFrame:
    """Return facts (indicator, number of the region, year, value) in the lake's form, one to a row of column D."""
    rows = [
        (code, str(REGIONS[at].region), REGIONS[at].name, year, "tahun", value, places, None, "S", row, "D")
        for row, (code, at, year, value) in enumerate(facts, start=2)
    ]
    return pl.DataFrame(rows, schema=PLAIN, orient="row")


def codes(frame: pl.DataFrame) -> list[str]:
    return [finding.code for finding in check_values(frame, RULES)]


def test_a_severity_above_the_depth_is_told_at_its_cell_and_one_within_rounding_is_not() -> None:
    above = values(("POV.P1", 0, 2020, 1.0), ("POV.P2", 0, 2020, 1.02))
    rounded = values(("POV.P1", 0, 2020, 1.0), ("POV.P2", 0, 2020, 1.01))

    assert [(one.code, one.at) for one in check_values(above, RULES)] == [("part-above-whole", "S!D3")]
    assert codes(rounded) == []


PARTS = (
    ("POV.P1", "POV.P0"),
    ("POV.P2", "POV.P1"),
    ("EDU.APM.SD", "EDU.APK.SD"),
    ("EDU.APM.SMP", "EDU.APK.SMP"),
    ("EDU.APM.SMA", "EDU.APK.SMA"),
)


@pytest.mark.parametrize(("part", "whole"), PARTS)
def test_each_part_is_held_against_its_whole(part: str, whole: str) -> None:
    frame = values((part, 0, 2020, 40.0), (whole, 0, 2020, 39.0), (part, 1, 2020, 38.0), (whole, 1, 2020, 39.0))

    (told,) = check_values(frame, RULES)

    assert (told.code, told.values["part"], told.values["whole"]) == ("part-above-whole", part, whole)
    assert (told.at, told.values["other"]) == ("S!D2", "S!D3")


@pytest.mark.parametrize("off", [-0.08, 0.08])
def test_an_ipm_a_few_hundredths_off_is_told_on_both_sides(off: float) -> None:
    """Rounding of the four components moves it by no more than about two hundredths."""
    parts = {"uhh": 71.25, "hls": 12.75, "rls": 8.25, "spending": 10_450.0}
    again = float(
        pl.select(ipm_of(**{name: pl.lit(value) for name, value in parts.items()}, bounds=RULES.thresholds.ipm)).item()
    )
    codes_of = {"uhh": "HLT.UHH", "hls": "EDU.HLS", "rls": "EDU.RLS", "spending": "DEV.PKD"}
    own = [(codes_of[name], 0, 2024, value) for name, value in parts.items()]

    assert codes(values(*own, ("DEV.IPM", 0, 2024, round(again, 2)))) == []
    assert codes(values(*own, ("DEV.IPM", 0, 2024, round(again + off, 2)))) == ["ipm-not-its-parts"]


def test_spending_above_the_most_counts_as_the_most() -> None:
    """The index of each component ends at one: 30,000 thousand rupiah count as 26,572.352."""
    bounds = RULES.thresholds.ipm
    rest = {"uhh": pl.lit(75.0), "hls": pl.lit(15.0), "rls": pl.lit(11.0)}

    most, more = (
        float(pl.select(ipm_of(**rest, spending=pl.lit(at), bounds=bounds)).item()) for at in (26572.352, 3e4)
    )

    assert most == pytest.approx(more)


def test_half_of_the_rows_off_are_slips_and_more_are_another_method() -> None:
    frame: list[tuple[str, int, int, float]] = []
    parts = {"HLT.UHH": 71.25, "EDU.HLS": 12.75, "EDU.RLS": 8.25, "DEV.PKD": 10_450.0}
    again = float(pl.select(ipm_of(*(pl.lit(one) for one in parts.values()), bounds=RULES.thresholds.ipm)).item())
    for at in range(8):
        frame += [(code, at, 2024, value) for code, value in parts.items()]
        frame.append(("DEV.IPM", at, 2024, round(again + (2 if at < 4 else 0), 2)))

    assert codes(values(*frame)) == ["ipm-not-its-parts"] * 4
    assert codes(values(*frame[:-1], ("DEV.IPM", 7, 2024, 20.0))) == ["ipm-method-unlike"]


def test_a_column_that_drops_last_zeros_is_as_fine_as_its_finest_value() -> None:
    """A depth of 1.0 beside others of two decimals is 1.00: a severity of 1.02 is above it."""
    frame = values(("POV.P1", 0, 2020, 1.0), ("POV.P2", 0, 2020, 1.02), ("POV.P1", 1, 2020, 1.11))
    coarse = frame.with_columns(pl.when(pl.col("_row") == 2).then(1).otherwise("places").cast(pl.Int8).alias("places"))

    assert codes(coarse) == ["part-above-whole"]


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


def test_a_year_that_wholly_repeats_the_one_before_is_told_as_a_copy_and_not_as_mostly_one() -> None:
    facts = [("EMP.TPT", at, year, 3 + at / 10) for at in range(12) for year in (2015, 2016)]

    assert codes(values(*facts)) == ["year-copied"]


def test_few_values_that_repeat_are_chance() -> None:
    """Nine regions keep their value and one does not; ten that keep theirs are told."""
    first = [("EMP.TPT", at, 2015, 3 + at / 10) for at in range(12)]
    second = [("EMP.TPT", at, 2016, 3 + at / 10 + (0.4 if at < 3 else 0)) for at in range(12)]
    more = [("EMP.TPT", at, 2016, 3 + at / 10 + (0.4 if at < 2 else 0)) for at in range(12)]

    assert codes(values(*first, *second)) == []
    assert codes(values(*first, *more)) == ["year-mostly-copied"]


def test_a_whole_year_of_few_regions_may_repeat() -> None:
    facts = [("EMP.TPT", at, year, 3 + at / 10) for at in range(9) for year in (2015, 2016)]

    assert codes(values(*facts)) == []


def test_poverty_lines_that_rise_by_whole_thousands_look_chosen_and_odd_ones_do_not() -> None:
    first = [("POV.GK", at, 2024, 400_000.0 + 37 * at) for at in range(20)]
    chosen = [("POV.GK", at, 2025, 400_000.0 + 37 * at + (9000 if at < 6 else 9011 + at)) for at in range(20)]
    odd = [("POV.GK", at, 2025, 400_000.0 + 37 * at + 9011 + at) for at in range(20)]

    assert codes(values(*first, *chosen, places=0)) == ["change-looks-chosen"]
    assert codes(values(*first, *odd, places=0)) == []


def test_four_round_changes_may_be_chance() -> None:
    first = [("POV.GK", at, 2024, 400_000.0 + 37 * at) for at in range(20)]
    four = [("POV.GK", at, 2025, 400_000.0 + 37 * at + (9000 if at < 4 else 9011 + at)) for at in range(20)]

    assert codes(values(*first, *four, places=0)) == []


@pytest.mark.parametrize(("count", "told"), [(5, []), (6, ["change-looks-chosen"])])
def test_round_changes_must_be_more_than_ten_times_what_chance_gives(count: int, told: list[str]) -> None:
    """Of 552 regions chance gives 0.552: from six on they are told, although five are looked at."""
    every = registered(CodeSystem.parse("kemendagri-2025"))[:552]
    rows = [
        ("POV.GK", str(one.region), one.name, year, "tahun",
         400_000.0 + 37 * at + (year - 2024) * (9000 if at < count else 9011 + at % 900), 0, None, "S", at + 2, "D")
        for at, one in enumerate(every)
        for year in (2024, 2025)
    ]  # fmt: skip

    found = check_values(pl.DataFrame(rows, schema=PLAIN, orient="row"), RULES)

    assert [one.code for one in found if one.code == "change-looks-chosen"] == told


def test_only_the_years_before_a_founding_are_told() -> None:
    """Morowali Utara, founded in 2013, has figures of its own from a year on that the register says."""
    (split,) = [one for one in every_split() if str(one.child) == "kemendagri-2025:72.12"]
    own = split.first_own_year
    rows = [
        ("POV.GK", str(split.child), "Morowali Utara", year, "maret", 300_000.0 + year, 0, None, "S", year - 2000, "D")
        for year in (own - 1, own, own + 1)
    ]

    (told,) = check_values(pl.DataFrame(rows, schema=PLAIN, orient="row"), RULES)

    assert (told.code, told.values["years"]) == ("filled-before-founding", (str(own - 1),))


def test_a_zero_among_values_that_may_be_negative_or_near_it_is_a_value() -> None:
    growth = [("ECO.LPE", at, 2021, 5.0 + at) for at in range(12)]
    small = [("POV.P2", at, 2021, 0.1 + at / 10) for at in range(12)]

    assert codes(values(*growth, ("ECO.LPE", 12, 2021, 0.0), ("ECO.LPE", 13, 2021, -3.0))) == []
    assert codes(values(*small, ("POV.P2", 12, 2021, 0.0))) == []


def test_a_column_of_one_value_is_told_and_one_of_zeros_by_its_own_name() -> None:
    assert codes(values(*(("INF.SAN", at, 2021, 40.0) for at in range(10)))) == ["column-constant"]
    assert codes(values(*(("INF.SAN", at, 2021, 0.0) for at in range(10)))) == ["column-all-zero"]
    assert codes(values(*(("INF.SAN", at, 2021, 40.0) for at in range(9)))) == []


def test_a_zero_far_below_all_other_values_is_doubted() -> None:
    facts = [("INF.SAN", at, 2021, 40.0 + at) for at in range(12)]

    assert codes(values(*facts, ("INF.SAN", 12, 2021, 0.0))) == ["zero-for-missing"]
    assert codes(values(*facts, ("INF.SAN", 12, 2021, 12.5))) == []


def test_a_region_that_its_table_gives_by_code_alone_is_named_by_the_register() -> None:
    frame = values(("POV.P1", 0, 2020, 40.0), ("POV.P0", 0, 2020, 39.0)).with_columns(name_read=pl.lit(""))

    (told,) = check_values(frame, RULES)

    assert told.values["name"] == REGIONS[0].name
