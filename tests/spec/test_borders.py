"""Series over changing borders: within the old ones, and within those of today. Drawn tables, worked sums.

The fictional 90.10 was founded out of 90.09 in 2014 and has figures of its own from 2015 on: until then those of 90.09
cover both. Morowali Utara (72.12) left Morowali (72.06) in 2013, with the same first year of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nangkis.indicators.borders import within_borders
from nangkis.indicators.facts import facts
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.regions.families import family_of
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, drawn
from tests.rooms.indicators.lakes import accept


OFF = 0.05  # how far a weight may be off
FEWEST = 3


def within(folder: Path, *tables: tuple[str, str], family: str, codes: list[str]) -> pl.DataFrame:
    """Return the series of a family; each table is drawn, with the period that it speaks of."""
    lake = Lake(folder)
    for period, table in tables:
        rows = [
            (code, here.replace("contoh-2026:kem-", "kemendagri-2025:"), *rest) for code, here, *rest in drawn(table)
        ]
        accept(lake, rows, period=period, title=f"{codes[0]} {period}")  # type: ignore[arg-type]
    known = facts(lake.snapshot(), parameters=packaged(), on=ON)
    found = family_of(Region.parse(family))
    assert found is not None
    return within_borders(known.panel, [found], codes=codes, fewest=FEWEST, weight_error=OFF)


def told(found: pl.DataFrame, borders: str, region: str, indicator: str, column: str = "value") -> dict[int, Any]:
    rows = found.filter(
        (pl.col("borders") == borders) & pl.col("region").str.ends_with(region) & (pl.col("indicator") == indicator)
    )
    return dict(rows.select("year", column).iter_rows())


POOR = """
      | POV.N 2013 | POV.N 2014 | POV.N 2015 | POV.N 2016 | POV.N 2017
90.09 | 40.00      | 38.00      | 24.00      | 23.00      | 22.00
90.10 |            |            | 12.00      | 12.00      | 13.00
"""


def test_the_old_whole_goes_on_as_the_sum_of_its_parts(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", POOR), family="contoh:90.10", codes=["POV.N"])

    whole = told(found, "old", "90.09", "POV.N")
    assert whole == {2013: 40.00, 2014: 38.00, 2015: 24 + 12, 2016: 23 + 12, 2017: 22 + 13}
    assert told(found, "old", "90.09", "POV.N", "kind") == {
        2013: "itself", 2014: "itself", 2015: "sum", 2016: "sum", 2017: "sum",
    }  # fmt: skip
    assert told(found, "old", "90.09", "POV.N", "rounding")[2015] == pytest.approx(0.005 + 0.005)


def test_before_its_founding_a_part_is_estimated_by_its_share_and_how_far_that_moved(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", POOR), family="contoh:90.10", codes=["POV.N"])

    #  shares of 90.10 in the years that have both: 12 of 36, 12 of 35, 13 of 35
    shares = [12 / 36, 12 / 35, 13 / 35]
    assert told(found, "today", "90.10", "POV.N")[2013] == pytest.approx(40 * shares[0])
    assert told(found, "today", "90.10", "POV.N", "low")[2013] == pytest.approx(40 * min(shares))
    assert told(found, "today", "90.10", "POV.N", "high")[2013] == pytest.approx(40 * max(shares))
    assert told(found, "today", "90.10", "POV.N", "kind")[2013] == "estimate"
    assert told(found, "today", "90.10", "POV.N", "places")[2013] == 1  # half of 40 × (13/35 − 12/36) is 0.8
    assert told(found, "today", "90.09", "POV.N")[2014] == pytest.approx(38 * 24 / 36)
    assert told(found, "today", "90.09", "POV.N")[2016] == 23.00  # its own


def test_two_years_do_not_tell_how_far_a_share_moves(tmp_path: Path) -> None:
    table = """
          | POV.N 2014 | POV.N 2015 | POV.N 2016
    90.09 | 38.00      | 24.00      | 23.00
    90.10 |            | 12.00      | 12.00
    """
    found = within(tmp_path, ("maret", table), family="contoh:90.09", codes=["POV.N"])

    assert told(found, "today", "90.10", "POV.N") == {2015: 12.00, 2016: 12.00}


SHARES = """
      | POV.P0 2014 | POV.P0 2015 | POV.N 2015 | POV.P0 2016 | POV.N 2016
90.09 | 29.00       | 20.00       | 24.00      | 19.00       | 23.00
90.10 | 29.00       | 16.00       | 12.00      | 15.00       |
"""  # the value of 90.10 of 2014 is its parent's, filled backwards


def test_a_percentage_of_the_whole_is_poor_over_implied_people(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", SHARES), family="contoh:90.09", codes=["POV.P0"])

    people = 24 / 0.20 + 12 / 0.16
    whole = told(found, "old", "90.09", "POV.P0")
    assert whole[2014] == 29.00
    assert whole[2015] == pytest.approx(100 * (24 + 12) / people)
    assert told(found, "old", "90.09", "POV.P0", "kind")[2015] == "share"
    #  how far half of the last place of 24, 12, 20 and 16 moves it
    ratio = 100 * 36 / people
    by_poor = 0.005 * (100 / people) * (abs(1 - ratio / 20) + abs(1 - ratio / 16))
    by_percent = 0.005 * (ratio / people) * (24 / 0.20 / 20 + 12 / 0.16 / 16)
    assert told(found, "old", "90.09", "POV.P0", "rounding")[2015] == pytest.approx(by_poor + by_percent)
    assert told(found, "old", "90.09", "POV.P0", "places")[2015] == 2


def test_without_the_people_a_percentage_is_weighted_by_the_population_and_says_how_sure(tmp_path: Path) -> None:
    people = """
          | DEM.POP 2016
    90.09 | 120000
    90.10 | 80000
    """
    tables = (("maret", SHARES), ("tahun", people))
    found = within(tmp_path, *tables, family="contoh:90.09", codes=["POV.P0"])

    mean = (19 * 120000 + 15 * 80000) / (120000 + 80000)
    off = OFF / (1 - OFF) * (120000 * abs(19 - mean) + 80000 * abs(15 - mean)) / (120000 + 80000)
    assert told(found, "old", "90.09", "POV.P0")[2016] == pytest.approx(mean)
    assert told(found, "old", "90.09", "POV.P0", "low")[2016] == pytest.approx(mean - off)
    assert told(found, "old", "90.09", "POV.P0", "high")[2016] == pytest.approx(mean + off)
    assert told(found, "old", "90.09", "POV.P0", "kind")[2016] == "mean"


def test_without_people_or_weights_a_percentage_of_the_whole_is_not_known(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", SHARES), family="contoh:90.09", codes=["POV.P0"])

    assert told(found, "old", "90.09", "POV.P0")[2016] is None
    assert told(found, "old", "90.09", "POV.P0", "reason")[2016] == "unweighted"


def test_a_part_without_a_value_leaves_the_whole_unknown(tmp_path: Path) -> None:
    table = """
          | POV.N 2014 | POV.N 2015
    90.09 | 38.00      | 24.00
    90.10 |            | dots
    """
    found = within(tmp_path, ("maret", table), family="contoh:90.09", codes=["POV.N"])

    assert told(found, "old", "90.09", "POV.N") == {2014: 38.00, 2015: None}
    assert told(found, "old", "90.09", "POV.N", "reason") == {2014: None, 2015: "lacking"}


def test_a_percentage_before_the_split_is_not_spread_over_the_parts(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", SHARES), family="contoh:90.09", codes=["POV.P0"])

    assert sorted(told(found, "today", "90.09", "POV.P0")) == [2015, 2016]
    assert sorted(told(found, "today", "90.10", "POV.P0")) == [2015, 2016]


def test_a_sum_that_its_source_computed_again_is_not_taken_for_the_old_whole(tmp_path: Path) -> None:
    people = """
          | DEM.POP 2013 | DEM.POP 2014 | DEM.POP 2015
    90.09 | 108000       | 110000       | 112000
    90.10 | 71000        | 72000        | 73000
    """  # 110000 lies nearer to 112000 than to 185000: it is the population within the borders of today
    found = within(tmp_path, ("tahun", people), family="contoh:90.09", codes=["DEM.POP"])

    assert told(found, "old", "90.09", "DEM.POP") == {2013: None, 2014: None, 2015: 112000 + 73000}
    assert told(found, "old", "90.09", "DEM.POP", "reason") == {2013: "back-cast", 2014: "back-cast", 2015: None}
    assert told(found, "today", "90.09", "DEM.POP") == {2015: 112000}


def test_a_mean_of_accounts_before_the_split_is_of_borders_that_nobody_says(tmp_path: Path) -> None:
    income = "| ECO.PDRBPC 2014 | ECO.PDRBPC 2015\n90.09 | 30000 | 31000\n90.10 | 30000 | 21000"
    people = "| DEM.POP 2015\n90.09 | 120000\n90.10 | 80000"
    found = within(tmp_path, ("tahun", income), ("tahun", people), family="contoh:90.09", codes=["ECO.PDRBPC"])

    assert told(found, "old", "90.09", "ECO.PDRBPC", "reason")[2014] == "untold"
    assert told(found, "old", "90.09", "ECO.PDRBPC")[2015] == pytest.approx((31000 * 120 + 21000 * 80) / 200)


def test_no_whole_follows_from_the_gini_ratios_of_its_parts(tmp_path: Path) -> None:
    table = "| POV.GINI 2014 | POV.GINI 2015\n90.09 | 0.30 | 0.31\n90.10 | | 0.29"

    assert within(tmp_path, ("maret", table), family="contoh:90.09", codes=["POV.GINI"]).is_empty()


#  Papua gave three provinces in 2022: until 2023 what is published as Papua (91) covers the four. Of its regencies only
#  two of each are drawn where the sum needs them all: here the four provinces speak for themselves.
PAPUA = """
       | POV.N 2023 | POV.P0 2023 | POV.N 2024 | POV.P0 2024
kem-91 | 915.15     | 26.03       | 152.87     | 17.26
kem-93 |            |             | 97.79      | 17.44
kem-94 |            |             | 360.69     | 32.97
kem-95 |            |             | 367.00     | 29.66
"""


def test_old_papua_goes_on_as_the_sum_of_four_provinces(tmp_path: Path) -> None:
    found = within(tmp_path, ("maret", PAPUA), family="kemendagri:91", codes=["POV.N", "POV.P0"])

    poor = 152.87 + 97.79 + 360.69 + 367.00
    people = 152.87 / 0.1726 + 97.79 / 0.1744 + 360.69 / 0.3297 + 367.00 / 0.2966
    assert told(found, "old", ":91", "POV.N") == {2023: 915.15, 2024: pytest.approx(poor)}
    assert told(found, "old", ":91", "POV.P0")[2024] == pytest.approx(100 * poor / people)
    assert told(found, "old", ":91", "POV.N", "places")[2024] == 1  # four roundings may move the second decimal by two


def test_todays_papua_before_2022_is_the_sum_of_the_regencies_that_are_in_it_now(tmp_path: Path) -> None:
    nine = [f"91.{number}" for number in ("03", "05", "06", "10", "11", "15", "19", "20", "71")]
    lines = "\n".join(f"kem-{code} | {10 + number}.00 | {20 + number}.00" for number, code in enumerate(nine))
    table = f"| POV.N 2021 | POV.P0 2021\n{lines}\nkem-91 | 920.44 | 26.86"
    found = within(tmp_path, ("maret", table), family="kemendagri:91", codes=["POV.N", "POV.P0"])

    poor, people = [10 + number for number in range(9)], [(10 + n) / (20 + n) * 100 for n in range(9)]
    assert told(found, "today", ":91", "POV.N") == {2021: sum(poor)}
    assert told(found, "today", ":91", "POV.P0")[2021] == pytest.approx(100 * sum(poor) / sum(people))
    assert told(found, "old", ":91", "POV.P0") == {2021: 26.86}


def test_a_region_that_was_never_split_has_no_family() -> None:
    assert family_of(Region.parse("contoh:90.01")) is None
    assert family_of(Region.parse("kemendagri:72.10")) is None
