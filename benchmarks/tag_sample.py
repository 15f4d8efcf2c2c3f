"""Which sub kegiatan of Morowali are labelled: 300 drawn with probability proportional to rupiah, always the same.

Systematic sampling after a shuffle with a fixed seed. A sub kegiatan whose rupiah pass one step of the walk is taken
for certain; the step is found again over the rest. ``chance`` is each one's probability of being drawn, so that a sum
of amount over chance estimates the whole base without bias (Horvitz and Thompson, 1952).
"""

from __future__ import annotations

import random

import polars as pl

from nangkis.budget.lines import LineClass
from nangkis.budget.sums import SEN


SEED = 20261124
SIZE = 300
KEY = ("sub_kegiatan_code", "sub_kegiatan_name")


def population(lines: pl.DataFrame) -> pl.DataFrame:
    """Return the sub kegiatan of the base that have money: code, name and sen, the largest first."""
    base = lines.filter(pl.col("class") == LineClass.PROGRAM)
    return (
        base.group_by(KEY).agg(SEN.sum().cast(pl.Int64).alias("sen"))
        .filter(pl.col("sen") > 0)
        .sort("sen", *KEY, descending=[True, False, False])
    )  # fmt: skip


def drawn(lines: pl.DataFrame, *, size: int = SIZE, seed: int = SEED) -> pl.DataFrame:
    """Return the sample with each one's ``chance``, in the order of :func:`population`."""
    whole = population(lines).with_columns(_chances(population(lines)["sen"].to_list(), size))
    order = list(range(whole.height))
    random.Random(seed).shuffle(order)  # noqa: S311 - a sample that anyone can draw again, no secret
    start = random.Random(seed + 1).random()  # noqa: S311
    taken, walked, mark = [], 0.0, start
    for place in order:
        walked += whole["chance"][place]
        if walked > mark:
            taken.append(place)
            mark += 1
    return whole[sorted(taken)]


def _chances(sen: list[int], size: int) -> pl.Series:
    certain = 0  # the amounts come largest first
    while certain < size and sen[certain] * (size - certain) >= sum(sen[certain:]):
        certain += 1
    rest = sum(sen[certain:])
    return pl.Series("chance", [1.0 if n < certain else (size - certain) * one / rest for n, one in enumerate(sen)])
