"""A slipped decimal mark is told with the likely value, and a column that is made another way is told once."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.content.messages import finding_words
from nangkis.intake.checks.values import check_values
from nangkis.intake.reading import read_file
from nangkis.intake.request import Request
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import registered
from nangkis.regions.splits import every_split
from nangkis.vocabulary.codes import CodeSystem
from nangkis.vocabulary.findings import Finding
from tests.rooms.indicators.lakes import PLAIN


DAY = date(2026, 11, 1)
RULES = rules_on(packaged(), DAY)
SPLIT = {split.parent for split in every_split()} | {split.child for split in every_split()}
REGIONS = [one for one in registered(CodeSystem.parse("kemendagri-2025")) if one.region not in SPLIT][50:90]
YEARS = range(2015, 2023)
COUNT = 20


def table(*facts: tuple[str, int, int, float], places: int = 2) -> pl.DataFrame:
    """Return facts (indicator, number of the region, year, value): a row for each region, a column for each year."""
    rows = [
        (code, str(REGIONS[at].region), REGIONS[at].name, year, "tahun", value, places, None, "S", at + 2,
         chr(ord("A") + year - 2010))
        for code, at, year, value in facts
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=PLAIN, orient="row")


def series(indicator: str, start: float, step: float, count: int = COUNT) -> dict[tuple[str, int, int], float]:
    """Return slowly moving drawn values of several regions and years."""
    draw = random.Random(11)  # noqa: S311 - numbers for a test
    return {
        (indicator, at, year): round(start + at * start / 40 + step * (year - 2015) + draw.uniform(-0.1, 0.1), 2)
        for at in range(count)
        for year in YEARS
    }


def found(facts: dict[tuple[str, int, int], float], *codes: str) -> list[Finding]:
    frame = table(*((*key, value) for key, value in facts.items()))
    return [finding for finding in check_values(frame, RULES) if not codes or finding.code in codes]


@pytest.mark.parametrize("power", [-2, -1, 1, 2])
@pytest.mark.parametrize("year", [2015, 2018, 2022])
def test_a_number_a_power_of_ten_off_its_years_is_told_with_the_likely_value_and_nothing_else_is(
    power: int, year: int
) -> None:
    facts = series("POV.N", 40, 0.2)
    right = facts["POV.N", 7, year]
    facts["POV.N", 7, year] = right * 10.0**power

    (told,) = found(facts)

    assert (told.code, told.at) == ("decimal-slip", f"S!{chr(ord('A') + year - 2010)}9")
    assert told.values["likely"] == pytest.approx(right)
    assert told.values["slip"] == {-2: "hundredth", -1: "tenth", 1: "ten-times", 2: "hundred-times"}[power]


def test_a_slip_is_told_in_a_file_of_one_region_alone() -> None:
    facts = series("POV.P0", 8, -0.1, count=1)
    right = facts["POV.P0", 0, 2018]
    facts["POV.P0", 0, 2018] = right / 10

    (told,) = found(facts)

    assert (told.code, told.values["likely"]) == ("decimal-slip", pytest.approx(right))


def test_a_small_number_that_slipped_is_told_where_the_years_leave_no_doubt() -> None:
    """From 0.4 to 4.0 is a credible change of unemployment, but not when all years around say 0.4."""
    steady = {("EMP.TPT", 0, year): 0.40 for year in YEARS} | {("EMP.TPT", 0, 2018): 4.1}
    restless = steady | {("EMP.TPT", 0, 2017): 0.7}

    assert [told.code for told in found(steady)] == ["decimal-slip"]
    assert found(restless, "decimal-slip") == []


def test_a_true_leap_that_is_no_power_of_ten_is_a_jump_and_no_slip() -> None:
    facts = series("POV.P0", 8, -0.1)
    facts["POV.P0", 3, 2018] += 20

    assert {told.code for told in found(facts)} == {"value-jumps"}


def test_a_level_that_stays_is_no_slip() -> None:
    """From 2019 on every value is ten times as large: which half is wrong nobody can tell from the numbers."""
    facts = series("POV.N", 40, 0.2)
    facts |= {key: value * 10 for key, value in facts.items() if key[1] == 4 and key[2] >= 2019}

    assert found(facts, "decimal-slip") == []


def test_in_a_table_of_one_year_the_other_regions_tell_a_slip() -> None:
    facts = {("POV.GK", at, 2024): 400_000.0 + 3_517 * at for at in range(COUNT)}
    low, high = facts | {("POV.GK", 5, 2024): 150_000.0}, facts | {("POV.GK", 5, 2024): 4_175_850.0}

    assert found(low, "decimal-slip") == []
    (told,) = found(high, "decimal-slip")
    assert (told.at, told.values["likely"]) == ("S!O7", 417_585.0)


def test_few_other_regions_prove_nothing() -> None:
    facts = {("POV.GK", at, 2024): 400_000.0 + 3_517 * at for at in range(9)} | {("POV.GK", 9, 2024): 4_175_850.0}

    assert found(facts, "decimal-slip") == []


def test_a_small_share_is_not_told_to_have_slipped_for_its_rounding() -> None:
    facts = {("POV.P2", at, 2024): 0.30 + at / 100 for at in range(COUNT)} | {("POV.P2", 0, 2024): 0.04}

    assert found(facts, "decimal-slip") == []


def test_a_growth_rate_may_be_a_tenth_of_that_of_other_years() -> None:
    """What may fall below zero has no size that a slip could change by ten."""
    facts = {("ECO.LPE", 0, year): 5.0 for year in YEARS} | {("ECO.LPE", 0, 2018): 0.5}

    assert found(facts, "decimal-slip") == []


def test_a_value_four_times_its_years_is_a_leap_and_no_slip() -> None:
    """35 is no power of ten off 8, though 3.5 would be credible."""
    facts = {("POV.P0", 0, year): 8.0 for year in YEARS} | {("POV.P0", 0, 2018): 35.0}

    assert {told.code for told in found(facts)} == {"value-jumps"}


def test_years_that_do_not_agree_tell_nothing_of_a_slip() -> None:
    values = {2016: 4.0, 2017: 8.0, 2018: 60.0, 2019: 5.0, 2020: 9.0}

    assert found({("POV.N", 0, year): value for year, value in values.items()}, "decimal-slip") == []


def test_a_slip_is_told_only_where_the_likely_value_would_be_credible() -> None:
    """A tenth of 1,350,000 people is a third more than the years around say, more than a year can bring."""
    steady = {("DEM.POP", 0, year): 100_000.0 for year in YEARS}

    assert found(steady | {("DEM.POP", 0, 2018): 1_350_000.0}, "decimal-slip") == []
    assert len(found(steady | {("DEM.POP", 0, 2018): 1_100_000.0}, "decimal-slip")) == 1


def test_a_likely_value_that_cannot_be_is_none() -> None:
    """Ten times 10.4 percent are more than all households."""
    facts = {("SOC.RASKIN", 0, year): 97.0 for year in YEARS} | {("SOC.RASKIN", 0, 2018): 10.4}

    assert found(facts, "decimal-slip") == []


def test_a_value_that_would_not_lie_among_the_other_regions_is_no_slip_among_them() -> None:
    facts = {("POV.GK", at, 2024): 400_000.0 + 3_517 * at for at in range(COUNT)} | {("POV.GK", 5, 2024): 2_500_000.0}

    assert found(facts, "decimal-slip") == []


def test_with_two_years_the_one_farther_from_the_other_regions_slipped() -> None:
    facts = {key: value for key, value in series("POV.N", 40, 0.2).items() if key[2] in {2018, 2019}}
    right = facts["POV.N", 6, 2018]
    facts["POV.N", 6, 2018] = right * 10

    (told,) = found(facts, "decimal-slip")

    assert (told.values["year"], told.values["likely"]) == ("2018", pytest.approx(right))


def test_a_number_refused_as_impossible_is_told_with_its_likely_value(tmp_path: Path) -> None:
    """The index of 7123 is no index, so the cell is not taken; the years around it say 71.23."""
    path = tmp_path / "ipm.csv"
    lines = [f"{place.name},70.61,7123,71.89" if at == 2 else f"{place.name},70.01,70.52,71.08"
             for at, place in enumerate(REGIONS[:12])]  # fmt: skip
    path.write_text("\n".join(["Kabupaten/Kota,IPM 2022,IPM 2023,IPM 2024", *lines]), encoding="utf-8")

    (outcome,) = read_file(path, Request(), parameters=packaged(), on=DAY)

    told = {one.code: one for one in outcome.findings if one.at == "csv!C4"}
    assert set(told) == {"value-implausible", "decimal-slip"}
    assert (told["decimal-slip"].values["value"], told["decimal-slip"].values["likely"]) == (7123.0, 71.23)
    assert outcome.reading is not None
    assert outcome.reading.frame.filter(pl.col("missing") == "implausible").height == 1


def test_an_index_that_another_method_makes_from_one_year_on_is_one_finding() -> None:
    facts = series("DEV.IPM", 66, 0.6)
    facts |= {key: value - 5 for key, value in facts.items() if key[2] >= 2019}

    (told,) = found(facts)

    assert (told.code, told.at, told.values["year"]) == ("method-changes", "S!J", "2019")
    assert (told.values["count"], told.values["rows"]) == (COUNT, COUNT)
    assert told.values["methods"] == ("DEV.IPM.LAMA", "DEV.IPM.SP2010", "DEV.IPM.LF")


def test_a_change_of_method_too_small_to_be_a_jump_is_told_too() -> None:
    """As in the real table of provinces: 2021 rose by 1.5 points where other years rise by 0.6."""
    facts = series("DEV.IPM", 66, 0.6)
    facts |= {key: value + 1.2 for key, value in facts.items() if key[2] >= 2021}

    (told,) = found(facts)

    assert (told.code, told.values["year"]) == ("method-changes", "2021")


def test_regions_that_move_both_ways_are_not_made_another_way() -> None:
    facts = series("DEV.IPM", 66, 0.6)
    facts |= {key: value + (1.5 if key[1] < 12 else -1.5) for key, value in facts.items() if key[2] >= 2019}

    assert found(facts, "method-changes") == []


def test_two_steps_do_not_say_what_is_usual() -> None:
    facts = {key: value for key, value in series("DEV.IPM", 66, 0.6).items() if key[2] in {2019, 2020, 2021}}
    facts |= {key: value + 1.2 for key, value in facts.items() if key[2] == 2021}

    assert found(facts, "method-changes") == []


def test_in_a_long_table_the_first_cells_are_told_and_not_the_column_of_all_years() -> None:
    facts = series("DEV.IPM", 66, 0.6)
    facts |= {key: value - 5 for key, value in facts.items() if key[2] >= 2019}
    frame = table(*((*key, value) for key, value in facts.items())).with_columns(
        pl.lit("D").alias("_col"), pl.int_range(2, len(facts) + 2, dtype=pl.Int32).alias("_row")
    )

    (told,) = check_values(frame, RULES)

    # Eight years of each region stand one below the other; 2019 is the fifth.
    assert (told.code, told.at) == ("method-changes", "S!D6, D14, D22, D30, D38, …")


def test_extreme_poverty_by_a_new_line_is_told_as_a_change_of_method() -> None:
    facts = {key: value / 10 for key, value in series("POV.EX", 12, -0.3).items()}
    facts |= {key: value * 1.5 for key, value in facts.items() if key[2] >= 2021}

    (told,) = found(facts, "method-changes")

    assert (told.values["year"], told.values["methods"]) == ("2021", ("POV.EX.PPP2017",))


def test_a_year_that_hit_all_regions_is_no_change_of_method_where_only_one_is_known() -> None:
    """Unemployment of 2020 rose everywhere; it is made one way only."""
    facts = series("EMP.TPT", 5, -0.05)
    facts |= {key: value + 2 for key, value in facts.items() if key[2] >= 2020}

    assert found(facts) == []


def test_a_column_in_another_unit_is_one_finding_and_neither_jumps_nor_slips() -> None:
    facts = series("POV.N", 40, 0.2)
    facts |= {key: value * 10 for key, value in facts.items() if key[2] >= 2020}

    (told,) = found(facts)

    assert (told.code, told.at, told.values["count"]) == ("column-jumps", "S!K", COUNT)


def test_one_year_alone_in_another_unit_is_told_going_in_and_coming_out() -> None:
    facts = series("POV.N", 40, 0.2)
    facts |= {key: value * 10 for key, value in facts.items() if key[2] == 2019}

    assert [(told.code, told.values["year"]) for told in found(facts)] == [
        ("column-jumps", "2019"),
        ("column-jumps", "2020"),
    ]


def test_a_region_that_leaps_against_its_column_is_still_told_by_itself() -> None:
    facts = series("DEV.IPM", 66, 0.6)
    facts |= {key: value - 5 for key, value in facts.items() if key[2] >= 2019}
    facts |= {key: value + 12 for key, value in facts.items() if key[1] == 4 and key[2] >= 2019}

    assert [(told.code, told.values["name"]) for told in found(facts, "value-jumps")] == [
        ("value-jumps", REGIONS[4].name)
    ]


def test_few_regions_that_leap_are_told_one_by_one() -> None:
    facts = series("DEV.IPM", 66, 0.6, count=5)
    facts |= {key: value - 5 for key, value in facts.items() if key[2] >= 2019}

    assert [told.code for told in found(facts)] == ["value-jumps"] * 5


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sentences_name_cell_value_and_likely_value(language: str) -> None:
    facts = series("POV.N", 40, 0.2)
    facts["POV.N", 7, 2018] = 4123.0

    says, do = finding_words(found(facts)[0], language)  # type: ignore[arg-type]

    assert "S!I9" in says
    assert "41,23" in says or "41.23" in says
    assert do
