"""What is told of the revenue and spending of every region and year: shares, growth, and money per head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from nangkis.budget.postures.panel import KEY
from nangkis.budget.postures.terms import Ratio, ratios


# Transfers between regions stand under Pendapatan Lainnya in a posture, but are transfers (domain note 10.6): both
# readings of dependence are told.
REVENUE_SHARES: Sequence[Ratio] = (
    Ratio("own-revenue", {"4.1": 1}, {"4": 1}),  # derajat desentralisasi
    Ratio("central-transfers", {"4.2": 1}, {"4": 1}),  # ketergantungan
    Ratio("all-transfers", {"4.2": 1, "4.2.02": 1}, {"4": 1}),
    Ratio("other-revenue", {"4.3": 1, "4.2.02": -1}, {"4": 1}),
    Ratio("taxes", {"4.1.01": 1}, {"4": 1}),
)
# Each rupiah of spending is in one of these, except where a group differs from its parts.
SPENDING_SHARES: Sequence[Ratio] = (
    Ratio("personnel", {"5-pegawai": 1}, {"5": 1}),
    Ratio("goods", {"5-barang-jasa": 1}, {"5": 1}),
    Ratio("capital", {"5-modal": 1}, {"5": 1}),
    Ratio("transfers-out", {"5.4.01": 1, "5.4.02": 1}, {"5": 1}),  # of a kabupaten: to its villages, for the most part
    Ratio("grants-aid", {"5.1.05": 1, "5.1.06": 1}, {"5": 1}),
    Ratio("unforeseen", {"5.3": 1}, {"5": 1}),
    Ratio("interest-subsidies", {"5.1.03": 1, "5.1.04": 1, "5-lainnya-2020": 1}, {"5": 1}),
)
GROWING: Mapping[str, str] = {
    "revenue": "4", "own-revenue": "4.1", "central-transfers": "4.2", "spending": "5", "personnel": "5-pegawai",
    "capital": "5-modal",
}  # fmt: skip
PER_HEAD: Mapping[str, str] = {"revenue": "4", "own-revenue": "4.1", "spending": "5"}


def revenue_structure(amounts: pl.DataFrame) -> pl.DataFrame:
    """Return the shares of revenue, as :func:`nangkis.budget.postures.terms.ratios` gives."""
    return ratios(amounts, REVENUE_SHARES)


def spending_structure(amounts: pl.DataFrame) -> pl.DataFrame:
    """Return the shares of spending, as :func:`nangkis.budget.postures.terms.ratios` gives."""
    return ratios(amounts, SPENDING_SHARES)


def growth(amounts: pl.DataFrame) -> pl.DataFrame:
    r"""Return how accounts grew from each year to the next, in prices of the year (nominal).

    .. math:: g_t = \frac{x_t}{x_{t-1}} - 1

    Returns: KEY, ``name``, ``before`` and ``after`` (exact sen), ``value`` (0.05: five percent more), ``why``:
        ``no-year-before``, ``account-unknown`` or ``no-base`` (nothing the year before). Never across a gap of years,
        never from one basis to the other.
    """
    names = {account: name for name, account in GROWING.items()}
    own = amounts.filter(pl.col("account").is_in(list(names))).select(
        *KEY,
        pl.col("account").replace_strict(names, return_dtype=pl.String).alias("name"),
        pl.col("sen").alias("after"),
    )
    before = own.select("region", pl.col("year") + 1, "basis", "name", pl.col("after").alias("before"))
    both = own.join(before.with_columns(there=True), on=[*KEY, "name"], how="left", maintain_order="left")
    unknown = pl.col("after").is_null() | pl.col("before").is_null()
    told = ~unknown & (pl.col("before") > 0)
    change = pl.col("after").cast(pl.Float64) / pl.col("before").cast(pl.Float64) - 1
    return both.with_columns(
        pl.when(told).then(change).alias("value"),
        pl.when(pl.col("there").is_null())
        .then(pl.lit("no-year-before"))
        .when(unknown)
        .then(pl.lit("account-unknown"))
        .when(~told)
        .then(pl.lit("no-base"))
        .alias("why"),
    ).drop("there")


def per_head(amounts: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Return money per head of the population.

    Args:
        amounts: as a panel has them.
        people: ``region``, ``year``, ``people`` (persons), ``base`` (which count: every per-head figure names it).
    Returns: KEY, ``name``, ``base``, ``sen`` (whole, of one head, rounded half up), ``why``: ``people-unknown`` or
        ``account-unknown``. A region without any count keeps a row, its base null.
    """
    names = {account: name for name, account in PER_HEAD.items()}
    own = amounts.filter(pl.col("account").is_in(list(names))).select(
        *KEY,
        pl.col("account").replace_strict(names, return_dtype=pl.String).alias("name"),
        pl.col("sen").alias("whole"),
    )
    both = own.join(people, on=["region", "year"], how="left", maintain_order="left")
    counted = pl.col("people").fill_null(0) > 0
    # People are counted in whole persons: the division stays exact until it is rounded.
    heads = pl.when(counted).then(pl.col("people").round().cast(pl.Int128))
    each = (2 * pl.col("whole") + heads) // (2 * heads)
    return both.with_columns(
        pl.when(counted).then(each).alias("sen"),
        pl.when(~counted)
        .then(pl.lit("people-unknown"))
        .when(pl.col("whole").is_null())
        .then(pl.lit("account-unknown"))
        .alias("why"),
    ).drop("people")
