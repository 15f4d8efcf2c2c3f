"""Which column of an indicator table does what, by the words of its one header row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.layouts import words
from nangkis.intake.layouts.error_columns import ErrorColumn, kind_of, split
from nangkis.intake.layouts.shape import HeadedColumn, SheetSeen
from nangkis.intake.repairs import units
from nangkis.regions.table import SYSTEMS
from nangkis.vocabulary.codes import CodeSystem


# A header must match from its start to its end; of several columns of names the smallest regions count.
ROLES = {
    "name": re.compile(
        r"(?:nama )?(?:kab(?:upaten)?\.? ?[/-]? ?kota|kabupaten|regency|district)(?: name)?"
        r"|(?:nama )?(?:wilayah|daerah)"
        r"|nama|name|geography name|region|bps vervar label"
    ),
    "province": re.compile(r"(?:nama )?(?:provinsi|province)(?: name)?"),
    "code": re.compile(
        r"(?:kode|code|id)(?: .*)?|(?:bps|kemendagri|contoh)(?:[ -][0-9]{4})?|districtid|kdj|geography id"
        r"|bps (?:province|regency) code|bps vervar id"
    ),
    "year": re.compile(r"tahun|year|bps th label|time start"),
    "end": re.compile(r"time end"),
    "period": re.compile(r"reference period|semester|periode?|bulan|bps turth label"),
    "indicator": re.compile(
        r"(?:nama |kode )?(?:indikator|variabel)|indicator(?: id)?|variable(?: code)?|bps var label"
    ),
    "value": re.compile(r"nilai|value(?: numeric)?|angka"),
    "unit": re.compile(r"satuan|unit|bps var unit"),
    "group": re.compile(r"bps turvar label|kelompok"),
    "suppressed": re.compile(r"suppressed"),
    "flag": re.compile(r"comparable|validation flag"),
    "note": re.compile(r"notes?|catatan|keterangan|validation note"),
}
SYSTEM = re.compile(r"\b(?:(kemendagri|bps|contoh)(?:[ -]([0-9]{4}))?)\b")


@dataclass(frozen=True)
class CodeColumn:
    """A column of region codes; ``systems`` are those that its header allows, newest first; none when it says none."""

    letter: str
    systems: tuple[CodeSystem, ...]


@dataclass(frozen=True)
class Roles:
    """What each column does. ``header_rows`` counts the leading rows that are not data.

    ``letters`` gives a role's column; ``codes`` all columns of codes, the one to read first; ``values`` the columns
    whose header names an indicator, ``errors`` those that tell how sure these are, by their letters, ``unread`` the
    others without a role.
    """

    header_rows: int
    titles: tuple[str, ...]
    letters: Mapping[str, str]
    codes: tuple[CodeColumn, ...]
    values: tuple[HeadedColumn, ...]
    unread: tuple[HeadedColumn, ...]
    errors: Mapping[str, tuple[ErrorColumn, ...]]

    @property
    def place(self) -> str:
        """The column that a row's region is told by."""
        return self.letters["name"] if "name" in self.letters else self.codes[0].letter

    @property
    def is_long(self) -> bool:
        """Each row names its indicator and holds one value."""
        return {"indicator", "value"} <= self.letters.keys() and self.has_regions

    @property
    def is_many(self) -> bool:
        """Rows of regions, with a year or several registers beside them, and columns of several indicators."""
        several = len({words.indicator_in(column.own) for column in self.values}) > 1
        beside = "year" in self.letters or len(self.codes) > 1 or "province" in self.letters
        return several and beside and self.has_regions and "indicator" not in self.letters

    @property
    def has_regions(self) -> bool:
        """There is a column of names or of codes."""
        return "name" in self.letters or bool(self.codes)


def roles_of(seen: SheetSeen) -> Roles | None:
    """Return the roles by the row that names the most of them; None when no row names a region and more."""
    sheet = seen.sheet
    heads = sheet.head(seen.rules.thresholds.header_rows)
    found = [_roles(sheet, heads, index) for index in range(len(heads))]
    best = max(found, key=lambda roles: (len(roles.letters) + len(roles.codes), len(roles.values)), default=None)
    return best if best is not None and best.has_regions else None


def roles_at(seen: SheetSeen, row: int) -> Roles:
    """Return the roles by the header in this row, counted from 0 among the rows that are not blank."""
    return _roles(seen.sheet, seen.sheet.head(row + 1), row)


def _roles(sheet: Sheet, heads: list[list[str]], row: int) -> Roles:
    letters: dict[str, str] = {}
    codes: list[CodeColumn] = []
    values: list[HeadedColumn] = []
    unread: list[HeadedColumn] = []
    errors = _errors(HeadedColumn(column.letter, cell) for column, cell in zip(sheet.columns, heads[row], strict=True))
    of_errors = {one.letter for columns in errors.values() for one in columns}
    for column, cell in zip(sheet.columns, heads[row], strict=True):
        plain = words.plain(cell)
        headed = HeadedColumn(column.letter, cell)
        role = next((role for role, pattern in ROLES.items() if pattern.fullmatch(plain)), None)
        if column.letter in of_errors:
            continue
        if role == "code":
            codes.append(CodeColumn(column.letter, _systems(plain)))
        elif role is not None and role not in letters:
            letters[role] = column.letter
        elif _is_value(plain):
            values.append(headed)
        elif cell:
            unread.append(headed)
    if "name" not in letters and "province" in letters:
        letters["name"] = letters.pop("province")
    titles = tuple(cell for above in heads[:row] for cell in above if cell)
    return Roles(row + 1, titles, letters, tuple(sorted(codes, key=_rank)), tuple(values), tuple(unread), errors)


def _errors(headed: Iterable[HeadedColumn]) -> dict[str, tuple[ErrorColumn, ...]]:
    """Return the columns that tell errors, by the columns of values that they are of."""
    told = (one for one in headed if kind_of(one.own) or _is_value(words.plain(one.own)) or _is_one_value(one))
    return split(told).errors


def _is_one_value(column: HeadedColumn) -> bool:
    return ROLES["value"].fullmatch(words.plain(column.own)) is not None


def _is_value(plain: str) -> bool:
    indicator = words.indicator_in(plain)
    if indicator is None or words.other_group(plain) or kind_of(plain) is not None:
        return False
    return not units.contradicts(words.beside_name(plain, indicator), indicator)


def _systems(plain: str) -> tuple[CodeSystem, ...]:
    return tuple(_named_systems(plain))


def _named_systems(plain: str) -> Iterator[CodeSystem]:
    named = SYSTEM.search(plain)
    for system in sorted(SYSTEMS, key=lambda system: -system.edition):
        if named and system.name == named[1] and named[2] in (None, str(system.edition)):
            yield system


def _rank(column: CodeColumn) -> tuple[bool, bool, int]:
    """Order columns of codes: a named register first, Kemendagri's before BPS', newer editions first."""
    first = column.systems[0] if column.systems else None
    return first is None, first is not None and first.name == "bps", -(first.edition if first else 0)
