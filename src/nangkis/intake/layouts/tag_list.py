"""A region's list of sub kegiatan against poverty: the SIPD label, or a list such as OPPKPKE's with names only."""

from __future__ import annotations

import re

import polars as pl

from nangkis.budget.tagging.schema import LIST_KIND, LISTS
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.accepted import columns_reading, refusals
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
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.findings import Finding


NAME = "tag_list"
VERSION = 1
ROLES = {
    **dict.fromkeys(("strategi_teks", "strategi", "strategi_nama", "nama_strategi"), "strategy_read"),
    **dict.fromkeys(("nama_sub_giat", "sub_kegiatan", "nama_sub_kegiatan"), "sub_kegiatan_name"),
    **dict.fromkeys(("kode_sub_giat", "kode_sub_kegiatan"), "code_read"),
    **dict.fromkeys(("nama_program", "program"), "program_name"),
    **dict.fromkeys(("nama_giat", "nama_kegiatan", "kegiatan"), "kegiatan_name"),
    **dict.fromkeys(("opd", "nama_opd", "nama_skpd", "perangkat_daerah"), "office_name"),
    **dict.fromkeys(("kelompok_teks",), "group_read"),
    **dict.fromkeys(("tahun_anggaran", "tahun"), "year"),
}
TEXTS = (
    "strategy_read", "sub_kegiatan_name", "code_read", "program_name", "kegiatan_name", "office_name", "group_read",
)  # fmt: skip
# How lists write a strategy: its number, or words of its name.
STRATEGIES = {"1": r"beban", "2": r"pendapatan", "3": r"kantong"}
NUMBER = re.compile(r"(?:strategi\W*)?([1-3])\b")
CODE = re.compile(r"\d\.\d{2}\.\d{2}\.[12]\.\d{2}\.(?:\d{4}|\d{2})")
FLAWED = {"tag-list-name-blank": "sub_kegiatan_name", "tag-list-strategy-unknown": "strategy_read"}


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for the strategy and the name of a sub kegiatan."""
    return _named(named_columns(seen.sheet, seen.rules, _role).letters)


def _role(cell: str) -> str | None:
    return ROLES.get(slug(cell))


def _named(letters: dict[str, str]) -> Recognition:
    return recognition(
        {"tag-list-strategy": "strategy_read" in letters, "tag-list-name": "sub_kegiatan_name" in letters}
    )


def strategy_read(text: str | None) -> str | None:
    """Return the strategy that a cell names, by number or by a word of its name; None for none, or several.

    >>> strategy_read("1"), strategy_read("Strategi 2: Peningkatan Pendapatan"), strategy_read("Kantong kemiskinan")
    ('1', '2', '3')
    """
    told = (text or "").casefold()
    found = {number for number, word in STRATEGIES.items() if re.search(word, told)}
    if match := NUMBER.match(told):
        found.add(match[1])
    return found.pop() if len(found) == 1 else None


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region or year is not known."""
    sheet, rules = seen.sheet, seen.rules
    columns = named_columns(sheet, rules, _role)
    check_found(_named(columns.letters), sheet)
    told: list[Finding] = []
    titles = [cell for row in sheet.head(columns.row) for cell in row if cell]
    region = settled_region(sheet, titles, request, told)
    year = _year(seen, columns, titles, request, told)
    frame = _typed(sheet, columns).with_columns(
        pl.lit(str(region)).alias("region"), pl.lit(year, pl.Int32()).alias("year")
    )
    refused = tuple(
        refusals(
            frame, sheet, columns,
            role_of=lambda row: FLAWED[row["flaw"]],
            told=lambda row: {"name": row["sub_kegiatan_name"] or "–", "found": row["strategy_read"] or "–"},
        )
    )  # fmt: skip
    if not (frame["kind"] == RowKind.ACCEPTED).any():
        raise nothing_accepted(sheet, refused)
    about = {"region": str(region), "place": place(region).name, "year": str(year)}
    about["columns"] = columns.stored_as({name: name for name in LISTS})
    return columns_reading(
        seen,
        columns,
        frame,
        kind=LIST_KIND,
        schema=LISTS,
        about=about,
        owner=region,
        layout=(NAME, VERSION),
        masks=columns.tidied(sheet, TEXTS),
        findings=(*told, *columns_not_read(columns, sheet, rules), *refused),
    )


def _year(seen: SheetSeen, columns: NamedColumns, titles: list[str], request: Request, told: list[Finding]) -> int:
    year_in = words.year_reader(**seen.rules.thresholds.years)
    cells = columns.texts(seen.sheet, "year").text.drop_nulls().unique(maintain_order=True).to_list()
    in_column = {year for cell in cells if (year := year_in(cell)) is not None}
    if len(in_column) > 1:
        found = ", ".join(map(str, sorted(in_column)))
        raise SheetRefused(
            "several-in-one-sheet", file=seen.sheet.file, sheet=seen.sheet.name, what="year", found=found
        )
    in_titles = {year for title in titles if (year := year_in(title)) is not None}
    content = in_column.pop() if in_column else in_titles.pop() if len(in_titles) == 1 else None
    return settle(seen.sheet, "year", content=content, said=request.year, of_name=year_in, told=told)


def _typed(sheet: Sheet, columns: NamedColumns) -> pl.DataFrame:
    """Return every row below the header as it would lie in the lake, what it is, and what is wrong with it."""
    frame = pl.DataFrame(
        {role: columns.texts(sheet, role).text for role in TEXTS}, schema=dict.fromkeys(TEXTS, pl.String())
    )
    strategies = [strategy_read(text) for text in frame["strategy_read"]]
    # "1.02.02.2.02.0026 Pengelolaan Jaminan …" in one cell is a code and its name.
    code = pl.coalesce(pl.col("code_read"), pl.col("sub_kegiatan_name")).str.extract(f"^({CODE.pattern})")
    flaw = (
        pl.when(pl.col("sub_kegiatan_name").is_null())
        .then(pl.lit("tag-list-name-blank"))
        .when(pl.col("strategy").is_null() & pl.col("strategy_read").is_not_null())
        .then(pl.lit("tag-list-strategy-unknown"))
    )
    note = pl.col("sub_kegiatan_name").is_null() & pl.col("strategy_read").is_null()
    return frame.with_columns(
        pl.Series("strategy", strategies, dtype=pl.String),
        code.alias("sub_kegiatan_code"),
        pl.col("sub_kegiatan_name").str.replace(f"^{CODE.pattern}\\s+", ""),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(columns.row + 1).alias("_row"),
        pl.lit(columns.letters["sub_kegiatan_name"]).alias("_col"),
    ).with_columns(flaw.alias("flaw"), kind_of(flaw, note=note).alias("kind"))


LAYOUT = Layout(NAME, VERSION, recognise, read)
