"""What the layouts of budget lines share: lines in the lake's form, what each row is, the checks and the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from nangkis.budget.schema import DETAIL, KIND, SCHEMA
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.budget import check_lines, row_troubles, total_findings
from nangkis.intake.checks.listing import one_finding
from nangkis.intake.layouts import words
from nangkis.intake.layouts.accepted import columns_reading
from nangkis.intake.layouts.named_columns import columns_not_read
from nangkis.intake.layouts.pagu_context import PaguContext
from nangkis.intake.layouts.pagu_header import Header
from nangkis.intake.layouts.protocol import nothing_accepted
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.numbers import AmountsRead, read_amounts
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.regions.register import place
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing


# What a line may say besides, by the role of its column.
BESIDES = {"location": "location_name", "indicator": "output_indicator", "target": "output_target", "fund": "fund_name"}


@dataclass(frozen=True)
class Lines:
    """Codes and names of every row below the header, and by column and repair which cells were mended."""

    frame: pl.DataFrame
    mended: tuple[tuple[str, str, pl.Series], ...]


def said_besides(sheet: Sheet, header: Header) -> tuple[dict[str, pl.Series], list[tuple[str, str, pl.Series]]]:
    """Return what lines say beside their codes and amounts, as the lake names it, and which cells were tidied."""
    found = {role: tidy(header.below(sheet, role).label) for role in BESIDES if role in header.letters}
    mended = [("spaces-tidied", role, column.changed) for role, column in found.items()]
    return {BESIDES[role]: column.text for role, column in found.items()}, mended


def typed(
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
        *(pl.lit(None, pl.String()).alias(name) for name in DETAIL if name not in lines.columns),
    )


def with_kinds(frame: pl.DataFrame, sheet: Sheet, header: Header) -> pl.DataFrame:
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


def read_lines(
    seen: SheetSeen,
    header: Header,
    context: PaguContext,
    lines: Lines,
    *,
    layout: tuple[str, int],
    kinds: Callable[[pl.DataFrame, Sheet, Header], pl.DataFrame] = with_kinds,
    checks: Callable[[pl.DataFrame], Iterable[Finding]] = lambda _: (),
    offices_coded: bool = True,
) -> Reading:
    """Return the reading of a budget sheet; ``layout`` is its name and version.

    ``checks`` are its own ones, on all rows below the header with their ``kind``; ``offices_coded`` says that a row
    whose office has a name and no code is refused, unless the whole sheet has names only.
    Raises SheetRefused when no row is accepted.
    """
    sheet, rules = seen.sheet, seen.rules
    amounts = _amounts(seen, header)
    frame = kinds(typed(lines.frame, amounts, context, sheet, header), sheet, header)
    named_only = offices_coded and _offices_only_named(frame)
    frame, troubles = _judged(frame, header, seen, offices_coded=offices_coded and not named_only)
    if not (frame["kind"] == RowKind.ACCEPTED).any():
        raise nothing_accepted(sheet, troubles)
    by_name = _told_by_name(frame, sheet, header, rules) if named_only else ()
    before = (*context.findings, *by_name, *columns_not_read(header, sheet, rules), *troubles)
    return columns_reading(
        seen,
        header,
        frame,
        kind=KIND,
        schema=SCHEMA,
        about=_about(context),
        owner=context.region,
        layout=layout,
        masks=(*lines.mended, *((code, "amount", touched) for code, touched in amounts.mended)),
        findings=(*before, *_found(frame, sheet, header, rules, checks(frame))),
    )


def _amounts(seen: SheetSeen, header: Header) -> AmountsRead:
    money, largest = header.below(seen.sheet, "amount"), seen.rules.limits.amount_rupiah
    return read_amounts(money, largest_rupiah=largest, zeros=header.zeros(seen.sheet))


def _found(
    frame: pl.DataFrame, sheet: Sheet, header: Header, rules: Rules, own: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield what the checks of all budget layouts find, those of this one, and totals that differ."""
    accepted, totals = (frame.filter(pl.col("kind") == kind) for kind in (RowKind.ACCEPTED, RowKind.TOTAL))
    yield from check_lines(accepted, sheet, header.letters, rules)
    yield from own
    yield from total_findings(accepted, totals)


def _offices_only_named(frame: pl.DataFrame) -> bool:
    """Say whether no line of a sheet gives a code of its office, nor anything that may have been one."""
    lines = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    no_code = lines["office_code"].null_count() == lines.height
    return no_code and not lines["office_name"].str.contains(r"^\S*\d").fill_null(value=False).any()


def _told_by_name(frame: pl.DataFrame, sheet: Sheet, header: Header, rules: Rules) -> tuple[Finding, ...]:
    rows = frame.filter(pl.col("kind") == RowKind.ACCEPTED)["_row"]
    letter = header.letters.get("office") or header.letters["office_code"]
    return one_finding("offices-only-named", Severity.NOTE, sheet, letter, rows=rows, limits=rules.limits)


def _judged(
    frame: pl.DataFrame, header: Header, seen: SheetSeen, *, offices_coded: bool
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the rows, those that cannot be accepted refused, and a finding for each of these."""
    lines = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    troubles = row_troubles(lines, seen.sheet, header.letters, seen.rules.limits, offices_coded=offices_coded)
    refused = pl.col("_row").is_in(troubles.rows)
    kind = pl.when(refused).then(pl.lit(RowKind.REFUSED.value)).otherwise("kind").alias("kind")
    return frame.with_columns(kind), troubles.findings


def _about(context: PaguContext) -> dict[str, str]:
    year, stage, region = str(context.year), context.stage.value, context.region
    return {"year": year, "stage": stage, "region": str(region), "place": place(region).name}
