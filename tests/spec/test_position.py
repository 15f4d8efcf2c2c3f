"""Posisi relatif: where a region stands, and how sure that is. Drawn tables, worked sums.

The tables are of the fictional province. With a design effect of 2 and 5,000 households a regency, a percentage of 50
has a standard error of 100 x sqrt(2 x 0.5 x 0.5 / 5000) = 1 point: sums can be done by hand.
"""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from nangkis.diagnosis.judging import Absent, Class
from nangkis.diagnosis.position import Comparison, Rank, Share
from nangkis.diagnosis.sampling import errors_of_percent
from nangkis.regions import register
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import diagnosed, differs, position_of, ranks, series, with_design


EASY = with_design(households_regency="5000", nation="345000")
Z = 1.959963984540054  # the 97.5 % point of the normal distribution


def error(percent: float, households: float, design_effect: float = 2) -> float:
    share = percent / 100
    return 100 * sqrt(design_effect * share * (1 - share) / households)


def test_the_error_of_a_percentage_follows_from_the_households_asked() -> None:
    found = errors_of_percent(series([50, 10, 0]), series([5000, 671, 671]), design_effect=2)

    one = 2 / 671  # a sample that found nobody may have missed one of those that it is worth
    assert found.to_list() == pytest.approx(
        [1.0, 100 * sqrt(2 * 0.1 * 0.9 / 671), 100 * sqrt(2 * one * (1 - one) / 671)]
    )


def test_a_difference_counts_when_it_exceeds_z_times_the_joint_error() -> None:
    signs = differs([((value, 1), (50, 1)) for value in (53, 52, 50, 47)], z=2)

    assert 53 - 50 > 2 * sqrt(1 + 1) > 52 - 50
    assert signs == [1, 0, 0, -1]


PROVINCE_OF_FIVE = """
      | POV.P0 2018
90.01 | 50.00
90.02 | 40.00
90.03 | 51.00
90.04 | 60.00
90.05 | 61.00
90    | 52.00
00    | 45.00
"""


def test_gap_and_class_against_province_and_nation(tmp_path: Path) -> None:
    stand = position_of(diagnosed(tmp_path, PROVINCE_OF_FIVE, parameters=EASY))

    assert isinstance(stand.province, Comparison)
    assert isinstance(stand.nation, Comparison)
    assert stand.province.gap == pytest.approx(50 - 52)
    joint = sqrt(error(50, 5000) ** 2 + error(52, 12 * 5000) ** 2)  # the province has 12 regencies
    assert stand.province.error == pytest.approx(joint)
    assert abs(50 - 52) < Z * joint
    assert stand.province.verdict is Class.EQUAL

    assert stand.nation.gap == pytest.approx(50 - 45)
    joint = sqrt(error(50, 5000) ** 2 + error(45, 345000) ** 2)
    assert abs(50 - 45) > Z * joint
    assert stand.nation.verdict is Class.WORSE


def test_the_rank_comes_with_the_range_that_the_data_allow(tmp_path: Path) -> None:
    stand = position_of(diagnosed(tmp_path, PROVINCE_OF_FIVE, parameters=EASY))

    # Four tests together at 95 %: each at 0.95^(1/4) = 98.73 %, so at 2.49 errors. 40 is better beyond doubt, 60 and 61
    # are worse beyond doubt, 51 lies within 2.49 x sqrt(1 + 1) = 3.52 points.
    assert stand.rank == Rank(place=1 + 1, best=1 + 1, worst=5 - 2, count=5)


def test_regions_stand_in_order_and_those_without_a_value_are_named(tmp_path: Path) -> None:
    stand = position_of(diagnosed(tmp_path, PROVINCE_OF_FIVE, parameters=EASY))

    assert [peer.place.region.digits for peer in stand.peers] == ["90.02", "90.01", "90.03", "90.04", "90.05"]
    assert [place.region.digits for place, _ in stand.without] == [f"90.{number}" for number in CODES_WITHOUT]
    assert {absent.code for _, absent in stand.without} == {"absent.no-table"}


CODES_WITHOUT = ("06", "07", "08", "09", "10", "71", "72")


def test_the_province_has_gap_zero_against_itself_in_a_world_of_equals(tmp_path: Path) -> None:
    table = "\n".join(["| POV.P0 2018", *(f"90.0{number} | 10.00" for number in range(1, 6)), "90 | 10.00"])

    stand = position_of(diagnosed(tmp_path, table))

    assert isinstance(stand.province, Comparison)
    assert (stand.province.gap, stand.province.verdict) == (0, Class.EQUAL)
    assert stand.rank == Rank(place=1, best=1, worst=5, count=5)


@pytest.mark.parametrize(
    ("province", "reason"),
    [("", "absent.no-table"), ("implausible", "absent.implausible"), ("dots", "absent.dots")],
)
def test_without_a_province_value_the_reason_stands_in_its_place(tmp_path: Path, province: str, reason: str) -> None:
    stand = position_of(diagnosed(tmp_path, f"| POV.P0 2018\n90.01 | 10.00\n90 | {province}"))

    assert isinstance(stand.province, Absent)
    assert stand.province.code == reason


def test_among_fewer_than_three_regions_there_is_no_rank(tmp_path: Path) -> None:
    stand = position_of(diagnosed(tmp_path, "| POV.P0 2018\n90.01 | 10.00\n90.02 | 12.00"))

    assert isinstance(stand.rank, Absent)
    assert stand.rank.code == "absent.few-regions"
    assert (fewest := stand.rank.values["fewest"]).value == 3  # type: ignore[union-attr]
    assert [use.name for use in fewest.origin.parameters] == ["diagnosis_fewest"]  # type: ignore[union-attr]


def test_all_values_are_of_the_year_of_the_regions_latest(tmp_path: Path) -> None:
    table = """
          | POV.P0 2017 | POV.P0 2018
    90.01 | 10.00       |
    90.02 | 11.00       | 9.00
    90.03 | 12.00       | 9.00
    """
    stand = position_of(diagnosed(tmp_path, table))

    assert {peer.fact.year for peer in stand.peers} == {2017}
    assert stand.rank == Rank(place=1, best=1, worst=3, count=3)


def test_a_number_of_people_is_a_part_of_the_total_and_is_not_called_better_or_worse(tmp_path: Path) -> None:
    table = """
          | POV.N 2018 | POV.P0 2018
    90.01 | 10.00      | 10.00
    90.02 | 30.00      | 10.00
    90.03 | 60.00      | 10.00
    90    | 200.00     | 10.00
    """
    stand = position_of(diagnosed(tmp_path, table), "POV.N")

    assert isinstance(stand.share, Share)
    assert stand.share.part == pytest.approx(10 / 200)
    assert stand.province == Absent("absent.count-of-people", {"reference": register.place(Region.parse("contoh:90"))})
    assert stand.error is not None
    assert stand.error.size == pytest.approx(10 * error(10, 671) / 10)  # the relative error of the percentage


def test_a_poverty_line_is_higher_or_lower_and_has_no_rank(tmp_path: Path) -> None:
    table = """
          | POV.GK 2018
    90.01 | 400000
    90.02 | 410000
    90.03 | 420000
    90    | 390000
    """
    stand = position_of(diagnosed(tmp_path, table), "POV.GK")

    assert isinstance(stand.province, Comparison)
    assert (stand.province.verdict, stand.province.tested) == (Class.HIGHER, False)
    assert stand.province.gap == 400000 - 390000
    assert stand.rank == Absent("absent.nothing-better")


def test_without_a_percentage_a_number_of_people_has_no_error(tmp_path: Path) -> None:
    table = "| POV.N 2018\n90.01 | 10.00\n90.02 | 30.00\n90.03 | 60.00"

    stand = position_of(diagnosed(tmp_path, table), "POV.N")

    assert stand.error is None
    assert stand.rank == Absent("absent.untested")  # nothing can be told apart


def test_of_two_equal_values_none_is_before_the_other() -> None:
    found = ranks([(5, 0), (5, 0), (9, 0)])

    assert found == [(1, 1, 2), (1, 1, 2), (3, 3, 3)]
