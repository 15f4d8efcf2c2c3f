"""Answers of web services, as their sheets hold them: a table of BPS' WebAPI, a series of the World Bank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from nangkis.indicators.catalogue import BpsVariable, indicators
from nangkis.intake.cells import bank_answer, bps_answer
from nangkis.intake.cells.answer_table import HEADER_ROWS
from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.indicator_panel import read_panel
from nangkis.intake.layouts.indicator_roles import CodeColumn, Roles
from nangkis.intake.layouts.protocol import Layout, Recognition, SheetRefused, recognition
from nangkis.intake.layouts.settled import contradiction, indicator_said
from nangkis.intake.layouts.shape import SheetSeen
from nangkis.intake.repairs.numbers import PLACES_MOST
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading
from nangkis.regions.table import SYSTEMS
from nangkis.vocabulary.codes import CodeSystem
from nangkis.vocabulary.findings import Finding
from nangkis.vocabulary.sources import column_letter


NAME_BPS, NAME_BANK = "bps_webapi_data", "worldbank_json"
NAMES = frozenset({NAME_BPS, NAME_BANK})
VERSION = 1
# The service numbers the nation 9999; BPS' list of regions has it as 0000.
NATION_OF_SERVICE, NATION = "9999", "0000"
REGENCY_OF_SEVEN = r"^([0-9]{4})000$"  # a regency where kecamatan are numbered too
KEY_TROUBLES = frozenset({"answer-key-unknown", "answer-key-ambiguous"})
REGION_CODE = r"^[0-9]{4}$"


def _letters(header: tuple[str, ...]) -> dict[str, str]:
    return {title: column_letter(index) for index, title in enumerate(header)}


BPS, BANK = _letters(bps_answer.HEADER), _letters(bank_answer.HEADER)
BPS_ROLES = {
    "name": BPS["bps_vervar_label"], "indicator": BPS["bps_var_label"], "unit": BPS["bps_var_unit"],
    "group": BPS["bps_turvar_label"], "year": BPS["bps_th_label"], "period": BPS["bps_turth_label"],
    "value": BPS["value"],
}  # fmt: skip
BANK_ROLES = {
    "name": BANK["country"], "indicator": BANK["indicator"], "year": BANK["year"], "flag": BANK["obs_status"],
    "value": BANK["value"],
}  # fmt: skip


def _layout(name: str, sheet: str, header: tuple[str, ...], read: Callable[[SheetSeen, Request], Reading]) -> Layout:
    """Return the layout of sheets that were unfolded under this header."""

    def recognise(seen: SheetSeen) -> Recognition:
        first = seen.sheet.head(1)
        own = [cell for cell in first[0] if cell] if first else []
        fits = seen.sheet.name == sheet and own == [title for title in header if title in own]
        return recognition({"answer-of-service": fits and own[:1] == [header[0]]})

    def read_recognised(seen: SheetSeen, request: Request) -> Reading:
        if not recognise(seen).complete:
            raise SheetRefused("table-not-found", file=seen.sheet.file, sheet=seen.sheet.name)
        return read(seen, request)

    return Layout(name, VERSION, recognise, read_recognised)


def _read_bps(seen: SheetSeen, request: Request) -> Reading:
    """Read a table of BPS. Raises SheetRefused where its variable is no known indicator, or several."""
    sheet = _with_codes(seen.sheet)
    settled = _indicator_of(sheet, request)
    sheet = _all_of(sheet, BPS["bps_var_label"], settled)
    codes = (CodeColumn(BPS["bps_vervar_id"], _editions()),) if _are_codes(sheet) else ()
    reading = read_panel(
        replace(seen, sheet=sheet), _roles(sheet, BPS_ROLES, codes), request, layout=NAME_BPS, version=VERSION
    )
    frame = reading.frame.with_columns(pl.max_horizontal("places", pl.lit(_decimals(sheet), dtype=pl.Int8)))
    return replace(reading, frame=frame.select(reading.frame.columns), findings=_without_echo(reading.findings))


def _read_bank(seen: SheetSeen, request: Request) -> Reading:
    """Read a series of the World Bank. Raises SheetRefused where it is no known indicator."""
    sheet = seen.sheet
    code = _first(sheet, BANK["indicator_id"])
    settled = _said(sheet, request, seen.rules.bank_indicators.get(code), title=_first(sheet, BANK["indicator"]))
    if settled is None:
        raise _unknown(sheet, code, _first(sheet, BANK["indicator"]))
    sheet = _all_of(sheet, BANK["indicator"], settled)
    return read_panel(
        replace(seen, sheet=sheet), _roles(sheet, BANK_ROLES, ()), request, layout=NAME_BANK, version=VERSION
    )


def _without_echo(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without the missing names of rows whose key could not be told apart: that is told already."""
    by_key = any(found.code in KEY_TROUBLES for found in findings)
    return tuple(found for found in findings if not (by_key and found.code == "region-name-missing"))


def _roles(sheet: Sheet, roles: dict[str, str], codes: tuple[CodeColumn, ...]) -> Roles:
    """Return the roles of the columns that are there: one without any entry is not."""
    there = {column.letter for column in sheet.columns}
    letters = {role: letter for role, letter in roles.items() if letter in there}
    return Roles(HEADER_ROWS, (), letters, codes, (), (), {})


def _editions() -> tuple[CodeSystem, ...]:
    return tuple(sorted((system for system in SYSTEMS if system.name == "bps"), key=lambda one: -one.edition))


def _with_codes(sheet: Sheet) -> Sheet:
    """Return the sheet with the ids of regions as BPS' list of regions writes them."""
    names = _column(sheet, BPS["bps_vervar_label"]).slice(HEADER_ROWS).str.to_lowercase().str.strip_chars()

    def mended(text: pl.Expr) -> pl.Expr:
        is_nation = (text == NATION_OF_SERVICE) & pl.lit(names == "indonesia")
        return pl.when(is_nation).then(pl.lit(NATION)).otherwise(text.str.replace(REGENCY_OF_SEVEN, "${1}"))

    return _with_cells(sheet, BPS["bps_vervar_id"], mended)


def _are_codes(sheet: Sheet) -> bool:
    """Say whether the ids of the rows are codes of regions: some tables of offices just count their rows."""
    ids = _column(sheet, BPS["bps_vervar_id"]).slice(HEADER_ROWS).drop_nulls()
    return bool(ids.len()) and bool(ids.str.contains(REGION_CODE).all())


def _indicator_of(sheet: Sheet, request: Request) -> str:
    """Return the one indicator of a table, by its title, else by the number of its variable in its domain.

    Raises SheetRefused where neither tells one, where they contradict, and for a title of a part of the people.
    """
    title, domain, number = (_first(sheet, BPS[name]) for name in ("bps_var_label", "bps_domain", "bps_var_id"))
    if words.other_measure(title) or words.other_group(title):
        raise SheetRefused("indicator-other", file=sheet.file, sheet=sheet.name, seen=title)
    numbered = _numbered(domain, number)
    titled = words.indicator_in(title)
    if titled is not None and numbered and titled not in numbered:
        told = {"variable": number, "domain": domain, "title": title, "found": titled, "numbered": ", ".join(numbered)}
        raise SheetRefused("variable-contradicts-title", file=sheet.file, **told)
    settled = _said(sheet, request, titled or (numbered[0] if len(numbered) == 1 else None), title=title)
    if settled is None:
        raise _unknown(sheet, f"{domain or '–'}/{number or '–'}", title)
    return settled


def _numbered(domain: str, number: str) -> list[str]:
    """Return the indicators that have this number: a variable has other numbers in other domains."""
    if not (domain and number.isascii() and number.isdigit()):
        return []
    variable = BpsVariable(domain, int(number))
    return [code for code, indicator in indicators().items() if variable in indicator.bps_variables]


def _said(sheet: Sheet, request: Request, found: str | None, *, title: str) -> str | None:
    said = indicator_said(sheet, request)
    if said is not None and found is not None and said != found:
        raise contradiction(sheet, "indicator", said=said, found=f"{found} ({title})")
    return found or said


def _unknown(sheet: Sheet, variable: str, title: str) -> SheetRefused:
    return SheetRefused("answer-indicator-unknown", file=sheet.file, variable=variable or "–", title=title or "–")


def _column(sheet: Sheet, letter: str) -> pl.Series:
    """Return a column's texts; nulls where no row has one."""
    found = next((column.text for column in sheet.columns if column.letter == letter), None)
    return pl.Series([None] * sheet.height, dtype=pl.String) if found is None else found


def _first(sheet: Sheet, letter: str) -> str:
    """Return the one text that a column holds below its header; empty where it holds none or several."""
    found = _column(sheet, letter).slice(HEADER_ROWS).drop_nulls().unique().to_list()
    return str(found[0]) if len(found) == 1 else ""


def _with_cells(sheet: Sheet, letter: str, change: Callable[[pl.Expr], pl.Expr]) -> Sheet:
    """Return the sheet with the cells of one column written otherwise; its header stays."""

    def changed(column: Column) -> Column:
        if column.letter != letter:
            return column
        below = pl.DataFrame({"text": column.text.slice(HEADER_ROWS)}).select(change(pl.col("text"))).to_series()
        return replace(column, text=pl.concat([column.text.head(HEADER_ROWS), below.cast(pl.String).alias("")]))

    return replace(sheet, columns=tuple(changed(column) for column in sheet.columns))


def _all_of(sheet: Sheet, letter: str, indicator: str) -> Sheet:
    """Return the sheet with the indicator in each cell of a column that says something."""
    return _with_cells(sheet, letter, lambda text: pl.when(text.is_not_null()).then(pl.lit(indicator)))


def _decimals(sheet: Sheet) -> int:
    """Return how many decimals the answer says that its values have: JSON writes 10.40 as 10.4."""
    said = _first(sheet, BPS["bps_var_decimal"])
    return min(int(said), PLACES_MOST) if said.isascii() and said.isdigit() and len(said) == 1 else 0


TABLE = _layout(NAME_BPS, bps_answer.SHEET, bps_answer.HEADER, _read_bps)
SERIES = _layout(NAME_BANK, bank_answer.SHEET, bank_answer.HEADER, _read_bank)
