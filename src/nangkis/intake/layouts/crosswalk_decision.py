"""A filled form of decisions on proposed matches between two versions of the nomenclature."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from nangkis.budget.nomenclature.codes import government_of
from nangkis.budget.nomenclature.forms import FORM, OTHER, form_headers, verdict_words
from nangkis.budget.nomenclature.schema import DECISION, DECISION_SCHEMA, Government, Level, Verdict
from nangkis.content.catalogue import LANGUAGES
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.accepted import Row, columns_reading, refusals
from nangkis.intake.layouts.named_columns import NamedColumns, columns_not_read, named_columns, slug
from nangkis.intake.layouts.nomenclature_rows import OF_LEVEL, OWNER
from nangkis.intake.layouts.protocol import Layout, Recognition, check_found, nothing_accepted, recognition
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.codes import Region


NAME = "crosswalk_decision"
VERSION = 1
NEEDED = ("from_version", "from_code", "to_version", "to_code", "verdict", "other_code")
SUB_KEGIATAN = OF_LEVEL[Level.SUB_KEGIATAN]
FLAWED = {
    "decision-word-unknown": "verdict",
    "decision-contradictory": "other_code",
    "decision-code-missing": "other_code",
    "decision-code-unreadable": "other_code",
    "decision-source-blank": "from_code",
}


@cache
def _headers() -> Mapping[str, str]:
    return {slug(said): column for each in LANGUAGES for column, said in form_headers(each).items()}


@cache
def _verdicts() -> Mapping[str, str]:
    return {word.casefold(): verdict for each in LANGUAGES for verdict, word in verdict_words(each).items()}


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for both codes with their versions, and for the cells that a person fills."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return _headers().get(slug(cell))


def _named(letters: Mapping[str, str]) -> Recognition:
    return recognition({"columns-of-decisions": all(column in letters for column in NEEDED)})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet; a row on which nothing was decided is a note. Raises SheetRefused when nothing was at all."""
    del request  # the form says everything itself
    sheet, rules = seen.sheet, seen.rules
    columns = named_columns(sheet, rules, _role)
    check_found(_named(columns.letters), sheet)
    rows = _rows(sheet, columns)
    refused = tuple(refusals(rows, sheet, columns, role_of=lambda row: FLAWED[row["flaw"]], told=_told))
    if not (rows["kind"] == RowKind.ACCEPTED).any():
        raise nothing_accepted(sheet, refused)
    accepted = rows.filter(kind=RowKind.ACCEPTED)
    about = {side: ", ".join(accepted[f"{side}_version"].unique().sort()) for side in ("from", "to")}
    return columns_reading(
        seen, columns, rows, kind=DECISION, schema=DECISION_SCHEMA, about=about, owner=Region.parse(OWNER),
        layout=(NAME, VERSION), masks=columns.tidied(sheet, ("decision_reason",)),
        findings=(*columns_not_read(columns, sheet, rules), *refused),
    )  # fmt: skip


def _rows(sheet: Sheet, columns: NamedColumns) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, without who decided and when."""
    frame = pl.DataFrame(
        {column: columns.texts(sheet, column).text for column in FORM}, schema=dict.fromkeys(FORM, pl.String)
    )
    said = frame["verdict"].str.to_lowercase()
    known = _verdicts()
    frame = frame.with_columns(
        pl.col("verdict").alias("verdict_read"),
        pl.col("other_code").alias("other_read"),
        pl.Series([None if word is None else known.get(word) for word in said], dtype=pl.String).alias("word"),
    )
    other = (pl.col("word") == OTHER) | (pl.col("word").is_null() & pl.col("verdict_read").is_null())
    named = pl.when(other & pl.col("other_read").is_not_null())
    without = pl.col("word") == Verdict.WITHOUT
    frame = frame.with_columns(_flaw(pl.col("to_code")).alias("flaw")).with_columns(
        named.then(pl.lit(Verdict.ACCEPTED.value)).otherwise("word").alias("verdict"),
        named.then("other_read").when(~without.fill_null(value=False)).then("to_code").alias("to_code"),
        named.then(pl.coalesce("from_government", government_of(pl.col("other_read"))))
        .when(~without.fill_null(value=False))
        .then("to_government")
        .alias("to_government"),
        pl.coalesce("decision_reason", "why", "rule").alias("reason"),
        pl.lit(None, dtype=pl.String).alias("by"),
        pl.lit(None, dtype=pl.String).alias("at"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["verdict"]).alias("_col"),
    )
    undecided = pl.col("verdict_read").is_null() & pl.col("other_read").is_null()
    return frame.with_columns(kind_of(pl.col("flaw"), note=undecided).alias("kind"))


def _flaw(proposed: pl.Expr) -> pl.Expr:
    """Return what is wrong with a row on which something was decided."""
    word, other = pl.col("word"), pl.col("other_read")
    versions = pl.col("from_version").is_null() | pl.col("to_version").is_null()
    known = pl.col("from_government").is_null() | pl.col("from_government").is_in(list(Government))
    return (
        pl.when(pl.col("from_code").is_null() | versions | ~known)
        .then(pl.lit("decision-source-blank"))
        .when(pl.col("verdict_read").is_not_null() & word.is_null())
        .then(pl.lit("decision-word-unknown"))
        .when((word != OTHER) & other.is_not_null())
        .then(pl.lit("decision-contradictory"))
        .when((word == OTHER) & other.is_null())
        .then(pl.lit("decision-code-missing"))
        .when(other.is_not_null() & ~other.str.contains(SUB_KEGIATAN))
        .then(pl.lit("decision-code-unreadable"))
        .when(word.is_in([Verdict.ACCEPTED, Verdict.REJECTED]) & proposed.is_null())
        .then(pl.lit("decision-code-missing"))
    )


def _told(row: Row) -> dict[str, object]:
    return {
        "code": row["from_code"] or "–",
        "said": row["verdict_read"] or "–",
        "other": row["other_read"] or "–",
    }


LAYOUT = Layout(NAME, VERSION, recognise, read)
