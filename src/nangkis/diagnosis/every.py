"""The verdicts on every region in one long table, each missing one with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from nangkis.diagnosis.judged import Judged
from nangkis.diagnosis.reasons import SENTENCES
from nangkis.indicators.panel import NOT_FOUNDED, SERIES, counting_periods


def verdicts(judged: Judged, codes: Sequence[str]) -> pl.DataFrame:
    """Return one row for each region that a table speaks of at all, and each indicator asked for.

    Args:
        judged: the verdicts on all regions.
        codes: the indicators asked for.
    Returns: ``region``, ``indicator``, ``period``, ``year``, ``value``, ``error``, then gap, class and whether they
        were tested against province and nation, ``place``, ``best``, ``worst``, ``count``; ``since``, ``years``,
        ``change``, ``change_error``, ``yearly``, ``slope`` and its range, ``movement``; ``with_province`` and
        ``with_nation`` (relevansi); ``expected``, ``own_line`` (efektivitas); ``needed``, ``arrival``, ``pace`` (laju);
        and ``why``, the sentence that says why there is no value. Sorted by region and indicator.
    """
    own = _own_periods(judged.facts.panel, codes)
    told = own.join(_standings(judged), on=SERIES, how="left").join(_courses(judged), on=SERIES, how="left")
    for reference in ("province", "nation"):
        lines = judged.alignments.filter(pl.col("reference") == reference)
        told = told.join(lines.select(*SERIES, pl.col("together").alias(f"with_{reference}")), on=SERIES, how="left")
    lines = judged.lines.select(*SERIES, "expected", pl.col("class").alias("own_line"))
    paces = judged.paces.select(*SERIES, "needed", "arrival", pl.col("verdict").alias("pace"))
    return told.join(lines, on=SERIES, how="left").join(paces, on=SERIES, how="left").sort("region", "indicator")


def _own_periods(panel: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    """Return the period that counts for each region and indicator, and why there is no value where there is none."""
    asked = panel.filter(pl.col("indicator").is_in(codes) & pl.col("level").is_not_null())
    reason = pl.col("missing").replace_strict(_REASONS, default="absent.missing", return_dtype=pl.String)
    held = asked.join(counting_periods(asked), on=SERIES).sort("region", "indicator", "year")
    found = held.group_by("region", "indicator", maintain_order=True).agg(
        pl.col("period").first(),
        pl.col("value").is_not_null().any().alias("known"),
        reason.last().alias("why"),
    )
    regions = panel.filter(pl.col("level").is_not_null()).select("region").unique()
    every = regions.join(pl.DataFrame({"indicator": list(codes)}), how="cross")
    return every.join(found, on=["region", "indicator"], how="left").select(
        "region",
        "indicator",
        "period",
        pl.when(pl.col("known").not_()).then("why").when(pl.col("known").is_null()).then(pl.lit("absent.no-data"))
        .alias("why"),
    )  # fmt: skip


_REASONS = {**{mark: code for mark, code in SENTENCES.items() if mark is not None}, NOT_FOUNDED: "absent.not-founded"}


def _standings(judged: Judged) -> pl.DataFrame:
    against = [f"{above}_{part}" for above in ("province", "nation") for part in ("gap", "class", "tested")]
    ranks = ["place", "best", "worst", "count"]
    return judged.standings.select(*SERIES, "year", "value", "error", *against, *ranks)


def _courses(judged: Judged) -> pl.DataFrame:
    told = ["since", "years", "change", "change_error", "yearly", "slope", "slope_low", "slope_high", "movement"]
    return judged.courses.select(*SERIES, *told)
