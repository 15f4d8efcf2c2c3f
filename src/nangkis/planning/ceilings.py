"""What the RPJMD sets for a programme: its indicators' targets and its money of five years, which are a ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.planning.rpjmd_schema import KIND, SCHEMA, YEARS
from nangkis.planning.spelling import plain_name
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.figures import Figure, Method, Origin, Selection
from nangkis.vocabulary.units import Unit


# The columns of five years, in their order, and the column of what the targets start from.
PAGU = tuple(f"pagu_{number}_sen" for number in range(1, YEARS + 1))
TARGETS = tuple(f"target_{number}" for number in range(1, YEARS + 1))
START = "target_start"

CEILING = Method("rpjmd_ceiling", 1)


@dataclass(frozen=True)
class Ceilings:
    """The programmes of one region's plan, a row for each indicator, in the order of the file; ``_table`` says which.

    ``first_year`` is the year of the first target and ceiling.
    """

    region: Region
    first_year: int
    rows: pl.DataFrame
    manifests: tuple[TableManifest, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan."""
        return tuple(range(self.first_year, self.first_year + YEARS))

    def ceiling(self, row: Mapping[str, Any], year: int) -> Figure | None:
        """Return the money of one row of the plan in a year; None for a blank, and outside the years of the plan."""
        return _ceiling(row, self._column_of(year), year) if year in self.years else None

    @cached_property
    def money(self) -> pl.DataFrame:
        """Each office's programmes once, with the row that first names their money.

        The money belongs to the programme: it is taken from one row and never added over indicators.
        """
        told = self.rows.with_columns(pl.all_horizontal(pl.col(PAGU).is_null()).alias("blank"))
        return told.sort("program_code", "office_code", "blank", TABLE, "_row", nulls_last=True).unique(
            ["office_code", "office_name", "program_code"], keep="first", maintain_order=True
        )

    def of(self, program: str, office_code: str, office_name: str) -> dict[str, Any] | None:
        """Return the row with the money of an office's programme; None where the plan has none.

        The office is known by its code, else by its name.
        """
        rows = self._by_programme.get(program, [])
        same_code = [row for row in rows if office_code and row["office_code"] == office_code]
        same_name = [row for row in rows if office_name and plain_name(row["office_name"]) == plain_name(office_name)]
        found = same_code or same_name
        return found[0] if len(found) == 1 else None

    def holds(self, program: str) -> bool:
        """Say whether the plan has this programme, of any office."""
        return program in self._by_programme

    def highest(self, row: Mapping[str, Any], year: int) -> int | None:
        """Return the most that any row of this row's office and programme gives in a year of the plan, in sen."""
        same = (pl.col(name).eq_missing(pl.lit(row[name])) for name in ("program_code", "office_code", "office_name"))
        found = self.rows.filter(*same)[self._column_of(year)].max()
        return None if found is None else int(str(found))

    def differing(self, codes: set[str]) -> tuple[str, ...]:
        """Return the programmes of which two rows of one office give the same year different money."""
        keys = ["office_code", "office_name", "program_code"]
        own = self.rows.filter(pl.col("program_code").is_in(sorted(codes)))
        counted = own.group_by(keys).agg(pl.col(PAGU).drop_nulls().n_unique())
        return tuple(counted.filter(pl.any_horizontal(pl.col(PAGU) > 1))["program_code"].unique().sort())

    def indicators_of(self, codes: set[str]) -> pl.DataFrame:
        """Return the rows of these programmes that name an indicator, by programme, office and place in the file.

        A row that repeats another's words and targets, as under a second sasaran, stands once.
        """
        own = self.rows.filter(pl.col("program_code").is_in(sorted(codes)) & pl.col("indicator").is_not_null())
        told = ["program_code", "office_code", "office_name", "indicator", "unit", START, *TARGETS]
        placed = own.sort("program_code", "office_code", TABLE, "_row", nulls_last=True)
        return placed.unique(told, keep="first", maintain_order=True)

    def target_column(self, year: int) -> str | None:
        """Return the column with the targets of a year; None outside the years of the plan."""
        return TARGETS[self.years.index(year)] if year in self.years else None

    def sasaran_of(self, program: str) -> tuple[str, ...]:
        """Return the sasaran that a programme serves, each as code and name, once."""
        own = self.rows.filter(pl.col("program_code") == program)
        told = own.select(pl.concat_str("sasaran_code", "sasaran_name", separator=" ", ignore_nulls=True)).to_series()
        return tuple(text for text in told.unique(maintain_order=True) if text)

    def _column_of(self, year: int) -> str:
        return PAGU[self.years.index(year)]

    @cached_property
    def _by_programme(self) -> dict[str, list[dict[str, Any]]]:
        rows: dict[str, list[dict[str, Any]]] = {}
        for row in self.money.iter_rows(named=True):
            rows.setdefault(str(row["program_code"]), []).append(row)
        return rows


def _ceiling(row: Mapping[str, Any], column: str, year: int) -> Figure | None:
    if row[column] is None:
        return None
    key = f"rpjmd/{row['region']}/{row['office_code']}/{row['office_name']}/{row['program_code']}/{year}"
    return Figure(key, row[column], Unit.RUPIAH, 0, Origin(CEILING, (row_of_plan(row, column),)))


def row_of_plan(row: Mapping[str, Any], column: str) -> Selection:
    """Return one cell of the plan: the row by its own place in the file, and whose and of which programme it is."""
    named = ("region", "office_code", "office_name", "program_code")
    about = tuple((name, (str(row[name]),)) for name in named if row[name] is not None)
    return Selection(row[TABLE], (*about, ("_sheet", (str(row["_sheet"]),)), ("_row", (int(row["_row"]),))), column)


def ceilings_of(snapshot: Snapshot, region: Region) -> Ceilings | None:
    """Return the region's latest plan; None when no table of an RPJMD's programmes is accepted."""
    rows = snapshot.frame(KIND, SCHEMA).filter(pl.col("region") == str(region)).collect()
    if rows.is_empty():
        return None
    first_year = int(str(rows["first_year"].max()))
    latest = rows.filter(pl.col("first_year") == first_year)
    held = set(latest[TABLE])
    return Ceilings(region, first_year, latest, tuple(one for one in snapshot.of_kind(KIND) if one.id in held))
