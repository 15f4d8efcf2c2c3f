"""Money in prices of one year, by a deflator that the caller names; without one it is refused with the reason."""

from __future__ import annotations

import polars as pl

from nangkis.vocabulary.refusals import RequestRefused


class DeflatorMissing(RequestRefused):
    """The deflator says nothing of a region in the base year; the values name the region, the year and the deflator."""


def in_prices_of(money: pl.DataFrame, deflator: pl.DataFrame, *, base_year: int, name: str) -> pl.DataFrame:
    r"""Return money in prices of the base year.

    .. math:: x^{real}_t = x_t \cdot \frac{d_b}{d_t}

    Args:
        money: ``region``, ``year``, ``sen`` (exact), and whatever else.
        deflator: ``region``, ``year``, ``index`` (above 0; for poverty spending the region's own poverty line, for
            budgets the province's GRDP deflator or the nearest city's CPI).
        base_year: of which prices the answer is.
        name: of the deflator, as a reader knows it.
    Returns: with ``real_sen`` (Int128, rounded half up; null where the deflator or the money is not there) and ``why``:
        ``deflator-unknown`` or ``money-unknown``.
    Raises: DeflatorMissing, when a region has no index in the base year: nothing could be compared.
    """
    there = deflator.filter(pl.col("index").is_not_null() & (pl.col("index") > 0))
    base = there.filter(pl.col("year") == base_year).select("region", pl.col("index").alias("base"))
    without = money.join(base, on="region", how="anti")["region"].unique().sort()
    if len(without):
        listed = ", ".join(without.to_list()[:3])
        raise DeflatorMissing("deflator-missing", regions=listed, year=base_year, deflator=name)
    index = there.select("region", "year", "index")
    both = money.join(index, on=["region", "year"], how="left", maintain_order="left").join(
        base, on="region", how="left", maintain_order="left"
    )
    real = (pl.col("sen").cast(pl.Float64) * pl.col("base") / pl.col("index") + 0.5).floor().cast(pl.Int128)
    same = pl.col("year") == base_year  # exact: no division touches it
    return both.with_columns(
        pl.when(same).then(pl.col("sen").cast(pl.Int128)).otherwise(real).alias("real_sen"),
        pl.when(pl.col("sen").is_null())
        .then(pl.lit("money-unknown"))
        .when(pl.col("index").is_null())
        .then(pl.lit("deflator-unknown"))
        .alias("why"),
    ).drop("base", "index")
