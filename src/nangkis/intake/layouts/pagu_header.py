"""The header of a budget sheet: which column is which, and which of several columns of money is the one to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.named_columns import NamedColumns, named_columns
from nangkis.intake.layouts.protocol import SheetRefused
from nangkis.intake.repairs.units import zeros_said
from nangkis.intake.rules import Rules


# What each column is called, most telling first; a header must match from its start to its end.
HEADERS = {
    "office": re.compile(r"(?:nama )?(?:opd|skpd|perangkat daerah|organisasi|unit organisasi|nama unit)"),
    "office_code": re.compile(r"kode (?:opd|skpd|perangkat daerah|organisasi|unit organisasi|unit)"),
    "sub_kegiatan": re.compile(r"(?:nama |uraian )?sub ?kegiatan"),
    "sub_kegiatan_code": re.compile(r"kode sub ?kegiatan"),
    "amount": re.compile(
        r"(?:rincian|pagu|anggaran|plafon|nilai|jumlah|alokasi)"
        r"(?: (?:indikatif|sementara|anggaran|sub ?kegiatan|tahun))*"
        r"(?: (?:19|20)[0-9]{2})?"
        r"(?: ?\(?(?:dalam )?(?:(?:rp|ribu(?:an)?|juta(?:an)?|mil[iy]ar(?:an)?|rupiah)\b[. ]*)+\)?)?"
    ),
    "location": re.compile(r"(?:nama )?lokasi(?: (?:sub ?)?kegiatan)?"),
    "indicator": re.compile(r"(?:indikator|keluaran|output)(?: (?:kinerja|keluaran|output|sub ?kegiatan))*"),
    "target": re.compile(r"target(?: (?:kinerja|keluaran|output|sub ?kegiatan))*"),
    "fund": re.compile(r"(?:nama )?sumber (?:dana|pendanaan)"),
    "year": re.compile(r"tahun(?: anggaran)?"),
    "stage": re.compile(r"tahap(?:an)?"),
}
# Columns that make it doubtful which money is meant, such as "Pagu Perubahan" or "Prakiraan Maju 2027" beside "Pagu".
RIVAL = re.compile(r"(?:pagu|anggaran|plafon|alokasi|prakiraan)\b")
MONEY = r"(?i)^\s*(?:rp\.?)?\s*[0-9][0-9., ]*(?:,-)?\s*$"


@dataclass(frozen=True)
class Header(NamedColumns):
    """The header of a budget sheet; ``amounts`` are the letters of all columns of money."""

    amounts: tuple[str, ...]

    def zeros(self, sheet: Sheet) -> int:
        """Return how many zeros the amounts leave away: as their own header says, else as a title above it does."""
        above = (cell for row in sheet.head(self.row) for cell in row if cell)
        return zeros_said(self.cells[self.letters["amount"]]) or max(map(zeros_said, above), default=0)


AnyHeader = TypeVar("AnyHeader", bound=Header)


def find_header(sheet: Sheet, rules: Rules) -> Header | None:
    """Return the first row that names the most columns, or None when it names none."""
    found = named_columns(sheet, rules, _role)
    if not found.letters:
        return None
    amounts = tuple(letter for letter, cell in found.cells.items() if _role(cell) == "amount")
    return Header(found.row, found.letters, found.cells, (*amounts, *_rivals(sheet, found, amounts)))


def _role(cell: str) -> str | None:
    return next((role for role, pattern in HEADERS.items() if pattern.fullmatch(words.plain(cell))), None)


def _rivals(sheet: Sheet, header: NamedColumns, amounts: tuple[str, ...]) -> Iterator[str]:
    for letter, cell in header.cells.items():
        known = letter in amounts or letter in header.letters.values()
        if not known and RIVAL.match(words.plain(cell)):
            below = sheet.column(letter).label.slice(header.row + 1)
            if below.str.contains(MONEY).any():
                yield letter


def with_amount_of(year: int, header: AnyHeader, sheet: Sheet, rules: Rules) -> AnyHeader:
    """Return the header with the column of money that is of this year.

    Raises SheetRefused when the only one names another year, or when of several not exactly one names this year.
    """
    bounds = rules.thresholds.years
    years = {letter: words.years_in(header.cells[letter], **bounds) for letter in header.amounts}
    of_year = [letter for letter in header.amounts if year in years[letter]]
    told = {"file": sheet.file, "sheet": sheet.name, "year": str(year), "columns": header.shown(header.amounts)}
    if len(header.amounts) == 1 and not of_year and years[header.amounts[0]]:
        raise SheetRefused("amount-of-another-year", **told)
    if len(header.amounts) > 1 and len(of_year) != 1:
        raise SheetRefused("amounts-several", **told)
    return replace(header, letters={**header.letters, "amount": (of_year or header.amounts)[0]})
