"""Budget lines as SIPD hands them out: office, sub kegiatan, amount; code and name in one cell or in two."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from nangkis.budget.schema import DETAIL, KIND, SCHEMA
from nangkis.content.messages import table_words
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.budget import check_lines, row_troubles, total_findings
from nangkis.intake.checks.listing import collected, one_repair
from nangkis.intake.layouts import words
from nangkis.intake.layouts.pagu_context import PaguContext, read_context
from nangkis.intake.layouts.pagu_header import Header, find_header, unread_columns, with_amount_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, nothing_accepted, recognition
from nangkis.intake.layouts.rows import RowKind, counted
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.numbers import AmountsRead, read_amounts
from nangkis.intake.repairs.texts import Tidied, tidy
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.findings import Repair
from nangkis.vocabulary.missing import Missing


NAME = "sipd_pagu"
VERSION = 2
NEEDED = ("office", "sub_kegiatan", "amount")
CODE_AND_NAME = r"^(\d(?:[\d.]*\d)?)\.?(?: ?[-–:])?(?: (.*))?$"
ENDS_IN_DOT = r"[^.]\.+$"


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a header row that names the office, the sub kegiatan and the amount."""
    return _named(find_header(seen.sheet, seen.rules))


def _named(header: Header | None) -> Recognition:
    letters = header.letters if header else {}
    return recognition({role: role in letters or f"{role}_code" in letters for role in NEEDED})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region, year, stage or the column of money is not known."""
    sheet, rules = seen.sheet, seen.rules
    header = find_header(sheet, rules)
    if header is None or not _named(header).complete:
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    context = read_context(sheet, header.row, header.letters, request, rules)
    header = with_amount_of(context.year, header, sheet, rules)
    lines = _lines(sheet, header)
    money, largest = _column(sheet, header, "amount"), rules.limits.amount_rupiah
    amounts = read_amounts(money, largest_rupiah=largest, zeros=header.zeros(sheet))
    frame = _with_kinds(_typed(lines.frame, amounts, context, sheet, header), sheet, header)
    troubles = row_troubles(frame.filter(pl.col("kind") == RowKind.ACCEPTED), sheet, header.letters, rules.limits)
    refused = pl.col("_row").is_in(troubles.rows)
    frame = frame.with_columns(pl.when(refused).then(pl.lit(RowKind.REFUSED.value)).otherwise("kind").alias("kind"))
    accepted = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    if accepted.is_empty():
        raise nothing_accepted(sheet, troubles.findings)
    findings = (
        *sheet.findings,
        *context.findings,
        *unread_columns(header, sheet, rules),
        *troubles.findings,
        *check_lines(accepted, sheet, header.letters, rules),
        *total_findings(accepted, frame.filter(pl.col("kind") == RowKind.TOTAL)),
    )
    return replace(
        _reading(sheet, header, context, frame),
        repairs=(*sheet.repairs, *_repairs(sheet, header, lines, amounts, rules=rules)),
        findings=collected(findings, sheet=sheet.name, limits=rules.limits),
    )


@dataclass(frozen=True)
class _Lines:
    """Codes and names of every row below the header, and by column and repair which cells were mended."""

    frame: pl.DataFrame
    mended: tuple[tuple[str, str, pl.Series], ...]


def _column(sheet: Sheet, header: Header, role: str) -> Column:
    """Return a column's cells below the header."""
    column = sheet.column(header.letters[role])
    start = header.row + 1
    percent = None if column.percent is None else column.percent.slice(start)
    return Column(column.letter, column.text.slice(start), column.number.slice(start), percent)


def _lines(sheet: Sheet, header: Header) -> _Lines:
    """Return office and sub kegiatan, code and name apart, for every row below the header."""
    roles: tuple[str, ...] = ("office", "office_code", "sub_kegiatan", "sub_kegiatan_code")
    tidied = {role: tidy(_column(sheet, header, role).label) for role in roles if role in header.letters}
    columns: dict[str, pl.Series] = {}
    for role in ("office", "sub_kegiatan"):
        code, name = _code_and_name(tidied.get(f"{role}_code"), tidied.get(role))
        columns |= {f"{role}_code": code, f"{role}_name": name}
    dotted = columns["office_name"].str.contains(ENDS_IN_DOT).fill_null(value=False)
    columns["office_name"] = columns["office_name"].str.strip_chars_end(". ")
    mended = [("spaces-tidied", role, column.changed) for role, column in tidied.items()]
    named = "office" if "office" in tidied else "office_code"
    return _Lines(pl.DataFrame(columns), (*mended, ("ending-dot", named, dotted)))


def _code_and_name(codes: Tidied | None, names: Tidied | None) -> tuple[pl.Series, pl.Series]:
    if codes is not None and names is not None:
        return codes.text, names.text
    both = names if names is not None else codes
    if both is None:
        raise KeyError("neither code nor name")
    # Most rows of an office repeat its one cell: each different cell is taken apart once.
    frame = pl.DataFrame({"cell": both.text})
    parts = frame.unique().with_columns(pl.col("cell").str.extract_groups(CODE_AND_NAME).alias("parts")).unnest("parts")
    joined = frame.join(parts, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return joined["1"], pl.select(pl.coalesce(joined["2"], joined["cell"])).to_series()


def _typed(
    lines: pl.DataFrame, amounts: AmountsRead, context: PaguContext, sheet: Sheet, header: Header
) -> pl.DataFrame:
    """Return the lines as they will lie in the lake, with the trouble of each amount beside them."""
    code = pl.col("sub_kegiatan_code")
    return lines.with_columns(
        pl.lit(str(context.region)).alias("region"),
        pl.lit(context.year, dtype=pl.Int32).alias("year"),
        pl.lit(context.stage.value).alias("stage"),
        code.str.slice(0, len("1.01")).alias("bidang_code"),
        code.str.slice(0, len("1.01.02")).alias("program_code"),
        code.str.slice(0, len("1.01.02.2.01")).alias("kegiatan_code"),
        amounts.sen.alias("amount_sen"),
        amounts.missing.alias("missing"),
        pl.lit(sheet.name).alias("_sheet"),
        sheet.rows.slice(header.row + 1).alias("_row"),
        pl.lit(header.letters["amount"]).alias("_col"),
        amounts.trouble.alias("trouble"),
        *(pl.lit(None, pl.String()).alias(name) for name in DETAIL),
    )


def _with_kinds(frame: pl.DataFrame, sheet: Sheet, header: Header) -> pl.DataFrame:
    """Say of each row below the header whether it is a line, a total, a repeated header, or a note."""
    first_words = pl.coalesce("office_name", "office_code", "sub_kegiatan_name").str.to_lowercase().fill_null("")
    header_words = [words.plain(cell) for cell in sheet.head(header.row + 1)[header.row] if cell]
    no_code = pl.col("sub_kegiatan_code").is_null()
    nothing = no_code & pl.col("office_code").is_null() & pl.col("missing").eq_missing(Missing.BLANK.value)
    kind = (
        pl.when(no_code & first_words.is_in(header_words))
        .then(pl.lit(RowKind.HEADING.value))
        .when(no_code & first_words.str.contains(words.TOTALS.pattern))
        .then(pl.lit(RowKind.TOTAL.value))
        .when(nothing)
        .then(pl.lit(RowKind.NOTE.value))
        .otherwise(pl.lit(RowKind.ACCEPTED.value))
    )
    return frame.with_columns(kind.alias("kind"))


def _reading(sheet: Sheet, header: Header, context: PaguContext, frame: pl.DataFrame) -> Reading:
    above = pl.Series([RowKind.TITLE.value] * header.row + [RowKind.HEADING.value], dtype=pl.String)
    count = counted(sheet.rows, pl.concat([above, frame["kind"]]))
    region = place(context.region)
    about = {
        "year": str(context.year),
        "stage": context.stage.value,
        "region": str(region.region),
        "place": region.name,
    }
    return Reading(
        kind=KIND,
        title=table_words(KIND, about, "id"),
        owner=str(region.region),
        layout=NAME,
        layout_version=VERSION,
        sheet=sheet.name,
        cell_range=sheet.cell_range,
        frame=frame.filter(pl.col("kind") == RowKind.ACCEPTED).select(list(SCHEMA)).cast(SCHEMA),
        rows_in=count.rows_in,
        rows_frame=count.rows_frame,
        rows_accepted=count.rows_accepted,
        rows_refused=count.rows_refused,
        frame_rows=count.frame_rows,
        about=about,
    )


def _repairs(sheet: Sheet, header: Header, lines: _Lines, amounts: AmountsRead, *, rules: Rules) -> list[Repair]:
    masks = (*lines.mended, *((code, "amount", touched) for code, touched in amounts.mended))
    above = pl.repeat(value=False, n=header.row + 1, eager=True, dtype=pl.Boolean)
    return [
        repair
        for code, role, mask in masks
        for repair in one_repair(code, sheet, header.letters[role], pl.concat([above, mask]), rules.limits)
    ]


LAYOUT = Layout(NAME, VERSION, recognise, read)
