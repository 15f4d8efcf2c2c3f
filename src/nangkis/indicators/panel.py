"""What the lake says of every region at once: published values, and the totals that follow from them.

A province or the nation without a published value gets the sum over its regencies of that year, never their mean, and
only when every one of them has what the sum needs.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from nangkis.indicators.aggregates import percent_of_population
from nangkis.indicators.catalogue import Aggregation, indicators
from nangkis.regions.frame import REGENCY, is_founded, members, places


PUBLISHED = "published-value"
PREFERRED = "published-value-preferred"
SUM_OF_REGENCIES = "sum-of-regencies"
SHARE_OF_REGENCIES = "share-of-regencies"
NOT_FOUNDED = "not-founded"  # the reason of a missing value that a table fills in for the years before a founding
SERIES = ("indicator", "region", "period")
CELL = ("indicator", "year", "period")
_NUMBER = ("value", "places", "missing", "standard_error", "method", "weighed", "_table", "losers")


def panel(chosen: pl.DataFrame) -> pl.DataFrame:
    """Return one row per indicator, region, period and year, sorted by them.

    Args:
        chosen: one row per indicator, region, year and period, as :func:`nangkis.indicators.choice.chosen_rows` gives.
    Returns: those rows, with the columns of :func:`nangkis.regions.frame.places`, ``value`` in the unit of the
        catalogue, ``places``, ``missing``, ``standard_error`` (as published) and ``method``. Of a region not yet
        founded there is no value, whatever a back-filled table says. Totals that regencies add up to stand where none
        was published.
    """
    known = _own(chosen)
    is_regency = pl.col("level").eq_missing(REGENCY)
    below, above = known.filter(is_regency), known.filter(is_regency.not_())
    regencies = below.filter(pl.col("indicator").is_in(_totalled()) & pl.col("value").is_not_null())
    totals = pl.concat([_totals(regencies, level) for level in ("province", "nation")])
    key = (*CELL, "region")
    added = totals.join(above.filter(pl.col("value").is_not_null()), on=key, how="anti")
    added = added.join(places(), on="region", how="left").select(known.columns)
    return _in_order(pl.concat([below, above.join(added, on=key, how="anti"), added], rechunk=True))


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows sorted by series and year, by one number for both: comparing texts row by row takes far longer."""
    if rows.is_empty():
        return rows
    number = pl.lit(0, pl.Int64)
    for place in (*(_order_of(rows[name]) for name in SERIES), rows["year"]):
        number = number * (int(str(place.max())) + 1) + place
    return rows[rows.select(number).to_series().arg_sort()]


def _order_of(texts: pl.Series) -> pl.Series:
    """Return the place of each text among all different ones; alike ones stand together mostly."""
    run = texts.rle_id()
    return texts.filter(run.ne_missing(run.shift(1))).rank("dense").gather(run)


def _own(chosen: pl.DataFrame) -> pl.DataFrame:
    """Return what tables say, each region's values from its founding on only."""
    read = (*CELL, "region", "value", "places", "missing", "standard_error", "_table", "losers")
    placed = chosen.select(read).join(places(), on="region", how="left", maintain_order="left")
    weighed = (pl.col("losers").list.len() > 0).fill_null(value=False)
    return placed.with_columns(
        pl.when(is_founded()).then("value"),
        pl.when(is_founded()).then("missing").otherwise(pl.lit(NOT_FOUNDED)).alias("missing"),
        pl.when(weighed).then(pl.lit(PREFERRED)).otherwise(pl.lit(PUBLISHED)).alias("method"),
        weighed.alias("weighed"),
    )


def _totalled() -> list[str]:
    """Return the indicators that totals follow from."""
    added = [one.code for one in indicators().values() if one.aggregation is Aggregation.SUM]
    shared = [code for one in indicators().values() if one.counted_by for code in (one.code, one.counted_by)]
    return sorted({*added, *shared})


def _totals(regencies: pl.DataFrame, above: str) -> pl.DataFrame:
    """Return what the regencies of each province, or nation, add up to where every one of them has a value."""
    added = pl.concat([_sums(regencies, above), _shares(regencies, above)]).rename({above: "region"})
    unborn = places().filter(pl.col("own_from").is_not_null()).select("region", "own_from")
    return (
        added.join(members(above, added["year"]), on=["region", "year"])
        .filter(pl.col("regencies") == pl.col("members"))
        .join(unborn, on="region", how="left")
        .filter(is_founded())
        .with_columns(
            pl.lit(None, pl.String).alias("missing"),
            pl.lit(None, pl.Float64).alias("standard_error"),
            pl.lit(None, pl.String).alias("_table"),
            pl.lit(None, pl.List(pl.String)).alias("losers"),
        )
        .select(*CELL, "region", *_NUMBER)
    )


def _sums(regencies: pl.DataFrame, above: str) -> pl.DataFrame:
    addable = [one.code for one in indicators().values() if one.aggregation is Aggregation.SUM]
    rows = regencies.filter(pl.col("indicator").is_in(addable))
    return rows.group_by(*CELL, above).agg(*_of_all(pl.col("value").sum(), SUM_OF_REGENCIES))


def _shares(regencies: pl.DataFrame, above: str) -> pl.DataFrame:
    """Return the percentages of all people, for indicators whose people another indicator counts."""
    counted = {one.code: one.counted_by for one in indicators().values() if one.counted_by is not None}
    percent = regencies.filter(pl.col("indicator").is_in(list(counted)))
    percent = percent.with_columns(pl.col("indicator").replace_strict(counted, return_dtype=pl.String).alias("counts"))
    people = regencies.select(pl.col("indicator").alias("counts"), *CELL[1:], "region", "value", "weighed")
    both = percent.join(people, on=["counts", *CELL[1:], "region"], suffix="_counted").with_columns(
        pl.col("weighed") | pl.col("weighed_counted")
    )
    share = percent_of_population(pl.col("value_counted"), pl.col("value"))
    return both.group_by(*CELL, above).agg(*_of_all(share, SHARE_OF_REGENCIES))


def _of_all(value: pl.Expr, method: str) -> Iterator[pl.Expr]:
    yield from (value.alias("value"), pl.lit(method).alias("method"), pl.len().alias("regencies"))
    yield from (pl.col("places").min(), pl.col("weighed").any())


def counting_periods(panel: pl.DataFrame) -> pl.DataFrame:
    """Return which of several series of an indicator counts for a region: the one that goes on longest.

    A survey that moved to another month leaves two series, never joined; the later one is what holds today. Of those
    that end in the same year the first of the indicator's periods counts, and where none has a value, the first held.

    Args:
        panel: as :func:`panel` gives.
    Returns: one row per indicator and region: ``period``, and ``others``, the periods of the other series with a value.
    """
    order = [
        (code, period, place) for code, one in indicators().items() for place, period in enumerate(one.possible_periods)
    ]
    ranks = pl.DataFrame(order, schema={"indicator": pl.String, "period": pl.String, "rank": pl.Int32}, orient="row")
    last = pl.col("year").filter(pl.col("value").is_not_null()).max().alias("last")
    series = panel.group_by(SERIES).agg(last).join(ranks, on=["indicator", "period"])
    ordered = series.sort(
        "indicator", "region", "last", "rank", descending=[False, False, True, False], nulls_last=True
    )
    return ordered.group_by("indicator", "region", maintain_order=True).agg(
        pl.col("period").first(),
        pl.col("period").slice(1).filter(pl.col("last").slice(1).is_not_null()).alias("others"),
    )
