"""What the law asks of a budget: every dated rule in each of its readings, and how sure the verdict can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import polars as pl

from nangkis.budget.postures.panel import KEY
from nangkis.budget.postures.terms import Terms, at_least, at_most, summed
from nangkis.parameters.dated import Parameter, Parameters
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region


RULES = (
    "belanja_wajib_pendidikan",
    "belanja_wajib_kesehatan",
    "belanja_wajib_infrastruktur",
    "belanja_wajib_pegawai",
    "belanja_wajib_alokasi_dana_desa",
)


class Met(StrEnum):
    """Whether a rule is met; an indication rests on something that stands near what the rule means."""

    MET = "met"
    NOT_MET = "not-met"
    INDICATION_MET = "indication-met"
    INDICATION_NOT_MET = "indication-not-met"
    CANNOT_TELL = "cannot-tell"
    NOT_IN_FORCE = "not-in-force"
    OTHER_LEVEL = "other-level"


@dataclass(frozen=True)
class Reading:
    """One way to read a rule; ``instead`` stands in for what is above, telling of the true share what ``tells`` says.

    ``tells``: ``upper`` or ``lower`` (a bound of it), ``about``, or empty where nothing can stand in.
    """

    id: str
    above: Terms
    below: Terms
    instead: Terms
    tells: str


@dataclass(frozen=True)
class MandatoryRule:
    """A rule as it is in force on a day; ``limit`` is a share, ``side`` says whether it is the least or the most."""

    parameter: Parameter
    limit: Decimal
    side: str
    levels: frozenset[str]
    readings: tuple[Reading, ...]


def rule_on(parameters: Parameters, name: str, day: date) -> MandatoryRule | None:
    """Return a rule in force on a day; None before it holds and after it was abolished."""
    found = parameters.in_force(name, day)
    if found is None:
        return None
    value = found.value
    return MandatoryRule(
        parameter=found,
        limit=Decimal(value["limit"]),
        side=str(value["side"]),
        levels=frozenset(value["levels"]),
        readings=tuple(_reading(entry) for entry in value["readings"]),
    )


def mandatory(amounts: pl.DataFrame, parameters: Parameters, *, known: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the verdict of every rule and reading on every region, year and basis.

    A rule counts for a budget when it is in force on the first day of the budget's year.

    Args:
        amounts: as a panel has them.
        parameters: with RULES.
        known: further amounts that rules name and postures do not hold (such as ``urusan-pendidikan``): KEY,
            ``account``, ``sen``, ``half``.
    Returns: KEY, ``rule``, ``reading`` (null where the rule does not hold), ``above``, ``below`` (exact sen), ``value``
        (0-1), ``tells`` (``exact``, or how ``value`` stands to the true share), ``verdict``: Met.
    """
    told = ("account", "sen", "half")
    own = amounts.select(*KEY, *told)
    every = own if known is None else pl.concat([own, known.select(*KEY, *told).cast(own.schema)])
    parts: list[pl.DataFrame] = []
    for year in sorted(amounts["year"].unique()):
        rows = every.filter(pl.col("year") == year)
        for name in RULES:
            rule = rule_on(parameters, name, date(year, 1, 1))
            parts.extend(_judged(rows, name, rule))
    return pl.concat(parts).sort(*KEY, "rule", "reading") if parts else _empty()


def _judged(rows: pl.DataFrame, name: str, rule: MandatoryRule | None) -> Sequence[pl.DataFrame]:
    keys = rows.select(KEY).unique()
    if rule is None:
        return [_without(keys, name, Met.NOT_IN_FORCE)]
    levels = {code: str(place(Region.parse(code)).level) for code in keys["region"].unique()}
    level = pl.col("region").replace_strict(levels, return_dtype=pl.String)
    ours, others = (keys.filter(level.is_in(list(rule.levels)) == asked) for asked in (True, False))
    mine = rows.join(ours, on=KEY, how="semi")
    read = [_of_reading(mine, name, rule, reading) for reading in rule.readings] if ours.height else []
    return [*read, _without(others, name, Met.OTHER_LEVEL)] if others.height else read


def _of_reading(rows: pl.DataFrame, name: str, rule: MandatoryRule, reading: Reading) -> pl.DataFrame:
    sums = {"above": reading.above, "instead": reading.instead, "below": reading.below}
    found = summed(rows, {part: terms for part, terms in sums.items() if terms})
    wide = found.pivot(on="name", index=KEY, values="sen")
    wide = wide.with_columns(pl.lit(None, pl.Int128).alias(part) for part in sums if part not in wide.columns)
    exact = pl.col("above").is_not_null()
    tells = pl.when(exact).then(pl.lit("exact")).when(pl.col("instead").is_not_null()).then(pl.lit(reading.tells))
    chosen = wide.with_columns(tells.alias("tells"), pl.coalesce("above", "instead").alias("above"))
    known = pl.col("above").is_not_null() & (pl.col("below") > 0)
    share = pl.col("above").cast(pl.Float64) / pl.col("below").cast(pl.Float64)
    return _told(
        chosen.with_columns(
            pl.lit(name).alias("rule"),
            pl.lit(reading.id).alias("reading"),
            pl.when(known).then(share).alias("value"),
            pl.when(known).then(_verdict(rule)).otherwise(pl.lit(Met.CANNOT_TELL.value)).alias("verdict"),
        )
    )


def _verdict(rule: MandatoryRule) -> pl.Expr:
    """A bound is enough on its safe side: personnel whose upper bound is within the limit is within it."""
    least = rule.side == "least"
    holds = (at_least if least else at_most)(pl.col("above"), pl.col("below"), rule.limit)
    safe_if_met, safe_if_not = ("lower", "upper") if least else ("upper", "lower")
    tells = pl.col("tells")
    return (
        pl.when(holds & tells.is_in(["exact", safe_if_met]))
        .then(pl.lit(Met.MET.value))
        .when(~holds & tells.is_in(["exact", safe_if_not]))
        .then(pl.lit(Met.NOT_MET.value))
        .when(holds)
        .then(pl.lit(Met.INDICATION_MET.value))
        .otherwise(pl.lit(Met.INDICATION_NOT_MET.value))
    )


def _without(keys: pl.DataFrame, name: str, verdict: Met) -> pl.DataFrame:
    none = {"above": pl.Int128, "below": pl.Int128, "value": pl.Float64, "reading": pl.String, "tells": pl.String}
    blank = (pl.lit(None, kind).alias(column) for column, kind in none.items())
    return _told(keys.with_columns(pl.lit(name).alias("rule"), pl.lit(verdict.value).alias("verdict"), *blank))


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(*KEY, "rule", "reading", "above", "below", "value", "tells", "verdict")


def _empty() -> pl.DataFrame:
    names = dict.fromkeys(("region", "basis", "rule", "reading", "tells", "verdict"), pl.String())
    numbers = {"year": pl.Int32(), "above": pl.Int128(), "below": pl.Int128(), "value": pl.Float64()}
    return _told(pl.DataFrame(schema={**names, **numbers}))


def _reading(entry: Mapping[str, Any]) -> Reading:
    stand_in = entry.get("instead") or {"tells": "", "above": []}
    sums = (entry["above"], entry["below"], stand_in["above"])
    above, below, instead = ({str(e["account"]): int(e["sign"]) for e in terms} for terms in sums)
    return Reading(str(entry["id"]), above, below, instead, str(stand_in["tells"]))
