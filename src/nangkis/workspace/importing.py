"""Taking files into the workspace: read, check, and accept what holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nangkis.budget import schema as budget_schema
from nangkis.intake.mapping import MapEntry, request_for
from nangkis.intake.reading import SheetOutcome, read_file
from nangkis.intake.request import Request
from nangkis.lake.manifest import Reading, TableManifest
from nangkis.vocabulary.refusals import FileRefused, Refusal
from nangkis.workspace.opened import Workspace


class BudgetAlreadyThere(FileRefused):
    """A live table holds the same region's budget of the same year and stage: a second one would count it twice."""


@dataclass(frozen=True)
class Imported:
    """One sheet: how it was read, and the table that it became, or why it did not."""

    outcome: SheetOutcome
    table: TableManifest | None
    refusal: Refusal | None


@dataclass(frozen=True)
class ImportRules:
    """How files are taken in: what the user said of all of them, of some of them, and what they replace."""

    said: Request
    entries: Sequence[MapEntry] = ()
    supersedes: str | None = None
    check_only: bool = False


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    rules: ImportRules,
    at: datetime,
    on: date,
    by: str,
    progress: Callable[[Path], None] = lambda _: None,
) -> tuple[Imported, ...]:
    """Read files in order and accept each good sheet as a table; a refused one leaves the lake as it was."""
    done: list[Imported] = []
    for path in paths:
        request = request_for(path, rules.entries, rules.said)
        outcomes = read_file(path, request, parameters=workspace.parameters, on=on)
        done.extend(_import_sheet(workspace, outcome, path, rules=rules, at=at, by=by) for outcome in outcomes)
        progress(path)
    return tuple(done)


def _import_sheet(
    workspace: Workspace, outcome: SheetOutcome, path: Path, *, rules: ImportRules, at: datetime, by: str
) -> Imported:
    if outcome.reading is None or rules.check_only:
        return Imported(outcome, None, outcome.refusal)
    try:
        _check_not_counted_twice(workspace, outcome.reading, rules.supersedes)
        table = workspace.lake.accept(outcome.reading, source_file=path, at=at, by=by, supersedes=rules.supersedes)
    except Refusal as refusal:
        return Imported(outcome, None, refusal)
    return Imported(outcome, table, None)


def _check_not_counted_twice(workspace: Workspace, reading: Reading, supersedes: str | None) -> None:
    if reading.kind != budget_schema.KIND or supersedes is not None:
        return
    for manifest in workspace.lake.live():
        same = manifest.kind == reading.kind and manifest.owner == reading.owner
        if same and all(manifest.about.get(name) == reading.about.get(name) for name in ("year", "stage")):
            raise BudgetAlreadyThere(
                "budget-already-there", table=manifest.id, owner=manifest.owner, year=manifest.about.get("year", "")
            )
