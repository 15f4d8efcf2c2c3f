"""What a list of codes leaves open: blanks, codes of two governments, spellings of units, parents that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from nangkis.budget.nomenclature.codes import government_digit, plain_name
from nangkis.budget.nomenclature.schema import Level
from nangkis.intake.cells.sheet import Sheet
from nangkis.intake.checks.listing import of_rows, one_finding
from nangkis.intake.rules import Rules
from nangkis.vocabulary.findings import Finding, Severity


BLANKS = ("kinerja", "indikator", "satuan", "definition", "pelaksana")
SERVICES = ("Layanan", "Aktifitas")
SPECIAL = ("3", "4", "5", "6", "7", "8")
TAGS_NONE = (None, "[null]", "[]")


@dataclass(frozen=True)
class _Columns:
    """A sheet with the letters of its columns by role: where a finding stands."""

    sheet: Sheet
    letters: Mapping[str, str]
    rules: Rules

    def found(
        self, code: str, role: str, rows: pl.DataFrame, *, severity: Severity = Severity.NOTE, **values: object
    ) -> tuple[Finding, ...]:
        """Return one finding for these rows of a column; none for no row, or without the column."""
        if role not in self.letters:
            return ()
        letter, limits = self.letters[role], self.rules.limits
        return one_finding(code, severity, self.sheet, letter, rows=rows["_row"], limits=limits, **values)


def check_export(
    rows: pl.DataFrame, above: pl.DataFrame, sheet: Sheet, letters: Mapping[str, str], rules: Rules
) -> Iterator[Finding]:
    """Yield what an export of SIPD leaves open; ``rows`` are its sub kegiatan, ``above`` the codes over them."""
    at = _Columns(sheet, letters, rules)
    yield from _strange_cells(rows, at)
    for role in BLANKS:
        yield from at.found("nomenclature-blank", role, rows.filter(pl.col(role).is_null()), field=role)
    previous = rows.filter(pl.col("previous_code").is_not_null())
    yield from at.found("nomenclature-previous", "previous", previous, of=rows.height)
    yield from _two_governments(rows, at)
    varying = above.filter(pl.col("names") > 1)
    if varying.height:
        told: dict[str, object] = {"count": varying.height, "code": varying["code"][0]}
        yield of_rows("nomenclature-names-vary", Severity.WARNING, varying, rules.limits, told)
    yield from check_codes(rows, sheet, rules)


def _strange_cells(rows: pl.DataFrame, at: _Columns) -> Iterator[Finding]:
    """Yield the cells whose words are not those of the export."""
    no_tags = pl.col("tags").is_null() & ~pl.col("tags_read").is_in(TAGS_NONE, nulls_equal=True)
    no_previous = pl.col("previous").is_not_null() & pl.col("previous_code").is_null()
    strange = {
        "tags": ("nomenclature-tags-unreadable", no_tags),
        "spm": ("nomenclature-spm-unknown", pl.col("spm").is_null()),
        "service": ("nomenclature-service-unknown", ~pl.col("service").is_in(SERVICES).fill_null(value=False)),
        "previous": ("nomenclature-previous-unreadable", no_previous),
    }
    for role, (code, which) in strange.items():
        yield from at.found(code, role, rows.filter(which), severity=Severity.WARNING)


def check_codes(rows: pl.DataFrame, sheet: Sheet, rules: Rules) -> Iterator[Finding]:
    """Yield what the codes of any list of activities tell; ``rows`` are the accepted ones of the sheet."""
    subs = rows.filter(pl.col("level") == Level.SUB_KEGIATAN)
    own = subs.filter(pl.col("code").str.starts_with("X."))
    digits = subs.with_columns(government_digit(pl.col("code")).alias("digit"))
    special = digits.filter(pl.col("digit").is_in(SPECIAL))
    for code, some in (("nomenclature-own-bidang", own), ("nomenclature-special-regions", special)):
        if some.height:
            yield of_rows(code, Severity.NOTE, some, rules.limits, {"count": some.height})
    if subs.height and not (digits["digit"] == "1").any():
        yield Finding("nomenclature-no-province", Severity.NOTE, sheet.name, {"count": subs.height})
    yield from _unit_spellings(subs, sheet)


def check_parents(rows: pl.DataFrame, levels: Sequence[str | int], rules: Rules) -> Iterator[Finding]:
    """Yield the codes whose upper code is not in the same list, where it lists that level at all.

    ``levels`` are the list's own, from the highest down.
    """
    known, held = rows["code"].unique(), set(rows["level"].unique())
    below = [level for above, level in pairwise(levels) if above in held]
    lost = rows.filter(pl.col("level").is_in(below) & ~pl.col("parent").is_in(known.implode()))
    if lost.height:
        told: dict[str, object] = {
            "count": lost.height,
            "parents": lost["parent"].n_unique(),
            "parent": lost["parent"][0],
        }
        yield of_rows("nomenclature-parents-missing", Severity.WARNING, lost, rules.limits, told)


def _two_governments(rows: pl.DataFrame, at: _Columns) -> tuple[Finding, ...]:
    shared = rows.filter(pl.col("government").n_unique().over("code") > 1)
    differing = shared.filter(plain_name(pl.col("name")).n_unique().over("code") > 1)["code"].n_unique()
    codes = shared["code"].n_unique()
    return at.found("nomenclature-both-governments", Level.SUB_KEGIATAN, shared, codes=codes, differing=differing)


def _unit_spellings(subs: pl.DataFrame, sheet: Sheet) -> Iterator[Finding]:
    units = subs.select("satuan", plain_name(pl.col("satuan")).alias("plain")).drop_nulls("satuan").unique()
    spellings, alike = units["satuan"].n_unique(), units["plain"].n_unique()
    if spellings > alike:
        yield Finding("nomenclature-unit-spellings", Severity.NOTE, sheet.name, {"count": spellings, "alike": alike})
