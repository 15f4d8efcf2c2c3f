"""What a table and those accepted before it say together, with the cells of both, and nothing that one says alone."""

from __future__ import annotations

from datetime import date

import polars as pl

from nangkis.intake.checks.across import Accepted, check_across
from nangkis.intake.checks.values import check_values
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.regions.register import children
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding
from tests.rooms.indicators.lakes import PLAIN


RULES = rules_on(packaged(), date(2026, 11, 1))
BANTEN = Region.parse("kemendagri-2025:36")  # eight kabupaten and kota, none split after 2008
PARTS = [part.region for part in children(BANTEN)]
JATIM = children(Region.parse("kemendagri-2025:35"))
P0 = (10.0, 9.5, 8.25, 7.5, 6.75, 5.5, 4.25, 3.0)


def table(*facts: tuple[str, Region, int, float], places: int = 2) -> pl.DataFrame:
    """Return facts (indicator, region, year, value) in the lake's form, one to a row of column C."""
    rows = [
        (code, str(region), str(region), year, "maret", value, places, None, "S", row, "C")
        for row, (code, region, year, value) in enumerate(facts, start=2)
    ]
    return pl.DataFrame(rows, schema=PLAIN, orient="row")


def column(indicator: str, year: int, values: tuple[float, ...] = P0, *, places: int = 2) -> pl.DataFrame:
    return table(
        *((indicator, region, year, value) for region, value in zip(PARTS, values, strict=True)), places=places
    )


def accepted(values: pl.DataFrame, file: str = "bps.csv") -> Accepted:
    return Accepted(f"Tabel {file}", file, values)


def across(own: pl.DataFrame, *held: Accepted) -> list[Finding]:
    return list(check_across(own, held, RULES))


def test_another_value_of_the_same_fact_is_told_with_both_cells_and_values() -> None:
    mine = (*P0[:3], 7.9, *P0[4:])

    (told,) = across(column("POV.P0", 2024, mine), accepted(column("POV.P0", 2024)))

    assert (told.code, told.at, told.values["other"]) == ("value-unlike-accepted", "S!C5", "[bps.csv]S!C5")
    assert (told.values["value"], told.values["held"], told.values["title"]) == (7.9, 7.5, "Tabel bps.csv")


def test_a_value_within_the_rounding_of_the_coarser_table_is_the_same() -> None:
    """9.54 is 9.5 to one decimal; 9.56 is not."""
    coarse = column("POV.P0", 2024, (9.5,) * 8, places=1)

    assert across(column("POV.P0", 2024, (9.54,) * 8), accepted(coarse)) == []
    (told,) = across(column("POV.P0", 2024, (9.56, *(9.5,) * 7)), accepted(coarse))
    assert (told.code, told.at) == ("value-unlike-accepted", "S!C2")


def test_a_column_that_differs_as_a_whole_is_one_finding_at_its_largest_difference() -> None:
    """Such as values of September beside those of March, or an index of another method."""
    september = tuple(value - 0.2 for value in P0)
    own = column("POV.P0", 2024, (*september[:3], 6.0, *september[4:]))

    (told,) = across(own, accepted(column("POV.P0", 2024)))

    assert (told.code, told.at, told.values["other"]) == ("column-unlike-accepted", "S!C5", "[bps.csv]S!C5")
    assert (told.values["count"], told.values["rows"]) == (8, 8)


def test_a_region_that_its_table_names_by_code_alone_is_told_by_its_name() -> None:
    own = column("POV.P0", 2024, (7.0, *P0[1:])).with_columns(pl.lit("").alias("name_read"))

    (told,) = across(own, accepted(column("POV.P0", 2024)))

    assert told.values["name"] == "Kabupaten Pandeglang"


def many(year: int, *, changed: int, by: float = 0.4) -> pl.DataFrame:
    """Return the unemployment of thirty-eight regions, of which some ``changed`` from a fixed value each."""
    facts = [("EMP.TPT", one.region, year, 3 + at / 10 + (by if at < changed else 0)) for at, one in enumerate(JATIM)]
    return table(*facts)


def test_a_finding_about_the_column_of_another_table_is_not_this_ones() -> None:
    """The year copied lies between two accepted tables; the third, of another region, changes nothing about it."""
    held = accepted(many(2024, changed=4), "b.csv"), accepted(many(2023, changed=0), "a.csv")
    own = table(("EMP.TPT", BANTEN, 2024, 6.2), ("EMP.TPT", BANTEN, 2023, 6.5))

    assert across(own, *held) == []


def test_a_year_that_copies_that_of_another_file_is_told() -> None:
    (told,) = across(many(2024, changed=4), accepted(many(2023, changed=0)))

    assert (told.code, told.values["count"], told.values["rows"]) == ("year-mostly-copied", 34, 38)


def test_values_that_differ_in_fewer_than_half_of_the_regions_are_told_one_by_one() -> None:
    told = across(many(2024, changed=10), accepted(many(2024, changed=0)))

    assert [one.code for one in told] == ["value-unlike-accepted"] * 10


def test_few_regions_that_all_differ_are_told_one_by_one() -> None:
    facts = [("POV.P0", region, 2024, 50.0) for region in PARTS[:3]]

    assert [one.code for one in across(table(*facts), accepted(column("POV.P0", 2024)))] == [
        "value-unlike-accepted"
    ] * 3


def test_a_cell_without_a_value_does_not_hide_the_value_of_an_earlier_table() -> None:
    later = column("POV.N", 2024).with_columns(
        pl.when(pl.col("_row") > 2).then("value").alias("value"),
        pl.when(pl.col("_row") == 2).then(pl.lit("dots")).alias("missing"),
    )

    told = across(
        table(("POV.N", BANTEN, 2024, 60.0)), accepted(later, "b.csv"), accepted(column("POV.N", 2024), "a.csv")
    )

    assert [(one.code, one.values["again"]) for one in told] == [("whole-not-its-parts", sum(P0))]


def test_what_each_table_says_of_a_region_before_its_founding_is_not_said_of_both_again() -> None:
    utara = Region.parse("kemendagri-2025:72.12")
    own, held = table(("POV.P0", utara, 2011, 17.0)), table(("POV.P0", utara, 2012, 16.5))

    assert across(own, accepted(held)) == []


def test_other_regions_years_and_periods_are_other_facts() -> None:
    own = column("POV.P0", 2024)
    september = own.with_columns(pl.lit("september").alias("period"), pl.col("value") + 1)
    elsewhere = table(("POV.P0", BANTEN, 2024, 5.0))

    assert across(own, accepted(september), accepted(elsewhere)) == []


def test_a_province_in_one_file_is_compared_with_its_regions_in_another() -> None:
    """The number of poor people of the eight is 54.75 thousand; the province's own table says 60."""
    regions, province = column("POV.N", 2024), table(("POV.N", BANTEN, 2024, 60.0))
    right = table(("POV.N", BANTEN, 2024, sum(P0)))

    (forward,) = across(province, accepted(regions, "kabkota.csv"))
    (backward,) = across(regions, accepted(province, "provinsi.csv"))

    assert (forward.code, forward.at) == ("whole-not-its-parts", "S!C2")
    assert (backward.code, backward.at) == ("whole-not-its-parts", "[provinsi.csv]S!C2")
    assert (forward.values["value"], forward.values["again"], forward.values["count"]) == (60.0, sum(P0), 8)
    assert across(right, accepted(regions)) == []


def test_the_percentage_of_a_province_needs_four_columns_that_may_lie_in_four_files() -> None:
    """Eight regions of 100 thousand people; the mean of percentages that the province says is wrong by design."""
    people = (100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0)
    poor = tuple(round(p * n / 100, 2) for p, n in zip(P0, people, strict=True))
    mean = sum(P0) / 8
    held = (
        accepted(column("POV.N", 2024, poor), "n-kabkota.csv"),
        accepted(column("POV.P0", 2024), "p0-kabkota.csv"),
        accepted(table(("POV.N", BANTEN, 2024, sum(poor))), "n-provinsi.csv"),
    )

    (told,) = across(table(("POV.P0", BANTEN, 2024, mean)), *held)

    assert (told.code, told.at) == ("whole-not-its-parts", "S!C2")
    assert told.values["again"] == round(100 * sum(poor) / sum(people), 2)


def test_a_part_above_its_whole_is_told_when_they_lie_in_two_files() -> None:
    (told,) = across(column("POV.P2", 2024, (0.9,) * 8), accepted(table(("POV.P1", PARTS[0], 2024, 0.5))))

    assert (told.code, told.at, told.values["other"]) == ("part-above-whole", "S!C2", "[bps.csv]S!C2")


def test_a_leap_between_two_files_of_one_year_each_is_told() -> None:
    before, after = column("POV.P0", 2023), column("POV.P0", 2024, (22.0, *P0[1:]))

    (told,) = [one for one in across(after, accepted(before)) if one.code == "value-jumps"]

    assert (told.at, told.values["before"], told.values["value"]) == ("S!C2", 10.0, 22.0)


def test_no_leap_is_told_between_tables_that_are_no_one_series() -> None:
    """The accepted table says otherwise of 2023 throughout: its 2022 beside this 2023 is no change of a region."""
    held = [accepted(column("POV.P0", year, tuple(one + 20 for one in P0)), f"{year}.csv") for year in (2023, 2022)]

    told = across(column("POV.P0", 2023), *held)

    assert [one.code for one in told] == ["column-unlike-accepted"]


def test_a_slip_is_told_by_the_years_in_other_files() -> None:
    held = [accepted(column("POV.P0", year), f"{year}.csv") for year in (2021, 2022, 2023)]
    own = column("POV.P0", 2024, (1.0, *(value + 0.01 for value in P0[1:])))

    (told,) = [one for one in across(own, *held) if one.code == "decimal-slip"]

    assert (told.at, told.values["likely"]) == ("S!C2", 10.0)


def test_what_one_table_says_alone_is_not_said_again() -> None:
    own = pl.concat([column("POV.P1", 2024, (1.0,) * 8), column("POV.P2", 2024, (2.0,) * 8)])
    held = pl.concat([column("POV.P1", 2023, (1.0,) * 8), column("POV.P2", 2023, (2.0,) * 8)])

    assert "part-above-whole" in [one.code for one in check_values(own, RULES)]
    assert "part-above-whole" not in [one.code for one in across(own, accepted(held))]


def test_the_latest_accepted_table_counts_where_two_say_the_same_fact() -> None:
    """The later table of regions adds up to the province; the earlier one does not, and is not used."""
    earlier, later = column("POV.N", 2024, (1.0,) * 8), column("POV.N", 2024)

    told = across(table(("POV.N", BANTEN, 2024, sum(P0))), accepted(later, "b.csv"), accepted(earlier, "a.csv"))

    assert told == []


def test_tables_of_other_matters_and_of_years_long_before_say_nothing() -> None:
    own = column("POV.P0", 2024)

    assert across(own, accepted(column("EMP.TPT", 2023, (90.0,) * 8))) == []
    assert across(own, accepted(column("POV.P0", 2020, (70.0,) * 8))) == []
