"""Checks between facts of one region and year: what cannot both be true. Each works on one table or on several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from nangkis.intake.checks.protocol import Check, Values
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.sources import cell_at


KEY = ("region", "year", "period")
# The first is part of the second, or a further power of the same gaps below one: it cannot be the larger.
AT_MOST = (
    ("POV.P1", "POV.P0"),
    ("POV.P2", "POV.P1"),
    ("EDU.APM.SD", "EDU.APK.SD"),
    ("EDU.APM.SMP", "EDU.APK.SMP"),
    ("EDU.APM.SMA", "EDU.APK.SMA"),
)
IPM = ("DEV.IPM", "DEV.IPM.SP2010", "DEV.IPM.LF")
UHH = ("HLT.UHH", "HLT.UHH.SP2010", "HLT.UHH.LF")
# Facts that say something of each other, whichever tables hold them.
LINKED = (*AT_MOST, (*IPM, *UHH, "EDU.HLS", "EDU.RLS", "DEV.PKD"), ("POV.N", "POV.P0", "DEM.POP"))
FLOAT_SLACK = 1e-9


def ipm_of(uhh: pl.Expr, hls: pl.Expr, rls: pl.Expr, spending: pl.Expr, *, bounds: Mapping[str, Decimal]) -> pl.Expr:
    r"""Return the human development index of the new method; spending in thousand rupiah a year.

    .. math:: 100 \cdot \sqrt[3]{I_{uhh} \cdot \tfrac12 (I_{hls} + I_{rls}) \cdot I_{spending}}

    Each index is (value - least) / (most - least), that of spending over logarithms, cut at 0 and 1.
    """

    def index(value: pl.Expr, name: str, *, logs: bool = False) -> pl.Expr:
        ends = (pl.lit(float(bounds[f"{name}_least"])), pl.lit(float(bounds[f"{name}_most"])))
        low, high, here = (end.log() if logs else end for end in (*ends, value))
        return ((here - low) / (high - low)).clip(0, 1)

    schooling = (index(hls, "hls") + index(rls, "rls")) / 2
    product = index(uhh, "uhh") * schooling * index(spending, "spending", logs=True)
    return 100 * product.pow(1 / 3)


def _half(name: str) -> pl.Expr:
    """Half of the last printed place of a value."""
    return 0.5 * pl.lit(10.0).pow(-pl.col(f"places_{name}").cast(pl.Float64))


def _of(values: Values, codes: tuple[str, ...], name: str) -> pl.DataFrame:
    """Return the known values of the first of ``codes`` that a table holds, with columns named after ``name``."""
    known = values.filter(pl.col("value").is_not_null())
    code = next((one for one in codes if (known["indicator"] == one).any()), codes[0])
    renamed = {column: f"{column}_{name}" for column in ("value", "places", "_sheet", "_row", "_col")}
    here = known.filter(pl.col("indicator") == code)
    # A file drops last zeros: the column is as fine as its finest value.
    finest = here.with_columns(pl.col("places").max())
    return finest.select(*KEY, *(pl.col(old).alias(new) for old, new in renamed.items())).unique(KEY, keep="first")


def _has(values: Values, *codes: str) -> bool:
    return set(codes) <= set(values["indicator"].unique())


def _any_pair(values: Values) -> bool:
    return any(_has(values, *pair) for pair in AT_MOST)


def _order(values: Values, rules: Rules) -> Iterator[Finding]:  # noqa: ARG001 - all checks are called alike
    """A part that is larger than the whole, beyond the rounding of both."""
    names = _names(values)
    for part, whole in AT_MOST:
        pairs = _of(values, (part,), "part").join(_of(values, (whole,), "whole"), on=KEY, maintain_order="left")
        too_large = pl.col("value_part") - pl.col("value_whole") > _half("part") + _half("whole") + FLOAT_SLACK
        for row in pairs.filter(too_large).iter_rows(named=True):
            told = {"part": part, "whole": whole, "value": row["value_part"], "most": row["value_whole"]}
            told |= {"name": names[row["region"]], "year": str(row["year"]), "other": _cell(row, "whole")}
            yield Finding("part-above-whole", Severity.WARNING, _cell(row, "part"), told)


def _all_of_ipm(values: Values) -> bool:
    held = set(values["indicator"].unique())
    return bool(held & set(IPM) and held & set(UHH)) and {"EDU.HLS", "EDU.RLS", "DEV.PKD"} <= held


def _ipm(values: Values, rules: Rules) -> Iterator[Finding]:
    """An index that its own four components do not give, whatever their rounding hid."""
    rows = _of(values, IPM, "ipm")
    parts = {"uhh": UHH, "hls": ("EDU.HLS",), "rls": ("EDU.RLS",), "spending": ("DEV.PKD",)}
    for name, codes in parts.items():
        rows = rows.join(_of(values, codes, name), on=KEY, maintain_order="left")
    bounds = rules.thresholds.ipm
    at = {sign: {name: pl.col(f"value_{name}") + sign * _half(name) for name in parts} for sign in (-1, 0, 1)}
    low, exact, high = (ipm_of(**at[sign], bounds=bounds) for sign in (-1, 0, 1))
    seen = rows.with_columns(low.alias("low"), exact.alias("again"), high.alias("high"))
    differs = (pl.col("value_ipm") < pl.col("low") - _half("ipm") - FLOAT_SLACK) | (
        pl.col("value_ipm") > pl.col("high") + _half("ipm") + FLOAT_SLACK
    )
    wrong = seen.filter(differs)
    names = _names(values)
    if wrong.height > max(1, float(rules.thresholds.share_of_another_ipm) * seen.height):
        first = wrong.row(0, named=True)
        told: dict[str, object] = {"count": wrong.height, "rows": seen.height}
        yield Finding("ipm-method-unlike", Severity.WARNING, _cell(first, "ipm"), told)
        return
    for row in wrong.iter_rows(named=True):
        others = ", ".join(_cell(row, name) for name in parts)
        told = {"name": names[row["region"]], "value": row["value_ipm"], "again": round(row["again"], 2)}
        told |= {"year": str(row["year"]), "others": others}
        yield Finding("ipm-not-its-parts", Severity.WARNING, _cell(row, "ipm"), told)


def _names(values: Values) -> dict[str, str]:
    return dict(values.select("region", "name_read").iter_rows())


def _cell(row: Mapping[str, object], name: str) -> str:
    return cell_at(str(row[f"_sheet_{name}"]), str(row[f"_col_{name}"]), int(str(row[f"_row_{name}"])))


FACT_CHECKS = (Check(_any_pair, _order), Check(_all_of_ipm, _ipm))
