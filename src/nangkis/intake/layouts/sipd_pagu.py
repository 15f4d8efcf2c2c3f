"""Budget lines as SIPD hands them out: office, sub kegiatan, amount; code and name in one cell or in two."""

from __future__ import annotations

import polars as pl

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts.budget_rows import Lines, read_lines, said_besides
from nangkis.intake.layouts.code_and_name import code_and_name
from nangkis.intake.layouts.pagu_context import read_context
from nangkis.intake.layouts.pagu_header import Header, find_header, with_amount_of
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.texts import tidy
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading


NAME = "sipd_pagu"
VERSION = 3
NEEDED = ("office", "sub_kegiatan", "amount")
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
    return read_lines(seen, header, context, _lines(sheet, header), layout=(NAME, VERSION))


def _lines(sheet: Sheet, header: Header) -> Lines:
    """Return office and sub kegiatan, code and name apart, for every row below the header."""
    roles: tuple[str, ...] = ("office", "office_code", "sub_kegiatan", "sub_kegiatan_code")
    tidied = {role: tidy(header.below(sheet, role).label) for role in roles if role in header.letters}
    columns: dict[str, pl.Series] = {}
    for role in ("office", "sub_kegiatan"):
        code, name = code_and_name(tidied.get(f"{role}_code"), tidied.get(role))
        columns |= {f"{role}_code": code, f"{role}_name": name}
    dotted = columns["office_name"].str.contains(ENDS_IN_DOT).fill_null(value=False)
    columns["office_name"] = columns["office_name"].str.strip_chars_end(". ")
    mended = [("spaces-tidied", role, column.changed) for role, column in tidied.items()]
    besides, mended_besides = said_besides(sheet, header)
    named = "office" if "office" in tidied else "office_code"
    mended += [*mended_besides, ("ending-dot", named, dotted)]
    return Lines(pl.DataFrame(columns | besides), tuple(mended))


LAYOUT = Layout(NAME, VERSION, recognise, read)
