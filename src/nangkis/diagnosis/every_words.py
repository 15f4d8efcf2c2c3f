"""The table of all verdicts in words, for a sheet that people filter and sort."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nangkis.content.catalogue import Language, template
from nangkis.content.sentences import sentence, spoken
from nangkis.diagnosis.wording import name_of
from nangkis.indicators.catalogue import indicators
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region


# The verdicts of each column, and the beginning of the sentence's code that says them.
_CODES: Mapping[str, str] = {
    "province_class": "class.province.",
    "nation_class": "class.nation.",
    "movement": "every.movement.",
    "with_province": "every.together.",
    "with_nation": "every.together.",
    "own_line": "every.line.",
    "pace": "every.pace.",
    "why": "every.why.",
}
_COLUMNS = (
    "region", "name", "indicator", "indicator_name", "unit", "period", "year", "value", "error", "province_gap",
    "province_class", "nation_gap", "nation_class", "place", "best", "worst", "count", "since", "years", "change",
    "change_error", "yearly", "slope", "slope_low", "slope_high", "movement", "with_province", "with_nation",
    "expected", "own_line", "needed", "arrival", "pace", "why",
)  # fmt: skip


def told(verdicts: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the verdicts with names of regions and indicators, words for classes, and heads in a language.

    Args:
        verdicts: as :func:`nangkis.diagnosis.every.verdicts` gives.
        language: of the words.
    """
    names = {code: place(Region.parse(code)).name for code in verdicts["region"].unique()}
    codes = verdicts["indicator"].unique().to_list()
    said = {code: spoken(name_of(code), language) for code in codes}
    units = {code: template(f"unit.{indicators()[code].unit}.head", language) for code in codes}
    worded = verdicts.with_columns(
        pl.col("region").replace_strict(names, return_dtype=pl.String).alias("name"),
        pl.col("indicator").replace_strict(said, return_dtype=pl.String).alias("indicator_name"),
        pl.col("indicator").replace_strict(units, return_dtype=pl.String).alias("unit"),
        *(_words(verdicts, column, beginning, language) for column, beginning in _CODES.items()),
    )
    heads = {column: template(f"every.head.{column}", language) for column in _COLUMNS}
    return worded.select(_COLUMNS).rename(heads)


def _words(verdicts: pl.DataFrame, column: str, beginning: str, language: Language) -> pl.Expr:
    found = [code for code in verdicts[column].unique() if code is not None]
    said = {code: spoken(sentence(f"{beginning}{code}"), language) for code in found}
    return pl.col(column).replace_strict(said, return_dtype=pl.String)
