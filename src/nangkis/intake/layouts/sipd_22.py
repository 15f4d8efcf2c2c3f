"""Budget lines by account, as SIPD exports them in 22 columns: code and name of every level, one row per account."""

from __future__ import annotations

import re

import polars as pl

from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.checks.budget_codes import PARENTS, check_codes, of_sub_kegiatan
from nangkis.intake.layouts.budget_rows import Lines, read_lines, said_besides, with_kinds
from nangkis.intake.layouts.code_and_name import code_and_name
from nangkis.intake.layouts.named_columns import named_columns, slug
from nangkis.intake.layouts.pagu_context import read_context
from nangkis.intake.layouts.pagu_header import Header, with_amount_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.rows import RowKind
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.request import Request
from nangkis.intake.rules import Rules
from nangkis.lake.manifest import Reading


NAME = "sipd_22"
VERSION = 2
# Role by header, in small letters and underscores; the two columns of price standards are listed as not read.
HEADERS = {
    "tahun": "year",
    "tahapan": "stage",
    "kode_urusan": "urusan_code",
    "nama_urusan": "urusan",
    "kode_skpd": "office_code",
    "nama_skpd": "office",
    "kode_sub_unit": "unit_code",
    "nama_sub_unit": "unit",
    "kode_bidang_urusan": "bidang_code",
    "nama_bidang_urusan": "bidang",
    "kode_program": "program_code",
    "nama_program": "program",
    "kode_kegiatan": "kegiatan_code",
    "nama_kegiatan": "kegiatan",
    "kode_sub_kegiatan": "sub_kegiatan_code",
    "nama_sub_kegiatan": "sub_kegiatan",
    "kode_sumber_dana": "fund_code",
    "nama_sumber_dana": "fund",
    "kode_rekening": "account_code",
    "nama_rekening": "account",
    "pagu": "amount",
    # Not among the 22, but in what offices add from SIPD's own tables.
    "nama_lokasi": "location",
    "lokasi": "location",
    "indikator_sub_kegiatan": "indicator",
    "output_sub_kegiatan": "indicator",
    "target_sub_kegiatan": "target",
}
AMOUNT = re.compile(r"pagu(?:_(?:19|20)[0-9]{2})?(?:_(?:ribu|juta|miliar)_rupiah)?")
NEEDED = {
    "office": ("office_code", "office"),
    "sub_kegiatan": ("sub_kegiatan_code", "sub_kegiatan"),
    "account": ("account_code", "account"),
    "amount": ("amount",),
}
TOGETHER = ("office", "sub_kegiatan", "account")  # their code and name may stand in one cell
STORED = ("unit", "program", "kegiatan", "fund")
SPENDING = "5."
ACCOUNT = r"^\d(?:\.\d{1,2}){4}\.\d{2,4}$"
# A date that Excel made of a code: 1.01.02 was taken for the first of January 2002.
DATE = r"^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})(?:[ T]00:00:00)?$"


def recognise(seen: SheetSeen) -> Recognition:
    """Ask for a header row with code and name of office, sub kegiatan and account, the year, and the amount."""
    header = find_header(seen.sheet, seen.rules)
    letters = header.letters if header else {}
    found = {what: all(role in letters for role in roles) for what, roles in NEEDED.items()}
    return recognition({**found, "year": "year" in letters})


def find_header(sheet: Sheet, rules: Rules) -> Header | None:
    """Return the first row that names the most columns, or None when it names none."""
    found = named_columns(sheet, rules, _role)
    if not found.letters:
        return None
    amounts = (found.letters["amount"],) if "amount" in found.letters else ()
    return Header(found.row, found.letters, found.cells, amounts)


def _role(cell: str) -> str | None:
    header = slug(cell)
    return "amount" if AMOUNT.fullmatch(header) else HEADERS.get(header)


def read(seen: SheetSeen, request: Request) -> Reading:
    """Read one sheet. Raises SheetRefused when header, region, year, stage or the year of the amount is not known.

    Of code and name one column is enough here: a sheet read through a mapping has fewer than the 22.
    """
    sheet, rules = seen.sheet, seen.rules
    header = find_header(sheet, rules)
    letters = header.letters if header else {}
    if header is None or not all(any(role in letters for role in roles) for roles in NEEDED.values()):
        raise SheetRefused("table-not-found", file=sheet.file, sheet=sheet.name)
    context = read_context(sheet, header.row, letters, request, rules)
    header = with_amount_of(context.year, header, sheet, rules)
    return read_lines(
        seen,
        header,
        context,
        _lines(sheet, header),
        layout=(NAME, VERSION),
        kinds=_with_kinds,
        checks=lambda frame: check_codes(
            frame.filter(pl.col("kind") == RowKind.ACCEPTED), sheet, header.letters, rules.limits
        ),
    )


def _lines(sheet: Sheet, header: Header) -> Lines:
    """Return code and name of each level for every row below the header, with what Excel did to codes undone."""
    roles = [each for role in (*TOGETHER, *STORED) for each in (f"{role}_code", role)]
    tidied = {role: tidy(header.below(sheet, role).label) for role in roles if role in header.letters}
    besides, mended = said_besides(sheet, header)
    mended = [*(("spaces-tidied", role, cells.changed) for role, cells in tidied.items()), *mended]
    columns: dict[str, pl.Series] = besides
    for role in TOGETHER:
        columns[f"{role}_code"], columns[f"{role}_name"] = code_and_name(tidied.get(f"{role}_code"), tidied.get(role))
    columns |= {f"{role}_code": tidied[f"{role}_code"].text for role in STORED if f"{role}_code" in tidied}
    columns |= {f"{role}_name": tidied[role].text for role in STORED if role in tidied}
    frame = pl.DataFrame(columns)
    parents = {level: _parent(level, sheet, header, frame) for level in PARENTS if f"{level}_code" in header.letters}
    by_excel = {level: changed for level, (_, changed) in parents.items()}
    mended += [("code-by-excel", f"{level}_code", changed) for level, changed in by_excel.items()]
    frame = frame.with_columns(
        pl.lit(None, pl.String()).alias(f"read_{level}") if level not in parents else parents[level][0]
        for level in PARENTS
    )
    return Lines(frame.with_columns(_flaw(sheet, header, frame)), tuple(mended))


def _parent(level: str, sheet: Sheet, header: Header, frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return a parent's codes, and which were mended: a number or date that is exactly what Excel makes of this code.

    1.10 becomes the number 1.1, and 1.01.02 a day in January 2002: certain only because the code of the sub kegiatan
    begins with it.
    """
    column = header.below(sheet, f"{level}_code")
    read = frame.select(
        of_sub_kegiatan(level).alias("known"), tidy(column.label).text.alias("cell"), column.number.alias("number")
    ).with_columns(pl.col("cell").str.extract_groups(DATE).alias("date"))
    day, month, year = (pl.col("date").struct.field(name) for name in "dmy")
    short = year.str.slice(2)
    as_code = pl.concat_str(day.str.strip_chars_start("0"), pl.lit("."), month, pl.lit("."), short)
    as_number = pl.col("number") == pl.col("known").cast(pl.Float64, strict=False)
    certain = ((as_code == pl.col("known")) | as_number).fill_null(value=False) & (pl.col("cell") != pl.col("known"))
    answer = read.select(
        pl.when(certain).then("known").otherwise("cell").alias(f"read_{level}"), certain.alias("changed")
    )
    return answer[f"read_{level}"], answer["changed"].fill_null(value=False)


def _flaw(sheet: Sheet, header: Header, frame: pl.DataFrame) -> pl.Series:
    """Return what is wrong with a row's other codes; null when nothing is."""
    code = pl.col("account_code")
    spoilt = {
        role: _by_excel(header.below(sheet, f"{role}_code"))
        if f"{role}_code" in header.letters
        else pl.repeat(value=False, n=len(frame), eager=True, dtype=pl.Boolean)
        for role in ("unit", "fund")
    }
    return frame.select(
        pl.when(code.is_null() | (pl.lit("account" in header.letters) & pl.col("account_name").is_null()))
        .then(pl.lit("account-blank"))
        .when(~code.str.contains(ACCOUNT))
        .then(pl.lit("account-code-malformed"))
        .when(~code.str.starts_with(SPENDING))
        .then(pl.lit("account-not-spending"))
        .when(spoilt["unit"])
        .then(pl.lit("unit-code-by-excel"))
        .when(spoilt["fund"])
        .then(pl.lit("fund-code-by-excel"))
        .alias("flaw")
    ).to_series()


def _by_excel(column: Column) -> pl.Series:
    """Say which codes are a number or a date: leading and ending zeros are lost, and nothing tells them."""
    return column.number.is_not_null() | column.text.str.contains(DATE).fill_null(value=False)


def _with_kinds(frame: pl.DataFrame, sheet: Sheet, header: Header) -> pl.DataFrame:
    """Say what each row is, then take back what only looks like a note: an account without its codes is refused."""
    kinds = with_kinds(frame, sheet, header)
    account = pl.col("account_code").is_not_null() & pl.col("account_name").is_not_null()
    note = (pl.col("kind") == RowKind.NOTE.value) & account
    return kinds.with_columns(pl.when(note).then(pl.lit(RowKind.ACCEPTED.value)).otherwise("kind").alias("kind"))


LAYOUT = Layout(NAME, VERSION, recognise, read)
