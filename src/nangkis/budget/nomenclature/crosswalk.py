"""Proposed matches of codes between two versions: each with its rule, a score and a reason, for a person to decide.

A sub kegiatan is only matched with one of the same government digit: an ordinary code never with that of a region with
a special statute. Rules are asked in order; a code that a rule finds matches for is not asked again by a weaker one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from nangkis.budget.nomenclature.codes import (
    OWN_BIDANG,
    bidang_of,
    compatible,
    government_digit,
    is_support,
    plain_name,
    without_bidang,
    without_padding,
)
from nangkis.budget.nomenclature.similarity import dice, may_reach, with_runs
from nangkis.parameters.dated import Parameters
from nangkis.vocabulary.figures import ParameterUse


PARAMETER = "nomenklatur_padanan"
SUPPORT = "belanja_penunjang"
PAIRS_AT_ONCE = 50_000  # of similar names: their runs of letters lie in memory together
SIDE = {"code": pl.String(), "government": pl.String(), "name": pl.String(), "kegiatan": pl.String()}
SIDE |= {"kegiatan_name": pl.String(), "previous_code": pl.String()}


class Rule(StrEnum):
    """Why two codes may be one, from the strongest reason to the weakest."""

    SAME = "same-code-and-name"
    MORE_DIGITS = "more-digits"  # two digits of a sub kegiatan became four
    PREVIOUS = "previous-code"  # the list itself names it
    OWN_BIDANG = "support-own-bidang"  # X.XX.01 stands for the support programme of every office
    MOVED = "support-moved"  # the support programme of another office
    SAME_NAME = "same-name"  # within one kegiatan
    SIMILAR = "similar-name"  # within one kegiatan


class Standing(StrEnum):
    """How a proposal stands."""

    SINGLE = "single"
    AMBIGUOUS = "ambiguous"  # several are shown, and none is chosen


PROPOSALS = pl.Schema(
    {
        "from_code": pl.String(),
        "from_government": pl.String(),
        "from_name": pl.String(),
        "to_code": pl.String(),
        "to_government": pl.String(),
        "to_name": pl.String(),
        "rule": pl.String(),  # Rule
        "score": pl.Float64(),  # 0 to 1
        "standing": pl.String(),  # Standing
        "candidates": pl.UInt32(),  # how many proposals the code has
        "merged": pl.UInt32(),  # how many codes are proposed for the same one
    }
)


@dataclass(frozen=True)
class CrosswalkRules:
    """Scores and thresholds of the rules, and the number of support programmes; ``uses`` are the dated values."""

    scores: dict[Rule, float]
    similarity: float
    margin: float
    candidates: int
    support: str
    uses: tuple[ParameterUse, ...]


def crosswalk_rules_on(parameters: Parameters, day: date) -> CrosswalkRules:
    """Return what is in force on a day."""
    told, support = parameters.on(PARAMETER, day), parameters.on(SUPPORT, day)
    score = {name: float(value) for name, value in told.value.items()}
    return CrosswalkRules(
        scores={
            Rule.SAME: score["score_same_code_and_name"],
            Rule.MORE_DIGITS: score["score_more_digits"],
            Rule.PREVIOUS: score["score_previous_code"],
            Rule.OWN_BIDANG: score["score_support"],
            Rule.MOVED: score["score_support"],
            Rule.SAME_NAME: score["score_same_name"],
        },
        similarity=score["similarity"],
        margin=score["margin"],
        candidates=int(score["candidates"]),
        support=str(support.value),
        uses=(told.use, support.use),
    )


def propose(source: pl.DataFrame, target: pl.DataFrame, rules: CrosswalkRules) -> pl.DataFrame:
    """Return the proposed matches of each code of ``source`` in ``target``, as PROPOSALS, in the order of the source.

    Args:
        source: sub kegiatan with the columns of SIDE, each code and government once; ``previous_code`` is not read.
        target: likewise, of the other version.
        rules: scores and thresholds.

    Returns: one row per match. A code without any is in no row. Of several matches by one rule all are told, and none
        is chosen; a similar name is told only within the margin of the most similar one.
    """
    here, there = _keyed(source, rules), _keyed(target, rules)
    found: list[pl.DataFrame] = []
    left = here
    for rule, pairs in _exact():
        hits = pairs(left, there).with_columns(
            pl.lit(rule.value).alias("rule"), pl.lit(rules.scores[rule]).alias("score")
        )
        found.append(hits)
        left = left.join(hits, on="_from", how="anti")
    certain = pl.concat(found[: len(CERTAIN)])
    # A name that another code keeps under its own number is not its rival's new name.
    free = there.join(certain, on="_to", how="anti")
    found.append(_similar(left, free, rules))
    return _told(pl.concat(found), here, there)


CERTAIN = (Rule.SAME, Rule.MORE_DIGITS)
Pairs = Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def _exact() -> Iterator[tuple[Rule, Pairs]]:
    """Yield the rules that ask for equality, each with what finds its pairs."""
    yield Rule.SAME, _joined(["code", "plain"])
    yield Rule.MORE_DIGITS, _joined(["bare", "plain"])
    yield Rule.PREVIOUS, _by_previous
    own = pl.col("bidang") == OWN_BIDANG
    yield Rule.OWN_BIDANG, _joined(["tail", "plain"], support=True, of=own | (pl.col("bidang_to") == OWN_BIDANG))
    yield Rule.MOVED, _joined(["tail", "plain"], support=True, of=~own & (pl.col("bidang_to") != OWN_BIDANG))
    yield Rule.SAME_NAME, _same_kegiatan(on_name=True)


def _keyed(side: pl.DataFrame, rules: CrosswalkRules) -> pl.DataFrame:
    """Return one side with what its codes are compared by."""
    code, kegiatan = pl.col("code"), pl.col("kegiatan")
    support = is_support(code, rules.support)
    general = pl.when(support).then(pl.lit(f"{OWN_BIDANG}.") + without_bidang(kegiatan)).otherwise(kegiatan)
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in SIDE.items() if name not in side.columns]
    return (
        side.with_columns(absent)
        .select(*(pl.col(name).cast(kind) for name, kind in SIDE.items()))
        .with_columns(
            without_padding(code).alias("bare"),
            plain_name(pl.col("name")).alias("plain"),
            government_digit(code).alias("digit"),
            bidang_of(code).alias("bidang"),
            without_bidang(without_padding(code)).alias("tail"),
            support.alias("support"),
            general.alias("kegiatan"),
            (general.str.replace(r"\.\d\.\d{2}$", "") + "/" + plain_name(pl.col("kegiatan_name"))).alias(
                "kegiatan_named"
            ),
            without_padding(pl.col("previous_code")).alias("previous"),
        )
        .with_row_index("_from")
        .with_columns(pl.col("_from").alias("_to"))
    )


def _joined(keys: list[str], *, support: bool = False, of: pl.Expr | None = None) -> Pairs:
    """Return what pairs codes by equal keys; ``support``: those of support programmes alone, ``of`` of some pairs."""

    def pairs(left: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
        if support:
            left, there = left.filter("support"), there.filter("support")
        both = left.drop("_to").join(there.drop("_from"), on=keys, how="inner", suffix="_to")
        return _ends(both if of is None else both.filter(of))

    return pairs


def _by_previous(left: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    named = there.filter(pl.col("previous").is_not_null()).drop("_from")
    return _ends(left.drop("_to").join(named, left_on="bare", right_on="previous", how="inner", suffix="_to"))


def _same_kegiatan(*, on_name: bool) -> Pairs:
    """Return what pairs codes of one kegiatan: of one code, or of one name within the same programme."""

    def pairs(left: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
        by = ["plain"] if on_name else []
        left, there = left.drop("_to"), there.drop("_from")
        parts = [left.join(there, on=[key, *by], how="inner", suffix="_to") for key in ("kegiatan", "kegiatan_named")]
        return pl.concat([_ends(part) for part in parts]).unique(["_from", "_to"])

    return pairs


def _ends(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the numbers of the pairs whose government is, or may be, the same."""
    fits = (pl.col("digit") == pl.col("digit_to")).fill_null(value=False) & compatible("government", "government_to")
    return pairs.filter(fits).select("_from", "_to")


def _similar(left: pl.DataFrame, there: pl.DataFrame, rules: CrosswalkRules) -> pl.DataFrame:
    """Return the pairs of one kegiatan whose names are alike enough, within the margin of the most alike."""
    pairs, runs_to = _same_kegiatan(on_name=False), _runs(there, "_to")
    runs_from = _runs(left, "_from")
    parts = [
        pairs(some, there)
        .join(runs_from, on="_from")
        .join(runs_to, on="_to")
        .filter(may_reach("runs", "runs_right", rules.similarity))
        .select("_from", "_to", dice("runs", "runs_right").alias("score"))
        .filter(pl.col("score") >= rules.similarity)
        for some in _slices(left, there)
    ]
    found = (
        pl.concat(parts)
        if parts
        else pl.DataFrame(schema={"_from": pl.UInt32(), "_to": pl.UInt32(), "score": pl.Float64()})
    )
    near = found.filter(pl.col("score") >= pl.col("score").max().over("_from") - rules.margin)
    most = near.sort("_from", -pl.col("score"), "_to").group_by("_from", maintain_order=True).head(rules.candidates)
    return most.select("_from", "_to", pl.lit(Rule.SIMILAR.value).alias("rule"), "score")


def _runs(side: pl.DataFrame, key: str) -> pl.DataFrame:
    return with_runs(side, "name").select(key, "runs")


def _slices(left: pl.DataFrame, there: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the codes of the source in parts that have a bounded number of pairs each."""
    largest = max((there.group_by(key).len()["len"].max() or 1 for key in ("kegiatan", "kegiatan_named")), default=1)
    step = max(1, PAIRS_AT_ONCE // int(str(largest)))
    for start in range(0, left.height, step):
        yield left.slice(start, step)


def _told(pairs: pl.DataFrame, here: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Return pairs of numbers as PROPOSALS."""
    counted = pairs.with_columns(
        pl.len().over("_from").alias("candidates"), pl.col("_from").n_unique().over("_to").alias("merged")
    )
    columns = ("code", "government", "name")
    told = counted.join(here.select("_from", *(pl.col(each).alias(f"from_{each}") for each in columns)), on="_from")
    told = told.join(there.select("_to", *(pl.col(each).alias(f"to_{each}") for each in columns)), on="_to")
    standing = pl.when(pl.col("candidates") > 1).then(pl.lit(Standing.AMBIGUOUS.value))
    told = told.with_columns(standing.otherwise(pl.lit(Standing.SINGLE.value)).alias("standing"))
    return told.sort("_from", -pl.col("score"), "_to").select(list(PROPOSALS)).cast(PROPOSALS)
