"""Lists of accounts and of sources of money, their codes in six columns, one for each part."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import polars as pl

from nangkis.budget.nomenclature.schema import CLASSIFICATION, CLASSIFICATION_SCHEMA, Listed
from nangkis.budget.nomenclature.versions import Version
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.nomenclature import check_parents
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns, slug
from nangkis.intake.layouts.nomenclature_rows import (
    LAST_PARTS,
    ListRead,
    list_reading,
    of_version,
    settled_version,
    with_kinds,
)
from nangkis.intake.layouts.protocol import Layout, Recognition, check_found, recognition
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding


NAME = "nomenclature_accounts"
VERSION = 1
LISTED = {"akun": Listed.ACCOUNTS, "sumber_dana": Listed.FUNDS}
# Each part of a code with the digits that decrees give it: X.X.XX.XX.XX.XXXX.
PARTS = {"part_1": 1, "part_2": 1, "part_3": 2, "part_4": 2, "part_5": 2, "part_6": 4}
ROLES = {
    **dict.fromkeys(LISTED, "part_1"),
    "kelompok": "part_2",
    "jenis": "part_3",
    "objek": "part_4",
    "rincian_objek": "part_5",
    "sub_rincian_objek": "part_6",
    **dict.fromkeys(("uraian_akun", "uraian", "nama_akun"), "name"),
    "keterangan": "definition",
}


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for the six parts of the codes and for the names."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: Mapping[str, str]) -> Recognition:
    parts = all(part in letters for part in PARTS)
    return recognition({"parts-of-accounts": parts, "names-of-codes": "name" in letters})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header or version is not known."""
    sheet = seen.sheet
    columns = named_columns(sheet, seen.rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    version = settled_version(sheet, columns, request, seen, told)
    listed = LISTED[slug(columns.cells[columns.letters["part_1"]])]
    rows = _rows(sheet, columns, version, listed)
    accepted = rows.filter(pl.col("kind") == RowKind.ACCEPTED)
    leaves = accepted.filter(pl.col("level") == len(PARTS)).height
    about = {"version": version.name, "listed": listed.value, "leaves": str(leaves)}
    return list_reading(
        seen,
        ListRead(columns, rows, None, CLASSIFICATION, CLASSIFICATION_SCHEMA, about),
        layout=(NAME, VERSION),
        masks=(*columns.tidied(sheet, ("name", "definition")), ("code-padded", "part_6", rows["padded"])),
        findings=(*told, *check_parents(accepted, range(1, len(PARTS) + 1), seen.rules)),
        code_role="part_1",
    )


def _rows(sheet: Sheet, columns: NamedColumns, version: Version, listed: Listed) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, with what is wrong with it."""
    cells = {role: columns.texts(sheet, role).text for role in (*PARTS, "name", "definition")}
    joined = pl.concat_str([pl.col(part) for part in PARTS], separator=".", ignore_nulls=True)
    padded = pl.concat_str(
        [pl.col(part).str.zfill(digits) for part, digits in PARTS.items()], separator=".", ignore_nulls=True
    )
    filled = [pl.col(part).is_not_null() for part in PARTS]
    # No part may be blank before one that is filled.
    sound = pl.all_horizontal(
        *(~after | before for before, after in pairwise(filled)),
        *(pl.col(part).str.contains(rf"^\d{{1,{digits}}}$").fill_null(value=True) for part, digits in PARTS.items()),
        filled[0],
    )
    frame = pl.DataFrame(cells).with_columns(
        *of_version(version),
        pl.lit(listed.value).alias("listed"),
        joined.alias("code_read"),
        (padded != joined).alias("padded"),
        pl.when(sound).then(padded).alias("code"),
        pl.sum_horizontal(filled).cast(pl.Int32).alias("level"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
    )
    letters = {depth: columns.letters[part] for depth, part in enumerate(PARTS, start=1)}
    frame = frame.with_columns(
        pl.when(pl.col("level") > 1).then(pl.col("code").str.replace(LAST_PARTS, "")).alias("parent"),
        pl.col("level").replace_strict(letters, default=letters[1], return_dtype=pl.String()).alias("_col"),
    )
    flaw = (
        pl.when(pl.col("code").is_null())
        .then(pl.lit("nomenclature-code-unreadable"))
        .when(pl.col("name").is_null())
        .then(pl.lit("nomenclature-name-blank"))
    )
    blank = (pl.col("code_read") == "") & pl.col("name").is_null()
    return with_kinds(frame.with_columns(flaw.alias("flaw")), ["code"], note=blank)


LAYOUT = Layout(NAME, VERSION, recognise, read)
