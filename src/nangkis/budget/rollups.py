"""Sums of budget lines of every region at once, exact to the sen, on Polars and on Spark alike.

A roll-up is one pass: the lines are grouped as they lie, and what a rule says of a sub kegiatan is joined to them by
code and name. Nothing here knows where the frame is computed: Narwhals hands the same words to either engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

from nangkis.budget.analysis import rules_in_force
from nangkis.budget.lines import with_class
from nangkis.budget.tags import SEEN, with_tags
from nangkis.parameters.dated import Parameters


BUDGET = ("region", "year", "stage")
# What each roll-up groups by, beside the budget that a line belongs to.
ROLL_UPS: Mapping[str, tuple[str, ...]] = {
    "region": (),
    "class": ("class",),
    "urusan": ("urusan",),
    "bidang": ("bidang_code",),
    "program": ("program_code",),
    "kegiatan": ("kegiatan_code",),
    "sub-kegiatan": ("sub_kegiatan_code",),
    "office": ("office_code",),
    "account": ("account_kelompok",),
    "account-jenis": ("account_jenis",),
    "fund": ("fund_code",),
    "strategy": ("bidang_code", "strategy"),
    "dimension": ("dimension",),
    "directness": ("directness",),
}
# What a roll-up needs of a line that stands in no column of it: the beginning of a code, in letters.
BEGINNINGS = {
    "urusan": ("bidang_code", 1),
    "account_kelompok": ("account_code", 3),
    "account_jenis": ("account_code", 6),
}
PROPOSED = ("class", "tag", "strategy", "dimension", "directness")
SUMS = ("lines", "valued", "amount_sen")
# Amounts of many regions pass 2^63 sen, where Int64 wraps around in silence on Polars and stops on Spark.
EXACT = nw.Decimal(38, 0)


def roll_up(lines: IntoFrameT, name: str, proposed: Any = None) -> IntoFrameT:
    """Return the sums of a roll-up, in the caller's kind of frame.

    Args:
        lines: budget lines in the lake's schema, of any regions, years and stages.
        name: one of ROLL_UPS.
        proposed: what :func:`proposals` returned, in the same kind of frame; needed where a roll-up groups by a class
            or a tag, and asked for by nothing else.
    Returns: BUDGET, the columns of the roll-up, ``lines``, ``valued`` (lines with an amount) and ``amount_sen``
        (Decimal(38, 0); null where no line has an amount). A part that lines leave blank stands as null.
    """
    by = (*BUDGET, *ROLL_UPS[name])
    frame = _with_beginnings(cast("Any", nw.from_native(lines)), by)
    if needs_proposals(name):
        keys = list(SEEN)
        told = cast("Any", nw.from_native(proposed)).select(*keys, *(column for column in by if column in PROPOSED))
        frame = frame.with_columns(nw.col(*keys).fill_null("")).join(told, on=keys, how="left")
        blank = [column for column in by if column in SEEN]
        frame = frame.with_columns(nw.when(nw.col(column) != "").then(nw.col(column)).alias(column) for column in blank)
    amount = nw.col("amount_sen")
    sums = (
        frame.with_columns(amount.cast(EXACT))
        .group_by(*by)
        .agg(nw.len().alias("lines"), amount.count().alias("valued"), amount.sum())
    )
    # A sum of nothing is 0 to one engine and null to another: it is not known.
    known = nw.when(nw.col("valued") > 0).then(nw.col("amount_sen")).alias("amount_sen")
    return cast("IntoFrameT", sums.with_columns(known).select(*by, *SUMS).to_native())


def roll_ups(lines: IntoFrameT, names: Sequence[str], proposed: Any = None) -> IntoFrameT:
    """Return several roll-ups in one frame, and so in one job: ``roll_up`` says which, columns of others are null."""
    parts = [cast("Any", nw.from_native(cast("Any", roll_up(lines, name, proposed)))) for name in names]
    named = [part.with_columns(nw.lit(name).alias("roll_up")) for name, part in zip(names, parts, strict=True)]
    whole = nw.concat(named, how="diagonal").select("roll_up", *columns_of(names), *SUMS)
    return cast("IntoFrameT", whole.to_native())


def columns_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return by what these roll-ups group: BUDGET first, then each column once."""
    return tuple(dict.fromkeys([*BUDGET, *(column for name in names for column in ROLL_UPS[name])]))


def schema_of(names: Sequence[str]) -> pl.Schema:
    """Return the schema of :func:`roll_ups` in Polars."""
    kinds: dict[str, pl.DataType] = {"year": pl.Int32(), "lines": pl.Int64(), "valued": pl.Int64()}
    texts = {column: kinds.get(column, pl.String()) for column in ("roll_up", *columns_of(names), *SUMS)}
    return pl.Schema({**texts, "amount_sen": pl.Decimal(38, 0)})


def needs_proposals(name: str) -> bool:
    """Say whether a roll-up groups by what the rules propose."""
    return any(column in PROPOSED for column in ROLL_UPS[name])


def distinct(lines: IntoFrameT) -> IntoFrameT:
    """Return each sub kegiatan once: all that a rule sees of a line, a blank as an empty text."""
    keys = list(SEEN)
    frame = cast("Any", nw.from_native(lines)).select(nw.col(*keys).fill_null("")).unique()
    return cast("IntoFrameT", frame.to_native())


def proposals(keys: pl.DataFrame, parameters: Parameters, on: date) -> pl.DataFrame:
    """Return what the rules of a day say of each sub kegiatan: SEEN and PROPOSED, all text.

    ``keys`` are the rows of :func:`distinct`. A rule that says nothing leaves null.
    """
    classed = with_class(keys, parameters, on)
    tagged = with_tags(classed, rules_in_force(parameters, on))
    return tagged.select(*SEEN, *(pl.col(column).cast(pl.String) for column in PROPOSED))


def _with_beginnings(frame: Any, by: tuple[str, ...]) -> Any:
    wanted = {name: BEGINNINGS[name] for name in by if name in BEGINNINGS}
    return frame.with_columns(nw.col(code).str.slice(0, length).alias(name) for name, (code, length) in wanted.items())
