"""Every fault that the descriptions of the real data name is in docs/faults-found.md, with the test that holds it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nangkis.intake.checks.across import Accepted, check_across
from nangkis.intake.rules import rules_on
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.findings import Finding
from tests.real.test_second_reading import BOOKS, FOLDER, Book, read, second_reading


ROOT = Path(__file__).parents[2]
RULES = rules_on(packaged(), date(2026, 11, 5))
NOT_VISIBLE = ("not visible: ", "no fault: ", "not among these data: ", "not read by intake: ")


def book(part: str, sheet: str | None = None) -> Book:
    (found,) = [one for one in BOOKS if part in one.name and sheet in {None, one.sheet}]
    return found


def findings(shared_data: Path, part: str, code: str, sheet: str | None = None) -> list[Finding]:
    return [one for one in read(shared_data, book(part, sheet)).findings if one.code == code]


def frame(shared_data: Path, part: str, sheet: str | None = None) -> pl.DataFrame:
    reading = read(shared_data, book(part, sheet)).reading
    assert reading is not None
    return reading.frame


def across(shared_data: Path, part: str, other: str, code: str) -> list[Finding]:
    held = Accepted(other, other, frame(shared_data, other))
    return [one for one in check_across(frame(shared_data, part), [held], RULES) if one.code == code]


def faults() -> list[list[str]]:
    text = (ROOT / "docs/faults-found.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row for row in rows if row[0] not in {"fault", "---"}]


def test_every_fault_is_held_by_a_test_that_exists_or_is_not_visible_for_a_reason() -> None:
    tests = set(re.findall(r"^def (test_\w+)", "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")), re.MULTILINE))  # fmt: skip

    for fault, found, held in faults():
        named = re.findall(r"`(test_\w+)`", held)
        assert set(named) <= tests, fault
        assert named or found.startswith(NOT_VISIBLE), fault


def test_every_described_folder_of_data_has_its_faults_listed(shared_data: Path) -> None:
    listed = " ".join(fault for fault, _, _ in faults())

    for file in shared_data.glob("*/PROVENANCE.md"):
        assert file.parent.name in listed, file


def test_ten_changes_of_p0_above_five_points_are_told(shared_data: Path) -> None:
    told = findings(shared_data, "miranti_p0", "value-jumps")

    sizes = [abs(float(str(one.values["value"])) - float(str(one.values["before"]))) for one in told]
    assert (len(told), round(max(sizes), 2)) == (10, 9.78)


def test_subsidised_rice_above_all_households_is_not_taken(shared_data: Path) -> None:
    told = findings(shared_data, "DERIVED", "value-implausible")

    assert [one.values["indicator"] for one in told] == ["SOC.RASKIN"] * 3
    assert all(float(str(one.values["cell"])) > 100 for one in told)


def test_mixed_decimal_marks_are_counted_with_the_cells_that_have_the_other_one(shared_data: Path) -> None:
    """Of P0 two cells and of schooling seventy use the dot; whole numbers have no mark at all."""
    rows = second_reading(shared_data / FOLDER / book("klasifikasi").name, "csv", ";")[1:]
    for letter, column, dots in (("C", 2, 2), ("D", 3, 70)):
        cells = [row[column] for row in rows]
        assert sum("." in cell for cell in cells) == dots
        (repair,) = [
            one
            for one in read(shared_data, book("klasifikasi")).repairs
            if one.code == "number-marks" and one.at.startswith(f"csv!{letter}")
        ]
        assert repair.count == sum("," in cell for cell in cells)


def test_dashes_of_the_index_are_missing_values(shared_data: Path) -> None:
    """Fifty-three, fifty-three and thirty-eight rows; the rest of them stand in rows of regions told twice."""
    for year, dashes in ((2011, 53), (2012, 53), (2013, 38)):
        one = book(f"Manusia Menurut Kabupaten_Kota, {year}")
        rows = second_reading(shared_data / FOLDER / one.name, "csv", ",")
        assert sum(row[1].strip() == "-" for row in rows) == dashes
        taken = frame(shared_data, one.name)
        printed = sum(rows[row - 1][1].strip() == "-" for row in taken["_row"])
        assert taken.filter(pl.col("missing") == "dash").height == printed > 0


def test_numbers_typed_as_text_with_blanks_and_commas_are_mended_in_every_year(shared_data: Path) -> None:
    outcome = read(shared_data, book("grdp_pc_514"))

    assert Counter(repair.code for repair in outcome.repairs)["number-marks"] == 25
    assert not [one for one in outcome.findings if one.code == "number-ambiguous"]
    assert frame(shared_data, "grdp_pc_514").filter(pl.col("missing") == "unreadable").is_empty()


def test_a_number_that_may_be_two_is_read_as_all_others_of_its_column(shared_data: Path) -> None:
    """By itself " 658,303 " may be a thousandth of it; of the other cells of the year, no comma is a decimal one."""
    table = frame(shared_data, "grdp_pc_514")
    assert table.filter((pl.col("_col") == "G") & (pl.col("_row") == 366))["value"].to_list() == [658303]


def test_a_line_that_no_year_has_is_no_value(shared_data: Path) -> None:
    """Poverty lines of 2015 and 2016 lack in the collection of provinces."""
    lines = frame(shared_data, "fondasi", "Poverty_Raw").filter(
        (pl.col("indicator") == "POV.GK") & pl.col("value").is_not_null()
    )

    assert lines["year"].min() == 2017


def test_september_of_2023_is_in_no_table(shared_data: Path) -> None:
    taken = frame(shared_data, "Provinsi, 2023").filter(pl.col("period") == "september")

    assert taken.filter(pl.col("value").is_not_null()).is_empty()
    assert set(taken["missing"]) == {"dots"}


def test_zeros_of_a_province_not_yet_founded_are_no_values_or_told(shared_data: Path) -> None:
    told = {one.values["year"] for one in findings(shared_data, "pengangguran", "zero-for-missing")}
    lost = {one.at for one in findings(shared_data, "giniratio", "value-implausible")}

    assert told == {"2010", "2011", "2012", "2013", "2014"}
    assert lost == {f"Sheet1!{letter}25" for letter in "BCDEF"}


def test_names_with_a_comma_for_a_dot_are_refused_with_the_likely_region(shared_data: Path) -> None:
    told = findings(shared_data, "giniratio", "region-name-unknown")

    assert [one.values["name"] for one in told] == ["KEP, BANGKA BELITUNG", "KEP, RIAU"]
    assert "Kepulauan Bangka Belitung" in str(told[0].values["candidates"])


def test_the_index_of_provinces_changes_its_method_in_2013(shared_data: Path) -> None:
    (told,) = findings(shared_data, "Indeks Pembangunan Manusia.xlsx", "method-changes")

    assert (told.values["year"], told.values["count"], told.at) == ("2013", 34, "Indeks Pembangunan Manusia!E")
    assert findings(shared_data, "Indeks Pembangunan Manusia.xlsx", "value-jumps") == []


def test_the_breaks_of_2016_and_2021_are_told_once_each(shared_data: Path) -> None:
    (method,) = findings(shared_data, "fondasi", "method-changes", "Indicators_Long")
    sanitation, water = findings(shared_data, "fondasi", "column-jumps", "Indicators_Long")

    assert (method.values["indicator"], method.values["year"]) == ("DEV.IPM", "2021")
    assert (sanitation.values["indicator"], sanitation.values["year"]) == ("INF.SAN", "2016")
    assert (water.values["indicator"], water.values["year"]) == ("INF.WAT", "2016")


def test_the_index_of_2013_by_the_old_method_contradicts_that_by_the_new(shared_data: Path) -> None:
    (told,) = across(
        shared_data, "Indeks Pembangunan Manusia.xlsx", "Manusia Menurut Kabupaten_Kota, 2013", "column-unlike-accepted"
    )

    assert (told.values["year"], told.values["count"], told.values["rows"]) == ("2013", 35, 35)


def test_gini_ratios_of_two_sources_are_of_two_months(shared_data: Path) -> None:
    told = across(shared_data, "giniratio", "stable32", "column-unlike-accepted")

    assert {str(one.values["year"]) for one in told} >= {"2018", "2019"}


def test_the_product_of_2016_is_another_regions_in_most_rows_of_one_source(shared_data: Path) -> None:
    """Nobody describes it: Mimika has 16,639 there and 309,994 in the other source."""
    told = across(shared_data, "grdp_pop", "grdp_pc_514", "column-unlike-accepted")
    by_year = {str(one.values["year"]): one for one in told if one.values["indicator"] == "ECO.PDRBPC"}

    assert (by_year["2016"].values["name"], by_year["2016"].values["held"]) == ("Mimika", 16639.0)
    assert by_year["2016"].values["count"] == 442


def test_the_split_of_papua_halves_the_people_that_poverty_implies(shared_data: Path) -> None:
    told = findings(shared_data, "fondasi", "implied-population-jumps", "Poverty_Raw")

    assert {one.values["name"] for one in told} == {"Papua", "Papua Barat"}
    assert {one.values["year"] for one in told} == {"2024"}


@pytest.mark.parametrize("part", ["DERIVED", "miranti_p0", "garis_kemiskinan_wide", "grdp_pc_514"])
def test_values_from_before_a_founding_are_told_of_seventeen_regions(shared_data: Path, part: str) -> None:
    told = findings(shared_data, part, "filled-before-founding")

    assert len({one.values["name"] for one in told}) >= 17


def test_values_a_power_of_ten_off_what_is_around_them_are_told_for_a_person_to_look(shared_data: Path) -> None:
    """Nobody describes them; in all other values of forty-nine tables no slip is told."""
    told = {
        (str(one.values["indicator"]), str(one.values["name"]), str(one.values["year"]))
        for book in BOOKS
        for one in read(shared_data, book).findings
        if one.code == "decimal-slip"
    }

    assert told == {
        ("ECO.KFD", "PAPUA", "2010"),
        ("INF.WAT", "Lanny Jaya", "2021"),
        ("SOC.RASKIN", "Padang Lawas", "2015"),
        ("SOC.RASKIN", "Kota Palembang", "2018"),
        ("SOC.RASKIN", "Kota Jakarta Selatan", "2018"),
    }


def test_the_workbook_of_provinces_is_read_by_the_year_of_its_rows(shared_data: Path) -> None:
    """Its headers name a base year and years of breaks, which are no years of values."""
    panel = frame(shared_data, "fondasi", "Panel_March")

    assert sorted(panel["year"].unique()) == list(range(2015, 2026))
    assert panel["_row"].n_unique() == 418
