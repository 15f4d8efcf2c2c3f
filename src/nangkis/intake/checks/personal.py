"""Personal data stops at the door: numbers of people and families, and mobile phones. What was found is never shown."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from nangkis.intake.cells.sheet import Column, Sheet
from nangkis.intake.limits import Limits
from nangkis.intake.repairs.texts import ODD_SPACES
from nangkis.vocabulary.refusals import FileRefused


class PersonalDataFound(FileRefused):
    """A file holds numbers that identify people or families, or their phones; no sheet of it is taken in."""


# Sixteen digits: region of registration, then a day (women: plus forty), month and year, then a serial number. Hashes
# and identifiers hold such runs between letters, and decimals after a digit and its point or comma, so only a few words
# may touch them. People part the digits by spaces of every kind, points and hyphens, in groups of four or by meaning.
BEFORE, AFTER = r"(?:^|[^0-9A-Za-z.,]|(?:^|[^0-9])[.,]|(?i:nik|kk|no)\.?)", r"(?:[^0-9A-Za-z]|$)"
GAP = rf"[{ODD_SPACES} .-]"
BIRTH = r"(?:[04][1-9]|[1256][0-9]|[37][01])(?:0[1-9]|1[0-2])"
IDENTITY = rf"{BEFORE}[1-9][0-9]{{5}}{BIRTH}[0-9]{{6}}{AFTER}"
IN_FOURS = rf"{BEFORE}[1-9][0-9]{{3}}(?:{GAP}[0-9]{{4}}){{3}}{AFTER}"
BY_MEANING = rf"{BEFORE}[1-9][0-9]{GAP}?[0-9]{{2}}{GAP}?[0-9]{{2}}{GAP}{BIRTH}[0-9]{{2}}{GAP}[0-9]{{4}}{AFTER}"
# Without a plus, 62 begins amounts too: it must be as long as no line of a budget, or parted as a phone's number is.
COUNTRY = rf"(?:\+62{GAP}?|62[{ODD_SPACES} -]|0)"
GROUPS = rf"8[1-9][0-9]{{1,2}}\)?{GAP}?[0-9]{{3,4}}{GAP}?[0-9]{{3,5}}"
PHONE = (
    rf"{BEFORE}(?:\(?{COUNTRY}\)?[{ODD_SPACES} -]?{GROUPS}|628[1-9][0-9]{{9,10}})(?:[^0-9A-Za-z.,]|[.,](?:[^0-9]|$)|$)"
)
EITHER = "|".join(f"(?:{pattern})" for pattern in (IDENTITY, IN_FOURS, BY_MEANING, PHONE))
SIXTEEN_DIGITS = (1e15, 1e16)


def refuse_personal_data(sheets: Iterable[Sheet], limits: Limits) -> None:
    """Raise PersonalDataFound, with the cells and never their content, when any sheet holds personal numbers.

    Hidden sheets too: the lake keeps a file whole, so one table of it would bring all its sheets in.
    """
    for sheet in sheets:
        _refuse_sheet(sheet, limits)


def _refuse_sheet(sheet: Sheet, limits: Limits) -> None:
    in_comments = int(pl.Series(sheet.comments, dtype=pl.String).str.contains(EITHER).sum())
    if in_comments:
        raise PersonalDataFound("personal-data-in-comments", file=sheet.file, count=in_comments)
    for column in sheet.columns:
        found = _found(column)
        if found.any():
            at = sheet.at(column.letter, sheet.rows.filter(found).to_list(), most=limits.addresses)
            raise PersonalDataFound("personal-data", file=sheet.file, sheet=sheet.name, at=at, count=int(found.sum()))


def _found(column: Column) -> pl.Series:
    personal = column.words.filter(column.words.str.contains(EITHER))
    in_text = column.text.is_in(personal.implode()).fill_null(value=False)
    low, high = SIXTEEN_DIGITS
    long_numbers = column.number.is_between(low, high, closed="left").fill_null(value=False)
    if not long_numbers.any():
        return in_text
    digits = column.number.filter(long_numbers).cast(pl.Int64).cast(pl.String)
    spread = in_text.clone()
    return spread.scatter(long_numbers.arg_true(), digits.str.contains(IDENTITY))
