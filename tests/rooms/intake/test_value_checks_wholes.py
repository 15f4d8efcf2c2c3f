"""A province is the sum of its people, never the mean of its regions; number and percentage imply a population."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import given, strategies as st

from nangkis.intake.checks.values import check_values
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import children
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding
from tests.rooms.indicators.lakes import PLAIN
from tests.rooms.intake.files import read_text


RULES = rules_on(packaged(), date(2026, 11, 1))
PROVINCE = Region.parse("kemendagri-2025:36")  # Banten: eight kabupaten and kota, none split after 2008
PARTS = [part.region for part in children(PROVINCE)]


def table(*facts: tuple[str, Region, int, float]) -> pl.DataFrame:
    """Return facts (indicator, region, year, value) in the lake's form, one to a row of column C."""
    rows = [
        (code, str(region), str(region), year, "maret", value, 2, None, "S", row, "C")
        for row, (code, region, year, value) in enumerate(facts, start=2)
    ]
    return pl.DataFrame(rows, schema=PLAIN, orient="row")


def found(frame: pl.DataFrame, code: str) -> list[Finding]:
    return [finding for finding in check_values(frame, RULES) if finding.code == code]


def province(number: float, percent: float, parts: list[tuple[float, float]]) -> pl.DataFrame:
    numbers = [("POV.N", region, 2024, one) for region, (one, _) in zip(PARTS, parts, strict=True)]
    percents = [("POV.P0", region, 2024, one) for region, (_, one) in zip(PARTS, parts, strict=True)]
    return table(("POV.N", PROVINCE, 2024, number), ("POV.P0", PROVINCE, 2024, percent), *numbers, *percents)


# Seven regions of 100 thousand people with 10 thousand poor, one of 1,000 thousand people with 20 thousand poor.
EIGHT = [(10.0, 10.0)] * 7 + [(20.0, 2.0)]


def test_a_province_that_is_the_sum_of_its_people_passes() -> None:
    people, poor = 7 * 100 + 1000, 7 * 10 + 20

    assert found(province(poor, round(100 * poor / people, 2), EIGHT), "whole-not-its-parts") == []


def test_the_mean_of_the_regions_is_told_to_be_wrong() -> None:
    mean = (7 * 10.0 + 2.0) / 8

    (told,) = found(province(90, mean, EIGHT), "whole-not-its-parts")

    assert (told.at, told.values["value"], told.values["again"]) == ("S!C3", 9.0, round(100 * 90 / 1700, 2))


def test_a_number_beyond_the_rounding_of_all_parts_is_told_and_one_within_is_not() -> None:
    share = round(100 * 90 / 1700, 2)

    assert found(province(90 + 9 * 0.005, share, EIGHT), "whole-not-its-parts") == []
    (told,) = found(province(90.06, share, EIGHT), "whole-not-its-parts")
    assert (told.at, told.values["again"]) == ("S!C2", 90.0)


def test_nothing_is_said_of_a_province_of_which_a_region_lacks() -> None:
    frame = province(50, 9, EIGHT).filter(pl.col("region") != str(PARTS[0]))

    assert found(frame, "whole-not-its-parts") == []


def test_nothing_is_said_of_a_year_in_which_a_region_lacks_though_another_year_has_it() -> None:
    """All eight are in the table, but of 2024 only seven: neither their number nor their percentage is the whole's."""
    frame = province(50, 9, EIGHT)
    earlier = pl.when(pl.col("region") == str(PARTS[0])).then(2023).otherwise("year").cast(pl.Int32)

    assert found(frame.with_columns(earlier.alias("year")), "whole-not-its-parts") == []


def test_a_percentage_too_high_is_told_as_one_too_low_is() -> None:
    exact = 100 * 90 / 1700

    assert len(found(province(90, round(exact + 0.5, 2), EIGHT), "whole-not-its-parts")) == 1
    assert len(found(province(90, round(exact - 0.5, 2), EIGHT), "whole-not-its-parts")) == 1
    # Five hundredths beyond rounding are allowed: sources of a province and of its regions differ by so much.
    assert found(province(90, round(exact - 0.04, 2), EIGHT), "whole-not-its-parts") == []
    assert found(province(90, round(exact + 0.04, 2), EIGHT), "whole-not-its-parts") == []


def test_a_region_without_poor_people_implies_no_population() -> None:
    frame = table(
        ("POV.N", PARTS[0], 2023, 0.0), ("POV.P0", PARTS[0], 2023, 0.0),
        ("POV.N", PARTS[0], 2024, 1.0), ("POV.P0", PARTS[0], 2024, 1.0),
    )  # fmt: skip

    assert found(frame, "implied-population-jumps") == []


def test_a_population_that_is_lost_within_a_year_is_told_too() -> None:
    frame = table(
        ("POV.N", PARTS[0], 2023, 10.0), ("POV.P0", PARTS[0], 2023, 10.0),
        ("POV.N", PARTS[0], 2024, 5.0), ("POV.P0", PARTS[0], 2024, 10.0),
    )  # fmt: skip

    (told,) = found(frame, "implied-population-jumps")
    assert (told.values["implied"], told.values["before"]) == (50.0, 100.0)


def test_a_nation_is_held_against_its_provinces() -> None:
    nation = Region.parse("kemendagri-2025:00")
    provinces = [("POV.N", part.region, 2024, 100.0) for part in children(nation)]

    assert found(table(("POV.N", nation, 2024, 3800.0), *provinces), "whole-not-its-parts") == []
    (told,) = found(table(("POV.N", nation, 2024, 3900.0), *provinces), "whole-not-its-parts")
    assert (told.at, told.values["count"], told.values["again"]) == ("S!C2", 38, 3800.0)


def test_a_column_is_as_fine_as_its_finest_value() -> None:
    """A number of 90.1 beside others of two decimals is 90.10, and not the 90.03 of its regions."""
    frame = province(90.1, round(100 * 90 / 1700, 2), [*EIGHT[:-1], (20.03, 2.0)])
    dropped = pl.when(pl.col("_row") == 2).then(1).otherwise("places").cast(pl.Int8)
    own = frame.with_columns(dropped.alias("places")).filter(pl.col("indicator") == "POV.N")
    coarse = own.with_columns(pl.lit(1, pl.Int8).alias("places"))

    assert len(found(own, "whole-not-its-parts")) == 1
    assert found(coarse, "whole-not-its-parts") == []


def test_a_population_that_leaps_within_a_year_is_told_at_the_number() -> None:
    here = PARTS[0]
    before = (("POV.N", here, 2023, 10.0), ("POV.P0", here, 2023, 10.0))  # 100 thousand people
    steady, leapt = ("POV.N", here, 2024, 10.5), ("POV.N", here, 2024, 105.0)
    percent = ("POV.P0", here, 2024, 10.0)

    assert found(table(*before, steady, percent), "implied-population-jumps") == []
    (told,) = found(table(*before, leapt, percent), "implied-population-jumps")
    assert (told.at, told.values["implied"], told.values["before"]) == ("S!C4", 1050.0, 100.0)


def test_a_population_far_from_the_published_one_is_told_with_all_three_cells() -> None:
    """Ten thousand poor are ten percent: 100 thousand people. The published population may be of another base."""
    here = PARTS[0]
    poor = (("POV.N", here, 2024, 10.0), ("POV.P0", here, 2024, 10.0))
    near, far = ("DEM.POP", here, 2024, 84_000.0), ("DEM.POP", here, 2024, 82_000.0)

    assert found(table(*poor, near), "implied-population-unlike") == []
    (told,) = found(table(*poor, far), "implied-population-unlike")
    assert (told.at, told.values["other"], told.values["third"]) == ("S!C2", "S!C3", "S!C4")
    assert (told.values["implied"], told.values["people"]) == (100.0, 82.0)
    (below,) = found(table(*poor, ("DEM.POP", here, 2024, 130_000.0)), "implied-population-unlike")
    assert below.values["people"] == 130.0
    assert found(table(*poor, ("DEM.POP", here, 2023, 200_000.0)), "implied-population-unlike") == []


PEOPLE = st.tuples(st.integers(100, 5000), st.floats(2, 40))


@given(st.lists(PEOPLE, min_size=len(PARTS), max_size=len(PARTS)))
def test_rounding_alone_is_never_told(regions: list[tuple[int, float]]) -> None:
    poor = [people * share / 100 for people, share in regions]
    exact = 100 * sum(poor) / sum(people for people, _ in regions)
    parts = [(round(one, 2), round(share, 2)) for one, (_, share) in zip(poor, regions, strict=True)]

    assert found(province(round(sum(poor), 2), round(exact, 2), parts), "whole-not-its-parts") == []


def test_number_and_percentage_that_mean_a_population_of_no_region_are_told_in_one_file_of_one_year(
    tmp_path: Path,
) -> None:
    text = (
        "Kabupaten/Kota,Jumlah Penduduk Miskin (ribu jiwa) 2024,Persentase Penduduk Miskin 2024\n"
        "Kabupaten Pacitan,5500.0,13.65\nKabupaten Ponorogo,83.5,9.53\n"
    )
    outcome = read_text(tmp_path, text)
    (told,) = [finding for finding in outcome.findings if finding.code == "implied-population-beyond"]
    assert (told.at, told.values["other"], told.values["implied"]) == ("csv!B2", "csv!C2", 40293.0)
