"""Decimal slips: a value ten or a hundred times, or a tenth or hundredth, of what is around it. Told, never mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from nangkis.content.messages import MOST_PLACES
from nangkis.indicators.catalogue import indicators
from nangkis.intake.checks.protocol import LINE, Values
from nangkis.intake.rules import Rules
from nangkis.regions.register import Level, place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at


PEERS = ("indicator", "level", "year", "period")
ABOVE = {Level.PROVINCE, Level.NATION}
# Years around a value that say what it should be about.
AROUND = (-2, -1, 1, 2)
POWERS = (-1, 1, -2, 2)
STEADY_YEARS = 3  # so many years that agree closely leave no doubt about the one that does not
TENFOLD = 10
# The word of the catalogue for how far a number slipped.
SLIPS = {1: "ten-times", 2: "hundred-times", -1: "tenth", -2: "hundredth"}


def with_refused(values: Values, refused: Iterable[Finding]) -> pl.DataFrame:
    """Return the rows with ``seen``: the value, or the number that was refused as implausible, as its finding says."""
    told = [
        (cells.column, row, one.values["brought"])
        for one in refused
        if isinstance(one.values.get("brought"), float)
        for cells in one.cells
        for row in cells.rows
    ]
    key = ["_col", "_row"]
    schema = pl.Schema({"_col": pl.String(), "_row": values.schema["_row"], "brought": pl.Float64()})
    numbers = pl.DataFrame(told, schema=schema, orient="row").unique(key, keep="first")
    lost = pl.when(pl.col("missing") == Missing.IMPLAUSIBLE).then("brought")
    return (
        values.join(numbers, on=key, how="left", maintain_order="left")
        .with_columns(pl.coalesce("value", lost).alias("seen"))
        .drop("brought")
    )


def slipped(seen: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Return the rows whose number slipped, with ``power`` of ten and the ``likely`` value; ``seen`` is the number.

    With two known years around it that agree, these decide; with one, that and the other regions of its year; with
    none, the other regions. What most regions do at once is a change of the column, and no slip.
    """
    measured = [code for code in seen["indicator"].unique() if indicators()[code].plausible[0] >= 0]
    numbers = seen.filter(pl.col("indicator").is_in(measured) & (pl.col("seen") > 0))
    if numbers.is_empty():
        return numbers.with_columns(power=pl.lit(0), likely=pl.lit(0.0))
    told = _powers(_with_peers(_with_years(numbers), rules), rules).filter(pl.col("power").is_not_null())
    return _alone(told, numbers, rules).with_columns(likely=pl.col("seen") * 10.0 ** -pl.col("power"))


def credible_change(codes: Iterable[str], share_of: pl.Expr) -> pl.Expr:
    """Return the largest credible change within a year, in the unit of each row's indicator, one of ``codes``.

    ``share_of`` is the value that the change is a share of, for an indicator whose largest change is one.
    """
    most = {code: indicators()[code].largest_yearly_change for code in codes}
    by = pl.col("indicator").replace_strict({code: one.by for code, one in most.items()}, return_dtype=pl.Float64)
    shares = [code for code, one in most.items() if one.relative]
    return pl.when(pl.col("indicator").is_in(shares)).then(by * share_of).otherwise(by)


def _with_years(numbers: pl.DataFrame) -> pl.DataFrame:
    """Add the known values of the years around, least and most, how many they are, and their most credible change."""
    known = numbers.filter(pl.col("value").is_not_null()).unique([*LINE, "year"], keep="first", maintain_order=True)
    rows = numbers
    for step in AROUND:
        other = known.select(*LINE, pl.col("year") - step, pl.col("value").alias(f"year{step}"))
        rows = rows.join(other, on=[*LINE, "year"], how="left", maintain_order="left")
    around = [f"year{step}" for step in AROUND]
    codes = rows["indicator"].unique()
    possible = {code: indicators()[code].plausible for code in codes}
    ends = rows.with_columns(
        pl.min_horizontal(around).alias("low"),
        pl.max_horizontal(around).alias("high"),
        pl.sum_horizontal(pl.col(one).is_not_null().cast(pl.Int32) for one in around).alias("years"),
    )
    return ends.with_columns(
        pl.col("indicator").replace_strict(possible, return_dtype=pl.Array(pl.Float64, 2)).alias("possible"),
        credible_change(codes, pl.col("high")).alias("change"),
        (pl.col("low") * pl.col("high")).sqrt().alias("middle"),
    )


def _with_peers(rows: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add the least, most and middle of the other regions of the same level, where there are enough of them.

    Kabupaten and kota are of one level here.
    """
    places = {code: place(Region.parse(code)).level for code in rows["region"].unique()}
    levels = {code: level.value if level in ABOVE else "" for code, level in places.items()}
    rows = rows.with_columns(pl.col("region").replace_strict(levels, return_dtype=pl.String).alias("level"))
    ranked = rows.with_columns(
        *(pl.col("seen").sort(descending=down).get(at, null_on_oob=True).over(PEERS).alias(f"{end}{at}")
          for end, down in (("most", True), ("least", False)) for at in (0, 1)),
        pl.len().over(PEERS).alias("peers"),
        pl.col("seen").median().over(PEERS).alias("usual"),
    )  # fmt: skip
    enough = pl.col("peers") > rules.thresholds.slip_peers
    others = {
        "peer_most": pl.when(pl.col("seen") == pl.col("most0")).then("most1").otherwise("most0"),
        "peer_least": pl.when(pl.col("seen") == pl.col("least0")).then("least1").otherwise("least0"),
        "usual": pl.col("usual"),
    }
    return ranked.with_columns(pl.when(enough).then(one).alias(name) for name, one in others.items())


def _powers(rows: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add by which power of ten a number is off, as the years around it say, or the other regions; null for none."""
    by_years, by_peers = pl.lit(None, pl.Int32), pl.lit(None, pl.Int32)
    for power in reversed(POWERS):
        likely = pl.col("seen") * 10.0**-power
        possible = likely.is_between(pl.col("possible").arr.first(), pl.col("possible").arr.last())
        by_years = pl.when(possible & _off_years(likely, power, rules)).then(power).otherwise(by_years)
        by_peers = pl.when(possible & _off_peers(likely, power, rules)).then(power).otherwise(by_peers)
    farther = _distance("seen") > _distance("middle")
    told = (
        pl.when((pl.col("years") > 1) | farther.fill_null(value=False))
        .then(by_years)
        .when(pl.col("years") == 0)
        .then(by_peers)
    )
    return rows.with_columns(told.alias("power"))


def _off_years(likely: pl.Expr, power: int, rules: Rules) -> pl.Expr:
    """Whether the years agree, the number is a power of ten off them, and the change is not credible.

    Of a small number every change is credible: there the years must agree closely.
    """
    limits = rules.thresholds
    spread = pl.col("high") / pl.col("low")
    credible = (pl.col("low") - pl.col("change"), pl.col("high") + pl.col("change"))
    steady = (pl.col("years") >= STEADY_YEARS) & (spread <= float(limits.slip_years_steady))
    nearness = ((pl.col("seen") / pl.col("middle")).log10() - power).abs() <= float(limits.slip_nearness)
    off = ~pl.col("seen").is_between(*credible) | steady
    return (spread <= float(limits.slip_years_alike)) & nearness & likely.is_between(*credible) & off


def _off_peers(likely: pl.Expr, power: int, rules: Rules) -> pl.Expr:
    """Whether the number lies far beyond all other regions, would lie among them, and is no matter of rounding."""
    far = float(rules.thresholds.slip_beyond_peers)
    above, below = pl.col("seen") > pl.col("peer_most") * far, pl.col("seen") < pl.col("peer_least") / far
    fine = pl.col("seen") >= TENFOLD * pl.lit(10.0).pow(-pl.col("places").fill_null(0).cast(pl.Float64))
    return (above if power > 0 else below & fine) & likely.is_between("peer_least", "peer_most")


def _distance(column: str) -> pl.Expr:
    return (pl.col(column) / pl.col("usual")).log10().abs()


def _alone(found: pl.DataFrame, numbers: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Leave out what most regions of a year do at once: the column is in another unit, or made another way."""
    key = ["indicator", "year", "period"]
    rows = numbers.group_by(key).len("rows")
    few = pl.len().over(key) <= float(rules.thresholds.share_of_a_method_change) * pl.col("rows")
    return found.join(rows, on=key, how="left", maintain_order="left").filter(few | (pl.col("rows") == 1))


def told_slips(values: Values, rules: Rules, refused: Iterable[Finding] = ()) -> Iterator[Finding]:
    """Yield each slip with the likely value; among the numbers that were ``refused`` as implausible, too."""
    for row in slipped(with_refused(values, refused), rules).iter_rows(named=True):
        told = {"name": row["name_read"], "indicator": row["indicator"], "year": str(row["year"]), "value": row["seen"]}
        told |= {"likely": round(row["likely"], MOST_PLACES), "slip": SLIPS[row["power"]]}
        at = cell_at(row["_sheet"], row["_col"], row["_row"])
        yield Finding("decimal-slip", Severity.WARNING, at, told)
