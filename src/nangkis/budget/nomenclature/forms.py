"""Tables for people: the form on which matches are decided, and whole lists for a sheet, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nangkis.budget.nomenclature.codes import bidang_of
from nangkis.budget.nomenclature.compare import CHANGES, Change
from nangkis.budget.nomenclature.coverage import COVERAGE, Covered
from nangkis.budget.nomenclature.crosswalk import Rule, Standing
from nangkis.budget.nomenclature.decisions import PAIR, SOURCE
from nangkis.budget.nomenclature.lists import CodeList
from nangkis.budget.nomenclature.schema import Level, Verdict
from nangkis.content.catalogue import Language, template
from nangkis.vocabulary.money import SEN_PER_RUPIAH


# The columns of the form, in their order; the catalogue says their headers under ``nomenclature.form.<column>``.
FORM = (
    "from_version", "from_code", "from_government", "from_name", "to_version", "to_code", "to_government", "to_name",
    "rule", "score", "why", "standing", "merged", "verdict", "other_code", "decision_reason",
)  # fmt: skip
OPEN = ("verdict", "other_code", "decision_reason")
OTHER = "other"  # the verdict that names another code than the proposed one
WITHOUT_PROPOSAL = "none"
SCORE_PLACES = 2


def form_headers(language: Language) -> Mapping[str, str]:
    """Return the header of each column of the form."""
    return {column: template(f"nomenclature.form.{column}", language) for column in FORM}


def verdict_words(language: Language) -> Mapping[str, str]:
    """Return what each verdict is called in the form, with the one that names another code."""
    return {str(word): template(f"nomenclature.verdict.{word}", language) for word in (*Verdict, OTHER)}


def decision_form(
    proposals: pl.DataFrame, held: pl.DataFrame, before: CodeList, after: CodeList, language: Language
) -> pl.DataFrame:
    """Return the form: each code of ``before`` with its proposals, and what was decided already, by its headers.

    ``held`` are the decisions in force. A code without a proposal has one row, on which another code may be named.
    """
    subs = before.subs.select(
        pl.col("code").alias("from_code"),
        pl.col("government").alias("from_government"),
        pl.col("name").alias("from_name"),
    )
    told = ["to_code", "to_government", "to_name", "rule", "score", "standing", "merged"]
    rows = subs.join(
        proposals.select(*SOURCE, *told), on=SOURCE, how="left", nulls_equal=True, maintain_order="left_right"
    )
    rows = _with_held(rows, held)
    words = verdict_words(language)
    filled = rows.with_columns(
        pl.lit(before.version.name).alias("from_version"),
        pl.lit(after.version.name).alias("to_version"),
        _why(language).alias("why"),
        _words("rule", {rule: f"nomenclature.rule.{rule}" for rule in Rule}, language),
        pl.col("standing").fill_null(WITHOUT_PROPOSAL),
        pl.col("score").round(SCORE_PLACES),
        pl.col("verdict").replace_strict(words, default=None, return_dtype=pl.String()),
    )
    standings = {each: f"nomenclature.standing.{each}" for each in (*Standing, WITHOUT_PROPOSAL)}
    return filled.with_columns(_words("standing", standings, language)).select(FORM).rename(form_headers(language))


def _why(language: Language) -> pl.Expr:
    """Return the reason of each proposal in words: the sentence of its rule, filled with the codes that it is about."""
    to_code, from_code = pl.col("to_code"), pl.col("from_code")
    values = {
        "from_code": from_code,
        "to_code": to_code,
        "from_bidang": bidang_of(from_code),
        "to_bidang": bidang_of(to_code),
        "to_kegiatan": to_code.str.replace(r"\.\d+$", ""),
    }
    rules = {rule.value: template(f"nomenclature.reason.{rule}", language) for rule in Rule}
    said = pl.col("rule").replace_strict(rules, default=None, return_dtype=pl.String())
    for name, value in values.items():
        said = said.str.replace_all(f"{{{name}}}", value, literal=True)
    return said


def _with_held(rows: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what was decided: at its proposal; what no proposal says, at the first row of its code."""
    pairs = held.select(*PAIR, "verdict", pl.col("reason").alias("decision_reason"))
    told = rows.with_row_index("_index").join(pairs, on=PAIR, how="left", nulls_equal=True, maintain_order="left")
    elsewhere = held.filter(pl.col("verdict") != Verdict.REJECTED).join(
        told.filter(pl.col("verdict").is_not_null()), on=PAIR, how="anti", nulls_equal=True
    )
    first = told.group_by(SOURCE, maintain_order=True).agg(pl.col("_index").first())
    other = pl.when(pl.col("verdict") == Verdict.ACCEPTED)
    at_first = elsewhere.join(first, on=SOURCE, nulls_equal=True).select(
        "_index",
        other.then(pl.lit(OTHER)).otherwise("verdict").alias("first_verdict"),
        other.then("to_code").alias("other_code"),
        pl.col("reason").alias("first_reason"),
    )
    told = told.join(at_first, on="_index", how="left", maintain_order="left")
    return told.with_columns(
        pl.coalesce("verdict", "first_verdict").alias("verdict"),
        pl.coalesce("decision_reason", "first_reason").alias("decision_reason"),
    )


def changes_sheet(changes: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return all changes between two versions with words of the language."""
    told = changes.with_columns(
        _words("level", {level: f"nomenclature.level.{level}" for level in Level}, language),
        _words("change", {change: f"nomenclature.change.{change}" for change in Change}, language),
    )
    return told.rename({column: template(f"nomenclature.head.{column}", language) for column in CHANGES})


def coverage_sheet(coverage: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the coverage of a budget, code by code, with words of the language; amounts in rupiah."""
    told = coverage.with_columns(
        _words("covered", {each: f"nomenclature.covered.{each}" for each in Covered}, language),
        _words("rule", {rule: f"nomenclature.rule.{rule}" for rule in Rule}, language),
        (pl.col("sen") / SEN_PER_RUPIAH).cast(pl.Float64).alias("rupiah"),  # a sheet has no other numbers
    ).select(*(column for column in COVERAGE if column != "sen"), "rupiah")
    return told.rename({column: template(f"nomenclature.head.{column}", language) for column in told.columns})


def _words(column: str, codes: Mapping[str, str], language: Language) -> pl.Expr:
    said = {str(value): template(code, language) for value, code in codes.items()}
    return pl.col(column).replace_strict(said, default=None, return_dtype=pl.String())
