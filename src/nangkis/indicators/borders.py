"""Series over changing borders: a region's values within its old borders, and within those of today.

What adds up is exact up to the rounding of what was published; a mean is weighted, and lies between its parts whatever
the weights; what can be neither stays unsaid. No value here is ever used as a published one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from nangkis.indicators import rounding
from nangkis.indicators.aggregates import implied_population
from nangkis.indicators.catalogue import Aggregation, Indicator, indicators
from nangkis.indicators.panel import PREFERRED, PUBLISHED, SERIES
from nangkis.regions.families import OLD, OWN, TODAY, Family, parts_of
from nangkis.regions.frame import is_founded, places


ITSELF, SUM, SHARE, MEAN, ESTIMATE = "itself", "sum", "share", "mean", "estimate"
# Why there is no value, though one of the units has one.
LACKING, UNWEIGHTED, BACK_CAST, UNTOLD = "lacking", "unweighted", "back-cast", "untold"
BORDERS = (*SERIES, "borders")
_CELL = ("indicator", "period", "year")
_PARTS = pl.List(pl.Struct({"unit": pl.String, "weight": pl.Float64}))
SCHEMA = pl.Schema(
    {
        "indicator": pl.String(),
        "region": pl.String(),
        "period": pl.String(),
        "borders": pl.String(),  # OLD: region is the root of its family; TODAY: its own land
        "year": pl.Int32(),
        "value": pl.Float64(),  # in the unit of the indicator; null where reason says why
        "low": pl.Float64(),  # what an estimate may be instead; null where it is none
        "high": pl.Float64(),
        "places": pl.Int8(),  # decimals that it can bear
        "rounding": pl.Float64(),  # how far the rounding of the parts can move it; 0 for a published value
        "kind": pl.String(),  # how it was made: ITSELF is a published value, or a total of regencies
        "reason": pl.String(),
        "parts": _PARTS,  # the units it is made of, each with its weight: 1 in a sum, else its part of the whole
    }
)


def has_whole(indicator: Indicator) -> bool:
    """Say whether the value of a whole follows from its parts: an index, a median or a Gini ratio does not."""
    return indicator.aggregation is not Aggregation.NONE


def within_borders(
    panel: pl.DataFrame, chosen: Iterable[Family], *, codes: Sequence[str], fewest: int, weight_error: float
) -> pl.DataFrame:
    """Return the values of some families within their old borders, and of each member within those of today.

    Args:
        panel: as :func:`nangkis.indicators.panel.panel` gives.
        chosen: the families.
        codes: indicators; those of which no whole follows from its parts are left out.
        fewest: how many years must tell how far a member's part of a sum moves, before earlier years are estimated.
        weight_error: how far each weight of a mean may be off, as a share of it, 0 to 1.
    Returns: rows of ``SCHEMA``, sorted by series, borders and year: one for each year in which a part has a value.
    """
    parts = parts_of(chosen)
    wanted = [indicators()[code] for code in codes if has_whole(indicators()[code])]
    units, expected = _units(panel, parts, wanted), _expected(parts, panel["year"])
    added = _added(units, expected, weight_error)
    # A value of the regions themselves stands before one of the regencies in them, and any before a reason.
    best = added.sort(*BORDERS, "year", pl.col("value").is_null(), pl.col("by") != OWN).unique(
        subset=[*BORDERS, "year"], keep="first", maintain_order=True
    )
    sure = _without_recomputed(best, panel, wanted)
    found = pl.concat([sure.select(SCHEMA.names()), _carried_back(sure, parts, wanted, fewest=fewest)])
    return found.sort(*BORDERS, "year")


def _units(panel: pl.DataFrame, parts: pl.DataFrame, wanted: Sequence[Indicator]) -> pl.DataFrame:
    """Return the value of every unit, in the years when it was that of land within the borders asked for."""
    known = panel.filter(pl.col("value").is_not_null() & pl.col("region").is_in(parts["unit"].unique().implode()))
    values = known.filter(pl.col("indicator").is_in([one.code for one in wanted])).select(
        *_CELL, pl.col("region").alias("unit"), "value", "places",
        pl.col("method").is_in([PUBLISHED, PREFERRED]).alias("published"),
        (pl.col("comparable_from").is_null() | (pl.col("year") >= pl.col("comparable_from"))).alias("settled"),
    )  # fmt: skip
    # Before a split what is published covers the whole, and what its regencies add up to the land of today; and
    # regencies that divided among themselves stayed in one province.
    inside = pl.col("settled") | (pl.col("by") != OWN) | (pl.col("published") == (pl.col("borders") == OLD))
    rows = parts.join(values, on="unit").filter(inside)
    return _weighed(rows, known, wanted)


def _weighed(rows: pl.DataFrame, known: pl.DataFrame, wanted: Sequence[Indicator]) -> pl.DataFrame:
    """Add ``counted`` with its ``counted_places``, of the same period, and ``weight``, of the period that counts.

    No weight for the years before a unit was divided: populations are computed again within the borders of today.
    """
    names = pl.DataFrame(
        [(one.code, one.aggregation.value, one.counted_by, one.weighted_by) for one in wanted],
        schema=dict.fromkeys(("indicator", "rule", "counts", "weighs"), pl.String),
        orient="row",
    )
    counted = known.select(
        pl.col("indicator").alias("counts"), "period", "year", pl.col("region").alias("unit"),
        pl.col("value").alias("counted"), pl.col("places").alias("counted_places"),
    )  # fmt: skip
    rows = rows.join(names, on="indicator").join(counted, on=["counts", "period", "year", "unit"], how="left")
    weighed = rows.join(_weights(known, wanted), on=["weighs", "year", "unit"], how="left")
    return weighed.with_columns(pl.when("settled").then("weight").alias("weight"))


def _weights(known: pl.DataFrame, wanted: Sequence[Indicator]) -> pl.DataFrame:
    order = [
        (code, period, rank)
        for code in sorted({one.weighted_by for one in wanted if one.weighted_by is not None})
        for rank, period in enumerate(indicators()[code].possible_periods)
    ]
    ranked = pl.DataFrame(order, schema={"weighs": pl.String, "period": pl.String, "rank": pl.Int32}, orient="row")
    weights = known.select(
        pl.col("indicator").alias("weighs"), "period", "year", pl.col("region").alias("unit"),
        pl.col("value").alias("weight"),
    )  # fmt: skip
    first = weights.join(ranked, on=["weighs", "period"]).sort("rank")
    return first.unique(subset=["weighs", "year", "unit"], keep="first").drop("rank", "period")


def _expected(parts: pl.DataFrame, years: pl.Series) -> pl.DataFrame:
    """Return how many units the land was made of in each year."""
    own = places().select(pl.col("region").alias("unit"), "own_from")
    every = parts.join(own, on="unit", how="left").join(years.unique().to_frame("year"), how="cross")
    return every.filter(is_founded()).group_by("region", "borders", "by", "year").agg(pl.len().alias("expected"))


def _added(units: pl.DataFrame, expected: pl.DataFrame, weight_error: float) -> pl.DataFrame:
    """Return what the units of each year add up to, or why they do not."""
    people = implied_population(pl.col("counted"), pl.col("value"))
    share = 100 * pl.col("counted").sum() / people.sum()
    mean = (pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()
    found = (
        units.sort("unit")
        .group_by("indicator", "region", "period", "borders", "by", "year", "rule")
        .agg(
            pl.len().alias("units"),
            pl.col("counted").count().alias("with_count"),
            ((pl.col("weight") > 0) & pl.col("weight").is_finite()).sum().alias("with_weight"),
            *(pl.col("value").sum().alias(SUM), share.alias(SHARE), mean.alias(MEAN)),
            *(pl.col("value").min().alias("least"), pl.col("value").max().alias("most")),
            _off_by(mean, weight_error).alias("off"),
            pl.min_horizontal(pl.col("places"), pl.col("counted_places")).min().alias("finest"),
            rounding.of_sum(pl.col("places")).alias("sum_rounding"),
            rounding.of_share(
                pl.col("counted"), pl.col("value"), counted_places=pl.col("counted_places"), places=pl.col("places")
            ).alias("share_rounding"),
            *(_shares_of(one).alias(f"{name}_parts") for name, one in _PART_WEIGHTS.items()),
        )
        .join(expected, on=["region", "borders", "by", "year"])
    )
    return _told(found.with_columns(_kind().alias("kind")))


_PART_WEIGHTS = {
    SUM: pl.lit(1.0),
    SHARE: implied_population(pl.col("counted"), pl.col("value")),
    MEAN: pl.col("weight"),
}


def _off_by(mean: pl.Expr, weight_error: float) -> pl.Expr:
    r"""Return how far a weighted mean may be off when each weight may, at most.

    .. math:: \left| \frac{\sum w_i (1 + e_i) x_i}{\sum w_i (1 + e_i)} - \bar x \right|
        \le \frac{\delta}{1 - \delta} \cdot \frac{\sum w_i |x_i - \bar x|}{\sum w_i}, \quad |e_i| \le \delta
    """
    spread = (pl.col("weight") * (pl.col("value") - mean).abs()).sum() / pl.col("weight").sum()
    return weight_error / (1 - weight_error) * spread


def _shares_of(weight: pl.Expr) -> pl.Expr:
    """Return the units with their weight: as it is where it is one for all, else as parts of their sum."""
    share = weight if weight.meta.is_literal() else weight / weight.sum()
    return pl.struct(pl.col("unit"), share.alias("weight"))


def _kind() -> pl.Expr:
    """Return how a value can be made; null where it cannot."""
    is_share = pl.col("rule") == Aggregation.SHARE_OF_POPULATION.value
    weighed = pl.col("with_weight") == pl.col("units")
    return (
        pl.when(pl.col("units") != pl.col("expected"))
        .then(None)
        .when(pl.col("units") == 1)
        .then(pl.lit(ITSELF))
        .when(pl.col("rule") == Aggregation.SUM.value)
        .then(pl.lit(SUM))
        .when(is_share & (pl.col("with_count") == pl.col("units")) & (pl.col("least") > 0))
        .then(pl.lit(SHARE))
        .when(weighed & (pl.col("rule") != Aggregation.SUM.value))
        .then(pl.lit(MEAN))
    )


def _told(found: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of ``SCHEMA`` with ``by``: the value by its kind, its bounds, and the decimals it can bear."""
    kind = pl.col("kind")
    bounded = kind == MEAN
    reason = pl.when(pl.col("units") != pl.col("expected")).then(pl.lit(LACKING)).otherwise(pl.lit(UNWEIGHTED))
    told = found.with_columns(
        pl.when(kind == SHARE).then(SHARE).when(kind == MEAN).then(MEAN).when(kind.is_not_null()).then(SUM)
        .alias("value"),
        pl.when(bounded).then(pl.max_horizontal("least", pl.col(MEAN) - pl.col("off"))).alias("low"),
        pl.when(bounded).then(pl.min_horizontal("most", pl.col(MEAN) + pl.col("off"))).alias("high"),
        pl.when(kind == SUM).then("sum_rounding").when(kind == SHARE).then("share_rounding").otherwise(0.0)
        .alias("rounding"),
        pl.when(kind.is_null()).then(reason).alias("reason"),
        pl.when(kind == SHARE).then("share_parts").when(kind == MEAN).then("mean_parts").otherwise("sum_parts")
        .alias("parts"),
    )  # fmt: skip
    places = rounding.places_within(pl.col("finest"), pl.col("rounding"), (pl.col("high") - pl.col("low")) / 2)
    return told.with_columns(places.alias("places"))


def _without_recomputed(found: pl.DataFrame, panel: pl.DataFrame, wanted: Sequence[Indicator]) -> pl.DataFrame:
    """Take out the years before a split that their source may have computed again, within the borders of today.

    A sum shows it: what is published just before lies nearer to the root's own value just after than to that of all
    parts. A mean of a register or of accounts shows nothing, and such series are computed again as a rule.
    """
    older = pl.col("comparable_from").is_not_null() & (pl.col("year") < pl.col("comparable_from"))
    summed = [one.code for one in wanted if one.aggregation is Aggregation.SUM]
    untold = [one.code for one in wanted if one.aggregation is Aggregation.WEIGHTED_MEAN and not one.sampling]
    rows = found.join(places().select("region", "comparable_from"), on="region", how="left")
    before = (pl.col("borders") == OLD) & (pl.col("kind") == ITSELF) & older
    back_cast = _back_cast(rows.filter(pl.col("indicator").is_in(summed)), panel)
    flagged = rows.join(back_cast, on=SERIES, how="left").with_columns(
        pl.when(before & pl.col("nearer_alone").fill_null(value=False))
        .then(pl.lit(BACK_CAST))
        .when(before & pl.col("indicator").is_in(untold))
        .then(pl.lit(UNTOLD))
        .otherwise("reason")
        .alias("reason")
    )
    sound = pl.col("reason").is_null()
    return flagged.with_columns(pl.when(sound).then(name).alias(name) for name in ("value", "low", "high", "kind"))


def _back_cast(sums: pl.DataFrame, panel: pl.DataFrame) -> pl.DataFrame:
    """Say of each sum whether its last value before the split lies nearer to the root's alone than to the whole's."""
    whole = sums.filter((pl.col("borders") == OLD) & (pl.col("value") > 0)).sort("year")
    after = pl.col("year") >= pl.col("comparable_from")
    ends = whole.group_by(SERIES).agg(
        pl.col("value").filter(after.not_() & (pl.col("kind") == ITSELF)).last().alias("before"),
        pl.col("value").filter(after).first().alias("together"),
        pl.col("year").filter(after).first().alias("year"),
    )
    own = panel.select(*SERIES, "year", pl.col("value").alias("alone"))
    near = {name: (pl.col("before") / pl.col(name)).log().abs() for name in ("alone", "together")}
    return ends.join(own, on=[*SERIES, "year"]).select(
        *SERIES, (near["alone"] < near["together"]).alias("nearer_alone")
    )


def _carried_back(
    found: pl.DataFrame, parts: pl.DataFrame, wanted: Sequence[Indicator], *, fewest: int
) -> pl.DataFrame:
    r"""Return estimates of a member's part of a sum in the years before it had figures of its own.

    .. math:: \hat{x}_t = \frac{x_f}{X_f} X_t, \quad
        \min_s \frac{x_s}{X_s} X_t \le \hat{x}_t \le \max_s \frac{x_s}{X_s} X_t

    with *x* the member's value, *X* that of the whole, *f* the first year and *s* all years that have both.
    """
    summed = found.filter(
        pl.col("indicator").is_in([one.code for one in wanted if one.aggregation is Aggregation.SUM]),
        pl.col("value").is_not_null(),
    )
    cell = ["indicator", "period", "year"]
    whole = summed.filter(pl.col("borders") == OLD).select(
        *cell, pl.col("region").alias("root"), pl.col("value").alias("whole"), "places"
    )
    mine = summed.filter(pl.col("borders") == TODAY).select(*SERIES, "year", "value")
    held = _parts_held(mine, whole.filter(pl.col("whole") > 0), parts).filter(pl.col("years") >= fewest)
    earlier = whole.join(held, on=["indicator", "period", "root"]).filter(pl.col("year") < pl.col("first_year"))
    bounds = {"value": "part", "low": "least", "high": "most"}
    told = earlier.with_columns(
        *((pl.col(part) * pl.col("whole")).alias(name) for name, part in bounds.items()),
        pl.lit(TODAY).alias("borders"),
        pl.lit(0.0).alias("rounding"),
        pl.lit(ESTIMATE).alias("kind"),
        pl.lit(None, pl.String).alias("reason"),
        pl.concat_list(pl.struct(pl.col("root").alias("unit"), pl.col("part").alias("weight"))).alias("parts"),
    )
    places = rounding.places_within(pl.col("places"), pl.col("rounding"), (pl.col("high") - pl.col("low")) / 2)
    return told.with_columns(places.alias("places")).select(SCHEMA.names())


def _parts_held(mine: pl.DataFrame, whole: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return each member's ``part`` of its whole in the first year that has both, and the ``least`` and ``most``."""
    family = parts.filter((pl.col("borders") == OLD) & (pl.col("by") == OWN)).select(
        pl.col("region").alias("root"), pl.col("unit").alias("region")
    )
    both = mine.join(family, on="region").join(whole, on=["indicator", "period", "year", "root"]).sort("year")
    part = pl.col("value") / pl.col("whole")
    return both.group_by(SERIES, maintain_order=True).agg(
        pl.col("root").first(),
        pl.len().alias("years"),
        pl.col("year").first().alias("first_year"),
        *(part.first().alias("part"), part.min().alias("least"), part.max().alias("most")),
    )
