"""Signed sums of accounts, over all regions and years at once: what a measure or a rule adds and takes away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from nangkis.budget.postures.panel import KEY, SEN
from nangkis.vocabulary.refusals import RequestRefused


Terms = Mapping[str, int]  # account -> +1 or -1


class TermsRefused(RequestRefused):
    """A rule of a parameter file adds up something that is no account; the values name the rule and the account."""


@dataclass(frozen=True)
class Ratio:
    """One signed sum over another."""

    name: str
    above: Terms
    below: Terms


def terms(entries: Iterable[Mapping[str, str]], *, known: Iterable[str], rule: str) -> Terms:
    """Read ``[{account: "5.1.01", sign: "-1"}, …]``. Raises TermsRefused for an account that is not known."""
    read = {str(entry["account"]): int(entry["sign"]) for entry in entries}
    unknown = set(read) - set(known)
    if unknown or not set(read.values()) <= {1, -1}:
        raise TermsRefused("posture-terms", rule=rule, accounts=", ".join(sorted(unknown or read)))
    return read


def summed(amounts: pl.DataFrame, sums: Mapping[str, Terms]) -> pl.DataFrame:
    """Return the signed sums: KEY, ``name``, ``sen`` and ``half`` (Int128).

    Args:
        amounts: KEY, ``account``, ``sen``, ``half``; one row per account.
        sums: by name. ``sen`` is null where one account of a sum is unknown or no row tells of it.
    """
    listed = [(name, account, sign) for name, terms in sums.items() for account, sign in terms.items()]
    wanted = pl.DataFrame(listed, schema={"name": pl.String, "account": pl.String, "sign": pl.Int64}, orient="row")
    rows = amounts.select(*KEY, "account", pl.col("sen").cast(SEN), pl.col("half").cast(SEN).fill_null(0))
    counts = {name: len(terms) for name, terms in sums.items()}
    found = (
        rows.join(wanted, on="account")
        .group_by(*KEY, "name")
        .agg((pl.col("sen") * pl.col("sign")).sum(), pl.col("half").sum(), pl.col("sen").count().alias("told"))
    )
    every = amounts.select(KEY).unique().join(pl.DataFrame({"name": list(sums)}), how="cross")
    whole = pl.col("told") == pl.col("name").replace_strict(counts, return_dtype=pl.UInt32, default=0)
    return (
        every.join(found, on=[*KEY, "name"], how="left")
        .with_columns(pl.when(whole).then("sen").alias("sen"), pl.col("half").fill_null(0))
        .drop("told")
        .sort(*KEY, "name")
    )


def ratios(amounts: pl.DataFrame, wanted: Iterable[Ratio]) -> pl.DataFrame:
    """Return shares: KEY, ``name``, ``above`` and ``below`` (exact sen, Int128), ``value`` (0-1), ``why``.

    ``why`` says why there is no value: ``account-unknown``, or ``no-base`` where the sum below is not above 0.
    """
    listed = list(wanted)
    parts = {"above": {r.name: r.above for r in listed}, "below": {r.name: r.below for r in listed}}
    above, below = (summed(amounts, parts[part]).drop("half").rename({"sen": part}) for part in parts)
    both = above.join(below, on=[*KEY, "name"], maintain_order="left")
    unknown = pl.col("above").is_null() | pl.col("below").is_null()
    share = pl.col("above").cast(pl.Float64) / pl.col("below").cast(pl.Float64)
    return both.with_columns(
        pl.when(~unknown & (pl.col("below") > 0)).then(share).alias("value"),
        pl.when(unknown)
        .then(pl.lit("account-unknown"))
        .when(pl.col("below") <= 0)
        .then(pl.lit("no-base"))
        .alias("why"),
    )


def at_least(above: pl.Expr, below: pl.Expr, limit: Decimal) -> pl.Expr:
    """Say exactly whether ``above`` is at least this share of ``below``; both Int128 of sen."""
    exact = Fraction(limit)
    return above * exact.denominator >= below * exact.numerator


def at_most(above: pl.Expr, below: pl.Expr, limit: Decimal) -> pl.Expr:
    """Say exactly whether ``above`` is at most this share of ``below``; both Int128 of sen."""
    exact = Fraction(limit)
    return above * exact.denominator <= below * exact.numerator
