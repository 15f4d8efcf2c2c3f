"""Lists of activities with a level, a whole code and a name in each row, as extracts of databases have them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from nangkis.budget.nomenclature.codes import PARTS_OF_LEVEL, government_of
from nangkis.budget.nomenclature.schema import KIND, SCHEMA, Level
from nangkis.budget.nomenclature.versions import Version
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.nomenclature import check_codes, check_parents
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns, slug
from nangkis.intake.layouts.nomenclature_rows import (
    ListRead,
    activity_flaw,
    levels_counted,
    list_reading,
    of_version,
    parent_of,
    settled_version,
    with_kinds,
)
from nangkis.intake.layouts.protocol import Layout, Recognition, check_found, recognition
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding


NAME = "nomenclature_coded"
VERSION = 1
ROLES = {
    **dict.fromkeys(("level", "tingkat"), "level"),
    **dict.fromkeys(("kode", "code", "kode_nomenklatur"), "code"),
    **dict.fromkeys(("nama", "nomenklatur", "uraian"), "name"),
}
LEVELS = {
    "urusan": Level.URUSAN,
    **dict.fromkeys(("bidang", "bidang_urusan"), Level.BIDANG),
    "program": Level.PROGRAM,
    "kegiatan": Level.KEGIATAN,
    **dict.fromkeys(("sub_kegiatan", "subkegiatan"), Level.SUB_KEGIATAN),
}
# The government's digit, which some write with a zero before it: 1.01.02.02.01 is 1.01.02.2.01.
PADDED_DIGIT = r"^([\dX]\.[\dX]{2}\.\d{2})\.0([1-9]\.)"


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for level, code and name, and that the level is one of the nomenclature's in a row below."""
    columns = named_columns(seen.sheet, seen.rules, _role)
    return _named(columns.letters, seen.sheet, columns)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: Mapping[str, str], sheet: Sheet, columns: NamedColumns) -> Recognition:
    known = "level" in letters and any(
        slug(cell) in LEVELS for cell in columns.texts(sheet, "level").text.drop_nulls().unique()
    )
    return recognition({"level-of-codes": known, "whole-codes": "code" in letters, "names-of-codes": "name" in letters})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header or version is not known."""
    sheet = seen.sheet
    columns = named_columns(sheet, seen.rules, _role)
    check_found(_named(columns.letters, sheet, columns), sheet)
    told: list[Finding] = []
    version = settled_version(sheet, columns, request, seen, told)
    rows = _rows(sheet, columns, version)
    accepted = rows.filter(pl.col("kind") == RowKind.ACCEPTED)
    about = {"version": version.name, "levels": levels_counted(accepted)}
    return list_reading(
        seen,
        ListRead(columns, rows, None, KIND, SCHEMA, about),
        layout=(NAME, VERSION),
        masks=(*columns.tidied(sheet, ("name",)), ("code-digit-bared", "code", rows["bared"])),
        findings=(*told, *check_codes(accepted, sheet, seen.rules), *check_parents(accepted, list(Level), seen.rules)),
        code_role="code",
    )


def _rows(sheet: Sheet, columns: NamedColumns, version: Version) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with what is wrong with it."""
    levels = [LEVELS.get(slug(cell or "")) for cell in columns.texts(sheet, "level").text]
    frame = pl.DataFrame(
        {
            "level": pl.Series([None if level is None else level.value for level in levels], dtype=pl.String),
            "code_read": columns.texts(sheet, "code").text,
            "name": columns.texts(sheet, "name").text,
        }
    )
    code = pl.col("code_read").str.replace(PADDED_DIGIT, "${1}.${2}")
    parts = code.str.split(".").list.len() == pl.col("level").replace_strict(PARTS_OF_LEVEL, default=0)
    frame = frame.with_columns(pl.when(parts).then(code).alias("code")).with_columns(
        *of_version(version),
        (code != pl.col("code_read")).fill_null(value=False).alias("bared"),
        government_of(pl.col("code")).alias("government"),
        parent_of(pl.col("code"), pl.col("level")).alias("parent"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["code"]).alias("_col"),
    )
    absent = (name for name in SCHEMA if name not in frame.columns)
    frame = frame.with_columns(pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in absent)
    blank = pl.col("code_read").is_null() & pl.col("name").is_null()
    return with_kinds(frame.with_columns(activity_flaw(frame, version).alias("flaw")), ["code"], note=blank)


LAYOUT = Layout(NAME, VERSION, recognise, read)
