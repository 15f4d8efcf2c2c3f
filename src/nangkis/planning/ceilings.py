"""What the RPJMD sets for a programme: its indicators' targets and its money of five years, which are a ceiling."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.planning.rpjmd_schema import KIND, SCHEMA, YEARS
from nangkis.vocabulary.codes import Region


PAGU = tuple(f"pagu_{number}_sen" for number in range(1, YEARS + 1))
PROGRAMME = ("office_code", "office_name", "program_code", "program_name")


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

    def of_programmes(self, codes: set[str]) -> pl.DataFrame:
        """Return each office's programmes with these codes once, with the row that first names their money.

        The money belongs to the programme: it is taken from one row and never added over indicators.
        """
        own = self.rows.filter(pl.col("program_code").is_in(sorted(codes)))
        told = own.with_columns(pl.all_horizontal(pl.col(PAGU).is_null()).alias("blank"))
        return told.sort("program_code", "office_code", "blank", TABLE, "_row", nulls_last=True).unique(
            ["office_code", "office_name", "program_code"], keep="first", maintain_order=True
        )

    def indicators_of(self, codes: set[str]) -> pl.DataFrame:
        """Return the rows of these programmes that name an indicator, by programme, office and place in the file."""
        own = self.rows.filter(pl.col("program_code").is_in(sorted(codes)) & pl.col("indicator").is_not_null())
        return own.sort("program_code", "office_code", TABLE, "_row", nulls_last=True)


def ceilings_of(snapshot: Snapshot, region: Region) -> Ceilings | None:
    """Return the region's latest plan; None when no table of an RPJMD's programmes is accepted."""
    rows = snapshot.frame(KIND, SCHEMA).filter(pl.col("region") == str(region)).collect()
    if rows.is_empty():
        return None
    first_year = int(str(rows["first_year"].max()))
    latest = rows.filter(pl.col("first_year") == first_year)
    held = set(latest[TABLE])
    return Ceilings(region, first_year, latest, tuple(one for one in snapshot.of_kind(KIND) if one.id in held))
