"""APBD postures of the ministry of finance (DJPK): account, budget, realisation and percentage of one region's year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from nangkis.budget.posture_accounts import REVENUE
from nangkis.budget.posture_schema import KIND, SCHEMA
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.posture import check_posture
from nangkis.intake.checks.posture_seen import PostureSeen
from nangkis.intake.layouts import words
from nangkis.intake.layouts.accepted import columns_reading
from nangkis.intake.layouts.djpk_posture_context import PostureContext, read_context
from nangkis.intake.layouts.djpk_posture_labels import LabelRead, read_labels
from nangkis.intake.layouts.djpk_posture_money import MoneyRead, read_money
from nangkis.intake.layouts.djpk_posture_places import known_places, printed
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, nothing_accepted, recognition
from nangkis.intake.layouts.rows import RowKind, kind_of
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.letters import written
from nangkis.intake.repairs.numbers import read_numbers
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.missing import Missing
from nangkis.vocabulary.sources import cell_at


NAME = "djpk_posture"
VERSION = 2  # resolution of each amount
HEADS = {
    "account": ("akun", "uraian akun", "nama akun"),
    "budget_sen": ("anggaran", "pagu", "anggaran/pagu", "pagu/anggaran"),
    "realised_sen": ("realisasi",),
    "percent": ("persentase", "persen", "%"),
}
LACKS = {
    "account": "posture-account",
    "budget_sen": "posture-budget_sen",
    "realised_sen": "posture-realised_sen",
}


def find_header(sheet: Sheet, rules: Rules) -> NamedColumns:
    """Return the first row that names the most columns."""
    return named_columns(sheet, rules, _role)


def _role(cell: str) -> str | None:
    plain = words.plain(cell).partition("(")[0].strip()
    return next((role for role, heads in HEADS.items() if plain in heads), None)


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a header row that names account, budget and realisation."""
    letters = find_header(seen.sheet, seen.rules).letters
    return recognition({code: role in letters for role, code in LACKS.items()})


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region, year or unit is not known."""
    sheet, rules = seen.sheet, seen.rules
    header = find_header(sheet, rules)
    if any(role not in header.letters for role in LACKS):
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    above = [cell for row in sheet.head(header.row + 1) for cell in row if cell]
    context = read_context(sheet, [*above[: -len(header.letters)], sheet.name], request, rules)
    below = {role: _below(sheet, header, role) for role in header.letters}
    names = tidy(below["account"].label)
    labels = read_labels(names.text.to_list(), rules.posture)
    money = _money(below, labels, above, sheet, rules)
    frame = _typed(names.text, labels, money, context=context, sheet=sheet, header=header)
    if "percent" in below:
        frame = frame.with_columns(_percents(below["percent"]))
    accepted = frame.filter(pl.col("kind") == RowKind.ACCEPTED)
    troubles = tuple(_troubles(frame.filter(pl.col("kind") == RowKind.REFUSED), sheet, header, rules))
    if accepted.is_empty():
        raise nothing_accepted(sheet, troubles)
    looked = PostureSeen(frame.filter(pl.col("kind") != RowKind.NOTE), sheet, header.letters, rules.posture)
    region = context.place.region
    return columns_reading(
        seen, header, frame, kind=KIND, schema=SCHEMA, owner=region, layout=(NAME, VERSION),
        about={"year": str(context.year), "region": str(region), "place": context.place.name},
        masks=_masks(names.changed, labels, money),
        findings=(*context.findings, *money.findings, *troubles, *check_posture(looked)),
    )  # fmt: skip


def _below(sheet: Sheet, header: NamedColumns, role: str) -> Column:
    return sheet.column(header.letters[role]).from_row(header.row + 1)


def _percents(column: Column) -> tuple[pl.Series, pl.Series]:
    """Return the printed percentages, and half the last place to which each is known, in percentage points."""
    value = read_numbers(column, plausible=None, in_percent=True).value
    places = known_places(printed(column.text, value))
    return value.alias("percent"), pl.Series("percent_half", [10.0**-place / 2 for place in places], dtype=pl.Float64)


def _money(
    below: dict[str, Column], labels: Sequence[LabelRead], above: Sequence[str], sheet: Sheet, rules: Rules
) -> MoneyRead:
    total = next((index for index, label in enumerate(labels) if label.account == REVENUE), None)
    if total is None:
        raise SheetRefused("posture-without-revenue", file=sheet.file, sheet=sheet.name)
    largest = rules.limits.amount_rupiah
    columns = (below["budget_sen"], below["realised_sen"])
    return read_money(*columns, heads=above, sheet=sheet, largest=largest, total=total, rules=rules.posture)


def _typed(
    names: pl.Series,
    labels: Sequence[LabelRead],
    money: MoneyRead,
    *,
    context: PostureContext,
    sheet: Sheet,
    header: NamedColumns,
) -> pl.DataFrame:
    """Return the rows as they will lie in the lake, with what became of each, and its trouble."""
    blank = (money.budget.missing == Missing.BLANK.value) & (money.realised.missing == Missing.BLANK.value)
    frame = pl.DataFrame(
        {
            "account": pl.Series([label.account for label in labels], dtype=pl.String),
            "account_name": names,
            "budget_sen": money.budget.sen,
            "realised_sen": money.realised.sen,
            "missing": pl.select(pl.coalesce(money.budget.missing, money.realised.missing)).to_series(),
            "_row": sheet.rows.slice(header.row + 1),
            "label_trouble": pl.Series([label.trouble for label in labels], dtype=pl.String),
            "nearest": pl.Series([label.nearest for label in labels], dtype=pl.String),
            "budget_trouble": money.budget.trouble,
            "realised_trouble": money.realised.trouble,
            "blank": blank.fill_null(value=False),
        }
    )
    trouble = pl.coalesce("label_trouble", "budget_trouble", "realised_trouble")
    note = pl.col("label_trouble").is_not_null() & pl.col("blank")
    return frame.with_columns(
        pl.lit(str(context.place.region)).alias("region"),
        pl.lit(context.year, dtype=pl.Int32).alias("year"),
        money.halves[0].alias("budget_resolution_sen"),
        money.halves[1].alias("realised_resolution_sen"),
        pl.lit(sheet.name).alias("_sheet"),
        pl.lit(header.letters["budget_sen"]).alias("_col"),
        *(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("percent", "percent_half")),
        kind_of(trouble, note=note).alias("kind"),
    )


def _troubles(refused: pl.DataFrame, sheet: Sheet, header: NamedColumns, rules: Rules) -> Iterator[Finding]:
    """Yield a finding for each row that is held or cannot be read."""
    for row in refused.iter_rows(named=True):
        role = "account" if row["label_trouble"] else "budget_sen" if row["budget_trouble"] else "realised_sen"
        code = row["label_trouble"] or row["budget_trouble"] or row["realised_trouble"]
        at = cell_at(sheet.name, header.letters[role], row["_row"])
        name = row["account_name"] or "–"
        told: dict[str, object] = {"account": name, "nearest": row["nearest"]}
        if role != "account":
            (cell,) = sheet.cells(header.letters[role], pl.Series([row["_row"]], dtype=pl.Int32))
            told |= {"office": "–", "sub_kegiatan": name, "name": name, "most": rules.limits.amount_rupiah}
            told |= written(code, cell)
        yield Finding(code, Severity.ERROR, at, told)


Masks = tuple[tuple[str, str, pl.Series], ...]


def _masks(tidied: pl.Series, labels: Sequence[LabelRead], money: MoneyRead) -> Masks:
    mended = (
        (code, "account", pl.Series([label.mended == code for label in labels], dtype=pl.Boolean))
        for code in ("posture-label-damaged", "posture-label-similar")
    )
    amounts = (
        (code, role, mask)
        for role, read in (("budget_sen", money.budget), ("realised_sen", money.realised))
        for code, mask in read.mended
    )
    return (("spaces-tidied", "account", tidied), *mended, *amounts)


LAYOUT = Layout(NAME, VERSION, recognise, read)
