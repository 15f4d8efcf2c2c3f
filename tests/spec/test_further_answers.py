"""Relevansi, efektivitas, laju terhadap target and pembanding: drawn tables, worked sums."""

from __future__ import annotations

from math import log, sqrt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from nangkis.diagnosis.answer_words import answer_sentences
from nangkis.diagnosis.answers import Alignment, Arrival, OwnLine, Pace, Together
from nangkis.diagnosis.judging import Class, Movement
from nangkis.diagnosis.peers import Likeness, nearest
from nangkis.diagnosis.quadrants import quadrants
from nangkis.vocabulary.figures import ParameterUse
from tests.rooms.diagnosis.worlds import diagnosed


Z = 1.959963984540054


def error(percent: float, households: float = 671) -> float:
    share = percent / 100
    return 100 * sqrt(2 * share * (1 - share) / households)


def drawn(rows: dict[str, list[float]]) -> str:
    """Draw the percentages of 2015 and the years after, by region."""
    years = max(len(values) for values in rows.values())
    head = " | ".join(["", *(f"POV.P0 {2015 + number}" for number in range(years))])
    lines = [" | ".join([region, *(f"{value:.2f}" for value in values)]) for region, values in rows.items()]
    return "\n".join([head, *lines])


@pytest.mark.parametrize(
    ("own", "province", "together"),
    [
        ([30, 26, 22, 18], [20, 19, 17, 15], Together.SAME),
        ([18, 22, 26, 30], [20, 19, 17, 15], Together.OPPOSITE),
        ([30, 26, 22, 18], [20, 20, 20, 20], Together.APART),
        ([20, 20, 20, 20], [15, 15, 15, 15], Together.STEADY),
        ([20, 20, 20, 19], [20, 19, 17, 15], Together.UNSURE),
    ],
)
def test_two_lines_go_the_same_way_or_not(
    tmp_path: Path, own: list[float], province: list[float], together: Together
) -> None:
    found = diagnosed(tmp_path, drawn({"90.01": own, "90": province}))

    (alignment, _) = found.answers["POV.P0"].relevance

    assert isinstance(alignment, Alignment)
    assert alignment.together is together
    assert [fact.number for fact in alignment.own] == own
    assert [fact.number for fact in alignment.others] == province


def test_only_the_years_that_both_have_are_laid_side_by_side(tmp_path: Path) -> None:
    table = """
          | POV.P0 2015 | POV.P0 2016 | POV.P0 2017 | POV.P0 2018
    90.01 | 40          | 30          | 30          | 30
    90    |             | 25          | 20          | 15
    """

    (alignment, _) = diagnosed(tmp_path, table).answers["POV.P0"].relevance

    assert isinstance(alignment, Alignment)
    assert [fact.year for fact in alignment.own] == [2016, 2017, 2018]
    assert (alignment.own_movement, alignment.movement) == (Movement.STEADY, Movement.IMPROVING)


def test_the_own_line_leads_to_a_value_and_the_last_one_is_held_to_it(tmp_path: Path) -> None:
    # Through 30, 28, 26 (2015 to 2017) the line falls 2 a year: 24 in 2018. It has no scatter, so the sampling errors
    # count: sigma = root mean square of the three; in 2018 its variance is sigma^2 (1/3 + (2018 - 2016)^2 / 2).
    found = diagnosed(tmp_path, drawn({"90.01": [30, 28, 26, 15]}))

    line = found.answers["POV.P0"].effectiveness

    assert isinstance(line, OwnLine)
    sigma = sqrt(sum(error(value) ** 2 for value in (30, 28, 26)) / 3)
    assert line.expected == pytest.approx(24)
    assert line.expected_error == pytest.approx(sigma * sqrt(1 / 3 + 4 / 2))
    assert line.distance == pytest.approx(15 - 24)
    assert Z * sqrt(error(15) ** 2 + sigma**2 * (1 / 3 + 2)) < 9
    assert line.verdict is Class.BETTER


def test_a_value_on_its_line_is_not_called_better_or_worse(tmp_path: Path) -> None:
    line = diagnosed(tmp_path, drawn({"90.01": [30, 28, 26, 23]})).answers["POV.P0"].effectiveness

    assert isinstance(line, OwnLine)
    assert line.verdict is Class.EQUAL


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([40, 32, 24, 16], Arrival.ENOUGH),
        ([45, 44.8, 44.9, 45], Arrival.TOO_SLOW),
        ([20, 26, 32, 38], Arrival.AWAY),
        ([9, 8.5, 8, 7.5], Arrival.UNSURE),
        ([6, 5, 4, 0.6], Arrival.REACHED),
        ([6, 5.5, 5.2, 4.9], Arrival.REACHED_UNSURE),
    ],
)
def test_the_pace_is_enough_only_beyond_what_the_errors_allow(
    tmp_path: Path, values: list[float], verdict: Arrival
) -> None:
    pace = diagnosed(tmp_path, drawn({"90.01": values})).answers["POV.P0"].pace

    assert isinstance(pace, Pace)
    assert pace.verdict is verdict
    assert pace.needed == pytest.approx((5 - values[-1]) / (2029 - 2018))


def test_the_year_of_arrival_is_the_first_in_which_the_pace_has_led_there(tmp_path: Path) -> None:
    pace = diagnosed(tmp_path, drawn({"90.01": [30, 27, 24, 21]})).answers["POV.P0"].pace

    assert isinstance(pace, Pace)
    assert pace.arrival == 2018 + 6  # from 21 to 5 at 3 a year: 5.3 years
    half = Z * sqrt(error(30) ** 2 + error(21) ** 2) / 3
    assert (pace.best, pace.worst) == pytest.approx((-3 - half, -3 + half))


@pytest.mark.parametrize(
    ("values", "code", "told"),
    [
        ([30, 27, 24, 21], "pace.arrival.range", {"pace", "best", "worst"}),  # 3 a year: in 6 years
        ([15, 14.8, 14.6, 14.4], "pace.arrival.open", {"pace", "best"}),  # the worst pace leads away
        ([45, 44.9, 45, 44.8], "pace.arrival.far-but", {"best", "years"}),  # some 0.08 a year: in 500 years
    ],
)
def test_no_year_of_arrival_is_told_beyond_the_horizon(
    tmp_path: Path, values: list[float], code: str, told: set[str]
) -> None:
    found = diagnosed(tmp_path, drawn({"90.01": values}))

    said = [
        piece for piece in answer_sentences(found.answers["POV.P0"], found.rules, found.on) if "arrival" in piece.code
    ]
    assert [(piece.code, set(piece.values)) for piece in said] == [(code, told)]


LIKENESS = Likeness(
    peers=2,
    least=1,
    islands=1.0,
    traits=(("DEV.PKD", True), ("DEM.URBAN", False)),
    groups={"90": 0},
    use=ParameterUse("diagnosis_pembanding", "2010-01-01", "0"),
)


def panel(rows: list[tuple[str, str, float]]) -> pl.DataFrame:
    return pl.DataFrame(
        [(code, f"contoh-2026:{region}", 2020, value, "regency") for code, region, value in rows],
        schema={
            "indicator": pl.String,
            "region": pl.String,
            "year": pl.Int32,
            "value": pl.Float64,
            "level": pl.String,
        },
        orient="row",
    )


def standard(values: list[float]) -> list[float]:
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread for value in values]


def test_the_nearest_regions_are_those_of_the_same_kind_with_the_nearest_traits() -> None:
    spending, urban = [8000.0, 8100.0, 12000.0], [20.0, 25.0, 60.0]
    codes = ["90.01", "90.02", "90.03"]
    rows = [("DEV.PKD", code, value) for code, value in zip([*codes, "90.71"], [*spending, 8001.0], strict=True)]
    rows += [("DEM.URBAN", code, value) for code, value in zip(codes, urban, strict=True)]

    found = nearest(panel(rows), LIKENESS)

    money, share = standard([log(value) for value in spending]), standard(urban)
    distance = sqrt((money[0] - money[1]) ** 2 + (share[0] - share[1]) ** 2)
    first = found.filter(pl.col("region") == "contoh-2026:90.01").sort("nearness").row(0, named=True)
    assert (first["peer"], first["shared"]) == ("contoh-2026:90.02", 2)
    assert first["distance"] == pytest.approx(distance)
    assert "contoh-2026:90.71" not in set(found["peer"])  # a kota is no peer of a kabupaten


def quadrant(x: tuple[float, float], y: tuple[float, float], **of: Any) -> dict[str, Any]:
    """Return where a region lies whose values have these errors, cut at 10 on both axes."""
    common = {"region": "r", "above": "p", "year": 2020, "summed": False, "field_mean": None}
    rows = [
        {**common, "indicator": "X", "value": x[0], "error": x[1], "good": -1, **of},
        {**common, "indicator": "Y", "value": y[0], "error": y[1], "good": 1, **of},
    ]
    cut = {"province_value": 10.0, "province_error": 0.0}
    table = pl.DataFrame([{**row, **cut} for row in rows], schema_overrides={"field_mean": pl.Float64})
    return quadrants(table, [("X", "Y")], reference="province", z=2).row(0, named=True)


@pytest.mark.parametrize(
    ("x", "y", "sides"),
    [
        ((14, 1), (14, 1), ("worse", "better")),
        ((6, 1), (6, 1), ("better", "worse")),
        ((11, 1), (14, 1), ("unsure", "better")),
        ((10, 0), (10, 0), ("unsure", "unsure")),
    ],
)
def test_a_region_lies_in_a_quadrant_only_where_both_values_are_told_from_the_cut(
    x: tuple[float, float], y: tuple[float, float], sides: tuple[str, str]
) -> None:
    found = quadrant(x, y)

    assert (found["x_side"], found["y_side"], found["sure"]) == (*sides, "unsure" not in sides)
    assert (found["x_cut"], found["y_cut"]) == (10, 10)
