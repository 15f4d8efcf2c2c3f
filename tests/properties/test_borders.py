"""Promises of series over changing borders that hold for any values whatever."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from nangkis.indicators.borders import within_borders
from nangkis.indicators.panel import panel
from nangkis.regions.families import Family, families


Drawn = dict[tuple[str, int], tuple[float, float]]  # number and percentage of poor people, by region and year

BUTON = next(family for family in families() if family.root.digits == "74.04")  # it gave two children in 2014
CHOSEN = pl.Schema(
    {
        "indicator": pl.String(),
        "region": pl.String(),
        "year": pl.Int32(),
        "period": pl.String(),
        "value": pl.Float64(),
        "places": pl.Int8(),
        "missing": pl.String(),
        "standard_error": pl.Float64(),
        "_table": pl.String(),
        "losers": pl.List(pl.String()),
    }
)
YEARS = (2014, 2015, 2016, 2017, 2018)
poor = st.integers(1, 99_999).map(lambda hundredths: hundredths / 100)
percents = st.integers(50, 8000).map(lambda hundredths: hundredths / 100)


@st.composite
def worlds(draw: st.DrawFn) -> Drawn:
    """Values of the root in all years, and of its children from their founding on."""
    cells = [(str(here), year) for here in BUTON.members for year in YEARS if here == BUTON.root or year >= 2016]
    return {cell: draw(st.tuples(poor, percents)) for cell in cells}


def within(world: Drawn, family: Family = BUTON, order: list[int] | None = None) -> pl.DataFrame:
    rows = [
        (code, here, year, "maret", value, 2, None, None, "t", None)
        for (here, year), pair in world.items()
        for code, value in zip(("POV.N", "POV.P0"), pair, strict=True)
    ]
    chosen = [rows[number] for number in order] if order is not None else rows
    return within_borders(
        panel(pl.DataFrame(chosen, schema=CHOSEN, orient="row")),
        [family],
        codes=["POV.N", "POV.P0"],
        fewest=3,
        weight_error=0.05,
    )


def values(found: pl.DataFrame, indicator: str, borders: str) -> dict[tuple[str, int], float]:
    rows = found.filter((pl.col("indicator") == indicator) & (pl.col("borders") == borders))
    return {(here, year): value for here, year, value in rows.select("region", "year", "value").iter_rows()}


@given(worlds())
@settings(max_examples=40)
def test_the_parts_add_up_to_the_whole_in_every_year(world: Drawn) -> None:
    found = within(world)

    whole, parts = values(found, "POV.N", "old"), values(found, "POV.N", "today")
    for (_, year), value in whole.items():
        of_year = [part for (_, when), part in parts.items() if when == year]
        if of_year and value is not None:  # those of the years before are estimates, and add up as well
            assert sum(of_year) == pytest.approx(value)


@given(worlds())
@settings(max_examples=40)
def test_a_percentage_of_the_whole_lies_between_those_of_its_parts(world: Drawn) -> None:
    whole = values(within(world), "POV.P0", "old")

    for year in YEARS:
        parts = [percent for (_, when), (_, percent) in world.items() if when == year]
        assert min(parts) - 1e-9 <= whole[str(BUTON.root), year] <= max(parts) + 1e-9


@given(worlds())
@settings(max_examples=40)
def test_the_rounding_that_is_told_is_never_passed(world: Drawn) -> None:
    #  the exact numbers behind the printed ones may lie half a hundredth away: both ends of it stay within the bound
    found = within(world).filter(pl.col("kind").is_in(["sum", "share"]))
    bound = {(code, year): value for code, year, value in found.select("indicator", "year", "rounding").iter_rows()}

    for shift in (0.004, -0.004):
        moved = within({cell: (count + shift, percent - shift) for cell, (count, percent) in world.items()})
        for indicator in ("POV.N", "POV.P0"):
            before, after = values(found, indicator, "old"), values(moved, indicator, "old")
            for cell, value in before.items():
                slack = (
                    1.05  # the bound is of the first order: of a few hundredths of a thousand poor, more may be lost
                )
                counts = [count for (_, when), (count, _) in world.items() if when == cell[1]]
                if min(counts) > 1:
                    assert abs(after[cell] - value) <= slack * bound[indicator, cell[1]] + 1e-9


@given(worlds())
@settings(max_examples=40)
def test_an_estimate_lies_within_what_the_shares_allow(world: Drawn) -> None:
    estimates = within(world).filter(pl.col("kind") == "estimate")

    assert (estimates["low"] <= estimates["value"]).all()
    assert (estimates["value"] <= estimates["high"]).all()
    assert estimates["year"].is_in([2014, 2015]).all()


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_changes_nothing(world: Drawn, chance: object) -> None:
    order = list(range(2 * len(world)))
    chance.shuffle(order)  # type: ignore[attr-defined]

    assert within(world, order=order).equals(within(world))


@given(worlds())
@settings(max_examples=20)
def test_what_was_published_within_the_borders_asked_for_comes_back_as_it_is(world: Drawn) -> None:
    found = within(world)

    for index, indicator in enumerate(("POV.N", "POV.P0")):
        own = values(found.filter(pl.col("kind") == "itself"), indicator, "today")
        assert own == {cell: pair[index] for cell, pair in world.items() if cell[1] >= 2016}
