"""Programmes of an RPJMD in the columns of SIPD: indicator, targets and pagu of five years."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.rpjmd import check_programmes
from nangkis.intake.layouts import words
from nangkis.intake.layouts.accepted import Row, columns_reading, refusals
from nangkis.intake.layouts.named_columns import NamedColumns, columns_not_read, named_columns, slug
from nangkis.intake.layouts.pagu_context import settled_region
from nangkis.intake.layouts.protocol import (
    Layout,
    Recognition,
    SheetRefused,
    check_found,
    nothing_accepted,
    recognition,
)
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.settled import settle
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.numbers import AmountsRead, read_amounts
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.planning.rpjmd_schema import KIND, SCHEMA, YEARS
from nangkis.regions.register import place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding


NAME = "rpjmd_program"
VERSION = 1
ROLES = {
    "kode_skpd": "office_code",
    "nama_skpd": "office_name",
    "kode_sasaran": "sasaran_code",
    "sasaran": "sasaran_name",
    "nama_sasaran": "sasaran_name",
    "sasaran_teks": "sasaran_name",
    "kode_program": "program_code",
    "nama_program": "program_name",
    "indikator": "indicator",
    "satuan": "unit",
    "target_awal": "target_start",
    "target_akhir": "target_end",
    "tahun_awal": "first_year",
    "tahun": "first_year",
}
TEXTS = (
    "office_code", "office_name", "sasaran_code", "sasaran_name", "program_code", "program_name", "indicator", "unit",
    "target_start", *(f"target_{year}" for year in range(1, YEARS + 1)), "target_end",
)  # fmt: skip
OF_A_YEAR = re.compile(r"(target|pagu)_([1-5])")
PERIOD = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}) ?[-–_/] ?((?:19|20)[0-9]{2})(?![0-9])")
FLAWED = {"rpjmd-office-blank": "office_name", "rpjmd-program-malformed": "program_code"}
PROGRAM = r"^\d\.\d{2}\.\d{2}$"


def _role(cell: str) -> str | None:
    header = slug(cell)
    return header if OF_A_YEAR.fullmatch(header) else ROLES.get(header)


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for an office, a programme, an indicator, and the pagu of five years."""
    letters = named_columns(seen.sheet, seen.rules, _role).letters
    return _named(letters)


def _named(letters: dict[str, str]) -> Recognition:
    return recognition(
        {
            "office": "office_name" in letters,
            "program": "program_code" in letters,
            "rpjmd-indicator": "indicator" in letters,
            "pagu-of-years": all(f"pagu_{year}" in letters for year in range(1, YEARS + 1)),
        }
    )


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region or the plan's first year is not known."""
    sheet, rules = seen.sheet, seen.rules
    columns = named_columns(sheet, rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    region = settled_region(sheet, _titles(sheet, columns), request, told)
    year = _first_year(sheet, columns, request, rules, told)
    amounts = {
        f"pagu_{number}": read_amounts(
            columns.below(sheet, f"pagu_{number}"), largest_rupiah=rules.limits.amount_rupiah
        )
        for number in range(1, YEARS + 1)
    }
    frame = _with_kinds(_typed(sheet, columns, region, year, amounts))
    refused = _refusals(frame, sheet, columns, amounts)
    accepted = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    if accepted.is_empty():
        raise nothing_accepted(sheet, refused)
    about = {"years": f"{year}–{year + YEARS - 1}", "region": str(region), "place": place(region).name}
    about["columns"] = columns.stored_as({name: name.removesuffix("_sen") for name in SCHEMA})
    checks = check_programmes(accepted, sheet, columns.letters, rules)
    mended = ((code, name, mask) for name, read in amounts.items() for code, mask in read.mended)
    return columns_reading(
        seen, columns, frame, kind=KIND, schema=SCHEMA, about=about, owner=region, layout=(NAME, VERSION),
        masks=(*columns.tidied(sheet, TEXTS), *mended),
        findings=(*told, *columns_not_read(columns, sheet, rules), *refused, *checks),
    )  # fmt: skip


def _titles(sheet: Sheet, columns: NamedColumns) -> list[str]:
    return [cell for row in sheet.head(columns.row) for cell in row if cell] + [sheet.name]


def _first_year(sheet: Sheet, columns: NamedColumns, request: Request, rules: Rules, told: list[Finding]) -> int:
    """Return the plan's first year: of its own column, of a period such as 2025-2029 in a title, or as said."""
    bounds = rules.thresholds.years
    cells = columns.texts(sheet, "first_year").text.drop_nulls().unique()
    years = {year for cell in cells for year in words.years_in(cell, **bounds)}
    if len(years) > 1:
        several = ", ".join(map(str, sorted(years)))
        raise SheetRefused("several-in-one-sheet", file=sheet.file, sheet=sheet.name, what="year", found=several)
    content = years.pop() if years else _period_start(_titles(sheet, columns))
    return settle(
        sheet, "year", content=content, said=request.year, of_name=lambda name: _period_start([name]), told=told
    )


def _period_start(texts: Iterable[str]) -> int | None:
    found = {int(match[1]) for text in texts for match in PERIOD.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _typed(
    sheet: Sheet, columns: NamedColumns, region: Region, year: int, amounts: dict[str, AmountsRead]
) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, and the first trouble among its amounts."""
    frame = pl.DataFrame(
        {role: columns.texts(sheet, role).text for role in TEXTS}, schema=dict.fromkeys(TEXTS, pl.String)
    )
    trouble = pl.select(pl.coalesce([read.trouble for read in amounts.values()])).to_series()
    return frame.with_columns(
        pl.lit(str(region)).alias("region"),
        pl.lit(year, dtype=pl.Int32).alias("first_year"),
        *(read.sen.alias(f"{name}_sen") for name, read in amounts.items()),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["pagu_1"]).alias("_col"),
        trouble.alias("trouble"),
    )


def _with_kinds(frame: pl.DataFrame) -> pl.DataFrame:
    """Say of each row whether it is a programme, a total or a note, and why a programme is refused."""
    no_code = pl.col("program_code").is_null()
    first = pl.coalesce(*TEXTS).str.to_lowercase().fill_null("")
    money = pl.any_horizontal(pl.col(f"pagu_{year}_sen").is_not_null() for year in range(1, YEARS + 1))
    flaw = (
        pl.when(pl.col("office_name").is_null())
        .then(pl.lit("rpjmd-office-blank"))
        .when(no_code | ~pl.col("program_code").str.contains(PROGRAM))
        .then(pl.lit("rpjmd-program-malformed"))
        .when(pl.col("trouble").is_not_null())
        .then(pl.lit("rpjmd-pagu-unreadable"))
    )
    total = no_code & first.str.contains(words.TOTALS.pattern)
    note = no_code & pl.col("office_name").is_null() & ~money & pl.col("trouble").is_null()
    return frame.with_columns(flaw.alias("flaw"), kind_of(flaw, note=note, total=total).alias("kind"))


def _refusals(
    frame: pl.DataFrame, sheet: Sheet, columns: NamedColumns, amounts: dict[str, AmountsRead]
) -> tuple[Finding, ...]:
    def role_of(row: Row) -> str:
        return FLAWED.get(row["flaw"]) or next((name for name in amounts if row[name]), "pagu_1")

    def told(row: Row) -> dict[str, object]:
        return {"program": " ".join(filter(None, (row["program_code"], row["program_name"]))) or "–"}

    rows = frame.with_columns(*(read.trouble.alias(name) for name, read in amounts.items()))
    return tuple(refusals(rows, sheet, columns, role_of=role_of, told=told))


LAYOUT = Layout(NAME, VERSION, recognise, read)
