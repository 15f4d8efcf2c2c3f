"""The nomenclature of a workspace: versions compared, matches proposed and decided, a budget's coverage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from nangkis.budget.lines import BudgetLines, budget_lines
from nangkis.budget.nomenclature.compare import compare, out_of_scope
from nangkis.budget.nomenclature.coverage import Side, coverage
from nangkis.budget.nomenclature.coverage_exhibits import CoverageFigures
from nangkis.budget.nomenclature.crosswalk import CrosswalkRules, crosswalk_rules_on, propose
from nangkis.budget.nomenclature.decisions import all_decisions, decision_flaws, in_force
from nangkis.budget.nomenclature.lists import CodeList, code_list
from nangkis.budget.nomenclature.schema import KIND, Government
from nangkis.budget.nomenclature.versions import Version, versions_in_year, versions_on
from nangkis.budget.schema import Stage
from nangkis.intake.checks.personal import holds_personal_number
from nangkis.intake.layouts import crosswalk_decision
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.regions.register import Level as PlaceLevel, place
from nangkis.vocabulary.codes import Region
from nangkis.vocabulary.findings import Finding, Severity
from nangkis.vocabulary.refusals import FileRefused, RequestRefused
from nangkis.vocabulary.sources import cell_at
from nangkis.workspace.opened import Workspace, tables_of


class DecisionsRefused(FileRefused):
    """A form decides nothing that can be taken: of other versions, or of codes that the lists do not have."""


class DecidedByPerson(RequestRefused):
    """Who decided is a person's number, and not the name of an office."""


@dataclass(frozen=True)
class Comparison:
    """Two lists and what became of the codes; ``apart`` counts those of either that were not compared."""

    before: CodeList
    after: CodeList
    changes: pl.DataFrame
    apart: tuple[int, int]


@dataclass(frozen=True)
class Crosswalk:
    """Two lists, the proposals between them, what was decided, and the rules that they follow."""

    before: CodeList
    after: CodeList
    proposals: pl.DataFrame
    held: pl.DataFrame  # the decisions in force
    rules: CrosswalkRules


@dataclass(frozen=True)
class Decided:
    """What became of a form: its outcome with findings, and the table of what was new; None when nothing was."""

    outcome: SheetOutcome
    table: TableManifest | None


def codes_held(workspace: Workspace) -> dict[str, int]:
    """Return how many codes of activities the workspace holds of each version."""
    held: dict[str, int] = {}
    for manifest in workspace.lake.live():
        if manifest.kind == KIND:
            held[manifest.about["version"]] = held.get(manifest.about["version"], 0) + manifest.rows
    return held


def comparison_of(workspace: Workspace, before: str, after: str, *, on: date) -> Comparison:
    """Return two versions side by side. Raises VersionUnknown, ListMissing, ListContradictory."""
    one, other = _lists(workspace, (before, after), on)
    support = crosswalk_rules_on(workspace.parameters, on).support
    apart = out_of_scope(one.frame, other.frame, support=support)
    return Comparison(one, other, compare(one.frame, other.frame, support=support), apart)


def crosswalk_of(workspace: Workspace, before: str, after: str, *, on: date) -> Crosswalk:
    """Return the proposed matches between two versions, with what was decided. Raises as comparison_of does."""
    one, other = _lists(workspace, (before, after), on)
    rules = crosswalk_rules_on(workspace.parameters, on)
    proposals = propose(one.subs, other.subs, rules)
    held = in_force(all_decisions(tables_of(workspace), one.version.name, other.version.name))
    return Crosswalk(one, other, proposals, held, rules)


def coverage_of(
    workspace: Workspace, region: Region, year: int, version: str, *, stage: Stage | None, on: date
) -> CoverageFigures:
    """Return how much of a region's budget stands under codes of a version.

    Decisions count from the one version that holds in the budget's year; where several or none do, no decision counts.
    Raises as :func:`nangkis.budget.lines.budget_lines` does, VersionUnknown, ListMissing, ListContradictory.
    """
    snapshot = tables_of(workspace)
    (target,) = _lists(workspace, (version,), on)
    lines = budget_lines(snapshot, region, year, stage=stage, parameters=workspace.parameters, on=on)
    rules = crosswalk_rules_on(workspace.parameters, on)
    side = Side(_government(lines), _written_by(workspace, year, on))
    decisions = all_decisions(snapshot, side.version or "", target.version.name)
    return CoverageFigures(lines, target, rules, coverage(lines.frame, target, decisions, side=side, rules=rules))


def take_decisions(workspace: Workspace, path: Path, before: str, after: str, *, by: str, at: datetime) -> Decided:
    """Keep what a filled form newly decides between two versions; a row that decides nothing new is left out.

    Raises DecidedByPerson, DecisionsRefused when no row can be taken, and as comparison_of does.
    """
    if holds_personal_number(by):
        raise DecidedByPerson("decided-by-person")
    one, other = _lists(workspace, (before, after), at.date())
    outcome = _form(workspace, path, at.date())
    if outcome.reading is None:
        return Decided(outcome, None)
    outcome, reading = _checked(outcome, outcome.reading, one, other)
    held = in_force(all_decisions(tables_of(workspace), one.version.name, other.version.name))
    keys = ["from_code", "from_government", "to_code", "to_government", "verdict"]
    new = reading.frame.join(held, on=keys, how="anti", nulls_equal=True, maintain_order="left")
    if new.is_empty():
        return Decided(outcome, None)
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    stamped = new.with_columns(pl.lit(by).alias("by"), pl.lit(stamp).alias("at"))
    table = workspace.lake.accept(replace(reading, frame=stamped), source_file=path, at=at, by=by)
    return Decided(outcome, table)


def _lists(workspace: Workspace, names: tuple[str, ...], on: date) -> list[CodeList]:
    snapshot, known = tables_of(workspace), versions_on(workspace.parameters, on)
    return [code_list(snapshot, known, name) for name in names]


def _government(lines: BudgetLines) -> Government:
    return Government.PROVINCE if place(lines.region).level is PlaceLevel.PROVINCE else Government.REGENCY


def _written_by(workspace: Workspace, year: int, on: date) -> str | None:
    holding: tuple[Version, ...] = versions_in_year(versions_on(workspace.parameters, on), year)
    return holding[0].name if len(holding) == 1 else None


def _form(workspace: Workspace, path: Path, on: date) -> SheetOutcome:
    """Return the outcome of the sheet that holds decisions: the first read one, else the first."""
    request = Request(layout=crosswalk_decision.NAME)
    outcomes = read_file(path, request, parameters=workspace.parameters, on=on)
    return next((outcome for outcome in outcomes if outcome.reading is not None), outcomes[0])


def _checked(outcome: SheetOutcome, reading: Reading, one: CodeList, other: CodeList) -> tuple[SheetOutcome, Reading]:
    """Return the decisions that the lists allow; the others are refused rows, each with its finding."""
    frame = reading.frame
    elsewhere = (frame["from_version"] != one.version.name) | (frame["to_version"] != other.version.name)
    if elsewhere.any():
        told = {"found": f"{reading.about['from']} – {reading.about['to']}", "file": outcome.file}
        raise DecisionsRefused("decisions-elsewhere", before=one.version.name, after=other.version.name, **told)
    frame = _with_government(frame, other.subs)
    flaws = decision_flaws(frame, one.subs, other.subs)
    refused = frame.with_columns(flaws.alias("flaw")).filter(pl.col("flaw").is_not_null())
    found = tuple(_refused_row(row) for row in refused.iter_rows(named=True))
    kept = frame.filter(flaws.is_null())
    if kept.is_empty():
        raise DecisionsRefused("no-row-accepted", file=outcome.file, sheet=outcome.sheet, first=found[0])
    taken, left, every = kept.height, reading.rows_refused + refused.height, (*reading.findings, *found)
    reading = replace(reading, frame=kept, findings=every, rows_accepted=taken, rows_refused=left)
    outcome = replace(outcome, reading=reading, findings=every, rows_accepted=taken, rows_refused=left)
    return outcome, reading


def _with_government(frame: pl.DataFrame, there: pl.DataFrame) -> pl.DataFrame:
    """Return decisions with the government of a code that the other list has for one government only."""
    only = there.group_by(pl.col("code").alias("to_code")).agg(
        pl.col("government").first().alias("only"), pl.len().alias("many")
    )
    told = frame.join(only.filter(pl.col("many") == 1).drop("many"), on="to_code", how="left", maintain_order="left")
    return told.with_columns(pl.coalesce("to_government", "only").alias("to_government")).drop("only")


def _refused_row(row: dict[str, object]) -> Finding:
    at = cell_at(str(row["_sheet"]), str(row["_col"]), int(str(row["_row"])))
    values: dict[str, object] = {"code": row["from_code"], "other": row["to_code"] or "–"}
    return Finding(str(row["flaw"]), Severity.ERROR, at, values)
