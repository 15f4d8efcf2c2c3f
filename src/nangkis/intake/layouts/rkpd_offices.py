"""The offices of a printed RKPD: named in its own column, or numbered by a list on another sheet of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.named_columns import named_columns, slug
from nangkis.intake.repairs.texts import Tidied, tidy
from nangkis.intake.rules import Rules


NAME = re.compile(r"(?:nama_)?(?:opd|skpd|perangkat_daerah|unit|organisasi)(?:_nama)?")
NUMBER = re.compile(r"(?:id|no|nomor|kode)(?:_(?:opd|skpd|perangkat_daerah|unit))?")
CODE_AND_NAME = r"^(\d(?:[\d.]*\d)?)\.?(?: ?[-–:])? (\D.*)$"
ONLY_CODE = r"^\d[0-9.]*$"


@dataclass(frozen=True)
class Offices:
    """Code and name of each row's office; ``unlisted`` are numbers that the file's list does not have."""

    code: pl.Series
    name: pl.Series
    unlisted: pl.Series


def office_list(sheet: Sheet, rules: Rules) -> Mapping[str, str] | None:
    """Return the names of a list of offices by their number; None when the sheet is no such list.

    Two names for one number make it none: which one is meant, nobody can say.
    """
    if not sheet.height or len(sheet.columns) > 3:  # noqa: PLR2004 - number, name, and one column of notes
        return None
    columns = named_columns(sheet, rules, _role)
    if columns.row or set(columns.letters) != {"number", "name"}:
        return None
    numbers, names = (tidy(columns.below(sheet, role).label).text.to_list() for role in ("number", "name"))
    pairs = {(number, name) for number, name in zip(numbers, names, strict=True) if number and name}
    found = dict(pairs)
    return found if found and len(found) == len(pairs) else None


def _role(cell: str) -> str | None:
    header = slug(cell)
    if NAME.fullmatch(header):
        return "name"
    return "number" if NUMBER.fullmatch(header) else None


def lists_of(sheets: Iterable[Sheet], rules: Rules) -> dict[str, Mapping[str, str]]:
    """Return the lists of offices among sheets, by the sheet's name."""
    found = ((sheet.name, office_list(sheet, rules)) for sheet in sheets)
    return {name: offices for name, offices in found if offices is not None}


def read_offices(cells: Tidied, listed: Mapping[str, str] | None) -> Offices:
    """Return the offices of cells: a number of the list, a code with its name, or a name alone."""
    frame = pl.DataFrame({"cell": cells.text}).with_columns(
        pl.col("cell").str.extract_groups(CODE_AND_NAME).alias("parts"),
        pl.col("cell").str.contains(ONLY_CODE).alias("bare"),
    )
    parts = pl.col("parts").struct
    listed_name = pl.col("cell").replace_strict(dict(listed or {}), default=None, return_dtype=pl.String)
    read = frame.select(
        pl.coalesce(parts.field("1"), pl.when(pl.col("bare")).then("cell")).alias("code"),
        pl.coalesce(
            parts.field("2"), pl.when(pl.col("bare")).then(listed_name), pl.when(~pl.col("bare")).then("cell")
        ).alias("name"),
        (pl.col("bare") & listed_name.is_null()).fill_null(value=False).alias("unlisted")
        if listed
        else pl.lit(value=False).alias("unlisted"),
    )
    return Offices(read["code"], read["name"], read["unlisted"])
