"""Checking all data of a workspace at once: the accepted values against each other, what lacks, and how old it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from nangkis.indicators.dimensions import Dimension, dimension_of, members
from nangkis.indicators.facts import facts
from nangkis.indicators.schema import KIND
from nangkis.intake.checks.across import Accepted, in_file
from nangkis.intake.checks.together import Checked, check_together
from nangkis.intake.rules import rules_on
from nangkis.lake.manifest import TableManifest
from nangkis.lake.snapshot import TABLE, Snapshot
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.workspace.making import RECORD_FILE
from nangkis.workspace.opened import Workspace, tables_of
from nangkis.workspace.record import read_record


@dataclass(frozen=True)
class Age:
    """One accepted table of indicators: the last year that it tells of, and how many years before the day that is."""

    table: str
    file: str
    last_year: int
    years: int
    accepted_on: date


@dataclass(frozen=True)
class DataChecked:
    """What a check of all data gave. ``present`` counts by region and dimension the indicators that have a value."""

    on: date
    checks: tuple[Checked, ...]
    ages: tuple[Age, ...]
    present: pl.DataFrame
    possible: dict[Dimension, int]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, check by check."""
        return tuple(finding for check in self.checks for finding in check.findings)


def check_data(workspace: Workspace, *, on: date, progress: Callable[[str], None] = lambda _: None) -> DataChecked:
    """Hold all accepted indicator values against each other under the rules of a day, and say what lacks.

    Raises WorkspaceEmpty when there is no table.
    """
    snapshot = tables_of(workspace)
    known = facts(snapshot, parameters=workspace.parameters, on=on)
    tables = [Accepted(held.title, held.source.name, workspace.lake.rows(held.id)) for held in snapshot.of_kind(KIND)]
    files = {held.id: in_file(held.source.name, "") for held in snapshot.manifests}
    chosen = known.chosen.with_columns(
        (pl.col(TABLE).replace_strict(files, return_dtype=pl.String) + pl.col("_sheet")).alias("_sheet")
    )
    located = [_located(finding) for finding in known.findings]
    rules = rules_on(workspace.parameters, on)
    checks = check_together(tables, chosen, located, rules, progress=progress)
    cited = _cited(workspace, snapshot)
    present = (
        known.panel.filter(pl.col("value").is_not_null())
        .select("region", "indicator", pl.col("indicator").map_elements(dimension_of, pl.String).alias("dimension"))
        .group_by("region", "dimension")
        .agg(pl.col("indicator").n_unique().alias("present"))
        .sort("region", "dimension")
    )
    return DataChecked(
        on=on,
        checks=(*checks, cited),
        ages=tuple(_ages(snapshot, tables, on)),
        present=present,
        possible={dimension: len(own) for dimension, own in members().items()},
    )


def _located(finding: Finding) -> Finding:
    """Return a contradiction with the file in its place, for here no one file is at hand."""
    file = str(finding.values["other_file"])
    return Finding(finding.code, finding.severity, in_file(file, finding.at), finding.values)


def _cited(workspace: Workspace, snapshot: Snapshot) -> Checked:
    """Return which made documents rest on tables that another one has replaced since."""
    live = set(snapshot.ids)
    found, records = [], 0
    for path in sorted(workspace.runs_folder.glob(f"*/{RECORD_FILE}")):
        records += 1
        gone = [table for table in read_record(path.read_bytes()).tables if table not in live]
        if gone:
            told: dict[str, object] = {"run": path.parent.name, "tables": tuple(gone)}
            found.append(Finding("superseded-yet-cited", Severity.WARNING, f"runs/{path.parent.name}", told))
    return Checked("cited", records, tuple(found))


def _ages(snapshot: Snapshot, tables: list[Accepted], on: date) -> Iterator[Age]:
    held: tuple[TableManifest, ...] = snapshot.of_kind(KIND)
    for manifest, table in zip(held, tables, strict=True):
        last = int(str(table.values["year"].max()))
        yield Age(manifest.id, manifest.source.name, last, on.year - last, manifest.accepted_at.date())
