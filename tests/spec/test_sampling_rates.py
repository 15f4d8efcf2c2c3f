"""How often a verdict is wrong when the truth is known: invented surveys, drawn a thousand times with one seed."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import polars as pl
import pytest

from nangkis.diagnosis.sampling import errors_of_percent
from nangkis.diagnosis.standing import ranked
from tests.rooms.diagnosis.worlds import differs


LEVEL = 0.95
Z = 1.959963984540054
DRAWS = 1000
HOUSEHOLDS, DESIGN_EFFECT = 671, 2.0
# What chance alone adds to a rate of 5 % in a thousand draws: three of its standard errors, sqrt(0.05 x 0.95 / 1000).
CHANCE = 3 * (0.05 * 0.95 / DRAWS) ** 0.5


def surveyed(truth: float, chance: Random) -> float:
    """Return the percentage that a survey finds: the sample counts as if it were design effect times smaller."""
    asked = round(HOUSEHOLDS / DESIGN_EFFECT)
    return 100 * sum(chance.random() < truth / 100 for _ in range(asked)) / asked


@pytest.mark.parametrize("truth", [5.0, 12.0, 30.0])
def test_regions_of_one_truth_are_called_different_at_most_at_the_rate_of_the_level(truth: float) -> None:
    chance = Random(int(truth))  # noqa: S311 - a seed, so that the answer is the same every time
    found = pl.Series([surveyed(truth, chance) for _ in range(2 * DRAWS)])
    asked = pl.Series([float(HOUSEHOLDS)] * len(found))
    errors = errors_of_percent(found, asked, design_effect=DESIGN_EFFECT)
    estimates = list(zip(found, errors, strict=True))

    signs = differs(list(pairwise(estimates))[::2], z=Z)

    assert len(signs) == DRAWS
    assert sum(sign != 0 for sign in signs) / DRAWS <= 1 - LEVEL + CHANCE


@pytest.mark.parametrize("regions", [7, 13, 38])
# Regions hardly apart are the hard case: tests at 95 % each would hold their places in 82 to 91 of 100 draws only.
@pytest.mark.parametrize("spread", [0.02, 0.2, 1.0, 3.0])
def test_the_range_of_ranks_holds_the_true_rank_of_every_region_at_its_rate(regions: int, spread: float) -> None:
    chance = Random(regions)  # noqa: S311 - a seed, so that the answer is the same every time
    truth = [10 + spread * number for number in range(regions)]  # the true rank is the number, from 1
    rows = [
        (draw, number, -1, chance.gauss(value, 1.0), 1.0)
        for draw in range(DRAWS)
        for number, value in enumerate(truth, start=1)
    ]
    schema = {"group": pl.Int32, "region": pl.Int32, "good": pl.Int8, "value": pl.Float64, "error": pl.Float64}

    found = ranked(pl.DataFrame(rows, schema=schema, orient="row"), level=LEVEL)

    held = found.group_by("region").agg(pl.col("region").is_between("best", "worst").mean().alias("rate"))
    assert held.height == regions
    assert held["rate"].min() >= LEVEL - CHANCE
