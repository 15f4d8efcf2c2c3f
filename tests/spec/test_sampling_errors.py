"""Which standard error counts: the published one, else an approximation; drawn tables, worked sums."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from random import Random

import polars as pl
import pytest

from nangkis.content.catalogue import LANGUAGES
from nangkis.content.sentences import sentence, spoken
from nangkis.content.tree import Table
from nangkis.diagnosis.diagnose import Diagnosis, diagnose
from nangkis.diagnosis.exhibits import diagnosis_blocks
from nangkis.diagnosis.figures import margin
from nangkis.diagnosis.sampling import errors_of_gap
from nangkis.lake.store import Lake
from nangkis.parameters.loader import packaged
from nangkis.vocabulary.codes import Region
from tests.rooms.diagnosis.worlds import ON, codes_in, drawn, position_of, said
from tests.rooms.indicators.lakes import accept


Z = 1.959963984540054
TABLE = """
      | POV.P0 2020 | POV.N 2020 | POV.P0 2021 | POV.N 2021
90.01 | 20          | 10         | 18          | 9
90.02 | 10          | 5          | 10          | 5
90    | 12          | 40         | 11          | 38
"""
HERE = "contoh-2026:90.01"


def world(folder: Path, errors: dict[tuple[str, str, int], float]) -> Diagnosis:
    lake = Lake(folder)
    accept(lake, drawn(TABLE), errors=errors)
    return diagnose(lake.snapshot(), Region.parse(HERE), parameters=packaged(), on=ON)


def test_the_published_error_comes_before_the_approximation(tmp_path: Path) -> None:
    found = world(tmp_path, {("POV.P0", HERE, 2021): 0.9})

    stand = position_of(found)
    assert stand.error is not None
    assert stand.error.size == 0.9
    assert stand.error.is_published
    half = margin(stand.fact, stand.error, found.rules.design)
    assert half is not None
    assert half.value == pytest.approx(Z * 0.9)


def test_where_none_is_published_the_error_is_approximated(tmp_path: Path) -> None:
    error = position_of(world(tmp_path, {("POV.P0", HERE, 2020): 0.9})).error

    assert error is not None
    assert not error.is_published
    assert error.size == pytest.approx(100 * sqrt(2 * 0.18 * 0.82 / 671))


def test_a_number_of_people_is_as_unsure_as_its_published_percentage(tmp_path: Path) -> None:
    error = position_of(world(tmp_path, {("POV.P0", HERE, 2021): 0.9}), "POV.N").error

    assert error is not None
    assert error.size == pytest.approx(9 * 0.9 / 18)
    assert {cell.column for cell in error.inputs} == {"value", "standard_error"}


def test_a_small_published_error_tells_apart_what_the_approximation_could_not(tmp_path: Path) -> None:
    regions = (HERE, "contoh-2026:90")
    sure = {("POV.P0", region, year): 0.05 for region in regions for year in (2020, 2021)}
    close = TABLE.replace("| 18 ", "| 11.5 ")
    verdicts = []
    for number, errors in enumerate((None, sure)):
        lake = Lake(tmp_path / str(number))
        accept(lake, drawn(close), errors=errors)
        found = diagnose(lake.snapshot(), Region.parse(HERE), parameters=packaged(), on=ON)
        verdicts.append(position_of(found).nearest.verdict)  # type: ignore[union-attr]

    assert Z * sqrt(2) * 0.05 < 11.5 - 11 < Z * 100 * sqrt(2 * 0.115 * 0.885 / 671)
    assert verdicts == ["equal", "worse"]


@pytest.mark.parametrize(
    ("published", "basis"),
    [
        ((), "error.approximate"),
        ((HERE,), "error.some-published"),
        ((HERE, "contoh-2026:90.02", "contoh-2026:90"), "error.published"),
    ],
)
def test_every_margin_says_whose_error_it_is(tmp_path: Path, published: tuple[str, ...], basis: str) -> None:
    found = world(tmp_path, {("POV.P0", region, year): 0.9 for region in published for year in (2020, 2021)})

    tables = [block for block in diagnosis_blocks(found) if isinstance(block, Table)]
    notes = [note for table in tables for note in table.notes]
    told = [note for note in notes if note.code == "position.note.margin"]
    assert next(codes_in(note)[1:] for note in told) == [basis]
    assert [spoken(sentence(basis), language) in said(told[0], language) for language in LANGUAGES] == [True, True]


def test_the_origin_of_a_margin_names_the_cell_of_its_error(tmp_path: Path) -> None:
    found = world(tmp_path, {("POV.P0", HERE, 2021): 0.9})
    stand = position_of(found)

    half = margin(stand.fact, stand.error, found.rules.design)

    assert half is not None
    (cell,) = (cell for cell in half.origin.inputs if cell.column == "standard_error")
    assert dict(cell.where) == {"indicator": ("POV.P0",), "region": (HERE,), "year": (2021,), "period": ("maret",)}
    assert [use.name for use in half.origin.parameters] == ["diagnosis_confidence_level"]


def test_the_error_of_the_gap_index_follows_from_its_mean_square() -> None:
    # P1 = 2 % and P2 = 0.54 %: the variance of the gaps is 0.0054 - 0.02^2 = 0.005; of 1,000 households at an effect of
    # 2 it leaves sqrt(2 x 0.005 / 1000) = 0.0031623, 0.31623 index points.
    (error,) = errors_of_gap(pl.Series([2.0]), pl.Series([0.54]), pl.Series([1000.0]), design_effect=2)

    assert error == pytest.approx(100 * sqrt(2 * (0.0054 - 0.02**2) / 1000))


def test_indices_that_leave_no_variance_have_no_error() -> None:
    gaps, squares = pl.Series([0.0, 10.0, 2.0]), pl.Series([0.0, 1.0, None])

    errors = errors_of_gap(gaps, squares, pl.Series([671.0] * 3), design_effect=2)

    assert errors.to_list() == [None, None, None]


def test_the_gap_index_is_tested_by_the_square_that_a_table_holds(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    accept(lake, drawn("      | POV.P1 2021 | POV.P2 2021\n90.01 | 2.00 | 0.54\n90.02 | 1.00 |"))
    judged = diagnose(lake.snapshot(), Region.parse(HERE), parameters=packaged(), on=ON, codes=["POV.P1"])

    error = position_of(judged, "POV.P1").error

    assert error is not None
    assert error.size == pytest.approx(100 * sqrt(2 * (0.0054 - 0.02**2) / 671))
    assert error.method.name == "sampling-error-of-gap"
    assert {one for cell in error.inputs for one in dict(cell.where)["indicator"]} == {"POV.P1", "POV.P2"}


@pytest.mark.parametrize("depth", [0.15, 0.35])
def test_the_interval_of_the_gap_index_holds_the_truth_at_its_rate(depth: float) -> None:
    """Surveys of 336 households, as 671 at a design effect of 2, of whom 15 % are poor with gaps around ``depth``."""
    chance, poor, asked, draws = Random(1993), 0.15, 336, 2000  # noqa: S311 - a seed: the same answer every time
    gaps = [max(0.0, min(1.0, chance.gauss(depth, 0.4 * depth))) for _ in range(20_000)]
    truth = 100 * poor * sum(gaps) / len(gaps)
    first, second = [], []
    for _ in range(draws):
        sample = [chance.choice(gaps) for _ in range(asked) if chance.random() < poor]
        first.append(100 * sum(sample) / asked)
        second.append(100 * sum(gap * gap for gap in sample) / asked)

    errors = errors_of_gap(pl.Series(first), pl.Series(second), pl.Series([2.0 * asked] * draws), design_effect=2)

    held = sum(abs(one - truth) <= Z * error for one, error in zip(first, errors, strict=True)) / draws
    assert 0.95 - 3 * sqrt(0.95 * 0.05 / draws) - 0.01 <= held <= 0.97
